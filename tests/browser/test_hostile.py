"""Hostile text: markup, scripts, right-to-left marks and 10,000 characters in names and quotes are text everywhere."""

from __future__ import annotations

import json
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import uvicorn
from playwright.sync_api import Page, expect

from kg.build import _load, build
from kg.explore.network import write
from kg.serve.app import app
from kg.store import folder
from kg.store.folder import open_graph
from tests.browser import conftest

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

SCRIPT = "</script><script>document.title='stolen'</script><img src=x onerror=\"document.title='stolen'\">"
RIGHT_TO_LEFT = "\u202e夺取\u2067标题"
LONG = "长" * 10_000
#: What things are called in the documents, and what they are called in the graph of these tests.
NAMES = {"李红": f"李红{SCRIPT}", "株洲市科学技术局": f"科技局{RIGHT_TO_LEFT}", "数字经济": f"数字经济{LONG}"}
TEXT = f"""株洲市2022年工作要点
株洲市人民政府办公室　2022年1月5日
市科技局局长李红说，{SCRIPT}{RIGHT_TO_LEFT}2022年全市高新技术企业突破1000家，{{{{ 7*7 }}}}。
重点发展数字经济产业。{LONG}，2022年全市固定资产投资增长9%{"，且" * 3000}。
"""
READY = "html[data-ready=true]"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph whose things are called what no document would be read to call them."""
    made = tmp_path_factory.mktemp("hostile")
    (made / "in").mkdir()
    (made / "in" / "<b onclick=x>&'one'.txt").write_text(TEXT, "utf-8")
    (made / "in" / "two.txt").write_text(f"{SCRIPT}\n2023年1月5日\n株洲市2022年固定资产投资增长4%。\n", "utf-8")
    build([made / "in"], made / "plain", workers=1)
    plain = open_graph(made / "plain")
    with folder.build(made / "graph") as making:
        shutil.copytree(plain.records, making.records, dirs_exist_ok=True)
        quads = plain.quads.read_text("utf-8")
        entities = (plain.records / "entities.jsonl").read_text("utf-8")
        for name, hostile in NAMES.items():
            quads = quads.replace(f'Label> "{name}"', f"Label> {json.dumps(hostile)}")
            for key in ("name", "label"):
                entities = entities.replace(f'"{key}":"{name}"', f'"{key}":{json.dumps(hostile)}')
        (making.records / "entities.jsonl").write_text(entities, "utf-8")
        making.add(quads.encode())
        making.commit(_load, plain.manifest)
    return made / "graph"


@pytest.fixture(scope="module")
def service(graph: Path) -> Iterator[str]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        server = uvicorn.Server(uvicorn.Config(app(graph), log_level="warning"))
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
    assert [error for error in visit.errors if "Failed to load resource" not in error] == []  # refusals are answers


def harmless(page: Page) -> None:
    """Nothing of a document became an element or ran, and the page is no wider than a phone or a desk."""
    assert page.title() != "stolen"
    assert page.locator("main img, main script:not([type='application/json']), main b[onclick]").count() == 0
    for width, height in ((1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def addresses(page: Page, service: str) -> list[str]:
    query = "SELECT DISTINCT ?s WHERE { ?s a ?t ; lg:mentionedIn|lg:statedIn|dcterms:identifier ?d }"
    found = page.request.get(f"{service}/sparql", params={"query": query}, headers={"Accept": "text/csv"}).text()
    return [line.removeprefix("https://w3id.org/lgkg") for line in found.split()[1:]]


def test_every_page_shows_it_as_text(page: Page, service: str) -> None:
    paths = [*addresses(page, service), "/", "/documents", "/issues", "/about", "/compare", "/ask", "/ont"]
    asked = ["careers?person=", "promises?person=", "documents?place=", "projects?place="]
    paths += [f"/ask/{one}{quote(SCRIPT)}" for one in asked]
    paths += [
        f"/search?q={quote(words)}" for words in ("李红", "科技局", "数字经济", SCRIPT, RIGHT_TO_LEFT, LONG[:3000])
    ]
    paths += [f"/compare?a={quote(SCRIPT)}&b={quote(SCRIPT)}", f"/def/{quote(SCRIPT)}", f"/doc/{quote(SCRIPT)}"]
    assert len(paths) > 25
    for path in paths:
        page.goto(service + path)
        harmless(page)


def test_names_are_shown_in_full_as_text_and_isolated(page: Page, service: str) -> None:
    page.goto(f"{service}/search?q=李红")
    name = page.locator("main ul.hits bdi").first
    assert name.inner_text() == NAMES["李红"]
    page.locator("main ul.hits a").first.click()
    assert NAMES["李红"] in page.locator("h1 bdi").inner_text()
    page.goto(f"{service}/search?q=科技局")
    assert page.locator("main ul.hits bdi").first.inner_text() == NAMES["株洲市科学技术局"]
    assert page.evaluate("getComputedStyle(document.querySelector('main ul.hits bdi')).unicodeBidi") == "isolate"


@pytest.mark.parametrize("words", ["李红", "科技局", "数字经济"])
def test_suggestions_are_text(page: Page, words: str) -> None:
    page.fill("header input[name=q]", words)
    page.wait_for_selector("#suggestions li")
    harmless(page)
    assert page.locator("#suggestions img, #suggestions script").count() == 0


def test_the_network_draws_and_lists_it(page: Page, service: str, tmp_path: Path) -> None:
    page.goto(f"{service}/network?limit=200")
    page.wait_for_selector(READY)
    for words in ("李红", "科技局", "数字经济"):
        page.fill("#find", words)
        expect(page.locator("#find-hits li").first).to_contain_text(words)
        page.keyboard.press("Enter")
        expect(page.locator("#panel h2")).to_contain_text(words)
        harmless(page)
    page.get_by_role("button", name="列表").click()
    assert NAMES["李红"] in page.locator("#table").inner_text()
    harmless(page)
    page.keyboard.press("Escape")
    for form in ("SVG", "HTML"):
        page.locator("summary", has_text="导出").click()
        with page.expect_download() as taken:
            page.get_by_role("button", name=form, exact=True).click()
        file = tmp_path / f"network.{form.lower()}"
        taken.value.save_as(file)
        page.locator("summary", has_text="导出").click()
    other = page.context.new_page()
    other.goto((tmp_path / "network.svg").as_uri())
    assert other.evaluate("document.querySelectorAll('script, img').length") == 0
    other.goto((tmp_path / "network.html").as_uri())
    other.wait_for_selector(READY)
    harmless(other)
    other.close()


def test_the_query_page_lists_it(page: Page, service: str) -> None:
    query = "SELECT ?name WHERE { ?e a ?t ; skos:prefLabel ?name ; lg:mentionedIn ?d }"
    page.goto(f"{service}/sparql#query={quote(query)}")
    page.wait_for_selector("#answer table")
    assert NAMES["李红"] in page.locator("#answer").inner_text()
    harmless(page)


@pytest.mark.parametrize("limit", [300, 5000])
def test_one_file_of_either_kind(page: Page, graph: Path, tmp_path: Path, limit: int) -> None:
    file = tmp_path / "network.html"
    write(graph, file, limit=limit)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.wait_for_selector("#legend button")
    field = "#search" if limit == 300 else "#find"
    for words in ("李红", "科技局", "数字经济"):
        page.fill(field, words)
        page.keyboard.press("Enter")
        expect(page.locator("#panel h2")).to_contain_text(words)
        harmless(page)
    assert asked == [file.as_uri()]
