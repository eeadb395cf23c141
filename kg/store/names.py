"""The search index of a graph: its entities and how often each is mentioned go in, one SQLite file comes out.

Every name and alias is a row, with its pinyin, its initials and, where the ontology has one, its English gloss. Their
pieces (``kg.store.grams``) are the only column of a full-text table. Not SQLite's own trigrams: by those two
characters find nothing. The same entities give the same bytes: rows in the order of keys, and a file that is packed.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from kg import ids
from kg.records import Entity
from kg.registry import spelling
from kg.registry.places import places
from kg.statements import concepts
from kg.store import grams

NAME = "search.sqlite"

_SCHEMA = f"""
CREATE TABLE thing (
  number INTEGER PRIMARY KEY, iri TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, place TEXT NOT NULL,
  area TEXT NOT NULL, mentions INTEGER NOT NULL);
CREATE TABLE name (
  number INTEGER PRIMARY KEY, thing INTEGER NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL, plain TEXT NOT NULL,
  pinyin TEXT NOT NULL, initials TEXT NOT NULL);
CREATE VIRTUAL TABLE pieces USING
  fts5(tokens, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '{grams.SIGNS}'");
CREATE TABLE mentioned (iri TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
"""
#: What makes the file small and the same every time; how often a piece occurs is what a query begins with.
_FINISH = """
INSERT INTO pieces(pieces) VALUES ('optimize');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(pieces, 'row');
CREATE TABLE piece (token TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO piece SELECT term, doc FROM vocabulary ORDER BY term;
DROP TABLE vocabulary;
DROP TABLE mentioned;
CREATE INDEX thing_by_iri ON thing (iri);
CREATE INDEX name_by_thing ON name (thing);
"""
_THING = """INSERT INTO thing VALUES (?1, ?2, ?3, ?4, ?5, ?6,
  coalesce((SELECT number FROM mentioned WHERE iri = ?2), 0))"""
_PEOPLE = frozenset(("official", "press"))


def write(entities: Iterable[Entity], mentions: Iterable[tuple[str, int]], file: Path) -> None:
    """Write the index of entities, which come sorted by key; ``mentions`` is how often each IRI is mentioned."""
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_SCHEMA} BEGIN;")
        database.executemany("INSERT OR REPLACE INTO mentioned VALUES (?, ?)", mentions)
        row = 0
        for number, entity in enumerate(entities, 1):
            database.execute(
                _THING,
                (number, entity.iri, entity.name, entity.label, *_place(entity)),
            )
            for text, kind in _names(entity):
                row += 1
                plain = grams.plain(text)
                spelt = spelling.syllables(text, person=entity.label in _PEOPLE)
                pinyin, initials = "".join(spelt), "".join(syllable[0] for syllable in spelt)
                values = (row, number, text, kind, plain, pinyin, initials)
                database.execute("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?)", values)
                tokens = grams.column((grams.of_text(plain), grams.of_text(pinyin), grams.of_initials(initials)))
                database.execute("INSERT INTO pieces (rowid, tokens) VALUES (?, ?)", (row, tokens))
        database.executescript(f"BEGIN; {_FINISH} COMMIT; VACUUM;")


def _place(entity: Entity) -> tuple[str, str]:
    """Return the code of the place of a thing, and its words; of a place its own code and what it lies in."""
    code = entity.key.removeprefix("place/")
    if entity.label == "place" and not entity.place and places().get(code) is not None:
        above = places().ancestors(code)
        return code, above[0].name if above else ""
    return entity.place, area(entity.place)


def _names(entity: Entity) -> Iterator[tuple[str, str]]:
    """Yield each way in which a thing is called, with its kind, the preferred one first."""
    told = {entity.name: "name"} | dict.fromkeys(entity.aliases, "alias")
    for word, is_english in _registered(entity):
        told.setdefault(word, "english" if is_english else "alias")
    told[entity.name] = "name"
    yield from told.items()


def _registered(entity: Entity) -> Iterator[tuple[str, bool]]:
    """Yield what the registry calls a place, an industry or an indicator, and whether it is English."""
    place = places().get(entity.key) if entity.key.startswith("place/") else None
    if place is not None:
        yield from ((word, False) for word in (place.short, *place.aliases))
        if place.english:
            yield place.english, True
    if concepts.is_registered(entity.key):
        alias = ids.expand("skos:altLabel")
        for statement in concepts.concepts([entity.key]):
            if statement.subject == entity.iri and statement.predicate == alias:
                yield statement.object.value, statement.object.language == "en"


@cache
def area(code: str) -> str:
    """Return a place as people tell it from others: 株洲市, 株洲市渌口区; empty when the registry has none.

    >>> area("430200"), area("430212")
    ('株洲市', '株洲市渌口区')
    """
    place = places().get(code) if code else None
    if place is None:
        return ""
    above = places().ancestors(code)
    return f"{above[0].name}{place.name}" if above and place.level in {"county", "town", "zone"} else place.name
