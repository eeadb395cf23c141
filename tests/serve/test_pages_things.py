"""Pages of things say what the graph and its named questions say, and link every quote to its place."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kg import ids
from kg.build import build
from kg.query.questions import registry
from kg.serve.app import app
from kg.serve.pages.sections import SECTIONS
from tests.serve.test_pages import iri_of


def page(client: TestClient, path: str, language: str = "zh") -> str:
    found = client.get(path, headers={"accept": "text/html", "accept-language": language})
    assert found.status_code == 200, found.text
    return html.unescape(found.text)


def test_every_section_shows_columns_that_its_question_has() -> None:
    for section in (section for sections in SECTIONS.values() for section in sections):
        question = registry.question(section.question)
        wanted = {name for column in section.columns for name in column.split()} | ({section.tally} - {""})
        assert wanted <= set(question.columns), section
        assert question.parameter(section.parameter)


def test_a_person_has_posts_with_quotes_and_a_time_line(client: TestClient, built: Path) -> None:
    text = page(client, iri_of(client, "李红"))
    rows = registry.answer(built, "careers", person="李红").rows
    assert rows
    for row in rows:
        assert str(row.values[3]) in text
        for quote in row.quotes:
            assert quote is not None
            assert f"{quote.iri.rpartition('/')[2]}?char={quote.start},{quote.end}#here" in text
    assert '<circle class="attested"' in text


def test_a_place_shows_the_rows_of_its_questions(client: TestClient, built: Path) -> None:
    iri = iri_of(client, "株洲市")
    text = page(client, iri)
    for section in SECTIONS["place"]:
        found = registry.answer(built, section.question, **{section.parameter: "https://w3id.org/lgkg" + iri})
        assert (f'id="{section.title}"' in text) == bool(found.rows), section
        for row in found.rows[:3]:
            value = str(row.values[found.question.columns.index(section.columns[0].split()[-1])])
            assert section.tally or value in text, section


def test_every_quote_of_a_page_stands_where_its_link_says(client: TestClient) -> None:
    text = client.get(iri_of(client, "株洲市"), headers={"accept": "text/html"}).text
    told = re.findall(r"<mark>(.*?)</mark>.*?href=\"(/doc/[^\"]+)\"", text, re.DOTALL)
    assert len(told) > 5
    for words, link in told[:12]:
        shown = client.get(html.unescape(link).partition("#")[0]).text
        marked = re.findall(r"<mark[^>]*>(.*?)</mark>", shown, re.DOTALL)
        assert 'id="here"' in shown
        bare = html.unescape(re.sub(r"<[^>]+>", "", "".join(marked)))
        assert bare.strip() == html.unescape(words).strip() or "\n" in words


def test_an_indicator_has_a_chart_of_one_place(client: TestClient) -> None:
    path = iri_of(client, "高新技术企业数")
    text = page(client, path)
    assert "<svg" in text
    assert '<circle class="target"' in text
    assert "style=" not in text
    assert page(client, path + "?place=nowhere")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_not_known_says_so(client: TestClient, language: str) -> None:
    text = page(client, "/ask/documents", language)
    assert ("未写明" if language == "zh" else "not stated") in text


def test_a_hostile_name_is_text(tmp_path: Path, graph_of: Callable[[Path, bytes], Path]) -> None:
    name = "<script>alert(1)</script>\u202e" + "长" * 10_000
    person, lg = f"<{ids.BASE}id/person/long>", f"{ids.BASE}ont#"
    lines = (
        f"{person} <{ids.expand('rdf:type')}> <{lg}Official> <{ids.DERIVED}> .",
        f'{person} <{ids.expand("skos:prefLabel")}> "{name}"@zh-hans <{ids.DERIVED}> .',
    )
    graph = graph_of(tmp_path / "graph", "".join(line + "\n" for line in sorted(lines)).encode())
    with TestClient(app(graph)) as client:
        found = client.get("/id/person/long", headers={"accept": "text/html"})
    assert found.status_code == 200
    assert "<script>alert" not in found.text
    title = found.text.partition("<title>")[2].partition("</title>")[0]
    assert len(html.unescape(title)) < 200
    assert f"<bdi>{html.escape(name)}</bdi>" in found.text


def test_a_name_typed_into_a_form_is_text(client: TestClient) -> None:
    found = client.get("/ask/careers", params={"person": "<b>\u202e" + "长" * 1_000})
    assert found.status_code == 404
    assert "<b>\u202e" not in found.text


def test_documents_have_their_own_address(client: TestClient) -> None:
    link = re.search(r'href="/doc/(\w+)"', client.get("/documents").text)
    assert link
    found = client.get(f"/id/doc/{link[1]}", headers={"accept": "text/html"}, follow_redirects=False)
    assert found.headers["location"] == f"/doc/{link[1]}"


def test_an_industry_names_the_enterprises_of_its_sentences(client: TestClient, built: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    lines = (
        "宝鸡市2023年工作报告",
        "2023年1月5日",
        "新材料产业加快发展，支持宝钛集团有限公司扩大产能。",
        "株洲冶炼集团股份有限公司落户。",
    )
    text = "\n".join(lines)
    (tmp_path / "in" / "one.txt").write_text(text, "utf-8")
    build([tmp_path / "in"], tmp_path / "graph", workers=1)
    with TestClient(app(tmp_path / "graph")) as other:
        told = page(other, "/def/industry/xincailiao").partition('id="enterprises"')[2]
        assert "文献没有写明" in told
        assert "宝钛集团有限公司" in told
        assert "株洲冶炼" not in told.partition("</section>")[0]
