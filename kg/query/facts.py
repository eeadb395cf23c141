"""Facts as JSON lines, one fact with its quote and offsets a line."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.records import Extraction, Measure, Mention, Relation
from kg.resolve import homonyms
from kg.resolve.keys import entity_key
from kg.store import records
from kg.store.folder import open_graph

#: Mentions that are facts of their own; press names are credits, not facts about government.
REPORTED = frozenset(
    ("official", "agency", "enterprise", "park", "place", "industry", "scheme", "project", "policy", "event")
)

#: Kinds of relation whose attributes are told above, or serve statements only.
_OWN_SLOTS = frozenset(("holdsPost", "projectStage", "hasMember"))

#: Stages that facts tell by the wider one; the graph keeps what the text says, with ``skos:broader``.
_WIDER = {"planning": "preparatory"}

Fact = dict[str, object]


def rows(extraction: Extraction, iris: Mapping[str, str]) -> Iterator[Fact]:
    """Yield the facts of one document; ``iris`` maps entity keys to IRIs.

    Every fact has ``doc`` (file stem), ``type``, ``start`` and ``end``; a mention ``mention``,
    ``name`` and ``iri``, all others ``quote`` and the slots of their type.
    """
    doc = extraction.document.stem
    for mention in extraction.mentions:
        if mention.label in REPORTED:
            yield {"doc": doc, **_mention(mention, iris)}
    for measure in extraction.measures:
        yield {"doc": doc, **_measure(measure)}
    for relation in extraction.relations:
        yield {"doc": doc, **_relation(relation)}


def _mention(mention: Mention, iris: Mapping[str, str]) -> Fact:
    return {
        "type": mention.label,
        "start": mention.start,
        "end": mention.end,
        "mention": mention.text,
        "name": mention.name,
        "iri": iris.get(entity_key(mention), entity_key(mention)),
    }


def _measure(measure: Measure) -> Fact:
    value: object = None
    if measure.value is not None:
        value = float(measure.value) if "." in measure.value else int(measure.value)
    return {
        "type": measure.kind,
        "start": measure.start,
        "end": measure.end,
        "indicator": measure.indicator,
        "value": value,
        "unit": measure.unit,
        "comparator": measure.comparator,
        "year": measure.year,
        "scope": measure.scope,
        "modality": measure.modality,
        "quote": measure.text,
    }


def _relation(relation: Relation) -> Fact:
    fact: Fact = {
        "type": relation.kind,
        "start": relation.start,
        "end": relation.end,
        "subject": relation.subject.name,
    }
    if relation.kind == "holdsPost":
        fact |= {
            "post": relation.attribute("post"),
            "organisation": relation.attribute("organisation"),
            "acting": relation.attribute("mode") == "acting",
        }
    elif relation.kind == "projectStage":
        stage = relation.attribute("stage") or ""
        fact |= {"stage": _WIDER.get(stage, stage) or None}
    elif relation.object is not None:
        fact |= {"object": relation.object.name}
    if relation.kind not in _OWN_SLOTS:
        # The type of a project is an attribute called type, which would hide what kind of fact this is.
        fact |= {"project_type" if name == "type" else name: value for name, value in relation.attributes}
    return {**fact, "quote": relation.text}


def facts(graph: Path | str) -> Iterator[Fact]:
    """Yield every fact of a graph, document by document in the order of their paths.

    Raises ``GraphError`` when the folder is no graph.
    """
    opened = open_graph(graph)
    iris = {key: entity.iri for entity in records.entities(opened) for key in entity.keys}
    split = _split(iris)
    for extraction in records.extractions(opened):
        own = split.get(extraction.document.id)
        yield from rows(extraction, ChainMap(own, iris) if own else iris)


def _split(iris: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What keys mean in one document only, where a person split a thing by document."""
    found: dict[str, dict[str, str]] = {}
    for key, iri in iris.items():
        own = homonyms.own(key)
        if own is not None:
            found.setdefault(own[0], {})[own[1]] = iri
    return found
