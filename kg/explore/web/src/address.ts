// The address of the page holds all that is shown: it can be shared, and back and reload work.

const MANY = ["focus", "type", "open", "hide", "pin", "off", "select"];

export class Address {
  constructor(private base: string) {}

  private get query(): URLSearchParams { return new URLSearchParams(location.hash.startsWith("#?") ? location.hash.slice(2) : location.search); }
  private get inFile(): boolean { return location.protocol === "file:"; }

  get(name: string): string { return this.query.get(name) ?? ""; }
  all(name: string): string[] { return this.query.getAll(name); }
  short(iri: string): string { return iri.startsWith(this.base) ? iri.slice(this.base.length) : iri; }
  full(iri: string): string { return iri.includes(":") ? iri : this.base + iri; }

  /** What the service is asked for a view. */
  asked(): Record<string, string | string[]> {
    const found: Record<string, string | string[]> = {};
    for (const name of ["focus", "type"]) if (this.all(name).length) found[name] = this.all(name);
    for (const name of ["depth", "limit", "layout"]) if (this.get(name)) found[name] = this.get(name);
    return { ...found, ...this.narrowed() };
  }
  narrowed(): Record<string, string> {
    const names = ["place", "industry", "stage", "year"].filter((name) => this.get(name));
    return Object.fromEntries(names.map((name) => [name, this.get(name)]));
  }

  /** Keep small things in the address, without a step in the history. */
  note(values: Record<string, string[]>): void {
    const query = this.query;
    for (const [name, all] of Object.entries(values)) {
      query.delete(name);
      for (const value of all) query.append(name, value);
    }
    this.write(query, "replaceState");
  }

  /** Go to another view: one step in the history. */
  go(values: Record<string, string>, anew = false): void {
    const query = anew ? new URLSearchParams() : this.query;
    if (anew) for (const name of ["lang", "layout"]) if (this.get(name)) query.set(name, this.get(name));
    if (!anew) for (const name of MANY) if (["open", "hide", "pin", "select"].includes(name)) query.delete(name);
    for (const [name, value] of Object.entries(values)) {
      query.delete(name);
      if (value) query.append(name, value);
    }
    this.write(query, "pushState");
    location.reload();
  }

  private write(query: URLSearchParams, how: "pushState" | "replaceState"): void {
    const text = query.toString().replaceAll("%2F", "/").replaceAll("%40", "@");
    if (this.inFile) history[how](null, "", `#?${text}`);
    else history[how](null, "", text ? `?${text}` : location.pathname);
  }
}
