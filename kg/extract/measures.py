"""Targets and outcomes: each number of a text with its indicator, bound, period, place and speaker.

    >>> # 预计全市地区生产总值增长8.5%左右 in a review -> outcome 地区生产总值增速 ~ 8.5 %
    >>> # 力争高新技术企业突破900家 -> target 高新技术企业数 > 900 家

What is no measure, no date and no part of a name is put down as an issue, so that nothing vanishes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from kg import zh
from kg.extract import goals
from kg.extract.context import PLAN, REVIEW, Setting
from kg.extract.frame import Term
from kg.extract.indicators import read
from kg.extract.quantities import Quantity, scan
from kg.extract.reading import Measured, Reading
from kg.extract.subjects import Voice, heads, home, is_works, scope, voices
from kg.records import Issue
from kg.sentences import Line

TARGET, OUTCOME = "target", "outcome"

# 在6个项目建成投产基础上，重点推进…: what plans build upon is done.
_UPON = re.compile(r"^[^，。；]{0,14}(?:的)?基础上")


def find(reading: Reading) -> Sequence[Measured]:
    """Return the targets and outcomes of a document; numbers left over become issues."""
    text = reading.text
    numbers = scan(text)
    starts = [quantity.start for quantity in numbers.quantities]
    names = reading.cached(heads)
    subjects = {start: end for start, end in names.ends.items() if not is_works(reading, start)}
    speakers = voices(reading)
    out: list[Measured] = []
    unlinked: list[tuple[int, int]] = list(numbers.bare)
    for index, line in enumerate(reading.lines):
        low, high = bisect_left(starts, line.start), bisect_left(starts, line.end)
        if low == high or line.kind == "byline":
            continue
        quantities = numbers.quantities[low:high]
        terms, explained = read(text, line.start, line.end, quantities, subjects, names.carriers)
        out.extend(_measured(reading, line, term, speakers.get(index)) for term in terms)
        unlinked.extend(_unused(quantities, terms, explained))
    out.extend(_goals(reading))
    _report(reading, unlinked)
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


def _measured(reading: Reading, line: Line, term: Term, voice: Voice | None) -> Measured:
    setting = reading.setting_at(term.start)
    before = reading.text[line.start : term.quantity.start]
    year, explicit, first = _period(reading, setting, before)
    kind = _kind(reading, setting, before, year)
    if _UPON.search(reading.text[term.quantity.end : term.quantity.end + 20]):
        kind = OUTCOME
    year = _shifted(reading, setting, before, kind, year)
    place = scope(reading, term.subjects, term.indicator, term.quantity.kind, voice)
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


def _modality(before: str, setting: Setting | None, kind: str) -> str | None:
    found = [match[0] for match in _MODALITY.finditer(before)]
    if found:
        return found[-1]
    return setting.aim if setting and kind == TARGET else None


def _goals(reading: Reading) -> Iterator[Measured]:
    """Goals and results without a number, with the period of their sentence and the document's place."""
    own = home(reading)
    for goal in goals.scan(reading.text):
        line = reading.line_at(goal.start)
        if line.kind != "text" or goal.end > line.end:
            continue
        setting = reading.setting_at(goal.start)
        before = reading.text[line.start : goal.start]
        year, explicit, first = _period(reading, setting, before)
        kind = _kind(reading, setting, before, year)
        yield Measured(
            goal.start, goal.end, kind, goal.indicator, None, goal.unit, goal.code, goal.text,
            _modality(before, None, kind), year, first, "explicit" if explicit else "inferred",
            own.name, own.key, None, "measures:goal",
        )  # fmt: skip


# --- what is left over -----------------------------------------------------------------------------


#: Kinds of quantity that tell a time, an age or a place in a list; unused they are no loss.
_CIRCUMSTANCE = frozenset(("years", "months", "weeks", "age", "rank", "strong", "class"))


def _unused(
    quantities: Sequence[Quantity], terms: Sequence[Term], explained: Collection[int]
) -> Iterator[tuple[int, int]]:
    used = {term.quantity.start for term in terms} | set(explained)
    for quantity in quantities:
        if quantity.start in used or quantity.chinese or quantity.kind in _CIRCUMSTANCE:
            continue
        if not any(term.start <= quantity.start and quantity.end <= term.end for term in terms):
            yield quantity.start, quantity.end


def _report(reading: Reading, spans: Sequence[tuple[int, int]]) -> None:
    message = "a number that no measure, date or name explains"
    document = reading.document
    for start, end in sorted(spans):
        low, high = reading.view.source(start, end)
        words = document.text[low:high]
        reading.issues.append(
            Issue("extract", "unlinked-number", message, document.path, document.id, low, high, words)
        )


__all__ = ["OUTCOME", "PLAN", "TARGET", "find"]
