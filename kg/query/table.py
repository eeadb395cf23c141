"""A table: named columns and rows, as every question answers."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import extras

if TYPE_CHECKING:
    import pandas

#: Rows that a notebook shows; the last line says how many more there are.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of plain values under named columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]

    def __iter__(self) -> Iterator[dict[str, object]]:
        """Yield each row as a dict by column."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.rows)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a pandas DataFrame; raises ``KgError`` when pandas is not installed.

        Whole numbers stay whole where some are missing: an offset is 308 and never 308.0.
        """
        frame: pandas.DataFrame = extras.load("pandas").DataFrame(list(self.rows), columns=list(self.columns))
        whole = [name for name, cells in zip(self.columns, zip(*self.rows, strict=True), strict=False) if _whole(cells)]
        return frame.astype(dict.fromkeys(whole, "Int64"))

    def _repr_html_(self) -> str:
        cells = ([html.escape("" if value is None else str(value)) for value in row] for row in self.rows[:SHOWN])
        return markup(self.columns, cells, len(self.rows))

    def __str__(self) -> str:
        """Return the rows with their columns below one another, two spaces between them."""
        cells = [
            self.columns,
            *(tuple("" if v is None else " ".join(str(v).split()) for v in row) for row in self.rows),
        ]
        widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
        return "\n".join("  ".join(map(_padded, row, widths)).rstrip() for row in cells)


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes: two for each Chinese character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _whole(cells: Sequence[object]) -> bool:
    """Tell whether a column has whole numbers and gaps, which pandas would make fractions of."""
    told = {type(cell) for cell in cells}
    return told == {int, type(None)}


# Jupyter sets numbers of tables to the right and centres cells between lines; sentences are read from the left.
_STYLE = (
    "<style>table.kg{border-collapse:collapse;font-size:13px}"
    "table.kg th,table.kg td{text-align:left!important;vertical-align:top;padding:3px 10px 3px 0;max-width:42em}"
    "table.kg th{white-space:nowrap}table.kg small{opacity:.7}table.kg mark,p.kg mark{padding:0 .1em}</style>"
)


def markup(
    columns: Sequence[str], rows: Iterable[Iterable[str]], total: int, below: Iterable[str] | None = None
) -> str:
    """Return a table as HTML; cells are HTML already, and ``total`` rows are said to be there when fewer are shown.

    ``below`` has something for each row that stands under it, as wide as the table.
    """
    shown = [f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows]
    left = total - len(shown)
    if below is not None:
        shown = [row + _under(words, len(columns)) for row, words in zip(shown, below, strict=True)]
    head = "".join(f"<th>{html.escape(column)}</th>" for column in columns)
    body = "".join(shown)
    more = f"<p>还有 {left:,} 行 · {left:,} more rows of {total:,}; to_pandas() has them all</p>" if left > 0 else ""
    return f'{_STYLE}<table class="kg"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}'


def _cell(text: str) -> str:
    """Return a cell; a short one stays on one line."""
    return f'<td style="white-space:nowrap">{text}</td>' if 6 < len(text) < 16 else f"<td>{text}</td>"


def _under(text: str, columns: int) -> str:
    return f'<tr><td colspan="{columns}" style="max-width:none;padding-left:2em">{text}</td></tr>' if text else ""
