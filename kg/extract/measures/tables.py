"""Cells of a table that are a number alone: the row names the thing, the column what is measured.

In go the cells of the first row and a later row, out come terms: 杭衢高铁 under 总投资 is 杭衢高铁总投资.
Cells with words of their own are read like sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.measures.frame import Term, bound
from kg.extract.measures.quantities import Quantity
from kg.extract.measures.wording import usual, worded

_NAMES = re.compile(r"名称|项目|指标|企业|单位|内容|地区|县|区$")
_YEAR = re.compile(r"20\d\d年?(?:目标|完成|实际|预期|计划)?值?|数值|目标值?|完成值?|数量|实绩")
_BRACKETS = re.compile(r"[（(][^）)]*[）)]")


def cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the cells of a row, which tabs part."""
    out, at = [], start
    for cell in text[start:end].split("\t"):
        low = at + len(cell) - len(cell.lstrip())
        out.append((low, low + len(cell.strip())))
        at += len(cell) + 1
    return out


def read(
    text: str, header: Sequence[tuple[int, int]], row: Sequence[tuple[int, int]], quantities: Sequence[Quantity]
) -> Iterator[Term]:
    """Yield the terms of a row whose cells are numbers with a unit and nothing else."""
    names = [text[low:high] for low, high in header]
    values = {cell: quantity for quantity in quantities for cell in row if cell == (quantity.start, quantity.end)}
    if len(names) != len(row) or not values:
        return
    key = next((n for n, name in enumerate(names) if _NAMES.search(name) and row[n] not in values), None)
    if key is None:
        return
    thing = _BRACKETS.sub("", text[slice(*row[key])])
    for position, cell in enumerate(row):
        quantity = values.get(cell)
        if quantity is None or len(thing) < 2:
            continue
        column = _BRACKETS.sub("", names[position]).strip()
        indicator = worded(thing, quantity.kind) if _YEAR.fullmatch(column) else usual(thing + column)
        text_after, code = bound(quantity, ("", ""))
        yield Term(quantity, *cell, indicator, code, text_after, cell[0], (), quantity.value, "table")
