"""What named questions read, as tables: sorted N-Quads go in, one SQLite file of the graph folder comes out.

Every row says what the quads say, a node a row, its properties side by side; nothing is in it that SPARQL does not find
(a test compares the two). What SPARQL reads in a thousand look-ups, one for each optional property, stands here
together: rows of one document or place beside one another, so that a question reads few pages even of a cold disk.

Of several values of a property a row has the smallest; ``link`` has all. The same quads give the same bytes.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import quote

from kg import ids, ontology
from kg.errors import GraphError
from kg.store.folder import GraphFolder

NAME = "tables.sqlite"


class Shape(NamedTuple):
    """How nodes of some classes become rows: one column for each property."""

    table: str
    classes: tuple[str, ...]
    columns: dict[str, str]  #: column -> property; the IRI stands first and is no property
    indexes: tuple[str, ...] = ()  #: columns of each index
    order: str = "iri"  #: what stands together on the disk
    called: str = ""  #: column whose thing's name stands beside it as ``called``


_MEASURE = {
    "kind": "rdf:type", "document": "lg:statedIn", "indicator": "lg:indicator", "subject": "lg:subject",
    "year": "lg:year", "since": "lg:periodStart", "value": "lg:value", "unit": "lg:unitText",
    "normal": "lg:normalizedValue", "bare": "lg:normalizedUnit", "comparator": "lg:comparator",
    "words": "lg:comparatorText", "modality": "lg:modalityText", "person": "lg:attributedTo", "span": "lg:evidence",
}  # fmt: skip
_FINDING = {
    "kind": "rdf:type", "place": "lg:about", "whole_place": "lg:wholeAbout", "indicator": "lg:ofIndicator",
    "year": "lg:inYear", "verdict": "lg:verdict", "reason": "lg:verdictReason", "preliminary": "lg:preliminary",
    "silence": "lg:silence", "cause": "lg:cause", "higher": "lg:ranksHigher", "lower": "lg:ranksLower",
    "rank_reason": "lg:rankReason", "row": "lg:row",
}  # fmt: skip
SHAPES = (
    Shape("measure", ("lg:Outcome", "lg:Target"), _MEASURE,
          ("document, kind, year", "indicator", "subject, year", "person"), "document, kind, iri", "indicator"),
    Shape("stage", ("lg:StageReport",), {
        "document": "lg:statedIn", "project": "lg:project", "stage": "lg:stage", "words": "lg:stageText",
        "aim": "lg:aimedStage", "due": "lg:aimedYear", "modality": "lg:stageModality", "span": "lg:evidence",
    }, ("document, stage, aim", "project", "due, project"), "document, iri", "project"),
    Shape("claim", ("lg:Statement",), {
        "document": "lg:statedIn", "subject": "rdf:subject", "predicate": "rdf:predicate", "object": "rdf:object",
        "span": "lg:evidence",
    }, ("predicate, object", "subject"), "predicate, subject, iri", "object"),
    Shape("finding", ("lg:Assessment", "lg:Cascade", "lg:Contradiction"), _FINDING,
          ("place, year", "whole_place", "indicator", "kind, verdict, year, place, indicator, iri", "silence"),
          "kind, silence IS NULL, place, year, iri", "indicator"),
    Shape("investment", ("lg:Investment",), {
        "document": "lg:statedIn", "project": "lg:investedIn", "sum": "lg:sum", "rule": "lg:rule",
    }, ("document", "project"), "document, iri", "project"),
    Shape("tenure", ("lg:Tenure",), {"person": "org:member", "post": "lg:post", "mode": "lg:tenureMode"}),
    Shape("attestation", ("lg:Attestation",), {"day": "lg:attestedOn", "span": "lg:evidence"}),
    Shape("position", ("lg:NetworkPosition",), {
        "thing": "lg:positionOf", "projection": "lg:projection", "kind": "lg:nodeKind", "degree": "lg:degree",
        "rank": "lg:pageRank", "betweenness": "lg:betweenness", "core": "lg:coreNumber", "hole": "lg:constraint",
        "community": "lg:inCommunity", "span": "lg:evidence",
    }, ("thing", "community"), called="thing"),
    Shape("community", ("lg:Community",), {
        "label": "rdfs:label", "size": "lg:communitySize", "projection": "lg:projection",
    }),
    Shape("similarity", ("lg:Similarity",), {
        "place": "lg:compares", "other": "lg:similarTo", "score": "lg:score", "span": "lg:evidence",
        "other_span": "lg:counterEvidence",
    }, ("place",)),
    Shape("document", ("lg:SourceDocument",), {
        "name": "dcterms:identifier", "date": "dcterms:issued", "place": "lg:area", "title": "dcterms:title",
        "publisher": "dc:publisher",
    }),
)  # fmt: skip
#: Columns that hold codes; in the quads these are IRIs of concepts and classes.
_CODED = frozenset(("kind", "verdict", "cause", "mode", "comparator", "stage", "aim", "modality"))
_SCHEMES = ("verdict", "cause", "tenure-mode", "comparator", "stage", "modality")
#: Properties of which all values count, in the table ``link``.
LINKS = (
    "rdf:type", "lg:area", "lg:attestedBy", "lg:leadingMember", "lg:sharedIndustry", "lg:keyIndustry",
    "lg:targetsIndustry", "skos:member", "skos:broader", "skos:inScheme", "org:postIn", "dcterms:isReplacedBy",
)  # fmt: skip
#: Classes that ``link`` tells of things; the others have tables of their own or are never asked for.
_TYPES = ("lg:Project", "lg:ProjectGroup", "lg:IndustryScheme", "lg:Official")
#: Things of which ``named`` says which document names them first where.
NAMED = tuple(ids.BASE + folder for folder in ("id/project/", "id/policy/", "def/industry/"))
#: Of these, those whose first sentence is shown.
QUOTED = NAMED[1:]

_TABLES = """
CREATE TABLE thing (iri TEXT PRIMARY KEY, name TEXT, direction TEXT, count TEXT, size TEXT) WITHOUT ROWID;
CREATE TABLE name (text TEXT, preferred INTEGER, iri TEXT, language TEXT, PRIMARY KEY (text, preferred, iri, language))
  WITHOUT ROWID;
CREATE TABLE link (predicate TEXT, subject TEXT, object TEXT, PRIMARY KEY (predicate, subject, object)) WITHOUT ROWID;
CREATE TABLE named (document TEXT, thing TEXT, span TEXT, sentence TEXT, called TEXT, PRIMARY KEY (document, thing))
  WITHOUT ROWID;
CREATE TABLE quote (span TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
"""
#: Beside the file, while it is written: rows as they come, and the words of all spans.
_RAW = """
CREATE TABLE raw.text (span TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE raw.sentence (span TEXT PRIMARY KEY, sentence TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE raw.named (document TEXT, thing TEXT, span TEXT);
CREATE TABLE raw.need (span TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_SPANS = ("measure.span", "stage.span", "claim.span", "attestation.span", "position.span", "similarity.span",
          "similarity.other_span", "named.sentence")  # fmt: skip
_FINISH = """
INSERT INTO named SELECT document, thing, span, sentence, name
  FROM raw.named LEFT JOIN raw.sentence USING (span) JOIN thing ON iri = thing ORDER BY document, thing;
%s
INSERT OR IGNORE INTO raw.need SELECT span FROM named JOIN thing ON iri = thing WHERE count IS NOT NULL;
INSERT INTO quote SELECT span, text FROM raw.need JOIN raw.text USING (span) ORDER BY span;
CREATE INDEX named_by_thing ON named (thing);
CREATE INDEX name_by_iri ON name (iri);
CREATE INDEX link_by_object ON link (predicate, object);
CREATE INDEX thing_counted ON thing (count) WHERE count IS NOT NULL;
"""


def write(quads: Path, folder: Path) -> None:
    """Write the tables of sorted quads into a folder; raises ``GraphError`` when there is no room for them."""
    raw = folder / f"{NAME}-raw"
    try:
        _write(quads, folder / NAME, raw)
    except sqlite3.Error as error:
        raise GraphError(f"{folder / NAME}: cannot be written ({error}); make room") from error
    raw.unlink()


def _write(quads: Path, file: Path, raw: Path) -> None:
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=OFF")
        database.execute("PRAGMA synchronous=OFF")
        database.execute("ATTACH ? AS raw", (str(raw),))
        database.executescript("PRAGMA raw.journal_mode=OFF; PRAGMA raw.synchronous=OFF; BEGIN")
        for statement in (*_TABLES.split(";"), *_RAW.split(";"), *_shaped()):
            database.execute(statement)
        _Writer(database).read(quads)
        _finish(database)
        database.execute("COMMIT")
        database.execute("DETACH raw")


def _shaped() -> Iterator[str]:
    for shape in SHAPES:
        columns = ", ".join(f"{column} TEXT" for column in ("iri", *shape.columns))
        yield f"CREATE TABLE {shape.table} ({columns}{', called TEXT' if shape.called else ''})"
        yield f"CREATE TABLE raw.{shape.table} ({columns})"


def _finish(database: sqlite3.Connection) -> None:
    for shape in SHAPES:
        called = f", (SELECT name FROM thing WHERE thing.iri = {shape.called})" if shape.called else ""
        rows = f"SELECT *{called} FROM raw.{shape.table} AS raw ORDER BY {shape.order}"
        database.execute(f"INSERT INTO {shape.table} {rows}")
    needs = (column.split(".") for column in _SPANS)
    need = "INSERT OR IGNORE INTO raw.need SELECT {0} FROM main.{1} WHERE {0} IS NOT NULL;"
    for statement in (_FINISH % " ".join(need.format(column, table) for table, column in needs)).split(";"):
        database.execute(statement)
    for shape in SHAPES:
        for number, columns in enumerate(("iri", *shape.indexes)):
            database.execute(f"CREATE INDEX {shape.table}_{number} ON {shape.table} ({columns})")
    database.execute("ANALYZE")


# --- reading quads ------------------------------------------------------------------------------

_OTHERS = (
    "skos:prefLabel", "skos:altLabel", "lg:mentionedIn", "lg:direction", "lg:memberCount", "lg:declaredSize",
)  # fmt: skip
_WANTED = {
    f"<{ids.expand(name)}>".encode(): name
    for name in (*_OTHERS, *LINKS, *(name for shape in SHAPES for name in shape.columns.values()))
}
_OF_SPANS = {
    f"<{ids.expand(name)}>".encode(): table
    for name, table in (("nif:anchorOf", "raw.text"), ("nif:sentence", "raw.sentence"))
}
_DOCUMENTS = f"<{ids.document('')}".encode()
_LINKED = frozenset(LINKS)
_BATCH = 2000
#: Name of a property -> its values with their graphs, as they stand in the file.
Properties = dict[str, list[tuple[bytes, bytes]]]


class _Writer:
    """Turns the lines of one subject after another into rows."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._shapes = {f"<{ids.expand(name)}>".encode(): shape for shape in SHAPES for name in shape.classes}
        self._types = {f"<{ids.expand(name)}>".encode() for name in _TYPES}
        self._codes = {iri: code for scheme in _SCHEMES for code, iri in ontology.codes(scheme).items()}
        self._rows: dict[str, list[tuple[object, ...]]] = {}

    def read(self, quads: Path) -> None:
        """Read all quads."""
        with quads.open("rb") as stream:
            for subject, found in self._subjects(stream):
                self._take(subject[1:-1].decode(), found)
        for table in self._rows:
            self._flush(table)

    def _subjects(self, stream: BinaryIO) -> Iterator[tuple[bytes, Properties]]:
        """Yield each subject that is no span with the properties that are wanted of it."""
        current, found = b"", Properties()
        for line in stream:
            if line.startswith(_DOCUMENTS) and b"#" in line[: line.find(b">")]:
                self._span(line)
                continue
            subject, predicate, rest = line.split(b" ", 2)
            name = _WANTED.get(predicate)
            if name is None:
                continue
            value, graph, _ = rest.rsplit(b" ", 2)
            if subject != current:
                if found:
                    yield current, found
                current, found = subject, {}
            if name in found:
                found[name].append((value, graph))
            else:
                found[name] = [(value, graph)]
        if found:
            yield current, found

    def _span(self, line: bytes) -> None:
        """Keep the words and the sentence of a span; most lines of a graph tell something else of it."""
        for predicate, table in _OF_SPANS.items():
            if predicate in line:
                subject, found, rest = line.split(b" ", 2)
                if found == predicate:
                    self._insert(table, (_iri(subject), _words(rest.rsplit(b" ", 2)[0])[0]))

    def _take(self, iri: str, found: Properties) -> None:
        shapes = {shape.table: shape for kind, _ in found.get("rdf:type", ()) if (shape := self._shapes.get(kind))}
        for table, shape in shapes.items():
            cells = [self._cell(column, name, found) for column, name in shape.columns.items()]
            self._insert(f"raw.{table}", (iri, *cells))
        if "skos:prefLabel" in found:
            self._thing(iri, found)
        for name in _LINKED & found.keys():
            for value, _ in found[name]:
                if name != "rdf:type" or value in self._types:
                    self._insert("link", (name, iri, _iri(value)))

    def _cell(self, column: str, name: str, found: Properties) -> str | None:
        pairs = found.get(name)
        if pairs is None:
            return None
        if name == "rdf:type":
            return min(_local(value) for value, _ in pairs if value in self._shapes)
        value = _words(pairs[0][0])[0] if len(pairs) == 1 else min(_words(value)[0] for value, _ in pairs)
        return self._codes.get(value, value) if column in _CODED else value

    def _thing(self, iri: str, found: Properties) -> None:
        names = [_words(value) for value, _ in found["skos:prefLabel"]]
        chinese = (name for name, language in names if (language or "zh").startswith("zh"))
        more = (self._cell("", name, found) for name in ("lg:direction", "lg:memberCount", "lg:declaredSize"))
        self._insert("thing", (iri, min(chinese, default=None), *more))
        for name, language in names:
            self._insert("name", (name, 1, iri, language))
        for value, _ in found.get("skos:altLabel", ()):
            name, language = _words(value)
            self._insert("name", (name, 0, iri, language))
        if iri.startswith(NAMED):
            spans: dict[bytes, str] = {}
            for value, graph in found.get("lg:evidence", ()):
                span = _iri(value)
                spans[graph] = min(spans.get(graph, span), span, key=offsets)
            for document, _ in found.get("lg:mentionedIn", ()):
                self._insert("raw.named", (_iri(document), iri, spans.get(document)))

    def _insert(self, table: str, row: tuple[object, ...]) -> None:
        rows = self._rows.setdefault(table, [])
        rows.append(row)
        if len(rows) >= _BATCH:
            self._flush(table)

    def _flush(self, table: str) -> None:
        rows = self._rows[table]
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self._database.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", rows)
            rows.clear()


def _iri(value: bytes) -> str:
    return value[1:-1].decode()


def _words(value: bytes) -> tuple[str, str]:
    """Return an IRI or the words of a literal, and the language of these."""
    if value.startswith(b"<"):
        return value[1:-1].decode(), ""
    words, _, rest = value.rpartition(b'"')
    language = rest[1:].decode().lower() if rest.startswith(b"@") else ""
    text = words[1:].decode("utf-8", "replace")
    return (str(json.loads(f'"{text}"', strict=False)) if "\\" in text else text), language


def _local(value: bytes) -> str:
    """Return the code of a class: ``target`` of ``lg:Target``."""
    return _iri(value).rpartition("#")[2].lower()


def offsets(span: str) -> tuple[int, int]:
    """Return start and end of a span from its IRI: ``…#char=308,321``."""
    start, _, end = span.rpartition("char=")[2].partition(",")
    return (int(start), int(end)) if start.isdigit() and end.isdigit() else (0, 0)


# --- reading tables -----------------------------------------------------------------------------


#: Most bytes of the file that are mapped; it counts as memory of the workers of a service, which have a limit.
_MAPPED = 512 << 20


def open_tables(graph: GraphFolder) -> sqlite3.Connection:
    """Open the tables of a graph; raises ``GraphError`` when an older version built it."""
    return _opened(graph.path, graph.folder)


@lru_cache(maxsize=4)
def _opened(path: Path, folder: Path) -> sqlite3.Connection:
    file = folder / NAME
    if not file.is_file():
        raise GraphError(f"{path}: built by an older version, without its tables; build the graph again")
    opened = sqlite3.connect(f"file:{quote(str(file))}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    opened.execute(f"PRAGMA mmap_size = {_MAPPED}")  # pages come without a call to the system each
    return opened
