from __future__ import annotations

from pathlib import Path

import pytest

from kg import ids
from kg.errors import GraphError
from kg.explore.graph import entity_graph
from kg.explore.look import LOOKS

ZHUZHOU = ids.entity("place/430200")


def between(graph: Path, source: str, target: str) -> list[dict[str, object]]:
    found = entity_graph(graph)
    names = {values["label"]: node for node, values in found.nodes(data=True)}
    return list((found.get_edge_data(names[source], names[target]) or {}).values())


def test_nodes_are_things_with_their_first_quote(built: Path) -> None:
    node = entity_graph(built).nodes[ZHUZHOU]
    assert (node["label"], node["type"], node["kind"]) == ("株洲市", "place", "行政区划")
    assert "株洲" in node["aliases"].split("、")
    assert node["mentions"] > 5
    assert node["quote"]
    assert 0 <= node["start"] < node["end"]


def test_the_first_mention_is_that_of_the_earliest_document(built: Path) -> None:
    found = entity_graph(built)
    dates = [values["date"] for _, values in found.nodes(data=True) if values["label"] == "株洲市"]
    assert dates == [min(values["date"] for _, values in found.nodes(data=True) if values["date"])]


def test_every_type_has_a_look_and_press_is_left_out(built: Path) -> None:
    found = entity_graph(built)
    assert {values["type"] for _, values in found.nodes(data=True)} <= set(LOOKS)
    assert not [node for node in found if "PressContributor" in str(found.nodes[node])]
    assert {values["type"] for _, values in found.nodes(data=True)} >= {"official", "scheme", "project", "indicator"}


def test_a_post_leads_from_the_official_to_the_body(built: Path) -> None:
    (edge,) = between(built, "李红", "株洲市科学技术局")
    assert (edge["label"], edge["kind"], edge["quote"], edge["document"]) == (
        "局长",
        "post",
        "市科技局局长李红",
        "hostile",
    )


def test_a_target_leads_from_the_place_to_the_indicator(built: Path) -> None:
    labels = [edge["label"] for edge in between(built, "株洲市", "高新技术企业数")]
    assert "目标 > 1000 家 2022" in labels


def test_members_of_a_scheme_are_linked_with_their_quote(built: Path) -> None:
    members = [edge for *_, edge in entity_graph(built).edges(data=True) if edge["kind"] == "member"]
    assert members
    assert all(edge["quote"] and edge["label"] in {"成员", "属于", "包含"} for edge in members)


def test_what_is_inferred_has_no_quote(built: Path) -> None:
    inferred = [edge for *_, edge in entity_graph(built).edges(data=True) if edge["kind"] in {"area", "within"}]
    assert inferred
    assert {(edge["quote"], edge["start"]) for edge in inferred} == {("", -1)}


def test_projects_carry_their_stage(built: Path) -> None:
    stages = {v["stage"] for _, v in entity_graph(built).nodes(data=True) if v["type"] == "project" and "stage" in v}
    assert len(stages) >= 2


def test_degree_counts_different_neighbours(built: Path) -> None:
    found = entity_graph(built)
    for node, values in found.nodes(data=True):
        assert values["degree"] == len({*found.successors(node), *found.predecessors(node)})


def test_the_order_is_fixed(built: Path) -> None:
    first, second = entity_graph(built), entity_graph(built)
    assert list(first.nodes(data=True)) == list(second.nodes(data=True))
    assert list(first.edges(data=True)) == list(second.edges(data=True))
    assert list(first) == sorted(first)


def test_a_folder_that_is_no_graph(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="not a graph folder"):
        entity_graph(tmp_path)
