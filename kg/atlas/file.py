"""The network of a graph as one file of its folder: numbers as columns, words by number, IRIs by index.

Columns are read whole, which for 100,000 things is a few megabytes and milliseconds; words are looked up for what is
shown. Written by the build, never changed. The same network gives the same bytes.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyoxigraph

from kg import ids
from kg.atlas.layout import Floats, layout
from kg.atlas.scan import KINDS, TYPES, Network, scan
from kg.errors import GraphError
from kg.store.folder import GraphFolder

NAME = "network.db"
#: Types by number, as in the column ``type``.
TYPE_NAMES = tuple(dict.fromkeys((*TYPES.values(), "industry")))

_DATES = "SELECT ?d ?date WHERE { ?d a lg:SourceDocument ; dcterms:issued ?date }"
_SCHEMA = """
CREATE TABLE columns (name TEXT PRIMARY KEY, type TEXT NOT NULL, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE things (number INTEGER PRIMARY KEY, iri TEXT NOT NULL, label TEXT NOT NULL);
CREATE TABLE words (number INTEGER PRIMARY KEY, text TEXT NOT NULL);
"""
_INDEX = "CREATE UNIQUE INDEX thing_by_iri ON things (iri)"
Column = npt.NDArray[Any]


# --- writing ------------------------------------------------------------------------------------


def write(quads: Path, store: Path, folder: Path) -> None:
    """Write the network of sorted quads and their store into a folder."""
    network = scan(quads, _dates(store))
    words: dict[str, int] = {"": 0}
    columns = _columns(network, words)
    with contextlib.closing(sqlite3.connect(folder / NAME, isolation_level=None)) as database:
        database.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN; {_SCHEMA}")
        rows = ((name, str(data.dtype), data.tobytes()) for name, data in columns.items())
        database.executemany("INSERT INTO columns VALUES (?, ?, ?)", rows)
        things = ((number, thing.iri, thing.label) for number, thing in enumerate(network.things))
        database.executemany("INSERT INTO things VALUES (?, ?, ?)", things)
        database.executemany("INSERT INTO words VALUES (?, ?)", ((number, text) for text, number in words.items()))
        database.execute(_INDEX)
        database.execute("COMMIT")


def _dates(store: Path) -> dict[str, str]:
    found = pyoxigraph.Store.read_only(str(store)).query(
        _DATES, prefixes=dict(ids.PREFIXES), use_default_graph_as_union=True
    )
    return {row[0].value: row[1].value for row in found}  # type: ignore[union-attr]


def _columns(network: Network, words: dict[str, int]) -> dict[str, Column]:
    """Return all numbers by name; words get numbers as they come."""
    things, ties = network.things, network.ties
    types = {name: number for number, name in enumerate(TYPE_NAMES)}
    whole = {
        "type": [types[thing.type] for thing in things],
        "mentions": [thing.mentions for thing in things],
        "first": [thing.first for thing in things],
        "last": [thing.last for thing in things],
        "area": [thing.area for thing in things],
        "stage": [words.setdefault(thing.stage, len(words)) for thing in things],
        "source": [tie.source for tie in ties],
        "target": [tie.target for tie in ties],
        "kind": [KINDS.index(tie.kind) for tie in ties],
        "label": [words.setdefault(tie.label, len(words)) for tie in ties],
        "tie_first": [tie.first for tie in ties],
        "tie_last": [tie.last for tie in ties],
        "number": [tie.number for tie in ties],
        "place": list(network.within),
        "wider": list(network.within.values()),
    }
    found: dict[str, Column] = {name: np.array(values, np.int32) for name, values in whole.items()}
    return found | _placed(found)


def _placed(columns: dict[str, Column]) -> dict[str, Column]:
    """Return what follows from the ties: neighbours, degrees, places, communities."""
    count = len(columns["type"])
    low = np.minimum(columns["source"], columns["target"]).astype(np.int64)
    high = np.maximum(columns["source"], columns["target"]).astype(np.int64)
    pairs = np.unique(low * count + high)
    source, target = np.divmod(pairs, max(count, 1))
    degree = np.bincount(source, minlength=count) + np.bincount(target, minlength=count)
    weight = 1 / np.sqrt(np.minimum(degree[source], degree[target]))
    made = layout(source, target, weight, room(degree))
    one, other = np.concatenate((source, target)), np.concatenate((target, source))
    order = np.lexsort((other, one))
    starts = np.concatenate(([0], np.cumsum(np.bincount(one, minlength=count))))
    return {
        "degree": degree.astype(np.int32),
        "starts": starts.astype(np.int32),
        "neighbours": other[order].astype(np.int32),
        "x": made.x.astype(np.float32),
        "y": made.y.astype(np.float32),
        "community": made.community.astype(np.int32),
    }


def room(degree: Column) -> Floats:
    """Return the radius of things with so many neighbours."""
    return np.asarray(1 + 0.35 * np.sqrt(degree), np.float64)


# --- reading ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Atlas:
    """The network of a graph, opened."""

    file: Path

    @cached_property
    def _database(self) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{self.file}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    @cached_property
    def _kept(self) -> dict[str, Column]:
        return {}

    def column(self, name: str) -> Column:
        """Return one column, read when it is first asked for."""
        if name not in self._kept:
            kind, data = self._database.execute("SELECT type, data FROM columns WHERE name = ?", (name,)).fetchone()
            self._kept[name] = np.frombuffer(data, np.dtype(kind))
        return self._kept[name]

    def __len__(self) -> int:
        """Return how many things there are."""
        return len(self.column("type"))

    def numbers(self, iris: Iterable[str]) -> list[int]:
        """Return the numbers of those things that there are."""
        query = "SELECT number FROM things WHERE iri = ?"
        found = (self._database.execute(query, (iri,)).fetchone() for iri in iris)
        return [row[0] for row in found if row is not None]

    def things(self, numbers: Iterable[int]) -> list[tuple[str, str]]:
        """Return IRI and name of things, in the order of the numbers."""
        return [(iri, label) for iri, label in self._rows("SELECT iri, label FROM things WHERE number = ?", numbers)]

    def words(self, numbers: Iterable[int]) -> list[str]:
        """Return texts by number."""
        return [row[0] for row in self._rows("SELECT text FROM words WHERE number = ?", numbers)]

    def _rows(self, query: str, numbers: Iterable[int]) -> Iterator[Sequence[Any]]:
        return (self._database.execute(query, (int(number),)).fetchone() for number in numbers)

    def named(self, words: str, limit: int) -> list[int]:
        """Return things whose name holds some words, the shortest names and the most connected first."""
        query = "SELECT number, length(label) FROM things WHERE label LIKE ? ESCAPE '\\' ORDER BY 2, 1 LIMIT 500"
        pattern = "".join(f"\\{character}" if character in "%_\\" else character for character in words)
        found = self._database.execute(query, (f"%{pattern}%",)).fetchall()
        degree = self.column("degree")
        found.sort(key=lambda row: (row[1] > len(words), -int(degree[row[0]]), row[0]))
        return [number for number, _ in found[:limit]]

    def neighbours(self, number: int) -> Column:
        """Return the things tied to one thing."""
        starts = self.column("starts")
        return self.column("neighbours")[starts[number] : starts[number + 1]]


def open_atlas(graph: GraphFolder) -> Atlas:
    """Open the network of a graph; raises ``GraphError`` when it was built without one."""
    file = graph.folder / NAME
    if not file.is_file():
        raise GraphError(f"{graph.path}: built by an older version, without its network; build the graph again")
    return _opened(file)


def mentions(folder: Path) -> Iterator[tuple[str, int]]:
    """Yield IRI and number of mentions of every thing of the network in a folder."""
    atlas = Atlas(folder / NAME)
    numbers = atlas.column("mentions")
    with contextlib.closing(atlas._database) as database:
        for number, iri in database.execute("SELECT number, iri FROM things ORDER BY number"):
            yield iri, int(numbers[number])


@lru_cache(maxsize=2)
def _opened(file: Path) -> Atlas:
    return Atlas(file)
