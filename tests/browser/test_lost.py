"""The service stops while a page is open: every page says so, and keeps what it shows and what was typed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import expect

from kg.serve.app import app
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
READY = "html[data-ready=true]"
WORDS = {"zh": "连接中断", "en": "does not answer"}


@pytest.fixture
def started(built: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> tuple[str, Callable[[], None]]:
    """A service, and what stops it."""
    server = uvicorn.Server(uvicorn.Config(app(built), port=0, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.05)
    address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    monkeypatch.setattr("tests.browser.conftest.LOCAL", ("data:", "blob:", "about:", address))

    def stop() -> None:
        server.should_exit = True
        thread.join()

    return address, stop


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_search_field_says_so(visit: Visit, started: tuple[str, Callable[[], None]], language: str) -> None:
    address, stop = started
    page = visit.page
    page.goto(f"{address}/?lang={language}")
    stop()
    page.fill("header input[name=q]", "李红")
    expect(page.locator("#lost")).to_contain_text(WORDS[language])
    page.keyboard.press("Enter")
    expect(page.locator("#lost")).to_be_visible()
    assert page.url.startswith(f"{address}/?")
    assert page.input_value("header input[name=q]") == "李红"
    assert page.locator("main h1").is_visible()


def test_the_network_says_so_and_stays(visit: Visit, started: tuple[str, Callable[[], None]]) -> None:
    address, stop = started
    page = visit.page
    page.goto(f"{address}/network?focus=id/place/430200&lang=zh")
    page.wait_for_selector(READY)
    number = page.evaluate("network.model.graph.order")
    stop()
    page.evaluate("network.select(network.model.visible().find((key) => key !== network.model.selected))")
    expect(page.locator("#panel .facts")).to_contain_text(WORDS["zh"])
    page.evaluate("network.expand(network.model.visible()[0])")
    expect(page.locator("#status")).to_contain_text(WORDS["zh"])
    page.locator("summary", has_text="导出").click()
    page.get_by_role("button", name="CSV", exact=True).click()
    expect(page.locator("#status")).to_contain_text(WORDS["zh"])
    with page.expect_download():
        page.get_by_role("button", name="SVG", exact=True).click()
    assert page.evaluate("network.model.graph.order") == number
    assert not [error for error in visit.errors if "Failed to load resource" not in error]


def test_the_query_page_says_so_and_keeps_the_query(visit: Visit, started: tuple[str, Callable[[], None]]) -> None:
    address, stop = started
    page = visit.page
    page.goto(f"{address}/sparql?lang=zh")
    page.wait_for_selector(READY)
    page.select_option("#example", "rules")
    page.wait_for_selector("#answer table")
    stop()
    page.get_by_role("button", name="查询", exact=True).click()
    expect(page.locator("#query-status")).to_contain_text(WORDS["zh"])
    assert page.locator("#answer table").is_visible()
    assert "lg:rule" in page.locator("#editor .cm-content").inner_text()
