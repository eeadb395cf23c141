"""What a named question is: parameters in, rows with their quotes out. Free of markup and of any one display.

A question lives in a module of this folder with a ``QUESTION``. It reads the tables that the build makes of the quads
(``kg.store.tables``); a ``.rq`` file beside it asks for the same in SPARQL, and a test compares the two.
Its rows hold plain values under named columns and, for each of its roles (``target``, ``outcome``), the quote that
the row rests on. ``kg ask``, ``Graph.ask`` and the pages of the explorer show the same rows.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import pyoxigraph

from kg.errors import GraphError, QueryError
from kg.query.sparql import ask
from kg.query.table import Table
from kg.records import Record
from kg.store.folder import GraphFolder
from kg.store.oxigraph import open_store
from kg.store.tables import open_tables

if TYPE_CHECKING:
    import pandas

#: What a parameter is given as, and how it is understood (``kg.query.questions.parameters``).
Kind = Literal["place", "entity", "indicator", "document", "year", "date", "text", "number", "flag"]


@dataclass(frozen=True, slots=True, order=True)
class Quote(Record):
    """Characters of a source that a row rests on; ``text`` is ``document.text[start:end]``."""

    text: str
    document: str  #: name of the document (``dcterms:identifier``)
    start: int
    end: int
    date: str | None = None  #: of the document
    iri: str = ""  #: of the document


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an answer: values by column, quotes by role; a role without a quote is ``None``."""

    values: tuple[object, ...]
    quotes: tuple[Quote | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The first rows of a long answer, and how many there are in all; ``None`` when the others are not counted."""

    rows: Iterable[Row]
    total: int | None

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows."""
        return iter(self.rows)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that a question asks to be told: ``place``, ``year``."""

    name: str
    kind: Kind
    chinese: str
    english: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One asking: the graph and the parameters, names already turned into IRIs."""

    graph: GraphFolder
    values: Mapping[str, Any]  #: IRIs for place, entity, indicator and document; int for year and number; else str

    @property
    def store(self) -> pyoxigraph.Store:
        """The graph itself; most questions are answered from its tables and never open it."""
        return open_store(self.graph)

    def get(self, name: str) -> Any:
        """Return a parameter, ``None`` when it was not given."""
        return self.values.get(name)

    def rows(self, query: str, given: Mapping[str, Any] | Sequence[str] = ()) -> list[dict[str, Any]]:
        """Return the rows of a query of the graph's tables (``kg.store.tables``) as dicts.

        ``given`` are the values of its ``?``; or columns and what they must be, or a collection of what they may be,
        which stand where the query says ``{where}``; what is ``None`` is left free.
        """
        if isinstance(given, Mapping):
            bound = {column: value for column, value in given.items() if value is not None}
            terms = [f"{column} {'= ?' if isinstance(value, str) else _AMONG}" for column, value in bound.items()]
            query = query.replace("{where}", " AND ".join(terms) or "TRUE")
            given = [value if isinstance(value, str) else json.dumps(list(value)) for value in bound.values()]
        try:
            cursor = open_tables(self.graph).execute(query, given)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]
        except sqlite3.DatabaseError as error:
            raise GraphError(f"{self.graph.path}: its tables are damaged ({error}); build the graph again") from error

    def select(self, query: str) -> Iterator[dict[str, Any]]:
        """Yield the solutions of a SELECT query in SPARQL as dicts of plain strings."""
        return ask(self.store, query).dicts()


_AMONG = "IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Question:
    """One named question with its words, what it takes and what its rows hold."""

    name: str  #: as in ``kg ask GRAPH NAME``
    chinese: str
    english: str
    columns: tuple[str, ...]
    answer: Callable[[Asked], Iterable[Row]] = field(repr=False)
    roles: tuple[str, ...] = ("evidence",)  #: what the quotes of a row are, in order
    parameters: tuple[Parameter, ...] = ()

    def parameter(self, name: str) -> Parameter:
        """Return one parameter; raises ``QueryError`` when the question takes no such thing."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        known = ", ".join(parameter.name for parameter in self.parameters) or "nothing"
        raise QueryError(f"{self.name}: takes no {name}; it takes {known}")


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows that a graph gives for one asking."""

    question: Question
    rows: tuple[Row, ...]
    total: int | None = field(default=None, kw_only=True)  #: rows that there are; ``None`` when they were not counted
    cut: bool = field(default=False, kw_only=True)  #: whether there are more rows than these

    @property
    def note(self) -> str:
        """Say how many rows there are when these are not all; empty when they are."""
        if not self.cut:
            return ""
        total = f"of {self.total:,}" if self.total is not None else "of more"
        return f"{len(self.rows):,} rows {total}, the most important; limit 0 gives all"

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, object]]:
        """Yield each row as a dict by column, quotes included; see ``table``."""
        return iter(self.table())

    def table(self) -> Table:
        """Return values and quotes side by side: each role gives the columns ROLE_quote, _document, _start and _end."""
        parts = ("quote", "document", "start", "end")
        columns = (*self.question.columns, *(f"{role}_{part}" for role in self.question.roles for part in parts))
        return Table(columns, tuple((*row.values, *_flat(self.question.roles, row.quotes)) for row in self.rows))

    def to_pandas(self) -> pandas.DataFrame:
        """Return ``table`` as a pandas DataFrame; raises ``KgError`` when pandas is not installed."""
        return self.table().to_pandas()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    def __str__(self) -> str:
        return str(self.table())


def _flat(roles: tuple[str, ...], quotes: tuple[Quote | None, ...]) -> Iterator[object]:
    for index in range(len(roles)):
        quote = quotes[index] if index < len(quotes) else None
        yield from (None,) * 4 if quote is None else (quote.text, quote.document, quote.start, quote.end)
