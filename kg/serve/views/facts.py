"""One fact: what it says and where, which rule found it in which run, what says the same, and what does not.

A fact is a node with an address of its own: a target, an outcome, another measure, a report of a stage, a statement or
an attestation of a post. Others of its kind about the same thing stand beside it, each with its quote; those that the
build found to contradict it (``lg:Contradiction``) or to answer it (``lg:Assessment``) say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg import ids
from kg.errors import EntityNotFound
from kg.serve.views import things
from kg.serve.views.reader import Reader, address
from kg.serve.views.reader import reader as open_reader

#: Classes of facts, and how ``things.told`` calls them.
KINDS = {
    "Target": "measure",
    "Outcome": "measure",
    "Measure": "measure",
    "StageReport": "stage",
    "Statement": "statement",
    "Attestation": "tenure",
}
_VALUE = ("lg:normalizedValue", "lg:normalizedUnit", "lg:comparator", "lg:value", "lg:unitText")
_SHOWN = 40  #: others of a fact; the page says how many there are
_ORDER = ("contradicts", "answers", "same", "other")


def kind_of(reader: Reader, iri: str) -> str:
    """Return what kind of fact a node is; empty when it is none."""
    return next((KINDS[name] for name in reader.classes(iri) if name in KINDS), "")


def fact(graph: Path, iri: str) -> dict[str, Any]:
    """Return a fact with its quote, rule and run, the judgements of people, and the others about the same thing.

    Raises ``EntityNotFound`` when there is no fact of this address.
    """
    reader = open_reader(graph)
    kind = kind_of(reader, iri)
    if not kind:
        raise EntityNotFound(f"{iri}: the graph has no fact of this address")
    run = reader.value(iri, "prov:wasGeneratedBy")
    found = dict(_others(reader, kind, iri))
    ordered = sorted(found, key=lambda node: (_ORDER.index(found[node]["how"]), things.order(reader, kind, node)))
    return {
        "iri": iri,
        "key": iri.removeprefix(ids.fact("")),
        "quote": reader.quote(reader.value(iri, "lg:evidence")),
        **things.told(reader, kind, iri),
        "run": {"text": ids.local(run), "href": address(run), "version": reader.value(run, "owl:versionInfo")},
        "judgements": things.judgements(reader, iri),
        "total": len(found),
        "others": [_other(reader, kind, node, found[node]) for node in ordered[:_SHOWN]],
    }


def _other(reader: Reader, kind: str, node: str, how: dict[str, Any]) -> dict[str, Any]:
    told = things.told(reader, kind, node)
    return {**told, **how, "quote": reader.quote(reader.value(node, "lg:evidence"))}


def _others(reader: Reader, kind: str, iri: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield other facts about the same thing and what they are to this one; a later word on one counts."""
    for node in _about_the_same(reader, kind, iri) - {iri}:
        yield node, {"how": "same" if _same(reader, kind, iri, node) else "other", "why": ""}
    for finding in reader.subjects("lg:assesses", iri) | reader.subjects("lg:comparedWith", iri):
        verdict = reader.value(finding, "lg:verdict")
        for name in ("lg:assesses", "lg:comparedWith"):
            for node in set(reader.values(finding, name)) - {iri}:
                yield node, {"how": "answers", "why": ids.local(verdict)}
    for finding in reader.subjects("lg:ranksHigher", iri) | reader.subjects("lg:ranksLower", iri):
        cause = ids.local(reader.value(finding, "lg:cause"))
        for name in ("lg:ranksHigher", "lg:ranksLower"):
            for node in set(reader.values(finding, name)) - {iri}:
                yield node, {"how": "contradicts", "why": cause}


def _about_the_same(reader: Reader, kind: str, iri: str) -> set[str]:
    """Return the facts of a kind that speak of what this one speaks of."""
    if kind == "measure":
        found = _told_of(reader, iri, "lg:subject") & _told_of(reader, iri, "lg:indicator")
        year = reader.value(iri, "lg:year")
        classes = set(reader.classes(iri))
        return {
            node for node in found if reader.value(node, "lg:year") == year and set(reader.classes(node)) == classes
        }
    if kind == "stage":
        return _told_of(reader, iri, "lg:project")
    if kind == "tenure":
        return {
            node for tenure in reader.subjects("lg:attestedBy", iri) for node in reader.values(tenure, "lg:attestedBy")
        }
    return _told_of(reader, iri, "rdf:subject") & _told_of(reader, iri, "rdf:predicate", among="rdf:subject")


def _told_of(reader: Reader, iri: str, predicate: str, among: str = "") -> set[str]:
    """Return what has a value of a property in common with a node; ``among`` those that share another one."""
    values = reader.values(iri, predicate)
    if among:
        return {node for node in _told_of(reader, iri, among) if set(reader.values(node, predicate)) & set(values)}
    return {node for value in values for node in reader.subjects(predicate, value)}


def _same(reader: Reader, kind: str, one: str, other: str) -> bool:
    """Tell whether two facts about the same thing say the same of it."""
    if kind == "tenure":
        return True
    names = {"measure": _VALUE[:3], "stage": ("lg:stage", "lg:aimedStage"), "statement": ("rdf:object",)}[kind]
    if kind == "measure" and not reader.value(one, _VALUE[0]):
        names = _VALUE[2:]
    return all(reader.values(one, name) == reader.values(other, name) for name in names)
