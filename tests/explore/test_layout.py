from __future__ import annotations

import random
from itertools import combinations

import networkx
import pytest

from kg.explore.layout import Box, Point, extent, positions


def boxes(graph: networkx.Graph[str]) -> dict[str, Box]:
    return {
        node: Box((node,), 9.0 + len(graph[node]), 40.0 + 10 * (number % 9), 15.0)
        for number, node in enumerate(sorted(graph))
    }


def overlap(first: Box, one: Point, second: Box, other: Point) -> bool:
    """Whether dots or labels of two things overlap, without the gap around them."""
    left = abs(one[0] - other[0]) < max(first.radius, first.width / 2) + max(second.radius, second.width / 2) - 2
    upper, lower = sorted([(one[1], first), (other[1], second)], key=lambda item: item[0])
    return left and lower[0] - upper[0] < upper[1].radius + upper[1].height + lower[1].radius - 2


def clashes(graph: networkx.Graph[str]) -> int:
    room = boxes(graph)
    placed = positions(graph, room)
    return sum(overlap(room[a], placed[a], room[b], placed[b]) for a, b in combinations(placed, 2))


def named(graph: networkx.Graph[int]) -> networkx.Graph[str]:
    return networkx.relabel_nodes(graph, {node: f"n{node:03d}" for node in graph})


GRAPHS = {
    "star": named(networkx.star_graph(120)),
    "tree": named(networkx.balanced_tree(3, 4)),
    "ring": named(networkx.cycle_graph(40)),
    "pair": named(networkx.path_graph(2)),
    "alone": named(networkx.empty_graph(90)),
    "mixed": named(networkx.disjoint_union(networkx.gnm_random_graph(90, 110, seed=3), networkx.star_graph(30))),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_no_two_things_overlap(name: str) -> None:
    graph = GRAPHS[name]
    assert clashes(graph) == 0


@pytest.mark.parametrize("name", GRAPHS)
def test_positions_do_not_depend_on_the_order_of_nodes(name: str) -> None:
    graph = GRAPHS[name]
    room = boxes(graph)
    nodes, edges = sorted(graph), sorted(graph.edges())
    random.Random(1).shuffle(nodes)
    random.Random(2).shuffle(edges)
    other: networkx.Graph[str] = networkx.Graph()
    other.add_nodes_from(nodes)
    other.add_edges_from(edges)
    assert positions(graph, room) == positions(other, room)


def test_leaves_stand_around_their_neighbour_sorted() -> None:
    graph = GRAPHS["star"]
    placed = positions(graph, boxes(graph))
    middle = placed["n000"]
    leaves = [point for node, point in placed.items() if node != "n000"]
    assert abs(sum(x for x, _ in leaves) / len(leaves) - middle[0]) < 60
    assert abs(sum(y for _, y in leaves) / len(leaves) - middle[1]) < 60


def test_a_drawing_is_about_as_wide_as_a_window() -> None:
    graph = GRAPHS["alone"]
    width, height = extent(positions(graph, boxes(graph)), boxes(graph))
    assert 0.8 < width / height < 2.2


def test_nothing_to_draw() -> None:
    assert positions(networkx.Graph(), {}) == {}
