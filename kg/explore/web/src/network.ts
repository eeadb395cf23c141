// The network page: what is shown, what people do with it, and its address.

import Sigma from "sigma";
import { EdgeLineProgram, NodePointProgram } from "sigma/rendering";
import { Address } from "./address";
import { Pen, theme } from "./draw";
import { exports, filters, legend, slider } from "./controls";
import { button, element } from "./element";
import { finder, findHere } from "./finder";
import { Model, type Line, type Spot } from "./model";
import { Panel } from "./panel";
import { svg } from "./picture";
import * as service from "./source";
import type { Facts, Settings, Thing, View } from "./source";
import { table } from "./table";
import { Ties, untied } from "./ties";
import { count, say, speak, type Word } from "./words";
import "./network.css";

const DASHED = 2500; // ties that are drawn with dashes; of more, nobody could tell
const CLICKED = 6000; // ties that can be clicked; of more, each frame would be drawn twice to tell them apart
const EXPANDED = 100;

export class App {
  readonly model: Model;
  readonly address: Address;
  sigma!: Sigma<Spot, Line>;
  private pen: Pen;
  private panel: Panel;
  private own = false;
  private ties: Ties | null = null; // draws the ties of large views in place of sigma
  private begun = false;
  private sized = { points: 1, lines: "#888" };
  private near: Set<string> | null = null;
  private picking: { from: string | null } | null = null;
  private canvas = element("div", { id: "canvas", role: "img", "aria-label": say("drawing") });
  private status = element("p", { id: "status", role: "status" });
  private legend = element("ul", { id: "legend", "aria-label": say("legend") });
  private slider = element("div", { id: "slider" });
  private finder = finder("find", (words) => this.find(words), (type) => this.panel.chip(type), (thing) => void this.arrive(thing));

  constructor(private root: HTMLElement, private settings: Settings) {
    this.address = new Address(settings.base);
    this.model = new Model(settings.looks);
    this.pen = new Pen(this.model);
    this.panel = new Panel(this.model, settings, {
      select: (key, move) => this.select(key, move), open: (iri) => void this.open(iri), expand: (key) => void this.expand(key),
      group: (number) => this.group(number), hide: (key) => this.hide(key), pathFrom: (key) => this.pick(key), facts: (iri, other, offset) => this.facts(iri, other, offset),
    });
  }

  async start(): Promise<void> {
    this.root.append(this.toolbar(), this.legend, element("div", { id: "stage" }, this.canvas, this.panel.root), element("div", { id: "foot" }, this.slider, this.status));
    this.status.textContent = say("working");
    try {
      const view = await this.first();
      this.own = Boolean(view.own);
      this.model.add(view);
      this.draw();
      this.shown(view);
      await this.restore(view);
      this.begun = true;
      if (!this.ties || this.changed()) this.redraw();
    } catch (error) {
      this.status.textContent = (error as Error).message;
      if (!this.sigma) this.draw();
      this.panel.overview();
    }
    this.begun = true;
    document.documentElement.dataset.ready = "true";
  }

  /** Tell whether the address asks for more than the things as they are: those are drawn already. */
  private changed(): boolean {
    const { model } = this;
    return Boolean(model.selected || this.near || model.path || model.years || model.group !== null || model.hidden.size || model.hiddenTypes.size);
  }

  // --- what is shown ---------------------------------------------------------------------------

  private first(): Promise<View> {
    if (this.settings.view) return Promise.resolve(this.settings.view);
    const [from, to] = [this.address.get("a"), this.address.get("b")];
    return from && to ? service.paths(from, to, this.address.get("layout")) : service.view(this.address.asked());
  }

  private shown(view: View): void {
    const seen = this.model.visible().length;
    this.status.replaceChildren(`${say("shown")} ${count(seen)} ${say("of")} ${count(view.candidates ?? view.all)}`);
    if (!this.settings.view && view.candidates !== undefined && view.chosen && view.chosen.length < view.candidates) {
      const more = Math.min(view.chosen.length * 3, view.candidates);
      this.status.append(` · ${say("narrow")} `, button(`${say("more")} (${count(more)})`, () => this.address.go({ limit: String(more) })));
    }
    this.drawLegend();
    this.drawSlider();
  }

  /** Draw anew with the next frame, once however often it was asked for. */
  private redraw(): void {
    if (!this.begun) return;
    this.sized = this.scale();
    this.ties?.change();
    const { size } = this.model.graph;
    if (this.sigma && this.sigma.getSetting("enableEdgeEvents") !== size <= CLICKED) this.sigma.setSetting("enableEdgeEvents", size <= CLICKED);
    if (this.sigma && this.sigma.getSetting("renderEdgeLabels") !== size <= CLICKED) this.sigma.setSetting("renderEdgeLabels", size <= CLICKED);
    this.sigma?.scheduleRefresh();
  }

  /** Points are smaller and lines fainter where there are many. */
  private scale(): { points: number; lines: string } {
    const { order, size } = this.model.graph;
    const lines = size < 1500 ? "edge" : size < 6000 ? "thin" : size < 40_000 ? "thinner" : "faint";
    return {
      points: order < 400 ? 1 : order < 2000 ? 0.75 : order < 20_000 ? 0.42 : 0.22,
      lines: this.pen.theme[lines],
    };
  }

  private async restore(view: View): Promise<void> {
    for (const iri of this.address.all("open")) {
      const key = this.key(iri);
      if (key) await this.expand(key, false);
    }
    for (const iri of this.address.all("hide")) this.model.hidden.add(this.key(iri) ?? "");
    for (const kind of this.address.all("off")) this.model.hiddenTypes.add(kind);
    if (this.model.hidden.size || this.model.hiddenTypes.size) this.model.refreshHidden();
    if (this.address.get("group")) this.model.group = Number(this.address.get("group"));
    for (const pin of this.address.all("pin")) {
      const [iri, x, y] = pin.split("@");
      const key = this.key(iri);
      if (key) this.model.graph.mergeNodeAttributes(key, { x: Number(x), y: Number(y), pinned: true });
    }
    this.drawLegend();
    if (view.paths) this.showPaths(view);
    else {
      const wanted = this.address.get("select") || (view.focus?.length === 1 ? this.model.graph.getNodeAttribute(String(view.focus[0]), "iri") : "");
      const key = wanted && this.key(wanted);
      this.select(key || null, false, false);
    }
    this.model.steps = [];
  }

  private key(iri: string): string | undefined {
    const full = this.address.full(iri);
    return this.model.graph.findNode((_, spot) => spot.iri === full);
  }

  private draw(): void {
    const { graph } = this.model;
    const many = graph.size > CLICKED && Ties.possible();
    this.sized = this.scale();
    this.sigma = new Sigma<Spot, Line>((many ? untied(graph) : graph) as any, this.canvas, {
      ...this.pen.settings(),
      nodeProgramClasses: { circle: this.points() as any }, edgeProgramClasses: { line: EdgeLineProgram as any },
      defaultNodeType: "circle", defaultEdgeType: "line",
      nodeReducer: (key, spot) => this.spot(key, spot), edgeReducer: (key, line) => this.line(key, line),
    });
    this.sigma.setCustomBBox(this.sigma.getBBox()); // what is added later moves nothing that is there
    for (const [name, before] of [["dashes", "edges"], ["signs", "labels"]] as const) {
      this.sigma.createCanvas(name, { beforeLayer: before, style: { position: "absolute", pointerEvents: "none" } });
    }
    if (many) this.ties = new Ties(this.sigma, graph, (key, line) => this.tie(key, line));
    const contexts = Object.fromEntries(["dashes", "signs"].map((name) => [name, this.context(name)]));
    this.sigma.on("resize", () => { for (const name of Object.keys(contexts)) contexts[name] = this.context(name); });
    this.sigma.on("beforeRender", () => this.pen.begin());
    this.sigma.on("afterRender", () => {
      this.ties?.show();
      this.dashes(contexts.dashes);
      this.pen.signs(contexts.signs, this.sigma);
    });
    this.events();
    this.sigma.resize(true);
    this.sigma.scheduleRender();
  }

  /** Points that are not drawn a second time, for the pointer to find them, while the camera of a large view moves. */
  private points(): unknown {
    const app = this;
    return class extends NodePointProgram {
      render(params: any): void {
        const { pickProgram } = this as any;
        if (app.ties?.moving) (this as any).pickProgram = null;
        super.render(params);
        (this as any).pickProgram = pickProgram;
      }
    };
  }

  private context(name: string): CanvasRenderingContext2D {
    const canvas = this.sigma.getCanvases()[name] ?? (this.canvas.querySelector(`.sigma-${name}`) as HTMLCanvasElement);
    const { width, height } = this.sigma.getDimensions();
    const scale = window.devicePixelRatio || 1;
    [canvas.width, canvas.height] = [width * scale, height * scale];
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    const context = canvas.getContext("2d")!;
    context.scale(scale, scale);
    return context;
  }

  private spot(key: string, spot: Spot): any {
    const { model } = this;
    const look = model.looks.get(spot.kind)!;
    const color = this.pen.theme.dark && look.night ? look.night[0] : look.color;
    const away = (this.near && !this.near.has(key)) || (model.path && !model.path.has(key)) || !model.inGroup(spot) || !model.attested(spot);
    if (spot.off !== Boolean(away)) model.graph.getNodeAttributes(key).off = Boolean(away); // what is given is a copy
    spot.size *= this.sized.points;
    if (away) return Object.assign(spot, { color: this.pen.theme.faint, label: "", zIndex: 0 });
    const forced = key === model.selected || Boolean(model.path?.has(key));
    return Object.assign(spot, { color, zIndex: forced ? 2 : 1, forceLabel: forced || Boolean(this.near && this.near.size < 40) });
  }

  /** Tell whether nothing is brought out, and ties are too many to be told apart. */
  private plain(): boolean {
    const { model } = this;
    return !this.near && !model.path && !model.years && model.group === null && model.graph.size > DASHED;
  }

  /** How a tie of a large view is drawn; null when it is not. */
  private tie(key: string, line: Line): { color: string; above: boolean } | null {
    if (this.plain()) return { color: this.sized.lines, above: false };
    const { color, hidden, zIndex } = this.line(key, { ...line });
    return hidden ? null : { color, above: zIndex > 0 };
  }

  private line(key: string, line: Line): any {
    const { model } = this;
    if (this.plain()) {
      line.color = this.sized.lines;
      line.label = "";
      return line;
    }
    const [source, target] = model.graph.extremities(key);
    const on = this.near ? source === model.selected || target === model.selected : true;
    const grouped = model.group === null || (model.inGroup(model.graph.getNodeAttributes(source)) && model.inGroup(model.graph.getNodeAttributes(target)));
    const away = !on || !grouped || (model.path && !(model.path.has(source) && model.path.has(target))) || !model.attested(line);
    const few = model.graph.size <= DASHED;
    const words = (this.near && this.near.size < 40 && on) || model.path || model.graph.order <= 25;
    return {
      ...line, color: away ? this.pen.theme.faint : this.near ? this.pen.theme.accent : this.sized.lines,
      label: away || !words ? "" : line.label, forceLabel: !away && Boolean(words), hidden: line.hidden || (few && line.inferred),
      zIndex: away ? 0 : 1,
    };
  }

  /** What we infer is drawn with dashes, beneath what the text says. */
  private dashes(context: CanvasRenderingContext2D): void {
    const { width, height } = this.sigma.getDimensions();
    context.clearRect(0, 0, width, height);
    if (this.model.graph.size > DASHED) return;
    context.setLineDash([4, 4]);
    this.model.graph.forEachEdge((key, line, source, target, from, to) => {
      if (!line.inferred || from.hidden || to.hidden) return;
      const [one, other] = [this.sigma.getNodeDisplayData(source)!, this.sigma.getNodeDisplayData(target)!];
      const [a, b] = [this.sigma.framedGraphToViewport(one), this.sigma.framedGraphToViewport(other)];
      context.strokeStyle = this.line(key, line).color;
      context.beginPath();
      context.moveTo(a.x, a.y);
      context.lineTo(b.x, b.y);
      context.stroke();
    });
  }

  // --- what people do --------------------------------------------------------------------------

  private events(): void {
    const { sigma, model } = this;
    let dragged: { key: string; x: number; y: number; pinned: boolean; moved: boolean } | null = null;
    sigma.on("clickNode", ({ node }) => (this.picking ? this.pick(node) : this.select(node)));
    sigma.on("clickEdge", ({ edge }) => {
      const [source, target] = model.graph.extremities(edge);
      this.panel.tie(source, target);
    });
    sigma.on("clickStage", () => { if (!this.picking) this.select(null); });
    sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => { preventSigmaDefault(); void this.expand(node); });
    sigma.on("enterNode", () => this.canvas.classList.add("over"));
    sigma.on("leaveNode", () => this.canvas.classList.remove("over"));
    sigma.on("downNode", ({ node }) => {
      const { x, y, pinned } = model.graph.getNodeAttributes(node);
      dragged = { key: node, x, y, pinned, moved: false };
    });
    sigma.on("moveBody", ({ event }) => {
      if (!dragged) return;
      dragged.moved = true;
      model.graph.mergeNodeAttributes(dragged.key, sigma.viewportToGraph(event));
      event.preventSigmaDefault();
      event.original.preventDefault();
    });
    const drop = () => {
      if (dragged?.moved) this.pinned(dragged);
      dragged = null;
    };
    sigma.on("upNode", drop);
    sigma.on("upStage", drop);
    document.addEventListener("keydown", (event) => this.pressed(event));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.pen.theme = theme();
      sigma.setSettings(this.pen.settings());
      this.drawLegend();
      this.redraw();
    });
    window.addEventListener("popstate", () => location.reload());
  }

  private pinned(before: { key: string; x: number; y: number; pinned: boolean }): void {
    this.model.graph.setNodeAttribute(before.key, "pinned", true);
    this.model.did("pin", () => {
      this.model.graph.mergeNodeAttributes(before.key, { x: before.x, y: before.y, pinned: before.pinned });
      this.savePins();
    });
    this.savePins();
  }

  private savePins(): void {
    const pins: string[] = [];
    this.model.graph.forEachNode((_, spot) => {
      if (spot.pinned) pins.push(`${this.address.short(spot.iri)}@${spot.x.toFixed(1)}@${spot.y.toFixed(1)}`);
    });
    this.address.note({ pin: pins });
  }

  private pressed(event: KeyboardEvent): void {
    const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
    if (event.key === "Escape") return this.clear();
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const acts: Record<string, () => void> = {
      "/": () => this.finder.input.focus(), f: () => this.pick(null), Backspace: () => this.undo(),
      "+": () => void this.sigma.getCamera().animatedZoom(), "-": () => void this.sigma.getCamera().animatedUnzoom(), "0": () => this.fit(),
    };
    const act = acts[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  }

  private clear(): void {
    document.querySelector<HTMLDialogElement>("dialog[open]")?.close();
    this.picking = null;
    this.finder.input.value = "";
    this.finder.input.blur();
    this.model.path = null;
    this.note("");
    if (this.model.group !== null) this.group(null);
    this.select(null);
  }

  select(key: string | null, move = false, remember = true): void {
    const { graph } = this.model;
    this.model.selected = key;
    this.near = key ? new Set([key, ...graph.neighbors(key)]) : null;
    if (key) this.panel.thing(key);
    else if (this.begun || !this.ties) this.panel.overview();
    else setTimeout(() => { if (!this.model.selected) this.panel.overview(); }); // it counts all things: after the first drawing
    if (key && move) this.center(key);
    if (remember) this.address.note({ select: key ? [this.address.short(graph.getNodeAttribute(key, "iri"))] : [] });
    this.redraw();
  }

  private center(key: string): void {
    const shown = this.sigma.getNodeDisplayData(key);
    const camera = this.sigma.getCamera();
    if (shown) void camera.animate({ x: shown.x, y: shown.y, ratio: Math.min(camera.ratio, 0.7) }, { duration: 200 });
  }

  /** Show the neighbours of a thing; what is there stays where it is. */
  async expand(key: string, remember = true): Promise<void> {
    if (this.settings.view) return;
    const iri = this.model.graph.getNodeAttribute(key, "iri");
    this.note(say("working"));
    try {
      const keep = this.model.graph.nodes().map(Number);
      const view = await service.view({ focus: [iri], depth: 1, limit: EXPANDED, keep, layout: "map", ...this.address.narrowed() });
      const fresh = this.model.add(view, this.own ? key : undefined);
      if (remember) {
        this.address.note({ open: [...this.address.all("open"), this.address.short(iri)] });
        this.model.did("expand", () => {
          for (const one of fresh) if (this.model.graph.hasNode(one)) this.model.graph.dropNode(one);
          this.address.note({ open: this.address.all("open").filter((name) => name !== this.address.short(iri)) });
        });
      }
      this.note(`+${count(fresh.length)} · ${say("shown")} ${count(this.model.visible().length)} ${say("of")} ${count(view.all)}`);
      this.drawLegend();
      this.select(key, false, remember);
      if (this.outside(fresh)) this.status.append(` · ${say("outside")} `, button(say("fit"), () => this.fit()));
    } catch (error) {
      this.note((error as Error).message);
    }
  }

  private outside(keys: string[]): boolean {
    this.sigma.refresh();
    const { width, height } = this.sigma.getDimensions();
    return keys.some((key) => {
      const shown = this.sigma.getNodeDisplayData(key);
      if (!shown || shown.hidden) return false;
      const { x, y } = this.sigma.framedGraphToViewport(shown);
      return x < 0 || y < 0 || x > width || y > height;
    });
  }

  hide(key: string): void {
    this.model.hide(key);
    const save = () => this.address.note({ hide: [...this.model.hidden].filter((one) => this.model.graph.hasNode(one)).map((one) => this.address.short(this.model.graph.getNodeAttribute(one, "iri"))) });
    save();
    const step = this.model.steps.at(-1)!;
    const back = step.undo;
    step.undo = () => { back(); save(); };
    this.select(null);
  }

  undo(): void {
    const name = this.model.undo();
    if (!name) return;
    if (this.model.selected && !this.model.graph.hasNode(this.model.selected)) this.model.selected = null;
    this.drawLegend();
    this.select(this.model.selected);
  }

  fit(): void {
    const { graph } = this.model;
    const spots = this.model.visible().map((key) => this.sigma.getNodeDisplayData(key)!).filter(Boolean);
    if (!spots.length || !graph.order) return;
    const [xs, ys] = [spots.map((spot) => spot.x), spots.map((spot) => spot.y)];
    const [left, right, low, high] = [xs.reduce((a, b) => Math.min(a, b)), xs.reduce((a, b) => Math.max(a, b)), ys.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.max(a, b))];
    const ratio = Math.max(right - left, high - low, 0.02) * 1.1;
    void this.sigma.getCamera().animate({ x: (left + right) / 2, y: (low + high) / 2, ratio, angle: 0 }, { duration: 200 });
  }

  // --- finding, paths ---------------------------------------------------------------------------

  private async find(words: string): Promise<Thing[]> {
    if (!this.settings.view) return service.find(words);
    return findHere(this.model, this.settings.keys ?? {}, words);
  }

  /** Go to what was found: select it when it is shown, else start from it. */
  private async arrive(thing: Thing): Promise<void> {
    const key = this.key(thing.iri);
    if (this.picking) {
      if (!key) await this.fetch(thing.iri);
      const found = this.key(thing.iri);
      if (found) this.pick(found);
    } else await this.open(thing.iri);
  }

  private async open(iri: string): Promise<void> {
    const key = this.key(iri);
    if (key) this.select(key, true);
    else if (!this.settings.view) this.address.go({ focus: this.address.short(iri) }, true);
  }

  private async fetch(iri: string): Promise<void> {
    const keep = this.model.graph.nodes().map(Number);
    this.model.add(await service.view({ focus: [iri], depth: 0, limit: 1, keep, layout: "map" }));
    this.redraw();
  }

  private pick(key: string | null): void {
    if (this.settings.view) return this.pickHere(key);
    if (!this.picking) this.picking = { from: key };
    else if (!this.picking.from) this.picking.from = key;
    else if (key && key !== this.picking.from) {
      const ends = [this.picking.from, key].map((one) => this.address.short(this.model.graph.getNodeAttribute(one, "iri")));
      this.picking = null;
      return this.address.go({ a: ends[0], b: ends[1] }, true);
    }
    this.note(say(this.picking.from ? "end" : "choose"));
  }

  /** In a file there is no service to ask: the shortest path in what is shown. */
  private pickHere(key: string | null): void {
    if (!this.picking) this.picking = { from: key };
    else if (!this.picking.from) this.picking.from = key;
    else if (key) {
      const before = new Map<string, string>([[this.picking.from, ""]]);
      for (const one of before.keys()) this.model.graph.forEachNeighbor(one, (next) => { if (!before.has(next)) before.set(next, one); });
      const found: string[] = [];
      for (let one = before.has(key) ? key : ""; one; one = before.get(one)!) found.unshift(one);
      this.picking = null;
      this.model.path = found.length ? new Set(found) : null;
      this.panel.paths(found.length ? [found] : [], false);
      this.redraw();
      return this.note("");
    }
    this.note(say(this.picking.from ? "end" : "choose"));
  }

  private showPaths(view: View): void {
    const found = view.paths!.map((path) => path.map(String));
    this.model.path = found.length ? new Set(found.flat()) : null;
    this.near = null;
    this.panel.paths(found, Boolean(view.more));
    this.note(found.length ? `${found.length}${view.more ? "+" : ""} ${say("paths")}` : say("nopath"));
    this.redraw();
  }

  private note(text: string): void { if (text) this.status.replaceChildren(text); }

  private async facts(iri: string, other: string, offset: number): Promise<Facts> {
    if (!this.settings.view) return service.facts(iri, other, offset);
    return this.embedded(iri, other);
  }

  /** What a file without a service can tell: the ties it holds, each with its first quote. */
  private embedded(iri: string, other: string): Facts {
    const { graph } = this.model;
    const key = this.key(iri)!;
    const found: Facts = { facts: [], total: 0, things: {} };
    graph.forEachEdge(key, (edge, line, source, _, from, to) => {
      const away = source === key ? to : from;
      if (other && away.iri !== other) return;
      found.things[away.iri] = { id: 0, iri: away.iri, label: away.label, type: away.kind, area: away.area };
      const [quote, document, start, end, date] = this.settings.told?.[edge] ?? ["", "", 0, 0, ""];
      line.labels.forEach((label, at) => found.facts.push({ kind: line.kinds[at], label, other: away.iri, away: source === key, source: "", quote: at ? "" : quote, document, date, start, end }));
    });
    found.total = found.facts.length;
    return found;
  }

  // --- around the drawing -------------------------------------------------------------------------

  private toolbar(): HTMLElement {
    const bar = element("div", { id: "bar", role: "toolbar" }, this.finder.root);
    const act = (word: Word, key: string, run: () => void) => bar.append(button(say(word), run, { title: key ? `${say(word)} (${key})` : say(word) }));
    act("path", "f", () => this.pick(null));
    act("undo", "Backspace", () => this.undo());
    act("fit", "0", () => this.fit());
    act("table", "", () => this.openTable());
    const chip = (type: string) => this.panel.chip(type);
    if (!this.settings.view) bar.append(filters(this.address, this.settings, chip));
    bar.append(exports({
      picture: () => svg(this.sigma, this.model, this.pen), shown: () => this.model.visible().map(Number),
      note: (text) => this.note(text), inFile: Boolean(this.settings.view), language: this.settings.language,
    }));
    if (!this.settings.view) act("share", "", () => void navigator.clipboard.writeText(location.href).then(() => this.note(say("copied"))));
    return bar;
  }

  private openTable(): void {
    const dialog = table(this.model, (key) => this.select(key, true));
    this.root.append(dialog);
    dialog.showModal();
  }

  private drawLegend(): void { this.legend.replaceChildren(...legend(this.model, this.settings.looks, (kind) => this.panel.chip(kind), (kind) => this.toggle(kind))); }

  private toggle(kind: string): void {
    const { hiddenTypes } = this.model;
    const flip = () => {
      if (!hiddenTypes.delete(kind)) hiddenTypes.add(kind);
      this.model.refreshHidden();
      this.address.note({ off: [...hiddenTypes] });
      this.drawLegend();
      this.redraw();
    };
    flip();
    this.model.did("filter", flip);
  }

  private drawSlider(): void { slider(this.slider, this.model, this.address, () => this.redraw()); }

  /** Bring out one community, or none: the others fade. */
  group(number: number | null): void {
    this.model.group = number;
    this.address.note({ group: number === null ? [] : [String(number)] });
    this.panel.overview();
    this.redraw();
  }
}

export function main(): void {
  const root = document.getElementById("network");
  const data = document.getElementById("settings");
  if (!root || !data) return;
  const settings = JSON.parse(data.textContent ?? "{}") as Settings;
  speak(settings.language);
  const app = new App(root, settings);
  (window as any).network = app; // for tests, and for whoever likes consoles
  void app.start();
}

main();
