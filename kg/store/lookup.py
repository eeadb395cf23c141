"""Entities by linking key, in a file: workers read of it what their document names, however many there are.

A SQLite file made once by a build and read by every worker, which keeps in memory what it needs again and again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import lru_cache
from pathlib import Path

from kg.records import Entity
from kg.resolve import homonyms

#: How many keys a reader remembers: most are of places, bodies and indicators that every document names.
REMEMBERED = 20_000

_TABLES = """
CREATE TABLE entity (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE split (document TEXT, key TEXT);
"""


def write(entities: Iterable[Entity], file: Path) -> Iterator[Entity]:
    """Write entities as they pass by; the file is complete when the last one has."""
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.executescript(_TABLES)
        database.execute("BEGIN")
        for entity in entities:
            value = json.dumps(entity.to_dict(), ensure_ascii=False, separators=(",", ":"))
            database.executemany("INSERT INTO entity VALUES (?, ?)", [(key, value) for key in entity.keys])
            own = filter(None, map(homonyms.own, entity.keys))
            database.executemany("INSERT INTO split VALUES (?, ?)", own)
            yield entity
        database.execute("COMMIT")


class Entities(Mapping[str, Entity]):
    """The entities of such a file, by linking key."""

    def __init__(self, file: Path) -> None:
        """Open a file that ``write`` has completed."""
        self._database = sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._find = lru_cache(REMEMBERED)(self._read)
        self._split: dict[str, set[str]] = {}  #: keys that mean another thing in a document
        for document, key in self._database.execute("SELECT document, key FROM split ORDER BY document, key"):
            self._split.setdefault(document, set()).add(key)

    def __getitem__(self, key: str) -> Entity:
        found = self._find(key)
        if found is None:
            raise KeyError(key)
        return found

    def of(self, document: str) -> Mapping[str, Entity]:
        """Return the entities as one document finds them: things that a person split by document are its own."""
        return _Own(self, document, self._split[document]) if document in self._split else self

    def __iter__(self) -> Iterator[str]:
        return (key for (key,) in self._database.execute("SELECT key FROM entity ORDER BY key"))

    def __len__(self) -> int:
        return int(self._database.execute("SELECT count(*) FROM entity").fetchone()[0])

    def _read(self, key: str) -> Entity | None:
        row = self._database.execute("SELECT value FROM entity WHERE key = ?", (key,)).fetchone()
        return None if row is None else Entity.from_dict(json.loads(row[0]))

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


class _Own(Mapping[str, Entity]):
    """The entities as one document finds them."""

    def __init__(self, entities: Entities, document: str, split: set[str]) -> None:
        self._entities = entities
        self._document = document
        self._split = split

    def __getitem__(self, key: str) -> Entity:
        return self._entities[homonyms.in_document(key, self._document) if key in self._split else key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entities)

    def __len__(self) -> int:
        return len(self._entities)
