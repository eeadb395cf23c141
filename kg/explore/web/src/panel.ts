// The panel beside the network: what is selected with every fact and its quote, else the most connected.

import { button, element } from "./element";
import type { Model, Spot } from "./model";
import type { Fact, Facts, Settings } from "./source";
import { count, say, typeName } from "./words";

export interface Acts {
  select(key: string | null, move?: boolean): void;
  open(iri: string): void;
  expand(key: string): void;
  hide(key: string): void;
  group(number: number | null): void;
  pathFrom(key: string): void;
  facts(iri: string, other: string, offset: number): Promise<Facts>;
}

const BATCH = 100;
const GROUPS = 8;

export class Panel {
  readonly root = element("aside", { id: "panel", "aria-live": "polite" });
  private turn = 0;

  constructor(private model: Model, private settings: Settings, private acts: Acts) {}

  chip(kind: string): HTMLElement {
    const look = this.model.looks.get(kind)!;
    const dark = matchMedia("(prefers-color-scheme: dark)").matches && look.night;
    const made = element("span", { class: "chip", title: typeName(look) }, look.sign);
    made.style.setProperty("background", dark ? look.night![0] : look.color);
    made.style.setProperty("color", dark ? look.night![1] : look.ink);
    return made;
  }

  page(iri: string): string { return iri.startsWith(this.settings.base) ? `/${iri.slice(this.settings.base.length)}` : iri; }

  overview(): void {
    this.turn++;
    const { graph } = this.model;
    const first = this.model.visible().sort((a, b) => graph.getNodeAttribute(b, "degree") - graph.getNodeAttribute(a, "degree"));
    const rows = first.slice(0, 40).map((key) => this.row(key, graph.getNodeAttributes(key)));
    this.show(
      element("p", { class: "quiet" }, say("select")), ...this.communities(), element("h3", {}, say("connected")), element("ul", { class: "rows" }, ...rows));
  }

  /** The largest communities of what is shown, each by its most connected things. */
  private communities(): HTMLElement[] {
    const found = this.model.communities();
    if (found.length < 2) return [];
    const list = element("ul", { class: "rows groups" }, ...found.slice(0, GROUPS).map(([number, keys]) => {
      const on = this.model.group === number;
      const names = keys.slice(0, 3).map((key) => this.model.graph.getNodeAttribute(key, "label")).join("、");
      const made = button("", () => this.acts.group(on ? null : number), { class: "go", "aria-pressed": String(on), title: say("group") });
      made.append(element("bdi", {}, names));
      return element("li", {}, made, element("small", {}, count(keys.length)));
    }));
    return [element("h3", {}, say("communities")), list];
  }

  private row(key: string, spot: Spot): HTMLElement {
    return element("li", {}, this.chip(spot.kind), this.link(spot.label, () => this.acts.select(key, true)), element("small", {}, count(spot.degree)));
  }

  private link(name: string, act: () => void): HTMLElement {
    const made = button("", act, { class: "go" });
    made.append(element("bdi", {}, name));
    return made;
  }

  private show(...content: Node[]): void {
    this.root.replaceChildren(...content);
    this.root.scrollTop = 0;
  }

  private close(): HTMLElement { return button("×", () => this.acts.select(null), { class: "close", "aria-label": say("close"), title: `${say("close")} (Esc)` }); }

  thing(key: string): void {
    const spot = this.model.graph.getNodeAttributes(key);
    const look = this.model.looks.get(spot.kind)!;
    const years = spot.first ? (spot.first === spot.last ? String(spot.first) : `${spot.first}–${spot.last}`) : "";
    const judged = this.model.judged.has(spot.iri) && `◎ ${say("judged")}`;
    const about = [typeName(look), spot.area !== spot.label && spot.area, spot.stage, years, judged].filter(Boolean).join(" · ");
    const list = element("ul", { class: "facts" });
    const head = element("h3", {}, say("facts"));
    const acts = element("p", { class: "acts" });
    if (!this.settings.view) acts.append(button(say("expand"), () => this.acts.expand(key)), button(say("path"), () => this.acts.pathFrom(key)));
    acts.append(button(say("hide"), () => this.acts.hide(key)));
    if (!this.settings.view) acts.append(element("a", { href: this.page(spot.iri) }, say("page")));
    this.show(
      this.close(), element("h2", {}, this.chip(spot.kind), element("bdi", {}, spot.label)), element("p", { class: "quiet" }, about),
      element("p", { class: "quiet" }, `${count(spot.degree)} ${say("neighbours")} · ${count(spot.mentions)} ${say("mentions")}`),
      acts, head, list,
    );
    this.fill(list, head, spot.iri, "");
  }

  tie(source: string, target: string): void {
    const { graph } = this.model;
    const [one, other] = [graph.getNodeAttributes(source), graph.getNodeAttributes(target)];
    const list = element("ul", { class: "facts" });
    const head = element("h3", {}, say("facts"));
    this.show(this.close(), element("ul", { class: "rows" }, this.row(source, one), this.row(target, other)), head, list);
    this.fill(list, head, one.iri, other.iri);
  }

  /** The steps of each path, in words. */
  paths(found: string[][], more: boolean): void {
    this.turn++;
    const { graph } = this.model;
    const content: Node[] = [this.close(), element("h2", {}, found.length ? `${found.length}${more ? "+" : ""} ${say("paths")}` : say("nopath"))];
    const waiting: (() => Promise<void>)[] = [];
    const turn = this.turn;
    for (const path of found) {
      const steps = element("ol", { class: "path" });
      path.forEach((key, at) => {
        const item = this.row(key, graph.getNodeAttributes(key));
        item.querySelector("small")?.remove();
        if (at + 1 < path.length) {
          const edge = graph.edge(key, path[at + 1]);
          if (edge) {
            const step = element("div", { class: "step" }, button(graph.getEdgeAttribute(edge, "label"), () => this.tie(key, path[at + 1]), { class: "go" }));
            item.append(step);
            waiting.push(() => this.quote(step, graph.getNodeAttribute(key, "iri"), graph.getNodeAttribute(path[at + 1], "iri")));
          }
        }
        steps.append(item);
      });
      content.push(steps);
    }
    this.show(...content);
    void (async () => { for (const one of waiting) if (turn === this.turn) await one(); })();
  }

  /** The first quote of a step of a path. */
  private async quote(step: HTMLElement, iri: string, other: string): Promise<void> {
    const found = await this.acts.facts(iri, other, 0).catch(() => null);
    const fact = found?.facts.find((one) => one.quote);
    if (fact && found) step.append(...this.source(fact));
    else if (found) step.append(element("small", { class: "quiet" }, say("noquote")));
  }

  private async fill(list: HTMLElement, head: HTMLElement, iri: string, other: string, offset = 0): Promise<void> {
    const turn = offset ? this.turn : ++this.turn;
    const wait = element("li", { class: "quiet" }, say("working"));
    list.append(wait);
    try {
      const found = await this.acts.facts(iri, other, offset);
      if (turn !== this.turn) return;
      wait.remove();
      head.textContent = `${say("facts")} ${count(found.total)}`;
      list.append(...found.facts.map((fact) => this.fact(fact, found)));
      const seen = offset + found.facts.length;
      if (seen < found.total) {
        const more = element("li", {}, button(`${say("more")} (${count(found.total - seen)})`, () => { more.remove(); void this.fill(list, head, iri, other, offset + BATCH); }));
        list.append(more);
      }
      if (!found.total) list.append(element("li", { class: "quiet" }, say("alone")));
    } catch (error) {
      wait.textContent = (error as Error).message;
    }
  }

  private fact(fact: Fact, found: Facts): HTMLElement {
    const thing = found.things[fact.other];
    const name = thing ? thing.label : fact.other;
    const made = element("li", {}, element("p", {},
      element("b", {}, fact.label), fact.away ? " → " : " ← ", thing?.type ? this.chip(thing.type) : null,
      thing?.type ? this.link(name, () => this.acts.open(fact.other)) : element("a", { href: this.page(fact.other) }, element("bdi", {}, name))));
    if (!fact.quote) {
      made.append(element("small", { class: "quiet" }, say("inferred")));
      return made;
    }
    made.append(...this.source(fact));
    return made;
  }

  private source(fact: Fact): HTMLElement[] {
    const id = fact.source.slice(fact.source.lastIndexOf("/") + 1);
    const place = `${fact.document} ${fact.date} [${fact.start}:${fact.end}]`;
    const quote = element("blockquote", {}, element("bdi", {}, fact.quote));
    const address = `/doc/${encodeURIComponent(id)}#char=${fact.start},${fact.end}`;
    const told = element("small", { class: "quiet" }, element("bdi", {}, place));
    return [this.settings.view ? quote : element("a", { class: "source", href: address }, quote), told];
  }
}
