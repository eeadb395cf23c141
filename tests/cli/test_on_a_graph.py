"""Every command on a real graph, as a person types it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from kg.cli import commands
from kg.errors import EntityNotFound, GraphError, KgError, QueryError, ValidationError
from kg.store import folder, oxigraph
from kg.store.folder import open_graph

SELECT = "SELECT ?name WHERE { ?e a lg:Official ; skos:prefLabel ?name } ORDER BY ?name"
CONSTRUCT = "CONSTRUCT { ?e skos:prefLabel ?name } WHERE { ?e a lg:Official ; skos:prefLabel ?name }"


def run(*arguments: object, standard_input: str | None = None) -> Result:
    return CliRunner().invoke(commands, [str(item) for item in arguments], input=standard_input)


def said(*arguments: object, standard_input: str | None = None) -> str:
    result = run(*arguments, standard_input=standard_input)
    assert result.exception is None, result.output
    assert result.exit_code == 0
    return result.stdout


def test_build_prints_the_digest_alone(tmp_path: Path, built: Path) -> None:
    sources = built.parent / "documents"
    result = run("build", sources / "hostile.txt", sources / "broken.pdf", "-o", tmp_path / "G", "--workers", 1)
    assert result.exit_code == 0
    assert result.stdout == open_graph(tmp_path / "G").digest + "\n"
    assert "broken.pdf: is a damaged PDF file" in result.stderr
    assert "1 documents" in result.stderr


def test_build_of_nothing_readable(tmp_path: Path, built: Path) -> None:
    result = run("build", built.parent / "documents" / "broken.pdf", "-o", tmp_path / "G")
    assert isinstance(result.exception, KgError)
    assert "broken.pdf" in str(result.exception)


def test_facts_are_json_lines(built: Path) -> None:
    facts = [json.loads(line) for line in said("facts", built).splitlines()]
    assert {"holdsPost", "target", "hasMember", "projectStage"} <= {fact["type"] for fact in facts}
    text = (built.parent / "documents" / "hostile.txt").read_text("utf-8")
    quoted = [fact for fact in facts if fact["doc"] == "hostile"]
    assert quoted
    assert all(text[f["start"] : f["end"]] == (f.get("quote") or f["mention"]) for f in quoted)


def test_query_as_rows(built: Path) -> None:
    assert "李红" in said("query", built, SELECT)
    assert said("query", built, SELECT, "--format", "csv").splitlines()[0].strip() == "name"
    assert said("query", built, SELECT, "--format", "tsv").startswith("?name")
    names = json.loads(said("query", built, SELECT, "--format", "json"))["results"]["bindings"]
    assert "李红" in {row["name"]["value"] for row in names}
    ElementTree.fromstring(said("query", built, SELECT, "--format", "xml"))
    assert json.loads(said("query", built, "ASK { ?e a lg:Official }", "--format", "json"))["boolean"] is True


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld"])
def test_query_as_triples(built: Path, form: str) -> None:
    assert "李红" in said("query", built, CONSTRUCT, "--format", form)


def test_query_from_a_file_and_from_standard_input(built: Path, tmp_path: Path) -> None:
    file = tmp_path / "officials.rq"
    file.write_text(SELECT, "utf-8")
    assert (
        said("query", built, file) == said("query", built, "-", standard_input=SELECT) == said("query", built, SELECT)
    )


@pytest.mark.parametrize(
    ("query", "form", "reason"),
    [
        ("SELECT ?x WHERE {", "table", "the query is invalid"),
        (SELECT, "ttl", "cannot answer as ttl"),
        (CONSTRUCT, "csv", "cannot answer as csv"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "table", "SERVICE is refused"),
        ("no-such.rq", "table", "no such query file"),
    ],
)
def test_queries_that_fail(built: Path, query: str, form: str, reason: str) -> None:
    error = run("query", built, query, "--format", form).exception
    assert isinstance(error, QueryError)
    assert reason in str(error)


@pytest.mark.parametrize("form", ["nq", "ttl", "trig", "jsonld", "graphml", "gexf", "csv"])
def test_export_to_a_file_and_to_standard_output(built: Path, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"graph.{form}"
    assert said("export", built, "--format", form, "-o", file) == ""
    assert file.stat().st_size > 1000
    assert run("export", built, "--format", form).stdout_bytes == file.read_bytes()


def test_network_is_a_page(built: Path, tmp_path: Path) -> None:
    file = tmp_path / "network.html"
    result = run("network", built, "-o", file, "--around", "李红", "--depth", 2, "--limit", 20)
    assert result.exit_code == 0
    assert "open it in a browser" in result.stderr
    assert file.read_text("utf-8").startswith("<!doctype html>")


def test_a_network_that_fails_leaves_the_older_page(built: Path, tmp_path: Path) -> None:
    file = tmp_path / "network.html"
    file.write_text("older", "utf-8")
    assert isinstance(run("network", built, "-o", file, "--around", "无此人").exception, EntityNotFound)
    assert file.read_text("utf-8") == "older"
    assert isinstance(run("network", built, "-o", tmp_path / "missing" / "n.html").exception, KgError)


def test_show_tells_facts_with_quotes(built: Path) -> None:
    text = said("show", built, "李红")
    assert "株洲市科学技术局局长" in text
    assert "“市科技局局长李红” — hostile" in text
    card = json.loads(said("show", built, "市科技局", "--format", "json"))
    assert card["name"] == "株洲市科学技术局"
    assert "市科技局" in card["aliases"]
    assert json.loads(said("show", built, card["iri"], "--format", "json")) == card


def test_show_reads_a_short_name_as_documents_do(built: Path) -> None:
    """Nobody wrote 株洲市科技局; it means the body whose full name has another word."""
    card = json.loads(said("show", built, "株洲市科技局", "--format", "json"))
    assert card["name"] == "株洲市科学技术局"
    assert card == json.loads(said("show", built, "株洲科技局", "--format", "json"))


def test_coverage_counts_each_kind_by_class(built: Path) -> None:
    rows = json.loads(said("coverage", built, "--format", "json"))
    assert {row["kind"] for row in rows} == {"number", "quote", "name"}
    manifest = open_graph(built).manifest["ledger"]
    assert all(manifest[row["kind"]][row["class"]] == row["number"] for row in rows)
    for kind in ("number", "quote", "name"):
        shares = [float(row["share"]) for row in rows if row["kind"] == kind]
        assert sum(shares) == pytest.approx(1, abs=0.001)
    documents = json.loads(said("coverage", built, "--by", "document", "--format", "json"))
    assert sum(row["number"] for row in documents) == sum(row["number"] for row in rows)


def test_coverage_lists_what_is_in_no_fact_where_it_stands(built: Path) -> None:
    rows = json.loads(said("coverage", built, "--format", "json"))
    listed = json.loads(said("coverage", built, "--list", "--format", "json"))
    unlinked = sum(row["number"] for row in rows if row["class"] == "unlinked")
    assert len(listed) == unlinked > 0
    assert all(row["reason"] and row["sentence"] for row in listed)
    text = (built.parent / "documents" / "hostile.txt").read_text("utf-8")
    hostile = [row for row in listed if row["document"] == "hostile.txt"]
    assert all(text[row["start"] : row["end"]] == row["text"] for row in hostile)
    reasons = json.loads(said("coverage", built, "--by", "reason", "--format", "json"))
    assert sum(row["number"] for row in reasons) == unlinked
    everything = json.loads(said("coverage", built, "--list", "--all", "--format", "json"))
    assert len(everything) == sum(row["number"] for row in rows if row["class"] != "fact")
    only = json.loads(said("coverage", built, "--list", "--kind", "quote", "--format", "json"))
    assert {row["kind"] for row in only} <= {"quote"}


def test_coverage_of_a_graph_without_a_ledger(built: Path, tmp_path: Path) -> None:
    """A graph of an older version is told to be built again."""
    shutil.copytree(built, tmp_path / "graph", symlinks=True)
    (manifest,) = (tmp_path / "graph").rglob("manifest.json")
    kept = json.loads(manifest.read_text("utf-8"))
    del kept["ledger"]
    manifest.write_text(json.dumps(kept), "utf-8")
    error = run("coverage", tmp_path / "graph").exception
    assert isinstance(error, GraphError)
    assert "build it again" in str(error)


def test_show_of_nobody_tells_the_nearest(built: Path) -> None:
    error = run("show", built, "李红红").exception
    assert isinstance(error, EntityNotFound)
    assert "did you mean 李红" in str(error)


@pytest.mark.parametrize("name", ["", '"} DROP ALL #', "http://a b", "https://example.org/nothing", "\\"])
def test_odd_names_are_only_names(built: Path, name: str) -> None:
    assert isinstance(run("show", built, name).exception, EntityNotFound)


def test_stats_count_by_type(built: Path) -> None:
    rows = {row["class"]: row["count"] for row in json.loads(said("stats", built, "--format", "json"))}
    assert rows["SourceDocument"] == 5
    assert rows["quads"] == open_graph(built).count
    assert rows["Official"] >= 2
    assert "来源文献" in said("stats", built)


def test_issues_name_place_and_reason(built: Path) -> None:
    rows = json.loads(said("issues", built, "--format", "json"))
    assert ("documents", "unreadable", "broken.pdf") in {(row["stage"], row["kind"], row["place"]) for row in rows}
    assert all(row["message"] for row in rows)
    counts = json.loads(said("issues", built, "--count", "--format", "json"))
    assert sum(row["number"] for row in counts) == len(rows)


def test_validate_tells_that_a_graph_conforms(built: Path) -> None:
    assert "The graph conforms to the shapes: 0 violations" in said("validate", built)


def test_validate_fails_with_the_rules_that_are_broken(built: Path, tmp_path: Path) -> None:
    bare = "<https://w3id.org/lgkg/id/person/nobody> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
    bare += "<https://w3id.org/lgkg/ont#Official> <https://w3id.org/lgkg/graph/derived> .\n"
    with folder.build(tmp_path / "G") as build:
        build.add(open_graph(built).quads.read_bytes())
        build.add(bare.encode())
        build.commit(oxigraph.load)
    result = run("validate", tmp_path / "G")
    assert isinstance(result.exception, ValidationError)
    assert "violation × 1" in result.stdout
    assert "id:person/nobody" in result.stdout


@pytest.mark.parametrize(
    "command", ["facts", "query", "export", "stats", "issues", "validate", "show", "network", "coverage"]
)
def test_a_folder_that_is_no_graph(command: str, tmp_path: Path) -> None:
    more = {"query": ["ASK {}"], "show": ["李红"], "network": ["-o", tmp_path / "n.html"]}.get(command, [])
    error = run(command, tmp_path, *more).exception
    assert isinstance(error, GraphError)
    assert "not a graph folder" in str(error)
