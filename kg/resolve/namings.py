"""What one document gives to linking: its linking keys with all that depends on one key alone. An extraction goes in.

``namings`` is every form under which a document names the thing of a key; ``rows`` gathers them into one row a key,
with the shape of the key (``kg.resolve.names``) and how well each name would do as the preferred one. Both are pure,
so a pool or a cluster makes them; what several documents say of one thing meets in ``kg.resolve.relational``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from kg import zh
from kg.records import Extraction, Mention, Relation
from kg.resolve import homonyms, keys, names


class Naming(NamedTuple):
    """One form under which a document names the thing of one key."""

    key: str
    label: str
    place: str
    name: str
    form: str
    home: str = ""  #: jurisdiction of the document
    body: str = ""  #: key of a body in which a person holds a post
    line: str = ""  #: department that a person heads (``kg.resolve.homonyms``)


#: An alias longer than this is a passage, not a name.
_LONGEST_ALIAS = 40


def namings(extraction: Extraction) -> set[Naming]:
    """Return every form that one document uses for every key; pure."""
    found: set[Naming] = set()
    for mention in extraction.mentions:
        found.update(_of_mention(mention))
    for measure in extraction.measures:
        found.add(Naming(keys.indicator_key(measure), "indicator", "", measure.indicator, measure.indicator))
        key = keys.scope_key(measure, extraction.place)
        if key and measure.scope and not measure.scope_key:
            found.add(Naming(key, "place", extraction.place, measure.scope, measure.scope))
    for relation in extraction.relations:
        found.update(_of_relation(relation))
    return {naming._replace(home=extraction.place) for naming in found}


def _of_mention(mention: Mention) -> Iterator[Naming]:
    form = zh.unmarked(mention.text)
    yield Naming(keys.entity_key(mention), mention.label, mention.place, mention.name, form)
    for name in mention.members:
        yield Naming(keys.member_key(mention, name), mention.label, mention.place, name, name)


def _of_relation(relation: Relation) -> Iterator[Naming]:
    for mention in (relation.subject, relation.object):
        if mention is not None and mention.rule != "home":
            yield from _of_mention(mention)
    name, place = relation.attribute("organisation"), relation.attribute("organisation_place") or ""
    if relation.object is None and name:
        yield Naming(keys.body_key(relation), "agency", place, name, name)
    if relation.kind == "holdsPost":
        person = relation.subject
        body = keys.entity_key(relation.object) if relation.object is not None else keys.body_key(relation)
        if body:
            line = homonyms.line_body(relation, person.place)
            yield Naming(keys.entity_key(person), person.label, person.place, person.name, person.name, "", body, line)


def rows(document: str, found: Iterable[Naming], year: str = "") -> Iterator[dict[str, Any]]:
    """Yield one row a key of what a document names; the columns are those of ``kg.resolve.sql.SAID``."""
    by_key: defaultdict[str, list[Naming]] = defaultdict(list)
    for naming in found:
        by_key[naming.key].append(naming)
    for key in sorted(by_key):
        yield {"document": document, "year": year, "key": key, **_said(by_key[key]), **_shape(key, by_key[key])}


def encode(document: str, found: Iterable[Naming], year: str = "") -> bytes:
    """Return the rows of a document of a year as JSON lines."""
    made = rows(document, found, year)
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in made)
    return "".join(lines).encode()


def _said(group: list[Naming]) -> dict[str, Any]:
    """What the namings of one key say together."""
    label, place = min((naming.label, naming.place) for naming in group)
    ranks = {(*names.rank(naming.label, naming.name)[:3], naming.name) for naming in group}
    return {
        "label": label,
        "place": place,
        "names": [dict(zip(("idle", "spare", "marked", "name"), rank, strict=True)) for rank in sorted(ranks)],
        "forms": sorted({naming.form for naming in group if len(naming.form) <= _LONGEST_ALIAS}),
        "home": group[0].home,
        "bodies": sorted({shape_key(naming.body) for naming in group if naming.body}),
        "lines": sorted({naming.line for naming in group if naming.line}),
    }


def _shape(key: str, group: list[Naming]) -> dict[str, Any]:
    """What the key alone tells: the item it belongs to, and what items are compared by."""
    least = min(naming.name for naming in group)
    shape = names.shape(key)
    if shape is None:
        return {"shaped": False, "item": shape_key(key), "least": least, "core": keys.normal(least)}
    return {
        "shaped": True,
        "item": shape.key,
        "least": least,
        "core": shape.core,
        "bare": names.without_kind(shape.core),
        "shape_label": shape.label,
        "shape_place": shape.place,
        "named": shape.named,
        "own": shape.own,
        "distinctive": shape.distinctive,
        "crossing": shape.crossing,
        "area": shape.area,
    }


def shape_key(key: str) -> str:
    """Return the key of the shape of a key; without a shape the key itself, of people that of the name alone."""
    shape = names.shape(key)
    return homonyms.base(key) if shape is None else shape.key
