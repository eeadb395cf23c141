"""What was aimed at and what was reported for one indicator, year by year: the rows that a chart draws.

``series.rq`` says the same in SPARQL.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kg.query.questions.names import Labels
from kg.query.questions.question import Asked, Parameter, Question, Quote, Row
from kg.store.tables import offsets

INDICATOR = Parameter("indicator", "indicator", "指标", "the indicator: 固定资产投资增速 or an IRI", required=True)
PLACE = Parameter("place", "place", "地区", "the place: 株洲市, 渌口区 or an IRI")
SINCE = Parameter("since", "year", "起始年份", "the first year: 2016")
UNTIL = Parameter("until", "year", "终止年份", "the last year: 2025")

_SERIES = """SELECT place.name AS area, measure.kind, since, year, comparator, value, unit, normal, bare, text,
    document.name AS document, date, document.iri AS source, span
  FROM measure JOIN thing AS place ON place.iri = subject JOIN document ON document.iri = measure.document
  JOIN quote USING (span)
  WHERE value IS NOT NULL AND year IS NOT NULL AND comparator IS NOT NULL AND place.name IS NOT NULL AND {where}"""


def _answer(asked: Asked) -> Iterator[Row]:
    name = Labels(asked)[asked.get("indicator")]
    since, until = asked.get("since") or 0, asked.get("until") or 9999
    found = asked.rows(_SERIES, {"indicator": asked.get("indicator"), "subject": asked.get("place")})
    for row in sorted(found, key=_order):
        if since <= int(row["year"]) <= until:
            yield _row(row, name)


def _order(row: dict[str, str]) -> tuple[object, ...]:
    about = row["area"], row["year"], row["kind"], row["date"] or "", row["document"]
    return *about, offsets(row["span"]), Decimal(row["value"])


def _row(found: dict[str, str], name: str) -> Row:
    start = int(found["since"]) if found["since"] else None
    quote = Quote(found["text"], found["document"], *offsets(found["span"]), found["date"], found["source"])
    plain = _number(found["normal"]) if found["normal"] else None
    values = (found["area"], name, found["kind"], start, int(found["year"]), found["comparator"])
    return Row((*values, _number(found["value"]), found["unit"], plain, found["bare"]), (quote,))


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
