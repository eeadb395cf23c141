"""Parks: development zones, industrial, science and logistics parks with a name of their own.

Short kinds open up (株洲高新区 is 株洲高新技术产业开发区), a kind without a name shares that of the park before it
(株洲高新区、经开区), and names that share one kind are one mention with several members.

>>> # 朱亭、三旺、松西子、王十万现代农业产业园 -> one mention, four members
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from kg import lexicon
from kg.extract.projects import works
from kg.extract.reading import Found, Reading

LABEL = "park"


class Kind(NamedTuple):
    """The noun a park's name ends with: its full form, and whether a place before it is name enough."""

    full: str
    own: str


def find(reading: Reading) -> Sequence[Found]:
    """Return the parks of a document."""
    text = reading.text
    found: list[Found] = []
    kinds = _kinds()
    for _, start, end in _automaton().find_matches_as_indexes(text):
        word = text[start:end]
        if kinds[word].own == "none" or _GOES_ON.match(text, end):
            continue
        park = _park(reading, start, end, kinds[word], found[-1] if found else None)
        if park and not (found and park.start < found[-1].end):
            found.append(park)
    return [*found, *_governed(reading, found)]


# 智造新城管委会: what has a committee of its own is a park, here and wherever it stands in the text.
_COMMITTEE = re.compile("(?:新城|科学城|科技城|生态城|航空城|医药城|产业城|科创城)(?=管委会|管理委员会)")


def _governed(reading: Reading, found: Sequence[Found]) -> list[Found]:
    text = reading.text
    names = set()
    for match in _COMMITTEE.finditer(text):
        low = _left(text, match.start())
        if low < match.start() and len(text[low : match.start()]) >= 2:
            names.add(text[low : match.end()])
    out = []
    for name in sorted(names):
        for match in re.finditer(re.escape(name), text):
            if not any(park.start < match.end() and match.start() < park.end for park in found):
                out.append(_found(reading, *match.span(), name, "governed"))
    return out


@cache
def _kinds() -> dict[str, Kind]:
    return {row["word"]: Kind(row["full"], row["own"]) for row in lexicon.table("park_kinds")}


@cache
def _automaton() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(sorted(_kinds()), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


# 产业园林, 开发区域, 科技园丁, 物流园路: other words.
_GOES_ON = re.compile("[林丁域艺路街站]|大道|大街|社区|小学|中学")
_WINDOW = 24
_BREAK = re.compile(r"[，,。；;！!？?：:\n“”]")
# A bracket that stays open is no part of the name: 周琦(株洲高新区.
_OPENED = re.compile(r".*[（(](?=[^）)]*\Z)")
_LEAD = re.compile(
    r"(?:（[一二三四五六七八九十]+）|全[国省市县区]|我[国省市县区]|一批|首[个批家座]|第[一二三四五六七八九十][个批家]|国家级|省级|自治区级|市级|世界级|国家|省市|国省|省"
    r"|[\d.]+[个家]|[一二两三四五六七八九十]+[个大家]|以|如|为|其中|包括|含|在|入|进|各|[\d.]+|位于|即(?!墨)|是?指)+"
)
# 10个自治区级电子商务示范产业园: how many, not which.
_COUNTED = re.compile(r"[\d.]+[个家]|[一二两三四五六七八九十]+[个家]")


def _park(reading: Reading, start: int, end: int, kind: Kind, before: Found | None) -> Found | None:
    """The park whose kind stands at ``start``; ``None`` when no name stands before it."""
    text = reading.text
    low = _left(text, start)
    if low == start:
        shared = before and _shared(text, before, start)
        if shared:
            return _found(reading, start, end, shared + kind.full, "shared")
        return _own(reading, start, end, kind, before)
    word = text[low:start]
    if _COUNTED.search(text, max(0, low - 8), low) and _counts(text, low):
        return None
    if not _proper(reading, low, start, kind) and not _subject(text, low, start, end):
        return None
    first, members = _members(reading, low, word, text[start:end])
    if members:
        return _found(reading, first, end, text[first:end], "joined", members)
    return _found(reading, low, end, _name(reading, low, start, kind), "named")


def _left(text: str, start: int) -> int:
    """Where the name that ends at ``start`` begins: after the last verb, mark or determiner before it."""
    low = max(0, start - _WINDOW)
    for match in _BREAK.finditer(text, low, start):
        low = match.end()
    tokens = works.tokens(text, low, start)
    if not tokens or tokens[-1].kind != works.NAME or tokens[-1].end != start:
        return start
    low = tokens[-1].start
    opened = _OPENED.match(text[low:start])
    low += opened.end() if opened else 0
    lead = _LEAD.match(text, low, start)
    low = lead.end() if lead else low
    while low < start and text[low].isspace():
        low += 1
    return low


def _proper(reading: Reading, low: int, start: int, kind: Kind) -> bool:
    """Whether what stands before the kind is a name: a place, or words that are not all generic."""
    if any(place.end == start and place.start >= low for place in reading.within("place", low, start)):
        return True
    word = reading.text[low:start]
    rest = re.sub(r"[\W\d_]", "", works.own_words(word))
    return len(rest) >= 2 and not _NOT_NAMES.search(word)


_NOT_NAMES = re.compile(
    "^(?:该|此|本|其他|这|两|多|各|相关|重点|主要|现有|新)|企业$|进|^(?:每个|所有|全年|县区|全部)|[向+]|一批|至$|级以?上?$|类$|型$|批$|^(?:贫困|薄弱|空壳|脱贫)|跻身|全国[一二三四五六七八九十\\d]+大|\\d+[个家大]"
)


# 人力资源服务产业园加速扩张: a line of business is name enough where the park is what the clause tells of.
_THRIVES = re.compile(
    "加速|加快|建成|开园|获批|获评|入选|集聚|入驻|成为|挂牌|揭牌|投用|投入|开工|启用|运营|正式|成功|顺利|初具"
)


def _subject(text: str, low: int, start: int, end: int) -> bool:
    fresh = low == 0 or text[low - 1] in "，。；\n"
    return fresh and start - low >= 4 and not _NOT_NAMES.search(text[low:start]) and bool(_THRIVES.match(text, end))


def _name(reading: Reading, low: int, start: int, kind: Kind) -> str:
    """The full name: the short name of a place and the full form of the kind."""
    word = reading.text[low:start]
    return (word[:-1] if kind.own == "yes" and len(word) == 3 and word[-1] in "市县区" else word) + kind.full


def _shared(text: str, before: Found, start: int) -> str:
    """The place that a kind without a name shares with the park just before it (株洲高新区、经开区)."""
    if text[before.end : start] not in ("、", "和", "与", "及") or before.members:
        return ""
    for kind in _kinds().values():
        if kind.own == "yes" and before.name.endswith(kind.full):
            return before.name.removesuffix(kind.full)
    return ""


def _counts(text: str, low: int) -> bool:
    """Whether a number of parks, with what ranks them, stands right before an offset."""
    return bool(re.search(rf"(?:{_COUNTED.pattern})(?:国家级|省级|自治区级|市级|县级)?$", text[max(0, low - 12) : low]))


# Kinds of which a city has one, so that the noun is a name in its own reports (高新区、经开区（含临空经济区）).
_ONE_EACH = frozenset(
    ("高新区", "经开区", "综保区", "综合保税区", "保税区", "临空经济区", "空港经济区", "临港经济区", "出口加工区")
)
# 创建国家级高新区, 各类经开区: any of the kind.
_ANY = re.compile(
    "(?:创建|争创|创成|申[报建创办]|晋升|晋级|升[级格]为?|成为|获批|设立|新[增设建]|入选|打造|国家|省|市|州|盟|级|类|各|每|[个家批]|全国|其他|其它|所有|同类|建成|迈进|进入|认定|创办|谋划|谋划建设|争取)$"
)
_ANY_AFTER = re.compile(
    r"以上|类|企业|名单|[（(](?:园区|开发区|工业|产业|功能区)|的?城市|及各类|和各类|等各类|[和、与及](?:各|其他|重点|省级|工业|产业|特色)|[和、]?园区|[、和](?:开发区|园区|新区|产业园|工业园|景区|口岸)"
)


def _own(reading: Reading, start: int, end: int, kind: Kind, before: Found | None) -> Found | None:
    """The city's own park of a kind that its reports name by the noun alone: 高新区生产总值突破千亿."""
    home, text = reading.context.home, reading.text
    if home is None or home.level == "province" or text[start:end] not in _ONE_EACH:
        return None
    joined = text[start - 1 : start] in ("、", "和", "与", "及")
    previous = text[start - 4 : start - 1].endswith(("区", "园", "县", "市"))
    named = (before is not None and before.end == start - 1) or any(
        place.end == start - 1 for place in reading.within("place", start - 12, start)
    )
    if joined and previous and not named:
        return None  # 国家级经开区和高新区: any of the kind
    if _ANY.search(text, max(0, start - 6), start) or _ANY_AFTER.match(text, end):
        return None
    return _found(reading, start, end, home.short + kind.full, "own")


def _members(reading: Reading, low: int, word: str, noun: str) -> tuple[int, tuple[str, ...]]:
    """Names before the last that share its kind, when they are short and alike; the start moves to the first."""
    lead = _own_part(word)
    text = reading.text
    clause = max([max(0, low - 40), *(match.end() for match in _BREAK.finditer(text, max(0, low - 40), low))])
    items = works.tokens(text, clause, low)
    names: list[works.Token] = []
    while lead and len(items) >= 2 and items[-1].word == "、" and _short(items[-2]):
        names.insert(0, items[-2])
        items = items[:-2]
    if not names or (items and items[-1].kind == works.SEP):
        return low, ()
    rest = word[len(lead) :] + noun
    first = names[0].start + len(names[0].word) - len(names[0].word.lstrip())
    return first, (*(name.word.strip() + rest for name in names), word + noun)


def _short(token: works.Token) -> bool:
    word = token.word
    own = works.own_words(word) == word and word[-1] not in "省市县区园州城"
    return token.kind == works.NAME and 2 <= len(word) <= 3 and own and word not in _kinds()


def _own_part(word: str) -> str:
    """The part of a name before its generic words: 王十万 of 王十万现代农业."""
    for size in range(2, min(5, len(word)) + 1):
        rest = word[size:]
        if not rest or not works.own_words(rest):
            return word[:size]
    return ""


def _found(reading: Reading, start: int, end: int, name: str, rule: str, members: tuple[str, ...] = ()) -> Found:
    home = reading.context.home
    return Found(start, end, LABEL, name, f"parks:{rule}", home.code if home else "", members=members)
