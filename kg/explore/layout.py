"""Where things stand in a drawing: a networkx graph and the room of each thing go in, positions come out.

Things with one neighbour stand around it in a round field, sorted, so that things of one type stand together. What
remains, each with its field, is laid out by ForceAtlas2 (Jacomy and others 2014, PLoS ONE 9(6): e98679; in networkx)
from a fixed seed, and the fields are pushed apart until none overlap. The parts of a graph that is not connected
are set side by side. No label lies on another, and the same graph has the same positions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx

#: Rounds of pushing fields apart; most graphs need fewer than a hundred.
ROUNDS = 400
GAP = 14.0  #: free space between parts and between boxes, in units of the drawing
#: Width of the whole drawing to its height: that of a window beside the panel.
ASPECT = 1.3


@dataclass(frozen=True, slots=True)
class Box:
    """The room one thing needs: a dot with its label below; ``order`` sorts it among its like."""

    order: tuple[str, ...]
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
Frame = tuple[float, float, float, float]  #: left, top, right, bottom


def positions(graph: networkx.Graph[str], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Return the middle of each dot, in whole units; no two boxes overlap."""
    parts = [sorted(part) for part in networkx.connected_components(graph)]
    parts.sort(key=lambda part: (-len(part), part))
    singles = [part[0] for part in parts if len(part) == 1]
    placed = _packed([_part(graph.subgraph(part), part, boxes) for part in parts if len(part) > 1], boxes)
    width, height = extent(placed, boxes) if placed else (0.0, 0.0)
    room = sum(2 * boxes[node].half * (boxes[node].top + boxes[node].bottom) for node in singles)
    for node, (x, y) in _table(singles, boxes, max(width, math.sqrt(room * ASPECT))).items():
        placed[node] = (x, y + height + 2 * GAP)
    return {node: (float(round(x)), float(round(y))) for node, (x, y) in sorted(placed.items())}


def _part(graph: networkx.Graph[str], nodes: Sequence[str], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Lay out one connected part around any point."""
    leaves = _leaves(graph, nodes)
    fields = {node: _field(boxes[node], [boxes[leaf] for leaf in leaves.get(node, ())]) for node in nodes}
    below = {leaf for group in leaves.values() for leaf in group}
    core = [node for node in nodes if node not in below]
    radii = {node: _radius(boxes[node], [boxes[leaf] for leaf in leaves.get(node, ())], fields[node]) for node in core}
    placed = _apart(_forces(graph, core, radii), radii)
    for node, group in leaves.items():
        x, y = placed[node]
        ordered = sorted(group, key=lambda leaf: (boxes[leaf].order, leaf))
        placed |= {leaf: (x + dx, y + dy) for leaf, (dx, dy) in zip(ordered, fields[node], strict=True)}
    return placed


def _leaves(graph: networkx.Graph[str], nodes: Sequence[str]) -> dict[str, list[str]]:
    """Return the things with one neighbour, by that neighbour; of two that have only each other the first stays."""
    found: dict[str, list[str]] = {}
    for node in nodes:
        near = next(iter(graph[node]), node)
        if len(graph[node]) == 1 and (len(graph[near]) > 1 or near < node):
            found.setdefault(near, []).append(node)
    return found


def _field(middle: Box, leaves: Sequence[Box]) -> list[Point]:
    """Return a place for each leaf around the middle: the nearest of staggered slots, in the order of their angle."""
    if not leaves:
        return []
    wide, high = 2 * max(leaf.half for leaf in leaves), max(leaf.top + leaf.bottom for leaf in leaves)
    reach = math.isqrt(len(leaves)) + 3
    clear = middle.half + wide / 2, middle.bottom + high
    slots = []
    for row in range(-int(reach * max(1.0, wide / high)) - 2, int(reach * max(1.0, wide / high)) + 3):
        for column in range(-reach, reach + 1):
            x, y = (column + 0.5 * (row % 2)) * wide, row * high
            if abs(x) >= clear[0] or abs(y) >= clear[1]:
                slots.append((x * x + y * y, x, y))
    nearest = sorted(slots)[: len(leaves)]
    return sorted(((x, y) for _, x, y in nearest), key=lambda point: (math.atan2(point[1], point[0]), point))


def _radius(middle: Box, leaves: Sequence[Box], field: Sequence[Point]) -> float:
    """Return the radius of the round field that holds a thing and its leaves."""
    own = max(middle.half, middle.bottom)
    half = max((leaf.half for leaf in leaves), default=0.0)
    return max([own, *(math.hypot(x, y) + half for x, y in field)])


def _forces(graph: networkx.Graph[str], core: Sequence[str], radii: Mapping[str, float]) -> dict[str, Point]:
    """Lay out the things with several neighbours, on as much room as their fields need."""
    if len(core) == 1:
        return {core[0]: (0.0, 0.0)}
    # A fresh graph with sorted nodes: a subgraph view keeps the order of a set.
    ordered: networkx.Graph[str] = networkx.Graph()
    ordered.add_nodes_from(core)
    ordered.add_edges_from(sorted(tuple(sorted(edge)) for edge in graph.subgraph(core).edges()))
    start = networkx.circular_layout(ordered)
    found = networkx.forceatlas2_layout(ordered, pos=start, max_iter=300, seed=1, scaling_ratio=4.0, gravity=0.8)
    points = [(float(found[node][0]), float(found[node][1])) for node in core]
    room = sum(4 * radius * radius for radius in radii.values())
    width = max(x for x, _ in points) - min(x for x, _ in points)
    height = max(y for _, y in points) - min(y for _, y in points)
    scale = math.sqrt(room / max(width * height, max(width, height) ** 2 / 9, 1e-6))
    return {node: (x * scale, y * scale) for node, (x, y) in zip(core, points, strict=True)}


def _apart(points: Mapping[str, Point], radii: Mapping[str, float]) -> dict[str, Point]:
    """Push overlapping fields apart, sweeping from left to right."""
    place = {node: list(point) for node, point in points.items()}
    for _ in range(ROUNDS):
        moved = False
        order = sorted(place, key=lambda node: (place[node][0] - radii[node], node))
        for index, first in enumerate(order):
            right = place[first][0] + radii[first]
            for second in order[index + 1 :]:
                if place[second][0] - radii[second] > right:
                    break
                moved |= _push(place[first], place[second], radii[first], radii[second])
        if not moved:
            break
    return {node: (x, y) for node, (x, y) in place.items()}


def _push(first: list[float], second: list[float], one: float, other: float) -> bool:
    """Move two fields along the line between them; the smaller one moves more."""
    dx, dy = second[0] - first[0], second[1] - first[1]
    distance = math.hypot(dx, dy)
    missing = one + other - distance
    if missing <= 1.0:
        return False
    if distance < 1e-9:
        dx, dy, distance = 1.0, 0.0, 1.0
    share = other * other / (one * one + other * other)
    for place, part in ((first, -share), (second, 1 - share)):
        place[0] += dx / distance * missing * part
        place[1] += dy / distance * missing * part
    return True


def extent(points: Mapping[str, Point], boxes: Mapping[str, Box]) -> Point:
    """Return width and height of a drawing."""
    left, top, right, bottom = _frame(points, boxes)
    return right - left, bottom - top


def _packed(parts: Sequence[dict[str, Point]], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Set the parts side by side, largest first, each in the free corner that keeps the whole smallest."""
    taken: list[Frame] = []
    placed: dict[str, Point] = {}
    for part in parts:
        left, top, right, bottom = _frame(part, boxes)
        x, y = _corner(taken, right - left, bottom - top)
        taken.append((x, y, x + right - left + 2 * GAP, y + bottom - top + 2 * GAP))
        placed |= {node: (px - left + x, py - top + y) for node, (px, py) in part.items()}
    return placed


def _corner(taken: Sequence[Frame], width: float, height: float) -> Point:
    corners = [(0.0, 0.0)]
    corners += [corner for _, top, right, bottom in taken for corner in ((right, top), (right, 0.0), (0.0, bottom))]
    corners += [(left, bottom) for left, _, _, bottom in taken]
    wide, high = (max((frame[side] for frame in taken), default=0.0) for side in (2, 3))
    free = [
        (max(max(wide, x + width) / ASPECT, max(high, y + height)), y, x)
        for x, y in corners
        if not any(x < f[2] and f[0] < x + width and y < f[3] and f[1] < y + height for f in taken)
    ]
    _, y, x = min(free)
    return x, y


def _table(singles: Sequence[str], boxes: Mapping[str, Box], width: float) -> dict[str, Point]:
    """Set the things without any neighbour in rows, in their order."""
    placed: dict[str, Point] = {}
    x = y = row = 0.0
    for node in sorted(singles, key=lambda node: (boxes[node].order, node)):
        box = boxes[node]
        if x > 0 and x + 2 * box.half > width:
            x, y, row = 0.0, y + row, 0.0
        placed[node] = (x + box.half, y + box.top)
        x += 2 * box.half
        row = max(row, box.top + box.bottom)
    return placed


def _frame(part: Mapping[str, Point], boxes: Mapping[str, Box]) -> Frame:
    return (
        min(x - boxes[node].half for node, (x, _) in part.items()),
        min(y - boxes[node].top for node, (_, y) in part.items()),
        max(x + boxes[node].half for node, (x, _) in part.items()),
        max(y + boxes[node].bottom for node, (_, y) in part.items()),
    )
