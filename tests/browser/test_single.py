"""The network as one file, for more things than pyvis draws: opens without a network, under a strict policy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from kg.explore.graph import entity_graph
from kg.explore.network import write

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_one_file_shows_everything_with_quotes(visit: Visit, built: Path, tmp_path: Path) -> None:
    file = tmp_path / "network.html"
    write(built, file, limit=5000)
    page = visit.page
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready=true]")
    assert page.evaluate("network.model.graph.order") == len(entity_graph(built))
    page.keyboard.press("/")
    page.keyboard.type("李红")
    expect(page.locator("#find-hits li").first).to_contain_text("李红")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_contain_text("李红")
    expect(page.locator("#panel .facts")).to_contain_text("市科技局局长李红")
    assert "stolen" not in page.title()
    assert visit.refused == []
    assert visit.errors == []


def test_pinyin_and_english(visit: Visit, built: Path, tmp_path: Path) -> None:
    file = tmp_path / "network.html"
    write(built, file, around="李红", depth=2, limit=5000, language="en")
    page = visit.page
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready=true]")
    assert page.get_attribute("html", "lang") == "en"
    assert page.inner_text("h1").startswith("Network of 李红")
    assert "as table" in page.inner_text("#bar")
    for words in ("lihong", "lh"):
        page.fill("#find", words)
        expect(page.locator("#find-hits li").first).to_contain_text("李红")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_contain_text("李红")
    assert visit.errors == []


def test_around_a_name(visit: Visit, built: Path, tmp_path: Path) -> None:
    file = tmp_path / "network.html"
    write(built, file, around="李红", depth=2, limit=5000)
    visit.page.goto(file.as_uri())
    visit.page.wait_for_selector("html[data-ready=true]")
    assert visit.page.inner_text("h1").startswith("李红")
    assert 1 < visit.page.evaluate("network.model.graph.order") < len(entity_graph(built))
    assert "unsafe" not in file.read_text("utf-8").split("</head>")[0].split("<style>")[0]


def test_the_same_graph_gives_the_same_file(built: Path, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.html", "b.html")]
    for file in files:
        write(built, file, limit=5000)
    assert files[0].read_bytes() == files[1].read_bytes()
