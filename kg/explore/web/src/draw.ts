// Drawing beyond points and lines: names that never lie on each other, signs of types, rings, words of ties.

import type Sigma from "sigma";
import type { Settings } from "sigma/settings";
import type { Line, Model, Spot } from "./model";
import { clamp } from "./element";

export const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif';
const LONGEST = 14;
const SIGNS = 1500; // of more things on the screen, none is large enough for a sign

export interface Theme { paper: string; ink: string; quiet: string; edge: string; thin: string; thinner: string; faint: string; accent: string; dark: boolean }

export function theme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string, other: string) => style.getPropertyValue(name).trim() || other;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  return {
    paper: color("--paper", "#fff"), ink: color("--ink", "#111"), quiet: color("--quiet", "#666"), dark,
    accent: color("--accent", "#0b62a0"), edge: dark ? "#4c5258" : "#c3c3bb", faint: dark ? "#262a2e" : "#eeeeea",
    thin: dark ? "#3a3f44" : "#dededa", thinner: dark ? "#2c3034" : "#e6e6e1",
  };
}

/** Keeps the rectangles of the names of one frame. */
class Taken {
  private cells = new Map<string, [number, number, number, number][]>();
  clear(): void { this.cells.clear(); }
  take(x: number, y: number, width: number, height: number): boolean {
    const box: [number, number, number, number] = [x, y, x + width, y + height];
    const keys: string[] = [];
    for (let a = Math.floor(x / 120); a <= Math.floor(box[2] / 120); a++)
      for (let b = Math.floor(y / 40); b <= Math.floor(box[3] / 40); b++) keys.push(`${a} ${b}`);
    for (const key of keys)
      for (const other of this.cells.get(key) ?? [])
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return false;
    for (const key of keys) this.cells.set(key, [...(this.cells.get(key) ?? []), box]);
    return true;
  }
}

export class Pen {
  theme = theme();
  private taken = new Taken();
  private widths = new Map<string, number>();

  constructor(private model: Model) {}

  settings(): Partial<Settings<Spot, Line>> {
    return {
      labelFont: FONT, labelSize: 13, labelColor: { color: this.theme.ink }, labelDensity: 1.2, labelGridCellSize: 110,
      labelRenderedSizeThreshold: 4.2, renderEdgeLabels: this.model.graph.size <= 6000, edgeLabelFont: FONT, edgeLabelSize: 11,
      edgeLabelColor: { color: this.theme.quiet }, defaultEdgeColor: this.theme.edge, zIndex: true, hideEdgesOnMove: false,
      minCameraRatio: 0.0005, maxCameraRatio: 12, doubleClickZoomingRatio: 1, stagePadding: 60, enableEdgeEvents: this.model.graph.size <= 6000,
      allowInvalidContainer: true,
      defaultDrawNodeLabel: (context, data, settings) => this.name(context, data as any, settings.labelSize),
      defaultDrawNodeHover: (context, data, settings) => this.hover(context, data as any, settings.labelSize),
      defaultDrawEdgeLabel: (context, edge, source, target) => this.tie(context, edge as any, source, target),
    };
  }

  begin(): void { this.taken.clear(); }

  private width(context: CanvasRenderingContext2D, text: string): number {
    const key = `${context.font}${text}`;
    let found = this.widths.get(key);
    if (found === undefined) this.widths.set(key, (found = context.measureText(text).width));
    return found;
  }

  private name(context: CanvasRenderingContext2D, data: { x: number; y: number; size: number; label: string; forced?: boolean }, size: number): void {
    const text = clamp(data.label ?? "", LONGEST);
    if (!text) return;
    context.font = `${size}px ${FONT}`;
    const width = this.width(context, text);
    const [x, y] = [data.x - width / 2, data.y + data.size + 2];
    if (!this.taken.take(x - 2, y, width + 4, size + 3)) return;
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = this.theme.paper;
    context.strokeText(text, x, y);
    context.fillStyle = this.theme.ink;
    context.fillText(text, x, y);
    context.textBaseline = "alphabetic";
  }

  private hover(context: CanvasRenderingContext2D, data: { x: number; y: number; size: number; label: string }, size: number): void {
    const text = clamp(data.label ?? "", 40);
    context.font = `600 ${size}px ${FONT}`;
    const width = this.width(context, text);
    context.beginPath();
    context.arc(data.x, data.y, data.size + 3, 0, 2 * Math.PI);
    context.strokeStyle = this.theme.accent;
    context.lineWidth = 2;
    context.stroke();
    context.fillStyle = this.theme.paper;
    context.globalAlpha = 0.92;
    context.fillRect(data.x - width / 2 - 5, data.y + data.size + 5, width + 10, size + 8);
    context.globalAlpha = 1;
    context.fillStyle = this.theme.ink;
    context.textBaseline = "top";
    context.fillText(text, data.x - width / 2, data.y + data.size + 9);
    context.textBaseline = "alphabetic";
  }

  /** Words of a tie, level, in the middle of it, where they lie on nothing else. */
  private tie(context: CanvasRenderingContext2D, edge: { label: string }, source: { x: number; y: number }, target: { x: number; y: number }): void {
    const text = clamp(edge.label ?? "", 18);
    if (!text || Math.hypot(source.x - target.x, source.y - target.y) < 60) return;
    context.font = `11px ${FONT}`;
    const width = this.width(context, text);
    const [x, y] = [(source.x + target.x) / 2 - width / 2, (source.y + target.y) / 2 - 6];
    if (!this.taken.take(x - 2, y - 1, width + 4, 14)) return;
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = this.theme.paper;
    context.strokeText(text, x, y);
    context.fillStyle = this.theme.quiet;
    context.fillText(text, x, y);
    context.textBaseline = "alphabetic";
  }

  /** The sign of its type inside each thing that is large enough, a ring around what is pinned or selected. */
  signs(context: CanvasRenderingContext2D, sigma: Sigma<Spot, Line>): void {
    const { width, height } = sigma.getDimensions();
    context.clearRect(0, 0, width, height);
    const { graph } = this.model;
    if (graph.order > SIGNS && sigma.getCamera().ratio > 0.5) return;
    context.textAlign = "center";
    context.textBaseline = "middle";
    let drawn = 0;
    graph.forEachNode((key, spot) => {
      if (spot.hidden || drawn > SIGNS) return;
      const shown = sigma.getNodeDisplayData(key);
      if (!shown) return;
      const place = sigma.framedGraphToViewport(shown);
      const radius = sigma.scaleSize(shown.size);
      if (place.x < -20 || place.y < -20 || place.x > width + 20 || place.y > height + 20) return;
      drawn++;
      if (this.model.judged.has(spot.iri)) for (const gap of [2.5, 5.5]) this.circle(context, place, radius + gap, 1.5, spot.off ? this.theme.faint : this.theme.ink);
      if (spot.pinned || key === this.model.selected) this.ring(context, place, radius + 3, key === this.model.selected);
      if (radius < 6 || spot.off) return;
      const look = this.model.looks.get(spot.kind)!;
      context.fillStyle = this.theme.dark && look.night ? look.night[1] : look.ink;
      context.font = `${Math.round(radius * 1.15)}px ${FONT}`;
      context.fillText(spot.sign, place.x, place.y + radius * 0.06);
    });
  }

  private ring(context: CanvasRenderingContext2D, place: { x: number; y: number }, radius: number, selected: boolean): void {
    context.setLineDash(selected ? [] : [2, 2]);
    this.circle(context, place, radius, selected ? 3 : 1.5, selected ? this.theme.accent : this.theme.quiet);
    context.setLineDash([]);
  }

  private circle(context: CanvasRenderingContext2D, place: { x: number; y: number }, radius: number, width: number, color: string): void {
    context.beginPath();
    context.arc(place.x, place.y, radius, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = color;
    context.stroke();
  }
}
