"""Rows of a named question as a page shows them: cells with links, quotes inside their sentences, a part at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg import ids
from kg.query.questions import registry
from kg.query.questions.question import Answer, Quote, Row
from kg.registry.places import places
from kg.serve.views.reader import Reader, address
from kg.serve.views.reader import reader as open_reader

#: Columns that the IRI of a column names, where they are not called alike.
_NAMED_BY = {"person_iri": ("person", "holder"), "thing_iri": ("thing", "name")}
_PLACES = frozenset(("place", "area", "subject", "part_place"))
Cell = dict[str, Any]


def rows(
    graph: Path,
    name: str,
    parameters: Mapping[str, Any],
    columns: Sequence[str] = (),
    offset: int = 0,
    limit: int = 50,
    tally: str = "",
    newest: str = "",
) -> dict[str, Any]:
    """Return a part of an answer with links and sentences.

    ``columns`` chooses; several joined by a space make one cell (``comparator value unit``). ``tally`` is a column
    whose values are counted over all rows, ``newest`` one of years or days, the latest of which come first.
    """
    answer = _answer(graph, name, parameters, offset + limit)
    reader = open_reader(graph)
    shown = tuple(columns) or tuple(column for column in answer.question.columns if not column.endswith("_iri"))
    found = list(answer.rows)
    position = answer.question.columns.index(tally) if tally else 0
    if tally:
        found.sort(key=lambda row: str(row.values[position] or "\uffff"))
    if newest:
        found.sort(key=lambda row: str(row.values[answer.question.columns.index(newest)] or ""), reverse=True)
    part = found[offset : offset + limit]
    return {
        "name": name,
        "chinese": answer.question.chinese,
        "english": answer.question.english,
        "columns": list(shown),
        "roles": list(answer.question.roles),
        "total": _total(answer, parameters),
        "offset": offset,
        "tally": list(Counter(str(row.values[position] or "") for row in found).items()) if tally else [],
        "rows": [_row(reader, answer, row, shown) for row in part],
    }


def _answer(graph: Path, name: str, parameters: Mapping[str, Any], wanted: int) -> Answer:
    """Return an answer; of a long one that is given in part as many rows as a page further down needs."""
    answer = registry.answer(graph, name, **parameters)
    if answer.cut and len(answer) < wanted and parameters.get("limit") is None:
        return registry.answer(graph, name, **parameters, limit=wanted)
    return answer


def _total(answer: Answer, parameters: Mapping[str, Any]) -> int:
    """Return how many rows can be paged through; one more than are known when the others were not counted."""
    if not answer.cut or parameters.get("limit") is not None:
        return len(answer)
    return answer.total if answer.total is not None else len(answer) + 1


def _row(reader: Reader, answer: Answer, row: Row, shown: Sequence[str]) -> dict[str, Any]:
    values = dict(zip(answer.question.columns, row.values, strict=True))
    return {
        "cells": [_cell(reader, values, column) for column in shown],
        "quotes": [None if quote is None else _quote(reader, quote) for quote in row.quotes],
        "values": {name: value for name, value in values.items() if not name.endswith("_iri")},
    }


def _cell(reader: Reader, values: Mapping[str, Any], column: str) -> Cell:
    parts = [values[name] for name in column.split()]
    if len(parts) > 1:
        return {"parts": [part for part in parts if part not in (None, "", "=")], "href": ""}
    return {"parts": [] if parts[0] in (None, "") else parts, "href": _link(reader, values, column)}


def _link(reader: Reader, values: Mapping[str, Any], column: str) -> str:
    for name, value in values.items():
        if name.endswith("_iri") and value and column in _NAMED_BY.get(name, (name.removesuffix("_iri"),)):
            return address(str(value))
    return _found(column)(reader, str(values[column] or ""))


def _found(column: str) -> Callable[[Reader, str], str]:
    if column in _PLACES:
        return lambda _, text: _place(text)
    if column == "indicator":
        return _indicator
    if column == "document":
        return lambda reader, text: address(reader.document(text))
    return lambda *_: ""


@lru_cache(maxsize=4096)
def _place(text: str) -> str:
    found = places().resolve(text) if text else None
    return address(ids.entity(f"place/{found.code}")) if found is not None and found.name == text else ""


def _indicator(reader: Reader, text: str) -> str:
    folder = ids.concept("indicator", "")
    return address(min((iri for iri in reader.called(text) if iri.startswith(folder)), default="")) if text else ""


def _quote(reader: Reader, quote: Quote) -> dict[str, Any]:
    return reader.passage(quote.iri, quote.start, quote.end, quote.text)
