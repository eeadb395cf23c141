// Making elements: text is always text, never markup.

type Content = Node | string | null | undefined | false;

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Record<string, string | number | boolean | ((event: any) => void)> = {}, ...content: Content[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false) made.setAttribute(name, String(value));
  }
  made.append(...content.filter((part): part is Node | string => part !== null && part !== undefined && part !== false));
  return made;
}

export const button = (label: string, act: (event: Event) => void, attributes: Record<string, string | boolean> = {}) =>
  element("button", { type: "button", click: act, ...attributes }, label);

export function download(name: string, blob: Blob): void {
  const link = element("a", { download: name, href: URL.createObjectURL(blob) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export const clamp = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;
