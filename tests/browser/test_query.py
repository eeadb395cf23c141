"""The query page in Chromium: an example is chosen, run, charted; its address brings it back; an error has its line."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from kg.explore import BUILT
from kg.serve.app import app
from tests.browser.conftest import Visit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (BUILT / "query.js").is_file(), reason="the front end is not built: python hatch_build.py"),
]
READY = "document.documentElement.dataset.ready"


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(app(built), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def opened(visit: Visit, address: str, monkeypatch: pytest.MonkeyPatch) -> Visit:
    monkeypatch.setattr("tests.browser.conftest.LOCAL", ("data:", "blob:", "about:", address))
    visit.page.goto(f"{address}/sparql")
    visit.page.wait_for_function(READY)
    return visit


def test_an_example_is_run_and_charted(opened: Visit) -> None:
    page = opened.page
    assert page.locator("#example option").count() == 41
    page.select_option("#example", "cq28")
    page.wait_for_selector("#answer table")
    assert page.locator("#answer thead th").all_inner_texts() == ["year", "cmp", "value", "unit", "doc"]
    page.click(".tabs button:nth-child(2)")
    page.wait_for_selector("#answer canvas")
    again = page.url
    page.goto("about:blank")
    page.goto(again)
    page.wait_for_selector("#answer canvas")
    assert (opened.errors, opened.refused) == ([], [])


def test_an_error_is_told_and_what_was_typed_stays(opened: Visit) -> None:
    page = opened.page
    page.locator("#editor .cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("SELECT ?a WHERE { ?a ?b }")
    page.keyboard.press("Control+Enter")
    page.locator("#query-status", has_text="invalid").wait_for()
    assert page.locator("#editor .cm-content").inner_text().strip() == "SELECT ?a WHERE { ?a ?b }"
    page.wait_for_selector("#editor .cm-lintRange-error, #editor .cm-lintPoint-error", state="attached")
    assert opened.refused == []


def test_terms_are_completed(opened: Visit) -> None:
    page = opened.page
    page.locator("#editor .cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("?x a lg:Offic")
    page.wait_for_selector("#editor .cm-tooltip-autocomplete")
    assert "lg:Official" in page.locator("#editor .cm-tooltip-autocomplete").inner_text()
    assert (opened.errors, opened.refused) == ([], [])
