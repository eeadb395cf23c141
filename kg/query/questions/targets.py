"""Targets against outcomes: what was aimed at, what was reported, and what nobody speaks of any more.

The verdicts are those that the build derived (``kg.derive.verdicts`` says how); here they are only read, with quotes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from kg import ids
from kg.query.questions import pages
from kg.query.questions.findings import COMMON, check, order, select
from kg.query.questions.question import Asked, Page, Parameter, Question, Quote, Row
from kg.query.questions.quotes import values
from kg.query.questions.stated import Nodes

VERDICT = Parameter("verdict", "text", "判定", "met, exceeded, missed, no-evidence, not-covered or not-comparable")


class _Told(NamedTuple):
    """A target, an outcome or another statement as the build wrote it into the row of an assessment."""

    value: str | None
    unit: str | None
    comparator: str
    modality: str | None
    since: int | None
    text: str
    document: str
    start: int
    end: int
    date: str | None
    iri: str

    @property
    def words(self) -> tuple[str | None, ...]:
        return self.value, self.unit, self.comparator, self.modality

    @property
    def quote(self) -> Quote:
        return Quote(self.text, self.document, self.start, self.end, self.date, self.iri)


def _read(row: str) -> tuple[_Told, _Told | None, str | None, int | None]:
    """Return target, what it is compared with or what was told instead, the indicator of that, and further outcomes."""
    target, told, (indicator, others) = json.loads(row)
    return _Told(*target), _Told(*told) if told else None, indicator, others


#: Verdicts by importance: what asks for an explanation stands first.
_IMPORTANCE = ("missed", "exceeded", "met", "not-comparable", "no-evidence", "not-covered")
_ALL = "SELECT (COUNT(*) AS ?n) WHERE { ?finding a lg:Assessment }"
_FOUND = """WHERE { VALUES ?verdict { %s } VALUES ?place { UNDEF } VALUES ?indicator { UNDEF }
  VALUES ?since { UNDEF } VALUES ?until { UNDEF }
  ?finding lg:verdict ?verdict ; a lg:Assessment ; lg:inYear ?year ; lg:about ?place ; lg:ofIndicator ?indicator .
  FILTER(STR(?year) >= ?since && STR(?year) <= ?until) }"""
_ORDER = f"SELECT ?finding ?year ?place ?indicator {_FOUND}"
_COUNT = f"SELECT (COUNT(*) AS ?n) {_FOUND}"
_ROWS = """SELECT ?finding ?place ?year ?indicator ?verdict ?reason ?preliminary ?row WHERE { VALUES ?finding { %s }
  ?finding lg:about ?place ; lg:ofIndicator ?indicator ; lg:verdict ?verdict ; lg:inYear ?year ; lg:row ?row .
  OPTIONAL { ?finding lg:verdictReason ?reason } OPTIONAL { ?finding lg:preliminary ?preliminary } }"""


def _targets(asked: Asked) -> Iterable[Row]:
    nodes, limit = Nodes(asked.store), pages.most(asked, "place", "indicator")
    if limit is not None:
        return _page(asked, nodes, limit)
    found = select(asked, "assessments.rq", "verdict", asked.get("verdict"))
    return sorted((_row(nodes, row) for row in found), key=order)


def _page(asked: Asked, nodes: Nodes, limit: int) -> Page:
    """Return the first rows: misses before the rest, newer years before older ones. Only these are read."""
    verdict = asked.get("verdict")
    check("verdict", verdict)
    found: list[dict[str, Any]] = []
    for code in (verdict,) if verdict else _IMPORTANCE:
        if len(found) < limit:
            found += sorted(select(asked, _ORDER % f"<{ids.concept('verdict', code)}>"), key=_importance)
    wanted = [row["finding"] for row in found[:limit]]
    rows = {row["finding"]: _row(nodes, row) for row in values(asked, _ROWS, wanted)}
    return Page([rows[finding] for finding in wanted], _number(asked))


def _importance(found: dict[str, Any]) -> tuple[int, str, str, str]:
    return -int(found["year"]), found["place"], found["indicator"], found["finding"]


def _number(asked: Asked) -> int:
    """Count the rows; of the whole graph by their class alone, which takes a twentieth of the time."""
    names = ("place", "indicator", "year", "since", "until", "verdict")
    if not any(asked.get(name) for name in names):
        return int(next(asked.select(_ALL))["n"])
    codes = (asked.get("verdict"),) if asked.get("verdict") else _IMPORTANCE
    verdicts = " ".join(f"<{ids.concept('verdict', code)}>" for code in codes)
    return int(next(select(asked, _COUNT % verdicts))["n"])


def _row(nodes: Nodes, found: dict[str, Any]) -> Row:
    target, told, _, others = _read(found["row"])
    verdict = ids.local(found["verdict"])
    outcome = told if verdict != "no-evidence" else None
    values = (
        nodes.label(found["place"]),
        found["year"],
        nodes.label(found["indicator"]),
        *target.words,
        target.since,
        *(outcome.words if outcome is not None else (None,) * 4),
        verdict,
        found["reason"],
        {"true": "preliminary", "false": "final"}.get(found["preliminary"] or ""),
        others,
        told.document if told is not None and outcome is None else None,
        found["finding"],
    )
    return Row(values, (target.quote, outcome.quote if outcome is not None else None))


TARGETS = Question(
    name="targets-vs-outcomes",
    chinese="定下的目标，后来报告完成了吗？",
    english="What was aimed at, what was reported, and was it reached?",
    columns=(
        "place", "year", "indicator", "target", "unit", "comparator", "modality", "since",
        "outcome", "outcome_unit", "outcome_comparator", "outcome_modality",
        "verdict", "reason", "status", "others", "covered_by", "assessment_iri",
    ),
    roles=("target", "outcome"),
    parameters=(*COMMON, VERDICT, pages.LIMIT),
    answer=_targets,
)  # fmt: skip


def _silent(asked: Asked) -> Iterator[Row]:
    """Yield the targets of the usual indicators that a report passes over, and the misses that it does not call so."""
    nodes = Nodes(asked.store)
    yield from sorted((_silence(nodes, row) for row in select(asked, "silences.rq")), key=order)


def _silence(nodes: Nodes, found: dict[str, Any]) -> Row:
    target, told, indicator, _ = _read(found["row"])
    values = (
        nodes.label(found["place"]),
        found["year"],
        nodes.label(found["indicator"]),
        found["silence"],
        *target.words,
        nodes.label(indicator) if indicator else None,
        *(told.words[:3] if told is not None else (None,) * 3),
    )
    return Row(values, (target.quote, told.quote if told is not None else None))


SILENT = Question(
    name="silent-misses",
    chinese="哪些目标后来的报告不再提起，或者没有完成却未说明？",
    english="Which targets does the next report pass over, or miss without saying so?",
    columns=(
        "place", "year", "indicator", "kind", "target", "unit", "comparator", "modality",
        "reported", "outcome", "outcome_unit", "outcome_comparator",
    ),
    roles=("target", "report"),
    parameters=COMMON,
    answer=_silent,
)  # fmt: skip

QUESTIONS = (TARGETS, SILENT)
