from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx
import pyoxigraph
import pytest

from kg.errors import GraphError, KgError
from kg.explore.export import FORMATS, export
from kg.explore.graph import entity_graph
from kg.query.facts import facts
from kg.store.folder import open_graph


def exported(graph: Path, form: str) -> bytes:
    out = io.BytesIO()
    export(graph, form, out)
    return out.getvalue()


def lines(data: bytes, form: pyoxigraph.RdfFormat) -> set[str]:
    return {str(quad) for quad in pyoxigraph.parse(data, format=form)}


@pytest.fixture(scope="module")
def quads(built: Path) -> set[str]:
    return lines(open_graph(built).quads.read_bytes(), pyoxigraph.RdfFormat.N_QUADS)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_graph_gives_the_same_bytes(built: Path, form: str) -> None:
    assert exported(built, form) == exported(built, form)


def test_nq_is_the_file_itself(built: Path) -> None:
    assert exported(built, "nq") == open_graph(built).quads.read_bytes()


@pytest.mark.parametrize(
    ("form", "syntax"), [("trig", pyoxigraph.RdfFormat.TRIG), ("jsonld", pyoxigraph.RdfFormat.JSON_LD)]
)
def test_nothing_is_lost_with_named_graphs(
    built: Path, quads: set[str], form: str, syntax: pyoxigraph.RdfFormat
) -> None:
    assert lines(exported(built, form), syntax) == quads


def test_turtle_is_the_union(built: Path) -> None:
    data = exported(built, "ttl")
    union = pyoxigraph.parse(open_graph(built).quads.read_bytes(), format=pyoxigraph.RdfFormat.N_QUADS)
    assert lines(data, pyoxigraph.RdfFormat.TURTLE) == {str(quad.triple) for quad in union}
    assert b"@prefix lg: <https://w3id.org/lgkg/ont#> ." in data
    assert b"skos:prefLabel" in data


def test_json_ld_is_short_and_carries_its_context(built: Path) -> None:
    data = json.loads(exported(built, "jsonld"))
    assert data["@context"]["prefLabel"]["@id"] == "skos:prefLabel"
    nodes = [node for graph in data["@graph"] for node in graph["@graph"]]
    people = [node for node in nodes if node.get("@type") == "Official"]
    assert "李红" in {node["prefLabel"] for node in people}
    assert all(node["@id"].startswith("id:person/") for node in people)


@pytest.mark.parametrize(("form", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)])
def test_networks_can_be_read_back(built: Path, tmp_path: Path, form: str, read: object) -> None:
    file = tmp_path / f"network.{form}"
    file.write_bytes(exported(built, form))
    found, wanted = read(file), entity_graph(built)  # type: ignore[operator]
    assert set(found) == set(wanted)
    assert found.number_of_edges() == wanted.number_of_edges()
    labels = {values["label"] for *_, values in found.edges(data=True)}
    assert "局长" in labels
    assert b"lastmodified" not in file.read_bytes()


def test_csv_has_a_row_for_each_fact(built: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(built, "csv").decode("utf-8"), newline="")))
    found = list(facts(built))
    assert len(rows) == len(found)
    for row, fact in zip(rows, found, strict=True):
        assert {name: value for name, value in row.items() if value} == {
            name: str(value) for name, value in fact.items() if value is not None and value != ""
        }


def test_an_unknown_format(built: Path) -> None:
    with pytest.raises(KgError, match="docx: no format of export; choose one of nq, "):
        exported(built, "docx")


def test_no_graph(tmp_path: Path) -> None:
    with pytest.raises(GraphError):
        exported(tmp_path, "nq")
