"""Relations between things as plain triples with evidence: a programme and its parts, who signed what, when it was.

Relations go in; statements come out. What each kind of relation is in the ontology stands in two tables, one for
relations between things and one for values.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg import ids
from kg.records import Entity, Mention, Relation, Statement, Term
from kg.resolve import keys
from kg.statements import nodes, things
from kg.statements.context import Context

#: Kind -> predicate, and whether subject and object change places.
LINKS: dict[str, tuple[str, bool]] = {
    "hasSubgroup": ("skos:member", False),
    "hasComponent": ("lg:hasComponent", False),
    "hasAlias": ("lg:hasAlias", False),
    "issuedPolicy": ("lg:issuedBy", True),
    "implementsPolicy": ("lg:implementsPolicy", False),
    "presentedReport": ("lg:presentedReport", False),
    "presentedAt": ("lg:presentedAt", False),
    "onBehalfOf": ("lg:onBehalfOf", False),
    "heldIn": ("lg:heldIn", False),
    "signed": ("lg:signed", False),
    "producedBy": ("lg:producedBy", False),
    "willOperateIn": ("lg:willOperateIn", False),
    "receivedHonour": ("lg:receivedHonour", False),
    "nominatedFor": ("lg:nominatedFor", False),
    "obtainedDesignation": ("lg:obtainedDesignation", False),
    "seeksDesignation": ("lg:seeksDesignation", False),
    "keyIndustry": ("lg:keyIndustry", False),
    "targetsIndustry": ("lg:targetsIndustry", False),
    "memberOfGroup": ("dcterms:isPartOf", False),
    "connects": ("lg:connects", False),
    "undergoes": ("lg:undergoes", False),
    "transformsInto": ("lg:transformsInto", False),
    "establishes": ("lg:establishes", False),
}
#: Kinds that belong to the kind of thing: a presented report is a work report.
_TYPES = {"presentedReport": "lg:WorkReport"}


def relation(context: Context, found: Relation) -> Iterator[Statement]:
    """Yield the statements of one relation; kinds with nodes of their own are told in ``kg.statements.facts``."""
    for mention in (found.subject, found.object):
        if mention is not None:
            yield from named(context, mention)
    if found.kind in LINKS and found.object is not None:
        yield from _link(context, found, found.object)
    for predicate, value in _values(found):
        for subject in _each(context, found.object if found.kind == "issuedPolicy" and found.object else found.subject):
            yield from things.stated_triple(
                context, subject.iri, ids.expand(predicate), value, found.start, found.end, found.rule
            )


def named(context: Context, mention: Mention) -> Iterator[Statement]:
    """Yield what a mention says; the document's own place, left out by the text, is not named by the quote."""
    if mention.rule != "home":
        yield from things.mention(context, mention)


def _link(context: Context, found: Relation, target: Mention) -> Iterator[Statement]:
    predicate, turned = LINKS[found.kind]
    if found.kind in _TYPES:
        kind = nodes.name(_TYPES[found.kind])
        yield Statement(context.of(target).iri, ids.expand("rdf:type"), kind, ids.DERIVED)
    for one in _each(context, found.subject):
        for other in _each(context, target):
            subject, value = (other, one) if turned else (one, other)
            if subject.iri != value.iri:
                yield from things.stated_triple(
                    context,
                    subject.iri,
                    ids.expand(predicate),
                    nodes.iri(value.iri),
                    found.start,
                    found.end,
                    found.rule,
                )


def _each(context: Context, mention: Mention) -> list[Entity]:
    """The thing that a mention names, each of them when it joins several."""
    if not mention.members:
        return [context.of(mention)]
    return [
        context.entity(keys.member_key(mention, name), mention.label, name, mention.place) for name in mention.members
    ]


def _values(found: Relation) -> Iterator[tuple[str, Term]]:
    count, date, kind = found.attribute("count"), found.attribute("date"), found.attribute("type")
    if found.kind == "hasComponentCount" and count:
        yield "lg:hasComponentCount", nodes.integer(int(count))
    if found.kind == "hasProjectType" and kind:
        yield "lg:hasProjectType", nodes.chinese(kind)
    value = nodes.date(date) if date else None
    if value is not None and found.kind in ("occurredOn", "issuedPolicy"):
        yield "schema:startDate" if found.kind == "occurredOn" else "dcterms:issued", value
