"""The search field in Chromium: suggestions as one types, the keyboard alone leads to the thing, Escape closes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from kg.serve.app import app
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
FIELD = "header input[name=q]"
FIRST = "#suggestions li:first-child bdi"


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(app(built), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def opened(visit: Visit, address: str, monkeypatch: pytest.MonkeyPatch) -> Visit:
    monkeypatch.setattr("tests.browser.conftest.LOCAL", ("data:", "blob:", "about:", address))
    visit.page.goto(f"{address}/?lang=zh")
    return visit


@pytest.mark.parametrize("words", ["李红", "lihong", "lh", "李虹"])
def test_the_keyboard_alone_leads_to_a_person(opened: Visit, words: str) -> None:
    page = opened.page
    page.focus(FIELD)
    page.keyboard.insert_text(words)
    page.locator(FIRST, has_text="李红").wait_for()
    assert page.get_attribute(FIELD, "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert page.get_attribute(FIELD, "aria-activedescendant") == "suggestion-0"
    page.keyboard.press("Enter")
    page.wait_for_url("**/id/person/**")
    assert "李红" in page.inner_text("h1")
    assert (opened.errors, opened.refused) == ([], [])


def test_escape_closes_and_enter_searches(opened: Visit) -> None:
    page = opened.page
    page.focus(FIELD)
    page.keyboard.insert_text("科技")
    page.wait_for_selector("#suggestions li")
    page.keyboard.press("Escape")
    page.locator("#suggestions").wait_for(state="hidden")
    assert page.get_attribute(FIELD, "aria-expanded") == "false"
    assert page.input_value(FIELD) == "科技"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert page.locator(".hits li").count() > 0
    assert (opened.errors, opened.refused) == ([], [])
