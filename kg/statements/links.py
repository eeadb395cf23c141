"""What linking found across documents: people's decisions, and bodies that reforms replaced. Statements come out.

All of it stands in the derived graph. A decision is a node of its own (``lg:Judgement``) with who, when and why, linked
from the entities it is about, so that a reader can tell what a person decided from what rules computed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kg import ids, lexicon
from kg.records import Entity, Statement, Term
from kg.resolve import names
from kg.resolve.decisions import Judged
from kg.resolve.linker import Linked
from kg.statements import nodes

_REPLACED = ids.expand("dcterms:isReplacedBy")


def linking(linked: Linked) -> Iterator[Statement]:
    """Yield what linking adds to the derived graph, once for a build."""
    yield from _successors(linked)
    by_key = {entity.key: entity for entity in linked.distinct}
    for judged in linked.judged:
        yield from _judgement(judged, linked, by_key)


def areas(linked: Linked) -> set[str]:
    """Return the keys of the places that entities belong to, for the reference graph to describe."""
    return {f"place/{place}" for entity in linked.distinct for place in (entity.place, *entity.more_places) if place}


def _judgement(judged: Judged, linked: Linked, by_key: dict[str, Entity]) -> Iterator[Statement]:
    decision = judged.decision
    node = ids.judgement(decision.action, *decision.pair, decision.who, decision.when)
    values: list[tuple[str, Term]] = [
        ("rdf:type", nodes.name("lg:Judgement")),
        ("lg:judgement", nodes.string(decision.action)),
        ("lg:judgedBy", nodes.string(decision.who)),
    ]
    when = nodes.date(decision.when)
    if when is not None:
        values.append(("lg:judgedOn", when))
    if decision.why:
        values.append(("lg:judgementReason", nodes.string(decision.why)))
    for predicate, value in values:
        yield _say(node, predicate, value)
    for key in sorted({judged.left, judged.right}):
        iri = _iri(key, linked, by_key)
        yield _say(iri, "prov:wasInfluencedBy", nodes.iri(node))
        if decision.action == "merge" and ids.entity(key) != iri:
            yield Statement(ids.entity(key), _REPLACED, nodes.iri(iri), ids.DERIVED)


def _iri(key: str, linked: Linked, by_key: dict[str, Entity]) -> str:
    entity = linked.entities.get(key) or by_key.get(key)
    if entity is None:  # the key of a shape that gave way to another
        entity = next(
            (found for raw, found in linked.entities.items() if (s := names.shape(raw)) and s.key == key), None
        )
    return entity.iri if entity is not None else ids.entity(key)


def _successors(linked: Linked) -> Iterator[Statement]:
    """Yield 国土资源局 is replaced by 自然资源局 for the bodies of one place that the graph holds both."""
    by_key = {entity.key: entity for entity in linked.distinct if entity.label == "agency"}
    for key, entity in sorted(by_key.items()):
        for before, after in _renamed():
            if key.endswith(f"/{before}"):
                successor = by_key.get(key.removesuffix(before) + after)
                if successor is not None:
                    yield Statement(entity.iri, _REPLACED, nodes.iri(successor.iri), ids.DERIVED)
                    break


@cache
def _renamed() -> tuple[tuple[str, str], ...]:
    return tuple((row["before"], row["after"]) for row in lexicon.table("bodies_renamed"))


def _say(subject: str, predicate: str, value: Term) -> Statement:
    return Statement(subject, ids.expand(predicate), value, ids.DERIVED)
