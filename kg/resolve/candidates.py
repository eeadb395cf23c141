"""Which things to compare: pairs that share a blocking key. Items go in, candidate pairs come out.

An item is all that documents call by one shape (``kg.resolve.names``). Blocks are joins on equality: the same core;
a core that is the end of another core; a core that is another one without its kind; the same person's name. No step
loops over all pairs, and inside a block each item meets at most its neighbours, so the work grows with the number
of distinct names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.resolve import names
from kg.resolve.names import Shape

#: Names longer than this are no short form's long form.
_LONGEST = 24
_LEAST_SUFFIX = 3


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """All that documents name by one key of a thing."""

    key: str
    label: str
    place: str
    core: str  #: core name; the name itself for people
    shape: Shape | None = None
    named: frozenset[str] = frozenset()  #: places and regions that names of it begin with; "" for those that name none
    homes: frozenset[str] = frozenset()  #: jurisdictions of the documents
    bodies: frozenset[str] = frozenset()  #: bodies in which a person holds posts


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """Two things that may be one, and what brought them together."""

    left: Item
    right: Item
    kind: str  #: place, beside, crossing, maker, end, kind, short or person
    rivals: int = 0  #: how many others fit as well


def candidates(items: Iterable[Item]) -> Iterator[Candidate]:
    """Yield the pairs worth a look, in an order that depends on the items only."""
    things: list[Item] = []
    people: list[Item] = []
    for item in sorted(items, key=lambda item: item.key):
        (people if item.shape is None else things).append(item)
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
        if left.shape is not None and (left.shape.crossing or left.label == "agency"):
            yield Candidate(left, right, "crossing" if left.shape.crossing else "beside")


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
        if len(core) > _LONGEST:
            continue
        for start in range(1, len(core) - _LEAST_SUFFIX + 1):
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
        if item.label == "enterprise" and len(item.core) <= _LONGEST:
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
