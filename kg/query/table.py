"""A table: named columns and rows, as every question answers."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


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

    def _repr_html_(self) -> str:
        head = _cells("th", self.columns)
        return f"<table><thead>{head}</thead><tbody>{''.join(_cells('td', row) for row in self.rows)}</tbody></table>"

    def __str__(self) -> str:
        """Return the rows with columns parted by two spaces, for a terminal."""
        cells = [self.columns, *(tuple("" if v is None else str(v) for v in row) for row in self.rows)]
        return "\n".join("  ".join(row) for row in cells)


def _cells(tag: str, values: Sequence[object]) -> str:
    cells = "".join(f"<{tag}>{html.escape('' if value is None else str(value))}</{tag}>" for value in values)
    return f"<tr>{cells}</tr>"
