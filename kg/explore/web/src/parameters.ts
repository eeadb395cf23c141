// What may be changed in a query without reading it: names, years, things and limits, each as a field of its own.

import { element } from "./element";

export interface Found { kind: "name" | "year" | "thing" | "limit"; label: string; value: string; from: number; to: number }
interface Words { name: string; year: string; thing: string; limit: string }

const KINDS: [Found["kind"], RegExp][] = [
  ["name", /"((?:[^"\\\n]|\\.)*)"@zh(?:-hans)?\b/gi],
  ["year", /"((?:19|20)\d\d)"\^\^xsd:gYear/g],
  ["thing", /<https:\/\/w3id\.org\/lgkg\/((?:id|def)\/[^>#\s]+)>/g],
  ["limit", /\bLIMIT\s+(\d+)/gi],
];
const NAMES = /^(skos:(pref|alt)Label|rdfs:label|dcterms:title)$/;

/** Return what can be changed in a query, in its order; `labels` are the words for our terms. */
export function parameters(query: string, labels: Map<string, string>, words: Words): Found[] {
  const found: Found[] = [];
  for (const [kind, pattern] of KINDS)
    for (const match of query.matchAll(pattern)) {
      const from = match.index + match[0].lastIndexOf(match[1]);
      found.push({ kind, value: kind === "name" ? match[1].replace(/\\(.)/g, "$1") : match[1], from, to: from + match[1].length, label: label(query.slice(0, match.index), kind, labels, words) });
    }
  return found.sort((a, b) => a.from - b.from);
}

/** The property that a value belongs to, in words: of `lg:indicator/skos:prefLabel` that is the indicator. */
function label(before: string, kind: Found["kind"], labels: Map<string, string>, words: Words): string {
  if (kind === "limit") return words.limit;
  const path = /([\w-]+:[\w-]+(?:\/[\w-]+:[\w-]+)*)\s*\S{0,2}$/.exec(before)?.[1] ?? "";
  const step = path.split("/").filter((name) => !NAMES.test(name)).at(-1);
  return (step && labels.get(step)) || words[kind];
}

/** A value as it stands in a query: nothing in it can end the string or the IRI. */
export function written(kind: Found["kind"], value: string): string | null {
  if (kind === "name") return value.replace(/[\\"]/g, "\\$&").replace(/\s+/g, " ");
  if (kind === "thing") return /^(id|def)\/[^<>"{}|^`\\\s]+$/.test(value) ? value : null;
  return /^\d{1,9}$/.test(value) && (kind === "limit" || /^(19|20)\d\d$/.test(value)) ? value : null;
}

interface Hit { name: string; href: string }

/** Show the fields; `change` takes the place in the query and the new words. Names are suggested as one types. */
export function fields(place: HTMLElement, found: Found[], change: (from: number, to: number, text: string) => void): void {
  place.replaceChildren(...found.map((one, at) => {
    const names = element("datalist", { id: `names-${at}` });
    const input = element("input", { value: one.value, list: `names-${at}`, autocomplete: "off", ...(one.kind === "year" || one.kind === "limit" ? { inputmode: "numeric" } : {}) });
    input.addEventListener("change", () => {
      const text = written(one.kind, input.value.trim());
      input.setAttribute("aria-invalid", String(text === null));
      if (text !== null) change(one.from, one.to, text);
    });
    if (one.kind === "name" || one.kind === "thing") input.addEventListener("input", () => void suggest(input, names, one.kind === "thing"));
    return element("label", {}, element("span", {}, one.label), input, names);
  }));
  place.hidden = found.length === 0;
}

async function suggest(input: HTMLInputElement, names: HTMLDataListElement, things: boolean): Promise<void> {
  const words = input.value.trim();
  if (!words) return;
  const answer = await fetch(`/api/suggest?q=${encodeURIComponent(words)}`).catch(() => null);
  if (!answer?.ok || input.value.trim() !== words) return;
  const { things: hits } = (await answer.json()) as { things: Hit[] };
  names.replaceChildren(...hits.map((hit) => element("option", { value: things ? hit.href.slice(1) : hit.name }, hit.name)));
}
