"""Assessments: each target against the outcomes that documents report for its year. Groups of rows in, statements out.

A target is compared with an outcome of the same indicator, the same subject, the same year and a period of the same
length; for what is reached at a year's end (a stock, a share) the year alone. A report counts for a year when it is
of December of that year or later; before that, part of the year is told, which proves nothing. A final outcome goes
before a preliminary one (预计, or told before the year was over), a later document before an earlier one; the others
are counted. Where one document gives several values for one indicator and year and they lead to different verdicts,
none is chosen. The ends of a range (7.5%—8%) are one target, which is met by what lies between them.

Without an outcome a target is *no-evidence* when a document of the same place reports at least three indicators for
that year and is silent on this one, and *not-covered* when the graph holds no such document. Neither says anything
about what happened. An increment of several years (到2025年新增…) without a told beginning is not compared with a
single year, and numbers whose name does not tell of what (项目数) are not compared at all. An amount of four times
its target or a quarter of it is left to the reader, and so is a yearly figure where the clause of the outcome tells
of several years (累计).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from kg import ids, lexicon
from kg.derive.observations import NO_HEADLINE, Observation
from kg.derive.runs import derived, say
from kg.derive.tables import Tables
from kg.derive.verdicts import MET, MISSED, NO_EVIDENCE, NOT_COMPARABLE, NOT_COVERED, PERCENT, Bound, Verdict, judge
from kg.records import Statement, Term
from kg.statements import nodes

NAME = "assessments"

#: Indicators that a document must report for a year before its silence on another one means anything.
_REPORTED = 3  #: Kinds whose values are of a year's end: it does not matter since when.
_STATES = frozenset(("stock", "ratio", "share", "class"))
_NEW = ("新增", "新建")
#: An amount this many times its target is the sum of several years or of a larger thing more often than a success: of
#: forty such pairs in work reports most were. Neither is concluded.
_APART = 4
_ESTIMATED = ("预计", "预估", "估计", "初步")
#: Kinds whose values of single years add up or stand for one year only.
_FLOWS = frozenset(("increment", "growth", "fall", "count", ""))

#: Of the documents that report on a place's year the first, and of its outcomes the one that nearly every report tells.
_COVERAGE = f"""
SELECT * FROM (
  SELECT *, count(DISTINCT indicator) OVER (PARTITION BY home, year, document) AS reported
  FROM observation
  WHERE kind = 'outcome' AND subject = home AND home <> '' AND value IS NOT NULL AND period_start IS NULL
    AND date >= concat(year, '-12') AND date < concat(year + 2, '')
) WHERE reported >= {_REPORTED}
QUALIFY row_number() OVER (PARTITION BY home, year ORDER BY date, document, headline, start, node) = 1
"""


class Found(NamedTuple):
    """What is known of one target: the verdict, and what it rests on."""

    targets: tuple[Observation, ...]  #: the same target, each time that its document states it
    verdict: Verdict
    outcome: Observation | None = None
    others: int = 0  #: further outcomes of the same indicator and year
    coverage: Observation | None = None  #: by which a document shows that it reports on the year


#: By place and year.
Covered = Mapping[tuple[str, int], Observation]


def derive(tables: Tables) -> Iterator[Iterable[Statement]]:
    """Yield the assessments of all targets, one group of indicators at a time."""
    covered = {
        (row.home, row.year or 0): row for group in tables.groups(Observation, _COVERAGE, ("home",)) for row in group
    }  # grows with places and years, not with documents
    for group in tables.groups(Observation, "observation", ("subject", "family")):
        for found in assess(group, covered):
            yield statements(found)


def assess(group: Iterable[Observation], covered: Covered) -> Iterator[Found]:
    """Yield what is known of each target of one family of indicators of one subject."""
    rows = list(group)
    outcomes = [row for row in rows if row.kind == "outcome" and _whole_year(row)]
    targets = [row for row in rows if row.kind == "target" and row.year is not None and row.subject]
    lower = {_place(row) for row in targets if row.comparator == ">="}
    ranges = lower & {_place(row) for row in targets if row.comparator == "<="}

    def same(row: Observation) -> tuple[str, ...]:
        value = _place(row) if _place(row) in ranges else (row.value or "", row.unit, row.comparator)
        return (row.indicator, row.document, str(row.year), str(row.period_start), *value)

    for _, found in groupby(sorted(targets, key=same), key=same):
        alike = list(found)
        if _place(alike[0]) in ranges:
            alike.sort(key=lambda row: (row.comparator == "<=") != (row.direction == "less"))
        yield _assessed(tuple(alike), outcomes, covered)


def _place(row: Observation) -> tuple[str, ...]:
    """Return where a row was read: both ends of a range (7.5%—8%) stand in one place, and are one target."""
    return ("range", row.indicator, row.unit, f"{row.start:09}", f"{row.end:09}", row.document)


def _whole_year(row: Observation) -> bool:
    """Tell whether a document can know the whole year that it reports on: it is of December or later."""
    return row.year is not None and row.date >= f"{row.year}-12"


def _assessed(targets: tuple[Observation, ...], outcomes: list[Observation], covered: Covered) -> Found:
    target = targets[0]
    same_year = [row for row in outcomes if row.year == target.year and row.node != target.node]
    exact = [row for row in same_year if _same_thing(target, row) and _same_period(target, row)]
    yearly = [row for row in exact if not row.years]
    exact = yearly or ([] if _is_flow(target) else exact)
    if exact:
        return _compared(targets, sorted(exact, key=_rank))
    kin = [row for row in same_year if _same_thing(target, row)]
    reason = "period"
    if not kin and target.value is not None:
        kin = [row for row in same_year if row.value is not None and row.period_start == target.period_start]
        reason = "kind"
    if kin and not _vague(target):
        best = min(kin, key=_rank)
        return Found(targets, Verdict(NOT_COMPARABLE, reason), best, len(kin) - 1)
    coverage = covered.get((target.subject, target.year or 0)) or covered.get((target.home, target.year or 0))
    if coverage is not None:
        return Found(targets, Verdict(NO_EVIDENCE), coverage=coverage)
    return Found(targets, Verdict(NOT_COVERED))


def _same_thing(target: Observation, outcome: Observation) -> bool:
    """Tell whether two rows are of one indicator; what is newly built is newly there."""
    if target.indicator == outcome.indicator:
        return True
    return target.name.startswith(_NEW) and outcome.name.startswith(_NEW)  # of one family, so the rest is the same


def _same_period(target: Observation, outcome: Observation) -> bool:
    """Tell whether two rows of one year are of one period; what is reached at a year's end has no beginning."""
    if target.period_start == outcome.period_start:
        return True
    return target.measure_kind in _STATES and target.measure_kind == outcome.measure_kind


def _is_flow(target: Observation) -> bool:
    """Tell whether a clause about several years says nothing of the year that a target is set for."""
    return target.period_start is None and target.value is not None and target.measure_kind in _FLOWS


def _rank(row: Observation) -> tuple[bool, int, str, int, str]:
    """Return what goes first: final before preliminary, then the later document, then what it says first."""
    digits = int(f"{row.date:0<10}".replace("-", "0") or 0)
    return preliminary(row), -digits, row.document, row.start, row.node


def preliminary(row: Observation) -> bool:
    """Tell whether an outcome is an estimate: its words say so, or the year was not over."""
    return any(word in row.modality for word in _ESTIMATED) or row.date < str((row.year or 0) + 1)


def _compared(targets: tuple[Observation, ...], exact: list[Observation]) -> Found:
    target, best = targets[0], exact[0]
    others = len(exact) - 1
    reason = _hindrance(target)
    if reason:
        return Found(targets, Verdict(NOT_COMPARABLE, reason), best, others)
    told = [row for row in exact if row.document == best.document]
    verdicts = [Verdict(MET) if _between(targets, row) else _judged(target, row) for row in told]
    if len({verdict.code for verdict in verdicts}) > 1:
        return Found(targets, Verdict(NOT_COMPARABLE, "several"), best, others)
    return Found(targets, verdicts[0], best, others)


def _between(targets: tuple[Observation, ...], outcome: Observation) -> bool:
    """Tell whether an outcome lies between the ends of a range that was aimed at."""
    ends = sorted(Decimal(row.value) for row in targets if row.value is not None)
    if outcome.value is None or outcome.unit != targets[0].unit or len(ends) < 2 or outcome.comparator not in "=~":
        return False
    return ends[0] < ends[-1] and ends[0] <= Decimal(outcome.value) <= ends[-1]


def _judged(target: Observation, outcome: Observation) -> Verdict:
    verdict = judge(bound(target), bound(outcome), target.direction)
    if verdict.code == NOT_COMPARABLE or target.unit in PERCENT or target.value is None or outcome.value is None:
        return verdict
    aimed, told = Decimal(target.value), Decimal(outcome.value)
    near = aimed < told * _APART and told < aimed * _APART
    return verdict if near or not aimed else Verdict(NOT_COMPARABLE, "scale")


def _hindrance(target: Observation) -> str:
    """Return why an outcome of the same name and year says nothing about a target."""
    if _vague(target):
        return "vague"
    said = target.date[:4]
    ahead = target.year is not None and said.isdecimal() and target.year > int(said) + 1
    if ahead and target.period_start is None and target.measure_kind in _FLOWS and target.value is not None:
        return "period"
    return ""


def _vague(row: Observation) -> bool:
    return row.family in lexicon.lines("generic_indicators") or len(row.family) < 2


def bound(row: Observation) -> Bound:
    """Return the bound that a row states."""
    return Bound(Decimal(row.value) if row.value is not None else None, row.unit, row.comparator)


def statements(found: Found) -> Iterator[Statement]:
    """Yield one assessment as a node of the derived graph."""
    target = found.targets[0]
    node = f"{ids.BASE}id/assessment/{ids.digest(*(row.node for row in found.targets), length=12)}"
    sources = [row.node for row in found.targets]
    if found.outcome is not None:
        sources.append(found.outcome.node)
        yield say(node, "lg:comparedWith", nodes.iri(found.outcome.node))
    if found.coverage is not None:
        sources.append(found.coverage.node)
        yield say(node, "lg:coveredBy", nodes.iri(ids.document(found.coverage.document)))
        yield say(node, "lg:coverageShownBy", nodes.iri(found.coverage.node))
    yield from derived(node, "lg:Assessment", NAME, sources)
    for row in found.targets:
        yield say(node, "lg:assesses", nodes.iri(row.node))
    yield from _said(node, target, found)


def _said(node: str, target: Observation, found: Found) -> Iterator[Statement]:
    yield say(node, "lg:verdict", nodes.iri(ids.concept("verdict", found.verdict.code)))
    yield say(node, "lg:about", nodes.iri(target.subject))
    yield say(node, "lg:ofIndicator", nodes.iri(target.indicator))
    yield say(node, "lg:inYear", nodes.year(target.year or 0))
    if found.verdict.reason:
        yield say(node, "lg:verdictReason", nodes.string(found.verdict.reason))
    if found.others:
        yield say(node, "lg:otherOutcomes", nodes.integer(found.others))
    yield say(node, "lg:row", Term(_row(found), ids.expand("rdf:JSON")))
    if _silence(found):
        yield say(node, "lg:silence", nodes.string(_silence(found)))
    if found.outcome is not None:
        yield say(node, "lg:preliminary", nodes.boolean(preliminary(found.outcome)))
        yield say(node, "lg:admitted", nodes.boolean(found.outcome.admits))


def _silence(found: Found) -> str:
    """Return in which way a report is silent on a target that it should speak of; empty when it is not."""
    if found.verdict.code == MISSED and found.outcome is not None and not found.outcome.admits:
        return "miss not said"
    usual = found.targets[0].headline < NO_HEADLINE and found.targets[0].value is not None
    return "not reported" if found.verdict.code == NO_EVIDENCE and usual else ""


def _row(found: Found) -> str:
    """Return what the questions show of an assessment as one literal: reading it again for each row takes a second."""
    target = min(found.targets, key=lambda row: row.start)
    other = found.outcome or found.coverage
    values = [other.indicator if other else None, found.others or None]
    return as_json([told(target), told(other) if other else None, values])


def as_json(row: list[object]) -> str:
    """Return the literal of a row (``lg:row``)."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def told(row: Observation) -> list[object]:
    """Return the words and the quote of one statement."""
    words = [row.written or None, row.unit_text or None, row.comparator, row.modality or None, row.period_start]
    return [*words, row.text, row.document_name, row.start, row.end, row.date or None, ids.document(row.document)]
