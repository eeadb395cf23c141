"""The terms of the ontology with their labels and definitions, as one page lists them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg import ids
from kg.serve.views.reader import Reader, address
from kg.serve.views.reader import reader as open_reader

_KINDS = (("Class", "class"), ("ObjectProperty", "property"), ("DatatypeProperty", "property"))
_RANGES = {"above": ("rdfs:subClassOf", "rdfs:subPropertyOf"), "domain": ("rdfs:domain",), "range": ("rdfs:range",)}
_WORDS = {"label": "rdfs:label", "definition": "skos:definition"}


def terms(graph: Path) -> list[dict[str, Any]]:
    """Return classes, then properties: short name, words in both languages, what stands above, domain and range."""
    reader = open_reader(graph)
    found = [_term(reader, iri, kind) for name, kind in _KINDS for iri in sorted(_declared(reader, name))]
    return sorted(found, key=lambda term: (term["kind"], term["name"]))


def _declared(reader: Reader, kind: str) -> Iterator[str]:
    ours = ids.expand("lg:")
    return (iri for iri in reader.subjects("rdf:type", ids.expand(f"owl:{kind}")) if iri.startswith(ours))


def _term(reader: Reader, iri: str, kind: str) -> dict[str, Any]:
    words = {
        f"{name}_{language}": reader.said(iri, predicate, language)
        for name, predicate in _WORDS.items()
        for language in ("zh-hans", "en")
    }
    others = {
        name: [_named(one) for predicate in predicates for one in reader.values(iri, predicate) if ":" in one]
        for name, predicates in _RANGES.items()
    }
    return {"iri": iri, "name": ids.local(iri).rpartition("#")[2], "kind": kind, **words, **others}


def _named(iri: str) -> dict[str, str]:
    """Return a term as a link: ours stand on the page of terms, others under their prefix."""
    prefix = next((name for name, base in sorted(ids.PREFIXES.items()) if iri.startswith(base)), "")
    short = f"{prefix}:{iri.removeprefix(ids.PREFIXES[prefix])}" if prefix else iri
    return {"text": short, "href": address(iri)}
