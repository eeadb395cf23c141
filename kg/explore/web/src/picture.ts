// The view as a picture: SVG made of what is on the screen, and PNG drawn from that.

import type Sigma from "sigma";
import { FONT, type Pen } from "./draw";
import { clamp } from "./element";
import type { Line, Model, Spot } from "./model";

const escaped = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

export function svg(sigma: Sigma<Spot, Line>, model: Model, pen: Pen): string {
  const { width, height } = sigma.getDimensions();
  const { theme } = pen;
  const parts: string[] = [];
  const at = (key: string) => {
    const shown = sigma.getNodeDisplayData(key);
    return shown && !shown.hidden ? { ...sigma.framedGraphToViewport(shown), size: sigma.scaleSize(shown.size), color: shown.color } : null;
  };
  const inside = (place: { x: number; y: number }) => place.x > -50 && place.y > -50 && place.x < width + 50 && place.y < height + 50;
  const digits = (value: number) => value.toFixed(1);
  model.graph.forEachEdge((key, line, source, target) => {
    const [one, other] = [at(source), at(target)];
    const shown = sigma.getEdgeDisplayData(key);
    if (!one || !other || !(inside(one) || inside(other))) return;
    const dash = line.inferred ? ' stroke-dasharray="4 4"' : "";
    parts.push(`<line x1="${digits(one.x)}" y1="${digits(one.y)}" x2="${digits(other.x)}" y2="${digits(other.y)}" stroke="${shown?.hidden ? theme.edge : shown?.color ?? theme.edge}"${dash}/>`);
  });
  const names: string[] = [];
  const labels = new Set(sigma.getNodeDisplayedLabels());
  model.graph.forEachNode((key, spot) => {
    const place = at(key);
    if (!place || !inside(place)) return;
    parts.push(`<circle cx="${digits(place.x)}" cy="${digits(place.y)}" r="${digits(place.size)}" fill="${place.color}"><title>${escaped(spot.label)}</title></circle>`);
    if (model.judged.has(spot.iri)) for (const gap of [2.5, 5.5]) parts.push(`<path d="M${digits(place.x - place.size - gap)} ${digits(place.y)}a${digits(place.size + gap)} ${digits(place.size + gap)} 0 1 0 ${digits(2 * (place.size + gap))} 0a${digits(place.size + gap)} ${digits(place.size + gap)} 0 1 0 ${digits(-2 * (place.size + gap))} 0" fill="none" stroke="${theme.ink}" stroke-width="1.5"/>`);
    if (place.size >= 6 && !spot.off) names.push(`<text x="${digits(place.x)}" y="${digits(place.y + place.size * 0.4)}" font-size="${digits(place.size * 1.15)}" fill="${spot.ink}">${escaped(spot.sign)}</text>`);
    if (labels.has(key)) names.push(`<text x="${digits(place.x)}" y="${digits(place.y + place.size + 14)}" font-size="13" fill="${theme.ink}" stroke="${theme.paper}" stroke-width="3" paint-order="stroke">${escaped(clamp(spot.label, 14))}</text>`);
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(FONT)}" text-anchor="middle"><rect width="100%" height="100%" fill="${theme.paper}"/>${parts.join("")}${names.join("")}</svg>\n`;
}

export async function png(text: string, scale = 2): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width * scale, image.height * scale];
    canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob((blob) => resolve(blob!), "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}
