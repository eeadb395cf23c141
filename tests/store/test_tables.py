"""Tables of a graph: nothing but what SPARQL finds in it, and the same bytes every time."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from kg import ids, resources
from kg.build import build
from kg.errors import GraphError
from kg.query.questions import registry
from kg.query.sparql import ask
from kg.store import tables
from kg.store.folder import GraphFolder, open_graph
from kg.store.oxigraph import open_store

_FOLDER = Path(registry.__file__).parent


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> GraphFolder:
    folder = tmp_path_factory.mktemp("tables") / "graph"
    build([resources.path("corpus", "documents")], folder, workers=1)
    return open_graph(folder)


def _sparql(graph: GraphFolder, query: str) -> list[tuple[str | None, ...]]:
    rows = ask(open_store(graph), query).table().rows
    return [tuple(None if value is None else str(value) for value in row) for row in rows]


@pytest.mark.parametrize("shape", tables.SHAPES, ids=lambda shape: shape.table)
def test_a_row_says_what_the_quads_say_of_its_node(shape: tables.Shape, graph: GraphFolder) -> None:
    of = " ".join(shape.classes)
    asked = f"SELECT DISTINCT ?x WHERE {{ VALUES ?kind {{ {of} }} ?x a ?kind }}"
    rows = open_tables(graph).execute(f"SELECT * FROM {shape.table}").fetchall()
    assert sorted((row["iri"],) for row in rows) == sorted(_sparql(graph, asked))
    for column, name in shape.columns.items():
        query = (
            f"SELECT ?x (MIN(STR(?v)) AS ?least) WHERE {{ VALUES ?kind {{ {of} }} ?x a ?kind ; {name} ?v }} GROUP BY ?x"
        )
        found = {row[0]: row[1] for row in _sparql(graph, query)} if name != "rdf:type" else {}
        for row in rows if name != "rdf:type" else ():
            assert _same(row[column], found.get(row["iri"])), (shape.table, column, row["iri"])


def open_tables(graph: GraphFolder) -> sqlite3.Connection:
    opened = sqlite3.connect(graph.folder / tables.NAME)
    opened.row_factory = sqlite3.Row
    return opened


def _same(cell: str | None, value: str | None) -> bool:
    """A concept stands in the table by its code, which its IRI ends with, or its notation."""
    if cell is None or value is None or cell == value:
        return cell == value
    return value.startswith(f"{ids.BASE}def/") and "://" not in cell


def test_the_words_of_a_span_are_those_of_the_graph(graph: GraphFolder) -> None:
    rows = {(row["span"], row["text"]) for row in open_tables(graph).execute("SELECT * FROM quote")}
    assert len(rows) > 100
    assert rows <= set(_sparql(graph, "SELECT ?span ?text WHERE { ?span nif:anchorOf ?text }"))


def test_links_and_names_are_those_of_the_graph(graph: GraphFolder) -> None:
    database = open_tables(graph)
    for name in tables.LINKS:
        if name != "rdf:type":
            rows = database.execute("SELECT subject, object FROM link WHERE predicate = ?", (name,)).fetchall()
            assert sorted(map(tuple, rows)) == sorted(_sparql(graph, f"SELECT DISTINCT ?x ?y WHERE {{ ?x {name} ?y }}"))
    rows = database.execute("SELECT iri, text FROM name WHERE preferred = 1").fetchall()
    asked = "SELECT DISTINCT ?x (STR(?name) AS ?text) WHERE { ?x skos:prefLabel ?name }"
    assert {tuple(row) for row in rows} == set(_sparql(graph, asked))


@pytest.mark.parametrize(
    ("file", "question", "columns"),
    [
        ("assessments.rq", "targets-vs-outcomes", {"finding": "assessment_iri", "year": "year"}),
        ("silences.rq", "silent-misses", {"year": "year", "silence": "kind"}),
        ("cascades.rq", "target-cascade", {}),
        ("contradictions.rq", "contradictions", {}),
        ("documents.rq", "documents", {"document": "document", "area": "area", "date": "date"}),
        ("stages.rq", "projects", {"project": "project_iri", "quote": "evidence_quote"}),
    ],
)
def test_a_question_gives_the_rows_of_its_sparql(
    file: str, question: str, columns: dict[str, str], graph: GraphFolder
) -> None:
    found = list(ask(open_store(graph), (_FOLDER / file).read_text("utf-8")).dicts())
    limit = {"limit": 0} if any(one.name == "limit" for one in registry.question(question).parameters) else {}
    rows = list(registry.answer(graph.path, question, **limit))
    said = sorted(tuple(str(row[name]) for name in columns) for row in found)
    assert said == sorted(tuple(str(row[name]) for name in columns.values()) for row in rows)


def test_a_series_gives_the_rows_of_its_sparql(graph: GraphFolder) -> None:
    indicator = ids.concept("indicator", "gdp-growth")
    query = (_FOLDER / "series.rq").read_text("utf-8")
    query = query.replace("VALUES ?indicator { UNDEF }", f"VALUES ?indicator {{ <{indicator}> }}")
    found = [
        (row["area"], row["year"], row["code"], row["value"], row["quote"], row["document"], row["start"])
        for row in ask(open_store(graph), query).dicts()
    ]
    columns = ("place", "year", "comparator", "value", "evidence_quote", "evidence_document", "evidence_start")
    rows = [
        tuple(str(row[name]) for name in columns) for row in registry.answer(graph.path, "series", indicator=indicator)
    ]
    assert rows == found
    assert rows


def test_the_same_quads_give_the_same_bytes(graph: GraphFolder, tmp_path: Path) -> None:
    tables.write(graph.quads, tmp_path)
    assert (tmp_path / tables.NAME).read_bytes() == (graph.folder / tables.NAME).read_bytes()
    assert [file.name for file in tmp_path.iterdir()] == [tables.NAME]


def test_a_graph_of_an_older_version_says_what_to_do(graph: GraphFolder, tmp_path: Path) -> None:
    older = tmp_path / "older"
    shutil.copytree(graph.path, older)
    (open_graph(older).folder / tables.NAME).unlink()
    with pytest.raises(GraphError, match="build the graph again"):
        registry.answer(older, "targets-vs-outcomes")


def test_damaged_tables_say_what_to_do(graph: GraphFolder, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(graph.path, damaged)
    (open_graph(damaged).folder / tables.NAME).write_bytes(b"SQLite format 3\x00" + bytes(5000))
    with pytest.raises(GraphError, match="damaged"):
        registry.answer(damaged, "targets-vs-outcomes")
