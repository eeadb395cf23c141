"""Rows of all documents as tables: written by workers as JSON lines, grouped by DuckDB on disk. Records go in and out.

Every group is the same whatever the order of the files and the number of threads, because rows are sorted by all their
columns. DuckDB spills to the folder of the build, so memory does not grow with the corpus.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path
from typing import Any, Self, TypeVar

import duckdb

from kg.errors import KgError
from kg.records import Record
from kg.statements.context import Context

_TYPES: dict[type, str] = {str: "VARCHAR", int: "BIGINT", bool: "BOOLEAN", float: "DOUBLE"}
#: What DuckDB may hold in memory before it spills.
_MEMORY = "512MB"
_BATCH = 10_000

_Row = TypeVar("_Row", bound=Record)


@dataclass(frozen=True, slots=True)
class Source:
    """One table: its name, the record of its rows (plain values only), and how a document gives them."""

    name: str
    record: type[Record]
    rows: Callable[[Context], Iterable[Record]]


def write(source: Source, rows: Iterable[Record], folder: Path, document: str) -> None:
    """Write the rows of one document; one JSON object a line."""
    place = folder / source.name
    place.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(row.to_dict(), ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows]
    if lines:  # DuckDB reads no meaning into an empty file
        (place / f"{document}.jsonl").write_text("".join(lines), "utf-8", errors="replace")


class Tables:
    """The rows of all documents, open for questions in SQL."""

    def __init__(self, folder: Path, sources: Iterable[Source]) -> None:
        """Name the folder that ``write`` filled; use as a context manager."""
        self._folder = folder
        self._sources = tuple(sources)

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._database = duckdb.connect(str(self._folder / "tables.duckdb"), config=_settings(self._folder))
        for source in self._sources:
            self._load(source)
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def run(self, sql: str) -> None:
        """Make a table or view for later questions."""
        self._cursor(sql)

    def groups(self, record: type[_Row], sql: str, by: tuple[str, ...]) -> Iterator[list[_Row]]:
        """Yield the rows of a SELECT as records, those with equal ``by`` together; sorted by these, then by the rest.

        ``sql`` names a table or is a query whose columns have the names of the record's fields.
        """
        names = [field.name for field in fields(record)]
        table = f"({sql})" if " " in sql else sql
        ordered = _listed(dict.fromkeys((*by, *names)))
        cursor = self._cursor(f"SELECT {_listed(names)} FROM {table} ORDER BY {ordered}")
        rows = (record(*row) for row in _fetched(cursor))
        for _, group in itertools.groupby(rows, attrgetter(*by)):
            yield list(group)

    def _cursor(self, sql: str) -> duckdb.DuckDBPyConnection:
        try:
            return self._database.cursor().execute(sql)
        except duckdb.IOException as error:
            raise KgError(f"{self._folder}: no room to compare what the documents say; make room ({error})") from error

    def _load(self, source: Source) -> None:
        columns = _columns(source.record)
        defined = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        self.run(f"CREATE TABLE {source.name} ({defined})")
        folder = self._folder / source.name
        if not folder.is_dir() or not any(folder.iterdir()):
            return
        typed = ", ".join(f"\"{name}\": '{kind}'" for name, kind in columns.items())
        files = str(folder / "*.jsonl").replace("'", "''")
        self.run(
            f"INSERT INTO {source.name} SELECT {_listed(columns)} FROM "
            f"read_json('{files}', format = 'newline_delimited', columns = {{{typed}}})"
        )


def _listed(names: Iterable[str]) -> str:
    """Return names of columns side by side; in quotation marks, since ``end`` is a word of SQL."""
    return ", ".join(f'"{name}"' for name in names)


def _settings(folder: Path) -> dict[str, str | bool | int | float | list[str]]:
    """Return the settings of a database that writes to one folder and never asks the network for an extension."""
    return {
        "memory_limit": _MEMORY,
        "temp_directory": str(folder / "spilled"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": False,
    }


def _fetched(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    with contextlib.closing(cursor):
        while batch := cursor.fetchmany(_BATCH):
            yield from batch


def _columns(record: type[Record]) -> dict[str, str]:
    hints = typing.get_type_hints(record)
    return {field.name: _TYPES[_plain(hints[field.name])] for field in fields(record)}


def _plain(hint: Any) -> type:
    """Return ``str`` for ``str | None``."""
    if isinstance(hint, types.UnionType):
        hint = next(kind for kind in typing.get_args(hint) if kind is not type(None))
    return typing.cast("type", hint)
