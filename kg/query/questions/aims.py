"""Targets of two plans, compared: what is the same target in both, and what became of it.

Targets go in, ``Change`` records come out. Pure functions. Two targets are one when indicator, subject, unit and period
agree: the year that each plan is for, or the same later year. An indicator says whether it is a growth rate, a stock
or an increment (新增…), so that a stock is never compared with an increment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from kg.query.questions.question import Quote


class Aim(NamedTuple):
    """One target of a plan."""

    indicator: str  #: IRI
    subject: str  #: IRI
    horizon: str  #: ``annual``, or the later year that it is for
    unit: str  #: normalised; empty without a number
    value: Decimal | None  #: multiplied out
    comparator: str
    modality: str  #: as written
    shown: str  #: for reading: ``≥120个``
    quote: Quote


class Change(NamedTuple):
    """What became of a target; ``how`` tells what was reworded."""

    change: str
    before: Aim | None
    after: Aim | None
    how: str = ""


def changes(before: Sequence[Aim], after: Sequence[Aim], *, alike: bool) -> Iterator[Change]:
    """Yield the change of each target; ``alike``: both documents are of a kind, so that silence says something.

    A target that the later document does not repeat is *dropped* only then and only when it was for the year of the
    earlier plan; a target for a later year is still in force, and *not-repeated*.
    """
    left, right = _grouped(before), _grouped(after)
    for key in sorted(left.keys() | right.keys()):
        yield from _units(left.get(key, []), right.get(key, []), alike)


def _grouped(aims: Sequence[Aim]) -> dict[tuple[str, str, str], list[Aim]]:
    groups: dict[tuple[str, str, str], list[Aim]] = defaultdict(list)
    for aim in sorted(aims, key=lambda aim: (aim.quote.start, aim.quote.end)):
        group = groups[aim.indicator, aim.subject, aim.horizon]
        if not any(_same(aim, other) for other in group):
            group.append(aim)
    return groups


def _same(one: Aim, other: Aim) -> bool:
    return (one.unit, one.value, one.comparator) == (other.unit, other.value, other.comparator)


def _units(left: list[Aim], right: list[Aim], alike: bool) -> Iterator[Change]:
    """Compare what is told of one indicator, subject and period."""
    if not left or not right:
        yield from (Change(_gone(aim, alike), aim, None) for aim in left)
        yield from (Change("new" if alike else "not-comparable", None, aim) for aim in right)
        return
    pairs, left, right = _equals(left, right)
    if not pairs and len(left) == len(right) == 1 and left[0].unit == right[0].unit:
        pairs, left, right = [(left[0], right[0])], [], []
    for before, after in pairs:
        yield _changed(before, after)
    if left and right:  # several values, or other units: which of them answers which is not told
        yield Change("not-comparable", left[0], right[0])


def _gone(aim: Aim, alike: bool) -> str:
    if aim.horizon != "annual":
        return "not-repeated"
    return "dropped" if alike else "not-comparable"


def _equals(left: list[Aim], right: list[Aim]) -> tuple[list[tuple[Aim, Aim]], list[Aim], list[Aim]]:
    """Pair targets of equal unit and value; also return what is left of both sides."""
    pairs, rest = [], list(right)
    kept = []
    for aim in left:
        same = [other for other in rest if (other.unit, other.value) == (aim.unit, aim.value)]
        same.sort(key=lambda other: other.comparator != aim.comparator)
        if same:
            pairs.append((aim, same[0]))
            rest.remove(same[0])
        else:
            kept.append(aim)
    return pairs, kept, rest


def _changed(before: Aim, after: Aim) -> Change:
    if before.value is not None and after.value is not None and before.value != after.value:
        return Change("raised" if after.value > before.value else "lowered", before, after, _how(before, after))
    how = _how(before, after)
    return Change("reworded" if how else "kept", before, after, how)


def _how(before: Aim, after: Aim) -> str:
    """What differs besides the value: comparator, modality."""
    differing = (
        ("comparator", before.comparator != after.comparator),
        ("modality", before.modality != after.modality),
    )
    return ", ".join(what for what, differs in differing if differs)


def effort(change: str, direction: str) -> str:
    """Return ``harder`` or ``easier`` for a value that was changed; empty when more is neither better nor worse."""
    if change not in ("raised", "lowered") or direction not in ("more", "less"):
        return ""
    return "harder" if (change == "raised") == (direction == "more") else "easier"
