"""JSON-LD: named graphs with sorted quads go in, one JSON document comes out, a node a line.

Names and values are shortened by the context of ``ontology/context.jsonld``: a property has its short name
where its values are of the kind that the context gives it, and a prefixed name elsewhere. The context itself is
copied to the top, so the file is complete without any address.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any, BinaryIO

import pyoxigraph

from kg import ids, resources

_TYPE = ids.expand("rdf:type")
_STRING = ids.expand("xsd:string")


def write(graphs: Iterable[tuple[str, Iterable[pyoxigraph.Quad]]], out: BinaryIO) -> None:
    """Write named graphs; the quads of each must be sorted by subject."""
    context = read_context()
    out.write(b'{"@context": ' + _json(context) + b',\n"@graph": [')
    for number, (name, quads) in enumerate(graphs):
        out.write(b",\n" if number else b"\n")
        out.write(b'{"@id": ' + _json(compact(name)) + b', "@graph": [')
        for index, (subject, group) in enumerate(groupby(quads, key=lambda quad: quad.subject)):
            out.write((b",\n" if index else b"\n") + _json(_node(str(subject.value), group)))
        out.write(b"\n]}")
    out.write(b"\n]}\n")


@cache
def read_context() -> dict[str, Any]:
    """Return the context that ships with the ontology."""
    text = resources.path("ontology", "context.jsonld").read_text("utf-8")
    return dict(json.loads(text)["@context"])


@dataclass(frozen=True, slots=True)
class _Terms:
    """The short names of a context: by property and kind of value, and for classes."""

    properties: Mapping[tuple[str, str], str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


@cache
def _terms() -> _Terms:
    properties: dict[tuple[str, str], str] = {}
    names: dict[str, str] = {}
    for term, meaning in read_context().items():
        if isinstance(meaning, dict):
            kind = meaning.get("@type", "")
            kind = f"@{meaning['@language']}" if "@language" in meaning else kind
            properties[meaning["@id"], kind] = term
        elif term not in ids.PREFIXES and not meaning.startswith("@"):
            names[meaning] = term
    return _Terms(properties, names)


@cache
def _prefixes() -> list[tuple[str, str]]:
    """Return namespaces with their prefixes, the longest first: ``id:`` comes before the base it begins with."""
    return sorted(((iri, prefix) for prefix, iri in ids.PREFIXES.items()), key=lambda pair: (-len(pair[0]), pair))


def compact(iri: str) -> str:
    """Return an IRI as a prefixed name where a prefix fits."""
    for namespace, prefix in _prefixes():
        if iri.startswith(namespace) and not iri.startswith("//", len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _node(subject: str, quads: Iterable[pyoxigraph.Quad]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": compact(subject)}
    for quad in quads:
        if quad.predicate.value == _TYPE and isinstance(quad.object, pyoxigraph.NamedNode):
            name = compact(quad.object.value)
            node.setdefault("@type", []).append(_terms().names.get(name, name))
            continue
        key, value = _property(compact(quad.predicate.value), quad.object)
        node.setdefault(key, []).append(value)
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in node.items()}


def _property(name: str, value: object) -> tuple[str, Any]:
    """Return the name of a property and its value, in the short form where the context says the rest."""
    terms = _terms()
    if isinstance(value, pyoxigraph.NamedNode):
        short = terms.properties.get((name, "@id"))
        return (short, compact(value.value)) if short else (name, {"@id": compact(value.value)})
    if not isinstance(value, pyoxigraph.Literal):
        raise TypeError(f"{value}: graphs hold IRIs and literals only")
    if value.language:
        short = terms.properties.get((name, f"@{value.language}"))
        return (short, value.value) if short else (name, {"@language": value.language, "@value": value.value})
    if value.datatype.value == _STRING:
        return name, value.value
    datatype = compact(value.datatype.value)
    short = terms.properties.get((name, datatype))
    return (short, value.value) if short else (name, {"@type": datatype, "@value": value.value})


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
