"""The query page in Chromium: examples with parameters, table, chart, tree, files; an error has its line."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
import uvicorn
from playwright.sync_api import expect

from kg.explore import BUILT
from kg.query.sparql import ask
from kg.serve.app import app
from kg.store.folder import open_graph
from kg.store.oxigraph import open_store
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
    visit.page.goto(f"{address}/sparql?lang=zh")
    visit.page.wait_for_function(READY)
    return visit


def write(opened: Visit, query: str) -> None:
    opened.page.locator("#editor .cm-content").click()
    opened.page.keyboard.press("Control+a")
    opened.page.keyboard.press("Delete")
    opened.page.keyboard.insert_text(query)
    opened.page.keyboard.press("Control+Enter")


def test_an_example_is_run_and_charted(opened: Visit) -> None:
    page = opened.page
    assert page.locator("#example option").count() > 45
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


def test_every_example_is_answered(opened: Visit) -> None:
    page = opened.page
    names = page.locator("#example option").evaluate_all("(all) => all.map((one) => one.value).filter(Boolean)")
    for name in names:
        page.locator("#query-status").evaluate("(place) => { place.textContent = ''; }")
        page.select_option("#example", name)
        expect(page.locator("#query-status"), name).to_contain_text("ms")
    assert (opened.errors, opened.refused) == ([], [])


def test_a_parameter_is_changed_without_reading_the_query(opened: Visit, built: Path) -> None:
    page = opened.page
    page.select_option("#example", "stages")
    field = page.get_by_label("所属地区")
    expect(field).to_have_value("株洲市")
    field.fill("渌口区")
    field.press("Enter")
    page.wait_for_selector("#answer table")
    expect(page.locator("#query-status")).to_contain_text("ms")
    assert '"渌口区"@zh-Hans' in page.locator("#editor .cm-content").inner_text()
    field = page.get_by_label("所属地区")
    field.fill('"} DROP ALL \\')
    field.press("Enter")
    expect(page.locator("#query-status")).to_contain_text("0 行")  # what is typed stays inside its string
    page.go_back()
    page.wait_for_function("document.querySelector('#parameters input').value === '渌口区'")
    assert (opened.errors, opened.refused) == ([], [])


def test_the_tree_of_districts_adds_up(opened: Visit, built: Path) -> None:
    page = opened.page
    query = "SELECT ?place (COUNT(?project) AS ?n) WHERE { ?project a lg:Project ; lg:area ?place } GROUP BY ?place"
    rows = ask(open_store(open_graph(built)), query).table(typed=True).rows
    write(opened, query)
    page.wait_for_selector("#answer table")
    page.click(".tabs button:nth-child(3)")
    page.wait_for_selector(".tree > li")
    tops = page.locator(".tree > li").evaluate_all("(all) => all.map((one) => one.querySelector('b').textContent)")
    assert sum(int(text.replace(",", "")) for text in tops) == sum(int(str(row[1])) for row in rows)
    expect(page.locator(".tree")).to_contain_text("渌口区")
    links = page.locator(".tree a").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
    assert "/id/place/430200" in links
    write(opened, "SELECT ?s WHERE { ?s a lg:Target }")
    expect(page.locator("#answer")).to_contain_text("画不出地区树")
    assert (opened.errors, opened.refused) == ([], [])


def test_every_iri_is_a_link_and_the_answer_a_workbook(opened: Visit) -> None:
    page = opened.page
    write(opened, "SELECT ?s ?type WHERE { ?s a lg:Target ; a ?type } ORDER BY ?s LIMIT 3")
    page.wait_for_selector("#answer table")
    links = page.locator("#answer tbody a").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
    assert len(links) == 6
    assert links[0].startswith("/id/target/")
    assert links[1] == "/ont#Target"
    with page.expect_download() as taken:
        page.click("#answer a:has-text('Excel')")
    with ZipFile(taken.value.path()) as book:
        assert book.read("xl/worksheets/sheet1.xml").count(b"<row ") == 4
    page.click("#answer tbody a >> nth=1")
    page.wait_for_url("**/ont#Target")
    assert page.locator("#Target").is_visible()
    assert (opened.errors, opened.refused) == ([], [])


def test_an_error_is_told_at_its_line_and_what_was_typed_stays(opened: Visit) -> None:
    page = opened.page
    write(opened, "SELECT ?a\nWHERE { ?a ?b }")
    page.locator("#query-status", has_text="invalid").wait_for()
    assert page.locator("#editor .cm-content").inner_text().split() == ["SELECT", "?a", "WHERE", "{", "?a", "?b", "}"]
    wrong = "#editor .cm-lintRange-error, #editor .cm-lintPoint-error"
    page.wait_for_selector(wrong, state="attached")
    assert "?b" in page.locator("#editor .cm-line").filter(has=page.locator(wrong.replace("#editor ", ""))).inner_text()
    assert opened.refused == []


def test_terms_are_completed(opened: Visit) -> None:
    page = opened.page
    page.locator("#editor .cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("?x a lg:Offic")
    page.wait_for_selector("#editor .cm-tooltip-autocomplete")
    assert "lg:Official" in page.locator("#editor .cm-tooltip-autocomplete").inner_text()
    assert (opened.errors, opened.refused) == ([], [])
