"""A view of more ties than sigma draws for itself: their lines, while the camera moves and when it rests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page

from kg import ids
from kg.atlas.file import TYPE_NAMES
from kg.atlas.scan import KINDS
from kg.explore.single import filled
from kg.explore.view import looks

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
MANY, TIES = 3000, 7000
#: Tells whether a line is painted somewhere near the middle of the tie of two things.
PAINTED = """([one, other, aside = 0]) => {
  const { sigma, ties, model } = network, at = (key) => sigma.graphToViewport(model.graph.getNodeAttributes(key));
  const [a, b] = [at(one), at(other)], gl = ties.gl, found = new Uint8Array(4 * 25);
  const [x, y] = [Math.round((a.x + b.x) / 2 + aside), Math.round(ties.canvas.height - (a.y + b.y) / 2)];
  gl.readPixels(x - 2, y - 2, 5, 5, gl.RGBA, gl.UNSIGNED_BYTE, found);
  const colors = new Set();
  for (let at = 0; at < 100; at += 4) if (found[at + 3]) colors.add([...found.slice(at, at + 3)].join(" "));
  return [...colors];
}"""
RESTED = "network.ties.canvas.style.transform === '' && !network.ties.moving"


def until(page: Page, condition: str) -> None:
    """Wait for a condition of the page, whose policy lets nothing be evaluated from text while it waits."""
    page.evaluate(
        f"() => new Promise((done) => {{ const look = () => {condition} ? done() : setTimeout(look, 10); look(); }})"
    )


def view() -> dict[str, Any]:
    """Two things with a tie of their own, to the right of a heap of others."""
    nodes = {
        "id": list(range(MANY)),
        "iri": [f"{ids.BASE}id/thing/{number}" for number in range(MANY)],
        "label": [f"事物{number}" for number in range(MANY)],
        "x": [400.0, 400.0, *(float(number % 60) for number in range(MANY - 2))],
        "y": [-100.0, 100.0, *(float(number // 60) for number in range(MANY - 2))],
        "degree": [400, 400, *[1] * (MANY - 2)],
        **{name: [0] * MANY for name in ("type", "community", "mentions", "first", "last", "area", "stage")},
    }
    pairs = [(0, 1), *sorted({(2 + n % 2500, 2 + (n * 7 + 1 + n // 2500) % 2500) for n in range(TIES)})]
    pairs = [(a, b) for a, b in pairs if a < b or (a, b) == (0, 1)] + [
        (number, number + 2) for number in range(2, MANY - 2)
    ]
    none = [0] * len(pairs)
    edges = {"source": [a for a, _ in pairs], "target": [b for _, b in pairs], "kind": [2] * len(pairs)}
    edges |= {"label": none, "number": none, "first": none, "last": none, "labels": ["关系"]}  # type: ignore[dict-item]
    about = {"areas": [""], "stages": [""], "types": list(TYPE_NAMES), "kinds": list(KINDS), "all": MANY}
    return {"nodes": nodes, "edges": edges, **about}


@pytest.fixture
def large(visit: Visit, tmp_path: Path) -> Page:
    page = visit.page
    file = tmp_path / "large.html"
    settings = {"looks": looks(), "language": "zh", "base": ids.BASE, "digest": "0" * 64, "view": view(), "told": {}}
    file.write_text(filled(settings, heading="", documents=0), "utf-8")
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready=true]")
    until(page, "network.ties.drawn !== null")
    return page


def test_ties_are_drawn_where_their_ends_are(large: Page) -> None:
    assert large.evaluate("network.model.graph.size") > 6000
    assert large.evaluate(PAINTED, ["0", "1"])
    assert large.evaluate(PAINTED, ["0", "1", 40]) == []


def test_lines_move_with_the_camera_and_are_drawn_anew_when_it_rests(large: Page) -> None:
    large.evaluate("network.sigma.getCamera().setState({ x: 0.7, y: 0.45, ratio: 0.8, angle: 0.2 })")
    until(large, "network.ties.canvas.style.transform !== ''")
    moved = large.evaluate("""() => {
      const { sigma, ties, model } = network, { x, y } = model.graph.getNodeAttributes("0");
      const { a, b, c, d, e, f } = ties.drawn;
      const before = new DOMPoint(a * x + c * y + e, b * x + d * y + f);
      const shown = before.matrixTransform(new DOMMatrix(ties.canvas.style.transform));
      const now = sigma.graphToViewport({ x, y });
      return Math.hypot(shown.x - now.x, shown.y - now.y);
    }""")
    assert moved < 0.5
    until(large, RESTED)
    until(large, "network.ties.drawn !== null")
    assert large.evaluate(PAINTED, ["0", "1"])


def test_what_is_selected_is_brought_out(large: Page) -> None:
    plain = large.evaluate(PAINTED, ["0", "1"])
    large.evaluate("network.select('0')")
    until(large, "!network.ties.stale && network.ties.groups.length === 2")
    assert large.evaluate(PAINTED, ["0", "1"]) != plain
    large.evaluate("network.select('2')")
    until(large, "!network.ties.stale")
    large.evaluate("network.hide('1')")
    until(large, "!network.ties.stale")
    assert large.evaluate(PAINTED, ["0", "1"]) == []
    large.evaluate("network.undo()")
    until(large, "!network.ties.stale")
    assert large.evaluate(PAINTED, ["0", "1"])


def test_a_thing_is_found_under_the_pointer(large: Page) -> None:
    box = large.locator("#canvas").bounding_box()
    assert box is not None
    place = large.evaluate("network.sigma.graphToViewport(network.model.graph.getNodeAttributes('0'))")
    large.mouse.click(box["x"] + place["x"], box["y"] + place["y"])
    until(large, "network.model.selected === '0'")
