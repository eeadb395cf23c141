"""Things by what somebody types: Chinese, pinyin, initials or English go in, the likeliest things come out.

The pieces of the words (``kg.store.grams``) find a few hundred names in the index of the graph; those are compared
with the words as a whole, so that one wrong character, or 李宏 for 李红, finds. Namesakes are things of their own.
"""

from __future__ import annotations

import itertools
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz

from kg import ontology
from kg.errors import GraphError, QueryError
from kg.ids import expand
from kg.query.questions.question import Quote
from kg.query.sparql import ask
from kg.query.table import Table
from kg.records import Record
from kg.registry import spelling
from kg.registry.places import places
from kg.store import grams, names
from kg.store.folder import GraphFolder, open_graph
from kg.store.oxigraph import open_store

#: How many names of the index are compared with the words: of those that hold them, and of those that share pieces.
COMPARED = 200
#: How many names may share the pieces that are looked up, the rarest pieces first: what bounds the time of a query.
_SHARING = 3_000
#: How many of the pieces of some words, the rarest ones, tell the names that hold them.
_TOLD = 3
#: A thing less like the words than this is not shown.
_LEAST = 45.0
_LONGEST = 100
#: From which likeness of their pinyin on two names sound alike: 林强 and 凌强 do, 张敏 and 何敏 do not.
_SOUNDS_LIKE = 90.0

#: Labels of entities and their classes, whose words name the type as well.
TYPES = {
    "official": "lg:Official",
    "agency": "lg:PublicBody",
    "enterprise": "lg:Enterprise",
    "park": "lg:IndustrialPark",
    "place": "lg:AdministrativeDivision",
    "industry": "skos:Concept",
    "scheme": "lg:IndustryScheme",
    "project": "lg:Project",
    "policy": "lg:Policy",
    "event": "lg:Event",
    "indicator": "lg:Indicator",
}


@dataclass(frozen=True, slots=True, order=True)
class Hit(Record):
    """A thing that may be meant."""

    name: str
    matched: str  #: the name or alias that is like the words
    type: str  #: label of the entity: official, agency, …
    area: str  #: the place that tells namesakes apart
    iri: str
    mentions: int
    score: float  #: from 0 to 100, which is the same


@dataclass(frozen=True, slots=True)
class Asked:
    """The words in every form that names are kept in."""

    plain: str
    pinyin: str

    @classmethod
    def of(cls, text: str) -> Asked:
        """Return the forms of what somebody typed."""
        plain = grams.plain(text[:_LONGEST])
        return cls(plain, plain if grams.is_latin(plain) else "".join(spelling.syllables(text[:_LONGEST])))

    @property
    def within(self) -> list[list[str]]:
        """The pieces that a name has which holds the words somewhere, in each of its forms."""
        found = [grams.within(self.plain)]
        return [*found, grams.within_initials(self.plain)] if grams.is_latin(self.plain) else found

    @property
    def tokens(self) -> list[str]:
        """The pieces that are looked up."""
        found = [*grams.of_text(self.plain), *grams.of_text(self.pinyin)]
        if grams.is_latin(self.plain):
            found += grams.of_initials(self.plain)
        return list(dict.fromkeys(found))


def search(
    graph: Path | str, text: str, type: str | None = None, place: str | None = None, limit: int = 20
) -> list[Hit]:
    """Return the things whose names are most like some words, the likeliest first, of equal ones the most mentioned.

    ``type`` is a label (``official``) or the name of a class (官员), ``place`` a code or a name; what lies within it
    counts. Raises ``QueryError`` when there is no such type or place.
    """
    database = _database(open_graph(graph))
    narrowed = _narrowed(type, place)
    asked = Asked.of(text)
    known = _counted(database, asked.tokens)
    matches = [_all_of(known, tokens) for tokens in asked.within if tokens and known.keys() >= set(tokens)]
    if known:
        matches.append(_any_of(_rarest(known)))
    rows = itertools.chain.from_iterable(_candidates(database, match, *narrowed) for match in matches)
    found = list(_best(asked, rows))
    found.sort(key=lambda hit: (-hit.score, -hit.mentions, hit.name, hit.iri))
    return [_told_once(hit) for hit in found[:limit]]


def _told_once(hit: Hit) -> Hit:
    """Take an alias that differs from the name in marks only for the name."""
    return replace(hit, matched=hit.name) if grams.plain(hit.matched) == grams.plain(hit.name) else hit


def table(hits: Iterable[Hit]) -> Table:
    """Return hits as a table."""
    columns = ("name", "matched", "type", "area", "iri", "mentions", "score")
    return Table(columns, tuple(tuple(hit.to_dict()[column] for column in columns) for hit in hits))


def kind(words: str) -> str:
    """Return the label that a type is called by: 官员 and ``Official`` are ``official``."""
    for label, name in TYPES.items():
        iri = expand(name)
        told = {label, name, iri, name.removeprefix("lg:"), *(ontology.labels(each).get(iri) for each in _LANGUAGES)}
        if words.strip().lower() in {item.lower() for item in told if item}:
            return label
    raise QueryError(f"{words}: is no type; types are {', '.join(TYPES)}")


_LANGUAGES = ("zh-hans", "en")


def within(words: str) -> str:
    """Return what the codes of a place and of all within it begin with: 株洲市 gives 4302."""
    known = places()
    found = known.get(words.strip()) or known.resolve(words.strip())
    if found is None:
        raise QueryError(f"{words}: is no place of the registry; give its full name or its code")
    return re.sub(r"(00){1,2}$", "", found.code) if found.code.isdigit() else found.code


def _narrowed(type: str | None, place: str | None) -> tuple[str, list[str]]:
    conditions, values = "", []
    if type:
        conditions += " AND thing.type = ?"
        values.append(kind(type))
    if place:
        conditions += " AND thing.place LIKE ?"
        values.append(f"{within(place)}%")
    return conditions, values


def _counted(database: sqlite3.Connection, tokens: list[str]) -> dict[str, int]:
    """Return how many names have each token, the rarest first; tokens that no name has are left out."""
    query = "SELECT number FROM piece WHERE token = ?"
    rows = ((token, database.execute(query, (token,)).fetchone()) for token in tokens)
    return dict(
        sorted(((token, row[0]) for token, row in rows if row is not None), key=lambda item: (item[1], item[0]))
    )


def _rarest(known: dict[str, int]) -> list[str]:
    """Return the tokens to look up: those that few names have, and always the rarest two."""
    sharing = 0
    found: list[str] = []
    for token, number in known.items():
        sharing += number
        if sharing > _SHARING and len(found) >= 2:
            break
        found.append(token)
    return found


def _any_of(tokens: list[str]) -> str:
    return " OR ".join(f'"{token}"' for token in tokens)


def _all_of(known: dict[str, int], tokens: list[str]) -> str:
    return " AND ".join(f'"{token}"' for token in sorted(set(tokens), key=lambda token: (known[token], token))[:_TOLD])


_COLUMNS = """thing.number, thing.name, thing.type, thing.area, thing.iri, thing.mentions,
  name.text, name.plain, name.pinyin, name.initials"""
_FIND = f"""SELECT {_COLUMNS}
FROM (SELECT rowid AS number FROM pieces WHERE pieces MATCH ? ORDER BY rank LIMIT %d) AS near
JOIN name ON name.number = near.number JOIN thing ON thing.number = name.thing"""
_FIND_NARROWED = f"""SELECT {_COLUMNS}
FROM pieces JOIN name ON name.number = pieces.rowid JOIN thing ON thing.number = name.thing
WHERE pieces MATCH ? %s ORDER BY rank LIMIT %d"""
_Row = tuple[int, str, str, str, str, int, str, str, str, str]


def _candidates(database: sqlite3.Connection, match: str, conditions: str, values: list[str]) -> Iterator[_Row]:
    query = _FIND_NARROWED % (conditions, COMPARED) if conditions else _FIND % COMPARED
    yield from database.execute(query, (match, *values))


def _best(asked: Asked, rows: Iterable[_Row]) -> Iterator[Hit]:
    """Yield each thing once, with the name that is most like the words; initials are first of all those of people."""
    best: dict[int, Hit] = {}
    for number, name, label, area, iri, mentions, text, plain, pinyin, initials in rows:
        score = likeness(asked, plain, pinyin, initials) + (label == "official" and asked.plain == initials)
        if score >= _LEAST and (number not in best or best[number].score < score):
            best[number] = Hit(name, text, label, area, iri, mentions, round(score, 1))
    yield from best.values()


def likeness(asked: Asked, plain: str, pinyin: str, initials: str) -> float:
    """Return how like a name is: 100 the same, 95 the same sound, then by what is shared and where it begins."""
    if asked.plain == plain:
        return 100.0
    if grams.is_latin(asked.plain):
        forms = [_alike(asked.plain, plain, 98.0), _alike(asked.plain, pinyin, 95.0, within=20.0)]
        forms.append(_begins(asked.plain, initials, 93.0))
        return max(forms)
    sound = 90.0 if asked.pinyin == pinyin else 0.8 * fuzz.ratio(asked.pinyin, pinyin, score_cutoff=_SOUNDS_LIKE)
    characters = _alike(asked.plain, plain, 98.0)
    return max(characters, sound if len(plain) == len(asked.plain) else 0.0)


def _alike(asked: str, name: str, most: float, within: float = 10.0) -> float:
    return max(_begins(asked, name, most, within), 0.9 * fuzz.ratio(asked, name)) if name else 0.0


def _begins(asked: str, name: str, most: float, within: float = 10.0) -> float:
    """Return ``most`` for the same, less for a beginning and ``within`` less for another part: more of a short name."""
    if not asked or asked not in name:
        return 0.0
    share = len(asked) / len(name)
    return most if share == 1 else most - 13 - (0 if name.startswith(asked) else within) + 10 * share


def _database(graph: GraphFolder) -> sqlite3.Connection:
    file = graph.folder / names.NAME
    if not file.is_file():
        raise GraphError(f"{graph.path}: built by an older version, without its search index; build the graph again")
    return _opened(file)


@lru_cache(maxsize=2)
def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def things(graph: Path | str, iris: Iterable[str]) -> dict[str, dict[str, object]]:
    """Return name, type, area, mentions and other names of things by IRI; those that the graph lacks are left out."""
    database = _database(open_graph(graph))
    found: dict[str, dict[str, object]] = {}
    for iri in iris:
        row = database.execute("SELECT number, name, type, area, mentions FROM thing WHERE iri = ?", (iri,)).fetchone()
        if row is not None:
            others = database.execute(
                "SELECT text FROM name WHERE thing = ? AND kind <> 'name' ORDER BY number", row[:1]
            )
            values = dict(zip(("name", "type", "area", "mentions"), row[1:], strict=True))
            found[iri] = values | {"aliases": [text for (text,) in others]}
    return found


_EVIDENCE = """SELECT ?doc ?start ?end WHERE { %s ?m oa:hasSource ?d ; oa:hasSelector ?s .
  ?s oa:start ?start ; oa:end ?end . ?d dcterms:identifier ?doc } LIMIT 1"""
_SAID = ("<%s> lg:evidence ?m .", "?node lg:subject|lg:indicator|lg:project|rdf:object <%s> ; lg:evidence ?m .")


def evidence(graph: Path | str, iri: str) -> Quote | None:
    """Return one place where a text names a thing, or says something of it; ``None`` when none does."""
    store = open_store(open_graph(graph))
    for pattern in _SAID:
        for document, start, end in ask(store, _EVIDENCE % (pattern % iri)).table().rows:
            return Quote("", str(document), int(str(start)), int(str(end)))
    return None
