// What the page asks for, and from where: the service, or the values a single file carries.

import { say } from "./words";

export interface Columns {
  id: number[]; iri: string[]; label: string[]; type: number[]; degree: number[]; mentions: number[];
  first: number[]; last: number[]; community: number[]; x: number[]; y: number[]; area: number[]; stage: number[];
}
export interface Ties {
  source: number[]; target: number[]; kind: number[]; label: number[]; number: number[]; first: number[]; last: number[];
  labels: string[];
}
export interface View {
  nodes: Columns; edges: Ties; areas: string[]; stages: string[]; types: string[]; kinds: string[];
  focus?: number[]; chosen?: number[]; candidates?: number; all: number; own?: boolean; paths?: number[][]; more?: boolean; judged?: string[];
}
export interface Look { id: string; name: string; sign: string; color: string; ink: string; night: [string, string] | null }
export interface Thing { id: number; iri: string; label: string; type: string; area: string }
export interface Fact {
  kind: string; label: string; other: string; away: boolean; source: string;
  quote: string; document: string; date: string; start: number; end: number;
}
export interface Facts { facts: Fact[]; total: number; things: Record<string, Thing> }
export interface Settings {
  looks: Look[]; language: "zh" | "en"; base: string; digest: string; stages?: string[];
  keys?: Record<string, string>; view?: View; told?: Record<string, [string, string, number, number, string]>; heading?: string;
}
export type Asked = Record<string, string | string[] | number | number[] | undefined>;

async function answer(response: Response): Promise<any> {
  const found = await response.json().catch(() => ({ error: `${response.status} ${response.statusText}` }));
  if (!response.ok) throw new Error(found.error ?? String(response.status));
  return found;
}

/** What fetch gives when nobody answers, in words that say what to do. */
const lost = (): never => { throw new Error(say("lost")); };

const post = (asked: unknown) => ({
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(asked),
});

export const view = (asked: Asked): Promise<View> => fetch("/api/network", post(asked)).catch(lost).then(answer);
export const paths = (from: string, to: string, layout: string): Promise<View> =>
  fetch(`/api/path?${new URLSearchParams({ from, to, layout })}`).catch(lost).then(answer);
export const facts = (iri: string, other: string, offset: number): Promise<Facts> =>
  fetch(`/api/facts?${new URLSearchParams({ iri, other, offset: String(offset) })}`).catch(lost).then(answer);
export const find = (q: string, type = ""): Promise<Thing[]> => fetch(`/api/network/find?${new URLSearchParams({ q, type })}`).catch(lost).then(answer);

export async function exported(format: string, keep: number[], language: string): Promise<Blob> {
  const response = await fetch("/api/network/export", post({ format, keep, language })).catch(lost);
  if (!response.ok) await answer(response);
  return response.blob();
}
