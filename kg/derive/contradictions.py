"""Contradictions: statements about one indicator, one subject and one year that do not agree. Rows in, statements out.

Outcomes are held against outcomes, and targets against targets that were set in the same year (a target that a later
year sets anew is a change of plan, not a contradiction). Only documents contradict one another: of 160 pairs within
437 work reports that were read, hardly one disagreed; the second value is of a district, of several years, of one
kind of schools. And what one document says in any place as the other does is no contradiction either, whatever it
says beside it. Two statements agree when some value fits both: 1000家以上 and 1023家, 8.5% and 8.46%. Documents that
do not agree are typed by the first cause that explains it:

* ``unit``: the values are in units that cannot be compared;
* ``period``: one is of several years, or its clause speaks of several (累计, 年均), the other of one;
* ``scope``: the sentence of one names a place within the subject (县域, 新区), that of the other does not;
* ``preliminary``: one is an estimate (预计, or told before the year was over), the other final;
* ``wording``: targets of one value, one exact and one about it or at least it in so many words (8% and 8%左右, 200家
  and 200家以上); of an indicator of the registry also in two sentences of one document;
* ``value``: the values differ and nothing above explains it.

The statement that ranks higher comes first: a final one before an estimate, a plan before a work report before a
party paper before others, a later document before an earlier one, what a document says first before what it says
later. Values of a single year and the whole place are compared before others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from kg import ids, lexicon
from kg.derive.assessments import preliminary
from kg.derive.observations import Observation
from kg.derive.runs import derived, say
from kg.derive.tables import Tables
from kg.derive.verdicts import PERCENT, same_unit, tolerance
from kg.records import Statement
from kg.statements import nodes

NAME = "contradictions"

_BOUNDS = frozenset(("=", "~", ">", ">=", "<", "<="))
_FLOWS = frozenset(("increment", "growth", "fall", "level", "count", ""))
#: Units of a change or a multiple, which is another measure than a value in the unit itself.
_CHANGES = frozenset(("pp", "倍", "位", "番", ""))
#: How far beyond a bound that was passed (突破2万亿元) the value may lie, which another sentence tells.
_BEYOND = Decimal("0.25")
#: The most by which an amount is rounded where it is told with few digits (200家 is exact, 1.2万亿元 is not).
_ROUNDING = Decimal("0.005")
#: Values further apart than this are of two things under one name more often than two opinions of one.
_APART = 4


class Pair(NamedTuple):
    """Two statements that do not agree; the one that ranks higher first."""

    first: Observation
    second: Observation
    cause: str
    reason: str  #: why the first ranks higher: final, source, later or order


def derive(tables: Tables) -> Iterator[Iterable[Statement]]:
    """Yield the contradictions about each indicator of each subject."""
    known = "SELECT * FROM observation WHERE year IS NOT NULL AND value IS NOT NULL AND subject <> ''"
    for group in tables.groups(Observation, known, ("subject", "indicator", "kind", "year")):
        found = [statement for pair in pairs(group) for statement in statements(pair)]
        if found:
            yield found


def pairs(group: Iterable[Observation]) -> Iterator[Pair]:
    """Yield what does not agree with the highest-ranking statement about one subject, indicator and year."""
    rows = [row for row in group if row.comparator in _BOUNDS and not _vague(row)]
    if rows and rows[0].kind == "target":
        for _, same in groupby(sorted(rows, key=_set_in), key=_set_in):
            yield from _against_the_best(list(same))
    else:
        yield from _against_the_best([row for row in rows if row.date >= f"{row.year}-12"])


def _set_in(row: Observation) -> str:
    return row.date[:4]


def _vague(row: Observation) -> bool:
    return row.family in lexicon.lines("generic_indicators") or len(row.family) < 2


def _against_the_best(rows: list[Observation]) -> Iterator[Pair]:
    """Yield a pair for each document that does not agree with the highest-ranking one, and targets in other words."""
    by_document: dict[str, list[Observation]] = {}
    for row in sorted(rows, key=_rank):
        by_document.setdefault(row.document, []).append(row)
    first, *others = list(by_document.values()) or [[]]
    yield from _reworded(first, first)
    for second in others:
        if not any(_agree(one, other) for one in first for other in second):
            best, row = first[0], second[0]
            cause = _cause(best, row)
            if cause:
                yield Pair(best, row, cause, _reason(best, row))
        else:
            yield from _reworded(first, second)


def _reworded(first: list[Observation], second: list[Observation]) -> Iterator[Pair]:
    """Yield the first targets of one value in different words, when nowhere the words are the same."""
    found = [(one, other) for one in first for other in second if one is not other and _is_alike(one, other)]
    if found and all(_differs(one, other) for one, other in found):
        one, other = min(found, key=lambda pair: (_rank(pair[0]), _rank(pair[1])))
        yield Pair(one, other, "wording", _reason(one, other))


def _is_alike(one: Observation, other: Observation) -> bool:
    """Tell whether two rows are of one target: within one document in two sentences, about what the registry knows."""
    if one.kind != "target" or (one.value, one.unit, one.period_start) != (other.value, other.unit, other.period_start):
        return False
    return one.document != other.document or (one.registered and one.sentence < other.sentence)


def _differs(one: Observation, other: Observation) -> bool:
    """Tell whether the words of two targets of one value differ, each bound being said in so many words."""
    words = lexicon.lines("stated_bounds")
    said = all(row.comparator == "=" or any(word in row.text for word in words) for row in (one, other))
    return _bound(one) != _bound(other) and said


def _bound(row: Observation) -> str:
    """Return the comparator; 以上 and 超过 are one bound in these texts."""
    return {">": ">=", "<": "<="}.get(row.comparator, row.comparator)


def _rank(row: Observation) -> tuple[object, ...]:
    digits = int(f"{row.date:0<10}".replace("-", "0") or 0)
    estimate = row.kind == "outcome" and preliminary(row)
    apart = row.years or row.partly or row.period_start is not None
    return estimate, row.authority, -digits, row.document, apart, row.start, row.node


def _reason(best: Observation, other: Observation) -> str:
    if best.kind == "outcome" and preliminary(best) != preliminary(other):
        return "final"
    if best.authority != other.authority:
        return "source"
    return "later" if best.date > other.date else "order"


def _cause(one: Observation, other: Observation) -> str:
    """Return why two statements that do not agree do not, nothing when they are of two things."""
    if not same_unit(one.unit, other.unit):
        return "unit" if not _CHANGES & {one.unit, other.unit} else ""
    if one.period_start != other.period_start:
        return "period" if one.measure_kind in _FLOWS and one.registered else ""
    if one.years != other.years:
        return "period" if one.registered else ""
    if one.partly != other.partly:
        return "scope" if one.registered else ""
    if _far(one, other):
        return ""
    if one.kind == "outcome" and preliminary(one) != preliminary(other):
        return "preliminary"
    return "value"


def _agree(one: Observation, other: Observation) -> bool:
    """Tell whether some value fits both statements, as exactly as the rounder of them is told."""
    if not same_unit(one.unit, other.unit):
        return False
    low, high = _range(one)
    other_low, other_high = _range(other)
    return max(low, other_low) <= min(high, other_high)


def _range(row: Observation) -> tuple[Decimal, Decimal]:
    value = Decimal(row.value or 0)
    rounding = _last_digit(value) / 2
    if row.unit not in PERCENT:
        rounding = min(rounding, abs(value) * _ROUNDING)
    slack = tolerance(value, row.unit)
    beyond = abs(value) * _BEYOND
    low = value - (beyond if row.comparator in {"<", "<="} else slack if row.comparator == "~" else rounding)
    high = value + (beyond if row.comparator in {">", ">="} else slack if row.comparator == "~" else rounding)
    return low, high


def _last_digit(value: Decimal) -> Decimal:
    """Return the worth of the last digit that is told: a tenth for 8.5, a million for 120000000."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _far(one: Observation, other: Observation) -> bool:
    """Tell whether amounts are too far apart to be of one thing."""
    if one.unit in PERCENT:
        return False
    low, high = sorted((abs(Decimal(one.value or 0)), abs(Decimal(other.value or 0))))
    return high > low * _APART


def statements(found: Pair) -> Iterator[Statement]:
    """Yield one contradiction as a node of the derived graph."""
    first, second = found.first, found.second
    node = f"{ids.BASE}id/contradiction/{ids.digest(first.node, second.node, length=12)}"
    yield from derived(node, "lg:Contradiction", NAME, (first.node, second.node))
    yield say(node, "lg:ranksHigher", nodes.iri(first.node))
    yield say(node, "lg:ranksLower", nodes.iri(second.node))
    yield say(node, "lg:cause", nodes.iri(ids.concept("cause", found.cause)))
    yield say(node, "lg:rankReason", nodes.string(found.reason))
    yield say(node, "lg:about", nodes.iri(first.subject))
    yield say(node, "lg:ofIndicator", nodes.iri(first.indicator))
    yield say(node, "lg:inYear", nodes.year(first.year or 0))
