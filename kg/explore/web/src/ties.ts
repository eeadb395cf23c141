// The ties of large views: straight lines of one point, drawn from arrays. While the camera moves, the picture of them
// moves with it, as the pieces of a map do; when it rests they are drawn anew. Nothing of this is made for each tie.

import type Graph from "graphology";
import type Sigma from "sigma";
import type { Line, Spot } from "./model";

const REST = 120; // milliseconds without a move after which lines are drawn anew
const STRETCHED = 2.5; // times that the picture of lines may be too large or too small

const VERTEX = `#version 300 es
in vec2 place;
uniform mat3 view;
void main() { gl_Position = vec4((view * vec3(place, 1.0)).xy, 0.0, 1.0); }`;
const FRAGMENT = `#version 300 es
precision mediump float;
uniform vec4 color;
out vec4 painted;
void main() { painted = color; }`;

/** x' = a x + c y + e, y' = b x + d y + f: from places of the graph to points on the screen. */
interface Affine { a: number; b: number; c: number; d: number; e: number; f: number }
interface Group { color: [number, number, number]; start: number; count: number }
/** What is to be known of one tie: its colour, or nothing when it is hidden, and whether it lies above others. */
export type Look = (key: string, line: Line) => { color: string; above: boolean } | null;

/** A graph as sigma is to see it: without its ties, for which it would make several objects each. */
export function untied(graph: Graph<Spot, Line>): Graph<Spot, Line> {
  const seen = Object.create(graph);
  seen.edges = () => [];
  seen.forEachEdge = () => undefined;
  seen.on = (name: string, listener: () => void) => {
    if (!/edge/i.test(name)) graph.on(name as any, listener);
    return seen;
  };
  seen.removeListener = (name: string, listener: () => void) => {
    graph.removeListener(name as any, listener);
    return seen;
  };
  return seen;
}

export class Ties {
  private canvas: HTMLCanvasElement;
  private gl: WebGL2RenderingContext;
  private view: WebGLUniformLocation;
  private color: WebGLUniformLocation;
  private places: WebGLBuffer;
  private indices: WebGLBuffer;
  private groups: Group[] = [];
  private numbers = new Map<string, number>();
  private stale = true;
  private moved = true;
  private drawn: Affine | null = null;
  private timer = 0;
  moving = false;

  /** Tell whether the browser can. */
  static possible(): boolean { return Boolean(document.createElement("canvas").getContext("webgl2")); }

  constructor(private sigma: Sigma<Spot, Line>, private graph: Graph<Spot, Line>, private look: Look) {
    const style = { position: "absolute", pointerEvents: "none", transformOrigin: "0 0" };
    const canvas = (this.canvas = sigma.createCanvas("ties", { beforeLayer: "edges", style }));
    const gl = (this.gl = canvas.getContext("webgl2", { antialias: false, preserveDrawingBuffer: true })!);
    const program = this.program();
    gl.useProgram(program);
    this.view = gl.getUniformLocation(program, "view")!;
    this.color = gl.getUniformLocation(program, "color")!;
    [this.places, this.indices] = [gl.createBuffer()!, gl.createBuffer()!];
    gl.bindBuffer(gl.ARRAY_BUFFER, this.places);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.indices);
    const place = gl.getAttribLocation(program, "place");
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, 2, gl.FLOAT, false, 0, 0);
    const changes = ["edgeAdded", "edgeDropped", "nodeAdded", "nodeDropped", "cleared", "eachNodeAttributesUpdated"] as const;
    for (const name of changes) graph.on(name, () => { this.stale = true; });
    graph.on("nodeAttributesUpdated", () => { this.moved = true; });
    sigma.on("resize", () => { this.drawn = null; });
  }

  /** Have the lines made anew: which are shown, and how, has changed. */
  change(): void { this.stale = true; }

  /** Show the lines where the camera is now; after each frame of sigma. */
  show(): void {
    const now = this.affine();
    if (this.stale || this.moved || !this.drawn) return this.draw(now);
    const move = between(this.drawn, now);
    const stretched = Math.hypot(move.a, move.b);
    if (stretched > STRETCHED || stretched < 1 / STRETCHED) return this.draw(now);
    if (Math.abs(stretched - 1) + Math.abs(move.b) + Math.abs(move.e) + Math.abs(move.f) < 1e-3) return;
    this.canvas.style.transform = `matrix(${[move.a, move.b, move.c, move.d, move.e, move.f].join(",")})`;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.rest(), REST);
    this.moving = true;
  }

  private rest(): void {
    this.moving = false;
    this.drawn = null;
    this.sigma.scheduleRender();
  }

  private draw(now: Affine): void {
    window.clearTimeout(this.timer);
    this.gather();
    const { gl, canvas } = this;
    const { width, height } = this.sigma.getDimensions();
    const scale = window.devicePixelRatio || 1;
    const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
    if (canvas.width !== wide || canvas.height !== high) {
      [canvas.width, canvas.height] = [wide, high];
      [canvas.style.width, canvas.style.height] = [`${width}px`, `${height}px`];
    }
    gl.viewport(0, 0, wide, high);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const [x, y] = [2 / width, -2 / height];
    gl.uniformMatrix3fv(this.view, false, [now.a * x, now.b * y, 0, now.c * x, now.d * y, 0, now.e * x - 1, now.f * y + 1, 1]);
    for (const { color, start, count } of this.groups) {
      gl.uniform4f(this.color, ...color, 1);
      gl.drawElements(gl.LINES, count, gl.UNSIGNED_INT, 4 * start);
    }
    canvas.style.transform = "";
    this.drawn = now;
  }

  /** Fill the arrays from what the graph holds now. */
  private gather(): void {
    const { gl } = this;
    if (this.stale) this.sort();
    if (this.stale || this.moved) {
      const places = new Float32Array(2 * this.graph.order);
      let at = 0;
      this.graph.forEachNode((_, spot) => {
        places[at++] = spot.x;
        places[at++] = spot.y;
      });
      gl.bufferData(gl.ARRAY_BUFFER, places, gl.DYNAMIC_DRAW);
    }
    this.stale = this.moved = false;
  }

  /** Number the things, and put ties of one colour together, those that lie above others last. */
  private sort(): void {
    this.numbers.clear();
    this.graph.forEachNode((key) => this.numbers.set(key, this.numbers.size));
    const found = new Map<string, number[]>();
    this.graph.forEachEdge((key, line, source, target, from, to) => {
      const look = from.hidden || to.hidden ? null : this.look(key, line);
      if (!look) return;
      const name = `${look.above ? 1 : 0} ${look.color}`;
      let pairs = found.get(name);
      if (!pairs) found.set(name, (pairs = []));
      pairs.push(this.numbers.get(source)!, this.numbers.get(target)!);
    });
    const names = [...found.keys()].sort();
    const all = new Uint32Array(names.reduce((sum, name) => sum + found.get(name)!.length, 0));
    let start = 0;
    this.groups = names.map((name) => {
      const pairs = found.get(name)!;
      all.set(pairs, start);
      const group = { color: parsed(name.slice(2)), start, count: pairs.length };
      start += pairs.length;
      return group;
    });
    this.gl.bufferData(this.gl.ELEMENT_ARRAY_BUFFER, all, this.gl.STATIC_DRAW);
  }

  private affine(): Affine {
    const [o, x, y] = [[0, 0], [1, 0], [0, 1]].map(([a, b]) => this.sigma.graphToViewport({ x: a, y: b }));
    return { a: x.x - o.x, b: x.y - o.y, c: y.x - o.x, d: y.y - o.y, e: o.x, f: o.y };
  }

  private program(): WebGLProgram {
    const { gl } = this;
    const program = gl.createProgram()!;
    for (const [kind, text] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]] as const) {
      const shader = gl.createShader(kind)!;
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program) ?? "WebGL");
    return program;
  }
}

/** What moves a picture drawn with one view to where it is in another. */
function between(from: Affine, to: Affine): Affine {
  const area = from.a * from.d - from.b * from.c;
  const [a, b, c, d] = [from.d / area, -from.b / area, -from.c / area, from.a / area];
  const made = { a: to.a * a + to.c * b, b: to.b * a + to.d * b, c: to.a * c + to.c * d, d: to.b * c + to.d * d };
  return { ...made, e: to.e - made.a * from.e - made.c * from.f, f: to.f - made.b * from.e - made.d * from.f };
}

function parsed(color: string): [number, number, number] {
  const digits = color.length === 4 ? [...color.slice(1)].map((digit) => digit + digit) : color.slice(1).match(/../g)!;
  return digits.slice(0, 3).map((pair) => parseInt(pair, 16) / 255) as [number, number, number];
}
