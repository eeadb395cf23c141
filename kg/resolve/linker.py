"""From namings to entities, in two steps that can run apart.

``namings`` is pure and per document: each name becomes a linking key with its forms. ``link`` is
relational and across documents: group by key, choose the preferred name, collect the aliases. The
keys come from registries, canonical names and places, never from a counter, so an unrelated
new document changes no entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg import ids
from kg.records import Entity, Extraction, Mention, Relation
from kg.resolve import keys


class Naming(NamedTuple):
    """One form under which a document names the thing of one key."""

    key: str
    label: str
    place: str
    name: str
    form: str


# Markup inside a span is no part of a name: **55**个微亮化项目, <b>株洲</b>.
_MARKUP = re.compile(r"<[^<>]*>|\*\*|\s+")
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
    return found


def _of_mention(mention: Mention) -> Iterator[Naming]:
    form = _MARKUP.sub("", mention.text)
    yield Naming(keys.entity_key(mention), mention.label, mention.place, mention.name, form)
    for name in mention.members:
        yield Naming(keys.member_key(mention, name), mention.label, mention.place, name, name)


def _of_relation(relation: Relation) -> Iterator[Naming]:
    name, place = relation.attribute("organisation"), relation.attribute("organisation_place") or ""
    if relation.object is None and name:
        yield Naming(keys.key("agency", place, name), "agency", place, name, name)


def link(found: Iterable[Naming]) -> dict[str, Entity]:
    """Return the entity of every key; the order of the namings does not matter.

    The shortest name is preferred, the first in code point order among equals; forms that differ
    from it become aliases.
    """
    labels: dict[str, tuple[str, str]] = {}
    names: dict[str, set[str]] = {}
    forms: dict[str, set[str]] = {}
    for naming in found:
        labels[naming.key] = min(labels.get(naming.key, (naming.label, naming.place)), (naming.label, naming.place))
        names.setdefault(naming.key, set()).add(naming.name)
        if len(naming.form) <= _LONGEST_ALIAS:
            forms.setdefault(naming.key, set()).add(naming.form)
    return {key: _entity(key, *labels[key], names[key], forms.get(key, set())) for key in sorted(labels)}


def _entity(key: str, label: str, place: str, names: set[str], forms: set[str]) -> Entity:
    name = min(names, key=lambda item: (len(item), item))
    aliases = tuple(sorted({*names, *forms} - {name, ""}))
    return Entity(key, label, name, ids.entity(key), aliases, place)
