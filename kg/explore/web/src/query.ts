// The query page: an editor that knows our terms, the answer as table or chart, and an address for both.

import { autocompletion, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { element } from "./element";
import { drawChart, kinds } from "./chart";
import type { Answer, Row } from "./chart";
import { fields, parameters } from "./parameters";
import { drawTree } from "./tree";
import "./query.css";

interface Example { name: string; zh: string; en: string; query: string }
interface Term { name: string; label: string; kind: string }
interface Settings { language: string; base: string; words: Record<string, string>; examples: Example[]; terms: Term[]; names: Term[] }

const settings = JSON.parse(document.getElementById("settings")!.textContent!) as Settings;
const words = settings.words;
const form = document.getElementById("query-form") as HTMLFormElement;
const field = form.elements.namedItem("query") as HTMLTextAreaElement;
const answerPlace = document.getElementById("answer")!;
const status = document.getElementById("query-status")!;
const SHOWN = 1000;
let running: AbortController | null = null;
let answer: Answer | null = null;
let view = "table";
let asked = ""; // the query of the last step in the history

// --- the editor ------------------------------------------------------------------------------------

function complete(context: CompletionContext): CompletionResult | null {
  const before = context.matchBefore(/[?$]?[\w:\u4e00-\u9fff-]+/);
  if (!before && !context.explicit) return null;
  const typed = before?.text ?? "";
  const variables = [...new Set(context.state.doc.toString().match(/[?$]\w+/g) ?? [])].filter((name) => name !== typed);
  const options: Completion[] = [
    ...variables.map((label) => ({ label, type: "variable" })),
    ...settings.terms.map((term) => ({ label: term.name, detail: term.label, type: term.kind })),
    ...settings.names.map((term) => ({ label: term.label, detail: term.name, apply: `<${term.name}>`, type: "constant" })),
  ];
  return { from: before ? before.from : context.pos, options, validFor: /^[?$]?[\w:\u4e00-\u9fff-]*$/ };
}

// The colours are those of the page, by day and by night.
const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.literal], color: "var(--code-number)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
]);

// In a shadow root the editor's styles are sheets of their own, which the content policy allows; style elements it does not.
const host = element("div", { id: "editor" });
const shadow = host.attachShadow({ mode: "open" });
const editor = new EditorView({
  root: shadow,
  state: EditorState.create({
    doc: field.value,
    extensions: [
      lineNumbers(), history(), bracketMatching(), sparql(), syntaxHighlighting(colours),
      autocompletion({ override: [complete] }),
      keymap.of([{ key: "Mod-Enter", run: () => { void run(); return true; } }, ...historyKeymap, ...defaultKeymap, indentWithTab]),
      EditorView.lineWrapping,
      EditorView.updateListener.of((update) => { if (update.docChanged) showParameters(); }),
      EditorView.contentAttributes.of({ "aria-label": words.query ?? "SPARQL" }),
      EditorView.theme({
        "&": { fontSize: "15px", maxHeight: "60vh", border: "1px solid var(--line)", background: "var(--paper)", color: "var(--ink)" },
        ".cm-content, .cm-gutter": { minHeight: "11rem" },
        ".cm-activeLine": { background: "transparent" },
        ".cm-scroller": { overflow: "auto", fontFamily: "ui-monospace, 'Noto Sans Mono CJK SC', monospace" },
        ".cm-gutters": { background: "var(--panel)", color: "var(--quiet)", border: "0" },
        ".cm-cursor": { borderLeftColor: "var(--ink)" },
        ".cm-tooltip": { background: "var(--paper)", color: "var(--ink)", border: "1px solid var(--line)" },
      }),
    ],
  }),
});
shadow.append(editor.dom);
field.before(host);
field.hidden = true;

const labels = new Map(settings.terms.map((term) => [term.name, term.label]));
const changeable = document.getElementById("parameters")!;

/** Show what can be changed in the query; not while somebody types in one of the fields. */
function showParameters(): void {
  if (changeable.contains(document.activeElement)) return;
  const found = parameters(editor.state.doc.toString(), labels, { name: words.name, year: words.year, thing: words.thing, limit: words.limit });
  fields(changeable, found, (from, to, insert) => {
    editor.dispatch({ changes: { from, to, insert } });
    (document.activeElement as HTMLElement | null)?.blur();
    showParameters();
    void run();
  });
}

function setQuery(text: string): void {
  editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
}

// "error at 3:14" is where the engine stopped reading.
function mark(message: string): void {
  const found = /at (\d+):(\d+)/.exec(message);
  if (!found) return;
  const line = editor.state.doc.line(Math.min(Number(found[1]), editor.state.doc.lines));
  const from = Math.min(line.from + Math.max(0, Number(found[2]) - 1), line.to);
  editor.dispatch(setDiagnostics(editor.state, [{ from, to: Math.max(line.to, from), severity: "error", message }]));
}

// --- asking ----------------------------------------------------------------------------------------

async function run(): Promise<void> {
  running?.abort();
  const asking = (running = new AbortController());
  const query = editor.state.doc.toString();
  field.value = query;
  editor.dispatch(setDiagnostics(editor.state, []));
  status.textContent = words.working ?? "…";
  const started = performance.now();
  try {
    const found = await fetch("/sparql", {
      method: "POST", signal: asking.signal, body: query,
      headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, text/turtle;q=0.9" },
    });
    const text = await found.text();
    if (!found.ok) throw new Error(told(text));
    const rows = found.headers.get("Content-Type")?.includes("json");
    show(rows ? (JSON.parse(text) as Answer) : text, Math.round(performance.now() - started));
    remember();
  } catch (error) {
    if (asking.signal.aborted) return;
    const lost = error instanceof TypeError; // what fetch gives when nobody answers
    status.textContent = lost ? words.lost : (error as Error).message;
    mark((error as Error).message);
  } finally {
    document.documentElement.dataset.ready = "true";
  }
}

const told = (text: string): string => {
  try { return (JSON.parse(text) as { error: string }).error; } catch { return text.slice(0, 500); }
};

function show(found: Answer | string, milliseconds: number): void {
  if (typeof found === "string") {
    answer = null;
    status.textContent = `${milliseconds} ms`;
    answerPlace.replaceChildren(element("pre", {}, found));
    return;
  }
  answer = found;
  const number = found.boolean !== undefined ? String(found.boolean) : `${found.results!.bindings.length.toLocaleString("en")} ${words.rows}`;
  status.textContent = `${number} · ${milliseconds} ms`;
  render();
}

function render(): void {
  if (!answer) return;
  if (answer.boolean !== undefined) {
    answerPlace.replaceChildren(element("p", { class: "truth" }, String(answer.boolean)));
    return;
  }
  const things = iris(answer);
  const tabs = element("p", { class: "tabs", role: "group", "aria-label": words.view }, ...["table", "chart", "tree"].map((name) =>
    element("button", { type: "button", "aria-pressed": String(view === name), click: () => { view = name; remember(); render(); } }, words[name] ?? name)),
    things.length ? element("a", { href: `/network?${things.map((iri) => `focus=${encodeURIComponent(iri)}`).join("&")}` }, `${words.network} (${things.length})`) : null);
  const links = element("p", { class: "quiet" }, ...downloads(), " · ", element("button", { type: "button", click: () => void navigator.clipboard.writeText(location.href).then(() => { status.textContent = words.copied; }) }, words.share));
  const place = element("div");
  answerPlace.replaceChildren(tabs, links, place);
  if (view === "chart") void chart(place, answer);
  else if (view === "tree") void drawTree(place, answer, kinds(answer)?.up, { rows: words.rows, noTree: words["no-tree"], of: words.of }, cell).catch((error: Error) => place.append(element("p", {}, error.message)));
  else place.append(table(answer));
}

async function chart(place: HTMLElement, shown: Answer): Promise<void> {
  const kind = kinds(shown);
  if (!kind) place.append(element("p", {}, words["no-chart"] ?? ""));
  else await drawChart(place, shown, kind);
}

function downloads(): Node[] {
  const query = encodeURIComponent(field.value);
  return ["xlsx", "csv", "json", "xml", "tsv"].flatMap((form, index) => [
    document.createTextNode(index ? " " : `${words.download}: `),
    element("a", { href: form === "xlsx" ? `/sparql.xlsx?query=${query}` : `/sparql?format=${form}&query=${query}`, download: `answer.${form}` }, form === "xlsx" ? "Excel" : form.toUpperCase()),
  ]);
}

function iris(shown: Answer): string[] {
  const found = new Set<string>();
  for (const row of shown.results!.bindings.slice(0, 200))
    for (const value of Object.values(row)) if (value && value.type === "uri" && value.value.startsWith(`${settings.base}id/`) && !value.value.includes("/id/doc/")) found.add(value.value);
  return [...found].slice(0, 30);
}

function table(shown: Answer): HTMLElement {
  const names = shown.head.vars!;
  const rows = shown.results!.bindings;
  const body = element("tbody", {}, ...rows.slice(0, SHOWN).map((row) => element("tr", {}, ...names.map((name) => cell(row, name)))));
  const made = element("table", {}, element("thead", {}, element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name)))), body);
  return rows.length > SHOWN ? element("div", {}, made, element("p", { class: "quiet" }, `${SHOWN.toLocaleString("en")} / ${rows.length.toLocaleString("en")}`)) : made;
}

function cell(row: Row, name: string): HTMLElement {
  const value = row[name];
  if (!value) return element("td", { class: "quiet" }, "–");
  const text = element("bdi", {}, value.value);
  if (value.type !== "uri") return element("td", {}, text);
  if (!/^https?:/.test(value.value)) return element("td", {}, text);
  const ours = value.value.startsWith(settings.base);
  const short = ours ? value.value.slice(settings.base.length) : value.value;
  return element("td", {}, element("a", { href: ours ? `/${short}` : short, rel: "noreferrer" }, element("bdi", {}, readable(short))));
}

function readable(address: string): string {
  try { return decodeURI(address); } catch { return address; }
}

// --- the address and the examples ------------------------------------------------------------------

function remember(): void {
  const query = editor.state.doc.toString();
  const values = new URLSearchParams({ query, ...(view === "table" ? {} : { view }) });
  window.history[asked && asked !== query ? "pushState" : "replaceState"](null, "", `#${values}`);
  asked = query;
}

function recall(): boolean {
  const values = new URLSearchParams(location.hash.slice(1));
  const query = values.get("query");
  if (query === null) return false;
  view = values.get("view") ?? "table";
  asked = query;
  setQuery(query);
  return true;
}

const choice = document.getElementById("example") as HTMLSelectElement;
choice.replaceChildren(element("option", { value: "" }, words.examples ?? ""), ...settings.examples.map((item) =>
  element("option", { value: item.name }, settings.language === "en" ? item.en : item.zh)));
choice.addEventListener("change", () => {
  const found = settings.examples.find((item) => item.name === choice.value);
  if (found) { setQuery(found.query); void run(); }
});
form.addEventListener("submit", (event) => { event.preventDefault(); void run(); });
window.addEventListener("hashchange", () => { if (recall()) void run(); });
showParameters();
if (recall()) void run();
else document.documentElement.dataset.ready = "true";
