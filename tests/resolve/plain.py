"""Linking in memory, written plainly: the oracle that the relational step of ``kg.resolve`` is compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from kg import ids
from kg.records import Entity, Pair
from kg.resolve import keys, names, scores
from kg.resolve.candidates import Candidate, Item
from kg.resolve.clusters import Clusters
from kg.resolve.decisions import Decision, judge
from kg.resolve.namings import Naming, shape_key
from tests.resolve.linking import Linked

LONGEST_NAME, LEAST_SUFFIX, LONGEST_ALIAS = 24, 3, 40


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
    judged = judge(decisions, {key: shape_key(key) for key in gathered})
    home = {key: judged.apart.get(key) or shape_key(key) for key in gathered}
    items = _items(gathered, home)
    clusters = Clusters(judged.forbidden)
    for left, right in judged.merges:
        clusters.join(items[left], items[right])
    scored = [(candidate, scores.score(candidate)) for candidate in candidates(items.values())]
    for candidate, score in sorted(scored, key=lambda pair: (-pair[1].value, pair[0])):
        if score.value >= scores.MERGE:
            clusters.join(candidate.left, candidate.right)
    canonical = {key: clusters.find(item) for key, item in home.items()}
    entities = _entities(gathered, canonical)
    pairs = _pairs(scored, clusters, judged.forbidden, entities)
    return Linked(entities, pairs, judged.effective, judged.issues)


def _gather(found: Iterable[Naming]) -> dict[str, _Gathered]:
    gathered: defaultdict[str, _Gathered] = defaultdict(_Gathered)
    for naming in found:
        group = gathered[naming.key]
        first = (naming.label, naming.place)
        group.label, group.place = min((group.label, group.place), first) if group.label else first
        group.names.add(naming.name)
        if len(naming.form) <= LONGEST_ALIAS:
            group.forms.add(naming.form)
        if naming.home:
            group.homes.add(naming.home)
        if naming.body:
            group.bodies.add(shape_key(naming.body))
    return {key: gathered[key] for key in sorted(gathered)}


def _items(gathered: Mapping[str, _Gathered], home: Mapping[str, str]) -> dict[str, Item]:
    """Group linking keys by the key of their shape."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for key in gathered:
        groups[home[key]].append(key)
    return {item: _item(item, members, gathered) for item, members in groups.items()}


def _item(key: str, members: list[str], gathered: Mapping[str, _Gathered]) -> Item:
    shape = names.shape(members[0])
    first = gathered[members[0]]
    named = frozenset(found.named for member in members if (found := names.shape(member)) is not None)
    homes = frozenset().union(*(gathered[member].homes for member in members))
    bodies = frozenset().union(*(gathered[member].bodies for member in members))
    told = {"named": named, "homes": homes, "bodies": bodies}
    if shape is None:
        return Item(key, first.label, first.place, keys.normal(min(first.names)), **told)
    plain = (shape.label, shape.place, shape.core, True, shape.own, shape.distinctive, shape.crossing)
    return Item(key, *plain, **told)


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
    own = next((member for member in members if shape_key(member) == key), key)
    shape = names.shape(own)
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


# --- which things to compare ---


def candidates(items: Iterable[Item]) -> Iterator[Candidate]:
    """Yield the pairs worth a look, in an order that depends on the items only."""
    things: list[Item] = []
    people: list[Item] = []
    for item in sorted(items, key=lambda item: item.key):
        (people if not item.shaped else things).append(item)
    blocks: defaultdict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in things:
        blocks[item.label, item.core].append(item)
    for block in blocks.values():
        if len(block) > 1:
            yield from _same_core(block)
    yield from _ends(things, blocks)
    yield from _short_names(things)
    yield from _people(people)


def _same_core(block: list[Item]) -> Iterator[Candidate]:
    """Things of one core name: each with the nearest place above it, those that cross borders with their neighbours."""
    by_place = {item.place: item for item in block}
    below: defaultdict[str, list[Item]] = defaultdict(list)
    linked: set[str] = set()
    for item in block:
        upper = next((place for place in _above(item.place) if place in by_place), None)
        if upper is not None:
            below[upper].append(item)
            linked.add(item.key)
    for upper, lower in sorted(below.items()):
        top = by_place[upper]
        for item in lower:
            yield Candidate(top, item, "maker" if item.label == "enterprise" else "place", rivals=len(lower) - 1)
    tops = [item for item in block if item.key not in linked and item.place]
    for left, right in pairwise(tops):
        if left.crossing or left.label == "agency":
            yield Candidate(left, right, "crossing" if left.crossing else "beside")


def _above(place: str) -> Iterator[str]:
    """Places above one, nearest first, and at last no place at all."""
    if place:
        yield from names.above(place)
        yield ""


def _ends(things: list[Item], blocks: dict[tuple[str, str], list[Item]]) -> Iterator[Candidate]:
    """A core that is the end of another (甲集团犬木塘水库), or lacks only its kind (吉邵 and 吉邵高速)."""
    lacking: defaultdict[str, list[tuple[Item, Item]]] = defaultdict(list)
    for item in things:
        core = item.core
        if len(core) > LONGEST_NAME:
            continue
        for start in range(1, len(core) - LEAST_SUFFIX + 1):
            for other in blocks.get((item.label, core[start:]), ()):
                if names.related(item.place, other.place):
                    yield Candidate(other, item, "end")
        bare = names.without_kind(core)
        for other in blocks.get((item.label, bare), ()) if len(bare) >= 2 else ():
            if names.related(item.place, other.place):
                lacking[other.key].append((other, item))
    for fitting in lacking.values():
        for other, item in fitting:
            yield Candidate(other, item, "kind", len(fitting) - 1)


def _short_names(things: list[Item]) -> Iterator[Candidate]:
    """A firm's short name whose characters stand in its full name in the same order (中车株机)."""
    blocks: defaultdict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in things:
        if item.label == "enterprise" and len(item.core) <= LONGEST_NAME:
            for home in item.homes:
                blocks[item.core[:2], home].append(item)
    seen = set()
    for _, block in sorted(blocks.items()):
        ordered = sorted(block, key=lambda item: (len(item.core), item.core, item.key))
        for left, right in pairwise(ordered):
            if (left.key, right.key) not in seen and left.core != right.core and _within(left.core, right.core):
                seen.add((left.key, right.key))
                yield Candidate(left, right, "short")


def _within(short: str, full: str) -> bool:
    """Whether the characters of one name stand in another in order, but not as one stretch at its end."""
    if full.endswith(short):
        return False
    rest = iter(full)
    return 3 <= len(short) <= 6 and len(full) >= len(short) + 2 and all(character in rest for character in short)


def _people(people: list[Item]) -> Iterator[Candidate]:
    """People of one name: with those of the same body, and with the nearest place above or beside."""
    by_name: defaultdict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in people:
        if item.label == "official":
            by_name[item.label, item.core].append(item)
    for block in by_name.values():
        if len(block) < 2:
            continue
        by_body: defaultdict[str, list[Item]] = defaultdict(list)
        for item in block:
            for body in item.bodies:
                by_body[body].append(item)
        pairs = {(left, right) for same in by_body.values() for left, right in pairwise(same)}
        pairs |= set(pairwise(block))
        for left, right in sorted(pairs):
            yield Candidate(left, right, "person")
