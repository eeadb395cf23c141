// The same as the drawing, as tables: for reading, for keyboards and for screen readers.

import { button, element } from "./element";
import type { Model } from "./model";
import { count, say, typeName } from "./words";

const ROWS = 500;

export function table(model: Model, choose: (key: string) => void): HTMLDialogElement {
  const { graph } = model;
  const keys = model.visible().sort((a, b) => graph.getNodeAttribute(b, "degree") - graph.getNodeAttribute(a, "degree") || a.localeCompare(b));
  const head = (...words: string[]) => element("thead", {}, element("tr", {}, ...words.map((word) => element("th", { scope: "col" }, word))));
  const dialog = element("dialog", { id: "table", "aria-label": say("table") });
  const go = (key: string) => {
    const made = button("", () => { dialog.close(); choose(key); }, { class: "go" });
    made.append(element("bdi", {}, graph.getNodeAttribute(key, "label")));
    return made;
  };
  const things = keys.slice(0, ROWS).map((key) => {
    const spot = graph.getNodeAttributes(key);
    const cells = [go(key), typeName(model.looks.get(spot.kind)!), spot.area, spot.stage, spot.first ? `${spot.first}–${spot.last}` : say("unknown"), count(spot.degree)];
    return element("tr", {}, ...cells.map((cell) => element("td", {}, cell)));
  });
  const ties: HTMLElement[] = [];
  const shown = new Set(keys);
  let all = 0;
  graph.forEachEdge((_, line, source, target) => {
    if (!shown.has(source) || !shown.has(target) || all++ >= ROWS) return;
    ties.push(element("tr", {}, element("td", {}, go(source)), element("td", {}, line.label), element("td", {}, go(target))));
  });
  const of = (part: number, whole: number) => (part < whole ? `${count(part)} ${say("of")} ${count(whole)}` : count(whole));
  dialog.append(
    button("×", () => dialog.close(), { class: "close", "aria-label": say("close") }),
    element("h2", {}, `${say("name")} ${of(things.length, keys.length)}`),
    element("table", {}, head(say("name"), say("type"), say("place"), say("stage"), say("years"), say("neighbours")), element("tbody", {}, ...things)),
    element("h2", {}, `${say("ties")} ${of(ties.length, all)}`),
    element("table", {}, head(say("name"), say("ties"), say("name")), element("tbody", {}, ...ties)),
  );
  dialog.addEventListener("close", () => dialog.remove());
  return dialog;
}
