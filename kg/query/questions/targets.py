"""Targets against outcomes: what was aimed at, what was reported, and what nobody speaks of any more.

The verdicts are those that the build derived (``kg.derive.verdicts`` says how); here they are only read, with quotes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from kg import ids
from kg.query.questions import pages
from kg.query.questions.findings import COMMON, check, order, select
from kg.query.questions.question import Asked, Page, Parameter, Question, Row
from kg.query.questions.quotes import values
from kg.query.questions.stated import Nodes, Told

VERDICT = Parameter("verdict", "text", "判定", "met, exceeded, missed, no-evidence, not-covered or not-comparable")


def _read(row: str) -> tuple[Told, Told | None, str | None, int | None]:
    """Return target, what it is compared with or what was told instead, the indicator of that, and further outcomes."""
    target, told, (indicator, others) = json.loads(row)
    return Told(*target), Told(*told) if told else None, indicator, others


#: Verdicts by importance: what asks for an explanation stands first.
_IMPORTANCE = ("missed", "exceeded", "met", "not-comparable", "no-evidence", "not-covered")
_YEARS = "SELECT DISTINCT (STR(?of) AS ?year) WHERE { ?finding lg:inYear ?of }"
# The year stands first: the engine begins there, and a verdict may be that of half the findings.
_CELL = """SELECT ?finding ?place ?indicator WHERE {
  ?finding lg:inYear "%s"^^xsd:gYear ; lg:verdict <%s> ; a lg:Assessment ; lg:about ?place ; lg:ofIndicator ?indicator
}"""
_COUNT = "SELECT (COUNT(*) AS ?n) WHERE { %s }"
#: Verdicts that no other findings come to.
_OWN = frozenset(("missed", "exceeded", "met", "no-evidence", "not-covered"))
_ROWS = """SELECT ?finding ?place ?year ?indicator ?verdict ?reason ?preliminary ?row WHERE { VALUES ?finding { %s }
  ?finding lg:about ?place ; lg:ofIndicator ?indicator ; lg:verdict ?verdict ; lg:inYear ?year ; lg:row ?row .
  OPTIONAL { ?finding lg:verdictReason ?reason } OPTIONAL { ?finding lg:preliminary ?preliminary } }"""


def _targets(asked: Asked) -> Iterable[Row]:
    nodes, limit = Nodes(asked.store), pages.most(asked, "place", "indicator")
    if limit is not None and not asked.get("place") and not asked.get("indicator"):
        return _page(asked, nodes, limit)
    found = list(select(asked, "assessments.rq", "verdict", asked.get("verdict")))
    if limit is None:
        return sorted((_row(nodes, row) for row in found), key=order)
    found.sort(key=_importance)
    return Page([_row(nodes, row) for row in found[:limit]], len(found))


def _importance(found: dict[str, Any]) -> tuple[int, int, str, str, str]:
    code = ids.local(found["verdict"])
    return _IMPORTANCE.index(code), -int(found["year"]), found["place"], found["indicator"], found["finding"]


def _page(asked: Asked, nodes: Nodes, limit: int) -> Page:
    """Return the first rows: misses before the rest, newer years before older ones. Only these are read."""
    check("verdict", asked.get("verdict"))
    wanted = list(islice(_findings(asked), limit))
    rows = {row["finding"]: _row(nodes, row) for row in values(asked, _ROWS, wanted)}
    return Page([rows[finding] for finding in wanted], _number(asked))


def _findings(asked: Asked) -> Iterator[str]:
    """Yield findings in the order of importance, one verdict and year at a time."""
    years, verdict = sorted(_years(asked), reverse=True), asked.get("verdict")
    for code in (verdict,) if verdict else _IMPORTANCE:
        for year in years:
            found = asked.select(_CELL % (year, ids.concept("verdict", code)))
            yield from (found[2] for found in sorted((row["place"], row["indicator"], row["finding"]) for row in found))


def _years(asked: Asked) -> list[str]:
    year = asked.get("year")
    since, until = str(year or asked.get("since") or 1000), str(year or asked.get("until") or 9999)
    return [row["year"] for row in asked.select(_YEARS) if since <= row["year"] <= until]


def _number(asked: Asked) -> int:
    """Count the rows; what is not asked for is left out of the query, which then takes a twentieth of the time."""
    bound = []
    if any(asked.get(name) for name in ("year", "since", "until")):
        years = " ".join(f'"{year}"^^xsd:gYear' for year in _years(asked))
        bound.append(f"VALUES ?year {{ {years} }} ?finding lg:inYear ?year .")
    if asked.get("verdict"):
        bound.append(f"?finding lg:verdict <{ids.concept('verdict', asked.get('verdict'))}> .")
    if asked.get("verdict") not in _OWN:
        bound.append("?finding a lg:Assessment .")
    return int(next(asked.select(_COUNT % " ".join(bound)))["n"])


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
