"""Target or outcome, and of which year: the stance of the section, unless the sentence says otherwise.

In go a reading, the sentence and where in it the number stands; out comes ``When``. Kind and year agree:
no target lies before the year its document plans.

    >>> # 到2025年，高新技术企业突破1000家 -> target, 2025; 近年来，先后引进企业20余家 in a plan -> outcome, year before
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg import zh
from kg.extract.context import PLAN, REVIEW, Setting
from kg.extract.reading import Reading
from kg.sentences import Line

TARGET, OUTCOME = "target", "outcome"


class When(NamedTuple):
    """Kind of a fact and its period."""

    kind: str
    year: int | None
    explicit: bool
    first: int | None  #: first year of a longer period


# A year that dates what follows, and none that is only compared with: 比2015年, 恢复到2019年水平, 2010年的三倍.
_YEAR = re.compile(
    r"(?<![比较从由是自以与])(?<![比较从由是以与]\s)(?<!恢复到|达到了|回落到)(?P<year>20\d\d)\s?年"
    r"(?!以来|版|期|初|前?碳达峰|前?碳中和|远景|愿景|可持续|议程|的?基础|的?水平|的?同期|度?预算|.{0,6}相比|持平|的[\d一二两三四五六七八九十])"
    r"|(?<=[增高升降减展大][到至为长加])(?P<reached>20\d\d)\s?年的"
)
_LAST = re.compile(r"(?<![比较与同和是为])(?:去年|上年)(?!同期|.{0,2}相比|.{0,3}水平|基本持平|持平|相当|的\d|度?基数)")
_NEXT = re.compile(r"明年")
_WHOLE_YEAR = re.compile(r"(?<![每计])全年(?![龄候制开无]|目标|任务|计划|均)")
_SPAN = re.compile(r"(20\d\d)(?:年)?[—–\-－~～至到]+$")
_BY_YEAR = re.compile(r"(?<!复)到(?P<year>20\d\d)\s?年(?!的)")
_STILL_TO_COME = re.compile(
    r"力争|争取(?=实现|新增|完成|[^，]{0,14}(?:达到|突破|超过))|(?:将|可)(?:达到|实现|新增|完成|突破|超过)|预期目标|目标(?:是|为)"
    r"|(?:今年|明年|下半年|下一步|下步|接下来)[^，。；]{0,6}?(?:要(?!求)|将|拟|计划)|(?<=[，。：；])(?:将|要)(?=新增|引进|培育|建成|完成|新建|实现)"
)
_SOON = re.compile(r"(?:项目|工程|企业)尽快")
_GOVERNED = re.compile(r"力争|力促|确保|争取|务必|努力|推动|促进|加快")
_DONE = re.compile(
    r"近年来|先后|多年来|一直以来|目前|现有|拥有(?=$|[\d近超约])|截至|(?<=[成现增建完到过破得获])了|(?:去年|上年)(?!同期)"
    r"|已(?!经?批|谋划|签|建成?[^，]{0,4}的|开工项|投产项|入库)"
)
# 在6个项目建成投产基础上，重点推进…: what plans build upon is done.
_BUILT_UPON = re.compile(r"在[^，。；]{0,24}(?:去年|上年)[^，。；]{0,24}基础上")
_UPON = re.compile(r"^[^，。；]{0,14}(?:的)?基础上")


def timing(reading: Reading, line: Line, start: int, end: int) -> When:
    """Return kind and period of a number that stands from ``start`` to ``end`` in a sentence."""
    setting = reading.setting_at(start)
    before = reading.text[line.start : start]
    before = _BUILT_UPON.sub("", before) if "基础上" in before else before
    year, explicit, first, named = _period(reading, setting, line, before)
    kind = _kind(reading, setting, before, year, line.start, line.end)
    if _UPON.search(reading.text[end : end + 20]):
        kind = OUTCOME
    if not named:
        year = _shifted(reading, setting, before, kind, year)
    return _agreeing(reading, kind, year, explicit, first, named)


def _agreeing(reading: Reading, kind: str, year: int | None, explicit: bool, first: int | None, named: bool) -> When:
    """What a sentence dates before the year that is planned is no target; an undated wish is of that year."""
    plan = reading.context.plan_year
    if kind == TARGET and plan is not None and year is not None and year < plan:
        return When(OUTCOME, year, explicit, first) if named else When(TARGET, plan, False, None)
    return When(kind, year, explicit, first)


def _period(reading: Reading, setting: Setting, line: Line, before: str) -> tuple[int | None, bool, int | None, bool]:
    """Return year, whether the text names it near by, the first year of a longer period, whether the sentence does."""
    named = list(_YEAR.finditer(before)) if "20" in before else []
    this_year = reading.context.year
    if named and this_year is not None and "今年" in before[named[-1].end() :]:
        return this_year, True, None, True  # 力争到2025年…，今年建成300公里
    if named:
        year = zh.year(named[-1]["year"] or named[-1]["reached"])
        span = _SPAN.search(before[: named[-1].start()])
        return year, True, int(span[1]) if span else None, True
    carried = _carried(reading, line)
    if carried:
        return carried, True, None, True
    context = reading.context
    if context.year is not None:
        if _NEXT.search(before):
            return context.year + 1, True, None, True
        several = setting.period_start is not None
        if several and setting.stance == REVIEW and _WHOLE_YEAR.search(before):
            return setting.year, setting.explicit, None, True  # 五年来…；全年接待游客100万人次
        if several and setting.stance == REVIEW and _EXPECTED.search(before):
            return setting.year, setting.explicit, None, True  # 预计地区生产总值增长1.2%: of the year that ends
        if _LAST.search(before) and (several or setting.year != context.year - 1):
            last = context.review_year if context.month and context.month >= 11 else context.year - 1
            return last, True, None, True
    return setting.year, setting.explicit, setting.period_start, False


_BACK = 200  # characters a year is carried over semicolons


def _carried(reading: Reading, line: Line) -> int | None:
    """力争到2019年，…；…: a year to come holds for what semicolons join to its sentence."""
    text = reading.text
    if text[line.start - 1 : line.start] not in ("；", ";"):
        return None
    if reading.setting_at(line.start).period_start is not None and (told := _told_year(reading, line)):
        return told
    low = max(text.rfind(mark, max(0, line.start - _BACK), line.start) for mark in "。\n")
    found = list(_BY_YEAR.finditer(text, max(low, line.start - _BACK), line.start))
    year = zh.year(found[-1]["year"]) if found else None
    plan = reading.context.plan_year
    return year if year is not None and (plan is None or year >= plan) else None


# 2015年地区生产总值…；进出口…: the one year that a long sentence of a review of several is about.
_ONE_YEAR = re.compile(
    r"(?:^|[，：。\n])(?:预计)?(?P<year>20\d\d)年(?!以来|底前|的|[—–\-－~～至到]|.{0,3}[月日])(?=[\u4e00-\u9fff])"
)


def _told_year(reading: Reading, line: Line) -> int | None:
    text = reading.text
    low = max(text.rfind(mark, max(0, line.start - 3 * _BACK), line.start) for mark in "。\n") + 1
    found = {match["year"] for match in _ONE_YEAR.finditer(text, max(low, line.start - 3 * _BACK), line.start)}
    year = zh.year(found.pop()) if len(found) == 1 else None
    return year if year is not None and year == reading.context.review_year else None


_EXPECTED = re.compile(r"(?:^|[，。；])(?:初步)?预计(?!数)(?:全[市省区县年])?[^。；年]*$")
_FIVE_YEARS = re.compile(r"过去(?:的)?五年|五年来|这五年|五年间|“?十[一二三四五]五”?(?:时期|期间|以来|规划)")
_FEWER = re.compile(r"[两三四2-4]年(?:来|间|年均|平均|以来)|近[两三四]年")


def span(reading: Reading, when: When, indicator: str, before: str) -> When:
    """A growth 年均 that a review tells of no year is of the five years up to the one it reviews."""
    if "年均" not in indicator or when.kind != OUTCOME or when.first is not None or when.year is None:
        return when
    if _FEWER.search(before[-60:]) or not reading.cached(_tells_of_five_years):
        return when
    return when._replace(first=when.year - 4)


def _tells_of_five_years(reading: Reading) -> bool:
    return bool(_FIVE_YEARS.search(reading.text))


def _shifted(reading: Reading, setting: Setting, before: str, kind: str, year: int | None) -> int | None:
    """近年来引进企业20家 in a plan is of the year reviewed, unless the sentence names its year."""
    context = reading.context
    if "今年" in before or setting.period_start is not None:
        return year
    if kind == OUTCOME and setting.stance == PLAN and year == context.plan_year:
        return context.review_year
    if kind == TARGET and setting.stance == REVIEW and year == context.review_year:
        return context.plan_year
    return year


def _kind(reading: Reading, setting: Setting, before: str, year: int | None, start: int, end: int) -> str:
    """Return target or outcome: the stance of the section, unless the sentence says otherwise."""
    context = reading.context
    clause = before[max(before.rfind("。"), before.rfind("；")) + 1 :]
    planned = _STILL_TO_COME.search(clause) or _SOON.search(reading.text, start, end)
    if setting.stance == REVIEW:
        reviewed = max(context.review_year or 0, setting.year or 0)
        later = year is not None and context.review_year is not None and year > reviewed
        return TARGET if later or (planned and "预计" not in clause) else OUTCOME
    if planned:
        return TARGET
    past = year is not None and context.plan_year is not None and year < context.plan_year
    done = _DONE.search(clause)
    governed = done and _GOVERNED.search(clause, 0, done.start())
    return OUTCOME if past or (done and not governed) else TARGET
