"""How soon a network is there and how quickly it moves: ours drawn with WebGL against pyvis, the same graph in one run.

``python -m benchmarks.network [COUNT …]`` prints for each size the megabytes of the file, milliseconds to the first
complete frame and milliseconds a frame while moving, in Chromium without a graphics card. pyvis draws 10,000 things
without physics; it is not asked for more.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, sync_playwright
from pyvis.network import Network

from benchmarks.layout import network, sizes
from kg import ids
from kg.atlas.file import TYPE_NAMES
from kg.atlas.layout import layout
from kg.atlas.scan import KINDS
from kg.explore.single import filled
from kg.explore.view import looks

RUNS, FRAMES = 3, 20
#: Reading a pixel back waits until all of a frame is drawn; else what is measured is how quickly drawing is ordered.
_DRAWN = """const drawn = () => { for (const canvas of document.querySelectorAll("canvas")) {
    const gl = canvas.getContext("webgl2") || canvas.getContext("webgl");
    if (gl) gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    else canvas.getContext("2d")?.getImageData(0, 0, 1, 1);
  } };"""
_OURS = """async (frames) => {
  DRAWN
  const camera = network.sigma.getCamera(), begun = performance.now();
  for (let turn = 1; turn <= frames; turn++) {
    camera.setState({ x: 0.5 + turn / 500, ratio: 1 - turn / 100 });
    await new Promise(requestAnimationFrame);
    drawn();
  }
  return (performance.now() - begun) / frames;
}"""
_PYVIS = """async (frames) => {
  DRAWN
  const begun = performance.now();
  for (let turn = 1; turn <= frames; turn++) {
    network.moveTo({ position: { x: turn * 5, y: 0 }, scale: network.getScale() * 1.01 });
    await new Promise(requestAnimationFrame);
    drawn();
  }
  return (performance.now() - begun) / frames;
}"""
_TWO_FRAMES = """() => { DRAWN
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(
    () => { drawn(); done(performance.now()); }))); }"""


def made_up(count: int) -> dict[str, Any]:
    """Return a view of so many things with twice as many ties, as the service answers it."""
    source, target = network(count)
    radius = sizes(source, target, count)
    placed = layout(source, target, np.ones(len(source)), radius)
    degree = np.bincount(np.concatenate((source, target)), minlength=count)
    zeros = [0] * count
    nodes = {
        "id": list(range(count)),
        "iri": [f"{ids.BASE}id/thing/{number}" for number in range(count)],
        "label": [f"事物第{number}号" for number in range(count)],
        "type": (placed.community % len(TYPE_NAMES)).tolist(),
        "degree": degree.tolist(),
        "community": placed.community.tolist(),
        "x": np.round(placed.x, 1).tolist(),
        "y": np.round(placed.y, 1).tolist(),
        **dict.fromkeys(("mentions", "first", "last", "area", "stage"), zeros),
    }
    none = [0] * len(source)
    edges = {"source": source.tolist(), "target": target.tolist(), "kind": [2] * len(source), "label": none}
    edges |= {"number": none, "first": none, "last": none, "labels": ["关系"]}
    about = {"areas": [""], "stages": [""], "types": list(TYPE_NAMES), "kinds": list(KINDS), "all": count}
    return {"nodes": nodes, "edges": edges, **about}


def ours(view: dict[str, Any], file: Path) -> None:
    """Write the view as one file."""
    settings = {"looks": looks(), "language": "zh", "base": ids.BASE, "digest": "0" * 64, "view": view, "told": {}}
    file.write_text(filled(settings, heading="", documents=0), "utf-8")


def pyvis(view: dict[str, Any], file: Path) -> None:
    """Write the view with pyvis as people do, without physics and without places: pyvis has no layout to offer."""
    colors = {look["id"]: look["color"] for look in looks()}
    drawn = Network(height="860px", width="100%", cdn_resources="in_line", directed=True)
    drawn.toggle_physics(False)
    nodes, edges = view["nodes"], view["edges"]
    for number, label, kind in zip(*(nodes[name] for name in ("id", "label", "type")), strict=True):
        drawn.add_node(number, label=label, color=colors[TYPE_NAMES[kind]])
    drawn.add_edges(list(zip(edges["source"], edges["target"], strict=True)))
    text = drawn.generate_html().replace("network = new vis.Network(", "window.network = network = new vis.Network(")
    file.write_text(text, "utf-8")


def measured(browser: Browser, file: Path, move: str) -> tuple[float, float]:
    """Return milliseconds until the first complete frame, and a frame while moving: medians of some visits."""
    ready, frame = [], []
    for _ in range(RUNS):
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
        page.goto(file.as_uri(), wait_until="commit", timeout=300_000)
        if move is _OURS:
            page.wait_for_selector("html[data-ready=true]", timeout=300_000)
        else:
            page.wait_for_selector("canvas", timeout=300_000)
        ready.append(float(page.evaluate(_TWO_FRAMES.replace("DRAWN", _DRAWN))))
        frame.append(float(page.evaluate(move.replace("DRAWN", _DRAWN), FRAMES)))
        page.close()
    return statistics.median(ready), statistics.median(frame)


def main() -> None:
    """Print a line for each drawing, and the two measures of issue 6."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    counts = [int(word) for word in sys.argv[1:]] or [1000, 10_000, 100_000]
    found: dict[tuple[str, int], tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for count in counts:
            view = made_up(count)
            for name, write, move in (("sigma", ours, _OURS), ("pyvis", pyvis, _PYVIS)):
                if name == "pyvis" and count > 10_000:
                    continue
                file = Path(folder, f"{name}.html")
                write(view, file)
                found[name, count] = ready, frame = measured(browser, file, move)
                told = f"{file.stat().st_size / 1e6:.1f} MB, ready {ready:,.0f} ms, frame {frame:,.0f} ms"
                print(f"{count:>7,} {name}: {told}", flush=True)
        browser.close()
    for count in counts:
        if ("pyvis", count) in found:
            (one, two), (three, four) = found["sigma", count], found["pyvis", count]
            print(f"{count:,}: ready {one / three:.2f} times, frame {two / four:.3f} times pyvis")


if __name__ == "__main__":
    main()
