"""The document, and the things that mentions name. Mentions go in; descriptions and evidence come out.

What a thing is called and which kind it is comes from resolution and stands in the derived graph,
once however many documents name it. Where it is named stands in the graph of each document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import ids
from kg.records import Document, Entity, Mention, Statement, Term
from kg.resolve import keys
from kg.statements import concepts, nodes
from kg.statements.context import Context

_TYPE = ids.expand("rdf:type")
_LABEL = ids.expand("skos:prefLabel")
_ALIAS = ids.expand("skos:altLabel")
_IN_SCHEME = ids.expand("skos:inScheme")
_MEMBER = ids.expand("skos:member")
_PART = ids.expand("dcterms:isPartOf")
_AREA = ids.expand("lg:area")
_MENTIONED_IN = ids.expand("lg:mentionedIn")

#: Classes of the mention labels; places are told apart by their keys.
_CLASSES: dict[str, str] = {
    "official": "lg:Official",
    "press": "lg:PressContributor",
    "agency": "lg:PublicBody",
    "enterprise": "lg:Enterprise",
    "park": "lg:IndustrialPark",
    "place": "lg:Region",
    "industry": "skos:Concept",
    "scheme": "lg:IndustryScheme",
    "project": "lg:Project",
    "policy": "lg:Policy",
    "event": "lg:Event",
    "product": "schema:Product",
    "indicator": "lg:Indicator",
}
_SCHEMES = {"industry": "industry", "indicator": "indicator"}
#: Keys of places that the registry describes: divisions, regions, rivers, countries.
_REGISTERED = re.compile(r"place/\d+|place/[a-z]+/.+|(?:country|region|river|zone)/.+")


def is_registered(key: str) -> bool:
    """Tell whether the reference graph describes this thing."""
    return _REGISTERED.fullmatch(key) is not None or concepts.is_registered(key)


def document(context: Context) -> Iterator[Statement]:
    """Yield the description of the source document."""
    for predicate, value in _document_values(context.document):
        yield context.say(context.graph, ids.expand(predicate), value)
    if context.extraction.place:
        place = ids.entity(f"place/{context.extraction.place}")
        yield context.say(context.graph, _AREA, nodes.iri(place))
    yield context.say(context.graph, ids.expand("prov:wasGeneratedBy"), context.run)


def _document_values(source: Document) -> Iterator[tuple[str, Term]]:
    yield "rdf:type", nodes.name("lg:SourceDocument")
    yield "dcterms:identifier", nodes.string(source.stem)
    yield "dc:format", nodes.string(source.format)
    yield "lg:filePath", nodes.string(source.path)
    issued = nodes.date(source.date) if source.date else None
    if issued is not None:
        yield "dcterms:issued", issued
    for predicate, text in (("dcterms:title", source.title), ("dc:publisher", source.publisher)):
        if text:
            yield predicate, nodes.chinese(text)
    for predicate, text in (("lg:sha256", source.sha256), ("lg:encoding", source.encoding)):
        if text:
            yield predicate, nodes.string(text)
    if source.url:
        yield "schema:url", nodes.address(source.url)
    for byline in source.bylines:
        yield "dc:creator", nodes.chinese(byline)


def mention(context: Context, found: Mention) -> Iterator[Statement]:
    """Yield what one mention says: its entity is, and is named here."""
    entity = context.of(found)
    if found.members:
        yield from _joined(context, found, entity)
    else:
        yield from describe(context, entity)
    if found.label == "project" and found.count is not None:
        yield Statement(entity.iri, _TYPE, nodes.name("lg:ProjectGroup"), ids.DERIVED)
        if context.first_time("count", f"{entity.iri} {found.count}"):
            yield Statement(entity.iri, ids.expand("lg:memberCount"), nodes.integer(found.count), ids.DERIVED)
    yield from named_here(context, entity, found.start, found.end)


def named_here(context: Context, entity: Entity, start: int, end: int) -> Iterator[Statement]:
    """Yield that a stretch of this document names an entity."""
    if context.first_time("mentioned", entity.iri):
        yield context.say(entity.iri, _MENTIONED_IN, context.source)
    yield from context.evidence(entity.iri, start, end)


def _joined(context: Context, found: Mention, whole: Entity) -> Iterator[Statement]:
    """Yield the members of a coordination (省直、长沙、株洲、湘潭住房公积金管理中心 names four bodies)."""
    group = found.label == "project"
    kind = "lg:ProjectGroup" if group else "lg:Coordination"
    yield Statement(whole.iri, _TYPE, nodes.name(kind), ids.DERIVED)
    yield Statement(whole.iri, _LABEL, nodes.chinese(whole.name), ids.DERIVED)
    for name in found.members:
        member = context.entity(keys.member_key(found, name), found.label, name, found.place)
        yield from describe(context, member)
        yield from named_here(context, member, found.start, found.end)
        link = (member.iri, _PART, whole.iri) if group else (whole.iri, _MEMBER, member.iri)
        yield from stated_triple(context, *link[:2], nodes.iri(link[2]), found.start, found.end, found.rule)


def describe(context: Context, entity: Entity) -> Iterator[Statement]:
    """Yield class, names and place of an entity; the reference graph describes what is registered."""
    if is_registered(entity.key) or not context.first_time("entity", entity.iri):
        return
    yield from description(entity)


def description(entity: Entity) -> Iterator[Statement]:
    """Yield what resolution says of one entity, in the derived graph."""
    subject = entity.iri
    yield Statement(subject, _TYPE, nodes.name(_CLASSES[entity.label]), ids.DERIVED)
    yield Statement(subject, _LABEL, nodes.chinese(entity.name), ids.DERIVED)
    for alias in entity.aliases:
        if alias != entity.name:
            yield Statement(subject, _ALIAS, nodes.chinese(alias), ids.DERIVED)
    if entity.label in _SCHEMES:
        scheme = ids.concept(_SCHEMES[entity.label], "").rstrip("/")
        yield Statement(subject, _IN_SCHEME, nodes.iri(scheme), ids.DERIVED)
    for place in (entity.place, *entity.more_places):
        if place:
            yield Statement(subject, _AREA, nodes.iri(ids.entity(f"place/{place}")), ids.DERIVED)


def stated_triple(
    context: Context, subject: str, predicate: str, value: Term, start: int, end: int, rule: str
) -> Iterator[Statement]:
    """Yield a plain triple about a thing, and the ``lg:Statement`` that carries its evidence.

    The triple stands in the derived graph, once however often it is stated, so that a fact told
    twice does not double the rows of a query; each telling is a statement node in its document.
    """
    document = context.document.id
    yield Statement(subject, predicate, value, ids.DERIVED, document, start, end)
    node = ids.stated("statement", document, start, end, subject, predicate, value.value)
    yield context.say(node, _TYPE, nodes.name("lg:Statement"))
    yield context.say(node, ids.expand("rdf:subject"), nodes.iri(subject))
    yield context.say(node, ids.expand("rdf:predicate"), nodes.iri(predicate))
    yield context.say(node, ids.expand("rdf:object"), value)
    yield from context.stated(node, start, end, rule)
