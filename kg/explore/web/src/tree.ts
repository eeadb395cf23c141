// An answer as a tree of districts: provinces, cities, counties, with the rows of each and their sum.

import { element } from "./element";
import type { Answer, Row } from "./chart";

interface Place { iri: string; name: string; up: string; rows: Row[]; inside: Place[]; sum: number; number: number }
interface Words { rows: string; noTree: string; of: string }

const MOST = 600; // districts of one tree; of more, nobody finds one
const ROWS = 12;

const base = (iri: string) => /\/id\/place\/[^#]+$/.test(iri);

/** Return the column of districts: the first whose values all are places. */
export function placesColumn(answer: Answer): string | undefined {
  const rows = answer.results?.bindings ?? [];
  return answer.head.vars?.find((name) => rows.some((row) => row[name]) && rows.every((row) => !row[name] || (row[name]!.type === "uri" && base(row[name]!.value))));
}

const ABOVE = (iris: string[]) => `SELECT DISTINCT ?p ?name ?up { VALUES ?start { ${iris.map((iri) => `<${iri}>`).join(" ")} }
 ?start lg:within* ?p . OPTIONAL { ?p skos:prefLabel ?name FILTER(LANG(?name) = "zh-hans") } OPTIONAL { ?p lg:within ?up } }`;

async function above(iris: string[]): Promise<Map<string, { name: string; up: string }>> {
  const answer = await fetch("/sparql", { method: "POST", body: ABOVE(iris), headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json" } });
  if (!answer.ok) throw new Error(((await answer.json()) as { error: string }).error);
  const found = new Map<string, { name: string; up: string }>();
  for (const row of ((await answer.json()) as Answer).results!.bindings) {
    const before = found.get(row.p!.value);
    const [name, up] = [row.name?.value ?? before?.name ?? "", [row.up?.value ?? "", before?.up ?? ""].sort().at(-1)!];
    found.set(row.p!.value, { name: name || decodeURI(row.p!.value.slice(row.p!.value.lastIndexOf("/") + 1)), up });
  }
  return found;
}

/** Draw the tree; `cell` makes the cell of a value as the table does, `up` is the column that is summed. */
export async function drawTree(place: HTMLElement, answer: Answer, up: string | undefined, words: Words, cell: (row: Row, name: string) => HTMLElement): Promise<void> {
  const column = placesColumn(answer);
  if (!column) return place.append(element("p", {}, words.noTree));
  const rows = answer.results!.bindings.filter((row) => row[column]);
  const all = [...new Set(rows.map((row) => row[column]!.value))];
  const known = await above(all.slice(0, MOST));
  const places = new Map<string, Place>();
  const get = (iri: string): Place => {
    let found = places.get(iri);
    if (!found) {
      const { name, up: higher } = known.get(iri) ?? { name: iri, up: "" };
      places.set(iri, (found = { iri, name, up: higher, rows: [], inside: [], sum: 0, number: 0 }));
      if (higher && higher !== iri) get(higher).inside.push(found);
    }
    return found;
  };
  for (const row of rows) if (known.has(row[column]!.value)) get(row[column]!.value).rows.push(row);
  const tops = [...places.values()].filter((one) => !one.up);
  tops.forEach((one) => add(one, up));
  const others = answer.head.vars!.filter((name) => name !== column);
  place.append(element("ul", { class: "tree" }, ...sorted(tops).map((one) => branch(one, others, up, words, cell, 0))));
  if (all.length > MOST) place.append(element("p", { class: "quiet" }, `${MOST} / ${all.length}`));
}

function add(place: Place, up: string | undefined): void {
  place.number = place.rows.length;
  place.sum = up ? place.rows.reduce((sum, row) => sum + Number(row[up]?.value ?? 0), 0) : 0;
  for (const inner of place.inside) {
    add(inner, up);
    place.number += inner.number;
    place.sum += inner.sum;
  }
}

const sorted = (places: Place[]): Place[] => [...places].sort((a, b) => b.sum - a.sum || b.number - a.number || a.name.localeCompare(b.name, "zh"));

function branch(place: Place, columns: string[], up: string | undefined, words: Words, cell: (row: Row, name: string) => HTMLElement, depth: number): HTMLElement {
  const number = up ? Number(place.sum.toFixed(4)).toLocaleString("en") : `${place.number.toLocaleString("en")} ${words.rows}`;
  const path = new URL(place.iri).pathname.replace(/^\/lgkg/, "");
  const head = [element("a", { href: path }, element("bdi", {}, place.name)), " ", element("b", {}, number)];
  const inside = sorted(place.inside);
  const own = columns.some((name) => name !== up) && place.rows.length ? table(place.rows, columns, cell) : null;
  if (!inside.length && !own) return element("li", {}, ...head);
  const details = element("details", { open: depth === 0 && inside.length > 0 }, element("summary", {}, ...head), own, inside.length ? element("ul", {}, ...inside.map((one) => branch(one, columns, up, words, cell, depth + 1))) : null);
  return element("li", {}, details);
}

function table(rows: Row[], columns: string[], cell: (row: Row, name: string) => HTMLElement): HTMLElement {
  const body = element("tbody", {}, ...rows.slice(0, ROWS).map((row) => element("tr", {}, ...columns.map((name) => cell(row, name)))));
  const made = element("table", {}, element("thead", {}, element("tr", {}, ...columns.map((name) => element("th", { scope: "col" }, name)))), body);
  return element("div", { class: "scroll" }, made, rows.length > ROWS ? element("p", { class: "quiet" }, `${ROWS} / ${rows.length}`) : null);
}
