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
    nodes.id.forEach((id, at) => {
      const key = String(id);
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
    edges.source.forEach((from, at) => {
      const [source, target] = [String(from), String(edges.target[at])];
      const [label, kind] = [edges.labels[edges.label[at]], view.kinds[edges.kind[at]]];
      const key = Number(source) < Number(target) ? `${source}-${target}` : `${target}-${source}`;
      const inferred = kind === "area" || kind === "within";
      if (!this.graph.hasEdge(key)) {
        this.graph.addEdgeWithKey(key, source, target, {
          size: 1, color: "#888", label: "", labels: [], kinds: [], inferred: true, number: 0, first: 0, last: 0, away: source,
          hidden: false, zIndex: 0,
        });
      }
      const line = this.graph.getEdgeAttributes(key);
      if (line.labels.includes(label) && line.kinds[line.labels.indexOf(label)] === kind) return;
      line.labels.push(label);
      line.kinds.push(kind);
      line.inferred &&= inferred;
      line.number += edges.number[at];
      const years = [edges.first[at], edges.last[at], line.first, line.last].filter((year) => year > 0);
      line.first = Math.min(...years, 9999) % 9999;
      line.last = Math.max(...years, 0);
      const names = [...new Set(line.labels)];
      line.label = names.slice(0, 3).join("、") + (names.length > 3 ? ` +${names.length - 3}` : "");
    });
    return fresh;
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
