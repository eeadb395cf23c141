"""Targets and outcomes: each number of a text with its indicator, bound, period, place and speaker.

    >>> # 预计全市地区生产总值增长8.5%左右 in a review -> outcome 地区生产总值增速 ~ 8.5 %
    >>> # 力争高新技术企业突破900家 -> target 高新技术企业数 > 900 家

What is no measure, no date and no part of a name is put down by ``kg.extract.ledger``, so that nothing vanishes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kg import zh
from kg.extract import goals
from kg.extract.context import PLAN, REVIEW, Setting
from kg.extract.frame import Term
from kg.extract.indicators import read
from kg.extract.reading import Found, Measured, Reading
from kg.sentences import Line

TARGET, OUTCOME = "target", "outcome"

# 在6个项目建成投产基础上，重点推进…: what plans build upon is done.
_UPON = re.compile(r"^[^，。；]{0,14}(?:的)?基础上")


def find(reading: Reading) -> Sequence[Measured]:
    """Return the targets and outcomes of a document."""
    text = reading.text
    numbers = reading.numbers
    starts = [quantity.start for quantity in numbers.quantities]
    places = reading.cached(_subjects)
    subjects = {item.start: item.end for item in places.values()}
    divisions = {item.start for item in places.values() if item.key.removeprefix("place/").isdigit()}
    voices = _voices(reading)
    out: list[Measured] = []
    for index, line in enumerate(reading.lines):
        low, high = bisect_left(starts, line.start), bisect_left(starts, line.end)
        if low == high or line.kind == "byline":
            continue
        quantities = numbers.quantities[low:high]
        terms = read(text, line.start, line.end, quantities, subjects, divisions).terms
        out.extend(_measured(reading, line, term, voices.get(index)) for term in terms)
    out.extend(_goals(reading, voices))
    return out


# --- time and kind ---------------------------------------------------------------------------------

_YEAR = re.compile(r"(?<![比较从由是自以])(?P<year>20\d\d)年(?!以来|版|期|初|的\d|.{0,6}相比|水平)")
_LAST = re.compile(r"(?<![比较])(?:去年|上年)(?!同期|.{0,2}相比)")
_NEXT = re.compile(r"明年")
_MODALITY = re.compile(r"力争|确保|争取|预期|预计|目标(?!任务)|计划(?=\S{0,3}(?:实施|完成|新|投|引|建|安排|全年|开工))")
_STILL_TO_COME = re.compile(
    r"力争|争取(?=实现|新增|完成|[^，]{0,14}(?:达到|突破|超过))|(?:将|可)(?:达到|实现|新增|完成|突破|超过)|预期目标|目标(?:是|为)|到20\d\d年"
)
_DONE = re.compile(
    r"近年来|先后|多年来|一直以来|已(?!经?批)|目前|现有|截至|累计(?!到)|(?<=[成现增建完到过破得获])了|(?:去年|上年)(?!同期)"
)


def _measured(reading: Reading, line: Line, term: Term, voice: _Voice | None) -> Measured:
    setting = reading.setting_at(term.start)
    before = reading.text[line.start : term.quantity.start]
    year, explicit, first = _period(reading, setting, before)
    kind = _kind(reading, setting, before, year)
    if _UPON.search(reading.text[term.quantity.end : term.quantity.end + 20]):
        kind = OUTCOME
    year = _shifted(reading, setting, before, kind, year)
    place = _scope(reading, term, voice)
    near = reading.text[max(0, term.start - 400) : term.start]
    modality = _modality(before, setting if "目标" in near else None, kind)
    value = term.value
    return Measured(
        term.start, term.end, kind, term.indicator, value, term.quantity.unit, term.code, term.text, modality,
        year, first, "explicit" if explicit else "inferred", place.name, place.key,
        voice.name if voice else None, f"measures:{term.rule}",
    )  # fmt: skip


def _period(reading: Reading, setting: Setting, before: str) -> tuple[int | None, bool, int | None]:
    """Return year, whether the text names it near by, and the first year of a longer period."""
    named = list(_YEAR.finditer(before))
    if named:
        year = zh.year(named[-1]["year"])
        span = re.search(r"(20\d\d)(?:年)?[—–\-－~～至到]+$", before[: named[-1].start()])
        return year, True, int(span[1]) if span else None
    context = reading.context
    if context.year is not None:
        if _NEXT.search(before):
            return context.year + 1, True, None
        if _LAST.search(before) and setting.year != context.year - 1 and setting.period_start is None:
            return context.review_year if context.month and context.month >= 11 else context.year - 1, True, None
    return setting.year, setting.explicit, setting.period_start


def _shifted(reading: Reading, setting: Setting, before: str, kind: str, year: int | None) -> int | None:
    """近年来引进企业20家 in a plan is of the year reviewed, unless the sentence names its year."""
    context = reading.context
    if _YEAR.search(before) or "今年" in before or setting.period_start is not None:
        return year
    if kind == OUTCOME and setting.stance == PLAN and year == context.plan_year:
        return context.review_year
    if kind == TARGET and setting.stance == REVIEW and year == context.review_year:
        return context.plan_year
    return year


def _kind(reading: Reading, setting: Setting, before: str, year: int | None) -> str:
    """Return target or outcome: the stance of the section, unless the sentence says otherwise."""
    context = reading.context
    clause = re.split("[。；]", before)[-1]
    if setting.stance == REVIEW:
        later = (
            year is not None and context.review_year is not None and year > max(context.review_year, setting.year or 0)
        )
        return TARGET if later or (_STILL_TO_COME.search(clause) and "预计" not in clause) else OUTCOME
    past = year is not None and context.plan_year is not None and year < context.plan_year
    planned = _STILL_TO_COME.search(clause)
    if (past and not planned) or (_DONE.search(clause) and not planned):
        return OUTCOME
    return TARGET


#: 渌江水质|力争提升: a modality behind a subject of its own holds for its clause, one that leads for all that follow.
_OWN_SUBJECT = re.compile(r"[^，。；：\n]{4,}(?<![年月们将要市区县省州并底])$")


def _holds(before: str, match: re.Match[str]) -> bool:
    start = max(before.rfind(mark, 0, match.start()) for mark in "，。；：") + 1
    goes_on = "，" in before[match.end() :]
    return not goes_on or not _OWN_SUBJECT.match(before[start : match.start()])


def _modality(before: str, setting: Setting | None, kind: str) -> str | None:
    found = [match[0] for match in _MODALITY.finditer(before) if _holds(before, match)]
    if found:
        return found[-1]
    return setting.aim if setting and kind == TARGET else None


_WITHIN = re.compile(r"用(?:\d[—–\-至~～]+)?(?P<n>\d)年(?:左右)?(?:的)?时间$")


def _goals(reading: Reading, voices: Mapping[int, _Voice]) -> Iterator[Measured]:
    """Goals and results in words, with the period of their sentence and the place of the document or the speaker."""
    for goal in goals.scan(reading.text):
        line = reading.line_at(goal.start)
        if line.kind != "text" or goal.end > line.end:
            continue
        setting = reading.setting_at(goal.start)
        before = reading.text[line.start : goal.start]
        voice = voices.get(reading.line_index(goal.start))
        place = voice.place if voice and voice.place else _Place.of(reading)
        year, explicit, first = _period(reading, setting, before)
        kind = _kind(reading, setting, before, year)
        within = _WITHIN.search(before)
        if within and reading.context.year is not None:  # 用3—4年时间, from the year of the document on
            year, explicit, first = reading.context.year + int(within["n"]), False, None
        yield Measured(
            goal.start, goal.end, kind, goal.indicator, goal.value, goal.unit, goal.code, goal.text,
            _modality(before, None, kind), year, first, "explicit" if explicit else "inferred",
            place.name, place.key, voice.name if voice else None, "measures:goal",
        )  # fmt: skip


# --- place and speaker -------------------------------------------------------------------------------


class _Place(NamedTuple):
    name: str
    key: str

    @classmethod
    def of(cls, reading: Reading) -> _Place:
        home = reading.context.home
        return cls(home.name, f"place/{home.code}") if home else cls("", "")


class _Voice(NamedTuple):
    """Who speaks from a line on, and of which place when the line says so."""

    name: str
    place: _Place | None


_SHARED_GOODS = re.compile(r"^(?P<part>市区|城区|各县市区|园区)(?!县)")


def _subjects(reading: Reading) -> dict[int, Found]:
    """Places a clause may be about: divisions and waters, the longest at each start."""
    best: dict[int, Found] = {}
    for item in reading.found("place"):
        known = item.key or "section" in item.rule or "water" in item.rule
        if known and (item.start not in best or item.end > best[item.start].end):
            best[item.start] = item
    return best


def _scope(reading: Reading, term: Term, voice: _Voice | None) -> _Place:
    home = _Place.of(reading)
    if term.subject is not None:
        found = reading.cached(_subjects).get(term.subject)
        if found and not _above(reading, found):
            return _joined(reading, found)
    if voice and voice.place:
        return voice.place
    part = _SHARED_GOODS.match(term.indicator)
    if part and term.quantity.kind in ("percent", "money", "concentration") and home.name:
        # A rate of the 市区 is not the city's rate, while things counted in it are in the city as well.
        name = home.name.removesuffix("市") + part["part"] if part["part"] == "市区" else home.name + part["part"]
        return _Place(name, "")
    return home


def _joined(reading: Reading, found: Found) -> _Place:
    """宁国、广德入选…: places joined at the head of a clause are the subject together."""
    names, keys, end = [found.name], [found.key], found.end
    while reading.text[end : end + 1] in ("、", "和"):
        longest = reading.cached(_subjects).get(end + 1)
        if longest is None:
            break
        names.append(longest.name)
        keys.append(longest.key)
        end = longest.end
    return _Place("、".join(names), keys[0] if len(keys) == 1 else "")


def _above(reading: Reading, found: Found) -> bool:
    """True for the province of a city: 全省 is compared with, seldom reported on, in a city's report."""
    home = reading.context.place
    code = found.key.removeprefix("place/")
    return bool(home) and code.isdigit() and code != home and home.startswith(code.rstrip("0")) and code != "0"


def _voices(reading: Reading) -> dict[int, _Voice]:
    """For each line who speaks: 市科技局党组书记、局长李红： holds until the next heading."""
    speakers: dict[int, _Voice] = {}
    for item in reading.found("official"):
        index = reading.line_index(item.start)
        line = reading.lines[index]
        words = reading.text[line.start : line.end]
        if line.first and len(words) <= 45 and (words.rstrip().endswith(("：", ":")) or line.kind == "heading"):
            places = [p for p in reading.within("place", line.start, line.end) if p.key and not _above(reading, p)]
            own = max(places, key=lambda p: p.end - p.start, default=None)
            speakers[index] = _Voice(item.name, _Place(own.name, own.key) if own else None)
    if not speakers:
        return {}
    out: dict[int, _Voice] = {}
    current: _Voice | None = None
    for index, line in enumerate(reading.lines):
        if index in speakers:
            current = speakers[index]
        elif line.kind == "heading":
            current = None
        elif current:
            out[index] = current
    return out


__all__ = ["OUTCOME", "PLAN", "TARGET", "find"]
