"""What the questions about derived findings share: parameters, the choice of findings, and the order of rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph

from kg import ids, ontology
from kg.errors import QueryError
from kg.query.questions.question import Asked, Parameter, Row
from kg.query.questions.stated import Stated

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


def select(asked: Asked, query: str, scheme: str = "", code: str | None = None) -> Iterator[dict[str, Any]]:
    """Yield the findings that the parameters leave; ``code`` is one of a scheme of the ontology, ``None`` for all."""
    if scheme:
        check(scheme, code)
    year = asked.get("year")
    return asked.select(
        query,
        place=_node(asked.get("place")),
        indicator=_node(asked.get("indicator")),
        since=pyoxigraph.Literal(str(year or asked.get("since") or 1000)),
        until=pyoxigraph.Literal(str(year or asked.get("until") or 9999)),
        **({scheme: _node(ids.concept(scheme, code) if code else None)} if scheme else {}),
    )


def _node(iri: str | None) -> pyoxigraph.NamedNode | None:
    return pyoxigraph.NamedNode(iri) if iri else None


def order(row: Row) -> tuple[str, ...]:
    """Return what rows are sorted by: all their values, then the places of their quotes."""
    spans = [f"{quote.document}{quote.start:09}" if quote is not None else "" for quote in row.quotes]
    return (*(str(value or "") for value in row.values), *spans)


def words(stated: Stated | None) -> tuple[str | None, ...]:
    """Return value, unit, comparator and modality of a statement as columns."""
    if stated is None:
        return (None,) * 4
    return stated.value, stated.unit, stated.comparator, stated.modality
