"""The networks as statements: where each thing stands in its network, communities, and similar places.

Ties of all documents go in; statements of the derived graph come out, each with the run that made it. Memory grows with
the number of things that are tied, not with the number of documents. Of the projects only those tied to several places
are taken: the rest are leaves, and say nothing of who stands between whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import networkx

from kg import ids
from kg.derive import runs
from kg.derive.networks import metrics, similar
from kg.derive.networks.ties import PROJECTIONS, Tie
from kg.derive.tables import Tables
from kg.records import Statement, Term
from kg.statements import nodes

NAME = "networks"
#: Kinds of thing on the two sides of each projection.
SIDES = {
    "people-bodies": ("person", "body"),
    "places-industries": ("place", "industry"),
    "projects-places": ("project", "place"),
}
PARAMETERS = (
    f"seed={metrics.SEED}; damping={metrics.DAMPING}; rounds={metrics.ROUNDS}; sources={metrics.SOURCES}; "
    f"steps={metrics.STEPS}; pairs={metrics.PAIRS}; nearest={similar.NEAREST}; "
    f"fewest={similar.FEWEST}; least={similar.LEAST}"
)
_SEVERAL = """SELECT * FROM ties WHERE projection <> 'projects-places' OR one IN (
  SELECT one FROM ties WHERE projection = 'projects-places' GROUP BY one HAVING count(DISTINCT other) > 1)"""
_DIGITS = 6
#: Members told of a community.
LEADING = 8


@dataclass(slots=True)
class Network:
    """One projection: its things by number, and how often two of them are tied."""

    projection: str
    things: list[str] = field(default_factory=list)  #: IRIs, those of the first side before those of the second
    names: list[str] = field(default_factory=list)
    first: int = 0  #: things of the first side
    number: dict[tuple[int, int], int] = field(default_factory=dict)
    quotes: dict[tuple[int, int], str] = field(default_factory=dict)  #: span of one tie, by pair

    def kind(self, node: int) -> str:
        """Return which side a thing is on: person, body, place, industry or project."""
        return SIDES[self.projection][node >= self.first]


def networks(tables: Tables) -> Iterator[Iterable[Statement]]:
    """Yield the statements of every network, one group a network."""
    yield [runs.say(runs.run(NAME), "lg:parameters", nodes.string(PARAMETERS))]
    found: dict[str, list[list[Tie]]] = {projection: [] for projection in PROJECTIONS}
    for group in tables.groups(Tie, _SEVERAL, ("projection", "one", "other")):
        found[group[0].projection].append(group)
    for projection in PROJECTIONS:
        network = made(projection, found.pop(projection))
        if network.number:
            yield list(statements(network))


def made(projection: str, groups: Iterable[list[Tie]]) -> Network:
    """Return the network of ties that are grouped by pair."""
    pairs = {(group[0].one, group[0].other): group for group in groups}
    names = {tie.one: tie.one_name for group in pairs.values() for tie in group[:1]}
    names |= {tie.other: tie.other_name for group in pairs.values() for tie in group[:1]}
    first, second = sorted({one for one, _ in pairs}), sorted({other for _, other in pairs})
    network = Network(projection, [*first, *second], [names[thing] for thing in (*first, *second)], len(first))
    left = {thing: index for index, thing in enumerate(first)}
    right = {thing: index + len(first) for index, thing in enumerate(second)}
    for (one, other), group in sorted(pairs.items()):
        pair = (left[one], right[other])
        best = max(group, key=lambda tie: (tie.number, tie.document))
        network.number[pair] = sum(tie.number for tie in group)
        network.quotes[pair] = ids.span(best.document, best.start, best.end)
    return network


def statements(network: Network) -> Iterator[Statement]:
    """Yield where each thing stands, the communities, and for places which are similar."""
    weight = similar.weights(network.number)
    graph = networkx.Graph()
    graph.add_nodes_from(range(len(network.things)))
    graph.add_weighted_edges_from((*pair, max(round(value, _DIGITS), 10**-_DIGITS)) for pair, value in weight.items())
    rank = metrics.page_rank(graph)
    groups = [group for group in metrics.communities(graph) if len(group) > 1]
    member = {node: _community(network, group) for group in groups for node in group}
    for group in groups:
        yield from _described(network, group, rank)
    yield from _positions(network, graph, rank, member)
    if network.projection == "places-industries":
        for found in similar.similar(weight):
            yield from _similarity(network, found)


def _community(network: Network, group: list[int]) -> str:
    return ids.network("community", network.projection, *(network.things[node] for node in group))


def _described(network: Network, group: list[int], rank: list[float]) -> Iterator[Statement]:
    node = _community(network, group)
    yield from runs.derived(node, "lg:Community", NAME, ())
    first = sorted(group, key=lambda one: (-round(rank[one], 9), one))
    label = "、".join(network.names[one] for one in first[:4])
    yield runs.say(node, "rdfs:label", nodes.chinese(f"{label}{'等' if len(group) > 4 else ''}"))
    yield runs.say(node, "lg:projection", nodes.string(network.projection))
    yield runs.say(node, "lg:communitySize", nodes.integer(len(group)))
    for one in first[:LEADING]:
        yield runs.say(node, "lg:leadingMember", nodes.iri(network.things[one]))


def _positions(
    network: Network, graph: networkx.Graph, rank: list[float], member: dict[int, str]
) -> Iterator[Statement]:
    between, core, held = metrics.betweenness(graph), metrics.cores(graph), _constraints(network, graph)
    for node, thing in enumerate(network.things):
        position = ids.network("position", network.projection, network.kind(node), thing)
        yield from runs.derived(position, "lg:NetworkPosition", NAME, ())
        values: list[tuple[str, Term]] = [
            ("lg:positionOf", nodes.iri(thing)),
            ("lg:projection", nodes.string(network.projection)),
            ("lg:nodeKind", nodes.string(network.kind(node))),
            ("lg:degree", nodes.integer(graph.degree(node))),
            ("lg:pageRank", _decimal(rank[node])),
            ("lg:betweenness", _decimal(between[node])),
            ("lg:coreNumber", nodes.integer(core[node])),
            ("lg:evidence", nodes.iri(_strongest(network, graph, node))),
        ]
        if held[node] is not None:
            values.append(("lg:constraint", _decimal(held[node] or 0.0)))
        if node in member:
            values.append(("lg:inCommunity", nodes.iri(member[node])))
        for predicate, value in values:
            yield runs.say(position, predicate, value)


def _constraints(network: Network, graph: networkx.Graph) -> list[float | None]:
    """The constraint of each thing among those of its own side, which neighbours of the other side tie."""
    sides = (list(range(network.first)), list(range(network.first, len(network.things))))
    return [value for side in sides for value in metrics.constraint(metrics.one_mode(graph, side))]


def _strongest(network: Network, graph: networkx.Graph, node: int) -> str:
    """The span of a thing's strongest tie."""
    around = sorted(graph.adj[node], key=lambda other: (-graph.adj[node][other]["weight"], other))
    return network.quotes[min(node, around[0]), max(node, around[0])]


def _similarity(network: Network, found: similar.Similar) -> Iterator[Statement]:
    place, other = network.things[found.place], network.things[found.other]
    node = ids.network("similarity", network.projection, place, other)
    yield from runs.derived(node, "lg:Similarity", NAME, ())
    yield runs.say(node, "lg:compares", nodes.iri(place))
    yield runs.say(node, "lg:similarTo", nodes.iri(other))
    yield runs.say(node, "lg:score", _decimal(found.score))
    for industry in found.shared:
        yield runs.say(node, "lg:sharedIndustry", nodes.iri(network.things[industry]))
    strongest = found.shared[0]
    yield runs.say(node, "lg:evidence", nodes.iri(network.quotes[found.place, strongest]))
    yield runs.say(node, "lg:counterEvidence", nodes.iri(network.quotes[found.other, strongest]))


def _decimal(value: float) -> Term:
    return nodes.decimal(f"{value:.{_DIGITS}f}")
