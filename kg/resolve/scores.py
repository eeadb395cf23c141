"""How sure it is that two things are one, with reasons. A candidate goes in, a score comes out.

A score of ``MERGE`` or more links without asking, from ``DOUBT`` on a person is asked, below it the two stay two.
Only strong evidence reaches ``MERGE``: the same core name that is distinctive, in places of which one holds the
other, with no third place that fits as well; or, for people, the same name and a body in common.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.resolve import names
from kg.resolve.candidates import Candidate, Item

MERGE = 0.9
DOUBT = 0.4


class Score(NamedTuple):
    """A number from 0 to 1 and what it rests on."""

    value: float
    reasons: tuple[str, ...]


def score(candidate: Candidate) -> Score:
    """Return how sure it is that the two things of a candidate are one."""
    return _SCORERS[candidate.kind](candidate)


def _place(candidate: Candidate) -> Score:
    """One core name, one place above the other (绿心中央公园 in texts of 湖南省 and of 株洲市)."""
    left, right = candidate.left, candidate.right
    reasons = ["same core name", "one place holds the other"]
    if _named_apart(left, right) and (left.label == "agency" or not _distinctive(right)):
        return Score(0.1, (*reasons, "each names its own place"))
    if left.label == "agency" and _own(right) >= 3 and _distinctive(right):
        return Score(0.95, (*reasons, "distinctive name of an institution"))
    if candidate.rivals:
        return Score(0.5 if _distinctive(right) else 0.3, (*reasons, f"{candidate.rivals} other places fit as well"))
    if (left.named & right.named) - {""}:
        return Score(0.95, (*reasons, "both name the same place"))
    if not _distinctive(right):
        return Score(0.4 if _own(right) >= 2 else 0.3, (*reasons, "many places have one of this name"))
    if left.label in ("policy", "industry"):
        return Score(0.5, (*reasons, "told by figures"))
    return Score(0.95, (*reasons, "distinctive name"))


def _beside(candidate: Candidate) -> Score:
    """An institution that texts of two places name, neither above the other (岳麓山实验室)."""
    left, right = candidate.left, candidate.right
    if left.place[:2] == right.place[:2] and _own(left) >= 3 and _distinctive(left) and not _named_apart(left, right):
        return Score(0.6, ("same core name", "same province", "distinctive name of an institution"))
    return Score(0.1, ("same core name", "unrelated places"))


def _maker(candidate: Candidate) -> Score:
    """A firm with its place in its name and without (湖南邵虹基板玻璃, 邵虹基板玻璃)."""
    left, right = candidate.left, candidate.right
    reasons = ["same core name"]
    if candidate.rivals:
        return Score(0.5, (*reasons, f"{candidate.rivals} other places fit as well"))
    if not _distinctive(right):
        return Score(0.3, (*reasons, "no distinctive name"))
    if left.place:
        return Score(0.95, (*reasons, "one place holds the other", "distinctive name"))
    if all(home[:2] == right.place[:2] for home in left.homes):
        return Score(0.95, (*reasons, "texts of the same province only", "distinctive name"))
    return Score(0.6, (*reasons, "named in texts of other provinces"))


def _crossing(candidate: Candidate) -> Score:
    """A road or line that texts of several places name (怀邵衡铁路)."""
    left = candidate.left
    reasons = ["same core name", "crosses the borders of places"]
    if _own(left) >= 3 or set(left.core) & names.province_characters():
        return Score(0.9, (*reasons, "named after several places"))
    return Score(0.6, (*reasons, "two provinces"))


_NUMBERED = re.compile(r"[\d、]|[一二三四五六七八九十]+(?:期|段|届|号线|标|批)|段$|第[一二三四五六七八九十]")


def _end(candidate: Candidate) -> Score:
    """One core is the end of the other."""
    left, right = candidate.left, candidate.right
    extra = right.core.removesuffix(left.core)
    reasons = ["one name ends with the other", f"only one has {extra}"]
    if _NUMBERED.search(extra) or not _distinctive(left) or len(extra) > len(left.core) + 4:
        return Score(0.2, tuple(reasons))
    if left.label == "policy":  # programmes name each other: shown only when little differs
        little = len(left.core) >= 6 and len(extra) <= 3
        return Score(0.4 if little else 0.2, tuple(reasons))
    same = left.place == right.place
    return Score(0.6 if same else 0.4, (*reasons, "same place" if same else "one place holds the other"))


def _kind(candidate: Candidate) -> Score:
    """One name lacks the kind of the other (吉邵, 吉邵高速)."""
    left, right = candidate.left, candidate.right
    extra = right.core.removeprefix(left.core)
    reasons = ("one name lacks the kind of the other", f"only one has {extra}")
    if left.label not in ("project", "park") or not names.headless(left.core) or _NUMBERED.search(extra):
        return Score(0.2, reasons)
    if candidate.rivals:
        return Score(0.6, (*reasons, f"{candidate.rivals} other kinds fit as well"))
    if right.shaped and right.crossing and names.is_crossing(extra):
        return Score(0.9, (*reasons, "a line between places", "no other kind fits"))
    return Score(0.7 if left.place == right.place else 0.5, (*reasons, "no other kind fits"))


def _short(candidate: Candidate) -> Score:
    return Score(0.5, ("one name may be short for the other", "named in texts of the same place"))


def _person(candidate: Candidate) -> Score:
    """Two people of one name: a body in common makes them one, a place above the other leaves it open."""
    left, right = candidate.left, candidate.right
    if left.bodies & right.bodies:
        return Score(0.95, ("same name", "a body in common"))
    if names.related(left.place, right.place):
        return Score(0.6, ("same name", "one place holds the other", "no body in common"))
    if left.place[:2] == right.place[:2]:
        return Score(0.4, ("same name", "same province", "no body in common"))
    return Score(0.1, ("same name", "unrelated places"))


def _named_apart(left: Item, right: Item) -> bool:
    """Whether all names of both begin with a place, never the same (江苏省人民政府, 苏州市人民政府)."""
    return "" not in left.named | right.named and not left.named & right.named


def _own(item: Item) -> int:
    return item.own


def _distinctive(item: Item) -> bool:
    return item.distinctive


_SCORERS = {
    "place": _place,
    "beside": _beside,
    "maker": _maker,
    "crossing": _crossing,
    "end": _end,
    "kind": _kind,
    "short": _short,
    "person": _person,
}
