// A field that finds things by name as one types.

import { element } from "./element";
import type { Model } from "./model";
import type { Thing } from "./source";
import { say } from "./words";

export interface Finder { root: HTMLElement; input: HTMLInputElement; hide(): void }

export function finder(
  name: string, look: (words: string) => Promise<Thing[]>, chip: (kind: string) => HTMLElement, choose: (thing: Thing) => void,
): Finder {
  const list = element("ul", { class: "hits", id: `${name}-hits`, role: "listbox", hidden: true });
  const input = element("input", {
    type: "search", id: name, autocomplete: "off", spellcheck: "false", placeholder: say("find"), "aria-label": say("find"),
    role: "combobox", "aria-expanded": "false", "aria-controls": `${name}-hits`, "aria-autocomplete": "list",
  });
  let found: Thing[] = [];
  let chosen = -1;
  let turn = 0;
  const hide = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); };
  const take = (thing: Thing | undefined) => { if (thing) { input.value = thing.label; input.blur(); choose(thing); } };
  const mark = (at: number) => {
    chosen = at;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
    if (at >= 0) input.setAttribute("aria-activedescendant", `${name}-${at}`);
  };
  input.addEventListener("input", async () => {
    const mine = ++turn;
    const words = input.value.trim();
    if (!words) return hide();
    const things = await look(words).catch(() => []);
    if (mine !== turn) return;
    found = things;
    list.replaceChildren(...found.map((thing, at) => element("li", { role: "option", id: `${name}-${at}`, mousedown: (event) => { event.preventDefault(); take(thing); } },
      chip(thing.type), element("bdi", {}, thing.label), element("small", {}, thing.area !== thing.label ? thing.area : ""))));
    if (!found.length) list.replaceChildren(element("li", { class: "quiet", role: "option", "aria-disabled": "true" }, say("nothing")));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(found.length ? 0 : -1);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (found.length) mark((chosen + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
    } else if (event.key === "Enter") { event.preventDefault(); if (!list.hidden) take(found[chosen]); }
  });
  input.addEventListener("blur", hide);
  return { root: element("div", { class: "finder" }, input, list), input, hide };
}

/** In a file without a service: by name, pinyin or initials, which the file holds; the most connected first. */
export function findHere(model: Model, keys: Record<string, string>, words: string): Thing[] {
  const wanted = words.toLowerCase().replace(/\s/g, "");
  const rank = (key: string): number => {
    const names = [model.graph.getNodeAttribute(key, "label").toLowerCase(), ...(keys[key] ?? "").split(" ")];
    return Math.min(...names.map((name) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 9)));
  };
  const found = model.graph.nodes().map((key): [number, number, string] => [rank(key), -model.graph.getNodeAttribute(key, "degree"), key]);
  return found.filter(([score]) => score < 9).sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, 12).map(([, , key]) => {
    const spot = model.graph.getNodeAttributes(key);
    return { id: Number(key), iri: spot.iri, label: spot.label, type: spot.kind, area: spot.area };
  });
}
