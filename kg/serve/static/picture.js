// A drawing of the page as a picture to keep: SVG with its colours inside, and PNG drawn from that.
const KEPT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "font-size", "font-weight", "font-family"];
const SPACE = "http://www.w3.org/2000/svg";

function svg(drawing) {
  const copy = drawing.cloneNode(true);
  const [from, to] = [[drawing, ...drawing.querySelectorAll("*")], [copy, ...copy.querySelectorAll("*")]];
  from.forEach((node, at) => {
    const style = getComputedStyle(node);
    for (const name of KEPT) if (style.getPropertyValue(name)) to[at].setAttribute(name, style.getPropertyValue(name));
    to[at].removeAttribute("class");
  });
  const paper = document.createElementNS(SPACE, "rect");
  for (const [name, value] of [["width", "100%"], ["height", "100%"], ["fill", getComputedStyle(document.body).backgroundColor]]) paper.setAttribute(name, value);
  copy.prepend(paper);
  copy.setAttribute("xmlns", SPACE);
  return new XMLSerializer().serializeToString(copy);
}

async function png(text, width, height) {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * 2, height * 2];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
}

function save(name, blob) {
  const link = document.createElement("a");
  link.download = name;
  link.href = URL.createObjectURL(blob);
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

for (const drawing of document.querySelectorAll("svg.chart")) {
  const name = document.title.split(" · ")[0].replace(/[\\/:*?"<>|]/g, "-");
  const acts = document.createElement("p");
  acts.className = "after";
  const add = (form, make) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = form;
    button.addEventListener("click", async () => save(`${name}.${form.toLowerCase()}`, await make()));
    acts.append(button, " ");
  };
  add("SVG", async () => new Blob([svg(drawing)], { type: "image/svg+xml" }));
  add("PNG", () => png(svg(drawing), drawing.width.baseVal.value, drawing.height.baseVal.value));
  (drawing.closest(".scroll") ?? drawing).after(acts);
}
