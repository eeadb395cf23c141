"""Every number of a text in one class: in a fact, part of a name, a time, a numbering, or unlinked with a reason.

In go a text, its quantities as the grammar of measures scans them, and where facts and names stand; out come
(start, end, class, reason) rows in order. What a number is by its form (a date, a footnote, 5G) goes before
where it stands, so that a year in the quote of a measure counts as a time and not as a number read.

    >>> # 2021年新增企业20家、5G基站3个 -> 2021 time, 20 fact, 5 name, 3 unlinked or fact
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from kg import lexicon
from kg.extract.measures.quantities import Quantity
from kg.extract.spans import Spans

FACT, NAME, TIME, NUMBERING, UNLINKED = "fact", "name", "time", "numbering", "unlinked"

#: Why a number is in no fact, by code; the text is what the list tells.
REASONS = {
    "heading": "in a heading or byline, where no measures are sought",
    "baseline": "an earlier value that a later one is compared with",
    "ratio": "a ratio or a share written as a fraction",
    "duration": "a length of time, an age or a term",
    "rank": "a rank of something no indicator names",
    "rate": "a rate per head, day or unit that describes a rule or a standard",
    "bound": "a bound that tells which things are meant",
    "attribute": "describes the thing after it",
    "unit": "a count whose unit is unknown",
    "share": "a share of something no indicator names",
    "money": "an amount of money with no indicator in reach",
    "count": "a count of things no verb or indicator governs",
    "extent": "a size or capacity that describes a thing",
    "bare": "a number without a unit",
}


class Number(NamedTuple):
    """One number of the text with its class; ``reason`` is a code of ``REASONS`` when it is unlinked."""

    start: int
    end: int
    group: str
    reason: str = ""


def numbers(text: str, quantities: Sequence[Quantity], facts: Spans, names: Spans, plain: Spans) -> Iterator[Number]:
    """Yield every Arabic number and every Chinese one with a unit, in order.

    ``facts`` are stretches of measures, relations and counted mentions, ``names`` those of other mentions,
    ``plain`` those of headings and bylines.
    """
    quoted = Spans(match.span() for match in _QUOTED.finditer(text))
    for start, end, quantity in _all(text, quantities):
        group = _form(text, start, end, quantity)
        if not group and (names.touches(start, end) or quoted.touches(start, end)):
            group = FACT if quantity and quantity.kind == "streak" and facts.touches(start, end) else NAME
        if not group and facts.touches(start, end):
            group = FACT
        if group:
            yield Number(start, end, group)
        else:
            code = "heading" if plain.touches(start, end) else _reason(text, start, end, quantity)
            yield Number(start, end, UNLINKED, code)


# A short quotation is a name: “三类500强”; a longer one is a sentence. 全国双拥模范城“九连冠” is a streak all the same.
_QUOTED = re.compile(r"[“‘《〈「『][^“”‘’《》〈〉「」『』\n]{1,16}[”’》〉」』]")
# A number with its thousands; at the head of a line only the number of the item (27.9类 is item 27).
_ARABIC = re.compile(r"\d(?:\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d*(?:[.．]\d+)*)")


def _all(text: str, quantities: Sequence[Quantity]) -> Iterator[tuple[int, int, Quantity | None]]:
    """Yield (start, end, the quantity it belongs to) of each number; a range gives both its ends."""
    waiting = iter(quantities)
    quantity = next(waiting, None)
    for match in _ARABIC.finditer(text):
        start, end = match.span()
        while quantity and quantity.end <= start:
            if _is_chinese(text, quantity):
                yield quantity.start, quantity.end, quantity
            quantity = next(waiting, None)
        yield start, end, quantity if quantity and quantity.start < end else None
    for rest in (quantity, *waiting):
        if rest and _is_chinese(text, rest):
            yield rest.start, rest.end, rest


def _is_chinese(text: str, quantity: Quantity) -> bool:
    """Whether a quantity is in Chinese numerals throughout: the digits of 十—12家 are numbers by themselves."""
    return quantity.chinese and not _ARABIC.search(text, quantity.start, quantity.end)


# --- what a number is by its form -------------------------------------------------------------------

_DASH = r"[—–\-－~～至到]+"
_MONTH_END = "(?:份|底|初|末|[上中下]旬)"


@cache
def _unit() -> str:
    rows = lexicon.table("units")
    return "|".join(sorted((re.escape(row["unit"]) for row in rows), key=lambda unit: (-len(unit), unit)))


@cache
def _time() -> re.Pattern[str]:
    """Match a date, a period or a time of day from its number on."""
    year = r"(?:19|20)\d\d"
    return re.compile(
        rf"{year}(?:{_DASH}(?:19|20)?\d\d)?\s?(?:学?年|财年)"
        rf"|{year}[./-]\d{{1,2}}(?:[./-]\d{{1,2}})?(?!\d)"
        rf"|{year}(?:{_DASH}{year})?(?![\d,.．%％‰余多万亿\-]|\s?(?:{_unit()}))"
        rf"|\d\d年(?!内|来|以|期|的|时|完|达|无|未)(?=\d|底|初|末|度)"
        rf"|\d{{1,2}}(?:{_DASH}\d{{1,2}})?月(?!球|票|租)(?:{_MONTH_END}|\d{{1,2}}(?:{_DASH}\d{{1,2}})?日)?"
        rf"|\d{{1,2}}(?:{_DASH}\d{{1,2}})?日(?!均|元|产|处理|供)"
        r"|(?:[01]?\d|2[0-4])[:：][0-5]\d(?![\d.:：∶%])|\d{1,2}(?:时(?=\d|至|起|前|后|许|，|整|—|-)|点(?=半|整|钟|前|后))"
        r"|\d+\s?(?:周年|年代|世纪|华诞)|\d{2}后"
    )


# The minutes of 18：00, and the figures of a year that mixes numerals: 二0一六年.
_INSIDE_TIME = re.compile(r"(?<![\d.])(?:[01]?\d|2[0-4])[:：]$|[一二][〇零○一二三四五六七八九]?$")
_REST_OF_TIME = re.compile(r"[0-5]\d(?![\d.:：∶%])|[0O](?=[一二三四五六七八九])")
_DURATION_BEFORE = re.compile(
    r"(?:连续|提前|历时|为期|耗时|延长|缩短|长达|超过|达到?|满|免费|困扰|持续|已有|无)[约近]?$"
)

# Words and names that begin with a numeral: 二元结构, 四面八方, 二次供水, 三次产业, 七次全会.
_WORD = re.compile(
    "[二三多]元(?:结构|化|正|论)|[八四三五多]方(?!面|米)|二次|三次产业|[一二三四五六七八九十]+次(?:全会|全体|会议|党代)|两化|二本"
)

_HEAD = re.compile(r"(?:^|\n)[^\S\n]*(?:[*#]+[^\S\n]*)?(?:关键词[^\S\n]*)?$")
_AT_HEAD = frozenset(("", "\n", " ", "\t", "　", "\xa0", "*", "#", "词"))
_HEAD_AFTER = re.compile(r"[^\S\n]*(?:[.．、，。）)](?!\d)|[^\S\n]|\n|$)")
_OPEN, _CLOSE = "[【〔﹝（(", "]】〕﹞）)"
_ORDINAL_AFTER = re.compile(r"(?:" + _DASH + r"\d+)?[位名]|[，。；、）\s,;]|$|方阵|梯队")
_NOTE_AFTER = re.compile(r"[，。；、：）\n“《]|[一-鿿]")
_NOTE_ENDS = frozenset(("，", "。", "；", "、", "：", "）", "\n", "”", ""))
_WORD_NOTE = re.compile(r"[一-鿿](?<![到为至达过于在第数名前列居约近超增降有是共各了减升逾分])$")

_CODE_BEFORE = re.compile(r"[A-Za-zＡ-Ｚα-ω+＋·/∶-]$|(?:[国省县乡]道|工业|世界|航线)\s?$|[国省县乡]道[\d、]+、$")
_CODE_AFTER = re.compile(
    r"(?:[、和及与]\d+){0,9}等?\s?(?:号线|路线|线路)|[×xX]\d+小时|\s?(?:号|路(?!口|段|灯|公)|线|[国省县乡]道|型|版|代(?!表|理)|式|强(?!企业\d)|[A-Za-z]|[+＋]|·\d|热线|平台|便民|政务|工程|计划|行动"
    r"|战略|模式|体系|格局|政策|机制|工作法|专项|举措|思路|布局|升级版|时代|环(?!境|节)|制(?!造)|级(?!以|重|地)|大(?=[一-鿿])|新(?=[一-鿿])|度)"
)
_SHORT_CODES = re.compile(r"(?:110|119|120|122|123\d\d|12\d{3})$")


def _form(text: str, start: int, end: int, quantity: Quantity | None) -> str:
    """Return the class of a number that its form tells; empty when it is a quantity."""
    if quantity and quantity.start == start and not text[start].isdigit():
        return _chinese(text, quantity)
    before = text[max(0, start - 8) : start]
    if _is_numbering(text, start, end, before, quantity):
        return NUMBERING
    if _is_time(text, start, end, before, quantity):
        return TIME
    return "" if quantity and quantity.kind != "strong" else _code(text, start, end, before, quantity)


def _chinese(text: str, quantity: Quantity) -> str:
    """过去五年 is a period; 连续五年 and 六个月 are lengths of time."""
    before = text[max(0, quantity.start - 4) : quantity.start]
    if quantity.kind == "years" and not quantity.unit.startswith("个") and not _DURATION_BEFORE.search(before):
        return TIME
    return NAME if _WORD.match(text, quantity.start) else ""


def _is_time(text: str, start: int, end: int, before: str, quantity: Quantity | None) -> bool:
    if _time().match(text, start) or (_INSIDE_TIME.search(before) and _REST_OF_TIME.match(text, start)):
        return True
    if quantity and quantity.kind == "years":
        return not _DURATION_BEFORE.search(before)
    return False


def _is_numbering(text: str, start: int, end: int, before: str, quantity: Quantity | None) -> bool:
    if before.endswith("第"):
        return not _ORDINAL_AFTER.match(text, end) and not (quantity and quantity.kind == "nth")
    last, after = before[-1:], text[end : end + 1]
    if end - start > 3 or ("一" <= last <= "鿿" and last != "词" and after not in _NOTE_ENDS):
        return False
    if last and after and last in _OPEN and _OPEN.index(last) == _CLOSE.find(after):
        return True
    if last in _AT_HEAD and _HEAD.search(text[max(0, start - 16) : start]) and _HEAD_AFTER.match(text, end):
        return True
    if last and last in "。；： " and after and after in "、.．":
        return True
    if quantity or (after and after in "%％./:：∶+-—～"):
        return False
    if last and last in "”》）":
        return not after or bool(_NOTE_AFTER.match(text, end))
    return after in _NOTE_ENDS and bool(_WORD_NOTE.search(before))


def _code(text: str, start: int, end: int, before: str, quantity: Quantity | None) -> str:
    """Return ``NAME`` for 5G, PM2.5, S330, 2号线, 3.0版, 8+2, 12345热线."""
    if quantity and quantity.kind == "strong":
        return NAME
    if _CODE_BEFORE.search(before) and not before.endswith("/"):
        return NAME
    if _SHORT_CODES.match(text[start:end]):
        return NAME
    return NAME if _CODE_AFTER.match(text, end) else ""


# --- why a number is in no fact ----------------------------------------------------------------------

_BASELINE_BEFORE = re.compile(r"(?:从|由|自)[^，。；：\n]{0,30}$")
_BASELINE_AFTER = re.compile(
    r"[^。；\n]{0,24}?(?:增加|增长|增至|提高|提升|上升|扩大|扩展|降|下降|减少|压缩|缩短|缩减|调整|跃升|跃|升|攀升|优化|变)"
)
_RATIO = re.compile(r"\s?[:：∶/]\s?\d")
_RATE = re.compile(
    r"(?:每[人年月日天户名亩个立吨生][^，。；]{0,8}|人均[^，。；]{0,6}|按[^，。；]{0,8}|标准[^，。；]{0,8})$|^[/／]"
)
_BOUND_AFTER = re.compile(r"(?:以上|以下|以内|及以上|（含）以上)(?:的)?[一-鿿“]")
_DURATIONS = frozenset(("years", "months", "weeks", "days", "hours", "age", "minutes"))
_BY_KIND = {"strong": "rank", "class": "rank", "percent": "share", "point": "share", "multiple": "share"}
_BY_KIND |= {kind: kind for kind in ("rank", "money")}
_EXTENTS = frozenset(("area", "length", "mass", "volume", "power", "voltage", "energy", "concentration", "teu"))


def _reason(text: str, start: int, end: int, quantity: Quantity | None) -> str:
    before = text[max(0, start - 40) : start].rpartition("\n")[2]
    if _RATIO.match(text, end) or re.search(r"\d\s?[:：∶/]\s?$", before):
        return "ratio"
    stop = quantity.end if quantity else end
    if _BASELINE_BEFORE.search(before) and _BASELINE_AFTER.match(text, stop):
        return "baseline"
    if quantity is None:
        return "unit" if "一" <= text[end : end + 1] <= "鿿" else "bare"
    if quantity.kind in _DURATIONS:
        return "duration"
    if _RATE.search(before[-14:]) or text[stop : stop + 1] in "/／":
        return "rate"
    if quantity.after and _BOUND_AFTER.match(text, stop - len(quantity.after)):
        return "bound"
    if text[stop : stop + 1] == "的":
        return "attribute"
    return _BY_KIND.get(quantity.kind) or ("extent" if quantity.kind in _EXTENTS else "count")
