"""Networks: measures of small graphs worked out by hand, profiles, and the statements of one network."""

from __future__ import annotations

import random

import networkx
import pytest

from kg import ids
from kg.derive.networks import metrics, similar
from kg.derive.networks.network import made, statements
from kg.derive.networks.ties import Tie
from kg.records import Statement


def _graph(*edges: tuple[int, int, float]) -> networkx.Graph:
    graph = networkx.Graph()
    graph.add_nodes_from(range(1 + max(node for edge in edges for node in edge[:2])))
    graph.add_weighted_edges_from(edges)
    return graph


def test_page_rank_of_a_star() -> None:
    rank = metrics.page_rank(_graph((0, 1, 1.0), (0, 2, 1.0), (0, 3, 1.0)))
    assert sum(rank) == pytest.approx(1)
    assert rank[1] == rank[2] == rank[3]
    assert rank[0] == pytest.approx((0.15 / 4 + 0.85 * 3 * rank[1]), abs=1e-4)


def test_the_middle_of_a_star_is_least_constrained() -> None:
    found = metrics.constraint(_graph((0, 1, 1.0), (0, 2, 1.0), (0, 3, 1.0)))
    assert found[0] == pytest.approx(1 / 3)
    assert found[1] == pytest.approx(1.0)


def test_in_a_triangle_everyone_is_constrained_alike() -> None:
    found = metrics.constraint(_graph((0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0)))
    assert found == pytest.approx([1.125] * 3)  # 2 × (1/2 + 1/2 × 1/2)²
    assert found == pytest.approx(
        list(networkx.constraint(_graph((0, 1, 1), (1, 2, 1), (0, 2, 1)), nodes=[0, 1, 2]).values())
    )


def test_two_triangles_with_a_bridge_are_two_communities() -> None:
    graph = _graph((0, 1, 1), (1, 2, 1), (0, 2, 1), (3, 4, 1), (4, 5, 1), (3, 5, 1), (2, 3, 1))
    assert metrics.communities(graph) == [[0, 1, 2], [3, 4, 5]]
    assert metrics.cores(graph) == [2] * 6
    between = metrics.betweenness(graph)
    assert sorted(range(6), key=lambda node: -between[node])[:2] == [2, 3]


def test_one_mode_ties_what_shares_a_neighbour() -> None:
    graph = _graph((0, 3, 2.0), (1, 3, 1.0), (1, 4, 1.0), (2, 4, 1.0))
    assert sorted(metrics.one_mode(graph, [0, 1, 2]).edges(data="weight")) == [(0, 1, 1.0), (1, 2, 1.0)]
    assert metrics.one_mode(graph, [0, 1, 2], most=1).number_of_edges() == 0


def test_places_with_the_same_rare_industries_are_similar() -> None:
    number = {(place, industry): 1 for place in (0, 1, 2) for industry in (10, 11)}
    number |= {(0, 20): 5, (1, 20): 5, (2, 30): 5}
    found = similar.similar(similar.weights(number))
    first = next(item for item in found if item.place == 0)
    assert (first.other, first.shared[0]) == (1, 20)
    assert first.score > 0.9
    assert not [item for item in found if 2 in (item.place, item.other)]  # what all places say makes none alike


def test_a_place_of_which_little_is_known_is_like_none() -> None:
    assert similar.similar(similar.weights({(0, 10): 1, (1, 10): 1, (0, 11): 1, (1, 11): 1})) == []


def _ties() -> list[list[Tie]]:
    told = [("a", "x", 3), ("a", "y", 1), ("a", "z", 2), ("b", "x", 1), ("b", "y", 4), ("b", "z", 1), ("c", "z", 1)]
    return [
        [Tie("places-industries", f"id:{one}", f"id:{other}", one.upper(), other.upper(), number, "0" * 16, 5, 9)]
        for one, other, number in told
    ]


def _said(found: list[Statement], predicate: str) -> list[str]:
    return [item.object.value for item in found if item.predicate == ids.expand(predicate)]


def test_a_network_tells_the_run_that_made_each_node_and_a_quote() -> None:
    found = list(statements(made("places-industries", _ties())))
    made_nodes = {item.subject for item in found}
    assert {item.subject for item in found if item.predicate == ids.expand("prov:wasGeneratedBy")} == made_nodes
    assert sorted(_said(found, "lg:positionOf")) == ["id:a", "id:b", "id:c", "id:x", "id:y", "id:z"]
    assert set(_said(found, "lg:evidence")) == {ids.span("0" * 16, 5, 9)}
    assert set(_said(found, "lg:compares")) == {"id:a", "id:b"}
    assert {item.graph for item in found} == {ids.DERIVED}


def test_the_order_of_the_ties_changes_nothing() -> None:
    groups = _ties()
    random.Random(7).shuffle(groups)
    assert list(statements(made("places-industries", groups))) == list(statements(made("places-industries", _ties())))
