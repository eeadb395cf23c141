"""The pages of the domain in Chromium: journeys from start to finish, and axe-core on every page."""

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

from kg.query.questions import registry
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


def test_who_answers_for_this(page: Page, built: Path) -> None:
    """Journey 1: from the first letters of a name to the posts, each with its quote."""
    page.locator("header input[name=q]").fill("lihong")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=lihong")
    page.click("main ul.list a >> text=李红")
    rows = registry.answer(built, "careers", person="李红").rows
    assert page.locator("svg circle.attested").count() == 2 * len(rows)
    assert page.locator("section:has(#posts) tbody tr").count() == len(rows)
    told = page.locator("section:has(#posts) mark").all_inner_texts()
    assert [quote.text for row in rows for quote in row.quotes if quote] == told


def test_what_became_of_the_target(page: Page, built: Path) -> None:
    """Journey 2: the marks of the chart are the numbers of the question, hollow for targets, solid for outcomes."""
    opened(page, "/def/indicator/hitech-enterprises?place=株洲市")
    rows = registry.answer(built, "series", indicator="高新技术企业数", place="株洲市").rows
    kinds = [row.values[2] for row in rows if row.values[8] is not None]
    assert rows
    assert page.locator("svg circle.target").count() == kinds.count("target")
    assert page.locator("svg circle.outcome").count() == kinds.count("outcome")
    assert page.locator("section:has(#series) tbody tr").count() == len(rows)


def test_which_projects_stand_where(page: Page, built: Path) -> None:
    """Journey 3: projects by stage, and the same rows as a workbook."""
    opened(page, PLACE)
    counts = page.locator("section:has(#projects-by-stage) .tally b").all_inner_texts()
    assert sum(map(int, counts)) == len(registry.answer(built, "projects", place="株洲市"))
    with page.expect_download() as download:
        page.click("section:has(#projects-by-stage) a:has-text('Excel')")
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"


def test_two_documents_are_compared(page: Page) -> None:
    """Journey 4: a pair is chosen and compared; its address brings it back."""
    opened(page, "/compare")
    pairs = page.locator("main li a")
    assert pairs.count() > 0
    pairs.first.click()
    page.wait_for_url("**/compare?a=*")
    words = page.inner_text("main")
    page.reload()
    assert page.inner_text("main") == words


def test_i_do_not_believe_it(page: Page) -> None:
    """Journey 6: from any fact one step to the document, at the words, with the rule that found them."""
    opened(page, PLACE)
    fact = page.locator("ul.facts li").first
    words = fact.locator("mark").first.inner_text()
    fact.locator("a.source").click()
    page.wait_for_url("**#here")
    assert "".join(page.locator("article mark").all_inner_texts()) == words
    assert in_view(page, "#here")
    assert page.locator(".beside .current .rule").first.inner_text()


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
