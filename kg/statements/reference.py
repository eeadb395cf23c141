"""The reference graph: vocabularies, and what of the registry occurs. Keys go in, statements come out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from kg import ids, ontology
from kg.records import Extraction, Statement, Term
from kg.resolve import keys as entity_keys
from kg.statements import concepts, nodes, things


class PlaceRecord(Protocol):
    """What the registry tells of a place; the fields of ``kg.registry.Place`` that are used here."""

    @property
    def key(self) -> str: ...  # noqa: D102
    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def short(self) -> str: ...  # noqa: D102
    @property
    def pinyin(self) -> str: ...  # noqa: D102
    @property
    def level(self) -> str: ...  # noqa: D102
    @property
    def parent(self) -> str: ...  # noqa: D102
    @property
    def valid_from(self) -> str: ...  # noqa: D102
    @property
    def valid_until(self) -> str: ...  # noqa: D102
    @property
    def replaced_by(self) -> str: ...  # noqa: D102
    @property
    def aliases(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def members(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def english(self) -> str: ...  # noqa: D102
    @property
    def is_division(self) -> bool: ...  # noqa: D102


Find = Callable[[str], PlaceRecord | None]


def codes(extraction: Extraction) -> set[str]:
    """Return the keys of all registered things that a document needs: named, or meant as scope or indicator."""
    found = {f"place/{extraction.place}"} if extraction.place else set()
    for mention in extraction.mentions:
        found.add(entity_keys.entity_key(mention))
        if mention.place:
            found.add(f"place/{mention.place}")
    for measure in extraction.measures:
        found.update((measure.scope_key, entity_keys.indicator_key(measure)))
    return {key for key in found if things.is_registered(key)}


def reference(keys: Iterable[str], find: Find) -> Iterator[Statement]:
    """Yield the vocabularies, the concepts of these keys, and the places with all above them and what replaced them.

    ``find`` looks a code or region key up in the registry (``Places.get``). A place that it does not
    know is still named as a division, so that validation reports it.
    """
    yield from ontology.statements()
    keys = set(keys)
    known = {key for key in keys if concepts.is_registered(key)}
    yield from concepts.concepts(known)
    places, unknown = _closure(keys - known, find)
    for key in sorted(places):
        for predicate, value in _values(places[key]):
            yield Statement(ids.entity(key), ids.expand(predicate), value, ids.REFERENCE)
    for key in sorted(unknown):
        yield Statement(ids.entity(key), ids.expand("rdf:type"), nodes.name(_kind(key)), ids.REFERENCE)


def _closure(keys: Iterable[str], find: Find) -> tuple[dict[str, PlaceRecord], set[str]]:
    """Return the places of the keys with their ancestors and successors, and the keys nobody knows."""
    waiting, places, unknown = sorted(set(keys)), dict[str, PlaceRecord](), set[str]()
    while waiting:
        key = waiting.pop()
        if key in places or key in unknown:
            continue
        code = key.removeprefix("place/")
        place = find(code) or find(key)
        if place is None:
            unknown.add(key)
            continue
        places[key] = place
        waiting.extend(f"place/{above}" for above in (place.parent, place.replaced_by) if above)
    return places, unknown


def _kind(key: str) -> str:
    if key.startswith("country/"):
        return "lg:Country"
    return "lg:AdministrativeDivision" if key.removeprefix("place/").isdigit() else "lg:Region"


def _values(place: PlaceRecord) -> Iterator[tuple[str, Term]]:
    yield "rdf:type", nodes.name(_kind(place.key))
    yield "skos:prefLabel", nodes.chinese(place.name)
    for alias in sorted({place.short, *place.aliases} - {place.name, ""}):
        yield "skos:altLabel", nodes.chinese(alias)
    english = place.english or place.pinyin.capitalize()
    if english:
        yield "skos:altLabel", Term(english, language="en")
    yield from _division(place) if place.is_division else _region(place)
    for predicate, date in (("lg:validFrom", place.valid_from), ("lg:validUntil", place.valid_until)):
        value = nodes.date(date) if date else None
        if value is not None:
            yield predicate, value
    if place.replaced_by:
        yield "dcterms:isReplacedBy", nodes.iri(ids.entity(f"place/{place.replaced_by}"))


def _division(place: PlaceRecord) -> Iterator[tuple[str, Term]]:
    yield "lg:adcode", nodes.string(place.code)
    yield "lg:level", nodes.iri(ids.concept("level", place.level))
    if place.parent:
        yield "lg:within", nodes.iri(ids.entity(f"place/{place.parent}"))


def _region(place: PlaceRecord) -> Iterator[tuple[str, Term]]:
    if place.level != "country":
        yield "lg:regionKind", nodes.iri(ids.concept("region-kind", place.level))
