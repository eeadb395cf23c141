"""Targets against outcomes: what was aimed at, what was reported, and what nobody speaks of any more.

The verdicts are those that the build derived (``kg.derive.verdicts`` says how); here they are only read, with quotes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from kg.query.questions import pages
from kg.query.questions.findings import COMMON, check, order, select, within
from kg.query.questions.names import Labels
from kg.query.questions.question import Asked, Page, Parameter, Question, Row
from kg.query.questions.stated import Told

VERDICT = Parameter("verdict", "text", "判定", "met, exceeded, missed, no-evidence, not-covered or not-comparable")


def _read(row: str) -> tuple[Told, Told | None, str | None, int | None]:
    """Return target, what it is compared with or what was told instead, the indicator of that, and further outcomes."""
    target, told, (indicator, others) = json.loads(row)
    return Told(*target), Told(*told) if told else None, indicator, others


#: Verdicts by importance: what asks for an explanation stands first.
_IMPORTANCE = ("missed", "exceeded", "met", "not-comparable", "no-evidence", "not-covered")
_FIRST = "SELECT iri FROM finding WHERE %s AND {where} ORDER BY year DESC, place, indicator, iri LIMIT %d"
_COUNT = "SELECT COUNT(*) AS number FROM finding WHERE %s AND {where}"
_ROWS = "SELECT * FROM finding WHERE {where}"


def _targets(asked: Asked) -> Iterable[Row]:
    check("verdict", asked.get("verdict"))
    labels, limit = Labels(asked), pages.most(asked, "place", "indicator")
    if limit is not None and not asked.get("place") and not asked.get("indicator"):
        return _page(asked, labels, limit)
    found = select(asked, "assessment", verdict=asked.get("verdict"))
    if limit is None:
        return sorted((_row(labels, row) for row in found), key=order)
    found.sort(key=_importance)
    return Page([_row(labels, row) for row in found[:limit]], len(found))


def _importance(found: dict[str, Any]) -> tuple[int, int, str, str, str]:
    code = found["verdict"]
    return _IMPORTANCE.index(code), -int(found["year"]), found["place"], found["indicator"], found["iri"]


def _page(asked: Asked, labels: Labels, limit: int) -> Page:
    """Return the first rows: misses before the rest, newer years before older ones. Only these are read."""
    verdict, years = asked.get("verdict"), within(asked)
    wanted: list[str] = []
    for code in (verdict,) if verdict else _IMPORTANCE:
        found = asked.rows(_FIRST % (years, limit - len(wanted)), {"kind": "assessment", "verdict": code})
        wanted += [row["iri"] for row in found]
    rows = {row["iri"]: _row(labels, row) for row in asked.rows(_ROWS, {"iri": wanted})}
    count = asked.rows(_COUNT % years, {"kind": "assessment", "verdict": verdict})
    return Page([rows[iri] for iri in wanted], count[0]["number"])


def _row(labels: Labels, found: dict[str, Any]) -> Row:
    target, told, _, others = _read(found["row"])
    verdict = found["verdict"]
    outcome = told if verdict != "no-evidence" else None
    values = (
        labels[found["place"]],
        found["year"],
        found["called"] or found["indicator"],
        *target.words,
        target.since,
        *(outcome.words if outcome is not None else (None,) * 4),
        verdict,
        found["reason"],
        {"true": "preliminary", "false": "final"}.get(found["preliminary"] or ""),
        others,
        told.document if told is not None and outcome is None else None,
        found["iri"],
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


_SILENT = "SELECT * FROM finding WHERE silence IS NOT NULL AND %s AND {where}"


def _silent(asked: Asked) -> Iterator[Row]:
    """Yield the targets of the usual indicators that a report passes over, and the misses that it does not call so."""
    labels, where = Labels(asked), {"place": asked.get("place"), "indicator": asked.get("indicator")}
    found = asked.rows(_SILENT % within(asked), where)
    yield from sorted((_silence(labels, row) for row in found), key=order)


def _silence(labels: Labels, found: dict[str, Any]) -> Row:
    target, told, indicator, _ = _read(found["row"])
    values = (
        labels[found["place"]],
        found["year"],
        found["called"] or found["indicator"],
        found["silence"],
        *target.words,
        labels[indicator] if indicator else None,
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
