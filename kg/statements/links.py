"""What linking found across documents: people's decisions, and bodies that reforms replaced. Statements come out.

All of it stands in the derived graph. A decision is a node of its own (``lg:Judgement``) with who, when and why, linked
from the entities it is about, so that a reader can tell what a person decided from what rules computed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg import ids
from kg.records import Statement, Term
from kg.resolve.decisions import Decision, Judged
from kg.resolve.relational import Linking
from kg.statements import nodes

_REPLACED = ids.expand("dcterms:isReplacedBy")


def linking(linked: Linking) -> Iterator[Statement]:
    """Yield what linking adds to the derived graph, once for a build."""
    for old, new in linked.replaced():
        yield Statement(old, _REPLACED, nodes.iri(new), ids.DERIVED)
    iris = linked.iris(key for judged in linked.judged for key in _about(judged))
    for judged in linked.judged:
        yield from _judgement(judged, iris)


def _about(judged: Judged) -> list[str]:
    """Return the keys of the things that a decision is about."""
    return sorted(judged.split or {judged.left, judged.right})


def called_wrong(decision: Decision) -> Iterator[Statement]:
    """Yield that a person called a fact wrong; the fact stays, for the text is what it is."""
    yield from _described(decision)
    yield _say(ids.fact(decision.left), "prov:wasInfluencedBy", nodes.iri(_node(decision)))


def _judgement(judged: Judged, iris: Mapping[str, str]) -> Iterator[Statement]:
    decision, node = judged.decision, _node(judged.decision)
    yield from _described(decision)
    for key in _about(judged):
        iri = iris[key]
        yield _say(iri, "prov:wasInfluencedBy", nodes.iri(node))
        if decision.action == "merge" and ids.entity(key) != iri:
            yield Statement(ids.entity(key), _REPLACED, nodes.iri(iri), ids.DERIVED)


def _node(decision: Decision) -> str:
    by = [decision.by] if decision.by else []
    return ids.judgement(decision.action, *decision.pair, decision.who, decision.when, *by)


def _described(decision: Decision) -> Iterator[Statement]:
    """Yield what was decided, by whom, when and why."""
    node = _node(decision)
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


def _say(subject: str, predicate: str, value: Term) -> Statement:
    return Statement(subject, ids.expand(predicate), value, ids.DERIVED)
