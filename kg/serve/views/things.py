"""What a thing is, and what documents say of it: its head, then facts and mentions, a part at a time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg import ids
from kg.errors import EntityNotFound
from kg.explore.look import LOOKS
from kg.serve.views.reader import Reader, address, class_labels
from kg.serve.views.reader import reader as open_reader
from kg.store.tables import offsets

#: Property of a fact -> the kind of fact that then tells of the thing.
_FACTS = {
    "lg:subject": "measure",
    "lg:attributedTo": "measure",
    "lg:indicator": "measure",
    "lg:project": "stage",
    "rdf:subject": "statement",
    "rdf:object": "statement",
    "org:member": "tenure",
    "org:organization": "tenure",
    "lg:post": "tenure",
}
_WRITTEN = ("lg:modalityText", "lg:comparatorText")
_MEASURES = {"Target": "target", "Outcome": "outcome"}
#: Properties that the head of a page shows otherwise, or that tell how the graph was made.
_TOLD = frozenset(
    ids.expand(name)
    for name in ("skos:prefLabel", "skos:altLabel", "rdf:type", "lg:evidence", "lg:mentionedIn", "prov:wasGeneratedBy")
)
_MANY = 200
_FEW = 12
_DIGITS = 16  #: of the step of a document in the IRI of a fact


def head(graph: Path, iri: str) -> dict[str, Any]:
    """Return name, type, other names, areas and namesakes of a thing, or where it went when it became part of another.

    Raises ``EntityNotFound`` when there is none.
    """
    reader = open_reader(graph)
    classes = reader.classes(iri)
    successor = "" if classes else reader.value(iri, "dcterms:isReplacedBy")
    if successor:  # a person said that the two are one
        return {"successor": address(successor)}
    if not classes and not reader.value(iri, "skos:prefLabel"):
        raise EntityNotFound(f"{iri}: nothing in the graph has this address")
    look = reader.look(iri)
    name = reader.label(iri)
    return {
        "iri": iri,
        "name": name,
        "english": reader.english(iri),
        "look": look,
        "classes": [kind for kind in classes if kind != "Concept"],
        "kinds": [_kind(kind) for kind in classes if kind != "Concept"] or list(filter(None, [_look(look)])),
        "aliases": sorted(set(reader.values(iri, "skos:altLabel")) - {name}),
        "areas": [reader.link(area) for area in _areas(reader, iri)],
        "others": [_other(reader, other) for other in sorted(reader.called(name) - {iri})[:_FEW]] if look else [],
        "judgements": judgements(reader, iri),
        "mentioned": len(reader.values(iri, "lg:mentionedIn")),
    }


def judgements(reader: Reader, iri: str) -> list[dict[str, str]]:
    """Return what people decided about a thing or a fact: action, who, when and why."""
    names = {"action": "lg:judgement", "who": "lg:judgedBy", "when": "lg:judgedOn", "why": "lg:judgementReason"}
    found = [node for node in reader.values(iri, "prov:wasInfluencedBy") if "Judgement" in reader.classes(node)]
    return [{key: reader.value(node, name) for key, name in names.items()} for node in found]


def _kind(name: str) -> list[str]:
    iri = ids.expand(f"lg:{name}")
    return [class_labels("zh-hans").get(iri, name), class_labels("en").get(iri, name)]


def _look(look: str) -> list[str]:
    """Return the words for a concept that has no class of its own: an industry."""
    return [LOOKS[look].name, look] if look in LOOKS else []


def _areas(reader: Reader, iri: str) -> list[str]:
    found = reader.values(iri, "lg:area") + reader.values(iri, "lg:within")
    return list(dict.fromkeys(found))[:_FEW]


def _other(reader: Reader, iri: str) -> dict[str, Any]:
    areas = "、".join(reader.label(area) for area in _areas(reader, iri))
    return {**reader.link(iri), "areas": areas, "look": reader.look(iri)}


def facts(graph: Path, iri: str, offset: int = 0, limit: int = 30) -> dict[str, Any]:
    """Return a part of the facts about a thing, newest document first, each with its quote."""
    reader = open_reader(graph)
    found = sorted(_facts(reader, iri), key=lambda item: order(reader, *item))
    shown = [_fact(reader, kind, node) for kind, node in found[offset : offset + limit]]
    return {"total": len(found), "offset": offset, "facts": shown}


def _facts(reader: Reader, iri: str) -> Iterator[tuple[str, str]]:
    seen = set()
    for predicate, kind in _FACTS.items():
        for node in reader.subjects(predicate, iri):
            told = reader.values(node, "lg:attestedBy") if kind == "tenure" else [node]
            for item in told:
                if item not in seen:
                    seen.add(item)
                    yield ("tenure" if kind == "tenure" else kind), item


def order(reader: Reader, kind: str, node: str) -> tuple[object, ...]:
    """Return what facts are sorted by: newest first; IRIs of facts name their document and place."""
    step = node.split("/")[-2]
    document = ids.document(step) if len(step) == _DIGITS else reader.value(node, "lg:statedIn")
    date = _date(reader, document)
    return tuple(-ord(letter) for letter in date.ljust(10)), kind, document, _start(node)


@lru_cache(maxsize=4096)
def _date(reader: Reader, document: str) -> str:
    return reader.value(document, "dcterms:issued") if document else ""


def _start(node: str) -> int:
    start = ids.local(node).partition("-")[0]
    return int(start) if start.isdigit() else 0


def told(reader: Reader, kind: str, node: str) -> dict[str, Any]:
    """Return a fact in words: who, says what, when; ``kind`` is measure, stage, statement or tenure."""
    make = {"measure": _measure, "stage": _stage, "statement": _statement, "tenure": _tenure}[kind]
    return {**make(reader, node), "rule": reader.value(node, "lg:rule"), "check": address(node)}


def _fact(reader: Reader, kind: str, node: str) -> dict[str, Any]:
    return {**told(reader, kind, node), "quote": reader.quote(reader.value(node, "lg:evidence"))}


def _measure(reader: Reader, node: str) -> dict[str, Any]:
    kinds = set(reader.classes(node))
    value = reader.value(node, "lg:value")
    code = reader.value(reader.value(node, "lg:comparator"), "skos:notation")
    attributed = reader.value(node, "lg:attributedTo")
    return {
        "kind": next((word for name, word in _MEASURES.items() if name in kinds), "measure"),
        "who": [reader.link(one) for one in reader.values(node, "lg:subject")],
        "says": [reader.link(one) for one in reader.values(node, "lg:indicator")],
        "words": [part for part in (code, value, reader.value(node, "lg:unitText")) if part],
        "written": " ".join(filter(None, (reader.value(node, name) for name in _WRITTEN))),
        "when": reader.value(node, "lg:year"),
        "by": [reader.link(attributed)] if attributed else [],
    }


def _stage(reader: Reader, node: str) -> dict[str, Any]:
    stage = reader.value(node, "lg:stage")
    return {
        "kind": "stage",
        "who": [reader.link(one) for one in reader.values(node, "lg:project")],
        "says": [{"text": reader.label(stage), "href": ""}] if stage else [],
        "words": [reader.value(node, "lg:stageText")],
        "when": reader.value(node, "lg:year") or reader.value(reader.value(node, "lg:statedIn"), "dcterms:issued"),
        "by": [],
    }


def _statement(reader: Reader, node: str) -> dict[str, Any]:
    predicate = reader.value(node, "rdf:predicate")
    quads = reader.values(node, "rdf:object")
    told = [reader.link(one) if one.startswith(ids.BASE) else {"text": one, "href": ""} for one in quads]
    return {
        "kind": "statement",
        "who": [reader.link(one) for one in reader.values(node, "rdf:subject")],
        "says": told,
        "words": [],
        "predicate": [
            class_labels(language).get(predicate, ids.local(predicate).rpartition("#")[2])
            for language in ("zh-hans", "en")
        ],
        "when": reader.value(reader.value(node, "lg:statedIn"), "dcterms:issued"),
        "by": [],
    }


def _tenure(reader: Reader, node: str) -> dict[str, Any]:
    tenures = sorted(reader.subjects("lg:attestedBy", node))
    tenure = tenures[0] if tenures else ""
    mode = reader.value(tenure, "lg:tenureMode")
    return {
        "kind": "tenure",
        "who": [reader.link(one) for one in reader.values(tenure, "org:member")],
        "says": [reader.link(one) for one in reader.values(tenure, "lg:post")],
        "words": [reader.label(mode)] if mode else [],
        "when": reader.value(node, "lg:attestedOn"),
        "by": [],
    }


def mentions(graph: Path, iri: str, offset: int = 0, limit: int = 20) -> dict[str, Any]:
    """Return a part of the places where a thing is named, in the order of documents and text, newest first."""
    reader = open_reader(graph)
    spans = sorted(reader.values(iri, "lg:evidence"), key=lambda span: _newest(reader, span))
    quotes = [reader.quote(span) for span in spans[offset : offset + limit]]
    return {"total": len(spans), "offset": offset, "quotes": [quote for quote in quotes if quote is not None]}


def _newest(reader: Reader, span: str) -> tuple[object, ...]:
    document = span.partition("#")[0]
    date = _date(reader, document)
    return tuple(-ord(letter) for letter in date.ljust(10)), document, offsets(span)


def properties(graph: Path, iri: str) -> dict[str, Any]:
    """Return what is said of a thing directly, and what points to it: for things that have no page of their own."""
    reader = open_reader(graph)
    told = [
        {"name": _property(predicate), "text": reader.label(value) if href else value, "href": href}
        for predicate, value, href in reader.triples(iri)
        if predicate not in _TOLD
    ]
    return {"total": len(told), "properties": told[:_MANY]}


def _property(iri: str) -> list[str]:
    short = iri.rpartition("#")[2] if "#" in iri else ids.local(iri)
    return [class_labels(language).get(iri, short) for language in ("zh-hans", "en")]
