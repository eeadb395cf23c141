"""The answer to a named question as a notebook shows it: each quote in its sentence, a chart, a DataFrame."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from kg.explore import chart
from kg.query import passages
from kg.query.passages import Passage
from kg.query.questions import question
from kg.query.questions.question import Quote, Row
from kg.query.table import SHOWN, markup

#: Characters around a quote in the cell of a table.
_CONTEXT = 30
#: With more columns than these, quotes stand below their row: beside it they would be a character wide.
_WIDE = 8
#: Columns for joins and reckoning, which a reader passes over.
_FOR_JOINS = re.compile(r"_iri$|^plain_")


@dataclass(frozen=True, slots=True)
class Answer(question.Answer):
    """The rows that a graph gives for one asking, and the graph they come from."""

    graph: Path

    def passages(self, row: int) -> list[Passage]:
        """Return the quotes of a row, each in its sentence."""
        return passages.passages(self.graph, _quotes([self.rows[row]]))

    def chart(self) -> chart.Chart:
        """Draw targets and outcomes over the years; raises ``QueryError`` when the question has no such rows."""
        return chart.chart(self.table())

    def _repr_html_(self) -> str:
        note = f"<p>{escape(self.note)}</p>" if self.note else ""
        return self._markup() + note

    def _markup(self) -> str:
        rows, columns, roles = self.rows[:SHOWN], self._columns(), self.question.roles
        quotes = list(dict.fromkeys(_quotes(rows)))
        found = dict(zip(quotes, passages.passages(self.graph, quotes, _CONTEXT), strict=True))
        shown = [(self._values(row, columns), _shown(row, len(roles), found)) for row in rows]
        if len(columns) + len(roles) <= _WIDE:
            return markup((*columns, *roles), ([*values, *quoted] for values, quoted in shown), len(self.rows))
        below = (_below(roles, quoted) for _, quoted in shown)
        return markup(columns, (values for values, _ in shown), len(self.rows), below)

    def _columns(self) -> list[str]:
        """Return the columns for reading: those that some row has a value in."""
        names = (name for name in self.question.columns if not _FOR_JOINS.search(name))
        places = {name: self.question.columns.index(name) for name in names}
        told = [name for name, place in places.items() if any(row.values[place] not in (None, "") for row in self.rows)]
        return told or list(places)

    def _values(self, row: Row, columns: Iterable[str]) -> list[str]:
        values = dict(zip(self.question.columns, row.values, strict=True))
        return [escape("" if values[name] is None else str(values[name])) for name in columns]


def _quotes(rows: Iterable[Row]) -> Iterator[Quote]:
    return (quote for row in rows for quote in row.quotes if quote is not None)


def _shown(row: Row, count: int, found: Mapping[Quote, Passage]) -> list[str]:
    """Return the quotes of a row by role, each in its sentence; empty where there is none."""
    quotes = [*row.quotes, *(None for _ in range(count))][:count]
    passed = (None if quote is None else found[quote] for quote in quotes)
    return ["" if item is None else f"{item.html()}<br><small>{escape(item.source)}</small>" for item in passed]


def _below(roles: Sequence[str], quoted: Sequence[str]) -> str:
    told = zip(roles, quoted, strict=True)
    return "".join(f"<div><small>{escape(role)}</small> {words}</div>" for role, words in told if words)
