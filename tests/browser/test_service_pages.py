"""The pages of the domain in Chromium: places in documents, the keyboard alone, and axe-core on every page."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from kg.serve.app import app
from tests.browser import conftest

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

PLACE = "/id/place/430200"
PAGES = (
    "/", "/documents", "/issues", "/about", "/ask", "/ask/projects?place=430200", "/ask/careers?person=李红",
    "/compare", "/search", "/search?q=李红", "/search?q=没有这个", PLACE, "/def/indicator/hitech-enterprises",
    "/def/industry/xincailiao", "/ont", "/graph/derived", "/nowhere", "/sparql", "/network",
    f"/network?focus={PLACE[1:]}",
    f"/sparql#query={quote('SELECT ?s ?n WHERE { ?s a lg:Project ; skos:prefLabel ?n } LIMIT 5')}",
)  # fmt: skip
READY = "html[data-ready=true]"
SIZES = ((1440, 900), (390, 844))


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
def page(visit: Visit, service: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    monkeypatch.setattr(conftest, "LOCAL", ("file:", "data:", "blob:", "about:", service))
    visit.page.goto(f"{service}/?lang=zh")
    yield visit.page
    assert visit.refused == []


def opened(page: Page, path: str) -> Page:
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + path)
    return page


def in_view(page: Page, selector: str) -> bool:
    box = page.locator(selector).first.bounding_box()
    size = page.viewport_size
    return box is not None and size is not None and 0 <= box["y"] < size["height"]


def test_a_fragment_leads_to_the_place_as_well(page: Page) -> None:
    opened(page, PLACE)
    link = page.locator("a.source").first.get_attribute("href") or ""
    path, _, place = link.removesuffix("#here").partition("?char=")
    opened(page, f"{path}#char={place}")
    page.wait_for_selector("#here")
    assert in_view(page, "#here")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something is in focus; nothing else is touched."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")


def test_from_the_search_to_the_quote_by_keyboard_alone(page: Page) -> None:
    tab_to(page, "header input[name=q]")
    page.keyboard.type("lihong")
    page.locator("#suggestions li", has_text="李红").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/id/person/**")
    tab_to(page, "a.source")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**#here")
    assert in_view(page, "#here")
    assert page.locator("article mark").first.inner_text()


def test_the_first_tab_skips_to_the_content(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    tab_to(page, "main *")


def test_the_network_by_keyboard_alone(page: Page) -> None:
    opened(page, "/network?lang=zh")
    page.wait_for_selector(READY)
    tab_to(page, "#panel .rows:not(.groups) button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel a.source, #panel .facts li")
    tab_to(page, "#bar button:nth-of-type(4)")
    page.keyboard.press("Enter")
    page.wait_for_selector("#table[open]")
    page.keyboard.press("Escape")
    page.locator("#table").wait_for(state="detached")


def _all_pages(page: Page) -> list[str]:
    opened(page, PLACE)
    document = (page.locator("a.source").first.get_attribute("href") or "").partition("#")[0]
    person = page.locator("section:has(#officials) a[href^='/id/person']").first.get_attribute("href") or ""
    fact = page.locator("ul.facts a.check").first.get_attribute("href") or ""
    project = page.locator("section:has(#projects-by-stage) a[href^='/id/project']").first.get_attribute("href") or ""
    return [*PAGES, document, person, fact, project]


def _shown(page: Page, path: str, language: str) -> None:
    address, mark, fragment = path.partition("#")
    opened(page, address + ("&" if "?" in address else "?") + f"lang={language}" + mark + fragment)
    if path.startswith(("/network", "/sparql")):
        page.wait_for_selector(READY)
    if fragment:
        page.wait_for_selector("#answer table")


@pytest.mark.parametrize(("language", "scheme"), [("zh", "light"), ("en", "dark")])
def test_no_page_has_a_serious_finding_or_is_wider_than_the_window(
    page: Page, language: str, scheme: Literal["light", "dark"]
) -> None:
    found = []
    page.emulate_media(color_scheme=scheme)
    for path in _all_pages(page):
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            _shown(page, path, language)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
        for item in Axe().run(page).response["violations"]:
            if item["impact"] in {"serious", "critical"}:
                found.append((path, item["id"], [node["html"][:160] for node in item["nodes"][:3]]))
    assert found == []
