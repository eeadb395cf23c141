"""The eight journeys of the explorer, each from start to finish, compared with what the graph says."""

from __future__ import annotations

import json
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree
from zipfile import ZipFile

import networkx
import pytest
import uvicorn
from playwright.sync_api import Page, expect

from kg import resources
from kg.build import build
from kg.explore.graph import entity_graph
from kg.query.questions import registry
from kg.query.questions.question import Answer
from kg.serve.app import app
from tests.browser import conftest

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

READY = "html[data-ready=true]"
#: Somebody else of the name 李红, elsewhere.
NAMESAKE = "宝鸡市召开财政工作会议\n2023年3月1日\n宝鸡市财政局局长李红作了讲话。\n"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("journeys")
    shutil.copytree(resources.path("corpus", "documents"), folder / "documents")
    (folder / "documents" / "namesake.txt").write_text(NAMESAKE, "utf-8")
    build([folder / "documents"], folder / "graph", workers=1)
    return folder / "graph"


@pytest.fixture(scope="module")
def service(graph: Path) -> Iterator[str]:
    """The service on a port of its own; who asks before it is ready waits."""
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
    """The start page in Chinese; every journey begins there."""
    monkeypatch.setattr(conftest, "LOCAL", ("file:", "data:", "blob:", "about:", service))
    visit.page.goto(f"{service}/?lang=zh")
    yield visit.page
    assert visit.refused == []
    assert visit.errors == []


def search(page: Page, words: str, name: str, area: str = "") -> None:
    """Type words into the field of the start page and choose what is called so."""
    page.locator("header input[name=q]").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    page.locator("main ul.hits li").filter(has_text=name).filter(has_text=area).locator("a").first.click()
    page.wait_for_selector("h1 bdi")


def in_view(page: Page, selector: str) -> bool:
    box = page.locator(selector).first.bounding_box()
    size = page.viewport_size
    return box is not None and size is not None and 0 <= box["y"] < size["height"]


def quotes(answer: Answer) -> list[str]:
    """Return the quotes of an answer as a page shows them: what was quoted just before is not quoted again."""
    found = []
    for number, row in enumerate(answer.rows):
        for at, quote in enumerate(row.quotes):
            before = ([row.quotes[at - 1]] if at else []) + ([answer.rows[number - 1].quotes[at]] if number else [])
            if quote is not None and quote not in before:
                found.append(quote.text)
    return found


def column(answer: Answer, name: str) -> list[Any]:
    return [row.values[answer.question.columns.index(name)] for row in answer.rows]


@pytest.mark.parametrize("words", ["李红", "lihong", "lh"])
def test_1_who_answers_for_this_and_what_did_they_say(page: Page, graph: Path, words: str) -> None:
    search(page, words, "李红", "株洲")
    answer = registry.answer(graph, "careers", person="李红", place="株洲市")
    assert page.locator("section:has(#posts) tbody tr").count() == len(answer) > 0
    assert page.locator("section:has(#posts) mark").all_inner_texts() == quotes(answer)
    assert page.locator("svg circle.attested").count() == 2 * len(answer)
    assert page.locator("svg line.open").count() == 2 * len(answer)
    other = page.locator("dl.head div", has_text="同名的另有").locator("a")
    expect(other).to_have_text("李红")
    other.click()
    expect(page.locator("section:has(#posts)")).to_contain_text("宝鸡市财政局")


def test_1_what_somebody_promised_has_its_quotes(page: Page, graph: Path) -> None:
    promises = registry.answer(graph, "promises", place="株洲市")
    person = column(promises, "person")[0]
    search(page, person, person)
    mine = registry.answer(graph, "promises", person=person)
    assert page.locator("#promises small").inner_text() == str(len(mine))
    years = page.locator("section:has(#promises) td[data-label=年度]").all_inner_texts()
    assert years == sorted(map(str, column(mine, "year")), reverse=True)[: len(years)]
    told = page.locator("section:has(#promises) mark").all_inner_texts()
    assert told
    assert set(told) <= set(quotes(mine))


def test_2_what_became_of_the_nine_percent(page: Page, graph: Path) -> None:
    search(page, "固定资产投资增速", "固定资产投资增速")
    page.select_option("select[name=place]", "株洲市")
    page.click("form.ask button")
    page.wait_for_url("**place=*")
    given = {"indicator": "固定资产投资增速", "place": "株洲市"}
    series = registry.answer(graph, "series", **given)
    kinds = column(series, "kind")
    assert page.locator("svg circle.target").count() == kinds.count("target") > 0
    assert page.locator("svg circle.outcome").count() == kinds.count("outcome") > 0
    pairs = registry.answer(graph, "targets-vs-outcomes", **given)
    row = page.locator("section:has(#targets) tbody tr").first
    expect(row).to_contain_text("9 %")
    expect(row.locator(".verdict-missed")).to_have_text("未完成")
    assert row.locator("mark").all_inner_texts() == [quote.text for quote in pairs.rows[0].quotes if quote]
    assert len(row.locator("mark").all()) == 2


def test_2_what_is_passed_over_in_silence_stands_out(page: Page, graph: Path) -> None:
    silent = registry.answer(graph, "silent-misses")
    indicator, place = column(silent, "indicator")[0], column(silent, "place")[0]
    search(page, place, place)
    section = page.locator("section:has(#unsaid)")
    expect(section.locator("tbody")).to_contain_text(indicator)
    ink = "(node) => getComputedStyle(node).borderLeftWidth"
    assert section.evaluate(ink) != "0px"


def test_3_which_projects_stand_where(page: Page, graph: Path) -> None:
    search(page, "渌口区", "渌口区")
    answer = registry.answer(graph, "projects", place="渌口区")
    section = page.locator("section:has(#projects-by-stage)")
    assert sum(map(int, section.locator(".tally b").all_inner_texts())) == len(answer)
    stages = {text.split()[0] for text in section.locator(".tally span").all_inner_texts()}
    assert {stage for stage in column(answer, "stage") if stage} <= stages
    assert {"计划", "已有"} & set(section.locator("td[data-label=类别]").all_inner_texts())
    groups = registry.answer(graph, "project-groups", place="渌口区")
    row = page.locator("section:has(#groups) tbody tr").first
    count, named = column(groups, "count")[0], column(groups, "named")[0]
    expect(row).to_contain_text(str(count))
    expect(row).to_contain_text(str(named))
    with page.expect_download() as download:
        section.locator("a", has_text="Excel").click()
    with ZipFile(download.value.path()) as book:
        assert book.read("xl/worksheets/sheet1.xml").count(b"<row ") == len(answer) + 1


def test_4_what_this_district_backs_and_what_changed(page: Page, graph: Path) -> None:
    page.click("main a >> text=比较")
    page.locator("h2:has-text('产业体系') + ul a", has_text="3+5+2").first.click()
    page.wait_for_url("**/compare?a=*")
    answer = registry.answer(graph, "scheme-changes", place="株洲市")
    changes = column(answer, "change")
    rows = [change for change, earlier in zip(changes, column(answer, "earlier"), strict=True) if "3+5+2" in earlier]
    tally = {text.split()[0]: int(text.split()[1]) for text in page.locator(".tally span").all_inner_texts()}
    words = {"kept": "保留", "came": "新增", "went": "退出", "moved": "换组", "renamed": "改名"}
    assert tally == {words[change]: rows.count(change) for change in rows}
    assert page.locator("table.answer tbody tr:not(.below)").count() == len(rows)
    industry = page.locator("table.answer tbody a[href^='/def/industry/']").first
    name = industry.inner_text()
    industry.click()
    expect(page.locator("h1 bdi")).to_have_text(name)
    districts = registry.answer(graph, "district-industries", industry=name)
    assert page.locator("#districts small").inner_text() == str(len(districts))


def test_5_how_are_these_two_connected(page: Page, graph: Path) -> None:
    page.click("nav >> text=网络")
    page.wait_for_selector(READY)
    page.keyboard.press("f")
    for words, name in (("lihong", "李红"), ("新材料", "新材料")):
        page.keyboard.press("/")
        page.keyboard.type(words)
        expect(page.locator("#find-hits li").first).to_contain_text(name)
        page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"[?&]a=.*[?&]b="))
    page.wait_for_selector(READY)
    everything = entity_graph(graph).to_undirected(as_view=True)
    ends = [f"https://w3id.org/lgkg/{page.evaluate(f'network.address.get({end!r})')}" for end in "ab"]
    shortest = networkx.shortest_path_length(everything, *ends)
    steps = page.locator("#panel .path").first
    expect(steps.locator("li")).to_have_count(shortest + 1)
    expect(steps.locator(".step:has(blockquote), .step:has(small)")).to_have_count(shortest)
    for quote in steps.locator(".step a.source").all():
        assert "char=" in (quote.get_attribute("href") or "")
    first = page.url
    words = steps.inner_text()
    page.goto("about:blank")
    page.go_back()
    page.wait_for_selector("#panel .path")
    assert page.url == first
    expect(page.locator("#panel .path").first).to_have_text(re.compile(re.escape(words.split("\n")[0])))
    page.locator("#panel .path .step a.source").first.click()
    page.wait_for_selector("#here")
    assert in_view(page, "#here")


def test_6_i_do_not_believe_it(page: Page, graph: Path, tmp_path: Path) -> None:
    search(page, "株洲市", "株洲市")
    fact = page.locator("ul.facts li").first
    words = fact.locator("mark").first.inner_text()
    fact.locator("a.source").click()
    page.wait_for_url("**#here")
    assert "".join(page.locator("article mark").all_inner_texts()) == words
    assert in_view(page, "#here")
    rule = page.locator(".beside .current .rule").first.inner_text()
    page.locator(".beside .current .check").first.click()
    page.wait_for_selector("#report")
    assert page.locator("dl.head code").first.inner_text() == rule
    expect(page.locator("dl.head")).to_contain_text("运行")
    expect(page.locator("#others")).to_be_visible()
    key = page.locator("input[name=fact]").input_value()
    page.get_by_label("何处有误").fill("数字不对")
    page.get_by_label("您的姓名").fill("张三")
    with page.expect_download() as download:
        page.get_by_role("button", name="报告有误").click()
    line = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert (line["action"], line["left"], line["who"], line["why"]) == ("wrong", key, "张三", "数字不对")


def test_6_what_says_the_same_and_what_answers_it(page: Page, graph: Path) -> None:
    pairs = registry.answer(graph, "targets-vs-outcomes", indicator="固定资产投资增速", place="株洲市")
    target, outcome = (quote for quote in pairs.rows[0].quotes[:2])
    assert target is not None
    assert outcome is not None
    search(page, "固定资产投资增速", "固定资产投资增速")
    page.goto(f"{page.url}?place=株洲市")
    page.locator("section:has(#targets) a.source").first.click()
    page.wait_for_url("**#here")
    page.locator(".beside .current .check").first.click()
    answer = page.locator("li.how-answers")
    expect(answer).to_contain_text("未完成")
    assert outcome.text in answer.locator("mark").all_inner_texts()


def test_7_i_have_my_own_question(page: Page, graph: Path, visit: Visit) -> None:
    page.click("nav >> text=查询")
    page.wait_for_selector(READY)
    page.select_option("#example", "years")
    page.wait_for_selector("#answer table")
    page.get_by_label("indicator", exact=False).or_(page.get_by_label("名称")).first.fill("固定资产投资增速")
    page.keyboard.press("Enter")
    series = registry.answer(graph, "series", indicator="固定资产投资增速", place="株洲市")
    expect(page.locator("#answer tbody tr")).to_have_count(len(series))
    page.click(".tabs >> text=图表")
    page.wait_for_selector("#answer canvas")
    address = page.url
    other = visit.page.context.new_page()
    other.goto(address)
    other.wait_for_selector("#answer canvas")
    expect(other.get_by_label("名称").first).to_have_value("固定资产投资增速")
    other.click(".tabs >> text=表格")
    expect(other.locator("#answer tbody tr")).to_have_count(len(series))
    other.close()


def test_8_i_have_to_show_it_to_somebody(page: Page, graph: Path, visit: Visit, tmp_path: Path) -> None:
    search(page, "株洲市", "株洲市")
    place = page.url
    for form, begins in (("Turtle", b"@prefix"), ("JSON-LD", b"[{")):
        with page.expect_download() as download:
            page.locator("dl.head a", has_text=form).click()
        assert Path(download.value.path()).read_bytes().startswith(begins)
    for form in ("Excel", "CSV"):
        with page.expect_download() as download:
            page.locator("section:has(#targets) a", has_text=form).click()
        assert Path(download.value.path()).stat().st_size > 1000
    page.locator("dl.head a", has_text="网络").click()
    page.wait_for_selector(READY)
    assert page.url != place
    saved = {}
    for form in ("PNG", "SVG", "HTML", "CSV", "Turtle"):
        page.locator("summary", has_text="导出").click()
        with page.expect_download() as download:
            page.get_by_role("button", name=form, exact=True).click()
        saved[form] = tmp_path / download.value.suggested_filename
        download.value.save_as(saved[form])
        page.locator("summary", has_text="导出").click()
    shown = page.evaluate("network.model.visible().length")
    assert saved["PNG"].read_bytes().startswith(b"\x89PNG")
    assert len(ElementTree.parse(saved["SVG"]).findall("{http://www.w3.org/2000/svg}circle")) == shown
    page.goto(saved["HTML"].as_uri())
    page.wait_for_selector(READY)
    assert page.evaluate("network.model.graph.order") == shown


def test_8_a_chart_is_a_picture(page: Page) -> None:
    search(page, "固定资产投资增速", "固定资产投资增速")
    for form, begins in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with page.expect_download() as download:
            page.get_by_role("button", name=form, exact=True).click()
        assert Path(download.value.path()).read_bytes().startswith(begins)
