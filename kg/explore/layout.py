"""Where things stand in a drawing: a networkx graph and the size of each label go in, positions come out.

Each connected part is laid out by ForceAtlas2 (Jacomy and others 2014, PLoS ONE 9(6): e98679; networkx) from a
fixed seed. Then boxes around dot and label are pushed apart until none overlap, and the parts are set
in rows like words on a page. The same graph has the same positions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx

#: Rounds of pushing boxes apart; most graphs need fewer than forty.
ROUNDS = 200
GAP = 14.0  #: free space between parts and between boxes, in units of the drawing
#: Width of the whole drawing to its height: that of a window beside the panel.
ASPECT = 1.3


@dataclass(frozen=True, slots=True)
class Box:
    """The room one thing needs: a dot with its label below."""

    radius: float
    width: float  #: of the label
    height: float  #: of the label

    @property
    def half(self) -> float:
        """Half of the width of dot and label, with half a gap."""
        return max(self.radius, self.width / 2) + GAP / 2

    @property
    def top(self) -> float:
        """How far the box reaches above the middle of the dot."""
        return self.radius + GAP / 2

    @property
    def bottom(self) -> float:
        """How far the box reaches below the middle of the dot."""
        return self.radius + self.height + GAP / 2


Point = tuple[float, float]


def positions(graph: networkx.Graph[str], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Return the middle of each dot, in whole units; no two boxes overlap."""
    parts = [sorted(part) for part in networkx.connected_components(graph)]
    parts.sort(key=lambda part: (-len(part), part))
    drawn = [_part(graph.subgraph(part), part, boxes) for part in parts]
    return {node: (float(round(x)), float(round(y))) for node, (x, y) in sorted(_rows(drawn, boxes).items())}


def _part(graph: networkx.Graph[str], nodes: Sequence[str], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Lay out one connected part around the origin."""
    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    # A fresh graph with sorted nodes: a subgraph view keeps the order of a set.
    ordered: networkx.Graph[str] = networkx.Graph()
    ordered.add_nodes_from(nodes)
    ordered.add_edges_from(sorted(tuple(sorted(edge)) for edge in graph.edges()))
    start = networkx.circular_layout(ordered)
    found = networkx.forceatlas2_layout(ordered, pos=start, max_iter=300, seed=1, scaling_ratio=4.0, gravity=0.6)
    spread = [(float(found[node][0]), float(found[node][1])) for node in nodes]
    scale = _scale(spread, sum(4 * boxes[node].half * (boxes[node].radius + boxes[node].height) for node in nodes))
    return _apart({node: (x * scale, y * scale) for node, (x, y) in zip(nodes, spread, strict=True)}, boxes)


def _scale(points: Sequence[Point], room: float) -> float:
    """Return the factor that gives the points the room that their boxes need."""
    width = max(x for x, _ in points) - min(x for x, _ in points)
    height = max(y for _, y in points) - min(y for _, y in points)
    return math.sqrt(room / max(width * height, max(width, height) ** 2 / 9, 1e-6))


def _apart(points: dict[str, Point], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Push overlapping boxes apart along the shorter way, sweeping from left to right."""
    place = {node: list(point) for node, point in points.items()}
    reach = 2 * max(boxes[node].half for node in points)
    for _ in range(ROUNDS):
        moved = False
        order = sorted(place, key=lambda node: (place[node][0], node))
        for index, first in enumerate(order):
            for second in order[index + 1 :]:
                if place[second][0] - place[first][0] > reach:
                    break
                moved |= _push(place[first], place[second], boxes[first], boxes[second])
        if not moved:
            break
    return {node: (x, y) for node, (x, y) in place.items()}


def _push(first: list[float], second: list[float], one: Box, other: Box) -> bool:
    across = one.half + other.half - abs(second[0] - first[0])
    above = second[1] >= first[1]
    down = (one.bottom + other.top if above else other.bottom + one.top) - abs(second[1] - first[1])
    if across <= 0.5 or down <= 0.5:
        return False
    axis, way = (0, across) if across < down else (1, down)
    sign = 1.0 if second[axis] >= first[axis] else -1.0
    first[axis] -= sign * way / 2
    second[axis] += sign * way / 2
    return True


def _rows(parts: Sequence[dict[str, Point]], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Set the parts in rows, largest first, so that the whole is about as wide as a window."""
    sizes = [_frame(part, boxes) for part in parts]
    area = sum((right - left + GAP) * (bottom - top + GAP) for left, top, right, bottom in sizes)
    widest = max((right - left for left, _, right, _ in sizes), default=0.0)
    limit = max(widest, math.sqrt(area * ASPECT))
    placed: dict[str, Point] = {}
    x = y = row = 0.0
    for part, (left, top, right, bottom) in zip(parts, sizes, strict=True):
        if x > 0 and x + right - left > limit:
            x, y, row = 0.0, y + row + GAP, 0.0
        placed |= {node: (px - left + x, py - top + y) for node, (px, py) in part.items()}
        x += right - left + GAP
        row = max(row, bottom - top)
    return placed


def _frame(part: Mapping[str, Point], boxes: Mapping[str, Box]) -> tuple[float, float, float, float]:
    return (
        min(x - boxes[node].half for node, (x, _) in part.items()),
        min(y - boxes[node].top for node, (_, y) in part.items()),
        max(x + boxes[node].half for node, (x, _) in part.items()),
        max(y + boxes[node].bottom for node, (_, y) in part.items()),
    )
