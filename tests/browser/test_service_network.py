"""The network page of the service, clicked through: what it shows is what the graph says."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
import uvicorn
from playwright.sync_api import Page, expect

from kg.explore.graph import entity_graph
from kg.serve.app import app
from tests.browser import conftest

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

ZHUZHOU = "https://w3id.org/lgkg/id/place/430200"
FOCUS = "/network?focus=id/place/430200&lang=zh"


@pytest.fixture(scope="module")
def service(built: Path) -> Iterator[str]:
    """The service on a port of its own; who asks before it is ready waits."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        server = uvicorn.Server(uvicorn.Config(app(built), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture
def opened(visit: Visit, service: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    monkeypatch.setattr(conftest, "LOCAL", ("file:", "data:", "blob:", "about:", service))
    visit.page.goto(service + FOCUS)
    visit.page.wait_for_selector("html[data-ready=true]")
    yield visit.page
    assert visit.refused == []
    assert visit.errors == []


def places(page: Page) -> dict[str, list[float]]:
    found: dict[str, list[float]] = page.evaluate(
        "Object.fromEntries(network.model.graph.mapNodes((key, spot) => [spot.iri, [spot.x, spot.y]]))"
    )
    return found


def on_screen(page: Page, iri: str) -> dict[str, float]:
    found: dict[str, float] = page.evaluate(
        """(iri) => {
          const key = network.model.graph.findNode((_, spot) => spot.iri === iri);
          const box = document.getElementById("canvas").getBoundingClientRect();
          const place = network.sigma.framedGraphToViewport(network.sigma.getNodeDisplayData(key));
          return { x: place.x + box.x, y: place.y + box.y };
        }""",
        iri,
    )
    return found


def outer(page: Page) -> str:
    """Return a thing at the edge of what is shown, which nothing lies on."""
    found: str = page.evaluate(
        """() => {
          const spots = network.model.graph.mapNodes((_, spot) => spot).filter((spot) => !spot.iri.endsWith("430200"));
          return spots.reduce((a, b) => (a.x > b.x ? a : b)).iri;
        }"""
    )
    return found


def settled(page: Page) -> None:
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_all_neighbours_are_shown_with_their_ties(opened: Page, built: Path) -> None:
    graph = entity_graph(built)
    near = {ZHUZHOU, *graph.successors(ZHUZHOU), *graph.predecessors(ZHUZHOU)}
    assert set(places(opened)) == near
    pairs = {frozenset(pair) for pair in graph.subgraph(near).edges()}
    drawn = opened.evaluate("network.model.graph.mapEdges((e, line, s, t, a, b) => [a.iri, b.iri])")
    assert {frozenset(pair) for pair in drawn} == pairs
    assert f"{len(near)} / {len(near)}" in opened.inner_text("#status")


def test_the_panel_leads_to_the_words_of_the_document(opened: Page) -> None:
    fact = opened.locator("#panel .facts > li", has=opened.locator("blockquote")).first
    expect(fact).to_be_visible()
    address = fact.locator("a.source").get_attribute("href")
    assert address is not None
    assert re.fullmatch(r"/doc/[0-9a-f]{16}#char=\d+,\d+", address)
    assert fact.locator("blockquote").inner_text()


def test_the_first_click_selects_and_a_second_one_beside_it_lets_go(opened: Page) -> None:
    iri = outer(opened)
    opened.keyboard.press("Escape")
    settled(opened)
    opened.mouse.click(**on_screen(opened, iri))
    name = opened.evaluate("network.model.graph.getNodeAttribute(network.model.selected, 'label')")
    assert name in opened.inner_text("#panel h2")
    assert "select=" in opened.url
    opened.keyboard.press("Escape")
    expect(opened.locator("#panel h2")).to_have_count(0)


def test_expanding_moves_nothing_and_is_undone(opened: Page) -> None:
    before = places(opened)
    iri = max(
        (name for name in before if name != ZHUZHOU),
        key=lambda name: opened.evaluate(
            "(iri) => network.model.graph.filterNodes((_, s) => s.iri === iri).map((k) => network.model.graph.getNodeAttribute(k, 'degree'))[0]",  # noqa: E501
            name,
        ),
    )
    opened.evaluate("(iri) => network.expand(network.model.graph.findNode((_, spot) => spot.iri === iri))", iri)
    expect(opened.locator("#status")).to_contain_text("+")
    after = places(opened)
    assert len(after) > len(before)
    assert {name: after[name] for name in before} == before
    assert "open=" in opened.url
    opened.reload()
    opened.wait_for_selector("html[data-ready=true]")
    assert set(places(opened)) == set(after)
    opened.goto(opened.url.split("&open=")[0])
    opened.wait_for_selector("html[data-ready=true]")
    assert places(opened) == before


def test_backspace_takes_back_hiding_pins_and_expanding(opened: Page) -> None:
    iri = outer(opened)
    before = places(opened)
    opened.evaluate("(iri) => network.expand(network.model.graph.findNode((_, spot) => spot.iri === iri))", iri)
    expect(opened.locator("#status")).to_contain_text("+")
    opened.locator("#panel .acts button").last.click()
    assert opened.evaluate("network.model.visible().length") == len(places(opened)) - 1
    settled(opened)
    start = on_screen(opened, ZHUZHOU)
    opened.mouse.move(**start)
    opened.mouse.down()
    opened.mouse.move(start["x"] + 60, start["y"] + 40, steps=5)
    opened.mouse.up()
    assert places(opened)[ZHUZHOU] != before[ZHUZHOU]
    assert "pin=" in opened.url
    opened.locator("#canvas").focus()
    for _ in range(3):
        opened.keyboard.press("Backspace")
    assert places(opened) == before
    assert opened.evaluate("network.model.visible().length") == len(before)
    assert "pin=" not in opened.url
    assert "hide=" not in opened.url


def test_the_legend_filters_and_the_address_keeps_it(opened: Page) -> None:
    button = opened.locator("#legend button[data-type=indicator]")
    number = int(button.locator("small").inner_text().replace(",", ""))
    shown = len(places(opened))
    button.click()
    expect(opened.locator("#legend button[data-type=indicator]")).to_have_attribute("aria-pressed", "false")
    assert opened.evaluate("network.model.visible().length") == shown - number
    opened.reload()
    opened.wait_for_selector("html[data-ready=true]")
    assert opened.evaluate("network.model.visible().length") == shown - number


def test_the_slider_fades_what_is_not_attested(opened: Page) -> None:
    opened.keyboard.press("Escape")
    slider = opened.locator("#slider input").first
    slider.evaluate("(input) => { input.value = input.max; input.dispatchEvent(new Event('input')); }")
    settled(opened)
    faded = opened.evaluate("network.model.graph.filterNodes((_, s) => s.off).length")
    last = int(slider.get_attribute("max") or 0)
    expected = opened.evaluate(
        "(year) => network.model.graph.filterNodes((_, s) => !s.first || s.last < year).length", last
    )
    assert faded == expected > 0
    assert f"from={last}" in opened.url


def test_search_by_keyboard_finds_and_selects(opened: Page) -> None:
    opened.keyboard.press("/")
    opened.keyboard.type("渌口区")
    expect(opened.locator("#find-hits li").first).to_contain_text("渌口区")
    opened.keyboard.press("Enter")
    expect(opened.locator("#panel h2")).to_contain_text("渌口区")


def test_the_shortest_path_between_two_things_with_quotes(opened: Page) -> None:
    opened.keyboard.press("f")
    for name in ("李红", "株洲市科学技术局"):
        opened.keyboard.press("/")
        opened.fill("#find", name)
        expect(opened.locator("#find-hits li").first).to_contain_text(name)
        opened.keyboard.press("Enter")
    opened.wait_for_url(re.compile(r"a=id/person/.*b=id/org/"))
    opened.wait_for_selector("html[data-ready=true]")
    path = opened.locator("#panel .path").first
    expect(path.locator("li").first).to_contain_text("李红")
    expect(path.locator("li").last).to_contain_text("株洲市科学技术局")
    expect(path.locator("blockquote").first).to_contain_text("市科技局局长李红")
    opened.go_back()
    opened.wait_for_selector("html[data-ready=true]")
    assert "focus=" in opened.url


@pytest.mark.parametrize("words", ["lukouqu", "lkq", "渌口区"])
def test_the_finder_knows_pinyin_and_initials(opened: Page, words: str) -> None:
    opened.keyboard.press("/")
    opened.keyboard.type(words)
    expect(opened.locator("#find-hits li").first).to_contain_text("渌口区")
    opened.keyboard.press("Enter")
    expect(opened.locator("#panel h2")).to_contain_text("渌口区")


def test_a_community_is_brought_out(opened: Page) -> None:
    opened.keyboard.press("Escape")
    groups = opened.evaluate("network.model.communities()")
    assert opened.locator("#panel .groups li").count() == min(len(groups), 8)
    opened.click("#panel .groups button >> nth=0")
    settled(opened)
    on = opened.evaluate("network.model.graph.filterNodes((_, spot) => !spot.off)")
    assert sorted(on) == sorted(groups[0][1])
    opened.reload()
    opened.wait_for_selector("html[data-ready=true]")
    assert opened.evaluate("network.model.group") == groups[0][0]
    opened.keyboard.press("Escape")
    assert "group=" not in opened.url


def test_the_service_narrows_by_type_year_and_stage(opened: Page, service: str) -> None:
    for narrowed, wanted in (
        ("type=project", "spot.kind === 'project'"),
        ("year=2021", "spot.first <= 2021 && spot.last >= 2021"),
        ("stage=在建", "spot.stage === '在建'"),
    ):
        opened.goto(f"{service}/network?{narrowed}&limit=500&lang=zh")
        opened.wait_for_selector("html[data-ready=true]")
        number, fit = opened.evaluate(
            f"[network.model.graph.order, network.model.graph.filterNodes((_, spot) => {wanted}).length]"
        )
        assert number == fit > 0, narrowed
    opened.locator("summary", has_text="筛选").click()
    opened.select_option("select[aria-label=类别]", "official")
    opened.wait_for_url("**type=official**")


def test_as_table_is_the_same(opened: Page) -> None:
    opened.get_by_role("button", name="列表").click()
    rows = opened.locator("#table tbody").first.locator("tr")
    assert rows.count() == min(len(places(opened)), 500)
    rows.nth(1).locator("button").click()
    expect(opened.locator("#table")).to_have_count(0)
    expect(opened.locator("#panel h2")).to_have_count(1)


@pytest.mark.parametrize("form", ["SVG", "PNG", "HTML", "CSV", "GraphML", "GEXF", "Turtle"])
def test_the_view_is_taken_along(opened: Page, form: str) -> None:
    opened.locator("summary", has_text="导出").click()
    with opened.expect_download() as taken:
        opened.get_by_role("button", name=form, exact=True).click()
    data = Path(taken.value.path()).read_bytes()
    if form == "PNG":
        assert data.startswith(b"\x89PNG")
        assert len(data) > 10_000
    elif form == "SVG":
        circles = ElementTree.fromstring(data).findall("{http://www.w3.org/2000/svg}circle")
        assert len(circles) == len(places(opened))
    else:
        assert "株洲市" in data.decode()


def test_markup_of_a_document_is_text(opened: Page) -> None:
    opened.keyboard.press("/")
    opened.fill("#find", "高新技术企业数")
    expect(opened.locator("#find-hits li").first).to_contain_text("高新技术企业数")
    opened.keyboard.press("Enter")
    expect(opened.locator("#panel")).to_contain_text("高新技术企业突破1000家")
    assert opened.locator("#panel script, #panel img").count() == 0
    assert "stolen" not in opened.title()


def test_a_phone_does_not_scroll_sideways(opened: Page) -> None:
    opened.set_viewport_size({"width": 390, "height": 844})
    settled(opened)
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390


def test_dark_and_english(visit: Visit, service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conftest, "LOCAL", ("data:", "blob:", "about:", service))
    visit.page.emulate_media(color_scheme="dark")
    visit.page.goto(f"{service}/network?lang=en")
    visit.page.wait_for_selector("html[data-ready=true]")
    assert "40 of" in visit.page.inner_text("#status")
    paper: Any = visit.page.evaluate("getComputedStyle(document.getElementById('canvas')).backgroundColor")
    assert paper != "rgb(255, 255, 255)"
    assert visit.refused == visit.errors == []
