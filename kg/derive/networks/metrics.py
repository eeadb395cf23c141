"""Measures of a weighted graph whose nodes are the numbers 0 … n-1. A graph goes in, one value a node comes out.

The measures are written for sums in a fixed order, so that a rebuild gives the same digits everywhere; betweenness and
communities are networkx's, on whole numbers as nodes and with a seed. Sources: PageRank: Page et al. 1999; constraint:
Burt, Structural Holes, 1992, equation 2.4; communities: Blondel et al. 2008 (Louvain); betweenness: Brandes 2001.
"""

from __future__ import annotations

import networkx

#: Of the random walk of PageRank, as in its first publication.
DAMPING = 0.85
ROUNDS = 100
SEED = 0
#: Sources from which betweenness is sampled; exact up to this many nodes.
SOURCES = 200
#: Steps that betweenness may take, sources × edges: a minute or so. Larger graphs get fewer sources.
STEPS = 6_000_000
#: Most pairs of neighbours that constraint looks at, over all nodes.
PAIRS = 5_000_000


def page_rank(graph: networkx.Graph) -> list[float]:
    """Return how often a random walk along weighted edges visits each node; the sum is 1."""
    count = len(graph)
    strength = [_strength(graph, node) for node in range(count)]
    rank = [1.0 / count] * count
    for _ in range(ROUNDS):
        lost = sum(rank[node] for node in range(count) if not strength[node])
        base = (1 - DAMPING + DAMPING * lost) / count
        share = [rank[node] / strength[node] if strength[node] else 0.0 for node in range(count)]
        rank = [
            base + DAMPING * sum(share[other] * data["weight"] for other, data in graph.adj[node].items())
            for node in range(count)
        ]
    return rank


def betweenness(graph: networkx.Graph) -> list[float]:
    """Return the share of shortest paths that pass through each node, from a seeded sample of sources."""
    sources = min(len(graph), SOURCES, max(1, STEPS // max(1, graph.number_of_edges())))
    found = networkx.betweenness_centrality(graph, k=sources, seed=SEED)
    return [found[node] for node in range(len(graph))]


def cores(graph: networkx.Graph) -> list[int]:
    """Return for each node the largest k such that it lies in a part where all have k neighbours."""
    found = networkx.core_number(graph)
    return [found[node] for node in range(len(graph))]


def communities(graph: networkx.Graph) -> list[list[int]]:
    """Return groups of nodes that are denser inside than between, the largest first."""
    found = networkx.community.louvain_communities(graph, weight="weight", seed=SEED)
    return sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))


def constraint(graph: networkx.Graph) -> list[float | None]:
    """Return Burt's constraint: low for those whose neighbours know each other little; ``None`` without neighbours.

    All ``None`` for a graph with more than ``PAIRS`` pairs of neighbours: the measure is quadratic in the degree.
    """
    if sum(graph.degree(node) ** 2 for node in graph) > PAIRS:
        return [None] * len(graph)
    strength = [_strength(graph, node) for node in range(len(graph))]
    return [_constraint(graph, node, strength) if strength[node] else None for node in range(len(graph))]


def _constraint(graph: networkx.Graph, node: int, strength: list[float]) -> float:
    total = 0.0
    around = graph.adj[node]
    for other in sorted(around):
        direct = around[other]["weight"] / strength[node]
        shared = [third for third in sorted(graph.adj[other]) if third in around]
        through = sum(
            around[third]["weight"] / strength[node] * graph.adj[other][third]["weight"] / strength[third]
            for third in shared
        )
        total += (direct + through) ** 2
    return total


def _strength(graph: networkx.Graph, node: int) -> float:
    return float(sum(data["weight"] for data in graph.adj[node].values()))


def one_mode(graph: networkx.Graph, nodes: list[int], most: int = 400) -> networkx.Graph:
    """Return the graph of nodes of one side, tied by the neighbours that they share; weights add up.

    Neighbours with more than ``most`` ties say nothing of any two in particular and would tie everything with
    everything; they are passed over. Nodes are numbered anew, in the order given.
    """
    number = {node: index for index, node in enumerate(nodes)}
    shared: dict[tuple[int, int], float] = {}
    for between in range(len(graph)):
        if between in number or graph.degree(between) > most:
            continue
        around = sorted(graph.adj[between])
        for index, one in enumerate(around):
            for other in around[index + 1 :]:
                pair = (number[one], number[other])
                weight = min(graph.adj[between][one]["weight"], graph.adj[between][other]["weight"])
                shared[pair] = shared.get(pair, 0.0) + weight
    projected = networkx.Graph()
    projected.add_nodes_from(range(len(nodes)))
    projected.add_weighted_edges_from((*pair, weight) for pair, weight in sorted(shared.items()))
    return projected
