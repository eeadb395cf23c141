"""Two people of one name in one place. Posts go in; linking keys by body, and what tells the people apart, come out.

市教育局局长李红 and 市水利局局长李红 of one year are two people, though name and place are the same. Per document
(``by_body``) an official who heads a department has that body in the linking key: official/430200/李红@教育局. All
keys of one name and place lead to one person, unless the posts speak against it. Across documents (``part``) bodies
are joined that one person is said to hold together, that are one body (a reform renamed it) or of which one is part of
the other. What is left over is of two people when it is told of one year or in one text; of different years it
may be one career, so it stays one person and is asked about. Leaders, former and concurrent posts tell nothing: a
deputy mayor may head the bureau of public security.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations, groupby, pairwise

from kg import lexicon
from kg.records import Mention, Relation
from kg.resolve import keys, names

#: Stands between the key of a name and the body or document that tells people of this name apart.
MARK = "@"
#: Modes of a post that a person holds now and in the first place.
_HELD = ("substantive", "acting")
_OWN = re.compile(rf"(?P<key>.+){MARK}(?P<document>[0-9a-f]{{16}})", re.DOTALL)
_DIGITS = re.compile(r"\d+")


def base(key: str) -> str:
    """Return the key of the name alone: official/430200/李红 of official/430200/李红@教育局."""
    return key.partition(MARK)[0] if key.startswith("official/") else key


def in_document(key: str, document: str) -> str:
    """Return the key under which a document finds its thing, where a person split one thing by document."""
    return f"{key}{MARK}{document}"


def own(key: str) -> tuple[str, str] | None:
    """Return document and linking key of such a key; ``None`` for any other."""
    found = _OWN.fullmatch(key)
    return (found["document"], found["key"]) if found else None


def body_of(key: str) -> str:
    """Return the body in a key: 教育局 of official/430200/李红@教育局, empty without one."""
    return key.partition(MARK)[2] if key.startswith("official/") else ""


def line_body(relation: Relation, place: str) -> str:
    """Return the department that a post of this place is in; empty for leaders and for former or concurrent posts.

    株洲市教育局 is 教育局 in 430200 and 430200教育局 elsewhere.
    """
    if relation.kind != "holdsPost" or (relation.attribute("mode") or _HELD[0]) not in _HELD:
        return ""
    body = keys.entity_key(relation.object) if relation.object is not None else keys.body_key(relation)
    shape = names.shape(body) if body.startswith("agency/") else None
    if shape is None or not _endings("line_bodies").search(shape.core) or _endings("shared_heads").search(shape.core):
        return ""
    return shape.core if shape.place == place else shape.place + shape.core


@cache
def _endings(name: str) -> re.Pattern[str]:
    return re.compile(f"(?:{lexicon.alternatives(name)})$")


# --- per document -------------------------------------------------------------------------------


class Bodies:
    """The departments of the officials of one document, by name and place."""

    def __init__(self, relations: Iterable[Relation]) -> None:
        """Take in the posts of a document whose officials have their places."""
        posts: defaultdict[tuple[str, str], defaultdict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for relation in relations:
            person = relation.subject
            body = line_body(relation, person.place) if person.place and not person.key else ""
            if body:
                posts[keys.normal(person.name), person.place][person.start].add(body)
        self._found = {name: _Told(by_start) for name, by_start in posts.items()}

    def __bool__(self) -> bool:
        return bool(self._found)

    def key(self, mention: Mention) -> str:
        """Return the linking key of an official with the body of the person meant; empty without one."""
        if mention.label != "official" or mention.key:
            return ""
        told = self._found.get((keys.normal(mention.name), mention.place))
        return keys.entity_key(mention) + MARK + told.at(mention.start) if told is not None else ""

    def settle(self, mention: Mention) -> Mention:
        """Return a mention with such a key, if it has one."""
        key = self.key(mention)
        return replace(mention, key=key) if key else mention


class _Told:
    """Where a document tells which bodies a name heads: one person as a rule, two where bodies exclude each other."""

    def __init__(self, by_start: Mapping[int, set[str]]) -> None:
        groups = _Groups(by_start.values())
        self._starts = sorted(by_start)
        self._bodies = [groups.of(min(by_start[start])) for start in self._starts]

    def at(self, start: int) -> str:
        """The body of the person that is named at or last before a position, or first after it."""
        return self._bodies[max(0, bisect_right(self._starts, start) - 1)]


class _Groups:
    """Bodies that one person may head: said of one naming, one body by two names, or one part of the other."""

    def __init__(self, together: Iterable[Iterable[str]]) -> None:
        self._parent: dict[str, str] = {}
        for bodies in together:
            ordered = sorted(bodies)
            for body in ordered:
                self._parent.setdefault(body, body)
                self._join(ordered[0], body)
        for one, other in combinations(sorted(self._parent), 2):
            if _one_body(one, other):
                self._join(one, other)

    def of(self, body: str) -> str:
        """The body that stands for those that go together: the first by code point."""
        while self._parent[body] != body:
            body = self._parent[body]
        return body

    def _join(self, one: str, other: str) -> None:
        keeps, gives = sorted((self.of(one), self.of(other)))
        self._parent[gives] = keeps


def _one_body(one: str, other: str) -> bool:
    """Whether one name begins with the other (教育局, 教育局考试院), or a reform made one of the other."""
    if one.startswith(other) or other.startswith(one):
        return True
    if _DIGITS.match(one) or _DIGITS.match(other):
        return False
    return any({one, other} == {row["before"], row["after"]} for row in lexicon.table("bodies_renamed"))


# --- across documents ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """What one document tells of one such key."""

    base: str
    key: str
    document: str
    year: str  #: of the document, empty when unknown
    bodies: tuple[str, ...]


@dataclass(slots=True)
class Parted:
    """What posts tell of the people of one name and place."""

    items: dict[str, str] = field(default_factory=dict)  #: linking key -> key of the person it is
    apart: set[tuple[str, str]] = field(default_factory=set)  #: people who are not one, by what posts tell
    asked: list[tuple[str, str, str, bool]] = field(default_factory=list)  #: two keys, why, whether they are two now


def part(told: Iterable[Told], decided: Iterable[str]) -> Parted:
    """Tell people of one name and place apart; rows come by base. ``decided`` are bases that a person has split."""
    parted, split = Parted(), set(decided)
    for name, rows in groupby(told, key=lambda row: row.base):
        _part(name, sorted(rows), name in split, parted)
    return parted


def _part(name: str, rows: list[Told], decided: bool, parted: Parted) -> None:
    groups = _Groups((body_of(row.key), *row.bodies) for row in rows)
    by_body: defaultdict[str, list[Told]] = defaultdict(list)
    for row in rows:
        by_body[groups.of(body_of(row.key))].append(row)
    if len(by_body) < 2 and not decided:
        return
    at_once = [pair for pair in combinations(sorted(by_body), 2) if _together(*(by_body[body] for body in pair))]
    if not at_once and not decided:
        _ask_careers(by_body, parted)
        return
    for body, group in by_body.items():
        parted.items.update((row.key, f"{name}{MARK}{body}") for row in group)
    people = [name, *(f"{name}{MARK}{body}" for body in sorted(by_body))]
    parted.apart.update(combinations(people, 2))
    if not decided:
        reason = "heads of {} and {} at one time"
        parted.asked += [
            (f"{name}{MARK}{one}", f"{name}{MARK}{other}", reason.format(one, other), True) for one, other in at_once
        ]


def _together(one: list[Told], other: list[Told]) -> bool:
    """Whether two heads are told of in one text or in texts of one year."""
    documents = {row.document for row in one} & {row.document for row in other}
    years = {row.year for row in one} & {row.year for row in other}
    return bool(documents or years - {""})


def _ask_careers(by_body: Mapping[str, list[Told]], parted: Parted) -> None:
    """Ask whether posts of different years are one career, each with the next."""
    first = sorted((min(row.year for row in group), group[0].key, body) for body, group in by_body.items())
    for (_, one, body), (_, other, later) in pairwise(first):
        left, right = sorted((one, other))
        parted.asked.append((left, right, f"heads of {body} and {later} in different years", False))
