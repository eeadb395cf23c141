"""A part of the network of a graph, chosen to be drawn: names and filters go in, plain JSON values come out.

It starts from something: the things asked for and those around them, else the most connected of each type. Of more
than fit, the nearest and most connected are chosen, and the numbers of all are told. Positions are those of the
build, so a thing stands in the same place in every view, or those of the view alone; both are the same each time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import networkx
import numpy as np
import numpy.typing as npt

from kg import ontology
from kg.atlas import Atlas
from kg.atlas.file import TYPE_NAMES
from kg.atlas.layout import layout
from kg.atlas.scan import KINDS
from kg.errors import EntityNotFound
from kg.explore.look import LOOKS

Numbers: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]

#: Most things of one view, and of a start that names nothing.
MOST, START = 200_000, 40
#: Views of so many things are laid out for themselves: on the map of 100,000 they would be a few dots far apart.
OWN = 1500
PATHS = 8  #: that are drawn of all shortest ones
_FAR = 1 << 30


@dataclass(frozen=True, slots=True)
class Filters:
    """What a view is narrowed to; empty means all."""

    types: tuple[str, ...] = ()
    place: str = ""  #: IRI of a place: what is in it or below
    industry: str = ""  #: IRI of an industry: what is tied to it
    stage: str = ""
    first: int = 0  #: years in which a thing is named
    last: int = 0


def view(
    atlas: Atlas,
    focus: Sequence[str] = (),
    *,
    depth: int = 1,
    limit: int = START,
    filters: Filters | None = None,
    keep: Iterable[int] = (),
) -> dict[str, Any]:
    """Return the things around those in focus, at most ``limit`` and those of ``keep``, with the ties between them.

    Raises ``EntityNotFound`` when a thing in focus is not in the graph.
    """
    centres = _numbers(atlas, focus)
    allowed = _allowed(atlas, filters or Filters())
    allowed[centres] = True
    distance = _distances(atlas, centres, depth, allowed) if centres else np.where(allowed, 0, _FAR)
    candidates = np.flatnonzero(distance <= depth)
    chosen = _chosen(atlas, candidates, distance, min(limit, MOST))
    kept = np.fromiter((number for number in keep if 0 <= number < len(atlas)), np.int64)
    shown = np.union1d(chosen, kept)
    return drawn(atlas, shown) | {
        "focus": [int(number) for number in centres],
        "chosen": chosen.tolist(),
        "candidates": len(candidates),
        "all": len(atlas),
    }


def paths(atlas: Atlas, source: str, target: str) -> dict[str, Any]:
    """Return the shortest paths between two things, those through the least connected things first."""
    one, other = _numbers(atlas, (source, target))
    everywhere = np.ones(len(atlas), np.bool_)
    near = _distances(atlas, [one], _FAR - 1, everywhere, until=other)
    length = int(near[other])
    if length >= _FAR:
        return drawn(atlas, np.array([one, other])) | {"paths": [], "all": len(atlas), "more": False}
    far = _distances(atlas, [other], length, near <= length, until=one)
    between = np.flatnonzero((near < _FAR) & (far < _FAR) & (near + far == length))
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(between.tolist())
    inside = set(graph)
    graph.add_edges_from((a, int(b)) for a in inside for b in atlas.neighbours(a) if int(b) in inside)
    degree = atlas.column("degree")
    for a, b, values in graph.edges(data=True):
        # As many edges on each shortest path, so the weights only order them: through what has few ties comes first.
        values["weight"] = 1 + 1e-4 * (math.log1p(degree[a]) + math.log1p(degree[b]))
    found: list[list[int]] = []
    for path in networkx.shortest_simple_paths(graph, one, other, "weight") if one != other else [[one]]:
        if len(path) - 1 > length or len(found) > PATHS:
            break
        found.append([int(number) for number in path])
    shown = np.unique([number for path in found[:PATHS] for number in path])
    return drawn(atlas, shown) | {"paths": found[:PATHS], "more": len(found) > PATHS, "all": len(atlas)}


def drawn(atlas: Atlas, numbers: Numbers) -> dict[str, Any]:
    """Return things, sorted by number, and all ties between them, as columns."""
    things = atlas.things(numbers)
    areas, place = np.unique(atlas.column("area")[numbers], return_inverse=True)
    stages, stage = np.unique(atlas.column("stage")[numbers], return_inverse=True)
    columns = {
        name: atlas.column(name)[numbers].tolist()
        for name in ("type", "degree", "mentions", "first", "last", "community")
    }
    nodes = columns | {
        "id": numbers.tolist(),
        "iri": [iri for iri, _ in things],
        "label": [label for _, label in things],
        "x": [round(value, 1) for value in atlas.column("x")[numbers].tolist()],
        "y": [round(value, 1) for value in atlas.column("y")[numbers].tolist()],
        "area": place.tolist(),
        "stage": stage.tolist(),
    }
    names = [label for _, label in atlas.things(areas[areas >= 0])]
    return {
        "nodes": nodes,
        "edges": _edges(atlas, numbers),
        "areas": ([""] if len(areas) and areas[0] < 0 else []) + names,
        "stages": atlas.words(stages),
        "types": list(TYPE_NAMES),
        "kinds": list(KINDS),
    }


def _edges(atlas: Atlas, numbers: Numbers) -> dict[str, Any]:
    inside = np.zeros(len(atlas), np.bool_)
    inside[numbers] = True
    chosen = np.flatnonzero(inside[atlas.column("source")] & inside[atlas.column("target")])
    labels, label = np.unique(atlas.column("label")[chosen], return_inverse=True)
    names = {"source": "source", "target": "target", "kind": "kind", "number": "number"}
    names |= {"first": "tie_first", "last": "tie_last"}
    columns = {name: atlas.column(column)[chosen].tolist() for name, column in names.items()}
    return columns | {"label": label.tolist(), "labels": atlas.words(labels)}


def spread(view: dict[str, Any]) -> dict[str, Any]:
    """Return a view laid out for itself: more room for few things, but other places than in the whole network."""
    nodes, edges = view["nodes"], view["edges"]
    rank = {number: place for place, number in enumerate(nodes["id"])}
    pairs = {(min(pair), max(pair)) for pair in zip(edges["source"], edges["target"], strict=True)}
    ties = np.array(sorted((rank[one], rank[other]) for one, other in pairs), np.int64).reshape(-1, 2)
    radius = 1.6 + 0.5 * np.sqrt(np.bincount(ties.ravel(), minlength=len(rank)))
    made = layout(ties[:, 0], ties[:, 1], np.ones(len(ties)), radius)
    places = {name: [round(value, 2) for value in values.tolist()] for name, values in (("x", made.x), ("y", made.y))}
    return view | {"nodes": nodes | places}


def described(atlas: Atlas, numbers: Iterable[int]) -> list[dict[str, Any]]:
    """Return things as suggestions of a search show them."""
    found = [int(number) for number in numbers]
    types, areas = atlas.column("type"), atlas.column("area")
    names = atlas.things(found)
    places = ["" if areas[number] < 0 else atlas.things([areas[number]])[0][1] for number in found]
    return [
        {"id": number, "iri": iri, "label": label, "type": TYPE_NAMES[types[number]], "area": place}
        for number, (iri, label), place in zip(found, names, places, strict=True)
    ]


def looks() -> list[dict[str, Any]]:
    """Return how types are drawn, in the order of the legend."""
    return [
        {"id": name, "name": look.name, "sign": look.sign, "color": look.color, "ink": look.ink, "night": look.night}
        for name, look in LOOKS.items()
    ]


def stages() -> list[str]:
    """Return the names of stages of projects."""
    labels = ontology.labels()
    return sorted({labels[iri] for iri in ontology.codes("stage").values() if iri in labels})


# --- choosing -----------------------------------------------------------------------------------


def _numbers(atlas: Atlas, iris: Sequence[str]) -> list[int]:
    found = []
    for iri in iris:
        number = atlas.numbers([iri])
        if not number:
            raise EntityNotFound(f"{iri}: the network has no such thing; search for its name")
        found += number
    return found


def _allowed(atlas: Atlas, filters: Filters) -> Mask:
    """Return which things pass the filters."""
    allowed = np.ones(len(atlas), np.bool_)
    if filters.types:
        wanted = [number for number, name in enumerate(TYPE_NAMES) if name in filters.types]
        allowed &= np.isin(atlas.column("type"), wanted)
    if filters.place:
        allowed &= np.isin(atlas.column("area"), _below(atlas, _numbers(atlas, [filters.place])[0]))
    if filters.industry:
        (industry,) = _numbers(atlas, [filters.industry])
        tied = np.zeros(len(atlas), np.bool_)
        tied[atlas.neighbours(industry)] = True
        tied[industry] = True
        allowed &= tied
    if filters.stage:
        stages = np.unique(atlas.column("stage"))
        words = dict(zip(atlas.words(stages), stages, strict=True))
        allowed &= atlas.column("stage") == words.get(filters.stage, -1)
    if filters.first or filters.last:
        first, last = atlas.column("first"), atlas.column("last")
        allowed &= (last >= filters.first) & (first <= (filters.last or _FAR)) & (first > 0)
    return allowed


def _below(atlas: Atlas, place: int) -> list[int]:
    """Return a place and all places in it."""
    lower: dict[int, list[int]] = {}
    for inner, outer in zip(atlas.column("place").tolist(), atlas.column("wider").tolist(), strict=True):
        lower.setdefault(outer, []).append(inner)
    found = [place]
    for one in found:
        found += [inner for inner in lower.get(one, ()) if inner not in found]
    return found


def _distances(atlas: Atlas, centres: Sequence[int], depth: int, allowed: Mask, *, until: int | None = None) -> Numbers:
    """Return how many steps each thing is away, over things that are allowed; ``_FAR`` for those out of reach."""
    starts, neighbours = atlas.column("starts"), atlas.column("neighbours")
    distance = np.full(len(atlas), _FAR, np.int64)
    edge = np.array(sorted(set(centres)), np.int64)
    distance[edge] = 0
    steps = 0
    while len(edge) and steps < depth and (until is None or distance[until] >= _FAR):
        steps += 1
        sizes = starts[edge + 1] - starts[edge]
        offsets = np.repeat(starts[edge] - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())
        reached = np.unique(neighbours[offsets])
        edge = reached[(distance[reached] >= _FAR) & allowed[reached]].astype(np.int64)
        distance[edge] = steps
    return distance


def _chosen(atlas: Atlas, candidates: Numbers, distance: Numbers, limit: int) -> Numbers:
    """Return the nearest candidates, of equally near ones the most connected of each type in turn."""
    if len(candidates) <= limit:
        return candidates
    found: list[Numbers] = []
    left = limit
    for step in np.unique(distance[candidates]):
        near = candidates[distance[candidates] == step]
        found.append(near if len(near) <= left else _in_turn(atlas, near, left))
        left -= len(found[-1])
        if left <= 0:
            break
    return np.sort(np.concatenate(found))


#: Indicators get half the turns of others: there are thousands, and each is tied to every place it is told of.
_TURNS: Mapping[str, float] = {"indicator": 0.5}


def _in_turn(atlas: Atlas, numbers: Numbers, count: int) -> Numbers:
    """Return so many things: turns go by the root of the number of each type, in a type to the most connected."""
    degree, types = atlas.column("degree")[numbers], atlas.column("type")[numbers]
    turn = np.empty(len(numbers), np.float64)
    for kind in np.unique(types):
        mine = np.flatnonzero(types == kind)
        rank = np.empty(len(mine), np.float64)
        rank[np.lexsort((numbers[mine], -degree[mine]))] = np.arange(len(mine)) + 0.5
        turn[mine] = rank / (_TURNS.get(TYPE_NAMES[kind], 1.0) * math.sqrt(len(mine)))
    turn[degree == 0] += len(numbers)  # what nothing ties to others comes last
    return numbers[np.lexsort((numbers, types, turn))[:count]]
