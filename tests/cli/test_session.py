"""One session with the command line: a small graph is built once and every command that reads a graph is asked."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest

from kg import cli

TEXT = """株洲市召开科技创新大会

2022年1月5日，市科技局局长王明出席会议。李强任株洲市天元区人民政府区长。
全市地区生产总值力争增长8%以上。
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("session")
    (folder / "documents").mkdir()
    (folder / "documents" / "meeting.txt").write_text(TEXT, "utf-8")
    (folder / "documents" / "broken.pdf").write_bytes(b"%PDF-1.4 nothing follows")
    return folder


@pytest.fixture(scope="module")
def graph(folder: Path) -> Path:
    graph = folder / "graph"
    assert cli.run(["build", str(folder / "documents"), "-o", str(graph), "--quiet"]) == cli.OK
    return graph


def asked(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """Run a command that must work and say nothing but its answer."""
    assert cli.run([str(argument) for argument in arguments]) == cli.OK
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def refused(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """Run a command that must fail with one line and no answer."""
    assert cli.run([str(argument) for argument in arguments]) == cli.FAILED
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("kg: ")
    assert captured.err.count("\n") == 1
    assert "internal error" not in captured.err
    return captured.err


def test_build_says_what_it_did_and_prints_only_the_digest(
    folder: Path, graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = folder / "other"
    assert cli.run(["build", str(folder / "documents"), "-o", str(other), "--workers", "1"]) == cli.OK
    captured = capsys.readouterr()
    manifest = json.loads(next((graph / "graphs").glob("*/manifest.json")).read_text("utf-8"))
    assert captured.out == manifest["digest"] + "\n"
    assert "broken.pdf: " in captured.err
    assert "1 documents" in captured.err


def test_facts_stand_where_they_say(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = [json.loads(line) for line in asked(capsys, "facts", graph).splitlines()]
    assert {fact["doc"] for fact in facts} == {"meeting"}
    assert all(TEXT[fact["start"] : fact["end"]] == fact.get("quote", fact.get("mention")) for fact in facts)
    assert "王明" in {fact.get("name") for fact in facts}


def test_rows_in_every_format(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = "SELECT ?name { ?who a lg:Official ; skos:prefLabel ?label BIND(STR(?label) AS ?name) } ORDER BY ?name"
    names = [
        row["name"] for row in csv.DictReader(io.StringIO(asked(capsys, "query", graph, query, "--format", "csv")))
    ]
    assert "王明" in names
    answer = json.loads(asked(capsys, "query", graph, query, "--format", "json"))
    assert [row["name"]["value"] for row in answer["results"]["bindings"]] == names
    assert "王明" in asked(capsys, "query", graph, query, "--format", "tsv")
    assert "<literal>王明</literal>" in asked(capsys, "query", graph, query, "--format", "xml")
    assert "王明" in asked(capsys, "query", graph, query)


def test_triples_in_every_format(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = "CONSTRUCT { ?who a lg:Official } WHERE { ?who a lg:Official }"
    for form in ("ttl", "nt", "jsonld"):
        assert "Official" in asked(capsys, "query", graph, query, "--format", form)
    assert "ttl, nt or jsonld" in refused(capsys, "query", graph, query, "--format", "csv")


def test_a_query_from_a_file_and_from_standard_input(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "any.rq"
    file.write_text("ASK { ?s ?p ?o }", "utf-8")
    from_file = asked(capsys, "query", graph, file, "--format", "json")
    assert json.loads(from_file)["boolean"] is True
    monkeypatch.setattr("sys.stdin", io.StringIO("ASK { ?s ?p ?o }"))
    assert asked(capsys, "query", graph, "-", "--format", "json") == from_file


def test_show_stats_and_issues(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(asked(capsys, "show", graph, "株洲市", "--format", "json"))["name"] == "株洲市"
    assert asked(capsys, "show", graph, "株洲市").startswith("株洲市")
    counts = {row["class"]: row["count"] for row in json.loads(asked(capsys, "stats", graph, "--format", "json"))}
    assert counts["SourceDocument"] == 1
    rows = json.loads(asked(capsys, "issues", graph, "--format", "json"))
    assert "broken.pdf" in {row["place"] for row in rows}
    kinds = json.loads(asked(capsys, "issues", graph, "--count", "--format", "json"))
    assert sum(row["number"] for row in kinds) == len(rows)


def test_validate(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "conforms" in asked(capsys, "validate", graph)


@pytest.mark.parametrize("command", ["facts", "stats", "issues", "validate"])
def test_a_folder_that_is_no_graph(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "not a graph folder" in refused(capsys, command, tmp_path)
    assert "no such folder" in refused(capsys, command, tmp_path / "none")


def test_what_cannot_be_asked(graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "the query is invalid" in refused(capsys, "query", graph, "SELECT nonsense")
    assert "SERVICE is refused" in refused(
        capsys, "query", graph, "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"
    )
    assert "nothing in the graph is called so" in refused(capsys, "show", graph, "无此人")
    assert "missing" in refused(capsys, "build", tmp_path / "missing", "-o", tmp_path / "graph")
    assert refused(capsys, "build", tmp_path, "-o", tmp_path / "graph")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_path.chmod(0o500)
    assert "permission" in refused(capsys, "build", folder / "documents", "-o", tmp_path / "graph")


PARKS = """邵阳市召开产业大会

2022年1月5日，市长李明作报告。建成邵阳东盟科技产业园。加快建设智能终端产业园，建成韦全集团智能终端产业园。
"""


def test_review_asks_and_its_answer_is_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "parks.txt").write_text(PARKS, "utf-8")
    build = ["build", str(tmp_path / "in"), "-o", str(tmp_path / "graph"), "--quiet"]
    first = asked(capsys, *build)
    questions = asked(capsys, "review", tmp_path / "graph")
    open_lines = [line for line in questions.splitlines() if line.startswith("{")]
    assert open_lines
    assert "韦全集团智能终端产业园。” — parks [" in questions
    assert json.loads(asked(capsys, "review", tmp_path / "graph", "--format", "json"))[0]["left_quotes"]
    file = tmp_path / "decisions.jsonl"
    file.write_text(questions.replace('"?"', '"merge"').replace('"who": ""', '"who": "张三"'), "utf-8")
    second = asked(capsys, *build, "--decisions", file)
    assert first != second
    assert "张三" in asked(capsys, "query", tmp_path / "graph", "SELECT ?who { ?j a lg:Judgement ; lg:judgedBy ?who }")
    assert [line for line in asked(capsys, "review", tmp_path / "graph").splitlines() if line.startswith("{")] == []
    assert asked(capsys, *build, "--decisions", file) == second
