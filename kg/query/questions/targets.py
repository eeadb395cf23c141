"""Targets against outcomes: what was aimed at, what was reported, and what nobody speaks of any more.

The verdicts are those that the build derived (``kg.derive.verdicts`` says how); here they are only read, with quotes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from kg import ids
from kg.query.questions.findings import COMMON, order, select
from kg.query.questions.question import Asked, Parameter, Question, Quote, Row
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


def _targets(asked: Asked) -> Iterator[Row]:
    nodes = Nodes(asked.store)
    found = select(asked, "assessments.rq", "verdict", asked.get("verdict"))
    yield from sorted((_row(nodes, row) for row in found), key=order)


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
    parameters=(*COMMON, VERDICT),
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
