"""Answers of named questions as files to keep: CSV, JSON and Excel."""

from __future__ import annotations

import base64
import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

from kg.errors import QueryError
from kg.query.questions import pages, registry
from kg.query.questions.question import Answer
from kg.query.sparql import ask
from kg.query.table import Table
from kg.store.folder import open_graph
from kg.store.oxigraph import open_store

#: What a cell of Excel holds at most (Microsoft: Excel specifications and limits).
_LONGEST = 32_767
_WIDEST = 60
_MOST = 200_000  #: rows of a workbook made while somebody waits


def file(graph: Path, name: str, parameters: Mapping[str, Any], form: str) -> dict[str, str]:
    """Return an answer as a file: ``{"base64": …}``; ``form`` is csv, json or xlsx."""
    whole = {"limit": 0} if pages.LIMIT in registry.question(name).parameters else {}
    answer = registry.answer(graph, name, **whole | dict(parameters))  # a file to keep holds all rows
    content = {"csv": _csv, "json": _json, "xlsx": _excel}[form](answer)
    return {"base64": base64.b64encode(content).decode("ascii")}


def sheet(graph: Path, query: str) -> dict[str, str]:
    """Return the rows of a SPARQL query as a workbook: ``{"base64": …}``; raises ``QueryError`` for triples."""
    table = ask(open_store(open_graph(graph)), query).table(typed=True)
    if len(table.rows) > _MOST:
        raise QueryError(f"Excel holds {_MOST:,} rows and the answer has {len(table.rows):,}; narrow it or take CSV")
    return {"base64": base64.b64encode(_workbook(table, "answer")).decode("ascii")}


def _csv(answer: Answer) -> bytes:
    """Write a table with the mark by which spreadsheets know UTF-8."""
    table = answer.table()
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return stream.getvalue().encode("utf-8-sig")


def _json(answer: Answer) -> bytes:
    return json.dumps(list(answer), ensure_ascii=False, indent=1, default=str).encode()


def _excel(answer: Answer) -> bytes:
    return _workbook(answer.table(), answer.question.name)


def _workbook(table: Table, name: str) -> bytes:
    """Write a workbook of one sheet; text stays text, so nothing in a document is taken for a formula."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(name[:31])
    bold = book.add_format({"bold": True})
    for column, head in enumerate(table.columns):
        sheet.write_string(0, column, head, bold)
        sheet.set_column(column, column, _width(head, [row[column] for row in table.rows[:100]]))
    for number, row in enumerate(table.rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(number, column, value)
            elif value is not None:
                sheet.write_string(number, column, str(value)[:_LONGEST])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    book.close()
    return stream.getvalue()


def _width(name: str, values: list[object]) -> float:
    """Return a width that fits most values; a Chinese character is as wide as two letters."""
    longest = max((sum(1 + (letter > "\u2e7f") for letter in str(value or "")) for value in values), default=0)
    return min(max(longest, len(name)) + 2, _WIDEST)
