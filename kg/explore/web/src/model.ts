// The things and ties that are shown, what is hidden, faded or pinned, and the way back.

import Graph from "graphology";
import type { Look, View } from "./source";

export interface Spot {
  x: number; y: number; size: number; color: string; label: string; iri: string; kind: string; sign: string; ink: string;
  degree: number; mentions: number; first: number; last: number; community: number; area: string; stage: string;
  hidden: boolean; pinned: boolean; off: boolean; zIndex: number;
}
export interface Line {
  size: number; color: string; label: string; labels: string[]; kinds: string[]; inferred: boolean; number: number;
  first: number; last: number; away: string; hidden: boolean; zIndex: number;
}
/** Names of a tie that has one. */
interface Named { labels: string[]; kinds: string[]; inferred: boolean }
type Step = { name: string; undo: () => void };

export class Model {
  graph = new Graph<Spot, Line>({ type: "undirected", multi: false });
  looks = new Map<string, Look>();
  steps: Step[] = [];
  hiddenTypes = new Set<string>();
  years: [number, number] | null = null;
  selected: string | null = null;
  path: Set<string> | null = null;
  hidden = new Set<string>();
  all = 0;
  group: number | null = null; // the community that is brought out
  judged = new Set<string>(); // IRIs of what people decided about

  constructor(looks: Look[]) { for (const look of looks) this.looks.set(look.id, look); }

  /** Take in a part of the network; what is there already stays where it is. Returns the keys that are new. */
  add(view: View, beside?: string): string[] {
    const { nodes, edges } = view;
    const fresh: string[] = [];
    this.all = view.all;
    for (const iri of view.judged ?? []) this.judged.add(iri);
    const keys = new Map<number, string>(); // one string a thing: to look up the same one again is quicker
    nodes.id.forEach((id, at) => {
      const key = String(id);
      keys.set(id, key);
      if (this.graph.hasNode(key)) return;
      const kind = view.types[nodes.type[at]];
      const look = this.looks.get(kind)!;
      fresh.push(key);
      this.graph.addNode(key, {
        x: nodes.x[at], y: -nodes.y[at], size: size(nodes.degree[at]), color: look.color, label: nodes.label[at],
        iri: nodes.iri[at], kind, sign: look.sign, ink: look.ink, degree: nodes.degree[at], mentions: nodes.mentions[at],
        first: nodes.first[at], last: nodes.last[at], community: nodes.community[at], area: view.areas[nodes.area[at]] ?? "",
        stage: view.stages[nodes.stage[at]] ?? "", hidden: this.hiddenTypes.has(kind), pinned: false, off: false, zIndex: 1,
      });
    });
    if (beside && fresh.length) this.settle(fresh, beside);
    const alone = new Map<number, Named>();
    for (let at = 0; at < edges.source.length; at++) {
      const [from, to] = [edges.source[at], edges.target[at]];
      const [first, last] = [edges.first[at], edges.last[at]];
      const named = this.named(view, at, alone);
      const [source, target] = [keys.get(from) ?? String(from), keys.get(to) ?? String(to)];
      const key = from < to ? `${source}-${target}` : `${target}-${source}`;
      if (!this.graph.hasEdge(key)) {
        this.graph.addEdgeWithKey(key, source, target, {
          size: 1, color: "#888", label: named.labels[0], labels: named.labels, kinds: named.kinds, inferred: named.inferred,
          number: edges.number[at], first: first || last, last: last || first, away: source, hidden: false, zIndex: 0,
        });
      } else more(this.graph.getEdgeAttributes(key), named, edges.number[at], first, last);
    }
    return fresh;
  }

  /** Return what a tie is called, one list for all that are called so: most ties have one name. */
  private named(view: View, at: number, known: Map<number, Named>): Named {
    const { label, kind, labels } = view.edges;
    const number = label[at] * view.kinds.length + kind[at];
    let found = known.get(number);
    if (!found) {
      const name = view.kinds[kind[at]];
      known.set(number, (found = { labels: [labels[label[at]]], kinds: [name], inferred: name === "area" || name === "within" }));
    }
    return found;
  }

  /** Set new things around the one they were found from, where there is room; nothing else moves. */
  private settle(fresh: string[], beside: string): void {
    const middle = this.graph.getNodeAttributes(beside);
    const near: [number, number][] = [];
    this.graph.forEachNode((key, spot) => { if (!fresh.includes(key)) near.push([spot.x, spot.y]); });
    const gap = Math.max(4, 0.6 * this.spacing(near));
    let turn = 1;
    for (const key of fresh) {
      for (; turn < 20_000; turn++) {
        const away = gap * (0.9 + Math.sqrt(turn) * 0.95);
        const [x, y] = [middle.x + away * Math.cos(turn * 2.39996), middle.y + away * Math.sin(turn * 2.39996)];
        if (near.every(([a, b]) => Math.hypot(a - x, b - y) > gap)) {
          this.graph.mergeNodeAttributes(key, { x, y });
          near.push([x, y]);
          break;
        }
      }
    }
  }

  private spacing(spots: [number, number][]): number {
    if (spots.length < 2) return 6;
    const some = spots.slice(0, 60);
    const nearest = some.map(([x, y], at) => Math.min(...some.map(([a, b], other) => (at === other ? Infinity : Math.hypot(a - x, b - y)))));
    return nearest.sort((a, b) => a - b)[Math.floor(nearest.length / 2)];
  }

  /** Remember how to take a step back. */
  did(name: string, undo: () => void): void { this.steps.push({ name, undo }); }
  undo(): string | null {
    const step = this.steps.pop();
    step?.undo();
    return step?.name ?? null;
  }

  hide(key: string): void {
    this.hidden.add(key);
    this.refreshHidden();
    this.did("hide", () => { this.hidden.delete(key); this.refreshHidden(); });
  }
  refreshHidden(): void {
    this.graph.updateEachNodeAttributes((key, spot) => {
      spot.hidden = this.hidden.has(key) || this.hiddenTypes.has(spot.kind);
      return spot;
    }, { attributes: ["hidden"] });
  }

  /** Tell whether a thing or tie is attested in the years of the slider. */
  attested(item: { first: number; last: number }): boolean {
    return !this.years || (item.first > 0 && item.first <= this.years[1] && item.last >= this.years[0]);
  }
  inGroup(spot: { community: number }): boolean { return this.group === null || spot.community === this.group; }
  /** The communities of what is shown, the largest first, each with its most connected first. */
  communities(): [number, string[]][] {
    const found = new Map<number, string[]>();
    for (const key of this.visible()) {
      const { community } = this.graph.getNodeAttributes(key);
      if (community >= 0) found.set(community, [...(found.get(community) ?? []), key]);
    }
    const degree = (key: string) => this.graph.getNodeAttribute(key, "degree");
    for (const keys of found.values()) keys.sort((a, b) => degree(b) - degree(a) || Number(a) - Number(b));
    return [...found].filter(([, keys]) => keys.length > 1).sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  }
  visible(): string[] { return this.graph.filterNodes((_, spot) => !spot.hidden); }
}

const size = (degree: number): number => Math.min(4 + 1.1 * Math.sqrt(degree), 16);

/** Say something more of a tie; its lists may be those of others, so they are made anew. */
function more(line: Line, named: Named, number: number, first: number, last: number): void {
  const [[label], [kind]] = [named.labels, named.kinds];
  if (line.labels.some((one, at) => one === label && line.kinds[at] === kind)) return;
  line.labels = [...line.labels, label];
  line.kinds = [...line.kinds, kind];
  line.inferred &&= named.inferred;
  line.number += number;
  const years = [first, last, line.first, line.last].filter((year) => year > 0);
  line.first = Math.min(...years, 9999) % 9999;
  line.last = Math.max(...years, 0);
  const names = [...new Set(line.labels)];
  line.label = names.slice(0, 3).join("、") + (names.length > 3 ? ` +${names.length - 3}` : "");
}
