"""Projects: named concrete works such as roads, stations, reservoirs, plants, museums, and numbered groups of them.

A name is taken for a project when a verb of works governs it (加快建设醴娄高速扩容工程, 芜宣机场通航运营) or a list
of projects holds it (大唐华银煤电、雪宝二期等26个项目), when its last word is a work and when something in it
is its own: 污水处理厂 alone is a kind of thing, 城北污水处理厂 is one.

>>> # 推进清水塘大桥、智轨一期等项目建设 -> 清水塘大桥, 智轨一期项目
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import ahocorasick_rs

from kg import lexicon, zh
from kg.extract import works
from kg.extract.reading import Found, Reading
from kg.extract.works import Token

LABEL = "project"


@dataclass(frozen=True, slots=True)
class Item:
    """One name of a list, trimmed; ``head`` is the noun it ends with, ``need`` what that noun asks of the verb."""

    start: int
    end: int
    word: str
    head: str
    need: str
    proper: bool
    quoted: bool = False


def find(reading: Reading) -> Sequence[Found]:
    """Return the projects of a document, groups of projects included."""
    text = reading.text
    found: list[Found] = []
    for start, end in _clauses(text):
        tokens = works.tokens(text, start, end)
        if len(tokens) == 1:
            continue
        for first, last in works.runs(tokens):
            found += _list(reading, tokens, first, last)
    return found


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the clauses that hold a head noun, each once."""
    bounds = works.clauses(text)
    starts = [start for start, _ in bounds]
    done = -1
    for _, start, _ in _heads().find_matches_as_indexes(text):
        index = bisect_right(starts, start) - 1
        if index > done:
            done = index
            yield bounds[index]


@cache
def _heads() -> ahocorasick_rs.AhoCorasick:
    words = sorted({*_needs(), *_WORKS})
    return ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


@cache
def _needs() -> dict[str, str]:
    return {row["word"]: row["need"] for row in lexicon.table("project_heads")}


_WORKS = frozenset(
    "改建 扩建 改扩建 改造 改造提升 提升改造 提质改造 升级改造 整治 综合整治 治理 综合治理 生态修复 疏浚 扩容 扩能 迁建 异地迁建 技改"
    " 搬迁 除险加固 加固 拓宽 修缮 重建".split()
)
_LONGEST = 8

# --- one list of names --------------------------------------------------------------------------

# 26个项目, 600个市级重大项目, 10条“断头路”.
_GROUP = re.compile(
    r"(?P<count>\d+|[一二三四五六七八九十百两]+)(?P<unit>[个条座项处])(?P<rest>[^，。、]{0,18}?(?:项目|工程|改造|路”|路))"
)
# Determiners before a name, which are no part of it.
_LEAD = re.compile(
    r"(?:（[一二三四五六七八九十]+）|[①-⑳]|全[国省市县区]|我[国省市县区]|国内|省内|市内|境内|一批|首批|第[一二三四五六七八九十]批|总?投资[\d.]+亿元|国家级|省级|市级|重大项目|重点项目"
    r"|首[个条座列家]|第[一二三四五六七八九十][个条座]|项目|工程|服务|发展|全部|其中|比如|特别是|尤其是|包括|一是|二是|三是|四是|五是|以|如|为|及)+"
)
_COUNTED = re.compile(r"[\d.,]+(?:个|条|座|所|家|处|项|公里|万|亿|千米|平方|台|套|户|人|名|%|米|辆|张|间|宗|批|期)|[一二两三四五六七八九十百]+(?:个|条|座|所|家|批|项|处|类|大)")
_TRAIL = re.compile(r"(?:[（(][^）)]*[）)]|全面|全线|主线|主体|主体工程|基本|等|\s|\*)+$")
_POLICY = re.compile(r"行动|计划|战略|政策|机制|制度|体系|改革|攻坚战|保卫战|城市$|素质|培育|倍增|人才|民心|惠民|工程”$|”工程$|进课堂|进社区|进校园|进农村|进农户|进超市|进万家|”进|\d*[一二三四五六七八九十]*项(?:重大|重点)?[^，。]{0,4}工程$|[一二三四五六七八九十百千]大(?:[^，。]{0,6}项目|[^，。]{0,6}工程)|科技专项|安居工程|健康工程|一号工程|头号工程")


def _list(reading: Reading, tokens: Sequence[Token], first: int, last: int) -> Iterator[Found]:
    verb = _governor(tokens, first, last)
    listed = tokens[last].kind == works.ETC or tokens[last - 1].kind == works.ETC and last > first
    if not verb and not listed:
        return
    names = [token for token in tokens[first : last + 1] if token.kind == works.NAME]
    kind_word = names.pop() if listed and tokens[last].kind == works.NAME else None
    builds = bool(verb) and _builds(tokens, first, last)
    group = _GROUP.fullmatch(kind_word.word) if kind_word else None
    tail = _class_head(kind_word.word) if kind_word else ("", "")
    of_works = bool(tail[0]) and (tail[1] in ("any", "list") or bool(group))
    items, members = _joined(reading.text, [item for item in (_item(reading.text, token) for token in names) if item])
    if listed and of_works and (verb or tail[0] in ("项目", "工程")):
        yield from _members(reading, items, tail[0])
        if kind_word and group:
            yield _group(reading, kind_word.start, kind_word.end, group, bool(items))
        return
    if not verb:
        return
    yield from _single(reading, items, verb, builds, members)
    for name in names if not listed else ():
        yield from _lone_group(reading, name, verb)


# 等“制造强市七大工程”: a programme, whose parts are no works.
_PROGRAMMES = re.compile("工程”$|[一二三四五六七八九十]+大工程$")


def _class_head(word: str) -> tuple[str, str]:
    """What a list says its members are: projects (等重大项目), or works of one kind (等高速)."""
    if _PROGRAMMES.search(word):
        return "", ""
    for noun in ("项目", "工程"):
        if word.endswith(noun):
            return noun, "any"
    return _head(word.rstrip("”"))


def _governor(tokens: Sequence[Token], first: int, last: int) -> str:
    """The kind of verb that governs a list: one just before it, else one just after it; empty when there is none."""
    kinds = []
    index = first - 1
    while index >= 0 and tokens[index].kind == works.STOP:
        index -= 1
    if index >= 0 and works.is_verb(tokens[index]):
        kinds.append(tokens[index].kind)
    index = last + 1
    while index < len(tokens) and tokens[index].kind == works.STOP and tokens[index].word != "的":
        index += 1
    if index < len(tokens) and works.says_of_before(tokens, index):
        kinds.append(tokens[index].kind)
    return works.GOVERN if works.GOVERN in kinds else kinds[0] if kinds else ""


def _builds(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a verb next to a list says that what it names is built, not that it thrives: 打造, 开工, but not 做大做强."""
    near = [tokens[n].word for n in (first - 1, last + 1) if 0 <= n < len(tokens)]
    near += [token.word for token in tokens[last + 1 : last + 4] if token.kind in (works.GOVERN, works.STOP)]
    table = works.verbs()
    return any(word in table and table[word].done != "in_progress" or word in _BUILD for word in near)


_BUILD = frozenset("建设 新建 打造 开工建设 加快建设 共建 规划建设 推进建设 改扩建 扩建 续建".split())


def _members(reading: Reading, items: Sequence[Item], head: str) -> Iterator[Found]:
    """Members of a list that calls them projects; most must be proper, lest fields (教育、医疗等项目) pass."""
    proper = sum(item.proper for item in items)
    if proper * 2 < len(items) or not proper:
        return
    for item in items:
        if (
            (item.proper or item.head)
            and len(item.word) > 1
            and not _COUNTED.match(item.word)
            and not _other(reading, item)
        ):
            own = item.head and item.head not in ("一体化", "产业化")
            name = item.word if own else item.word + (head if head != "工程" else "项目")
            yield _found(reading, item.start, item.end, name, "listed")


_BODY = re.compile("(?:公司|集团|企业|银行|大学|城市|地区|方面|行业|领域)$")


def _other(reading: Reading, item: Item) -> bool:
    """Whether a listed name without a head noun is a place, a body or a programme rather than a work."""
    if _POLICY.search(item.word):
        return True
    if item.head:
        return False
    places = reading.within("place", item.start, item.end)
    return bool(_BODY.search(item.word)) or any(place.start == item.start and place.end == item.end for place in places)


def _single(
    reading: Reading, items: Sequence[Item], verb: str, builds: bool, members: dict[int, tuple[str, ...]]
) -> Iterator[Found]:
    """Names judged one by one: each needs a head noun of its own, or shares that of the last."""
    if not items:
        return
    last = items[-1]
    shared = (
        len(items) > 1
        and last.head in ("项目", "工程", "高速", "铁路", "高铁")
        and last.proper
        and verb == works.GOVERN
    )
    for item in items:
        if item.head and _allowed(item, verb) and (builds or item.need != "park"):
            yield _found(reading, item.start, item.end, item.word, f"head:{item.need}", members.get(item.start, ()))
        elif shared and not item.head and item.proper and len(item.word) > 2 and not _other(reading, item):
            yield _found(reading, item.start, item.end, item.word + last.head, "shared")


def _joined(text: str, items: Sequence[Item]) -> tuple[list[Item], dict[int, tuple[str, ...]]]:
    """Join what one name says in several parts; returns the names, and by start the members of those that hold several."""
    out: list[Item] = []
    members: dict[int, tuple[str, ...]] = {}
    for index, item in enumerate(items):
        if out and item.word.startswith(("配套", "附属", "相关配套")):
            out[-1] = replace(out[-1], end=item.end, word=text[out[-1].start : item.end])
            continue
        held = _merged(items[: index + 1])
        if held:
            first = items[index + 1 - len(held)]
            out[len(out) + 1 - len(held) :] = [replace(item, start=first.start, word=text[first.start : item.end])]
            members[first.start] = held
            continue
        out.append(item)
    return out, members


def _merged(items: Sequence[Item]) -> tuple[str, ...]:
    """Members of 解放河、清溪河综合整治: several places, one kind of work said once."""
    last = items[-1]
    if len(items) < 2 or last.head not in _WORKS or not _allowed(last, works.GOVERN):
        return ()
    final = last.word.removesuffix(last.head)[-1:]
    alike = 0
    while alike < len(items) - 1 and _same_kind(items[-2 - alike], final):
        alike += 1
    return tuple(item.word + last.head for item in items[len(items) - 1 - alike : -1]) + (last.word,) if alike else ()


def _same_kind(item: Item, final: str) -> bool:
    return item.proper and item.head in ("", "段") and item.word[-1] == final


def _allowed(item: Item, verb: str) -> bool:
    if not item.proper or item.need in ("none", "list") or _POLICY.search(item.word):
        return False
    if item.need == "build" and verb != works.GOVERN:
        return False
    if item.quoted and item.word.endswith(("工程", "项目")):
        return False  # 实施“古城细胞解剖工程”: what is quoted whole is a programme
    if item.head in _WORKS or item.head == "工程":
        return verb == works.GOVERN and bool(_sites().search(item.word.removesuffix(item.head)))
    return True


@cache
def _sites() -> re.Pattern[str]:
    return re.compile(lexicon.alternatives("work_places"))


def _lone_group(reading: Reading, token: Token, verb: str) -> Iterator[Found]:
    """600个市级重大项目: a number of projects that are told from others by what stands before 项目."""
    lead = _LEAD.match(token.word)
    start = token.start + (lead.end() if lead else 0)
    group = _GROUP.fullmatch(reading.text, start, token.end)
    if group is None or verb == works.SOFT:
        return
    qualifier = re.sub(r"项目$|工程$|改造$", "", group["rest"])
    if group["rest"].endswith("项目") and len(qualifier) >= 2 and not re.search("元|以上", qualifier):
        yield _group(reading, start, token.end, group, False)


def _group(reading: Reading, start: int, end: int, group: re.Match[str], after_list: bool) -> Found:
    home = reading.context.home
    year = reading.setting_at(start).year
    value = zh.number(group["count"])
    name = f"{home.name if home else ''}{group[0]}{f'（{year}）' if year else ''}"
    rule = "projects:group" if after_list else "projects:lone-group"
    return Found(
        start, end, LABEL, name, rule, home.code if home else "", count=int(value) if value is not None else None
    )


# --- one name -----------------------------------------------------------------------------------


def _item(text: str, token: Token) -> Item | None:
    """Trim a stretch to the name in it; ``None`` when nothing is left."""
    start, end = token.start, token.end
    lead = _LEAD.match(text, start, end)
    if lead and lead.end() < end:
        start = lead.end()
    trail = _TRAIL.search(text, start, end)
    if trail and trail.end() == end:
        end = trail.start()
    while start < end and text[start].isspace():
        start += 1
    quoted = end - start > 2 and text[start] == "“" and text.find("”", start, end) == end - 1
    if quoted:
        start, end = start + 1, end - 1
    word = text[start:end]
    if not word:
        return None
    head, need = _head(word)
    return Item(start, end, word, head, need, _proper(word, head), quoted)


def _head(word: str) -> tuple[str, str]:
    """The longest head noun a word ends with, and its need; two empty strings when there is none."""
    needs = _needs()
    for size in range(min(_LONGEST, len(word)), 0, -1):
        tail = word[-size:]
        if tail in needs:
            return tail, needs[tail]
        if tail in _WORKS:
            return tail, "build"
    return ("段", "any") if _SECTION.search(word) else ("", "")


# 蒙华铁路荆门段: a section of a line.
_SECTION = re.compile("(?:高速|铁路|高铁|公路|国道|省道|城际|线|路|河|江)[^，。]{1,8}段$")


def _proper(word: str, head: str) -> bool:
    """Whether something of a name is its own once generic words are gone."""
    if _COUNTED.match(word) or len(word) > 40:
        return False
    rest = works.own_words(word.removesuffix(head))
    if _needs().get(head) == "own" or _CODE.search(word):
        return True
    rest = re.sub(r"[\W\d_]", "", rest)
    return len(rest) >= (1 if head and len(word) <= 6 and head not in _VAGUE else 2) and word[0] not in "性化力率型式"


_VAGUE = frozenset(("项目", "工程", "基地", "中心", "综合体", "片区", "街区", "生产线"))
# 省道S330, 312国道, 5号线, 四号线: a number tells them from others.
_CODE = re.compile(r"[A-Z]\d+|\d+(?:国道|省道|号线)|[一二三四五六七八九十]号线|[GSXY]\d{2,}")


def _found(reading: Reading, start: int, end: int, name: str, rule: str, members: tuple[str, ...] = ()) -> Found:
    home = reading.context.home
    name = name.replace(" ", "")
    if home and name[0] == home.name[-1] and name[1:2] not in tuple("级域县区内外直属场"):
        name = home.name + name[1:]
    return Found(start, end, LABEL, name, f"projects:{rule}", home.code if home else "", members=members)
