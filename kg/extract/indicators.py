"""Which words name the indicator of a number: the noun before it, after it, or one said earlier.

In goes one sentence with its quantities, out comes a ``Term`` for each quantity that
measures something; the rest are for the caller to report.

    >>> from kg.extract.quantities import scan
    >>> text = "新增“四上”企业600家、规模工业企业200家以上"
    >>> [(t.indicator, t.quantity.value, t.code) for t in read(text, 0, len(text), scan(text).quantities).terms]
    [('新增“四上”企业数', '600', '='), ('新增规模以上工业企业数', '200', '>=')]
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg import lexicon
from kg.extract.attributive import attributive
from kg.extract.clauses import Left, Right, begins_with_verb, ending_verb, read_left, read_right, whole_verbs
from kg.extract.quantities import Quantity
from kg.extract.wording import abstract, suffix, usual, worded


class Term(NamedTuple):
    """One quantity with what it measures."""

    quantity: Quantity
    start: int
    end: int
    indicator: str
    code: str  #: comparator code
    text: str | None  #: comparator as written
    clause: int  #: where its clause begins
    subject: int | None  #: start of a place the clause is about, None when it names none
    value: str
    rule: str


@dataclass(slots=True)
class _State:
    """What earlier numbers of the sentence leave for later ones."""

    nouns: tuple[str, ...] = ()  #: nouns of the last indicator, two or more after 分别
    thing: str = ""  #: the last things counted, without verb: 市级重大项目
    verb: str = ""  #: kept verb that governs the list
    change: str = ""
    bound: tuple[str, str] = ("", "")
    indicator: str = ""
    ranked: str = ""  #: what the last rank was of
    region: str = ""
    baseline: str = ""
    baselines: set[int] = field(default_factory=set)  #: quantities after 从 and 由
    subject: int | None = None
    position: int = 0  #: place in a list of values after 分别
    kind: str = ""
    history: list[str] = field(default_factory=list)  #: nouns of the levels named so far
    terms: list[Term] = field(default_factory=list)


_STOP = re.compile(r"[，,；;：:。！？!?]|——|\n")
_OPEN = re.compile(r"[（(][^（()）]*$")
_CLOSED = re.compile(r"[（(][^（()）]*[）)]")
_RIGHT_STOP = re.compile(r"[，,；;：:。！？!?、（(\n]")
_JOIN = re.compile(r"^\s*(?:、|和|与|及|以及|或|，其中|/)?\s*$")

_LONGEST = 48  # an indicator longer than this is a clause that was not understood
#: Kinds of unit that count things and may stand before their noun: 600个市级重大项目.
_COUNTS = frozenset(
    ("count", "firm", "person", "household", "road", "flat", "visits", "bed", "parking", "seat", "times", "teu")
)
_SHORT = frozenset("人村县镇乡区市路桥厂")
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
    state = _State()
    skipped = attributive(text, start, end, quantities)
    counted = [q for n, q in enumerate(quantities) if n not in skipped and not _circumstance(text, q)]
    previous = start
    for number, quantity in enumerate(counted):
        following = counted[number + 1].start if number + 1 < len(counted) else end
        clause = _Clause.of(text, previous, quantity, following, subjects or {}, start)
        if clause.subject is not None and clause.carries and clause.subject in divisions:
            state.subject = clause.subject
        _read_one(clause, state, counted[number + 1 :])
        previous = quantity.end
        if state.terms and state.terms[-1].quantity is quantity:
            previous = max(previous, min(state.terms[-1].end, following))
    explained = frozenset(quantities[n].start for n in skipped) | state.baselines
    return Sentence([term for term in state.terms if len(term.indicator) <= _LONGEST], explained)


_TERM = re.compile(r"过渡期|期限|时限|寿命|年限|工期")


def _circumstance(text: str, quantity: Quantity) -> bool:
    """True for a span of time or an age that only places what is said: 五年累计, 60岁."""
    if quantity.kind not in ("years", "weeks", "age"):
        return False
    return not _TERM.search(text, max(0, quantity.start - 12), quantity.end + 8)


class _Clause(NamedTuple):
    text: str
    quantity: Quantity
    begin: int  #: where the words on the left begin
    words: str  #: words on the left since the last stop
    gap: str  #: all words since the previous quantity
    left: Left
    after: str  #: words on the right
    subject: int | None
    listed: bool  #: continues a list with 、
    before: str  #: the clause before this one, when it holds no quantity
    carries: bool  #: the place at the head of the sentence holds for the clauses after it

    @classmethod
    def of(
        cls, text: str, previous: int, quantity: Quantity, following: int, subjects: Mapping[int, int], start: int
    ) -> _Clause:
        gap = text[previous : quantity.start]
        begin, before = _begin(gap)
        begin += previous
        words = text[begin : quantity.start]
        listed = bool(re.match(r"\s*(?:、|和|及|与|以及)", gap)) and begin == previous
        if listed:
            words = words.lstrip(" 、和及与以")
            begin = quantity.start - len(words)
        subject, rest = _subject(text, begin, words, subjects)
        if subject is not None and not words.rstrip().endswith("等") and (rest.strip() or quantity.kind not in ("rank", "strong")):
            words = rest
        else:
            subject = None
        after = text[quantity.end : following]
        stop = _RIGHT_STOP.search(_quotes_closed(after))
        after = after[: stop.start()] if stop else after
        words = _CLOSED.sub("", words)
        carries = subject is not None and subject <= start + 2
        return cls(text, quantity, begin, words, gap, read_left(words), after, subject, listed, before, carries)


def _quotes_closed(words: str) -> str:
    """Hide stops inside quotations: 5个“蓝天、碧水”工程."""
    return re.sub(r"“[^”]*”", lambda match: "口" * len(match[0]), words) if "“" in words else words


def _begin(gap: str) -> tuple[int, str]:
    flat = _CLOSED.sub(lambda match: "口" * len(match[0]), gap)
    stops = [match.span() for match in _STOP.finditer(_quotes_closed(flat))]
    opening = flat.rfind("（") if "（" in flat else flat.rfind("(")
    if not stops and opening < 0:
        return 0, ""
    last = stops[-1][1] if stops else 0
    earlier = stops[-2][1] if len(stops) > 1 else 0
    before = gap[earlier : stops[-1][0]] if stops else ""
    if opening + 1 > last:
        return opening + 1, ""
    return last, before


_TO_SUBJECT = re.compile(r"^(?:[\s“]*)(?:支持|推动|推进|确保|力争|预计|其中|指导|助力|帮助)?")


def _subject(text: str, begin: int, words: str, subjects: Mapping[int, int]) -> tuple[int | None, str]:
    """Return the place a clause is about, and its words without that place."""
    lead = _TO_SUBJECT.match(words)
    at = begin + (lead.end() if lead else 0)
    for position in (at, begin):
        if position in subjects and subjects[position] < begin + len(words) + 1:
            stop = subjects[position]
            while text[stop : stop + 1] in "、和" and subjects.get(stop + 1):
                stop = subjects[stop + 1]
            rest = text[stop : begin + len(words)]
            if not re.match(
                r"(?:高速|铁路|高铁|大道|路|大桥|机场|站|港|河|湖|山|线|至|—|－|-|～|大学|学院|医院|银行|集团|公司|海关|新区|开发区|经开区|高新区)",
                rest,
            ):
                return position, rest
    return None, words


# 每个县打造2条 is no number of the whole place; 位次前移3位 is no rank.
_EACH_PLACE = re.compile(r"每(?:个|座|村|镇|乡|县|区|户|家)(?!人)")
_SHIFT = re.compile(r"(?:前移|前进|提升|上升|跃升|进位|晋升|进)了?$")

# --- one quantity ---------------------------------------------------------------------------------


def _read_one(clause: _Clause, state: _State, coming: Sequence[Quantity]) -> None:
    quantity, left = clause.quantity, clause.left
    if left.baseline:
        state.baseline = _noun(clause) or state.baseline
        state.baselines.add(quantity.start)
        return
    if quantity.kind in ("rank", "strong"):
        _rank(clause, state)
        return
    if quantity.chinese and quantity.value == "1" or quantity.chinese and quantity.unit.endswith("批"):
        return
    if _EACH_PLACE.search(clause.words) or (quantity.unit == "位" and _SHIFT.search(clause.words)):
        return
    if quantity.kind == "point" and _against(clause, state):
        return
    if quantity.kind in ("hours", "days", "months") and _duration(clause, state):
        return
    right = read_right(clause.after, not left.noun) if _looks_right(clause) else Right("", "", 0, False)
    if right.noun:
        _right(clause, state, right)
    else:
        _left(clause, state, coming)


def _looks_right(clause: _Clause) -> bool:
    kind, left = clause.quantity.kind, clause.left
    if not clause.after or (left.change and (left.noun or kind not in _COUNTS)):
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


def _right(clause: _Clause, state: _State, right: Right) -> None:
    """Name the indicator by the noun after the number: 统筹推进600个市级重大项目."""
    quantity, left = clause.quantity, clause.left
    noun = _of(right.noun)
    verb, kept, found = ending_verb(clause.words)
    if found and not kept:
        verb = ""
    if not found:
        verb = left.verb
        if clause.listed and not left.verb and not left.dropped:
            verb = state.verb
    if left.change and not verb:
        verb = "新增" if left.change == "grow" else "减少"
    rhetoric = noun in abstract() or (not verb and (noun[-2:] in abstract() or noun[-1:] == "个"))
    if rhetoric or (len(noun) < 2 and noun not in _SHORT) or (quantity.chinese and not verb):
        return
    if quantity.kind in ("percent",):
        indicator = worded(noun, quantity.kind)
    else:
        alone = found or clause.words.endswith(("等", "和", "、", "及", "与"))
        owner = left.noun if not alone and len(left.noun) <= 8 else ""
        stage = right.stage if not verb else ""
        indicator = worded(stage + _owned(owner, noun), quantity.kind, verb)
    state.thing = noun
    _keep(clause, state, indicator, (noun,), verb, clause.quantity.end + right.length, "noun-after")


def _owned(owner: str, noun: str) -> str:
    return "" + owner + noun if owner and not noun.startswith(owner) else noun


def _of(noun: str) -> str:
    """空置率30%—50%的“空心村” counts “空心村”."""
    head, _, rest = noun.rpartition("的")
    return rest if head and len(rest) > 1 and re.search(r"\d", head) else noun


def _duration(clause: _Clause, state: _State) -> bool:
    """仅用3天就实现了包围圈外围“零新增” measures the time that took."""
    match = re.match(r"(?:就|即|便|内|时间|之内)*(?:实现|完成|建成)了?(?P<noun>[^，。；]{2,20})", clause.after)
    if match and (not clause.left.noun or re.search(r"用$|历时$", clause.words)):
        noun = match["noun"]
        _keep(clause, state, noun + "用时", (noun,), "", clause.quantity.end + match.end(), "duration")
        return True
    if not clause.left.noun and re.match(r"[^，。；]{2,12}“?(?:清零|零新增)", clause.after):
        noun = re.split("[，。；]", clause.after)[0]
        _keep(clause, state, noun + "用时", (noun,), "", clause.quantity.end + len(noun), "duration")
        return True
    return False


_AGAINST = re.compile(
    r"(?:分别|均|也)?(?P<ref>(?:比|较|高于|快于|低于|高出|高过|好于|优于|快|高|低|慢于)(?!上年|去年|年初|20)[^，]{1,14}?(?:高|低|快|多|少|慢)?出?)$"
)


def _against(clause: _Clause, state: _State) -> bool:
    """比全省高9.9个百分点 compares what was named before with another place."""
    match = _AGAINST.search(clause.words)
    if not match or (not re.search(r"平均|全省|全国|全市|同期|目标|增速|省|国|平均水平|预期", match["ref"])):
        return False
    noun = read_left(clause.words[: match.start()]).noun
    subject = usual(noun) if noun else state.indicator
    if not subject:
        return False
    state.terms.append(_term(clause, state, subject + match["ref"], *_bare(clause.quantity), clause.quantity.end, "against"))
    return True


def _bare(quantity: Quantity) -> tuple[str, str | None]:
    text, code = bound(quantity, ("", ""))
    return code, text


# --- ranks ----------------------------------------------------------------------------------------

_RANK_WORDS = re.compile(
    r"(?:连续[^，]{1,4}年|稳|均|分别|继续|再次|也|已|一直|始终|首次)*(?:位列|位居|名列|排名|排在|排位|位次|跃居|跃升至|升至|上升至|进入|挺进|跻身|入围|入选|进位|前进到|提升至|保持|荣登|荣获|获评|获|居|列|排|为|占|在|达|蝉联|上榜)+(?:至|到|了|为|在)?"
)
_REGION = re.compile(
    r"(?:全国|全省|全市|全球|世界|国内|中西部|中部|西部|东部|全区|全州|长三角|珠三角|大湾区|沿江|同类|副省级|地级|城市|省会|县域|省内|苏|浙|川|湘|各)"
)


def _rank(clause: _Clause, state: _State) -> None:
    words, quantity = clause.words, clause.quantity
    match = _RANK_WORDS.search(words)
    if match:
        noun, region = words[: match.start()], words[match.end() :]
        if not noun and (where := _REGION.search(words)) and where.start() == 0 and not region:
            region, noun = words[: match.start()], ""
    else:
        where = _REGION.search(words)
        if not where and not state.ranked:
            return
        noun, region = (words[: where.start()], words[where.start() :]) if where else ("", words)
    lead = read_left(noun).noun if noun else ""
    where = _REGION.search(lead)
    if where and where.start() > 1:
        lead, region = lead[: where.start()], lead[where.start() :] + region
    after = re.match(r"(?:企业|城市|县市?|县级市|强县|区|名单|榜单|榜)?", clause.after)
    tail = after[0] if after else ""
    if quantity.kind == "strong":
        if not (match or clause.subject):
            return
        owner = lead if clause.subject is None else ""
        indicator = owner + _BRACKET_MARKS.sub("", region) + clause.text[quantity.start : quantity.end] + tail
    else:
        subject = usual(lead) if lead else _last_ranked(clause, state)
        if not subject and not region:
            return
        indicator = subject + _REGION_TAIL.sub("", region) + "排名"
        if not subject:
            return
        state.ranked = subject
    code = "<=" if quantity.after in ("前", "强") else "="
    state.terms.append(_term(clause, state, indicator, code, quantity.after or None, quantity.end + len(tail), "rank"))


_BRACKET_MARKS = re.compile(r"^[了的为]+")
_REGION_TAIL = re.compile(r"(?:地区|各市州|市州|各地市)?(?:的|第|中获得|获得|中|取得)*$")


def _last_ranked(clause: _Clause, state: _State) -> str:
    if clause.listed and state.ranked:
        return state.ranked
    if state.indicator:
        return state.indicator
    return _topic(clause.before)


# --- the noun before the number --------------------------------------------------------------------


def _left(clause: _Clause, state: _State, coming: Sequence[Quantity]) -> None:
    quantity, left = clause.quantity, clause.left
    if quantity.kind == "streak":
        _streak(clause, state)
        return
    if quantity.kind == "class" and not re.search("水质|断面|水体|河|江|湖|库|水", clause.words):
        return
    nouns = _nouns(clause, state, coming)
    if not nouns:
        return
    listed_values = bool(_JOIN.match(clause.gap)) and bool(state.terms)
    change = left.change or (state.change if listed_values and quantity.kind == state.kind else "")
    verb = left.verb
    if not verb and (clause.listed and not left.change and not left.dropped and not left.bound or left.among):
        verb = state.verb
    if quantity.chinese and not (verb or left.bound or change):
        return
    if change and verb == "新增":
        change = ""
    chosen = nouns if len(nouns) > 1 and left.each else nouns[:1]
    if len(nouns) > 1 and not left.each:
        position = state.position if listed_values or nouns == state.nouns else 0
        chosen = (nouns[min(position, len(nouns) - 1)],)
        state.position = position + 1
    rule = "noun-before" if left.noun else "continued"
    for noun in chosen:
        indicator = worded(left.adverb * bool(change) and noun + left.adverb or noun, quantity.kind, verb, change)
        if quantity.kind == "class":
            indicator = "水质类别"
        _keep(clause, state, indicator, nouns, verb, quantity.end, rule, change)
    if not left.change:
        state.history.extend(noun for noun in chosen if noun)
        if quantity.kind in _COUNTS and left.noun:
            state.thing = nouns[-1]


def _streak(clause: _Clause, state: _State) -> None:
    noun = _noun(clause).rstrip("“") or (state.nouns[0] if state.nouns else _topic(clause.before))
    if noun:
        words = clause.text[clause.quantity.start : clause.quantity.end]
        what = "连续上涨" if words.endswith("涨") else words[-2:] if words[-2:-1] == "连" else "翻番"
        _keep(clause, state, noun + what, (noun,), "", clause.quantity.end, "streak")


def _noun(clause: _Clause) -> str:
    return clause.left.noun.strip("“”的")


def _nouns(clause: _Clause, state: _State, coming: Sequence[Quantity]) -> tuple[str, ...]:
    """Return what the number measures: one noun, or several that 分别 or 均 tells apart."""
    left, quantity = clause.left, clause.quantity
    noun = left.noun
    if not noun and state.baseline:
        noun, state.baseline = state.baseline, ""
        return (noun,)
    if noun:
        if noun in _dependents() and clause.after.startswith("的"):
            owner = read_right(clause.after).noun
            return (owner + ("总投资" if noun == "投资" else noun),) if owner else ()
        if left.pair or left.each:
            values = 1 + _values_after(clause, coming)
            parts = _split(noun.removesuffix("分别"), values if left.pair else 2)
            if parts:
                state.position = 0
                return parts
        if state.nouns and state.terms and (noun in ("占比", "比重") or noun.startswith("占")):
            return (state.nouns[-1] + noun,)
        if left.among and state.thing and len(noun) <= 4:
            return (f"{state.thing}中{noun}",)
        if noun in _dependents() and state.thing:
            return (state.thing + noun,)
        if noun in _dependents() and not state.thing:
            topic = _topic(clause.before)
            return (topic + noun,) if topic and topic.endswith(("项目", "工程", "企业", "园区", "产业")) else (noun,)
        return (noun,) if _sound(noun) else ()
    if left.verb:
        if left.verb in whole_verbs():
            return ("",)
        thing = state.thing if state.terms else _topic(clause.before)
        if quantity.kind in ("money",) and not clause.listed:
            return ("",) if len(left.verb) > 2 else (thing,) if thing else ()
        return (thing,) if thing else ()
    if _JOIN.match(clause.gap) and state.nouns:
        return state.nouns
    if left.pair and len(state.history) > 1:
        values = 1 + _values_after(clause, coming)
        if 1 < values <= len(state.history):
            state.position = 0
            return tuple(state.history[-values:])
    if clause.subject is not None and quantity.kind == "money" and left.bound:
        return ("地区生产总值",)  # 支持江阴迈上5000亿元台阶
    if left.change or left.bound:
        if state.nouns and left.change and not clause.before:
            state.position = (
                0
                if len(state.nouns) > 1 and not clause.listed and state.position >= len(state.nouns)
                else state.position
            )
            return state.nouns
        topic = _topic(clause.before)
        return (topic,) if topic else state.nouns
    return ()


def _values_after(clause: _Clause, coming: Sequence[Quantity]) -> int:
    number, at = 0, clause.quantity.end
    for quantity in coming:
        if not _JOIN.match(clause.text[at : quantity.start]):
            break
        number, at = number + 1, quantity.end
    return number


_JOINS = tuple(map(re.compile, ("、", "、|和", "、|和|与|及|以及")))
_HEAD = re.compile(
    r"(?:居民人均可支配收入|人均可支配收入|可支配收入|增加值|总产值|产值|销售额|营业额|零售额|交易额|周转量|吞吐量|使用量|排放量|产量|销量|面积|总额|出口|进口|投资"
    r"|收入|利润|税收|余额|贷款|存款|浓度|能耗|规模|覆盖率|达标率|率|人数|人次|户数|项目|企业|支出|价格|死亡人数|起数|数量|数)$"
)


def _split(noun: str, parts: int) -> tuple[str, ...]:
    """城镇、农村居民人均可支配收入 in two: each gets the head that only the last one names."""
    if parts == 2 and noun.startswith("城乡居民"):
        return ("城镇" + noun[2:], "农村" + noun[2:])
    shared = re.fullmatch(r"(?P<list>.+?)等(?P<head>[^、]+)", noun)
    if shared:
        listed = [piece for piece in _JOINS[2].split(shared["list"]) if piece]
        return tuple(piece + shared["head"] for piece in listed) if len(listed) == parts > 1 else ()
    for join in _JOINS:
        pieces = [piece.strip("“”") for piece in join.split(noun) if piece.strip()]
        if len(pieces) == parts > 1:
            return _with_head(pieces)
    return ()


def _with_head(pieces: list[str]) -> tuple[str, ...]:
    head = _HEAD.search(pieces[-1])
    complete = [piece if not head or _HEAD.search(piece) or usual(piece) != piece else piece + head[0] for piece in pieces[:-1]]
    return (*complete, pieces[-1])


def _sound(noun: str) -> bool:
    return len(noun) > 1 and not noun.startswith(("”", "》", "）")) and noun not in abstract()


_TOPIC = re.compile(r"[^，。；：、]{2,16}$")


def _topic(before: str) -> str:
    """The noun of a clause without numbers, for a number that follows alone: …上市，力争达到25家."""
    if not before:
        return ""
    noun = read_left(before).noun
    match = _TOPIC.search(noun)
    return match[0].strip("“”") if match and len(noun) <= 30 else ""


def _dependents() -> frozenset[str]:
    return frozenset(lexicon.lines("measure_dependents"))


# --- terms ----------------------------------------------------------------------------------------


def _keep(
    clause: _Clause,
    state: _State,
    indicator: str,
    nouns: tuple[str, ...],
    verb: str,
    end: int,
    rule: str,
    change: str = "",
) -> None:
    if len(indicator) < 2 or not re.search("[一-鿿]", indicator):
        return
    left, quantity = clause.left, clause.quantity
    values_only = bool(_JOIN.match(clause.gap)) and bool(state.terms)
    text, code = bound(quantity, (left.bound, left.code) if left.code or not values_only else state.bound)
    state.nouns, state.verb, state.change = nouns, verb, change
    state.bound, state.indicator, state.kind = (
        (left.bound, left.code) if left.code or not values_only else state.bound,
        indicator,
        quantity.kind,
    )
    if quantity.high:
        state.terms.append(_term(clause, state, indicator, ">=", text or "至", end, rule))
        state.terms.append(_term(clause, state, indicator, "<=", text or "至", end, rule)._replace(value=quantity.high))
        return
    term = _term(clause, state, indicator, code, text, end, rule)
    if (
        values_only
        and quantity.after
        and state.terms
        and state.terms[-1].text is None
        and not state.terms[-1].quantity.after
    ):
        # 分别增长8%、9.8%左右: what closes a list of bare values holds for all of them.
        shared = state.terms[-1]
        state.terms[-1] = shared._replace(code=code, text=text)
    state.terms.append(term)


def _term(clause: _Clause, state: _State, indicator: str, code: str, text: str | None, end: int, rule: str) -> Term:
    start = clause.begin + min(clause.left.offset, len(clause.words))
    start = min(start, clause.quantity.start)
    subject = clause.subject if clause.subject is not None else state.subject
    return Term(clause.quantity, start, end, indicator, code, text, clause.begin, subject, clause.quantity.value, rule)


_AFTER = {"以上": ">=", "及以上": ">=", "（含）以上": ">=", "以下": "<", "以内": "<=", "之内": "<=", "左右": "~", "上下": "~",
          "余": ">", "多": ">", "几": ">", "强": "<=", "之多": "="}  # fmt: skip


def bound(quantity: Quantity, before: tuple[str, str]) -> tuple[str | None, str]:
    """Return comparator text and code: what stands after the number is stronger than what stands before.

    >>> from kg.extract.quantities import scan
    >>> bound(scan("83%左右").quantities[0], ("达到", ">="))
    ('左右', '~')
    """
    text, code = before
    if quantity.after:
        after = _AFTER.get(quantity.after, "=")
        if after == ">=" and code == ">":
            return text, ">"
        return quantity.after, after
    return (text, code) if code else (None, "=")


__all__ = ["Term", "bound", "read", "suffix"]
