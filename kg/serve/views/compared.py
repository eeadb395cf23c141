"""Two places side by side, over the named questions: which industries they back, and what they reached in one year."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

from kg import ids
from kg.errors import EntityNotFound
from kg.query.questions import registry
from kg.query.questions.question import Answer, Row
from kg.registry.places import places
from kg.serve.views.reader import Reader, address
from kg.serve.views.reader import reader as open_reader

#: What a row tells of, the row, and the answer it stands in.
Found: TypeAlias = tuple[tuple[str, Row], Answer]
_CHANGES = ("both", "first-only", "second-only")


def are_places(a: str, b: str) -> bool:
    """Tell whether two words are names or codes of two places."""
    return None not in (_code(a), _code(b))


def _code(words: str) -> str | None:
    known = places()
    found = known.get(words) or known.resolve(words)
    return found.code if found is not None else None


def compared(graph: Path, a: str, b: str) -> list[dict[str, Any]]:
    """Return two tables of two places: industries, and outcomes of the latest year that both tell of."""
    reader = open_reader(graph)
    iris = [ids.entity(f"place/{_code(words)}") for words in (a, b)]
    if not all(reader.classes(iri) for iri in iris):
        raise EntityNotFound(f"{a}, {b}: the graph tells nothing of one of them; see the list of documents")
    names = [reader.label(iri) for iri in iris]
    answers = {
        name: [registry.answer(graph, name, place=iri) for iri in iris]
        for name in ("district-industries", "targets-vs-outcomes")
    }
    return [
        {**_industries(reader, names, answers["district-industries"]), "title": "industries"},
        {**_outcomes(reader, names, answers["targets-vs-outcomes"]), "title": "outcomes"},
    ]


def _industries(reader: Reader, names: list[str], answers: list[Answer]) -> dict[str, Any]:
    """Return the industries of either place: in both, or in one alone."""
    told = [{found[0][0]: found for found in _latest(answer, "industry")} for answer in answers]
    rows: list[dict[str, Any]] = []
    for industry in sorted(told[0].keys() | told[1].keys()):
        found = [side.get(industry) for side in told]
        how = _CHANGES[0] if all(found) else _CHANGES[1 if found[0] else 2]
        iri = next(str(_value(row, answer, "industry_iri")) for (_, row), answer in filter(None, found))
        cells = [_cell(industry, address(iri)), _cell(how), *(_cell(_words(one, "role")) for one in found)]
        rows.append({"cells": cells, "quotes": [_quote(reader, one) for one in found], "values": {"how": how}})
    rows.sort(key=lambda row: _CHANGES.index(row["values"]["how"]))
    tally = [(how, sum(row["values"]["how"] == how for row in rows)) for how in _CHANGES]
    return _table(["industry", "in", *names], names, rows, [list(one) for one in tally])


def _outcomes(reader: Reader, names: list[str], answers: list[Answer]) -> dict[str, Any]:
    """Return what both places say they reached, of each indicator for the latest year of both."""
    told: list[dict[tuple[str, str], Found]] = [{}, {}]
    for side, answer in zip(told, answers, strict=True):
        for row in answer.rows:
            if _value(row, answer, "outcome") is not None:
                key = str(_value(row, answer, "indicator")), str(_value(row, answer, "year"))
                side[key] = ((key[0], row), answer)
    latest = dict(sorted(told[0].keys() & told[1].keys()))
    rows = []
    for indicator, year in sorted(latest.items(), key=lambda item: (item[1], item[0]), reverse=True):
        found = [side[indicator, year] for side in told]
        href = address(min((iri for iri in reader.called(indicator) if "/def/indicator/" in iri), default=""))
        values = [_words(one, "outcome_comparator", "outcome", "outcome_unit") for one in found]
        cells = [_cell(indicator, href), _cell(year), *map(_cell, values)]
        rows.append({"cells": cells, "quotes": [_quote(reader, one, 1) for one in found], "values": {}})
    return _table(["indicator", "year", *names], names, rows, [])


def _table(columns: list[str], roles: list[str], rows: list[dict[str, Any]], tally: list[list[Any]]) -> dict[str, Any]:
    return {"columns": columns, "roles": roles, "rows": rows, "total": len(rows), "tally": tally}


def _latest(answer: Answer, column: str) -> Iterable[Found]:
    """Yield the rows of an answer under what a column holds, the latest last."""
    rows = sorted(answer.rows, key=lambda row: str(_value(row, answer, "date") or ""))
    return (((str(_value(row, answer, column)), row), answer) for row in rows)


def _value(row: Row, answer: Answer, column: str) -> Any:
    return row.values[answer.question.columns.index(column)]


def _words(found: Found | None, *columns: str) -> list[Any]:
    if found is None:
        return []
    (_, row), answer = found
    return [value for column in columns if (value := _value(row, answer, column)) not in (None, "", "=")]


def _cell(parts: Any, href: str = "") -> dict[str, Any]:
    return {"parts": parts if isinstance(parts, list) else [parts], "href": href}


def _quote(reader: Reader, found: Found | None, number: int = 0) -> dict[str, Any] | None:
    quote = found[0][1].quotes[number] if found is not None else None
    return None if quote is None else reader.passage(quote.iri, quote.start, quote.end, quote.text)
