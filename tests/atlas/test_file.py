"""The network that a build keeps says the same as the store."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.atlas import Atlas, open_atlas, write
from kg.atlas.file import NAME, TYPE_NAMES
from kg.atlas.scan import KINDS
from kg.errors import GraphError
from kg.explore.graph import entity_graph
from kg.store.folder import GraphFolder, open_graph


@pytest.fixture(scope="module")
def graph(built: Path) -> GraphFolder:
    return open_graph(built)


@pytest.fixture(scope="module")
def atlas(graph: GraphFolder) -> Atlas:
    return open_atlas(graph)


def test_things_are_those_of_the_store(graph: GraphFolder, atlas: Atlas) -> None:
    found = entity_graph(graph.path)
    assert [iri for iri, _ in atlas.things(range(len(atlas)))] == list(found)
    for number, (_, values) in enumerate(found.nodes(data=True)):
        label = atlas.things([number])[0][1]
        assert (label, TYPE_NAMES[atlas.column("type")[number]]) == (values["label"], values["type"])
        assert atlas.column("degree")[number] == values["degree"]
        assert atlas.column("mentions")[number] == values["mentions"]
        assert atlas.words([atlas.column("stage")[number]]) == [values.get("stage", "")]


def test_ties_are_those_of_the_store(graph: GraphFolder, atlas: Atlas) -> None:
    found = entity_graph(graph.path)
    iris = [iri for iri, _ in atlas.things(range(len(atlas)))]
    columns = (atlas.column(name).tolist() for name in ("source", "target", "kind"))
    ties = {(iris[source], iris[target], KINDS[kind]) for source, target, kind in zip(*columns, strict=True)}
    assert ties == {(source, target, values["kind"]) for source, target, values in found.edges(data=True)}


def test_neighbours_go_both_ways(atlas: Atlas) -> None:
    for number in range(len(atlas)):
        assert all(number in atlas.neighbours(int(other)) for other in atlas.neighbours(number))
        assert len(atlas.neighbours(number)) == atlas.column("degree")[number]


def test_years_are_those_of_documents(graph: GraphFolder, atlas: Atlas) -> None:
    (zhuzhou,) = atlas.numbers(["https://w3id.org/lgkg/id/place/430200"])
    assert 2021 <= atlas.column("first")[zhuzhou] <= atlas.column("last")[zhuzhou] <= 2022


def test_the_same_graph_gives_the_same_bytes(graph: GraphFolder, tmp_path: Path) -> None:
    write(graph.quads, graph.store, tmp_path)
    assert (tmp_path / NAME).read_bytes() == (graph.folder / NAME).read_bytes()


def test_names_are_found_whatever_they_hold(atlas: Atlas) -> None:
    found = atlas.named("株洲", 5)
    assert atlas.things(found[:1])[0][1] == "株洲市"
    assert len(atlas.named("%", 5)) < len(atlas)
    assert atlas.named("没有这样的名称", 5) == []


def test_columns_are_numbers(atlas: Atlas) -> None:
    assert np.isfinite(atlas.column("x")).all()


def test_a_graph_of_an_older_version(graph: GraphFolder, tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="build the graph again"):
        open_atlas(GraphFolder(tmp_path, tmp_path, {}))
