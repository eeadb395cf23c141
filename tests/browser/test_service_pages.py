"""The pages of the domain in Chromium: places in documents, the keyboard alone, and axe-core on every page."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

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
    "/compare", "/search?q=李红", PLACE, "/def/indicator/hitech-enterprises", "/nowhere",
)  # fmt: skip
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


def test_from_a_question_to_the_quote_by_keyboard(page: Page) -> None:
    opened(page, "/ask/careers?person=李红")
    for _ in range(60):
        page.keyboard.press("Tab")
        if "source" in str(page.evaluate("document.activeElement.className")):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**#here")
    assert in_view(page, "#here")


def _all_pages(page: Page) -> list[str]:
    opened(page, PLACE)
    document = (page.locator("a.source").first.get_attribute("href") or "").partition("#")[0]
    person = page.locator("section:has(#officials) a[href^='/id/person']").first.get_attribute("href") or ""
    return [*PAGES, document, person]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_has_a_serious_finding_or_is_wider_than_the_window(page: Page, language: str) -> None:
    found = []
    for path in _all_pages(page):
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            opened(page, path + ("&" if "?" in path else "?") + f"lang={language}")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
        for item in Axe().run(page).response["violations"]:
            if item["impact"] in {"serious", "critical"}:
                found.append((path, item["id"], [node["html"][:160] for node in item["nodes"][:3]]))
    assert found == []
