"""The pages of the questions, their files, the comparison, the start page and the ledger."""

from __future__ import annotations

import csv
import html
import io
import itertools
import re
import zipfile
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kg import issues
from kg.extract import candidates, ledger, numerals
from kg.query.questions import registry
from kg.serve.pages import answers, reasons
from kg.store.folder import open_graph


def test_every_question_has_a_page(client: TestClient) -> None:
    listed = client.get("/ask").text
    for question in registry.questions().values():
        assert f'href="/ask/{question.name}"' in listed
        assert client.get(f"/ask/{question.name}").status_code in {200, 400}


def test_every_column_and_role_has_words() -> None:
    for question in registry.questions().values():
        for name in (*question.columns, *question.roles):
            if not name.endswith("_iri"):
                assert answers.column(name, "zh") != name.replace("_", " "), name


def test_rows_are_those_of_the_question(client: TestClient, built: Path) -> None:
    found = html.unescape(client.get("/ask/projects", params={"place": "株洲市"}).text)
    rows = registry.answer(built, "projects", place="株洲市").rows
    assert rows
    for row in rows[:50]:
        assert str(row.values[0]) in found


def test_rows_as_files(client: TestClient, built: Path) -> None:
    table = registry.answer(built, "projects", place="株洲市").table()
    given = {"place": "株洲市"}
    found = client.get("/ask/projects", params=given | {"format": "csv"})
    rows = list(csv.reader(io.StringIO(found.content.decode("utf-8-sig"))))
    assert tuple(rows[0]) == table.columns
    assert len(rows) == len(table.rows) + 1
    assert len(client.get("/ask/projects", params=given | {"format": "json"}).json()) == len(table.rows)
    book = client.get("/ask/projects", params=given | {"format": "xlsx"})
    with zipfile.ZipFile(io.BytesIO(book.content)) as parts:
        assert str(table.rows[0][0]) in parts.read("xl/sharedStrings.xml").decode()
    assert "attachment" in book.headers["content-disposition"]


def test_an_unknown_name_is_told_and_kept(client: TestClient) -> None:
    found = client.get("/ask/careers", params={"person": "无此人也"})
    assert found.status_code == 404
    assert 'value="无此人也"' in found.text
    assert 'role="alert"' in found.text


def test_an_unknown_question(client: TestClient) -> None:
    assert client.get("/ask/nothing").status_code == 404


def test_two_documents_compared(client: TestClient, built: Path) -> None:
    names = [str(row.values[0]) for row in registry.answer(built, "documents").rows]
    for a, b in itertools.pairwise(names):
        assert client.get("/compare", params={"a": a, "b": b}).status_code in {200, 400}
    assert client.get("/compare", params={"a": "x", "b": names[0]}).status_code == 404
    assert client.get("/compare").status_code == 200


def test_the_ledger_is_whole(client: TestClient, built: Path) -> None:
    told = list(issues.read(open_graph(built).records / "issues.jsonl"))
    assert told
    for language in ("zh", "en"):
        found = html.unescape(client.get("/issues", headers={"accept-language": language}).text)
        assert f"{len(told):,}" in found or len(told) <= 50
        for issue in told[:5]:
            assert issue.text in found
            assert reasons.said(issue.message, language) in found
    kind = told[0].kind
    assert client.get("/issues", params={"kind": kind}).status_code == 200


REASONS = (*candidates.REASONS.values(), *numerals.REASONS.values(), *ledger.QUOTE_REASONS.values())


@pytest.mark.parametrize("message", REASONS)
def test_every_reason_of_the_ledger_is_said_in_chinese(message: str) -> None:
    assert re.search("[\u4e00-\u9fff]", reasons.said(message, "zh"))
    assert reasons.said(message, "en") == message


def test_what_a_message_names_is_kept() -> None:
    message = "a/株洲.txt: has the same content as b.txt, which is read instead"
    assert reasons.said(message, "zh") == "a/株洲.txt：与 b.txt 内容相同，只读后者"
    assert reasons.said("something new", "zh") == "something new"


def test_errors_are_said_in_the_language_of_the_reader(client: TestClient) -> None:
    for path in ("/ask/projects?place=无此地也", "/id/place/000000", "/doc/none", "/search?q=a&place=亚特兰蒂斯", "/x"):
        for language, words in (("zh", "没有|不是"), ("en", "no |nothing|Not ")):
            headers = {"accept": "text/html", "accept-language": language}
            text = html.unescape(client.get(path, headers=headers).text).partition("<main")[2]
            assert re.search(words, text), (path, language)
    found = client.get("/api/network", params={"focus": "id/place/000000"}, headers={"accept-language": "zh"})
    assert "网络中没有" in found.json()["error"]


def test_the_start_page_counts(client: TestClient, built: Path) -> None:
    found = client.get("/").text
    assert f"<b>{len(registry.answer(built, 'documents'))}</b>" in found
    assert open_graph(built).digest in client.get("/about").text


@pytest.mark.parametrize(("given", "words"), [(True, "是"), ("missed", "未完成"), (12345, "12,345"), ("株洲", "株洲")])
def test_values_in_words(given: object, words: str) -> None:
    assert answers.value(given, "zh") == words


def test_two_places_side_by_side(client: TestClient, built: Path) -> None:
    found = html.unescape(client.get("/compare", params={"a": "株洲市", "b": "渌口区"}).text)
    told = [
        {str(row.values[1]) for row in registry.answer(built, "district-industries", place=place).rows}
        for place in ("株洲市", "渌口区")
    ]
    rows = found.partition('id="industries"')[2].partition('id="outcomes"')[0]
    assert rows.count('<td data-label="列入">') == len(told[0] | told[1])
    assert rows.count(">两地都有</bdi>") == len(told[0] & told[1])
    assert client.get("/compare", params={"a": "株洲市", "b": "拉萨市"}).status_code == 404
