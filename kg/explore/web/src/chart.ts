// An answer as a chart: years or names along, numbers up. Drawn on a canvas by Vega without evaluating strings.

import embed from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";
import { element } from "./element";

export interface Value { type: string; value: string; datatype?: string }
export type Row = Record<string, Value | undefined>;
export interface Answer { head: { vars?: string[] }; boolean?: boolean; results?: { bindings: Row[] } }
export interface Kind { along: string; up: string; by?: string; years: boolean }

const NUMBERS = /#(integer|decimal|double|float|int|long)$/;
const YEAR = /#gYear$/;
const MOST = 60;

/** Return what can be drawn: a column of numbers over one of years, else of names; null when there is none. */
export function kinds(answer: Answer): Kind | null {
  const names = answer.head.vars ?? [];
  const rows = answer.results?.bindings ?? [];
  const all = (name: string, fits: (value: Value) => boolean) => rows.some((row) => row[name]) && rows.every((row) => !row[name] || fits(row[name]));
  const years = names.find((name) => all(name, (value) => YEAR.test(value.datatype ?? "") || /^(19|20)\d\d$/.test(value.value)));
  const up = names.find((name) => name !== years && all(name, (value) => NUMBERS.test(value.datatype ?? "")));
  const texts = names.filter((name) => name !== years && name !== up && all(name, (value) => value.type === "literal"));
  if (!up) return null;
  if (years) return { along: years, up, by: texts[0], years: true };
  const along = texts[0] ?? names.find((name) => name !== up);
  return along ? { along, up, years: false } : null;
}

export async function drawChart(place: HTMLElement, answer: Answer, kind: Kind): Promise<void> {
  const rows = answer.results!.bindings.filter((row) => row[kind.up] && row[kind.along]);
  const values = rows.slice(0, kind.years ? rows.length : MOST).map((row) => ({
    along: row[kind.along]!.value, up: Number(row[kind.up]!.value), by: kind.by ? (row[kind.by]?.value ?? "") : "",
  }));
  const ink = getComputedStyle(document.body).color;
  const series = new Set(values.map((value) => value.by)).size;
  const colour = kind.by && series > 1 && series <= 12 ? { color: { field: "by", type: "nominal" as const, title: kind.by } } : {};
  const canvas = element("div", { class: "chart", role: "img", "aria-label": `${kind.up} / ${kind.along}` });
  place.append(canvas);
  await embed(canvas, {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    data: { values },
    width: Math.max(260, Math.min(960, place.clientWidth - 120)),
    ...(kind.years ? { height: 320 } : {}),
    mark: kind.years ? { type: "line", point: true } : { type: "bar" },
    encoding: {
      [kind.years ? "x" : "y"]: { field: "along", type: "ordinal", title: kind.along, sort: null },
      [kind.years ? "y" : "x"]: { field: "up", type: "quantitative", title: kind.up },
      tooltip: [{ field: "along" }, { field: "by" }, { field: "up" }],
      ...colour,
    },
    config: { background: "transparent", font: getComputedStyle(document.body).fontFamily, axis: { labelColor: ink, titleColor: ink, labelFontSize: 13, titleFontSize: 13, labelLimit: 260 }, legend: { labelColor: ink, titleColor: ink, labelFontSize: 13, titleFontSize: 13 }, view: { stroke: null } },
  } as never, { actions: false, ast: true, expr: expressionInterpreter, renderer: "canvas", defaultStyle: false, tooltip: false } as never);
  if (!kind.years && rows.length > MOST) place.append(element("p", { class: "quiet" }, `${MOST} / ${rows.length}`));
}
