"""Targets and outcomes: each number of a text with its indicator, bound, period, place and speaker.

    >>> # 预计全市地区生产总值增长8.5%左右 in a review -> outcome 地区生产总值增速 ~ 8.5 %
    >>> # 力争高新技术企业突破900家 -> target 高新技术企业数 > 900 家

What is no measure, no date and no part of a name is put down by ``kg.extract.ledger``, so that nothing vanishes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.extract.context import Setting
from kg.extract.measures import goals, tables
from kg.extract.measures.frame import Term
from kg.extract.measures.indicators import read
from kg.extract.measures.subjects import Voice, heads, home, is_works, scope, voices
from kg.extract.measures.timing import OUTCOME, TARGET, span, timing
from kg.extract.reading import Measured, Reading
from kg.sentences import Line


def find(reading: Reading) -> Sequence[Measured]:
    """Return the targets and outcomes of a document."""
    text = reading.text
    numbers = reading.numbers
    starts = [quantity.start for quantity in numbers.quantities]
    names = reading.cached(heads)
    subjects = {start: end for start, end in names.ends.items() if not is_works(reading, start)}
    speakers = voices(reading)
    out: list[Measured] = []
    for index, line in enumerate(reading.lines):
        low, high = bisect_left(starts, line.start), bisect_left(starts, line.end)
        if low == high or line.kind == "byline":
            continue
        quantities = numbers.quantities[low:high]
        table = tables.cells(text, line.start, line.end) if "\t" in text[line.start : line.end] else []
        terms, _ = read(text, line.start, line.end, quantities, subjects, names.carriers)
        if table:
            header = reading.lines[_first_row(reading, index)]
            terms += tables.read(text, tables.cells(text, header.start, header.end), table, quantities)
        out.extend(_measured(reading, line, term, speakers.get(index)) for term in terms)
    out.extend(_goals(reading, speakers))
    return _with_modality(reading, sorted(out, key=lambda item: item.start))


def _first_row(reading: Reading, index: int) -> int:
    """The row that heads the table of a row: the first of the lines with tabs."""
    lines, text = reading.lines, reading.text
    while index and "\t" in text[lines[index - 1].start : lines[index - 1].end]:
        index -= 1
    return index


# 争取中央资金20亿元 gets it, 争取新增企业20家 aims at it.
_AIMED = (
    r"(?=[^，。；：\d]{0,2}(?:新|引|完|实现|达|突破|建|培|创建|开|落|签|竣|投产|在|到20|全年|年内|年底|早|尽|入|通过|列入|成为|用)"
    r"|[^，。；：]{0,18}(?:达到|突破|超过|实现|增长|以上|控制在|提高|提升|增加))"
    r"(?!到|上级|中央|国家|省级?(?:以上)?(?:资金|补助|专项|科技)|[^，。；：\d]{0,16}(?:资金|债券?|指标|额度|补助|授信|贷款)(?!.{0,6}增长))"
)
_MODALITY = re.compile(
    rf"力争|确保|争取{_AIMED}|预期(?!性)|预计|目标(?!任务)|计划(?=\S{{0,3}}(?:实施|完成|新|投|引|建|安排|全年|开工))"
)


def _measured(reading: Reading, line: Line, term: Term, voice: Voice | None) -> Measured:
    when = timing(reading, line, term.quantity.start, term.quantity.end)
    if term.rule == "table" and term.indicator.endswith("总投资"):
        when = when._replace(kind=OUTCOME)  # what a listed work costs is told of it, no goal
    when = span(reading, when, term.indicator, reading.text[line.start : term.quantity.start])
    start, indicator = term.start, term.indicator
    if when.kind == OUTCOME and when.first is None and (sum_ := _cumulated(reading.text, line.start, start)):
        start, indicator = start - len(sum_), "累计" + indicator.removeprefix("累计")
    place = scope(reading, term.subjects, term.indicator, term.quantity.kind, voice)
    near = reading.text[max(0, term.start - 400) : term.start]
    before = reading.text[line.start : term.quantity.start]
    modality = _modality(before, reading.setting_at(term.start) if "目标" in near else None, when.kind)
    return Measured(
        start, term.end, when.kind, indicator, term.value, term.quantity.unit, term.code, term.text, modality,
        when.year, when.first, "explicit" if when.explicit else "inferred", place.name, place.key,
        voice.name if voice else None, f"measures:{term.rule}",
    )  # fmt: skip


# 累计建成书房60家 counts those of all years; 全年累计, 今年累计 those of one.
_CUMULATED = re.compile(r"累计(?:共|已|总计)?$")
_IN_A_YEAR = re.compile(r"全年|今年|年内|去年|上年|当年|本年|一年|20\d\d年|月|季度|五年|三年|两年|期间|以来")


def _cumulated(text: str, low: int, start: int) -> str:
    """The word that makes a number a sum of all years up to now, when nothing near says of which."""
    match = _CUMULATED.search(text, max(low, start - 5), start)
    return match[0] if match and not _IN_A_YEAR.search(text, max(low, start - 40), match.start()) else ""


#: 渌江水质|力争提升: a modality behind a subject of its own holds for its clause, one that leads for all that follow.
_OWN_SUBJECT = re.compile(r"[^，。；：\n]{4,}(?<![年月们将要市区县省州并底])$")


def _holds(before: str, match: re.Match[str]) -> bool:
    start = max(before.rfind(mark, 0, match.start()) for mark in "，。；：") + 1
    goes_on = "，" in before[match.end() :]
    return not goes_on or not _OWN_SUBJECT.match(before[start : match.start()])


def _modality(before: str, setting: Setting | None, kind: str) -> str | None:
    found = [match[0] for match in _MODALITY.finditer(before) if _holds(before, match)]
    if kind == OUTCOME:
        # 确保了…, 计划总投资…: what was done is at most expected to be counted so.
        return "预计" if "预计" in found else None
    if found:
        return found[-1]
    return setting.aim if setting and kind == TARGET else None


# 力争实现园区转型: the word that wills it, and the one that only says that it comes about.
_WILLED = re.compile(r"(?:力争|确保|争取|预期|预计|目标|计划)(?:实现|完成)?$")
_LONGEST_WILLED = 8


def _with_modality(reading: Reading, found: Sequence[Measured]) -> list[Measured]:
    """Take 力争 into the quote of the one fact that it governs; before a list it belongs to none of them alone."""
    out = []
    for index, item in enumerate(found):
        after = found[index + 1] if index + 1 < len(found) else None
        low = max(reading.line_at(item.start).start, item.start - _LONGEST_WILLED)
        match = _WILLED.search(reading.text, low, item.start) if item.modality else None
        start = item.start
        if match and item.modality and item.modality in match[0] and not (after and _shares(reading, item, after)):
            start = match.start()
        out.append(replace(item, start=start))
    return out


def _shares(reading: Reading, one: Measured, other: Measured) -> bool:
    """Whether a later fact of the sentence stands under the same word: 力争甲不少于2家、乙不少于5家."""
    between = reading.text[one.end : other.start]
    return (
        other.modality == one.modality
        and reading.line_index(one.start) == reading.line_index(other.start)
        and not _MODALITY.search(between + reading.text[other.start : other.end])
    )


_WITHIN = re.compile(r"用(?:\d[—–\-至~～]+)?(?P<n>\d)年(?:左右)?(?:的)?时间$")


def _goals(reading: Reading, speakers: Mapping[int, Voice]) -> Iterator[Measured]:
    """Goals and results in words, with the period of their sentence and the place of the document or the speaker."""
    for goal in goals.scan(reading.text):
        line = reading.line_at(goal.start)
        if line.kind != "text" or goal.end > line.end:
            continue
        when = timing(reading, line, goal.start, goal.end)
        if when.kind == OUTCOME and goals.under_way(reading.text, goal):
            continue  # 大力创建国家森林城市 in a review: what is worked at is not achieved
        before = reading.text[line.start : goal.start]
        voice = speakers.get(reading.line_index(goal.start))
        place = voice.place if voice and voice.place else home(reading)
        within = _WITHIN.search(before)
        if within and reading.context.year is not None:  # 用3—4年时间, from the year of the document on
            when = when._replace(year=reading.context.year + int(within["n"]), explicit=False, first=None)
        yield Measured(
            goal.start, goal.end, when.kind, goal.indicator, goal.value, goal.unit, goal.code, goal.text,
            _modality(before, None, when.kind), when.year, when.first, "explicit" if when.explicit else "inferred",
            place.name, place.key, voice.name if voice else None, "measures:goal",
        )  # fmt: skip


__all__ = ["OUTCOME", "TARGET", "find"]
