"""From linking keys to entities: the relational step of linking. A file of rows goes in, entities come out, streamed.

Group by the shape of the key, join what shares a blocking key, apply people's judgements, choose a preferred name,
collect the aliases: DuckDB does it out of core with the statements of ``kg.resolve.sql``, so that memory does not grow
with the corpus. Python scores the pairs in batches and joins the accepted ones, which are few.

What an IRI is minted from: a registry key is kept; any other key gives the key of its shape
(``kg.resolve.names``), the official form by rule, which depends on no other document. Only where things
of two shapes are joined does one key give way: a registered one stays, then the one of the most special
place, then the longer core. So a document that does not name a thing changes nothing about it; one that
does may: a second city with a work of one name leaves open which of them a text of the province means.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb

from kg import ids, lexicon
from kg.errors import KgError
from kg.records import Entity, Issue, Pair
from kg.resolve import names, scores, sql
from kg.resolve.candidates import WIDTH, Candidate, Item, within
from kg.resolve.clusters import Clusters
from kg.resolve.decisions import Decision, Judged, Judgement, judge
from kg.resolve.homonyms import Parted, Told, base, part

#: What the database may hold in memory; the rest is spilled to its folder.
MEMORY = "256MB"
#: Rows fetched and pairs scored at once.
BATCH = 4096
#: A suffix shorter than this, and a name longer, is no short form or long form.
_LEAST_SUFFIX = 3
_LONGEST = 24

#: Scores of two people of one name and place: told apart by posts of one time; one, with posts of different years.
_HOMONYM = 0.5
_CAREER = 0.4
_SAME = ("same name", "same place")

_SETTINGS: dict[str, str | int | bool] = {
    "memory_limit": MEMORY,
    "threads": 1,
    "preserve_insertion_order": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


class Linking:
    """What linking makes of a corpus: to be read while its database is open."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, judgement: Judgement) -> None:
        """Answer from the tables that ``link`` made."""
        self._connection = connection
        self.judged: tuple[Judged, ...] = judgement.effective  #: people's decisions that took effect
        self.issues: tuple[Issue, ...] = judgement.issues
        self.entities_count, self.pairs_count = _rows(connection, sql.COUNT)[0]

    def entities(self) -> Iterator[Entity]:
        """Yield every entity once, by key."""
        return map(_entity, _stream(self._connection, sql.ENTITY_ROWS))

    def pairs(self) -> Iterator[Pair]:
        """Yield the doubtful pairs, most likely first."""
        return map(_pair, _stream(self._connection, sql.PAIR_ROWS))

    def iris(self, keys: Iterable[str]) -> dict[str, str]:
        """Return the IRIs of the entities of linking keys and keys of entities; a key nobody uses stands for itself."""
        asked = sorted(set(keys))
        found = dict(_rows(self._connection, sql.ENTITY_OF, [asked]))
        return {key: ids.entity(found.get(key, key)) for key in asked}

    def replaced(self) -> Iterator[tuple[str, str]]:
        """Yield the IRIs of bodies that reforms replaced and of their successors (国土资源局, 自然资源局)."""
        table = lexicon.table("bodies_renamed")
        columns = [[row["before"] for row in table], [row["after"] for row in table], list(range(len(table)))]
        for old, new in _rows(self._connection, sql.REPLACED, columns):
            yield ids.entity(old), ids.entity(new)


@contextlib.contextmanager
def link(said: Path, folder: Path, decisions: Iterable[Decision] = ()) -> Iterator[Linking]:
    """Link the rows of a file (``kg.resolve.namings.encode``); the order of the rows does not matter.

    People's ``decisions`` come first, then pairs of a score of ``scores.MERGE`` and more; doubtful pairs are
    returned as questions. ``folder`` takes the database and what it spills. Raises ``KgError`` when there is no
    room for them.
    """
    try:
        connection = duckdb.connect(":memory:", config={**_SETTINGS, "temp_directory": str(folder / "spill")})
    except duckdb.Error as error:
        raise _failure(error) from error
    try:
        yield Linking(connection, _linked(connection, said, decisions))
    except duckdb.Error as error:
        raise _failure(error) from error
    finally:
        connection.close()


def _failure(error: duckdb.Error) -> KgError:
    return KgError(f"names could not be linked ({str(error).splitlines()[0]}); make room on the disk of the graph")


def _linked(connection: duckdb.DuckDBPyConnection, said: Path, decisions: Iterable[Decision]) -> Judgement:
    """Make all tables; return what people's decisions came to."""
    connection.execute(sql.LOAD, [str(said)])
    decisions = list(decisions)
    parted = _parted(connection, decisions)
    judgement = _judgement(connection, decisions, parted)
    connection.execute(sql.ITEMS)
    _places(connection)
    for statement in sql.BLOCKS:
        limits = {"least": _LEAST_SUFFIX, "longest": _LONGEST}
        connection.execute(statement, {name: value for name, value in limits.items() if f"${name}" in statement})
    _score(connection)
    _ask(connection, parted, judgement)
    merged = {_ordered(left, right) for left, right in judgement.merges}
    clusters = _clusters(connection, judgement.merges, {*judgement.forbidden, *(parted.apart - merged)})
    moved = clusters.moved()
    connection.execute(sql.MOVED, [list(moved), list(moved.values())])
    connection.execute(sql.MEMBERS)
    connection.execute(sql.ENTITIES)
    done = sorted({_ordered(clusters.find(left), clusters.find(right)) for left, right in judgement.forbidden})
    connection.execute(sql.JUDGED, _columns(done, 2))
    connection.execute(sql.PAIRS)
    return judgement


def _parted(connection: duckdb.DuckDBPyConnection, decisions: Iterable[Decision]) -> Parted:
    """Tell people of one name and place apart by their posts, and by decisions to split them by body."""
    decided = sorted({base(decision.left) for decision in decisions if decision.by == "body"})
    told = (
        Told(name, key, document, year, tuple(bodies))
        for name, key, document, year, bodies in _stream(connection, sql.HEADS, [decided])
    )
    parted = part(told, decided)
    connection.execute(sql.PARTED, [list(parted.items), list(parted.items.values())])
    return parted


def _judgement(connection: duckdb.DuckDBPyConnection, decisions: list[Decision], parted: Parted) -> Judgement:
    """Find what people's decisions are about, and give every row its item."""
    asked = sorted({key for decision in decisions for key in decision.pair})
    judgement = judge(decisions, dict(_rows(connection, sql.KNOWN, [asked])))
    connection.execute(sql.APART, [sorted(judgement.apart)])
    connection.execute(sql.BY_DOCUMENT, [sorted(judgement.by_document)])
    connection.execute(sql.HOMES)
    split = sorted(judgement.by_document | judgement.by_body)
    people: defaultdict[str, list[str]] = defaultdict(list)
    for shape, item in _rows(connection, sql.PEOPLE_OF, [split]):
        people[shape].append(item)
    judgement.forbidden += [pair for items in people.values() for pair in combinations(items, 2)]
    judgement.effective = tuple(
        replace(judged, split=tuple(people[judged.left])) if judged.decision.by else judged
        for judged in judgement.effective
    )
    return judgement


def _ask(connection: duckdb.DuckDBPyConnection, parted: Parted, judgement: Judgement) -> None:
    """Ask about people of one name and place: those told apart, and those kept one, unless a person has answered."""
    two = [(one, other, "homonym", 0, _HOMONYM, [*_SAME, why]) for one, other, why, apart in parted.asked if apart]
    connection.execute(sql.SCORE, _columns(two, 6))
    answered = {judged.decision.pair for judged in judgement.effective}
    split = judgement.by_document | judgement.by_body
    one = [
        (left, right, [*_SAME, why])
        for left, right, why, apart in parted.asked
        if not apart and (left, right) not in answered and base(left) not in split
    ]
    connection.execute(sql.CAREERS, [*_columns(one, 3), _CAREER])


def _places(connection: duckdb.DuckDBPyConnection) -> None:
    """Take from the registry what stands above the places of items."""
    above = [
        (place, upper, step)
        for (place,) in _rows(connection, sql.PLACES)
        for step, upper in enumerate(names.above(place))
    ]
    connection.execute(sql.ABOVE, _columns(above, 3))
    connection.execute(sql.RELATED)


def _score(connection: duckdb.DuckDBPyConnection) -> None:
    """Score the pairs found, batch by batch; those nobody need be asked about are let go."""
    connection.execute(sql.SCORED)
    kept: list[tuple[Any, ...]] = []
    for row in _stream(connection, sql.CANDIDATES):
        kind, rivals = row[:2]
        candidate = Candidate(Item.of(row[2 : 2 + WIDTH]), Item.of(row[2 + WIDTH :]), kind, rivals)
        if kind == "short" and not within(candidate.left.core, candidate.right.core):
            continue
        score = scores.score(candidate)
        if score.value >= scores.DOUBT:
            kept.append((candidate.left.key, candidate.right.key, kind, rivals, score.value, list(score.reasons)))
        if len(kept) >= BATCH:
            connection.execute(sql.SCORE, _columns(kept, 6))
            kept.clear()
    connection.execute(sql.SCORE, _columns(kept, 6))


def _clusters(
    connection: duckdb.DuckDBPyConnection, merges: Sequence[tuple[str, str]], forbidden: Iterable[tuple[str, str]]
) -> Clusters:
    """Join what people joined, then what scores join, surest first."""
    clusters = Clusters(forbidden)
    asked = sorted({key for pair in merges for key in pair})
    items = {item.key: item for item in map(Item.of, _rows(connection, sql.ITEM, [asked]))}
    for left, right in merges:
        if left in items and right in items:
            clusters.join(items[left], items[right])
    for row in _stream(connection, sql.ACCEPTED, [scores.MERGE]):
        clusters.join(Item.of(row[:WIDTH]), Item.of(row[WIDTH:]))
    return clusters


def _entity(row: Sequence[Any]) -> Entity:
    key, label, name, forms, members, crossing, place, areas = row
    places = _special(areas or ()) if crossing else (place,) if place else ()
    aliases = tuple(form for form in forms if form not in (name, ""))
    return Entity(key, label, name, ids.entity(key), aliases, places[0] if places else "", tuple(members), places[1:])


def _pair(row: Sequence[Any]) -> Pair:
    score, label, left, right, left_name, right_name, kind, reasons = row
    return Pair(score, label, left, right, left_name, right_name, kind, tuple(reasons))


def _special(areas: Iterable[str]) -> tuple[str, ...]:
    """The places of all texts that name what crosses borders, without those that hold another one."""
    return tuple(sorted(area for area in areas if not any(names.is_above(area, other) for other in areas)))


def _ordered(left: str, right: str) -> tuple[str, str]:
    return (left, right) if left <= right else (right, left)


# --- rows ---------------------------------------------------------------------------------------


def _rows(
    connection: duckdb.DuckDBPyConnection, statement: str, values: Sequence[Any] | None = None
) -> list[tuple[Any, ...]]:
    return connection.execute(statement, values).fetchall()


def _stream(
    connection: duckdb.DuckDBPyConnection, statement: str, values: Sequence[Any] | None = None
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query a batch at a time, on a cursor of their own."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        while batch := cursor.fetchmany(BATCH):
            yield from batch


def _columns(rows: Sequence[Sequence[Any]], width: int) -> list[list[Any]]:
    return [[row[number] for row in rows] for number in range(width)]
