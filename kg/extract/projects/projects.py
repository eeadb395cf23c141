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
from functools import cache
from itertools import pairwise

import ahocorasick_rs

from kg.extract.projects import groups, lines, worknames, works
from kg.extract.projects.entries import Entry, entries
from kg.extract.projects.worknames import PARK, WORKS, Item
from kg.extract.projects.works import Token
from kg.extract.reading import Found, Reading
from kg.extract.spans import Spans

LABEL = "project"


def find(reading: Reading) -> Sequence[Found]:
    """Return the projects of a document, groups of projects included."""
    text = reading.text
    found = [item for entry in entries(text) for item in _entry(reading, entry)]
    taken = frozenset(item.start for item in found)
    for start, end in _clauses(text):
        tokens = works.tokens(text, start, end)
        if len(tokens) == 1:
            continue
        for first, last, lead in works.chained(tokens):
            found += _list(reading, tokens, first, last, lead)
    found = [item for item in found if item.rule == _ENTRY or item.start not in taken]
    spans = Spans((item.start, item.end) for item in found)
    return found + [line for line in lines.find(reading) if not spans.touches(line.start, line.end)]


_ENTRY = "projects:entry"


def _entry(reading: Reading, entry: Entry) -> Iterator[Found]:
    """Works of a line or a row (青云大桥：在建): all it names where it tells only a state, else those with a noun."""
    text = reading.text
    start, end = entry.start, entry.end
    cuts = [start, *(start + m.end() for m in re.finditer("、", text[start:end])), end + 1]
    names = [Token(low, high - 1, works.NAME, text[low : high - 1]) for low, high in pairwise(cuts)]
    if entry.row:
        names = [Token(start, end, works.NAME, text[start:end])]
    counted = worknames.split_count(names[-1]) if len(names) > 1 else None
    kind = worknames.class_head(counted[1].word)[0] if counted else ""
    names[-1] = counted[0] if counted else names[-1]
    items, members = worknames.joined(text, _items(text, names))
    if not all(item.proper or (entry.bare and item.head) for item in items) or any(
        _other(reading, item) for item in items
    ):
        return
    for item in items:
        if entry.row or entry.bare or (item.head and item.need not in ("none", "list", PARK)):
            name = item.word + ("" if item.head else kind or "项目")
            yield _found(reading, item.start, item.end, name, "entry", members.get(item.start, ()))


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
    return ahocorasick_rs.AhoCorasick(sorted(worknames.needs()), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


# --- one list of names --------------------------------------------------------------------------


def _list(reading: Reading, tokens: Sequence[Token], first: int, last: int, lead: int) -> Iterator[Found]:
    names, kind_word, listed = works.class_word(tokens, first, last)
    verb = _governor(tokens, lead, last)
    if first and tokens[first - 1].word in _TITLED:
        names = names[1:]
    if not names or not (verb or listed) or _no_works(tokens, first, last, kind_word):
        return
    counted = worknames.split_count(names[-1]) if len(names) > 1 and not listed else None
    if counted:
        listed, names[-1], kind_word = True, *counted
    builds = bool(verb) and _builds(tokens, lead, last)
    group = groups.counted(kind_word.word) if kind_word else None
    tail = worknames.class_head(kind_word.word) if kind_word else ("", "")
    of_works = bool(tail[0]) and (tail[1] in ("any", "list", WORKS) or bool(group))
    if not listed or names[0].word.startswith("一批"):
        names = _named_ones(names)
    items, members = worknames.joined(reading.text, _items(reading.text, names))
    if (
        listed
        and of_works
        and not (tail[0] not in ("项目", "工程") and kind_word and _SECTORS.search(kind_word.word))
        and (verb or tail[0] in ("项目", "工程"))
    ):
        told = kind_word is not None and worknames.counted(kind_word.word)
        line = _LINES.search(kind_word.word) if kind_word else None
        yield from _members(reading, items, tail, told, line["kind"] if line else "")
        if kind_word and group:
            yield groups.listed(reading, tokens, kind_word, bool(items))
        return
    if not verb:
        return
    yield from _single(reading, items, verb, builds, members)
    for name in names if not listed else ():
        yield from groups.alone(reading, tokens, name, verb)


# 提升甲广场、乙广场等商圈品质: what is raised is not the work but how good it is.
_QUALITY = re.compile(
    "(?:品质|效能|功能|能级|服务|水平|质量|效益|实力|品牌|影响力|竞争力|知名度|承载力|辐射力|优势|作用|活力)$"
)
_RAISES = frozenset("提升 提高 增强 发挥 提质 优化 强化 扩大 做强 做响 提升改造 改造提升".split())  # noqa: SIM905


def _no_works(tokens: Sequence[Token], first: int, last: int, kind: Token | None) -> bool:
    """Whether a list names what works are done with or how, not what is built."""
    named = kind is not None and bool(_COLLEGES.search(kind.word))
    return named or _is_raised(tokens, first, last) or _is_means(tokens, first)


def _is_raised(tokens: Sequence[Token], first: int, last: int) -> bool:
    if _TOGETHER.search(tokens[last].word) and last > first:
        return True
    raised = first > 0 and tokens[first - 1].word in _RAISES
    return raised and any(_QUALITY.search(token.word) for token in tokens[last : last + 3])


# 推动甲通道、乙港区开放合作: what is moved is what they do together.
_TOGETHER = re.compile("(?:开放合作|交流合作|务实合作|联动|协同|互动)$")


# 南京大学、西北工业大学等高校: what they are called is what they are.
_COLLEGES = re.compile(
    "^(?:区域|地区|乡镇|县市|县区)(?:转型发展|发展|建设|开发)?$|(?:高校|院校|名校|科研院所|科研机构|大院大所)$"
)
# 获评国家考古遗址公园: a title.
_TITLED = frozenset(
    ("获评", "荣获", "入选", "评为", "认定", "列为", "晋升", "晋级", "成为", "获得", "授予", "创成", "命名为")
)


def _is_means(tokens: Sequence[Token], first: int) -> bool:
    """Whether a list stands in 以…为: 以市中心医院为龙头 builds no hospital."""
    after = tokens[first + 1].word if first + 1 < len(tokens) else ""
    return first > 0 and tokens[first - 1].word == "以" and after == "为"


# 煤电、纺织、食品等传统产业技改: what is listed are sectors.
_SECTORS = re.compile("(?:传统|优势|重点|主导|支柱|特色|新兴)(?:产业|行业)|行业")


def _named_ones(names: Sequence[Token]) -> list[Token]:
    """The names of a list up to 一批, which opens kinds of works: 布局一批实验室、验证中心和中试平台."""
    some = next((at for at, token in enumerate(names) if token.word.startswith(("一批", "若干", "一系列"))), None)
    return list(names if some is None else names[:some])


def _items(text: str, names: Sequence[Token]) -> list[Item]:
    items = (worknames.item(text, token) for token in names)
    return [item for item in items if item]


def _governor(tokens: Sequence[Token], first: int, last: int) -> str:
    """The kind of verb that governs a list: one just before it, else one just after it; empty when there is none."""
    kinds = []
    index = first - 1
    while index >= 0 and tokens[index].kind == works.STOP:
        index -= 1
    if index >= 0 and works.is_verb(tokens[index]) and not _for_an_aim(tokens, last + 1):
        kinds.append(tokens[index].kind)
    index = last + 1
    while (
        index < len(tokens)
        and tokens[index].kind == works.STOP
        and (tokens[index].word != "的" or _steps(tokens, index + 1))
    ):
        index += 1
    if index < len(tokens) and works.says_of_before(tokens, index):
        kinds.append(tokens[index].kind)
    return works.GOVERN if works.GOVERN in kinds else kinds[0] if kinds else ""


def _steps(tokens: Sequence[Token], index: int) -> bool:
    """Whether what follows 的 is a step of works: 吉衡高铁的前期工作."""
    return index < len(tokens) and tokens[index].word in ("前期工作", "前期", "建设", "规划建设")


def _for_an_aim(tokens: Sequence[Token], index: int) -> bool:
    """推动甲古镇创建…, 推动乙产业园实现…: what stands between is moved to an aim, not built."""
    while index < len(tokens) and tokens[index].kind == works.STOP and tokens[index].word not in {*_AIMS, "的"}:
        index += 1
    return (
        index + 1 < len(tokens)
        and tokens[index].word in _AIMS
        and tokens[index + 1].kind == works.NAME
        and not _ITS_OWN.match(tokens[index + 1].word)
    )


_AIMS = frozenset(
    "创建 申报 实现 成为 争创 申创 申建 融入 发挥 打响 获得 建设 打造 晋升 晋级 升格 升格为 转设 转设为 升级为"  # noqa: SIM905 - clearer
    " 更名 更名为 入选 获评 荣获 创成 进入 跻身 开展 加强 深化 提供 参与 引进 承接".split()
)
# 推进甲路建设项目: what stands behind 建设 is the work itself.
_ITS_OWN = re.compile(
    "项目|工程|进[度程]|速度|步伐|力度|及|和|水平|质量|工作|任务|规划|成[果效]|资金|标准|管理|周期|条件|计划|时序|节点"
    "|改造|提升|运[营行]"
)


def _builds(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a verb next to a list says that what it names is built (打造, 开工), not that it thrives (做大做强)."""
    near = [tokens[n].word for n in (first - 1, last + 1) if 0 <= n < len(tokens)]
    near += [token.word for token in tokens[last + 1 : last + 4] if token.kind in (works.GOVERN, works.STOP)]
    table = works.verbs()
    return any(word in _BUILD or (word in table and table[word].done != "in_progress") for word in near)


_BUILD = frozenset(
    "建设 新建 打造 开工建设 加快建设 共建 规划建设 推进建设 改扩建 扩建 续建 封顶 主体封顶 主体完工".split()  # noqa: SIM905 - clearer
)


def _members(
    reading: Reading, items: Sequence[Item], tail: tuple[str, str], told: bool, kind: str = ""
) -> Iterator[Found]:
    """Members of a list that calls them projects; most must be proper, lest fields (教育、医疗等项目) pass.

    ``told`` when the list says how many there are: 安青等6个项目 names one by two characters, 加层等技改项目 does not.
    """
    head, need = tail
    proper = sum(item.proper for item in items)
    # 甲公司晶圆片、有色二次资源回收利用等30个项目: named as the others are, when these are and the list counts them.
    alike = told and 3 * sum(item.proper and not item.plain for item in items) >= 2 * len(items)
    if proper * 2 < len(items) or not proper:
        return
    for item in items:
        if (
            (item.proper or item.head)
            and (item.quoted or not item.plain or alike)
            and len(item.word) > (1 if told or proper > 1 else 2)
            and not worknames.counted(item.word)
            and not _other(reading, item)
        ):
            own = item.head and item.head not in ("一体化", "产业化") and not (need == WORKS and item.need != WORKS)
            name = item.word if own else item.word + (head if head != "工程" else "项目")
            if kind and not own and not item.head and _BETWEEN.search(item.word):
                name = item.word + kind
            yield _found(reading, item.start, item.end, name, "listed")


# 开阳至息烽等高速公路项目: a line between two places is told by its kind.
_BETWEEN = re.compile("[\u4e00-\u9fff]{2,}(?:至|—|－|-)[\u4e00-\u9fff]{2,}")
_LINES = re.compile(
    "(?P<kind>高速公路|高速铁路|城际铁路|铁路|高铁|公路|高速|航道|隧道)(?:重点|重大)?(?:改扩建|建设|扩能)?(?:项目|工程)$"
)
_BODY = re.compile("(?:公司|集团|企业|银行|大学|城市|地区|方面|行业|领域)$")


def _other(reading: Reading, item: Item) -> bool:
    """Whether a listed name without a head noun is a place, a body or a programme rather than a work."""
    if worknames.is_programme(item.word):
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
    shared = len(items) > 1 and last.head in _SHARED and last.proper and verb == works.GOVERN
    plants = shared and last.head in _PLANTS
    taken, before = "", None
    for item in items:
        if item.head and _allowed(item, verb, builds) and (builds or item.need != PARK):
            taken = item.word[-2:]
            yield _found(reading, item.start, item.end, item.word, f"head:{item.need}", members.get(item.start, ()))
        elif taken and item.word[-2:] == taken and _follows(item):
            yield _found(reading, item.start, item.end, item.word, "sibling")
        elif builds and item.word == item.head and item.head in _HALLS and before and before.head in _HALLS:
            place = _placed_like(reading, before)
            if place:
                yield _found(reading, item.start, item.end, place + item.word, "hall")
        elif shared and not item.head and item.proper and _shares(reading, item, plants):
            yield _found(reading, item.start, item.end, item.word + last.head, "shared")
        before = item if item.word != item.head else before


# 青州美术馆、文化馆: each is the city's one, told by the name before it.
_HALLS = frozenset("博物馆 图书馆 美术馆 文化馆 科技馆 档案馆 规划馆 展览馆 体育馆 大剧院 少年宫 青少年宫".split())  # noqa: SIM905


def _placed_like(reading: Reading, item: Item) -> str:
    """The place that the name of a hall opens with, or its rank (市博物馆); empty when it opens with none."""
    home = reading.context.home
    if home and item.word[0] == home.name[-1]:
        return item.word[0]
    ends = [place.end for place in reading.within("place", item.start, item.end) if place.start == item.start]
    return reading.text[item.start : max(ends)] if ends else ""


# 花湖、红湖、梁岛污水处理厂: nouns that a list says once, for lines and for plants.
_PLANTS = frozenset(
    "污水处理厂 污水厂 水厂 净水厂 自来水厂 电厂 热电厂 变电站 泵站 抽水蓄能电站 水电站 风电场 光伏电站"  # noqa: SIM905 - clearer
    " 垃圾焚烧发电厂 垃圾填埋场 填埋场 水库 灌区 互通 立交 立交桥".split()
)
_SHARED = _PLANTS | {"项目", "工程", "高速", "铁路", "高铁", "城际铁路", "高速公路", "客专"}


def _shares(reading: Reading, item: Item, plants: bool) -> bool:
    """Whether a name without a noun shares that of the last; before a plant it may be a place and no more."""
    if plants:
        return 2 <= len(item.word) <= 5 and not worknames.is_programme(item.word) and not _BODY.search(item.word)
    return len(item.word) > 2 and not item.quoted and not _ZONES.search(item.word) and not _other(reading, item)


# 市经开区、县区园区项目谋划: those of a zone are not one.
_ZONES = re.compile("(?:经开区|高新区|开发区|园区|新区|县区|自贸区|综保区)$")


def _follows(item: Item) -> bool:
    """Whether a generic name may follow a proper one of its kind: 甲湾制造走廊、科创走廊."""
    longer = len(item.word) - len(item.head) >= 2 or len(item.head) >= 4
    return item.need in ("any", "soft") and longer and not worknames.counted(item.word)


# 小洋口风电并网发电: a plant told by what is built of it.
_PLANTS_TOLD = frozenset(("煤电", "火电", "气电", "核电", "风电", "光伏", "储能"))


def _allowed(item: Item, verb: str, builds: bool) -> bool:
    if item.need == "list":
        return builds and item.proper and item.head in _PLANTS_TOLD and len(item.word) >= 5
    if not item.proper or item.plain or item.need == "none" or worknames.is_programme(item.word):
        return False
    if item.need in ("build", WORKS) and verb != works.GOVERN and not worknames.is_national(item):
        return False
    if len(item.word) < 5 and item.head in ("项目", "工程"):
        return False  # 总部项目, 引水工程: too short to be one and no other
    if item.quoted and item.word.endswith(("工程", "项目")):
        return False  # 实施“古城细胞解剖工程”: what is quoted whole is a programme
    if item.need == WORKS or item.head == "工程":
        return verb == works.GOVERN and worknames.at_a_site(item)
    return True


def _found(reading: Reading, start: int, end: int, name: str, rule: str, members: tuple[str, ...] = ()) -> Found:
    home = reading.context.home
    name = name.replace(" ", "")
    if home and name[0] == home.name[-1] and name[1:2] not in tuple("级域县区内外直属场"):
        name = home.name + name[1:]
    return Found(start, end, LABEL, name, f"projects:{rule}", home.code if home else "", members=members)
