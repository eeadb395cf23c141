"""Answers on a terminal: a line for each row, its quotes below it. In a pipe all columns stand side by side instead.

A row has up to twenty-six columns, which a terminal would fold into letters. So columns that no row fills are left
out, and so are those for joins; what is still too wide for one line is written as ``column value · column value``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.query.questions.question import Answer, Quote, Row

if TYPE_CHECKING:
    from rich.console import Console


def draw(answer: Answer, console: Console) -> None:
    """Print the rows of an answer for reading."""
    shown = [
        (number, name)
        for number, name in enumerate(answer.question.columns)
        if not name.endswith("_iri") and any(row.values[number] not in (None, "") for row in answer.rows)
    ]
    cells = [["" if row.values[n] is None else str(row.values[n]) for n, _ in shown] for row in answer.rows]
    names = [name for _, name in shown]
    lines = _lines(names, cells, console.width) or [_told(names, row) for row in cells]
    if len(lines) > len(cells):
        console.print(lines.pop(0), style="bold", soft_wrap=True, markup=False)
    for line, row in zip(lines, answer.rows, strict=True):
        console.print(line, soft_wrap=True, markup=False, highlight=False)
        for told in _quotes(answer.question.roles, row):
            console.print(f"    {told}", style="dim", soft_wrap=True, markup=False, highlight=False)


def _lines(names: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return head and rows with columns below one another; nothing when they are wider than the terminal."""
    from rich.cells import cell_len, set_cell_size

    table = [names, *cells]
    widths = [max(map(cell_len, column)) for column in zip(*table, strict=True)]
    if sum(widths) + 2 * len(widths) > width:
        return []
    return ["  ".join(map(set_cell_size, row, widths)).rstrip() for row in table]


def _told(names: Sequence[str], cells: Sequence[str]) -> str:
    """Return a row that does not fit: what is not empty, each with the name of its column."""
    return " · ".join(f"{name} {cell}" for name, cell in zip(names, cells, strict=True) if cell)


def _quotes(roles: Sequence[str], row: Row) -> Iterator[str]:
    for role, quote in zip(roles, row.quotes, strict=False):
        if quote is not None:
            yield f"{role} {_quoted(quote)}"


def _quoted(quote: Quote) -> str:
    words = " ".join(quote.text.split())
    return f"“{words}” — {quote.document} [{quote.start}:{quote.end}]"
