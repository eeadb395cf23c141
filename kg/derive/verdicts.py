"""The verdict on one target: two bounds and a direction go in, a verdict and its reason come out.

The rule, for an indicator of which more is better (of which less is better, everything is mirrored):

* A target sets a bound. ``=`` and ``>=`` (8.5%, 200家以上) are reached at the value or above, ``>`` (突破1000家) only
  above it, ``~`` (8%左右) from a tolerance below the value. ``<=`` and ``<`` (控制在3%以内) say by themselves that
  less is better.
* An outcome is a range. ``=`` is one value; a bound that was passed (突破, 以上, 余) is told with the round number
  next to it, so the value lies up to a tolerance beyond; ``~`` allows a tolerance on both sides. Against an
  approximate target an approximate outcome counts as its value, since a tolerance is allowed once: 8.5%左右 is 8%左右
  *met*.
* The tolerance is half a percentage point for rates, the step in which they are set, but never over a tenth of the
  value; for amounts and numbers it is a twentieth of the value.
* ``met``: the whole range is at or within the bound. ``exceeded``: the whole range lies beyond the value by more than
  the tolerance. ``missed``: the whole range lies short of the bound, whatever the report calls it. A range on both
  sides of the bound (9% aimed, 8.8%左右 told) is ``not-comparable``: the words leave it open.
* Where neither more nor less is better (consumer prices), a value within the tolerance meets the target and another
  one cannot be judged.
* Different units, a value against mere words, and a bound by reference (高于全国) against a value are
  ``not-comparable``.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg import lexicon

#: Verdicts, as ``ontology/vocab/verdict.ttl`` describes them.
MET, EXCEEDED, MISSED = "met", "exceeded", "missed"
NO_EVIDENCE, NOT_COVERED, NOT_COMPARABLE = "no-evidence", "not-covered", "not-comparable"

#: Units of rates.
PERCENT = frozenset(("%", "‰", "pp"))
_POINTS, _RATE_SHARE, _SHARE = Decimal("0.5"), Decimal("0.1"), Decimal("0.05")
_MIRRORED = {">=": "<=", ">": "<", "<=": ">=", "<": ">", "=": "=", "~": "~"}
_REFERENCE = frozenset((">ref", "<ref"))
#: What states without a number have in common: 全覆盖 told meets 全覆盖 aimed, and so does 实现.
_DONE = frozenset(("achieve", "full_coverage"))
_SAME_STATES = {"maintain": {"maintain", "maintain_or_improve", "increase"}, "increase": {"increase"}}


@dataclass(frozen=True, slots=True)
class Bound:
    """A value with its unit and comparator, as a target or an outcome states it."""

    value: Decimal | None
    unit: str = ""
    comparator: str = "="


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a comparison says; ``reason`` is a code for what cannot be compared, else empty."""

    code: str
    reason: str = ""


def tolerance(value: Decimal, unit: str) -> Decimal:
    """Return how far 左右 reaches to either side of a value.

    >>> tolerance(Decimal(8), "%"), tolerance(Decimal(1000), "家")
    (Decimal('0.5'), Decimal('50.00'))
    """
    if unit in PERCENT:
        return min(_POINTS, abs(value) * _RATE_SHARE)
    return abs(value) * _SHARE


def judge(target: Bound, outcome: Bound, direction: str = "more") -> Verdict:
    """Return the verdict on a target by an outcome of the same indicator, subject and period.

    >>> judge(Bound(Decimal(9), "%"), Bound(Decimal(4), "%", "~")).code
    'missed'
    """
    if target.value is None or outcome.value is None:
        return _states(target, outcome)
    if not same_unit(target.unit, outcome.unit):
        return Verdict(NOT_COMPARABLE, "unit")
    if target.comparator not in _MIRRORED or outcome.comparator not in _MIRRORED:
        return Verdict(NOT_COMPARABLE, "reference")
    if target.comparator in {"=", "~"} and direction == "neutral":
        near = abs(outcome.value - target.value) <= tolerance(target.value, target.unit)
        return Verdict(MET) if near else Verdict(NOT_COMPARABLE, "neutral")
    if _less(target.comparator, direction):
        return _more(_mirrored(target), _mirrored(outcome))
    return _more(target, outcome)


def same_unit(one: str, other: str) -> bool:
    """Tell whether values of two units can be compared; measure words (家, 户, 个) count the same things.

    A number without a unit (新增就业30万以上) is one of people or things.
    """
    return one == other or {one, other} <= _counting() or {one, other} == {"", "人"}


@cache
def _counting() -> frozenset[str]:
    kinds = {"count", "firm", "flat", "household", "road", "places"}
    return frozenset(("", *(row["unit"] for row in lexicon.table("units") if row["kind"] in kinds)))


def _less(comparator: str, direction: str) -> bool:
    if comparator in {"<", "<="}:
        return True
    return direction == "less" and comparator in {"=", "~"}


def _mirrored(bound: Bound) -> Bound:
    value = -bound.value if bound.value is not None else None
    return Bound(value, bound.unit, _MIRRORED[bound.comparator])


def _more(target: Bound, outcome: Bound) -> Verdict:
    aimed = target.value or Decimal(0)
    slack = tolerance(aimed, target.unit)
    low, high, low_open, high_open = _range(outcome, exact=target.comparator == "~")
    bound = aimed - slack if target.comparator == "~" else aimed
    strict = target.comparator == ">"
    if low > aimed + slack:
        return Verdict(EXCEEDED)
    if low > bound or (low == bound and (low_open or not strict)):
        return Verdict(MET)
    if high < bound or (high == bound and (high_open or strict)):
        return Verdict(MISSED)
    return Verdict(NOT_COMPARABLE, "approximate")


def _range(outcome: Bound, *, exact: bool) -> tuple[Decimal, Decimal, bool, bool]:
    """Return where an outcome lies: from, to, and whether these are left out."""
    value = outcome.value or Decimal(0)
    slack = tolerance(value, outcome.unit)
    if outcome.comparator in {">", ">="}:
        return value, value + slack, outcome.comparator == ">", False
    if outcome.comparator in {"<", "<="}:
        return value - slack, value, False, outcome.comparator == "<"
    if outcome.comparator == "~" and not exact:
        return value - slack, value + slack, False, False
    return value, value, False, False


def _states(target: Bound, outcome: Bound) -> Verdict:
    """Return the verdict where one side or both give no number (创建…城市, 全覆盖, 高于全国)."""
    aimed, told = target.comparator, outcome.comparator
    if target.value is None and outcome.value is None:
        if aimed == told or {aimed, told} <= _DONE or told in _SAME_STATES.get(aimed, ()):
            return Verdict(MET)
        if {aimed, told} == _REFERENCE:
            return Verdict(MISSED)
    return Verdict(NOT_COMPARABLE, "reference" if _REFERENCE & {aimed, told} else "words")
