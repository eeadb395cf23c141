"""What ``import kg`` offers: the names, that they load late, and the graph as an object."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import networkx
import pytest
import rdflib

import kg
from kg.errors import GraphError
from kg.explore.graph import entity_graph

HEAVY = {"spacy", "rdflib", "pyoxigraph", "networkx", "pyvis", "pyshacl", "pypinyin", "click"}


def test_the_public_names_are_pinned() -> None:
    assert sorted(kg.__all__) == [
        "BuildReport",
        "Card",
        "Document",
        "Extraction",
        "Graph",
        "Issue",
        "KgError",
        "Table",
        "__version__",
        "build_graph",
        "extract_document",
        "open",
        "read_document",
    ]


@pytest.mark.parametrize("name", sorted({*kg.__all__}))
def test_every_public_name_can_be_had_and_has_words(name: str) -> None:
    value = getattr(kg, name)
    assert value.__doc__
    assert name in dir(kg)


def test_import_is_light() -> None:
    code = f"import sys, kg; print(sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_unknown_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        kg.nothing  # noqa: B018


def test_build_and_open(tmp_path: Path, built: Path) -> None:
    report = kg.build_graph([built.parent / "documents" / "hostile.txt"], tmp_path / "G", workers=1)
    graph = kg.open(tmp_path / "G")
    assert graph.digest == report.digest
    assert "1 documents" in repr(graph)
    document = kg.read_document(built.parent / "documents" / "hostile.txt")
    assert "李红" in {mention.name for mention in kg.extract_document(document).mentions}


def test_open_of_no_graph(tmp_path: Path) -> None:
    with pytest.raises(GraphError):
        kg.open(tmp_path)


def test_a_graph_can_be_asked(built: Path) -> None:
    graph = kg.open(built)
    assert "holdsPost" in {fact["type"] for fact in graph.facts()}
    assert graph.show("李红").type == "官员"
    assert graph.validate().conforms
    assert "unreadable" in {row["kind"] for row in graph.issues()}
    rows = graph.sparql("SELECT ?n WHERE { ?e a lg:Official ; skos:prefLabel ?n }")
    assert "<td>李红</td>" in rows._repr_html_()
    assert "quads" in {row["class"] for row in graph.stats()}


def test_a_graph_goes_out(built: Path, tmp_path: Path) -> None:
    graph = kg.open(built)
    assert isinstance(graph.dataset(), rdflib.Dataset)
    assert networkx.utils.graphs_equal(graph.networkx(), entity_graph(built))
    graph.export("csv", tmp_path / "facts.csv")
    assert (tmp_path / "facts.csv").read_text("utf-8").startswith("doc,type,start,end,")


def test_a_drawing_shows_itself_in_a_frame_and_goes_to_a_file(built: Path, tmp_path: Path) -> None:
    drawing = kg.open(built).network("李红", file=tmp_path / "n.html")
    assert (tmp_path / "n.html").read_text("utf-8") == drawing.html
    shown = drawing._repr_html_()
    assert shown.startswith('<iframe srcdoc="&lt;!doctype html&gt;')
    assert shown.count("<") == 2  # the frame and its end: all of the page is escaped
