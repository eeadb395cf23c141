// What stands around the drawing: filters, exports, the legend of types and the slider of years.

import type { Address } from "./address";
import { button, download, element } from "./element";
import { finder } from "./finder";
import type { Model } from "./model";
import { png } from "./picture";
import * as service from "./source";
import type { Look, Settings } from "./source";
import { count, say, typeName } from "./words";

type Chip = (kind: string) => HTMLElement;

/** The menu that narrows what the service is asked for: type, district, industry, stage, years. */
export function filters(address: Address, settings: Settings, chip: Chip): HTMLElement {
  const form = element("div", { class: "menu" });
  for (const name of ["place", "industry"] as const) {
    const look = async (words: string) => (await service.find(words, name)).filter((thing) => thing.type === name);
    const field = finder(`by-${name}`, look, chip, (thing) => address.go({ [name]: address.short(thing.iri) }));
    field.input.placeholder = address.get(name) || say(name);
    field.input.setAttribute("aria-label", say(name));
    form.append(element("div", { class: "field" }, element("span", {}, say(name)), field.root));
  }
  const choice = (name: "stage" | "layout" | "type", values: [string, string][]) => {
    const made = element("select", { "aria-label": say(name), change: (event) => address.go({ [name]: event.target.value }) });
    for (const [value, label] of values) made.append(element("option", { value, selected: address.get(name) === value }, label));
    return element("label", {}, say(name), made);
  };
  const year = element("input", { type: "number", min: 1900, max: 2100, value: address.get("year"), id: "by-year", change: (event) => address.go({ year: event.target.value }) });
  form.append(
    choice("type", [["", say("all")], ...settings.looks.map((look): [string, string] => [look.id, typeName(look)])]),
    choice("stage", [["", say("all")], ...(settings.stages ?? []).map((stage: string): [string, string] => [stage, stage])]),
    element("label", {}, say("years"), year),
    choice("layout", [["", say("own")], ["map", say("map")]]),
    button(say("all"), () => address.go({ place: "", industry: "", stage: "", type: "", year: "" })),
  );
  return element("details", { class: "drop" }, element("summary", {}, say("filter")), form);
}

interface Shown { picture(): string; shown(): number[]; note(text: string): void; inFile: boolean; language: string }

/** The menu of files: pictures of what is seen, data of what is shown. */
export function exports(view: Shown): HTMLElement {
  const menu = element("div", { class: "menu" });
  menu.append(
    button("PNG", () => void png(view.picture()).then((blob) => download("network.png", blob))),
    button("SVG", () => download("network.svg", new Blob([view.picture()], { type: "image/svg+xml" }))),
  );
  const forms = [["html", "HTML"], ["csv", "CSV"], ["graphml", "GraphML"], ["gexf", "GEXF"], ["ttl", "Turtle"]];
  for (const [format, label] of view.inFile ? [] : forms) {
    const save = () => service.exported(format, view.shown(), view.language).then((blob) => download(`network.${format}`, blob), (error) => view.note(error.message));
    menu.append(button(label, () => void save()));
  }
  return element("details", { class: "drop" }, element("summary", {}, say("export")), menu);
}

/** One button for each type that is shown; it hides and shows the type. */
export function legend(model: Model, looks: Look[], chip: Chip, toggle: (kind: string) => void): HTMLElement[] {
  const counts = new Map<string, number>();
  model.graph.forEachNode((_, spot) => counts.set(spot.kind, (counts.get(spot.kind) ?? 0) + 1));
  const items = looks.filter((look) => counts.has(look.id)).map((look) => {
    const made = button("", () => toggle(look.id), { "aria-pressed": String(!model.hiddenTypes.has(look.id)), "data-type": look.id });
    made.append(chip(look.id), element("span", {}, typeName(look)), element("small", {}, count(counts.get(look.id)!)));
    return element("li", {}, made);
  });
  if (model.judged.size) items.push(element("li", { class: "ringed" }, element("span", { class: "rings", "aria-hidden": "true" }, "◎"), say("judged")));
  return items;
}

/** Two ends of a span of years; what is not attested within fades. */
export function slider(place: HTMLElement, model: Model, address: Address, changed: () => void): void {
  const years: number[] = [];
  model.graph.forEachNode((_, spot) => { if (spot.first) years.push(spot.first, spot.last); });
  model.graph.forEachEdge((_, line) => { if (line.first) years.push(line.first, line.last); });
  if (!years.length) return;
  const [low, high] = [years.reduce((a, b) => Math.min(a, b)), years.reduce((a, b) => Math.max(a, b))];
  if (low === high) return;
  const [from, to] = [Number(address.get("from")) || low, Number(address.get("to")) || high];
  const output = element("output", {});
  const range = (value: number, label: string) => element("input", { type: "range", min: low, max: high, value, "aria-label": `${say("years")} ${label}`, input: () => update(true) });
  const [one, other] = [range(from, say("from_year")), range(to, say("to_year"))];
  const update = (remember: boolean) => {
    const [a, b] = [Number(one.value), Number(other.value)].sort((x, y) => x - y);
    model.years = a === low && b === high ? null : [a, b];
    output.textContent = model.years ? (a === b ? String(a) : `${a}–${b}`) : `${say("all")} ${low}–${high}`;
    if (remember) address.note({ from: model.years ? [String(a)] : [], to: model.years ? [String(b)] : [] });
    changed();
  };
  place.replaceChildren(element("span", {}, say("years")), one, other, output);
  update(false);
}
