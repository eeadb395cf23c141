// Suggestions under the search field of every page, after the combobox pattern of WAI-ARIA. Without this the field
// leads to /search all the same. What comes from documents is only ever set as text.
const input = document.querySelector("header input[name=q]");
const list = document.getElementById("suggestions");
const WAIT = 80;
let found = [];
let chosen = -1;
let turn = 0;
let timer = 0;

function part(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function hide() {
  list.hidden = true;
  chosen = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function mark(at) {
  chosen = at;
  [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
  if (at < 0) input.removeAttribute("aria-activedescendant");
  else input.setAttribute("aria-activedescendant", `suggestion-${at}`);
}

function open(at) {
  window.location.assign(found[at].href);
}

function row(thing, at) {
  const item = part("li", "", { role: "option", id: `suggestion-${at}`, "aria-selected": "false" });
  const also = thing.matched === thing.name ? [] : [thing.matched];
  item.append(part("span", thing.sign, { class: `chip chip-${thing.type}`, "aria-hidden": "true" }), part("bdi", thing.name));
  item.append(part("small", [thing.kind, ...also, thing.area].filter(Boolean).join(" · ")));
  item.addEventListener("mousedown", (event) => { event.preventDefault(); open(at); });
  return item;
}

/** Say that the service does not answer; what was typed stays. */
function lost(is) {
  const note = document.getElementById("lost");
  note.textContent = is ? list.dataset.lost : "";
  note.hidden = !is;
}

async function look() {
  const mine = ++turn;
  const words = input.value.trim();
  if (!words) { found = []; hide(); return; }
  let things = [];
  try {
    const answer = await fetch(`/api/suggest?q=${encodeURIComponent(words)}`);
    if (answer.ok) ({ things } = await answer.json());
    lost(false);
  } catch { lost(true); }
  if (mine !== turn || document.activeElement !== input) return;
  found = things;
  list.replaceChildren(...found.map(row));
  list.hidden = found.length === 0;
  input.setAttribute("aria-expanded", String(found.length > 0));
  mark(-1);
}

if (input && list) {
  input.form.addEventListener("submit", async (event) => {
    event.preventDefault(); // a page that is there is better than one of the browser that says nothing is
    const answer = await fetch("/api/suggest", { cache: "no-store" }).catch(() => null);
    if (answer) input.form.submit();
    else lost(true);
  });
  input.addEventListener("input", (event) => {
    window.clearTimeout(timer);
    if (!event.isComposing) timer = window.setTimeout(look, WAIT);
  });
  input.addEventListener("compositionend", look);
  input.addEventListener("blur", () => { turn += 1; hide(); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const count = found.length;
    if (event.key === "ArrowDown") { event.preventDefault(); mark(chosen + 1 < count ? chosen + 1 : -1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); mark(chosen < 0 ? count - 1 : chosen - 1); }
    else if (event.key === "Escape") { event.preventDefault(); turn += 1; hide(); }
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); open(chosen); }
  });
}
