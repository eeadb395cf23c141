"""Document context: jurisdiction, date and kind, and for each sentence its stance and period.

A work report speaks of 我市, 今年, 去年, “十四五”期间; what these mean follows from where it
was given and when, and from the heading a sentence stands under. Facts inherit place and
period from here, and say so (``year_basis``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import ahocorasick_rs

from kg import lexicon, zh
from kg.extract import gazetteer
from kg.records import Document
from kg.registry.places import places
from kg.registry.records import Place
from kg.sentences import Line

REVIEW, PLAN = "review", "plan"


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for a whole document. ``place`` is an adcode, empty when none could be inferred."""

    place: str = ""
    year: int | None = None  #: year of publication
    month: int | None = None
    review_year: int | None = None  #: the year a review without a stated year is about
    plan_year: int | None = None  #: the year plans without a stated year are for
    stance: str = PLAN  #: what an unmarked sentence is taken for
    report: bool = False  #: a work report or coverage of one

    @property
    def home(self) -> Place | None:
        """The jurisdiction as a registry entry."""
        return places().get(self.place) if self.place else None


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for one sentence."""

    stance: str  #: review or plan
    year: int | None  #: last year of the period
    period_start: int | None = None  #: first year of a period of several years
    explicit: bool = False  #: the text names the year near the sentence
    aim: str | None = None  #: 预期 when the sentence stands under 主要预期目标


# --- jurisdiction -------------------------------------------------------------------------------

_CONGRESS = re.compile(
    r"(?:中国共产党|中共|政协|政治协商会议)?(?P<place>[\u4e00-\u9fff]{2,12}?)第[一二三四五六七八九十百\d]+(?:届|次)(?:人民代表大会|代表大会|委员会|党代会|人大)"
)
_REPORT = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,12}?)(?:20\d\d年)?(?:人民)?政府(?:20\d\d年)?工作报告")
_WE_ARE = re.compile(r"代表(?P<place>[\u4e00-\u9fff]{2,12}?)人民政府")


def infer(document: Document, text: str, lines: Sequence[Line]) -> Context:
    """Return the context of a document from its title, opening, date and wording."""
    year, month = _date(document, text)
    report = bool(
        re.search(r"政府工作报告|代表.{0,8}政府.{0,4}[,，]?向大会|党代会|代表大会", (document.title or "") + text[:600])
    )
    stance = _stance(document.title or "", text)
    late = month is not None and month >= 11
    # Reports are given from December to June (2020 as late as June) and review the year before.
    early = month <= 6 if month is not None and report else (month is None and report) or (month or 12) <= 4
    return Context(
        place=_jurisdiction(document, text),
        year=year,
        month=month,
        review_year=None if year is None else year - 1 if early and (report or stance != REVIEW) else year,
        plan_year=None if year is None else year + 1 if late else year,
        stance=stance,
        report=report,
    )


def _date(document: Document, text: str) -> tuple[int | None, int | None]:
    parts = (document.date or "").split("-")
    if parts[0]:
        return int(parts[0]), int(parts[1]) if len(parts) > 1 else None
    match = re.search(r"(20\d\d)年(?:(\d{1,2})月)?", text[:1500])
    if match:
        return int(match[1]), int(match[2]) if match[2] else None
    return None, None


def _jurisdiction(document: Document, text: str) -> str:
    head = text[:1200]
    title = document.title or head.split("\n", 1)[0][:60]
    for pattern, where in ((_REPORT, title), (_CONGRESS, head), (_WE_ARE, head), (_REPORT, head)):
        for match in pattern.finditer(where):
            found = _place_at_end(match["place"])
            if found:
                return found.code
    opening = [hit for hit in gazetteer.scan(title) if hit.start == 0]
    for hit in opening:
        found = places().resolve(hit.form, None)
        if found and title[hit.end : hit.end + 1] in ("：", ":", " ", "　", "市", "县", "区", ""):
            return found.code
    return _most_named(document, title, text)


def _place_at_end(name: str) -> Place | None:
    """The division a phrase ends with: 湖南省株洲市渌口区 is 渌口区."""
    best: Place | None = None
    for hit in gazetteer.scan(name):
        if hit.end == len(name):
            found = places().resolve(hit.form, best.code if best else None)
            best = found or best
            break
        best = places().resolve(hit.form, best.code if best else None) or best
    else:
        return None
    return best


def _most_named(document: Document, title: str, text: str) -> str:
    """The division named most often; title, publisher and file name weigh more than the body."""
    counter: Counter[str] = Counter()
    for source, weight in ((text, 1), (title, 3), (document.publisher or "", 3), (document.stem, 5)):
        for hit in gazetteer.scan(source):
            found = places().resolve(hit.form, None)
            if found and found.code.isdigit():
                counter[found.code] += weight
    if not counter:
        return ""
    for code, _ in list(counter.items()):
        parent = (places().ancestors(code) or [None])[0]
        if parent and parent.code in counter and parent.level != "province":
            counter[parent.code] += counter[code]  # naming a county is half naming its city
    ranked = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    best, votes = ranked[0]
    # A province is the jurisdiction only when nothing inside it is named as often.
    for code, number in ranked[1:4]:
        inside = any(p.code == best for p in places().ancestors(code))
        if inside and number * 3 >= votes * 2:
            return code
    return best


# --- stance -------------------------------------------------------------------------------------


@cache
def _stance_words() -> tuple[ahocorasick_rs.AhoCorasick, tuple[int, ...]]:
    rows = lexicon.table("stance_words")
    words = [row["word"] for row in rows]
    return ahocorasick_rs.AhoCorasick(words), tuple(int(row["weight"]) for row in rows)


#: Log odds a character above which a whole text is taken for a review; mixed texts lie below it.
_REVIEW_DENSITY = 3.5
_TITLE_REVIEW = re.compile(r"答卷|回顾|成就|成绩|盘点|收官|综述|亮点|巡礼|辉煌|回眸")


# What every report says before it begins tells nothing: 我代表市人民政府向大会报告工作，请予审议.
_OPENING = re.compile(r"(?:请予审议|提出意见|报告工作)[^\n]*\n")


def _stance(title: str, text: str) -> str:
    """REVIEW when a text looks back, PLAN when it looks ahead, by the log odds of its words.

    ``scripts/train_stance.py`` took the weights from the sections of work reports; on places it had not
    seen they are right for 81 of 100 paragraphs and for 95 of 100 windows of 900 characters.
    """
    opening = _OPENING.search(text, 0, 1500)
    text = text[opening.end() :] if opening else text
    automaton, weights = _stance_words()
    score = sum(weights[n] for n, _, _ in automaton.find_matches_as_indexes(text))
    threshold = 0.0 if _TITLE_REVIEW.search(title) else _REVIEW_DENSITY
    return REVIEW if score > threshold * len(text) else PLAN


_N = zh.NUMERAL
_YEAR = rf"(?:20\d\d|[二2][{_N}]{{3}})"
_REVIEW_HEAD = re.compile(
    r"回顾|成就|成绩|数说|回放|过去[一五\d]?年|去年工作|主要工作(?:情况|和)|五年来|一年来|完成情况|工作总结|取得了"
)
# （二）确保取得决定性进展 stands under a section and changes nothing.
_SUBHEADING = re.compile(r"[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、]|——")
# The line of the meeting, the date and the title are no sections.
_TITLE_LINE = re.compile(r"会议上|大会上|\d+月\d+日|批准|工作报告|纲要[（(]?|[（(](?:摘|节选|讨论稿)")
# 第? is told behind the first character, so that one of a few characters is sought.
_NUMBERING = re.compile(
    r"[第一二三四五六七八九十](?:(?<=第)[一二三四五六七八九十]+|(?<!第)[一二三四五六七八九十]*)(?:部分|[、.．])\s*"
)
_PLAN_HEAD = re.compile(
    r"安排|部署|打算|(?:主要|重点)(?:预期)?(?:目标|任务|工作)|总体(?:要求|思路|目标)|今后|未来|下[一]?步|工作(?:建议|任务|重点|思路|目标)"
    r"|预期目标|奋斗目标|规划|开好局|实事|愿景|远景|期间|时期.{0,12}目标"
)
_REVIEW_OPENS = re.compile(
    r"(?:刚刚)?过去的20\d\d年|20\d\d年(?:及[^，。]{2,12})?(?:主要|政府)?工作(?:的)?(?:回顾|总结|情况)|[一这]年来|过去的?[一五两三]年|五年来|五年里|去年|上年|20\d\d年(?:以来|是.{0,20}(?:不平凡|收官|极))|回顾(?:过去|20\d\d)"
)
_REVIEW_HOLDS = re.compile(
    r"十[二三四五]五”?(?:规划|时期|期间)?.{0,10}(?:圆满收官|胜利完成|取得)|我们(?:主要)?做了以下|成绩来之不易|各位代表[！!，,].{0,12}(?:过去|五年来|一年来)"
)
_PLAN_OPENS = re.compile(
    r"20\d\d年(?:政府|主要)?(?:工作|目标)(?:的)?(?:安排|任务|部署|目标|重点|总体|思路|打算|建议)|(?:今后|未来)[一五三两]?年|下[一]?步|新的一年|今年[，,是]|20\d\d年是.{0,30}(?:开局|关键|第一年)"
)
_OF_THE_YEAR = (
    "(?:(?:经济社会发展)?的?(?:工作)?(?:总体要求|主要(?:预期)?目标|预期目标)"
    "|.{0,6}(?:要|将)重点|.{0,10}(?:政府工作|工作)的总体)"
)
_PLAN_HOLDS = re.compile(
    rf"做好(?:今年|20\d\d年)|今年{_OF_THE_YEAR}|20\d\d年{_OF_THE_YEAR}|重点(?:抓好|做好).{{0,10}}工作|主要(?:预期)?目标(?:是|为|如下)"
)
_THIS = re.compile(r"今年|本年")
_SO_FAR = re.compile(
    r"今年(?:以来|前|一季度|上半年|1)|[0-9一]季度|上半年|前[一二三四五六七八九十\d]+个月|截至|目前|迄今"
)
_LAST = re.compile(r"去年|上年")
# 在办好去年实事的基础上，今年再办5件 is about this year.
_UPON_LAST = re.compile(r"[^，。]{0,14}在[^，。]{0,30}基础上，[^。]{0,6}(?:今年|再|继续)")
# 各位代表，刚刚过去的2020年: who is spoken to opens nothing.
_ADDRESS = re.compile(r"^(?:各位代表|同志们)[，,！!：:\s]*(?=(?:刚刚)?过去的20\d\d年)")
# 一年来 in a report on five years is the last of them.
_ONE_YEAR = re.compile(r"(?:过去|这)?的?一年(?:来|里)|(?:刚刚)?过去的?一年")
_FIVE_NEXT = re.compile(r"(?:今后|未来|接下来)(?:的)?五年|五年(?:内|新增)|(?:今后|未来)五年")
_FIVE_PAST = re.compile(r"过去(?:的)?五年|五年来|五年里|本届政府(?:任期|成立)|这五年")
_PLAN_PERIOD = re.compile(
    r"“?(?P<n>(?:二?十[一二三四五六七八九]?))五”?(?=(?:规划)?(?:时期|期间|末|以来|发展|规划|[，,、”]|主要))"
)
_BY_YEAR = re.compile(rf"[^，,。]{{0,6}}?到(?P<year>{_YEAR})年")
_HEAD_YEAR = re.compile(rf"(?P<year>{_YEAR})(?:年|[:：])")
# 与2011年相比, 比2020年 name what is compared with, not the time of the sentence.
_LEAD_YEAR = re.compile(
    rf"[^，,。；]{{0,12}}?(?<![到比较与同从由是])(?P<year>{_YEAR})年(?!的[\d一二两三]|以来|前|底前|.{{0,4}}相比)"
)
_AIM = re.compile(r"预期目标|主要目标")


def settings(context: Context, text: str, lines: Sequence[Line]) -> tuple[Setting, ...]:
    """Return the setting of every line: headings and openings set it, sentences inherit it."""
    state = Setting(context.stance, context.review_year if context.stance == REVIEW else context.plan_year)
    out: list[Setting] = []
    paragraph = state
    for line in lines:
        words = text[line.start : line.end]
        if line.kind == "heading":
            state = paragraph = _under_heading(words, state, context)
            out.append(state)
            continue
        if line.first:
            paragraph = state
        bare = _NUMBERING.sub("", words, count=1)
        bare = _ADDRESS.sub("", bare, count=1) if bare.startswith(("各位代表", "同志们")) else bare
        # What follows a semicolon goes on with the sentence before it.
        goes_on = not line.first and bool(out) and text[line.start - 1] in "；;"
        own = _of_sentence(bare, out[-1] if goes_on else paragraph, context)
        if own is not paragraph and (line.first or own.year in (context.plan_year, context.review_year)):
            paragraph = own if own.stance != state.stance or own.explicit else paragraph
        if own is not state and (
            _FIVE_NEXT.match(bare) or (_opens_section(bare) and (line.first or bare is not words))
        ):
            state = paragraph = own
        out.append(own)
    return tuple(_consistent(item, context) for item in out)


def _consistent(item: Setting, context: Context) -> Setting:
    """Nothing reviews a year to come; a report cannot review the year it plans, nor plan the year it reviews."""
    if item.year is None or context.plan_year is None or context.review_year is None:
        return item
    if item.year > (context.year or item.year):
        return item if item.stance == PLAN else replace(item, stance=PLAN)
    if not context.report:
        return item
    stance = PLAN if item.year >= context.plan_year else REVIEW if item.year <= context.review_year else item.stance
    if stance == item.stance or context.plan_year == context.review_year:
        return item
    return replace(item, stance=stance)


def _opens_section(words: str) -> bool:
    """今年, 去年 open a paragraph; 过去五年, 做好今年工作 open a section."""
    if _LAST.match(words):
        return False
    opening = words[:60]
    return _reviews(opening) or _plans(opening) or bool(_FIVE_NEXT.search(words[:20]))


def _reviews(opening: str) -> bool:
    return bool(_REVIEW_OPENS.match(opening) or _REVIEW_HOLDS.search(opening))


def _plans(opening: str) -> bool:
    return bool(_PLAN_OPENS.match(opening) or _PLAN_HOLDS.search(opening))


def _under_heading(words: str, state: Setting, context: Context) -> Setting:
    if _TITLE_LINE.search(words) or (_SUBHEADING.match(words) and context.report and not _HEAD_YEAR.search(words)):
        return state
    stance = state.stance
    if _REVIEW_HEAD.search(words):
        stance = REVIEW
    elif _PLAN_HEAD.search(words):
        stance = PLAN
    year = _HEAD_YEAR.search(words)
    value = zh.year(year["year"]) if year else None
    period = _period(words, context, stance, _PLAN_PERIOD.search)
    aim = "预期" if "预期目标" in words else None
    if period:
        return Setting(stance, period[1], period[0], explicit=True, aim=aim)
    if value is not None:
        if not (_REVIEW_HEAD.search(words) or _PLAN_HEAD.search(words)) and context.year is not None:
            stance = REVIEW if value < (context.plan_year or value) else PLAN
        return Setting(stance, value, explicit=True, aim=aim)
    if stance != state.stance:
        return Setting(stance, context.review_year if stance == REVIEW else context.plan_year, aim=aim)
    return replace(state, aim=aim) if aim != state.aim else state


# In a sentence only the time itself counts: 2016年是“十三五”规划开局之年 is about 2016.
_DURING = re.compile(
    r"(?!.{0,6}(?:与|比|较|同|从|由)“?(?:上个|二?十))[^，。]{0,8}“?(?P<n>(?:二?十[一二三四五六七八九]?))五”?(?:规划)?(?:时期|期间|末)"
)


def _period(
    words: str, context: Context, stance: str, plan: Callable[[str], re.Match[str] | None]
) -> tuple[int, int] | None:
    year = context.year
    if "五" not in words and "本届" not in words:
        return None
    if year is not None and _FIVE_NEXT.search(words):
        # A congress in the second half of a year plans from that year on, one in spring too.
        first = year
        return first, first + 5
    if year is not None and _FIVE_PAST.search(words):
        last = context.review_year or year
        return last - 4, last
    named = plan(words)
    if named:
        first, last = zh.plan_period(named["n"])
        if year is None or stance == PLAN or last <= year:
            return first, last
    return None


def _of_sentence(words: str, paragraph: Setting, context: Context) -> Setting:
    """The setting of one sentence, from its own opening or from its paragraph."""
    opening = words[:40]
    stance = _opening_stance(opening, paragraph.stance)
    aim = "预期" if "预期目标" in opening else paragraph.aim
    by_year = _BY_YEAR.match(words)
    if by_year:
        return Setting(PLAN, zh.year(by_year["year"]), explicit=True, aim=aim)
    value, stance = _own_year(words, stance, paragraph, context)
    if value is not None:
        return Setting(stance, value, explicit=True, aim=aim)
    if paragraph.period_start is not None and context.review_year is not None and _ONE_YEAR.match(words):
        return Setting(REVIEW, context.review_year, explicit=paragraph.explicit, aim=aim)
    period = _period(opening, context, stance, _DURING.match)
    if period and (stance == PLAN or period[1] <= (context.year or period[1])):
        return Setting(stance, period[1], period[0], explicit=True, aim=aim)
    if stance != paragraph.stance:
        return Setting(stance, context.review_year if stance == REVIEW else context.plan_year, aim=aim)
    return paragraph if aim == paragraph.aim else replace(paragraph, aim=aim)


def _opening_stance(opening: str, stance: str) -> str:
    if _SO_FAR.search(opening[:16]) or _reviews(opening):
        return REVIEW
    return PLAN if _plans(opening) else stance


def _own_year(words: str, stance: str, paragraph: Setting, context: Context) -> tuple[int | None, str]:
    """The year a sentence opens with (2021年, 去年, 今年), and the stance that goes with it."""
    opening = words[:12]
    lead = _LEAD_YEAR.match(words)
    value = zh.year(lead["year"]) if lead else None
    if value is None and context.year is not None:
        if _LAST.search(opening) and not _UPON_LAST.match(words):
            return context.year - 1, REVIEW
        if _THIS.search(opening):
            value = paragraph.year if stance == REVIEW and paragraph.explicit else context.year
    yearly = context.plan_year is not None and context.plan_year != context.review_year
    if value is None or not yearly or paragraph.explicit or stance != paragraph.stance or _SO_FAR.search(words[:16]):
        return value, stance
    return value, PLAN if value >= (context.plan_year or value) else REVIEW
