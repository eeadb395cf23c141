"""Which words name the indicator of a number: the noun before it, after it, or one said earlier.

In goes one sentence with its quantities, out comes a ``Term`` for each quantity that
measures something; the rest are for the caller to report.

    >>> from kg.extract.measures.quantities import scan
    >>> text = "新增“四上”企业600家、规模工业企业200家以上"
    >>> [(t.indicator, t.quantity.value, t.code) for t in read(text, 0, len(text), scan(text).quantities).terms]
    [('新增“四上”企业数', '600', '='), ('新增规模以上工业企业数', '200', '>=')]
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from kg import lexicon
from kg.extract.measures import naming
from kg.extract.measures.attributive import attributive
from kg.extract.measures.clauses import Right, begins_with_verb, ending_verb, is_predicate, read_left, read_right
from kg.extract.measures.counted import count
from kg.extract.measures.frame import JOIN, Clause, State, Term, bare_noun, head, keep, sound
from kg.extract.measures.idle import idle
from kg.extract.measures.predicates import attained, fund
from kg.extract.measures.quantities import Quantity
from kg.extract.measures.ranks import against, consecutive, duration, kept_on, nth, rank, ranked, relative, streak
from kg.extract.measures.wording import complete, usual, worded

_LONGEST = 48  # an indicator longer than this is a clause that was not understood
#: Kinds of unit that count things and may stand before their noun: 600个市级重大项目.
_COUNTS = frozenset(
    ("count", "firm", "person", "household", "road", "flat", "visits", "bed", "parking", "seat", "times", "teu")
)
_THINGS = _COUNTS | {"length", "area"}
_EXTENTS = frozenset(("area", "length", "mass", "volume", "power", "money", "energy"))


class Sentence(NamedTuple):
    """The terms of a sentence, and where the quantities begin that only describe or compare."""

    terms: list[Term]
    explained: frozenset[int]


def read(
    text: str, start: int, end: int, quantities: Sequence[Quantity], subjects: Mapping[int, int] | None = None,
    divisions: Collection[int] = (),
) -> Sentence:  # fmt: skip
    """Return the terms of one sentence.

    ``subjects`` maps starts of place names to their ends; a place of ``divisions`` at the head of
    the sentence stays its subject in later clauses, a river does not.
    """
    state = State()
    names = subjects or {}
    skipped = attributive(text, start, end, quantities)
    counted = [q for n, q in enumerate(quantities) if n not in skipped and not _circumstance(text, q)]
    previous = start
    for number, quantity in enumerate(counted):
        coming = counted[number + 1 :]
        if quantity.kind == "strong" and _ON_LIST.match(text, quantity.end):
            continue  # 跻身世界500强前200位: the place on the list is the rank
        if state.terms and quantity.end <= state.terms[-1].end:
            continue  # 8家企业入围全省百强: part of what was said of the number before
        following = next((q.start for q in coming if q.kind != "strong"), end)
        clause = Clause.of(text, previous, quantity, following, names, start)
        _about(clause, state, names, divisions, text[previous : clause.begin], previous, start)
        _read_one(clause, state, coming)
        previous = quantity.end
        if state.terms and state.terms[-1].quantity is quantity:
            previous = max(previous, min(state.terms[-1].end, following))
    explained = frozenset(quantities[n].start for n in skipped) | state.baselines
    terms = [
        term
        for term in state.terms
        if len(term.indicator) <= _LONGEST and complete(term.indicator) and not _misfit(term)
    ]
    return Sentence(terms, explained)


@cache
def _strips() -> re.Pattern[str]:
    return re.compile("|".join(lexicon.lines("counted_in_strips")))


def _misfit(term: Term) -> bool:
    """Whether a term counts what no count is of: a rate (增速连续24个月保持18%) or a sum."""
    if term.quantity.unit == "条" and not _strips().search(term.indicator):
        return True  # 出台促进民营经济发展25条: the number is part of a short name of what was issued
    if term.quantity.kind in _COUNTS:
        return bool(_SUMS.search(term.indicator))
    return term.quantity.kind in ("months", "days") and term.indicator.endswith(("增速", "增幅", "占比"))


# 16个平台规模不断壮大, 研发投入…33家: a count is none of a sum.
_SUMS = re.compile(r"(?:规模|总额|余额|产值|投入|营收|收入|支出|增加值|占比|增速|增幅|降幅|难题”?)数?$")


_ON_LIST = re.compile(
    r"(?:企业|榜单?)?前[\d一二三四五六七八九十百]|[^，。；\d]{0,6}(?:位次|排名|排位)[^，。；\d]{0,8}第?\d"
)
_CLAUSES = re.compile(r"[^，,；;：:。！？!?\n]+")
_OURS = re.compile(r"\s*(?:全市|全省|全区|全县|全州|全盟|全旗|我市|我省|我区|我县|我州|全域|本市|本区|本县)")


def _about(
    clause: Clause, state: State, names: Mapping[int, int], divisions: Collection[int], gap: str, start: int,
    first: int,
) -> None:  # fmt: skip
    """Note what the sentence is about: a division or park at the head of a clause, until 全市 or another one."""
    for words in _CLAUSES.finditer(gap) if names else ():
        low, high = start + words.start(), start + words.end()
        if _OURS.match(words[0]):
            state.subjects = ()
        elif found := head(clause.text, low, high, names):
            state.subjects = found if low == first and found[0] in divisions else ()
    if clause.subjects:
        if clause.subjects[0] in divisions:
            state.subjects = clause.subjects if clause.carries or not clause.listed else state.subjects
    elif _OURS.match(clause.text, clause.begin):
        state.subjects = ()


_TERM = re.compile(r"过渡期|期限|时限|寿命|年限|工期")


def _circumstance(text: str, quantity: Quantity) -> bool:
    """True for a span of time or an age that only places what is said: 五年累计, 60岁."""
    if quantity.kind not in ("years", "weeks", "age"):
        return False
    if quantity.kind == "years" and kept_on(text, quantity):
        return False
    return not _TERM.search(text, max(0, quantity.start - 12), quantity.end + 8)


# --- one quantity ---------------------------------------------------------------------------------


def _read_one(clause: Clause, state: State, coming: Sequence[Quantity]) -> None:
    quantity, left = clause.quantity, clause.left
    again = bool(state.baseline) and bool(JOIN.match(clause.gap)) and _last_baseline(clause, state)
    if left.baseline or again:
        state.baseline = state.baseline if again else bare_noun(clause) or state.baseline
        state.baselines.add(quantity.start)
        return
    if _apart(clause, state, coming):
        return
    right = read_right(clause.after, not left.noun) if _looks_right(clause) else Right("", "", 0, False)
    if right.noun and not _told_before(clause, right):
        count(clause, state, right, coming)
    else:
        _left(clause, state, coming)


def _last_baseline(clause: Clause, state: State) -> bool:
    """Whether the number before was where a change came from: 分别从7642家、1665家增加到…."""
    before = clause.quantity.start - len(clause.gap)
    return any(before - 16 <= start < before for start in state.baselines)


def _apart(clause: Clause, state: State, coming: Sequence[Quantity]) -> bool:
    """True when the number is read by a grammar of its own, or is none that measures something."""
    quantity = clause.quantity
    if quantity.kind in ("rank", "strong") or ranked(clause):
        rank(clause, state, coming)
    elif quantity.kind in ("years", "months", "days") and (kept := kept_on(clause.text, quantity)):
        consecutive(clause, state, kept)
    elif quantity.kind == "nth":
        nth(clause, state)
    elif quantity.kind == "money" and (pool := fund(clause.words, clause.text, quantity.end)):
        keep(clause, state, pool["noun"] + "规模", (pool["noun"],), "", pool.end(), "fund")
    else:
        return idle(clause) or _beside(clause, state, coming)
    return True


def _beside(clause: Clause, state: State, coming: Sequence[Quantity]) -> bool:
    """True for what compares, takes time, or is part of the things counted before."""
    kind = clause.quantity.kind
    if kind in ("point", "percent", "multiple") and (against(clause, state, coming) or relative(clause, state, coming)):
        return True
    if kind in ("hours", "days", "months") and duration(clause, state):
        return True
    return _part(clause, state, coming) or _compared(clause, state) or _of_them(clause, coming)


_RATE = re.compile(r"(?:率|比例|占比|比重|指数|浓度)$")


def _of_them(clause: Clause, coming: Sequence[Quantity]) -> bool:
    """14个市州城市优良天数比例达81.5%: how many have the rate is told beside it, and counts nothing new."""
    if clause.quantity.kind not in _COUNTS or not coming or coming[0].kind not in ("percent", "concentration"):
        return False
    direct = clause.quantity.end + len(clause.after) == coming[0].start
    return direct and bool(_RATE.search(read_left(clause.after).noun))


_GOES_ON = re.compile("和(?![平谐美])|与|及(?!以上)|以及")


def _looks_right(clause: Clause) -> bool:
    kind, left = clause.quantity.kind, clause.left
    if _GOES_ON.match(clause.after) and (left.noun or left.verb):
        return False  # 免费检查9.6万人|和孕产妇…: what a list goes on with is not counted here
    if not clause.after or (left.change and (left.noun or (kind not in _COUNTS and not left.verb))):
        return False
    if kind == "years":
        return True
    if kind in _COUNTS:
        return True
    if kind in _EXTENTS:
        bare = not left.noun and not left.bound
        verb_last = ending_verb(clause.words)[2]
        return (bare or verb_last) and not clause.after.startswith("的") and not begins_with_verb(clause.after)
    if kind == "percent":
        return not left.noun and not left.bound and not left.change and not left.verb
    return False


_AMONG = re.compile(r"(?:其?中|里面)?(?:已?有|仅有?|就有)$")
_NO_PREDICATE = re.compile(r"$|[的（(]")


def _part(clause: Clause, state: State, coming: Sequence[Quantity]) -> bool:
    """19项预期性指标有10项提前完成: some of the things counted before did what follows."""
    quantity, words = clause.quantity, clause.words.strip()
    words = words.removeprefix(state.thing)
    if not (state.thing and _AMONG.fullmatch(words) and quantity.kind in _COUNTS and state.kind == quantity.kind):
        return False
    closed = not (coming and coming[0].start == quantity.end + len(clause.after))
    predicate = clause.after.split("或")[0]
    if not closed or not 1 < len(predicate) < 14 or _NO_PREDICATE.match(predicate) or not is_predicate(predicate):
        return False
    said = attained(predicate) or predicate
    indicator = worded(said + state.thing, quantity.kind)
    keep(clause, state, indicator, state.nouns, "", quantity.end + len(clause.after), "part")
    return True


_PLANNED = re.compile(
    r"(?:没有达到|未达到?|比|较|高于|低于|超过|超|好于|快于)[^，。]{0,3}(?:年初|预期|既定|原定)"
    r"(?:定下|确定|提出|计划|目标|预期)*的?$"
)


def _compared(clause: Clause, state: State) -> bool:
    """比年初定下的9%有差距: a goal of old to compare with, nothing new."""
    if clause.quantity.kind != "percent" or not _PLANNED.search(clause.words):
        return False
    state.baselines.add(clause.quantity.start)
    return True


_BARE_TASK = re.compile(r"(?:的)?(?:目标|工作|建设)?任务|的?目标$")


def _told_before(clause: Clause, right: Right) -> bool:
    """新增保障房12221套任务: a task is no noun, what it is stands before the number."""
    return bool(_BARE_TASK.fullmatch(clause.after)) and sound(clause.left.noun)


_WATERS = re.compile("断面|河|江|湖|库|水")


def _left(clause: Clause, state: State, coming: Sequence[Quantity]) -> None:
    """Name the indicator by the noun before the number, or by what was said earlier."""
    quantity, left = clause.quantity, clause.left
    if quantity.kind == "streak":
        streak(clause, state)
        return
    if quantity.kind == "class" and not _WATERS.search(clause.text[clause.begin : quantity.start]):
        return
    nouns = naming.nouns(clause, state, coming)
    value_only = bool(JOIN.match(clause.gap)) and bool(state.terms)
    verb = naming.governing(clause, state)
    change = _change(clause, state, value_only, verb)
    if not nouns or (quantity.chinese and not (verb or left.bound or change)):
        return
    if quantity.kind == "percent" and left.verb and not left.noun and nouns != ("",):
        nouns, verb = tuple(noun + verb for noun in nouns), ""  # 113个在谈项目签约40%以上
    chosen = naming.chosen(left, nouns, state, value_only)
    subjects = naming.subjects(clause, state, coming, value_only)
    rule = "noun-before" if left.noun else "continued"
    for noun in chosen:
        indicator = _indicator(clause, noun, verb, change)
        for subject in subjects:
            keep(clause, state, indicator, nouns, verb, quantity.end, rule, change, subject)
    if not left.change:
        state.history.extend(noun for noun in chosen if noun)
        if quantity.kind in _THINGS and left.noun:
            state.thing = _STAGED.sub("", nouns[-1])


# 亿元以上项目开复工1819个、新签约1802个: what was done with the things is no part of what is counted.
_STAGED = re.compile(r"(?<=项目|企业|工程)(?:新?开复?工|复工|竣工|投产|签约|落地|入库)$")


def _change(clause: Clause, state: State, value_only: bool, verb: str) -> str:
    """Whether the number is a change: said of it, or of the number whose list or wish it continues."""
    continued = (value_only and clause.quantity.kind == state.kind) or naming.wished(clause, state)
    change = clause.left.change or (state.change if continued else "")
    return "" if verb == "新增" else change


def _indicator(clause: Clause, noun: str, verb: str, change: str) -> str:
    verb = "" if len(verb) > 1 and verb in noun and clause.quantity.kind in _EXTENTS else verb  # 改造项目…，改造面积
    if clause.quantity.kind == "class":
        return "水质类别"
    if told := _told_in_tail(clause, noun, verb):
        return told
    if clause.quantity.unit == "番":
        return usual(noun) + "翻番"
    if clause.quantity.kind == "percent" and not change:
        if noun.endswith("覆盖") and (whom := read_right(clause.after, alone=True).noun):
            return noun.removesuffix("覆盖") + whom + "覆盖率"  # 医联体覆盖80%县级医院
        if verb in _LESSENS:
            return worded(noun, "percent", change="fall")
        if not clause.left.bound and (done := _DONE_WHOLLY.match(clause.after)):
            return _rate(verb + noun, done["done"])
    return worded(noun + clause.left.adverb if change else noun, clause.quantity.kind, verb, change)


def _told_in_tail(clause: Clause, noun: str, verb: str) -> str:
    """What the words behind the noun add to it: its size, the time it took, whom it reached."""
    if clause.quantity.kind == "money" and _OF_SIZE.search(clause.words) and not noun.endswith("规模"):
        return usual(noun) + ("新增" if verb == "新增" else "") + "总规模"
    if clause.quantity.kind in _SPELLS and _TOOK.search(clause.words):
        return usual(noun) + "用时"  # 从签约到开园仅用100天
    if verb in _REACHING and not clause.left.noun and clause.quantity.kind in _REACHED:
        ending = _REACHED[clause.quantity.kind]
        if not noun.endswith(("户", "人", "群众", "居民", "人口", "学生", "职工")):
            return usual(noun) + verb + ending  # 改造老旧小区45个、惠及4.2万户
    return ""


_OF_SIZE = re.compile(r"[^，、]总规模(?:预计|力争|将|已)*(?:达到?了?|突破|超过?|近|约)?$")
_SPELLS = frozenset(("days", "hours", "months", "weeks"))
_TOOK = re.compile(r"(?:用时|仅用|只用|历时|仅需|只需)$")
_REACHING = frozenset(("惠及", "受益", "服务", "带动", "安置", "覆盖"))
_REACHED = {"household": "户数", "person": "人数", "visits": "人次"}
# 压减一般性支出10%: a cut by as much, no share.
_LESSENS = frozenset(("压减", "压缩", "削减", "下调", "减少", "降低", "精简"))
# 施工现场地面100%硬化: the share of which something is done.
_DONE_WHOLLY = re.compile(
    r"(?:全部|得到|实现|启动)?(?P<done>硬化|覆盖|达标|破案|办结|复工|开工|完工|竣工|就业|围挡|冲洗|落实|入园|入库|到村|通车|签约|落地|整改|公开|上线|投产)$"
)


def _rate(noun: str, done: str) -> str:
    """新建项目100%开工 is 新建项目开工率; a noun that is a rate stays."""
    named = worded(noun, "percent")
    return usual(noun + done + "率") if named.endswith("占比") and not noun.endswith(("占比", done)) else named
