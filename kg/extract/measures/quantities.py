"""Quantities in running text: number, scale, unit, range, what bounds them.

In goes a text, out come its quantities in order, each with its exact offsets, and the
Arabic numbers that are none and are no date, numbering or part of a name either.

    >>> [(q.value, q.unit, q.after) for q in scan("新增企业20余家、进出口1.2万亿元以上").quantities]
    [('20', '家', '余'), ('1.2', '万亿元', '以上')]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from kg import lexicon, zh

#: Scale words that may stand before a unit and stay part of it: 亿元, 万人, 千亿元.
SCALE = "(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百)"
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.．]\d+)?"
_CHINESE = "[一二两三四五六七八九十][〇零一二两三四五六七八九十百千]{0,12}"
_DASH = "[—–\\-－~～至到]+"


class Quantity(NamedTuple):
    """One quantity. ``start`` is where its number begins, ``end`` where its comparator ends."""

    start: int
    end: int
    value: str  #: decimal digits
    unit: str  #: as written, scale included; 位 for ranks
    kind: str  #: kind of unit: count, money, percent, rank, streak, …
    after: str = ""  #: comparator as written after the number: 以上, 左右, 余, 强
    high: str = ""  #: upper end of a range
    chinese: bool = False  #: the number is in Chinese numerals


class Scan(NamedTuple):
    """All numbers of a text: quantities, and (start, end) of Arabic numbers nothing explains."""

    quantities: tuple[Quantity, ...]
    bare: tuple[tuple[int, int], ...]


# --- the grammar ---------------------------------------------------------------------------------

# What looks like a quantity and is a date, a numbering or a part of a name. The source is the
# genre itself: 2021年, 12月30日, 十四五, 第十三次, （二）, 关键词 3, 3+5+2, S330, 4A, 十大工程, 4号线.
_SKIP = rf"""
 (?:19|20)\d\d(?:{_DASH}(?:19|20)?\d\d)?\s?年(?:度|底|前|末|初)?(?:\d{{1,2}}月(?:份|底|初|末|\d{{1,2}}日)?)?
|(?:19|20)\d\d(?:{_DASH})(?:19|20)\d\d(?!\d)
|\d{{1,2}}(?:{_DASH}\d{{1,2}})?月(?:份|底|初|末|中旬|上旬|下旬|\d{{1,2}}(?:{_DASH}\d{{1,2}})?日)?
|\d{{1,2}}日
|[一二三四]季度|十[一二三四五六七八九]五|二十五”
|[一二两三四五六七八九十]{{1,12}}年(?=来|间|内|以来|里|行动|计划|攻坚|规划|前|后|新增|任务|滚动|任期|大|目标|时间|工作|的|，|,|。|中|是|主要|再)
|(?:第|每|这|那|该|哪|某|上|同一|任一|前后|任何)\d*[〇零一二两三四五六七八九十百千]{{0,12}}(?:批|次|届|轮|个|号|产业|季|期|代|条|家|张|类|项|座|所|名|位|年|天|万|亿|百|千|大|师|人|户|亩|吨)?
|[A-Za-z]{{1,12}}[-·]?\d+(?:\.\d+)?[A-Za-z+%]*\d*
|\d+[A-Za-z+＋×xX*∶:：/·—-]+\d*[A-Za-zXN+＋\d]*
|[\[【〔]\d+[\]】〕]
|[（(](?:\d{{1,2}}|[一二三四五六七八九十]{{1,12}})[）)]
|\d+(?:\.\d+)?(?:号|期|级|型|代|式|路|线|大|分制|制|版|千伏|新|国|省|市|县|区|市州|建|等|全|中|规|国道|省道|届|月|∶|座机)
|[一二两三四五六七八九十百]{{1,12}}(?:大|位一体|级|期|号|代|线|型|制|化|新|级|年级|等奖|元化|者)
|\d+周年|\d{{5,}}(?=热线|平台|政务|便民|市民|，|。|”|"|\s|、)
"""
# 强 closes what it bounds (占一半强); 24次强降雨 is rain.
_AFTER = (
    "以上|及以上|（含）以上|以下|以内|之内|左右|上下|余|多(?!式|元化|功能|媒体|晶|肽)|强(?=[，。；、,;）的]|$)|之多"
)
_TIMES = r"[个多余]*"

_RANK = r"""
 第(?P<rank>\d+|[一二三四五六七八九十百]{1,12})[位名](?:次)?
|前(?P<top>\d+|[一二三四五六七八九十]{1,12})(?P<topunit>位|名|强|列)?(?!年|期|后|置|沿|述|款|项|个|三季|[\d.%％]|三年|三个|两|[一二三四五六七八九十]季|[一二三四]年|[一二三四五六七八九十\d]{0,12}[月批])
|(?P<first>首位(?!度|次)|榜首|第一(?=[，。；、,;）！\s]|方阵|位|名|和第)|第1(?=[，。；、,;）]|和第)|首席)
|(?P<strong>\d+|[一二三四五]?百|千|[二三五]?十)强(?!企|、[^，。、；]{0,6}强企)
"""
_STREAK = (
    r"(?P<streak>\d+|[二两三四五六七八九十]{1,12})连(?:涨|冠|增|升|快|丰|胜|调|优|降|跨|进)|翻(?P<fan>[一两二三四\d])番"
)


def _units() -> str:
    rows = sorted(lexicon.table("units"), key=lambda row: (-len(row["unit"]), row["unit"]))
    parts = [re.escape(row["unit"]) + (f"(?!{row['unless']})" if row["unless"] else "") for row in rows]
    return "|".join(parts)


@cache
def _kinds() -> dict[str, str]:
    return {row["unit"]: row["kind"] for row in lexicon.table("units")}


@cache
def _expression() -> re.Pattern[str]:
    units = _units()
    scale = SCALE
    unit = rf"(?:{scale}(?:{units})|(?:{units})|(?:万亿|亿|万)(?![级元吨千亩兆平公立标伏斤]|[,，]?\d))"
    vague = "(?:余|多|几)?"
    quantity = rf"""
     (?P<number>{_ARABIC}|{_CHINESE})\s?
     (?:(?P<low_unit>(?:{scale}(?:{units})|(?:{units})))?\s?{_DASH}\s?(?P<high>{_ARABIC}|{_CHINESE}))?\s?
     (?P<vague>{vague})(?P<scale_vague>{scale}(?=余|多))?(?P<vague2>{vague})\s?
     (?P<unit>{unit})
     (?P<after>{_AFTER})?
    """
    percent = rf"百分之(?P<hundredth>[一二三四五六七八九十百零点]{{1,12}})(?P<after2>{_AFTER})?"
    water = r"(?P<water>[ⅠⅡⅢⅣⅤ]|I{1,3}V?|IV)类(?P<after3>以上|及以上)?"
    plain = (
        rf"(?<=[到为至达过于在])(?P<plain>{_ARABIC})(?P<after4>以上|以下|以内|左右)?(?=[，。；、,;）]|\s(?!\s*[年一-鿿%％‰])|$)"
        rf"|(?<=[国省市区界球内部州县名居列位、和])第(?P<ordinal>\d+|[一二三四五六七八九十]{{1,12}})(?=[，。；、,;！）)\s]|$)"
        rf"|第(?P<nth>\d+|[一二三四五六七八九十]{{1,12}})次(?=捧得|获得|荣获|蝉联|夺得|入选|获评|被评|问鼎)"
        rf"|(?<=成为|长为|建成|拥有|迎来)第(?P<nth_thing>\d+|[一二三四五六七八九十]{{1,12}})个(?=[一-鿿])"
    )
    bare = r"(?P<bare>\d[\d,.]*\d|\d)"
    body = f"{plain}|{_DATE_FIRST}|{_RANK}|{_STREAK}|{percent}|{water}|(?:{quantity})|(?P<skip>{_SKIP})|{bare}"
    return re.compile(body, re.VERBOSE)


# Dates come before quantities: 2021年, 1—11月, 第十三次 would else be read as numbers with a unit.
_DATE_FIRST = rf"""(?P<date>
 (?<=\n)[\ \t　*\#]*\d{{1,3}}[.．、](?!\d)|
 (?:19|20)\d\d(?!\d|[,.．%％余多个家户项亿万千人名元亩公吨套张座辆条台处所栋列件间株头只艘米平场次蒸]|\s?年)|
 \d+(?:\.\d+)?(?:[:：∶]\d+(?:\.\d+)?)+|
 (?:19|20)\d\d(?:{_DASH}(?:19|20)?\d\d)?\s?年(?:度|底|前|末|初)?(?:\d{{1,2}}月(?:份|底|初|末|\d{{1,2}}日)?)?
|\d{{1,2}}(?:{_DASH}\d{{1,2}})?月(?:份|底|初|末|中旬|上旬|下旬|\d{{1,2}}(?:{_DASH}\d{{1,2}})?日)?
|[一二两三四五六七八九十]{{1,12}}年(?:来|间|内|以来|里)
|(?:19|20)\d\d(?={_DASH}(?:19|20)\d\d)
|(?:每|这|该|某|哪|任|第(?!\d{{1,3}}[，。；,;）]))[一二两三四五六七八九十百千万\d]{{1,12}}(?![位名一二两三四五六七八九十百千\d])[个人户批次届轮条家年]?
|[\[【〔]\d+[\]】〕]|[（(](?:\d{{1,2}}|[一二三四五六七八九十]{{1,12}})[）)]
|[A-Za-z]{{1,12}}[-·]?\d+(?:\.\d+)?[A-Za-z+]*
|\d+(?:[+＋×∶·]\d*[XN]?)+\d*
)"""


_NUMERAL = "一二两三四五六七八九十"


@cache
def _trigger() -> re.Pattern[str]:
    """Match where something with a number may begin; the grammar is tried only there."""
    after = "".join(
        sorted(
            {row["unit"][0] for row in lexicon.table("units")}
            | set("万亿百千季大级期号代线型制化新者等连强—–-至到余多几")
        )
    )
    first = rf"\d{_NUMERAL}第每这该某哪任前百千首榜翻ⅠⅡⅢⅣⅤ\[【〔（(A-Za-z\n"
    # One of these characters is sought, then what it is and what follows: a search for alternatives is slower.
    return re.compile(
        rf"[{first}](?:(?<=[\dⅠⅡⅢⅣⅤ])|(?<=[二两三四五六七八九十])[〇零{_NUMERAL}百千]{{0,12}}(?=[{re.escape(after)}])"
        rf"|(?<=一)(?=[〇零二三四五六七八九十百千万亿季年])|(?<=[第每这该某哪任前])(?=[\d{_NUMERAL}])"
        rf"|(?<=[百千])(?=强)|(?<=首)(?=[位席])|(?<=榜)(?=首)|(?<=翻)(?=[一两二三四\d]番)|(?<=百)(?=分之)"
        rf"|(?<=I)I{{0,2}}V?类|(?<=[\[【〔])(?=\d)|(?<=[（(])(?=[\d{_NUMERAL}])|(?<=[A-Za-z])[A-Za-z]{{0,11}}[-·]?(?=\d)"
        r"|(?<=\n)(?=[ \t　*#]{0,12}\d))"
    )


def _matches(text: str) -> Iterator[re.Match[str]]:
    grammar, at = _expression(), 0
    search = _trigger().search
    trigger = search(text, 0)
    while trigger:
        at = trigger.start()
        match = grammar.match(text, at + 1 if trigger[0] == "\n" else at)
        if match and match.end() > at:
            at = match.end()
            yield match
        else:
            at = trigger.end()
        trigger = search(text, at)


def scan(text: str) -> Scan:
    """Return the quantities of a text and its unexplained Arabic numbers."""
    quantities: list[Quantity] = []
    bare: list[tuple[int, int]] = []
    kinds = _kinds()
    for match in _matches(text):
        last = match.lastgroup
        if last in ("date", "skip"):
            continue
        if last == "bare":
            if not _is_name(text, *match.span()) and not _is_note(text, *match.span()):
                bare.append(match.span())
            continue
        found = _read(match, kinds)
        if found is not None and not _is_name(text, found.start, found.end):
            quantities.append(found)
    return _with_shared(text, quantities, bare)


# --- units that a list names once -----------------------------------------------------------------

_SHARED_JOIN = re.compile("\\s?[、和与及]\\s?")
# What stands before the first number of such a list: 分别增长13.1、6.2个百分点; 关键词 3、20家 is a numbering.
_SHARED_BEFORE = re.compile("[\u4e00-\u9fff](?<![第词路线号期图表件款条项年月届])$")
#: Scale words that another number of the list tells the unit of: 600亿、800亿元.
_SCALES = frozenset(("万", "亿", "千亿", "百亿", "万亿", "千万", "百万"))


def _with_shared(text: str, quantities: list[Quantity], bare: list[tuple[int, int]]) -> Scan:
    """Give a number without a unit, or with half of one, that of the number its list goes on with.

    >>> [(q.value, q.unit) for q in scan("分别提高13.1、6.2个百分点").quantities]
    [('13.1', '个百分点'), ('6.2', '个百分点')]
    """
    ends = {end: start for start, end in bare}
    shared: set[tuple[int, int]] = set()
    out: list[Quantity] = []
    for quantity in reversed(quantities):
        following = out[-1] if out else None
        if following and (quantity.unit in _SCALES or quantity.kind == "plain" or _half_point(quantity, following)):
            quantity = _like(text, quantity, following)
        out.append(quantity)
        while span := _before(text, out[-1], ends):
            value = _digits(text[span[0] : span[1]])
            shared.add(span)
            out.append(Quantity(*span, value, out[-1].unit, out[-1].kind))
    if not shared:
        return Scan(tuple(reversed(out)), tuple(bare))
    return Scan(tuple(reversed(out)), tuple(span for span in bare if span not in shared))


def _half_point(quantity: Quantity, following: Quantity) -> bool:
    """True for 1.6个 before 0.1个百分点."""
    return quantity.unit == "个" and following.kind == "point" and not quantity.chinese


def _like(text: str, quantity: Quantity, following: Quantity) -> Quantity:
    """Return 600亿 before 800亿元 as 600亿元, and 3.5 before 4.2亿元 as 3.5亿元."""
    scaled = following.unit.removeprefix(quantity.unit)
    whole = quantity.kind == "plain" or (scaled and scaled != following.unit)
    if not whole or not _SHARED_JOIN.fullmatch(text, quantity.end, following.start) or following.chinese:
        return quantity
    if following.kind in ("plain", "rank", "strong", "streak", "class", "nth"):
        return quantity
    return quantity._replace(unit=following.unit, kind=following.kind)


def _before(text: str, quantity: Quantity, ends: dict[int, int]) -> tuple[int, int] | None:
    """Return the bare number that a list joins to a quantity, when 分别 or a fraction tells it is one of its kind."""
    join = next((end for end in (quantity.start - 1, quantity.start - 2) if end in ends), None)
    if join is None or not _SHARED_JOIN.fullmatch(text, join, quantity.start) or quantity.kind in _NO_SHARE:
        return None
    start = ends[join]
    before = text[max(0, start - 24) : start]
    if "." not in text[start:join] and "分别" not in before.rpartition("。")[2]:
        return None
    listed = before.endswith(("、", "和", "与", "及")) and before[-2:-1].isdigit()
    return (start, join) if listed or _SHARED_BEFORE.search(before) else None


_NO_SHARE = frozenset(("plain", "rank", "strong", "streak", "class", "nth", "years"))


def _read(match: re.Match[str], kinds: dict[str, str]) -> Quantity | None:
    if match["unit"] is not None:
        return _plain(match, kinds)
    for form, read in _FORMS.items():
        if match[form] is not None:
            return read(match)
    return None


def _hundredth(match: re.Match[str]) -> Quantity:
    whole, _, part = match["hundredth"].partition("点")
    value = _digits(whole) + ("." + "".join(str(zh.DIGITS.get(c, "")) for c in part) if part else "")
    return Quantity(match.start(), match.end(), value, "%", "percent", match["after2"] or "")


_ROMAN = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "I": 1, "II": 2, "III": 3, "IV": 4}
#: Forms of a quantity that have no unit behind the number, by the group of the grammar they fill.
_FORMS: dict[str, Callable[[re.Match[str]], Quantity]] = {
    "rank": lambda m: _ranked(m.start(), m.end(), m["rank"], "", "rank"),
    "top": lambda m: _ranked(m.start(), m.end(), m["top"], "前", "rank"),
    "ordinal": lambda m: _ranked(m.start(), m.end(), m["ordinal"], "", "rank"),
    "first": lambda m: Quantity(m.start(), m.end(), "1", "位", "rank"),
    "strong": lambda m: _ranked(m.start(), m.end(), m["strong"], "强", "strong"),
    "streak": lambda m: Quantity(m.start(), m.end(), _digits(m["streak"]), "次", "streak", chinese=True),
    "fan": lambda m: Quantity(m.start(), m.end(), _digits(m["fan"]), "番", "multiple"),
    "hundredth": _hundredth,
    "plain": lambda m: Quantity(m.start(), m.end(), _digits(m["plain"]), "", "plain", m["after4"] or ""),
    "nth": lambda m: Quantity(m.start(), m.end(), _digits(m["nth"]), "次", "nth"),
    "nth_thing": lambda m: Quantity(m.start(), m.end(), _digits(m["nth_thing"]), "个", "nth"),
    "water": lambda m: Quantity(
        m.start(), m.end(), str(_ROMAN.get(m["water"], 3)), "水质类别", "class", m["after3"] or ""
    ),
}


def _ranked(start: int, end: int, number: str, after: str, kind: str) -> Quantity:
    value = {"百": "100", "千": "1000"}.get(number) or _digits(number)
    return Quantity(start, end, value, "位", kind, after, chinese=False)


def _plain(match: re.Match[str], kinds: dict[str, str]) -> Quantity | None:
    number, unit = match["number"], match["unit"]
    chinese = not number[0].isdigit()
    value = _digits(number)
    high = _digits(match["high"]) if match["high"] else ""
    scale = match["scale_vague"] or ""
    unit = scale + unit
    if scale + match["unit"] == "成":
        return Quantity(match.start(), match.end(), str(int(value) * 10) if value.isdigit() else value, "%", "percent",
                        match["after"] or "", high, chinese=False)  # fmt: skip
    kind = kinds.get(unit) or _scaled(unit)
    number = number.replace("．", ".")
    if kind in _WHOLE and "." in number and match.string[max(0, match.start() - 1) : match.start()] in ("", "\n"):
        # 14.11条地铁 in a list of notes: the first number is that of the note.
        note, _, number = number.rpartition(".")
        return Quantity(match.start() + len(note) + 1, match.end(), _digits(number), unit, kind, match["after"] or "")
    after = match["after"] or match["vague"] or match["vague2"] or ""
    return Quantity(match.start(), match.end(), value, unit.replace("％", "%"), kind, after, high, chinese)


#: Kinds of what cannot be counted in parts, unless a scale word stands before the unit.
_WHOLE = frozenset(("road", "firm", "household", "count"))


@cache
def _scaled(unit: str) -> str:
    """Kind of a unit with a scale word before it: 万人."""
    return _kinds().get(re.sub(f"^{SCALE}", "", unit)) or "count"


def _digits(number: str) -> str:
    value = zh.number(number.replace("．", "."))
    return "" if value is None else format(value, "f")


# --- parts of names ------------------------------------------------------------------------------

_OPENING = "“‘《〈「『"
_CLOSING = "”’》〉」』"
_QUOTED = 16  # “招商引资28条”, “三类500强”: a quoted name is short; longer quotations are sentences


def _is_name(text: str, start: int, end: int) -> bool:
    """True when the number stands inside a short quoted name, or letters and joints touch it."""
    before = text[start - 1 : start]
    if before and (before in "+＋×∶·/.-" or (before.isascii() and before.isalpha())):
        return True
    low = max(0, start - _QUOTED)
    opening = max(text.rfind(mark, low, start) for mark in _OPENING)
    if opening < 0 or any(mark in text[opening + 1 : start] for mark in _CLOSING):
        return False
    closing = min(
        (at for at in (text.find(mark, end - 1, opening + _QUOTED + 2) for mark in _CLOSING) if at >= 0), default=-1
    )
    return closing >= 0 and "连" not in text[start:end]


_NOTE = re.compile(r"[，。；、）\n]|[：:]|$")
_NUMBERED = re.compile(
    r"工程|计划|行动|战略|模式|体系|格局|政策|机制|工作法|专项|举措|思路|布局|方面|周年|热线|国道|省道|线|号"
)


def _is_note(text: str, start: int, end: int) -> bool:
    """True for the number of a footnote (“六多合一”1集成审批), a numbered road or programme (116工程)."""
    before = text[start - 1 : start]
    if end - start <= 2 and (before in "”》）" or (before > "一" and _NOTE.match(text, end))):
        return True
    return bool(_NUMBERED.match(text, end)) or text[start - 2 : start] in ("国道", "省道", "县道")
