"""From namings to entities, in two steps that can run apart.

``namings`` is pure and per document: each name becomes a linking key with its forms. ``link`` is
relational and across documents: group by the shape of the key, join what shares a blocking key, apply
people's judgements, choose a preferred name, collect the aliases.

What an IRI is minted from: a registry key is kept; any other key gives the key of its shape
(``kg.resolve.names``), the official form by rule, which depends on no other document. Only where things
of two shapes are joined does one key give way: a registered one stays, then the one of the most special
place, then the longer core. So a document that does not name a thing changes nothing about it; one that
does may: a second city with a work of one name leaves open which of them a text of the province means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kg import ids, zh
from kg.records import Entity, Extraction, Issue, Mention, Pair, Relation
from kg.resolve import keys, names, scores
from kg.resolve.candidates import Candidate, Item, candidates
from kg.resolve.clusters import Clusters
from kg.resolve.decisions import Decision, Judged, judge


class Naming(NamedTuple):
    """One form under which a document names the thing of one key."""

    key: str
    label: str
    place: str
    name: str
    form: str
    home: str = ""  #: jurisdiction of the document
    body: str = ""  #: key of a body in which a person holds a post


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking made of the namings of a corpus."""

    entities: Mapping[str, Entity]  #: by linking key; several keys may lead to one entity
    pairs: tuple[Pair, ...] = ()  #: doubtful pairs, most likely first
    judged: tuple[Judged, ...] = ()  #: people's decisions that took effect
    issues: tuple[Issue, ...] = ()

    @property
    def distinct(self) -> list[Entity]:
        """Return every entity once, by key."""
        return sorted(set(self.entities.values()), key=lambda entity: entity.key)


#: An alias longer than this is a passage, not a name.
_LONGEST_ALIAS = 40


# --- per document -------------------------------------------------------------------------------


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
    home = extraction.place
    return {Naming(key, label, place, name, form, home, body) for key, label, place, name, form, _, body in found}


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
            yield Naming(keys.entity_key(person), person.label, person.place, person.name, person.name, "", body)


# --- across documents ---------------------------------------------------------------------------


@dataclass(slots=True)
class _Gathered:
    """What all documents say of one linking key."""

    label: str = ""
    place: str = ""
    names: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    homes: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)


def link(found: Iterable[Naming], decisions: Iterable[Decision] = ()) -> Linked:
    """Return the entity of every key; the order of the namings does not matter.

    People's ``decisions`` come first, then pairs of a score of ``scores.MERGE`` and more; doubtful
    pairs are returned as questions.
    """
    gathered = _gather(found)
    judged = judge(decisions, {key: _shape_key(key) for key in gathered})
    home = {key: judged.apart.get(key) or _shape_key(key) for key in gathered}
    items = _items(gathered, home)
    clusters = Clusters(items, judged.forbidden)
    for left, right in judged.merges:
        clusters.join(left, right)
    scored = [(candidate, scores.score(candidate)) for candidate in candidates(items.values())]
    for candidate, score in sorted(scored, key=lambda pair: (-pair[1].value, pair[0])):
        if score.value >= scores.MERGE:
            clusters.join(candidate.left.key, candidate.right.key)
    canonical = {key: clusters.find(item) for key, item in home.items()}
    entities = _entities(gathered, canonical)
    pairs = _pairs(scored, clusters, judged.forbidden, entities)
    return Linked(entities, pairs, judged.effective, judged.issues)


def _shape_key(key: str) -> str:
    shape = names.shape(key)
    return key if shape is None else shape.key


def _gather(found: Iterable[Naming]) -> dict[str, _Gathered]:
    gathered: defaultdict[str, _Gathered] = defaultdict(_Gathered)
    for naming in found:
        group = gathered[naming.key]
        first = (naming.label, naming.place)
        group.label, group.place = min((group.label, group.place), first) if group.label else first
        group.names.add(naming.name)
        if len(naming.form) <= _LONGEST_ALIAS:
            group.forms.add(naming.form)
        if naming.home:
            group.homes.add(naming.home)
        if naming.body:
            group.bodies.add(_shape_key(naming.body))
    return {key: gathered[key] for key in sorted(gathered)}


def _items(gathered: Mapping[str, _Gathered], home: Mapping[str, str]) -> dict[str, Item]:
    """Group linking keys by the key of their shape."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for key in gathered:
        groups[home[key]].append(key)
    return {item: _item(item, members, gathered) for item, members in groups.items()}


def _item(key: str, members: list[str], gathered: Mapping[str, _Gathered]) -> Item:
    shape = names.shape(members[0]) if names.shape(members[0]) is not None and len(members) else None
    first = gathered[members[0]]
    named = frozenset(found.named for member in members if (found := names.shape(member)) is not None)
    homes = frozenset().union(*(gathered[member].homes for member in members))
    bodies = frozenset().union(*(gathered[member].bodies for member in members))
    if shape is None:
        return Item(key, first.label, first.place, keys.normal(min(first.names)), None, named, homes, bodies)
    return Item(key, shape.label, shape.place, shape.core, shape, named, homes, bodies)


def _entities(gathered: Mapping[str, _Gathered], canonical: Mapping[str, str]) -> dict[str, Entity]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for key in gathered:
        groups[canonical[key]].append(key)
    made = {key: _entity(key, members, gathered) for key, members in groups.items()}
    return {key: made[canonical[key]] for key in gathered}


def _entity(key: str, members: list[str], gathered: Mapping[str, _Gathered]) -> Entity:
    groups = [gathered[member] for member in members]
    label = min(group.label for group in groups)
    said = set().union(*(group.names for group in groups))
    forms = set().union(*(group.forms for group in groups))
    name = min(said, key=lambda item: names.rank(label, item))
    aliases = tuple(sorted({*said, *forms} - {name, ""}))
    areas = _areas(key, members, groups)
    return Entity(key, label, name, ids.entity(key), aliases, areas[0] if areas else "", tuple(members), areas[1:])


def _areas(key: str, members: list[str], groups: list[_Gathered]) -> tuple[str, ...]:
    """The places of an entity: one, or those of all texts for what crosses borders."""
    shape = names.shape(key)
    if shape is None:
        return tuple(sorted({group.place for group in groups if group.place}))[:1]
    if not shape.crossing:
        return (shape.place,) if shape.place else ()
    areas = {found.area for member in members if (found := names.shape(member)) is not None and found.area}
    special = {area for area in areas if not any(names.is_above(area, other) for other in areas)}
    return tuple(sorted(special))


def _pairs(
    scored: Iterable[tuple[Candidate, scores.Score]],
    clusters: Clusters,
    forbidden: Iterable[tuple[str, str]],
    entities: Mapping[str, Entity],
) -> tuple[Pair, ...]:
    """The pairs that stay doubtful, each once, those that a person has judged left out."""
    by_key = {entity.key: entity for entity in entities.values()}
    done = {frozenset((clusters.find(left), clusters.find(right))) for left, right in forbidden}
    best: dict[frozenset[str], Pair] = {}
    for candidate, score in scored:
        left, right = sorted((clusters.find(candidate.left.key), clusters.find(candidate.right.key)))
        both = frozenset((left, right))
        if left == right or both in done or score.value < scores.DOUBT:
            continue
        one, other = by_key[left], by_key[right]
        pair = Pair(score.value, one.label, left, right, one.name, other.name, candidate.kind, score.reasons)
        best[both] = max(best.get(both, pair), pair)
    return tuple(sorted(best.values(), key=lambda pair: (-pair.score, pair.label, pair.left, pair.right)))
