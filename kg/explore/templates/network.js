"use strict";
const element = (tag, text, attributes = {}) => {
  const made = Object.assign(document.createElement(tag), attributes);
  if (text !== undefined) made.textContent = text;
  return made;
};
const at = (id) => document.getElementById(id);
const TYPES = Object.fromEntries(PAGE.types.map((type) => [type.id, type]));
const nodes = new vis.DataSet(NODES);
const edges = new vis.DataSet(EDGES);
const hidden = new Set();
const network = new vis.Network(at("canvas"), { nodes, edges }, OPTIONS);
const isDark = () => document.documentElement.classList.contains("dark");
const look = (type) => (isDark() && type.night ? { color: type.night[0], ink: type.night[1] } : type);
const kindOf = Object.fromEntries(NODES.map((node) => [node.id, node.kind]));
let selected = null;

// --- drawing ---------------------------------------------------------------------------------------------------

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function paint() {
  nodes.update(NODES.filter((node) => TYPES[node.kind].night).map((node) => (
    { id: node.id, color: { ...node.color, background: look(TYPES[node.kind]).color,
      highlight: { ...node.color.highlight, background: look(TYPES[node.kind]).color } } })));
  network.setOptions({
    nodes: { font: { color: color("--ink"), strokeColor: color("--paper") } },
    edges: { color: { color: color("--edge"), highlight: color("--accent"), hover: color("--accent") },
             font: { color: color("--ink"), strokeColor: color("--paper") } },
  });
}

// The character of each type inside its shape, where there is room for it.
network.on("afterDrawing", (context) => {
  const scale = network.getScale();
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const node of NODES) {
    const type = TYPES[node.kind];
    if (node.size * scale < 6 || hidden.has(node.kind)) continue;
    const place = network.body.nodes[node.id];
    context.globalAlpha = place.options.opacity ?? 1;
    context.fillStyle = look(type).ink;
    context.font = `${node.size * 1.05}px system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif`;
    const lower = { triangle: 0.22, triangleDown: -0.16 }[type.shape] ?? 0.04;
    context.fillText(type.sign, place.x, place.y + node.size * lower);
  }
  context.globalAlpha = 1;
});

// Names that are large to be read from afar keep that size on the screen as one comes near.
const NEAR = 20;
const LARGE = NODES.filter((node) => node.font.size > PAGE.plain);
network.on("zoom", ({ scale }) => resize(scale));
function resize(scale) {
  nodes.update(LARGE.map((node) => ({ id: node.id, font: { size: Math.min(node.font.size, Math.max(PAGE.plain, NEAR / scale)) } })));
}

// --- selection ------------------------------------------------------------------------------------------------

function select(id, move) {
  selected = id;
  const near = new Set(id === null ? [] : [id, ...network.getConnectedNodes(id)]);
  nodes.update(NODES.map((node) => ({ id: node.id, opacity: id === null || near.has(node.id) ? 1 : 0.15 })));
  edges.update(EDGES.map((edge) => {
    const on = id !== null && (edge.from === id || edge.to === id);
    return { id: edge.id, label: on && near.size <= 25 ? edge.words : "", width: on ? 1.6 : 1,
             color: { opacity: id === null || on ? 1 : 0.12, inherit: false } };
  }));
  if (id === null) network.unselectAll(); else network.selectNodes([id]);
  if (move && id !== null) network.focus(id, { scale: Math.max(network.getScale(), 0.9), animation: false });
  resize(network.getScale());
  show(id);
}

network.on("click", (event) => select(event.nodes[0] ?? null, false));
network.on("doubleClick", (event) => {
  if (event.nodes.length) network.fit({ nodes: [event.nodes[0], ...network.getConnectedNodes(event.nodes[0])] });
});

// --- panel ----------------------------------------------------------------------------------------------------

function chip(kind) {
  const made = element("span", TYPES[kind].sign, { className: "chip", title: TYPES[kind].name });
  made.style.background = TYPES[kind].color;
  made.style.color = TYPES[kind].ink;
  return made;
}

function link(id, name) {
  const made = element("button", name, { className: "go", type: "button", disabled: !(id in PAGE.things) });
  made.onclick = () => select(id, true);
  if (made.disabled) made.title = "未在图中 not drawn";
  return made;
}

function fact([words, way, other, name, quote, source]) {
  const made = element("li", undefined, { className: "fact" });
  const head = element("p");
  head.append(element("b", words), ` ${way} `, link(other, name));
  made.append(head);
  if (quote) made.append(element("blockquote", quote), element("small", source));
  else made.append(element("small", "归属推断 inferred", { className: "inferred" }));
  return made;
}

function overview(panel) {
  panel.append(element("h2", "最相关的事物"), element("p", "点选图中或列表中的一项，看它的事实与原文。"),
    element("p", "Select a thing to read its facts and quotes.", { lang: "en" }));
  const list = element("ul");
  for (const [id, thing] of Object.entries(PAGE.things).sort((a, b) => b[1].degree - a[1].degree)) {
    const row = element("li", undefined, { className: "row" });
    const name = element("span");
    name.append(chip(kindOf[id]), link(id, thing.name));
    row.append(name, element("small", thing.degree));
    list.append(row);
  }
  panel.append(list);
}

function show(id) {
  const panel = at("panel");
  panel.replaceChildren();
  panel.scrollTop = 0;
  if (id === null) return overview(panel);
  const thing = PAGE.things[id];
  const close = element("button", "×", { className: "close", type: "button", title: "关闭 close (Esc)" });
  close.onclick = () => select(null);
  const head = element("h2");
  head.append(chip(kindOf[id]), element("bdi", thing.name));
  panel.append(close, head, element("p", thing.kind));
  if (thing.aliases) panel.append(element("p", `又名：${thing.aliases}`));
  panel.append(element("small", id));
  if (thing.quote) {
    panel.append(element("h3", `首次提及 first of ${thing.mentions.toLocaleString()} mentions`),
      element("blockquote", thing.quote), element("small", thing.source));
  }
  const listed = thing.facts.length < thing.total ? `${thing.facts.length} / ${thing.total}` : `${thing.total}`;
  panel.append(element("h3", `事实 facts：${listed}`));
  const list = element("ul");
  list.append(...thing.facts.map(fact));
  panel.append(list);
  return undefined;
}

// --- legend ---------------------------------------------------------------------------------------------------

const OUTLINES = {
  dot: "M9 1a8 8 0 1 0 .01 0z", square: "M2 2h14v14H2z", diamond: "M9 0l9 9-9 9-9-9z", triangle: "M9 1l9 16H0z",
  triangleDown: "M0 1h18L9 17z", hexagon: "M4.5 1.2h9L18 9l-4.5 7.8h-9L0 9z",
  star: "M9 0l2.6 6.2 6.4.6-4.9 4.4 1.5 6.6L9 14.4l-5.6 3.4 1.5-6.6L0 6.8l6.4-.6z",
};

function legend() {
  const space = "http://www.w3.org/2000/svg";
  for (const type of PAGE.types) {
    const button = element("button", undefined, { type: "button", title: "点按隐藏或显示 click to hide or show" });
    const drawing = document.createElementNS(space, "svg");
    const outline = document.createElementNS(space, "path");
    const sign = document.createElementNS(space, "text");
    for (const [name, value] of [["viewBox", "0 0 18 18"], ["width", 18], ["height", 18]]) drawing.setAttribute(name, value);
    outline.setAttribute("d", OUTLINES[type.shape]);
    outline.setAttribute("fill", type.color);
    for (const [name, value] of [["x", 9], ["y", { triangle: 15, triangleDown: 10 }[type.shape] ?? 12.4], ["text-anchor", "middle"], ["font-size", type.shape.startsWith("tri") ? 7.5 : 9.5], ["fill", type.ink]]) sign.setAttribute(name, value);
    sign.textContent = type.sign;
    drawing.append(outline, sign);
    button.append(drawing, element("span", type.name), element("span", type.count));
    button.dataset.type = type.id;
    button.setAttribute("aria-pressed", "true");
    button.onclick = () => {
      const off = !hidden.delete(type.id);
      if (off) hidden.add(type.id);
      button.setAttribute("aria-pressed", String(!off));
      nodes.update(NODES.filter((node) => node.kind === type.id).map((node) => ({ id: node.id, hidden: off })));
    };
    const item = element("li");
    item.append(button);
    at("legend").append(item);
  }
}

// --- search ---------------------------------------------------------------------------------------------------

const HITS = 12;

function find(words) {
  const wanted = words.toLowerCase().replace(/\s/g, "");
  if (!wanted) return [];
  const rank = (keys) => Math.min(...keys.map((key) => (key === wanted ? 0 : key.startsWith(wanted) ? 1 : key.includes(wanted) ? 2 : 9)));
  return Object.entries(PAGE.things)
    .map(([id, thing]) => [rank(thing.search.split(" ")), -thing.degree, id])
    .filter(([score]) => score < 9)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1))
    .map(([, , id]) => id);
}

function suggest() {
  const found = find(at("search").value);
  at("hits").replaceChildren(...found.slice(0, HITS).map((id) => {
    const button = element("button", undefined, { type: "button" });
    button.append(chip(kindOf[id]), PAGE.things[id].name, " ", element("small", PAGE.things[id].kind));
    button.onclick = () => choose(id);
    const item = element("li");
    item.append(button);
    return item;
  }));
  if (found.length > HITS) at("hits").append(element("p", `另有 ${found.length - HITS} 项 more`));
  if (!found.length) at("hits").append(element("p", "图中没有 not among the things drawn"));
  at("hits").hidden = !at("search").value.trim();
}

function choose(id) {
  at("hits").hidden = true;
  at("search").value = PAGE.things[id].name;
  select(id, true);
}

at("search").oninput = suggest;
at("search").onkeydown = (event) => {
  const first = find(at("search").value)[0];
  if (event.key === "Enter" && first) choose(first);
};
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    at("hits").hidden = true;
    at("search").value = "";
    select(null);
  } else if (event.key === "/" && document.activeElement !== at("search")) {
    event.preventDefault();
    at("search").focus();
  }
});
at("fit").onclick = () => {
  network.fit();
  resize(network.getScale());
};
at("theme").onclick = () => {
  document.documentElement.classList.toggle("dark");
  paint();
};

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const follow = () => {
  document.documentElement.classList.toggle("dark", dark.matches);
  paint();
};
dark.addEventListener("change", follow);
follow();
legend();
show(null);
network.fit();
