"""What was aimed at and what was reported for one indicator, year by year: the rows that a chart draws."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph

from kg.query.questions.question import Asked, Parameter, Question, Quote, Row

INDICATOR = Parameter("indicator", "indicator", "指标", "the indicator: 固定资产投资增速 or an IRI", required=True)
PLACE = Parameter("place", "place", "地区", "the place: 株洲市, 渌口区 or an IRI")
SINCE = Parameter("since", "year", "起始年份", "the first year: 2016")
UNTIL = Parameter("until", "year", "终止年份", "the last year: 2025")

_NAME = """SELECT (STR(?label) AS ?name) WHERE { VALUES ?indicator { UNDEF } ?indicator skos:prefLabel ?label
  FILTER(LANGMATCHES(LANG(?label), "zh")) } ORDER BY ?label LIMIT 1"""


def _answer(asked: Asked) -> Iterator[Row]:
    bound = {name: asked.get(name) for name in ("place", "indicator")}
    iris = {name: pyoxigraph.NamedNode(iri) if iri else None for name, iri in bound.items()}
    # Asked for by itself: with a second label in it, the engine reads all values of the graph (1 s and not 40 ms).
    name = next((str(found["name"]) for found in asked.select(_NAME, indicator=iris["indicator"])), "")
    since, until = asked.get("since") or 0, asked.get("until") or 9999
    for found in asked.select("series.rq", **iris):
        if since <= int(found["year"]) <= until:
            yield _row(found, name)


def _row(found: dict[str, str], name: str) -> Row:
    kind = found["class"].rpartition("#")[2].lower()
    start = int(found["from"]) if found["from"] else None
    quote = Quote(
        found["quote"], found["document"], int(found["start"]), int(found["end"]), found["date"], found["source"]
    )
    plain = _number(found["plain"]) if found["plain"] else None
    values = (found["area"], name, kind, start, int(found["year"]), found["code"])
    return Row((*values, _number(found["value"]), found["unit"], plain, found["plain_unit"]), (quote,))


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


QUESTION = Question(
    name="series",
    chinese="某个指标历年的目标与实绩是多少？",
    english="What were the targets and outcomes of an indicator, year by year?",
    columns=(
        *("place", "indicator", "kind", "from", "year", "comparator", "value", "unit"),
        *("plain_value", "plain_unit"),  # in one unit for all: 300亿元 is 30000000000 元
    ),
    parameters=(INDICATOR, PLACE, SINCE, UNTIL),
    answer=_answer,
)
