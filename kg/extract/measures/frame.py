"""A number with the words around it, what earlier numbers leave for later ones, and what comes out.

``Clause`` is a view of the text around one quantity, ``State`` the memory within a sentence,
``Term`` the result; ``keep`` turns a worded indicator into a term.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.extract.measures.clauses import Left, read_left
from kg.extract.measures.quantities import Quantity
from kg.extract.measures.tidying import polished
from kg.extract.measures.wording import abstract


class Term(NamedTuple):
    """One quantity with what it measures."""

    quantity: Quantity
    start: int
    end: int
    indicator: str
    code: str  #: comparator code
    text: str | None  #: comparator as written
    clause: int  #: where its clause begins
    subjects: tuple[int, ...]  #: starts of the places the clause is about
    value: str
    rule: str


@dataclass(slots=True)
class State:
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
    subjects: tuple[int, ...] = ()  #: what the sentence is about
    paired: tuple[int, ...] = ()  #: subjects that 分别 tells apart
    every: bool = False  #: one value holds for each of the nouns
    turn: int = 0  #: place among them
    position: int = 0  #: place in a list of values after 分别
    kind: str = ""
    history: list[str] = field(default_factory=list)  #: nouns of the levels named so far
    terms: list[Term] = field(default_factory=list)


_STOP = re.compile(r"[，,；;：:。！？!?\t]|——|\n")
_CLOSED = re.compile(r"[（(][^（()）]*[）)]")
_INSIDE = re.compile(r"[（(][^（()）]*[）)](?!中)")
_RIGHT_STOP = re.compile(r"[，,；;：:。！？!?、（(\t\n]")
# 80个重点项目（见表2）中新建项目…: 中 belongs to what was counted before.
_PARTICLE = re.compile(r"中(?![国小心医央学欧部药低高型等试介转标外共级职考东亚西老青间原华期水成长短])")
_MARK_LEFT = re.compile(r"[一二两三四五六七八九十几百千万亿元个]*(?:整数)?[新大]?(?:大关|台阶|关口|门槛)(?:后)?[、，]?")
_LISTED = re.compile(r"\s*(?:、|和|及|与|以及)")
_CHARACTER = re.compile("[一-鿿]")
JOIN = re.compile(r"^\s*(?:、|和|与|及|以及|或|，其中|/)?\s*$")


class Clause(NamedTuple):
    """The words around one quantity."""

    text: str
    quantity: Quantity
    begin: int  #: where the words on the left begin
    words: str  #: words on the left since the last stop
    gap: str  #: all words since the previous quantity
    left: Left
    after: str  #: words on the right
    subjects: tuple[int, ...]
    listed: bool  #: continues a list with 、
    before: str  #: the clause before this one, when it holds no quantity
    carries: bool  #: the place at the head of the sentence holds for the clauses after it

    @classmethod
    def of(
        cls, text: str, previous: int, quantity: Quantity, following: int, subjects: Mapping[int, int], start: int
    ) -> Clause:
        """Return the clause of a quantity: the words since ``previous`` and up to ``following``."""
        gap = text[previous : quantity.start]
        begin, before = _begin(gap)
        begin += previous
        words = text[begin : quantity.start]
        if mark := _MARK_LEFT.match(words):
            # 突破4万亿元|大关、达到4.3万亿元: the rest of a mark passed.
            words, begin = words[mark.end() :], begin + mark.end()
        before = "" if _MARK_LEFT.fullmatch(before) else before
        listed = bool(_LISTED.match(gap)) and begin == previous
        if listed:
            words = words.lstrip(" 、和及与以")
            begin = quantity.start - len(words)
        found, rest = _subject(text, begin, words, subjects)
        told = rest.strip() or (quantity.kind not in ("rank", "strong") and quantity.unit != "个")
        if found and told and not words.rstrip().endswith("等"):
            words = rest
        else:
            found = ()
        after = text[quantity.end : following]
        stop = _right_stop(after)
        after = _own_part(after, stop.start()) if stop else after
        words = _CLOSED.sub("", words) if _bracketed(words) else words
        if begin == previous > start and _PARTICLE.match(words):
            words, begin = words[1:], begin + (words[0] == text[begin])
        carries = bool(found) and found[0] <= start + 2
        return cls(text, quantity, begin, words, gap, read_left(words), after, found, listed, before, carries)

    def values_after(self, coming: Sequence[Quantity]) -> int:
        """How many bare values follow this one: 8%、9%和10%."""
        number, at = 0, self.quantity.end
        for quantity in coming:
            if not JOIN.match(self.text[at : quantity.start]):
                break
            number, at = number + 1, quantity.end
        return number


def _quotes_closed(words: str) -> str:
    """Hide stops inside quotations: 5个“蓝天、碧水”工程."""
    return re.sub(r"“[^”]*”", lambda match: "口" * len(match[0]), words) if "“" in words else words


def _hidden(words: str) -> str:
    """Hide stops inside quotations and closed brackets: 15个县（市、区）的分类系统."""
    words = _quotes_closed(words)
    return _INSIDE.sub(lambda match: "口" * len(match[0]), words) if "（" in words else words


# 15家中央、省属企业, 25个新建、续建项目: a modifier before 、 is not what is counted.
_MODIFIER_LAST = re.compile(
    r"(?:以上)?[^、]{0,8}?(?:中央|国家|省级?|市级?|县级|新建|续建|在建|改建|扩建|改扩建|[治][水气土污沙]|国家级|自治区级|区级|镇级|村级|失能)"
)


def _right_stop(after: str) -> re.Match[str] | None:
    hidden = _hidden(after)
    stop = _RIGHT_STOP.search(hidden)
    if stop and stop[0] == "、" and _MODIFIER_LAST.fullmatch(hidden, 0, stop.start()):
        later = _RIGHT_STOP.search(hidden, stop.end())
        return later if later and later[0] != "、" and later.start() - stop.end() > 1 else stop
    return stop


def _bracketed(words: str) -> bool:
    return "（" in words or "(" in words


def _begin(gap: str) -> tuple[int, str]:
    flat = _CLOSED.sub(lambda match: "口" * len(match[0]), gap) if _bracketed(gap) else gap
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


# 6个度假区和甲岭、乙城等13个示范区: what 和 joins to a list that 等 closes is of the next number.
_OF_NEXT = re.compile(
    r"(?P<own>[^，。；：、]{2,}?[区园县市路桥厂站校院村镇家目程])(?:和|及|与|以及)[^，。；：、]{2,}(?:、[^，。；：、]{2,}){0,8}等"
)


# 12条道路和团结桥、奋斗桥: of things listed behind a number only the first are counted.
_LISTED_THINGS = re.compile(
    r"(?P<own>[^“”（）和及与]{2,}?(?<![级型类性国家央省市县新好高大小建造修扩]))(?:和(?![美谐平田])|及|与)[^“”（）和及与]{2,}"
)


def _own_part(after: str, stop: int) -> str:
    """The words after a number up to a stop, without what belongs to the number that follows."""
    if after[stop] != "、":
        return after[:stop]
    match = (_OF_NEXT.fullmatch(after) if after.endswith("等") else None) or _LISTED_THINGS.fullmatch(after, 0, stop)
    return match["own"] if match else after[:stop]


_TO_SUBJECT = re.compile(r"^(?:[\s“]*)(?:支持|推动|推进|确保|力争|预计|其中|指导|助力|帮助)?")


_GOES_ON = re.compile(
    r"国际(?=机场|港|陆港)|高速|铁路|高铁|大道|路|大桥|机场|站|港|河|湖|山|线|至|—|－|-|～|大学|学院|医院|银行|集团|公司|海关|干支流|流域|沿线|沿岸|桥|隧道|立交|水厂|污水|电厂|主体工程|工程|新区|开发区|经开区|高新区"
)
_OURS_LATER = re.compile(r"[^，。；：\d]{2,20}(?:我[市省区县州])")
_AND = re.compile(r"(?:（[^（）]{1,16}）)?(?:、|和|以及|及|与)(?=[一-鿿])")


def _subject(text: str, begin: int, words: str, subjects: Mapping[int, int]) -> tuple[tuple[int, ...], str]:
    """Return the places a clause is about, and its words without them: 高新区、经开区（含综保区）产值."""
    lead = _TO_SUBJECT.match(words)
    at = begin + (lead.end() if lead else 0)
    end = begin + len(words)
    for position in (at, begin):
        if subjects.get(position, end + 1) < end + 1:
            found: tuple[int, ...] = (position,)
            stop = subjects[position]
            following = _AND.match(text, stop)
            while following and subjects.get(following.end(), end + 1) <= end:
                found, stop = (*found, following.end()), subjects[following.end()]
                following = _AND.match(text, stop)
            # 宁波舟山港: a name that another one goes on.
            if text[position - 1] in "“《" and re.match(r"[^“《]*[”》]", text[stop:end]):
                continue  # “广州街坊”队伍: part of a quoted name
            if _OURS_LATER.match(text, stop):
                continue  # 长江经济带绿色发展评估我市名列第1
            if not _GOES_ON.match(text, stop) and not _GOES_ON.match(text, subjects.get(stop, stop)):
                return found, text[stop:end]
    return (), words


def head(text: str, begin: int, end: int, subjects: Mapping[int, int]) -> tuple[int, ...]:
    """Return the places at the head of a clause that holds no number."""
    found, rest = _subject(text, begin, text[begin:end], subjects)
    whole = bool(found) and text[end - len(rest) - 1] in "市区县旗州盟镇乡园"
    return found if whole and rest and not rest.startswith(("等", "、", "以", "内", "境")) else ()


# 每个县打造2条 is no number of the whole place; 位次前移3位 is no rank.


# --- what was said ---


def bare_noun(clause: Clause) -> str:
    """Return the noun before the number without quotation marks at its ends."""
    return clause.left.noun.strip("“”的")


def sound(noun: str) -> bool:
    """True when a noun can name an indicator."""
    return len(noun) > 1 and not noun.startswith(("”", "》", "）")) and noun not in abstract()


_TOPIC = re.compile(r"[^，。；：、]{2,16}$")


def topic(before: str) -> str:
    """The noun of a clause without numbers, for a number that follows alone: …上市，力争达到25家."""
    if not before:
        return ""
    noun = read_left(before).noun
    match = _TOPIC.search(noun)
    if not match or len(noun) > 30 or noun.endswith(("力度", "水平", "能力", "作用", "成效", "机制", "体系", "意识")):
        return ""
    return match[0].strip("“”")


# --- terms ---


def keep(
    clause: Clause,
    state: State,
    indicator: str,
    nouns: tuple[str, ...],
    verb: str,
    end: int,
    rule: str,
    change: str = "",
    subjects: tuple[int, ...] = (),
) -> None:
    """Add the term of a worded indicator and remember it for the numbers that follow."""
    indicator = polished(indicator)
    if len(indicator) < 2 or not _CHARACTER.search(indicator):
        return
    left, quantity = clause.left, clause.quantity
    value_only = bool(JOIN.match(clause.gap)) and bool(state.terms)
    before = state.bound if value_only and not left.code else (left.bound, left.code)
    text, code = bound(quantity, before)
    state.nouns, state.verb, state.change, state.bound = nouns, verb, change, before
    state.indicator, state.kind = indicator, quantity.kind
    if quantity.high:
        low = term(clause, state, indicator, ">=", text or "至", end, rule, subjects)
        state.terms += (low, low._replace(code="<=", value=quantity.high))
        return
    if value_only and quantity.after and state.terms[-1].quantity.kind == quantity.kind:
        _share(state.terms, code, text)
    state.terms.append(term(clause, state, indicator, code, text, end, rule, subjects))


def _share(terms: list[Term], code: str, text: str | None) -> None:
    """分别增长8%、9.8%左右: what closes a list of bare values holds for the one before as well."""
    if terms[-1].text is None and not terms[-1].quantity.after:
        terms[-1] = terms[-1]._replace(code=code, text=text)


def term(
    clause: Clause, state: State, indicator: str, code: str, text: str | None, end: int, rule: str,
    subjects: tuple[int, ...] = (),
) -> Term:  # fmt: skip
    """Return the term of a clause; it begins at the verb or noun and ends with number, unit and comparator."""
    start = clause.begin + min(clause.left.offset, len(clause.words))
    start = min(start, clause.quantity.start)
    return Term(
        clause.quantity,
        start,
        end,
        indicator,
        code,
        text,
        clause.begin,
        subjects or clause.subjects or state.subjects,
        clause.quantity.value,
        rule,
    )


_AFTER = {
    "以上": ">=",
    "及以上": ">=",
    "（含）以上": ">=",
    "以下": "<",
    "以内": "<=",
    "之内": "<=",
    "左右": "~",
    "上下": "~",
    "余": ">",
    "多": ">",
    "几": ">",
    "强": "<=",
    "之多": "=",
}


def bound(quantity: Quantity, before: tuple[str, str]) -> tuple[str | None, str]:
    """Return comparator text and code: what stands after the number is stronger than what stands before.

    >>> from kg.extract.measures.quantities import scan
    >>> bound(scan("83%左右").quantities[0], ("达到", ">="))
    ('左右', '~')
    """
    text, code = before
    if quantity.after:
        after = _AFTER.get(quantity.after, "=")
        if after == "<" and text.startswith("控制"):
            return quantity.after, "<="
        if after == ">=" and code == ">":
            return text, ">"
        return quantity.after, after
    return (text, code) if code else (None, "=")
