"""The page of a fact: rule, run, what says the same or contradicts it; "report as wrong" gives a line a build takes."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kg.build import build
from kg.serve.app import app

TEXTS = {
    "one.txt": "株洲市2022年工作报告\n2022年1月5日\n2021年，株洲市城镇新增就业人数5.1万人。株洲市高新技术企业900家。\n",
    "two.txt": "株洲市统计公报\n2022年3月5日\n2021年，株洲市城镇新增就业人数5.4万人。株洲市高新技术企业900家。\n",
}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("facts") / "documents"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def client(documents: Path) -> Iterator[TestClient]:
    graph = documents.parent / "graph"
    build([documents], graph, workers=1)
    with TestClient(app(graph)) as found:
        yield found


def page(client: TestClient, path: str) -> str:
    found = client.get(path, headers={"accept": "text/html", "accept-language": "zh"})
    assert found.status_code == 200, found.text
    return html.unescape(found.text)


def outcome(client: TestClient, value: str) -> str:
    query = f'SELECT ?f {{ ?f a lg:Outcome ; lg:value ?v FILTER(STR(?v) = "{value}") }} ORDER BY ?f'
    rows = client.get("/sparql", params={"query": query}, headers={"accept": "text/csv"}).text.split()
    return rows[1].removeprefix("https://w3id.org/lgkg")


def test_a_fact_tells_its_quote_rule_and_run(client: TestClient) -> None:
    text = page(client, outcome(client, "900"))
    assert "高新技术企业900家</mark>" in text
    assert re.search(r"<code>measures:[\w-]+</code>", text)
    assert "/id/run/" in text


def test_what_says_the_same_and_what_contradicts(client: TestClient) -> None:
    assert "how-same" in page(client, outcome(client, "900"))
    text = page(client, outcome(client, "5.1"))
    assert "how-contradicts" in text
    assert "5.4" in text.partition("how-contradicts")[2]


def test_a_report_is_a_line_that_the_next_build_takes(client: TestClient, documents: Path, tmp_path: Path) -> None:
    fact = outcome(client, "5.1")
    form = {"fact": fact.removeprefix("/id/"), "who": "张三\n李四", "why": "公报是5.4"}
    sent = client.post("/report", data=form)
    assert sent.headers["content-disposition"].startswith("attachment")
    line = json.loads(sent.text)
    assert (line["action"], line["left"], line["who"]) == ("wrong", form["fact"], "张三 李四")
    file = tmp_path / "decisions.jsonl"
    file.write_text(sent.text, "utf-8")
    build([documents], tmp_path / "graph", workers=1, decisions=file)
    with TestClient(app(tmp_path / "graph")) as judged:
        text = page(judged, fact)
        assert "由人判断：有误" in text
        assert "公报是5.4" in text


def test_a_service_with_a_file_appends_to_it(client: TestClient, documents: Path, tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    file.write_text("# kept\n", "utf-8")
    fact = outcome(client, "900").removeprefix("/id/")
    with TestClient(app(documents.parent / "graph", decisions=file)) as writing:
        sent = writing.post("/report", data={"fact": fact, "who": "a", "why": "b"}, follow_redirects=False)
        assert (sent.status_code, sent.headers["location"]) == (303, f"/id/{fact}?reported=1")
        assert "已记入判断文件" in page(writing, sent.headers["location"])
        for headers in ({"origin": "https://example.org"}, {"sec-fetch-site": "cross-site"}):
            assert writing.post("/report", data={"fact": fact}, headers=headers).status_code == 403
    comment, line = file.read_text("utf-8").splitlines()
    assert comment == "# kept"
    assert json.loads(line)["left"] == fact


def test_what_is_no_fact_cannot_be_reported(client: TestClient) -> None:
    for name in ("place/430200", "target/0123456789abcdef/1-2-abcdef", "", "../x"):
        assert client.post("/report", data={"fact": name, "why": "x", "who": "y"}).status_code == 404
    assert client.post("/report", content=b"x" * 30_000).status_code == 413
    assert client.get("/id/target/0123456789abcdef/1-2-abcdef", headers={"accept": "text/html"}).status_code == 404
