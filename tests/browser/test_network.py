"""The network page as a person meets it: nothing leaves the page, and search, selection and legend do their work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.explore import network

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("network") / "network.html"
    network.write(built, file)
    return file


@pytest.fixture
def opened(visit: Visit, file: Path) -> Iterator[tuple[Visit, list[str]]]:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.page.goto(file.as_uri())
    yield visit, asked
    assert visit.errors == []
    assert visit.refused == []


def test_the_file_is_the_only_request(opened: tuple[Visit, list[str]], file: Path) -> None:
    visit, asked = opened
    visit.page.wait_for_function("document.querySelectorAll('#legend button').length > 4")
    visit.page.fill("#search", "zhuzhou")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_timeout(300)
    assert asked == [file.as_uri()]


def test_search_by_name_pinyin_and_initials(opened: tuple[Visit, list[str]]) -> None:
    page = opened[0].page
    for words in ("李红", "lihong", "lh"):
        page.fill("#search", words)
        assert "李红" in page.inner_text("#hits")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2 bdi") == "李红"
    assert "市科技局局长李红" in page.inner_text("#panel")
    page.keyboard.press("Escape")
    assert "最相关的事物" in page.inner_text("#panel h2")


def test_a_name_that_is_not_drawn(opened: tuple[Visit, list[str]]) -> None:
    page = opened[0].page
    page.fill("#search", "没有这个名字")
    assert "图中没有" in page.inner_text("#hits")


def test_the_panel_leads_on(opened: tuple[Visit, list[str]]) -> None:
    page = opened[0].page
    page.fill("#search", "lihong")
    page.keyboard.press("Enter")
    page.click("#panel .fact .go:not(:disabled)")
    assert page.inner_text("#panel h2 bdi") == "株洲市科学技术局"


def test_the_legend_hides_a_type(opened: tuple[Visit, list[str]]) -> None:
    page = opened[0].page
    hidden = "nodes.get({ filter: (node) => node.kind === 'place' && node.hidden }).length"
    assert page.evaluate(hidden) == 0
    page.click("#legend button[data-type=place]")
    assert page.evaluate(hidden) > 3
    page.click("#legend button[data-type=place]")
    assert page.evaluate(hidden) == 0


def test_nothing_moves_by_itself(opened: tuple[Visit, list[str]]) -> None:
    page = opened[0].page
    before = page.evaluate("network.getPositions()")
    page.wait_for_timeout(400)
    assert page.evaluate("network.getPositions()") == before
    assert page.evaluate("NODES.every((node) => network.getPositions()[node.id].x === node.x)")


def test_markup_of_a_document_does_not_run(opened: tuple[Visit, list[str]]) -> None:
    page = opened[0].page
    page.fill("#search", "高新技术企业数")
    page.keyboard.press("Enter")
    assert "高新技术企业突破1000家" in page.inner_text("#panel")
    assert "关系网络" in page.title()
    assert page.locator("#panel script, #panel img").count() == 0
    page.hover("#canvas")


def test_light_and_dark(opened: tuple[Visit, list[str]]) -> None:
    page = opened[0].page
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.click("#theme")
    assert page.evaluate(paper) != light
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("document.documentElement.classList.contains('dark')")


def test_on_a_phone_the_page_does_not_scroll_sideways(opened: tuple[Visit, list[str]]) -> None:
    page = opened[0].page
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
