"""What the questions about derived findings share: parameters, the choice of findings, and the order of rows."""

from __future__ import annotations

from typing import Any

from kg import ontology
from kg.errors import QueryError
from kg.query.questions.question import Asked, Parameter, Row

PLACE = Parameter("place", "place", "地区", "the place: 株洲市, 渌口区 or an IRI")
INDICATOR = Parameter("indicator", "indicator", "指标", "the indicator: 地区生产总值增速")
YEAR = Parameter("year", "year", "年度", "the year aimed at or told of")
SINCE = Parameter("since", "year", "起始年度", "the first year")
UNTIL = Parameter("until", "year", "截止年度", "the last year")

#: What a question with these takes; each has one more that ``code`` understands.
COMMON = (PLACE, INDICATOR, YEAR, SINCE, UNTIL)


def check(scheme: str, code: str | None) -> None:
    """Raise ``QueryError`` when a code is none of a scheme of the ontology."""
    codes = ontology.codes(scheme)
    if code is not None and code not in codes:
        raise QueryError(f"{code}: is no {scheme}; there are {', '.join(sorted(codes))}")


def within(asked: Asked) -> str:
    """Return the condition that the years leave."""
    year = asked.get("year")
    return f"year BETWEEN '{year or asked.get('since') or 1000}' AND '{year or asked.get('until') or 9999}'"


def select(asked: Asked, kind: str, **more: str | None) -> list[dict[str, Any]]:
    """Return the findings of a kind that the parameters leave, and ``more`` that columns must be."""
    where = {"kind": kind, "place": asked.get("place"), "indicator": asked.get("indicator"), **more}
    return asked.rows(f"SELECT * FROM finding WHERE {within(asked)} AND {{where}}", where)


def order(row: Row) -> tuple[str, ...]:
    """Return what rows are sorted by: all their values, then the places of their quotes."""
    spans = [f"{quote.document}{quote.start:09}" if quote is not None else "" for quote in row.quotes]
    return (*(str(value or "") for value in row.values), *spans)
