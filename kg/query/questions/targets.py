"""Targets against outcomes: what was aimed at, what was reported, and what nobody speaks of any more.

The verdicts are those that the build derived (``kg.derive.verdicts`` says how); here they are only read, with quotes.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg import ids, lexicon
from kg.query.questions.findings import COMMON, order, select, words
from kg.query.questions.question import Asked, Parameter, Question, Row
from kg.query.questions.stated import Nodes, Stated, first

VERDICT = Parameter("verdict", "text", "判定", "met, exceeded, missed, no-evidence, not-covered or not-comparable")


def _assessments(asked: Asked) -> Iterator[str]:
    return select(asked, "assessments.rq", "verdict", asked.get("verdict"))


def _targets(asked: Asked) -> Iterator[Row]:
    nodes = Nodes(asked.store)
    rows = [_row(nodes, finding) for finding in _assessments(asked)]
    yield from sorted(rows, key=order)


def _row(nodes: Nodes, finding: str) -> Row:
    found = nodes.values(finding)
    target = earliest(nodes, found["lg:assesses"])
    told = first(found, "lg:comparedWith")
    outcome = nodes.stated(told) if told else None
    covered = first(found, "lg:coveredBy")
    values = (
        nodes.label(found["lg:about"][0]),
        first(found, "lg:inYear"),
        nodes.label(found["lg:ofIndicator"][0]),
        *words(target),
        target.since,
        *words(outcome),
        ids.local(found["lg:verdict"][0]),
        first(found, "lg:verdictReason"),
        {"true": "preliminary", "false": "final"}.get(first(found, "lg:preliminary") or ""),
        first(found, "lg:otherOutcomes"),
        nodes.document(covered)[0] if covered else None,
        finding,
    )
    return Row(values, (target.quote, outcome.quote if outcome is not None else None))


def earliest(nodes: Nodes, measures: list[str]) -> Stated:
    """Return what a repeated target says where it is stated first."""
    stated = [nodes.stated(measure) for measure in measures]
    return min(stated, key=lambda one: one.quote.start if one.quote is not None else 0)


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
    usual = {ids.concept("indicator", key) for key in lexicon.lines("headline_indicators")}
    rows = []
    for finding in _assessments(asked):
        found = nodes.values(finding)
        verdict = ids.local(found["lg:verdict"][0])
        if verdict == "missed" and first(found, "lg:admitted") == "false":
            rows.append(_silence(nodes, found, "miss not said", first(found, "lg:comparedWith")))
        elif verdict == "no-evidence" and found["lg:ofIndicator"][0] in usual:
            rows.append(_silence(nodes, found, "not reported", first(found, "lg:coverageShownBy")))
    yield from sorted((row for row in rows if row.values[4] is not None), key=order)


def _silence(nodes: Nodes, found: dict[str, list[str]], kind: str, told: str | None) -> Row:
    target = earliest(nodes, found["lg:assesses"])
    outcome = nodes.stated(told) if told else None
    indicator = first(nodes.values(told), "lg:indicator") if told else None
    values = (
        nodes.label(found["lg:about"][0]),
        first(found, "lg:inYear"),
        nodes.label(found["lg:ofIndicator"][0]),
        kind,
        *words(target),
        nodes.label(indicator) if indicator else None,
        *words(outcome)[:3],
    )
    return Row(values, (target.quote, outcome.quote if outcome is not None else None))


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
