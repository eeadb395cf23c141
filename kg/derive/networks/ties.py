"""Ties: which two things one document puts together, and how often. A document goes in, rows of plain values come out.

* ``people-bodies``: someone holds, held or is proposed for a post in a body;
* ``places-industries``: the documents of a place name an industry, or a text says that it leads there;
* ``projects-places``: a project lies in a place, connects it, or is named by its documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg import ids
from kg.derive.tables import Source
from kg.records import Mention, Record
from kg.registry.places import places
from kg.statements import facts
from kg.statements.context import Context

PROJECTIONS = ("people-bodies", "places-industries", "projects-places")
_ROLES = ("keyIndustry", "targetsIndustry")
_PLACE = "place/"


@dataclass(frozen=True, slots=True, order=True)
class Tie(Record):
    """Two things that one document puts together; the span is that of the first time."""

    projection: str  #: one of PROJECTIONS
    one: str  #: IRI of the person, the place or the project
    other: str  #: IRI of the body, the industry or the place
    one_name: str
    other_name: str
    number: int  #: of times
    document: str  #: id
    start: int
    end: int


_Pair = tuple[str, str, str, str, str]


def ties(context: Context) -> Iterator[Tie]:
    """Yield the ties of one document, each once."""
    found: dict[_Pair, list[tuple[int, int]]] = {}
    for pair, start, end in (*_people(context), *_industries(context), *_projects(context)):
        found.setdefault(pair, []).append((start, end))
    for pair, spans in sorted(found.items()):
        yield Tie(*pair, len(spans), context.document.id, *min(spans))


_Told = Iterator[tuple[_Pair, int, int]]


def _people(context: Context) -> _Told:
    for found in context.extraction.relations:
        body = facts.body_of(context, found) if found.kind == "holdsPost" else None
        if body is not None:
            person = context.of(found.subject)
            yield ("people-bodies", person.iri, body.iri, person.name, body.name), found.start, found.end


def _industries(context: Context) -> _Told:
    home = _place(context.extraction.place)
    for mention in context.extraction.mentions:
        if mention.label == "industry" and not mention.members and home:
            yield _pair("places-industries", home, context, mention), mention.start, mention.end
    for found in context.extraction.relations:
        subject = found.subject
        if (
            found.kind in _ROLES
            and found.object is not None
            and subject.key.startswith(_PLACE)
            and subject.members == ()
        ):
            named = _place(subject.key.removeprefix(_PLACE))
            if named:
                yield _pair("places-industries", named, context, found.object), found.start, found.end


def _pair(projection: str, place: tuple[str, str], context: Context, industry: Mention) -> _Pair:
    entity = context.of(industry)
    return (projection, place[0], entity.iri, place[1], entity.name)


def _projects(context: Context) -> _Told:
    home = context.extraction.place
    for mention in context.extraction.mentions:
        if mention.label == "project" and not mention.members and mention.count is None:
            entity = context.of(mention)
            for code in sorted({entity.place, *entity.more_places, home}):
                yield from _project(entity.iri, entity.name, code, mention.start, mention.end)
    for found in context.extraction.relations:
        if found.kind == "connects" and found.object is not None and found.object.key.startswith(_PLACE):
            entity = context.of(found.subject)
            code = found.object.key.removeprefix(_PLACE)
            yield from _project(entity.iri, entity.name, code, found.start, found.end)


def _project(project: str, name: str, code: str, start: int, end: int) -> _Told:
    place = _place(code)
    if place:
        yield ("projects-places", project, place[0], name, place[1]), start, end


def _place(code: str) -> tuple[str, str] | None:
    """Return IRI and name of a division; ``None`` for a region, a river and no place at all."""
    place = places().get(code) if code else None
    return (ids.entity(place.key), place.name) if place is not None and place.is_division else None


SOURCE = Source("ties", Tie, ties)
