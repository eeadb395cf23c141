"""Cascades: a longer or higher target, and what a shorter or lower one takes on. Groups of rows in, statements out.

Two kinds, both within one indicator and one region:

* ``time``: a target of several years (未来五年新增…1000家) and the targets and outcomes of its single years, of the
  same place. An increment adds up: what a year needs is what is left of the whole, shared by the years that are left,
  as far as outcomes of the years before are all told, else an equal share. A stock (到2025年达到…) moves: it needs
  the value on the line from the last outcome told before the period to the target; a ceiling (控制在…以内) holds in
  every year. A yearly growth is held against the average growth of the period (年均增长).
* ``place``: the same year or period of a place and of a place within it, city and district. For amounts that add up
  the row tells the share; no verdict is given, since the rest is for others to reach. A growth is held against that
  above.

``on-pace`` is within a twentieth of what is needed (rates: the tolerance of ``kg.derive.verdicts``), ``ahead`` and
``behind`` are beyond it. Where less is better, everything is mirrored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from kg import ids, lexicon
from kg.derive.assessments import as_json, preliminary, told
from kg.derive.observations import Observation
from kg.derive.runs import derived, say
from kg.derive.tables import Tables
from kg.derive.verdicts import NOT_COMPARABLE, Verdict, same_unit, tolerance
from kg.records import Statement, Term
from kg.statements import nodes

NAME = "cascades"

_AVERAGE = "年均"
_SUMS = frozenset(("increment",))
_LEVELS = frozenset(("stock", "level", "ratio", "share"))
_PLACE = f"{ids.BASE}{ids.FOLDERS['place']}/"
#: From this month on the years of a period begin with the next one: “未来五年” of September 2021 ends in 2026.
_LATE = "-07"
_FIVE = 5
#: A year that alone brings more than this of a sum of several years is held against a yearly figure (每年新增…) or
#: a smaller thing more often than it is a success.
_MOST = Decimal("0.8")

_REGIONS = f"""
SELECT *, CASE WHEN subject LIKE '{_PLACE}______' THEN substr(subject, 1, {len(_PLACE) + 2}) ELSE subject END AS region
FROM observation WHERE value IS NOT NULL AND year IS NOT NULL AND subject <> ''
"""


@dataclass(frozen=True, slots=True, order=True)
class Regional(Observation):
    """An observation with the province that its place lies in, or else its own subject."""

    region: str = ""


class Part(NamedTuple):
    """A target or outcome as part of a longer or higher target."""

    kind: str  #: time or place
    whole: Observation
    part: Observation
    verdict: Verdict
    share: Decimal | None = None  #: of the whole, with what was reached before, in percent
    needed: Decimal | None = None  #: in this year


def derive(tables: Tables) -> Iterator[Iterable[Statement]]:
    """Yield the parts of all longer and higher targets, one family of indicators of one province at a time."""
    for group in tables.groups(Regional, _REGIONS, ("region", "family")):
        found = [statement for part in parts(group) for statement in statements(part)]
        if found:
            yield found


def parts(group: Iterable[Observation]) -> Iterator[Part]:
    """Yield the parts that the rows of one family of indicators of one region are of each other."""
    rows = [row for row in group if row.family not in lexicon.lines("generic_indicators")]
    if not any(row.kind == "target" for row in rows):
        return
    by_subject: dict[str, list[Observation]] = defaultdict(list)
    for row in rows:
        by_subject[row.subject].append(row)
    for own in by_subject.values():
        yield from _in_time(own)
    yield from _in_place(by_subject)


# --- time ---------------------------------------------------------------------------------------


def _in_time(rows: list[Observation]) -> Iterator[Part]:
    yearly = _distinct(row for row in rows if row.period_start is None and _of_its_year(row))
    for whole in _distinct(row for row in rows if row.kind == "target" and _is_long(row)):
        outcomes = _outcomes(yearly, whole)
        for part in yearly:
            if _within(part, whole) and _comparable(part, whole):
                yield _paced(whole, part, outcomes)


def _distinct(rows: Iterable[Observation]) -> list[Observation]:
    """Return rows without those that one document says again."""
    seen: dict[tuple[object, ...], Observation] = {}
    for row in sorted(rows, key=lambda row: (row.year or 0, row.date, row.document, row.start, row.node)):
        seen.setdefault((row.kind, row.indicator, row.document, row.year, row.period_start, row.value, row.unit), row)
    return list(seen.values())


def _of_its_year(row: Observation) -> bool:
    """Tell whether a row is a target set for its own year, or an outcome of the whole year."""
    if row.kind == "outcome":
        return row.date >= f"{row.year}-12"
    return (row.year or 0) - int(row.date[:4] or 0) in {0, 1} if row.date[:4].isdecimal() else False


def _is_long(row: Observation) -> bool:
    said = int(row.date[:4]) if row.date[:4].isdecimal() else None
    if row.period_start is not None:
        return row.year is not None and row.year > row.period_start
    return said is not None and (row.year or 0) > said + 1 and row.measure_kind in _LEVELS


def _first(whole: Observation) -> int:
    """Return the first year that counts for a longer target."""
    start, last = whole.period_start, whole.year or 0
    if start is None:
        return int(whole.date[:4]) + (whole.date[4:7] >= _LATE)
    late = whole.date.startswith(str(start)) and whole.date[4:7] >= _LATE
    return start + 1 if late or last - start == _FIVE else start


def _within(part: Observation, whole: Observation) -> bool:
    """Tell whether a yearly row is of a year of the whole; the last year of a stock is the whole itself."""
    first, last = _first(whole), whole.year or 0
    if part.kind == "target" and part.document == whole.document and part.start == whole.start:
        return False
    return first <= (part.year or 0) <= last


def _comparable(part: Observation, whole: Observation) -> bool:
    if not same_unit(part.unit, whole.unit):
        return False
    if _AVERAGE in whole.name:
        return part.measure_kind == "growth" and _AVERAGE not in part.name
    return part.indicator == whole.indicator and whole.measure_kind in _SUMS | _LEVELS


def _outcomes(yearly: list[Observation], whole: Observation) -> dict[int, Observation]:
    """Return the best outcome of each year, final before preliminary and later documents before earlier ones."""
    told = [row for row in yearly if row.kind == "outcome" and _comparable(row, whole)]
    told.sort(key=lambda row: (not preliminary(row), row.date, row.document))
    return {row.year or 0: row for row in told}


def _paced(whole: Observation, part: Observation, outcomes: dict[int, Observation]) -> Part:
    if _AVERAGE in whole.name:
        return Part("time", whole, part, _pace(part, _value(whole)), None, _value(whole))
    if _adds_up(whole):
        return _summed(whole, part, outcomes)
    if whole.comparator in {"<", "<="}:  # a ceiling holds in every year
        return Part("time", whole, part, _pace(part, _value(whole)), None, _value(whole))
    return _on_the_line(whole, part, outcomes)


def _adds_up(whole: Observation) -> bool:
    if whole.measure_kind in _SUMS:
        return True
    return whole.period_start is not None and any(word in whole.family for word in lexicon.lines("summed_indicators"))


def _summed(whole: Observation, part: Observation, outcomes: dict[int, Observation]) -> Part:
    first, last, year = _first(whole), whole.year or 0, part.year or 0
    if last > first and _value(part) > _value(whole) * _MOST:
        return Part("time", whole, part, Verdict(NOT_COMPARABLE, "scale"))
    before = range(first, year)
    known = all(earlier in outcomes for earlier in before)
    reached = sum((_value(outcomes[earlier]) for earlier in before if earlier in outcomes), Decimal(0))
    left = _value(whole) - reached if known else _value(whole)
    years = last - year + 1 if known else last - first + 1
    needed = max(left, Decimal(0)) / years
    share = (reached + _value(part)) * 100 / _value(whole) if _value(whole) and known else None
    return Part("time", whole, part, _pace(part, needed), share, needed)


def _on_the_line(whole: Observation, part: Observation, outcomes: dict[int, Observation]) -> Part:
    first, last, year = _first(whole), whole.year or 0, part.year or 0
    bases = [earlier for earlier in outcomes if earlier < first]
    share = _value(part) * 100 / _value(whole) if _value(whole) else None
    if not bases:
        return Part("time", whole, part, Verdict(NOT_COMPARABLE, "no-base"), share)
    base = max(bases)
    start = _value(outcomes[base])
    needed = start + (_value(whole) - start) * (year - base) / (last - base)
    return Part("time", whole, part, _pace(part, needed), share, needed)


def _pace(part: Observation, needed: Decimal) -> Verdict:
    slack = tolerance(needed, part.unit)
    beyond = _value(part) - needed
    if part.direction == "less" or part.comparator in {"<", "<="}:
        beyond = -beyond
    return Verdict("ahead" if beyond > slack else "behind" if beyond < -slack else "on-pace")


# --- place --------------------------------------------------------------------------------------


def _in_place(by_subject: dict[str, list[Observation]]) -> Iterator[Part]:
    subjects = sorted(subject for subject in by_subject if _code(subject))
    for above in subjects:
        targets = _distinct(row for row in by_subject[above] if row.kind == "target")
        for below in subjects if targets else ():
            if _is_within(below, above):
                lower = _distinct(row for row in by_subject[below] if row.kind == "target")
                yield from _below(targets, lower)


def _below(targets: list[Observation], lower: list[Observation]) -> Iterator[Part]:
    for whole in targets:
        for part in lower:
            same = (part.indicator, part.year, part.period_start) == (whole.indicator, whole.year, whole.period_start)
            if not same or not same_unit(part.unit, whole.unit):
                continue
            if whole.measure_kind in {"growth", "fall", "ratio"}:
                yield Part("place", whole, part, _pace(part, _value(whole)), None, _value(whole))
            elif whole.measure_kind in {"increment", "stock", "level", "count"} and _value(whole):
                yield _share(whole, part)


def _share(whole: Observation, part: Observation) -> Part:
    """Return what a lower place takes on; as much as the whole is the higher place's figure told again."""
    share = _value(part) * 100 / _value(whole)
    again = share >= 100
    return Part("place", whole, part, Verdict(NOT_COMPARABLE, "scale") if again else Verdict("part"), share)


def _code(subject: str) -> str:
    code = subject.removeprefix(_PLACE)
    return code if subject.startswith(_PLACE) and code.isdigit() and len(code) == len("430212") else ""


def _is_within(below: str, above: str) -> bool:
    """Tell whether a division lies in another: 430212 in 430200, and both in 430000."""
    code = _code(above)
    while code.endswith("00"):
        code = code[:-2]
    return below != above and _code(below).startswith(code)


def _value(row: Observation) -> Decimal:
    return Decimal(row.value or 0)


# --- statements ---------------------------------------------------------------------------------


def statements(found: Part) -> Iterator[Statement]:
    """Yield one part as a node of the derived graph."""
    whole, part = found.whole, found.part
    node = f"{ids.BASE}id/cascade/{ids.digest(whole.node, part.node, length=12)}"
    yield from derived(node, "lg:Cascade", NAME, (whole.node, part.node))
    yield say(node, "lg:whole", nodes.iri(whole.node))
    yield say(node, "lg:part", nodes.iri(part.node))
    yield say(node, "lg:cascadeKind", nodes.string(found.kind))
    yield say(node, "lg:about", nodes.iri(part.subject))
    if whole.subject != part.subject:
        yield say(node, "lg:wholeAbout", nodes.iri(whole.subject))
    yield say(node, "lg:ofIndicator", nodes.iri(part.indicator))
    yield say(node, "lg:inYear", nodes.year(part.year or 0))
    yield say(node, "lg:verdict", nodes.iri(ids.concept("verdict", found.verdict.code)))
    if found.verdict.reason:
        yield say(node, "lg:verdictReason", nodes.string(found.verdict.reason))
    for predicate, value in (("lg:share", found.share), ("lg:needed", found.needed)):
        if value is not None:
            yield say(node, predicate, nodes.decimal(round(value, 4)))
    yield say(node, "lg:row", Term(_row(found), ids.expand("rdf:JSON")))


def _row(found: Part) -> str:
    """Return what the question shows of a part as one literal: reading both nodes for each row takes a second."""
    whole, part = found.whole, found.part
    about = [whole.subject, part.subject, part.indicator, whole.year, part.year, part.kind, found.kind]
    numbers = [nodes.decimal(round(one, 4)).value if one is not None else None for one in (found.share, found.needed)]
    verdict = [found.verdict.code, found.verdict.reason or None]
    return as_json([told(whole), told(part), [*about, *numbers, *verdict]])
