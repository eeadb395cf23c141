"""Single nodes read straight from the store, for pages that show one thing or document.

One look-up costs microseconds. What questions need of thousands of nodes stands in tables (``kg.store.tables``).
"""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph

from kg import ids
from kg.store.tables import offsets


@lru_cache(maxsize=1000)
def _name(prefixed: str) -> pyoxigraph.NamedNode:
    return pyoxigraph.NamedNode(ids.expand(prefixed))


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


def _value(term: object) -> str:
    return term.value if isinstance(term, pyoxigraph.NamedNode | pyoxigraph.Literal) else ""
