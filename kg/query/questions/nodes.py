"""Nodes of one document's graph as plain dicts, read straight from the store.

A comparison of two documents needs every property of some hundred nodes, most of them optional. One look-up a node
costs microseconds; the same as SPARQL with a dozen OPTIONALs takes seconds on a large graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pyoxigraph

from kg import ids

#: Predicate (prefixed) -> value; one value of each, the smallest when there are several.
Node = dict[str, str]


@lru_cache(maxsize=1000)
def _name(prefixed: str) -> pyoxigraph.NamedNode:
    return pyoxigraph.NamedNode(ids.expand(prefixed))


@lru_cache(maxsize=1000)
def _short(iri: str) -> str:
    found = [prefix for prefix, base in ids.PREFIXES.items() if iri.startswith(base)]
    prefix = max(found, key=lambda prefix: len(ids.PREFIXES[prefix]), default="")
    return f"{prefix}:{iri.removeprefix(ids.PREFIXES[prefix])}" if prefix else iri


def of_type(store: pyoxigraph.Store, kind: str, document: str) -> Iterator[tuple[str, Node]]:
    """Yield the nodes of a class in the graph of a document, sorted by IRI."""
    graph = pyoxigraph.NamedNode(document)
    subjects = [quad.subject for quad in store.quads_for_pattern(None, _name("rdf:type"), _name(kind), graph)]
    for subject in sorted(subjects, key=str):
        if isinstance(subject, pyoxigraph.NamedNode):
            yield subject.value, node(store, subject, graph)


def node(store: pyoxigraph.Store, subject: pyoxigraph.NamedNode, graph: pyoxigraph.NamedNode) -> Node:
    """Return the properties of one node."""
    found: Node = {}
    for quad in store.quads_for_pattern(subject, None, None, graph):
        value = quad.object.value if not isinstance(quad.object, pyoxigraph.Triple) else ""
        name = _short(quad.predicate.value)
        found[name] = min(value, found.get(name, value))
    return found


def named(store: pyoxigraph.Store, document: str) -> set[str]:
    """Return the IRIs of all that a document names."""
    graph = pyoxigraph.NamedNode(document)
    return {_value(quad.subject) for quad in store.quads_for_pattern(None, _name("lg:mentionedIn"), graph, graph)}


def spans(store: pyoxigraph.Store, iri: str, document: str) -> list[str]:
    """Return the IRIs of the spans that name a thing in a document, in the order of the text."""
    graph = pyoxigraph.NamedNode(document)
    found = store.quads_for_pattern(pyoxigraph.NamedNode(iri), _name("lg:evidence"), None, graph)
    return sorted((_value(quad.object) for quad in found), key=offsets)


def sentence(store: pyoxigraph.Store, span: str, document: str) -> str:
    """Return the IRI of the sentence that a span lies in."""
    graph = pyoxigraph.NamedNode(document)
    found = store.quads_for_pattern(pyoxigraph.NamedNode(span), _name("nif:sentence"), None, graph)
    return next((_value(quad.object) for quad in found), span)


def text(store: pyoxigraph.Store, span: str, document: str) -> str:
    """Return the characters of a span."""
    graph = pyoxigraph.NamedNode(document)
    found = store.quads_for_pattern(pyoxigraph.NamedNode(span), _name("nif:anchorOf"), None, graph)
    return next((_value(quad.object) for quad in found), "")


def label(store: pyoxigraph.Store, iri: str) -> str:
    """Return the Chinese name of a thing; its IRI when it has none."""
    found = store.quads_for_pattern(pyoxigraph.NamedNode(iri), _name("skos:prefLabel"), None, None)
    names = sorted(
        quad.object.value
        for quad in found
        if isinstance(quad.object, pyoxigraph.Literal) and (quad.object.language or "zh").startswith("zh")
    )
    return names[0] if names else iri


class Labels(dict[str, str]):
    """Chinese names by IRI, each looked up once."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        """Open a dictionary over a store."""
        super().__init__()
        self._store = store

    def __missing__(self, iri: str) -> str:
        """Look up a name for the first time."""
        self[iri] = found = label(self._store, iri)
        return found


def first(store: pyoxigraph.Store, iri: str, predicate: str) -> str:
    """Return one value of a thing in any graph, the smallest of several; empty when it has none."""
    found = store.quads_for_pattern(pyoxigraph.NamedNode(iri), _name(predicate), None, None)
    return min((_value(quad.object) for quad in found), default="")


def offsets(span: str) -> tuple[int, int]:
    """Return start and end of a span from its IRI: ``…#char=308,321``."""
    start, _, end = span.rpartition("char=")[2].partition(",")
    return (int(start), int(end)) if start.isdigit() and end.isdigit() else (0, 0)


def _value(term: object) -> str:
    return term.value if isinstance(term, pyoxigraph.NamedNode | pyoxigraph.Literal) else ""
