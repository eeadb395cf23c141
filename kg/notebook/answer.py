"""The answer to a named question as a notebook shows it: each quote in its sentence, a chart, a DataFrame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


@dataclass(frozen=True, slots=True)
class Answer(question.Answer):
    """The rows that a graph gives for one asking, and the graph they come from."""

    graph: Path

    def passages(self, row: int) -> list[Passage]:
        """Return the quotes of a row, each in its sentence."""
        return passages.passages(self.graph, _quotes([self.rows[row]]))

    def chart(self) -> chart.Chart:
        """Draw targets and outcomes over the years; raises ``KgError`` when the question has no such rows."""
        return chart.chart(self.table())

    def _repr_html_(self) -> str:
        rows = self.rows[:SHOWN]
        quotes = list(dict.fromkeys(_quotes(rows)))
        found = dict(zip(quotes, passages.passages(self.graph, quotes, _CONTEXT), strict=True))
        columns = [name for name in self.question.columns if not name.endswith("_iri")]
        cells = (self._cells(row, columns, found) for row in rows)
        return markup((*columns, *self.question.roles), cells, len(self.rows))

    def _cells(self, row: Row, columns: Iterable[str], found: dict[Quote, Passage]) -> Iterator[str]:
        values = dict(zip(self.question.columns, row.values, strict=True))
        yield from (escape("" if values[name] is None else str(values[name])) for name in columns)
        for index in range(len(self.question.roles)):
            quote = row.quotes[index] if index < len(row.quotes) else None
            yield "" if quote is None else f"{found[quote].html()}<br><small>{escape(found[quote].source)}</small>"


def _quotes(rows: Iterable[Row]) -> Iterator[Quote]:
    return (quote for row in rows for quote in row.quotes if quote is not None)
