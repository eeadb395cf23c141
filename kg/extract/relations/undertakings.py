"""Groups and kinds of projects, what lines connect, what parks turn into, which bodies are set up.

In: the reading. Out: relations ``memberOfGroup``, ``hasProjectType``, ``connects``, ``undergoes``,
``transformsInto`` and ``establishes``.

>>> # 大唐华银煤电、雪宝二期等26个项目 -> two members of a group of 26
>>> # 打通东环北路、华强路等市际通道 -> their type is 市际通道
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.anchors import Anchored
from kg.extract.reading import Found, Reading, Related
from kg.extract.relations import actors

_JOIN = re.compile(r"、|和|与|及|以及|及其")
_ETC = re.compile(r"等|等（?共?）?")
_TYPE = re.compile(
    r"等(?P<count>\d+[条个座处项])?[“]?(?P<type>[\u4e00-\u9fff]{2,8}?)[”]?(?=[，,。；、！\n]|建设|改造|$)"
)
#: Kinds of works that lists are closed with: 等市际通道, 等6条城市道路.
_WORKS = re.compile(
    r"(?:通道|断头路|瓶颈路|卡脖子路|道路|公路|街路|高速|快速路|主干道|高铁|铁路|桥梁|大桥|隧道|航道|港口|码头|机场|水库|灌区|电站|风电场|光伏电站|泵站"
    r"|污水处理厂|水厂|变电站|中小学校?|学校|幼儿园|医院|场馆|公园|广场|停车场|枢纽|管廊)$"
)
#: Words for any work at all; they tell nothing of a type.
_ANY = re.compile(
    r"项目|工程|建设|前期|工作|地$|方面|重点|重大|一批|竣工|开工|通车|建成|投产|投用|运营|改造$|进度|进展|落地|开放|成功|顺利|全面|加快|纳入|完成|实现|相继|陆续|先后|正式"
)


def find_groups(reading: Reading) -> Sequence[Related]:
    """Find the named members of counted groups, and the types that lists of projects are given."""
    projects = reading.found("project")
    out: list[Related] = []
    for group in projects:
        if group.count is None:
            continue
        for member in _members(reading, projects, group.start):
            out.append(Related(member.start, group.end, "memberOfGroup", member, group, rule="undertakings:group"))
    for number, last in enumerate(projects):
        match = _TYPE.match(reading.text, last.end)
        followed = number + 1 < len(projects) and match and projects[number + 1].start < match.end() - 1
        if (
            not match
            or _ANY.search(match["type"])
            or not _WORKS.search(match["type"])
            or (followed and projects[number + 1].count is None)
        ):
            continue
        chain = _members(reading, projects, match.start(), etc=False)
        if len(chain) < 2:
            continue
        pair = (("type", match["type"]),)
        for member in chain:
            out.append(Related(chain[0].start, match.end(), "hasProjectType", member, None, pair, "undertakings:type"))
    return out


def _members(reading: Reading, projects: Sequence[Found], start: int, etc: bool = True) -> list[Found]:
    """The projects of the list that ends at an offset, the 等 before it included."""
    out: list[Found] = []
    edge = start
    if etc:
        if reading.text[edge - 1 : edge] != "等":
            return []
        edge -= 1
    for item in reversed([p for p in projects if p.end <= edge and p.end > edge - 200]):
        join = reading.text[item.end : edge]
        if out and item.end != edge and not _JOIN.fullmatch(join):
            break
        if item.end == edge or out:
            if join not in ("", "、") and len(out) > 1:
                break  # 甲改造和乙、丙等高速: the list begins after 和
            if item.count is None:
                out.append(item)
            edge = item.start
        elif item.end < edge - 20:
            break
    return list(reversed(out))


# --- lines --------------------------------------------------------------------------------------

_LINE = re.compile(
    r"(?P<a>[\u4e00-\u9fff]{2,8}?)(?:至|—+|－|-|到)(?P<b>[\u4e00-\u9fff]{2,8}?)[”]?(?:[^，,。、]{0,4}(?:高速|铁路|高铁|公路|城际|快线|专线|快速路|航线|班列|快速通道|大道|隧道|大桥|运河|管道|特高压))"
)


def find_connections(reading: Reading) -> Sequence[Related]:
    """Find the two ends of lines that are named by them: 醴陵至上栗高速."""
    out: list[Related] = []
    for project in reading.found("project"):
        window = reading.text[project.start : project.end + 8]
        match = _LINE.match(window.lstrip("“"))
        if not match:
            continue
        shift = project.start + len(window) - len(window.lstrip("“"))
        ends = [_place_at(reading, shift + match.start(name), shift + match.end(name)) for name in ("a", "b")]
        if all(ends):
            out += [
                Related(project.start, max(project.end, end.end), "connects", project, end, rule="undertakings:ends")
                for end in ends
                if end
            ]
    return out


def _place_at(reading: Reading, start: int, end: int) -> Found | None:
    for item in reading.within("place", start, end):
        if item.start == start and item.end == end and item.key:
            return item
    return None


# --- parks --------------------------------------------------------------------------------------

_CHANGE = Anchored(
    r"(?:等)?(?P<what>园区(?:整合优化|优化整合|整合|调区扩区|扩区|提质升级|转型升级|体制机制改革)|(?:整合优化|优化整合|调区扩区|扩区调区|扩区升级|提质升级|转型升级|升级扩容))",
    [
        *("整合优化", "优化整合", "整合", "调区扩区", "扩区", "提质升级", "转型升级", "体制机制改革"),
        *("扩区调区", "扩区升级", "升级扩容"),
    ],
    before=3,
)
_INTO = re.compile(
    r"(?:转型为|转变为|升级为|升格为|晋升为|转型成为|建设成为|创建为|打造成)(?:“(?P<quoted>[^”\n]{2,14})”|(?P<plain>[^，,。；、“\n]{1,14}?(?:高新区|经开区|开发区|示范区|产业园区?|园区|先行区|试验区|综保区)))"
)
_TOWARDS = Anchored(
    r"(?:由(?P<was>[^，,。；\n]{2,12}?))?向(?:“(?P<quoted>[^”\n]{2,14})”|(?P<plain>[^，,。；、“\n]{3,14}?))(?:转型|转变|升级)(?=[，,。；\n]|$)",
    ["转型", "转变", "升级"],
    before=31,
    after=36,
)
_PARK = re.compile(r"园区(?:管理)?(?:体制)?(?:由[^，,。；\n]{2,12})?$|园区(?:管理)?$")


def find_changes(reading: Reading) -> Sequence[Related]:
    """Find what parks undergo and what they turn into."""
    return [*_undergo(reading), *_turn(reading)]


def _undergo(reading: Reading) -> Iterator[Related]:
    """推进株洲高新区、经开区等园区优化整合."""
    for match in _CHANGE.finditer(reading.text):
        start = actors.clause_start(reading, match.start())
        parks = _chain(reading, reading.within("park", start, match.start()), match.start())
        what = Found(*match.span("what"), "policy", match["what"], "change")
        for park in parks:
            yield Related(parks[0].start, match.end(), "undergoes", park, what, rule="undertakings:undergoes")


def _chain(reading: Reading, items: Sequence[Found], edge: int) -> list[Found]:
    out: list[Found] = []
    for item in reversed(items):
        between = reading.text[item.end : edge]
        if _JOIN.fullmatch(between) if out else between in ("", "等"):
            out.append(item)
            edge = item.start
    return list(reversed(out))


def _turn(reading: Reading) -> Iterator[Related]:
    """实现园区转型为省级高新区; 推动园区管理由行政机构向“泛投资机构”转变."""
    text = reading.text
    for pattern in (_INTO, _TOWARDS):
        for match in pattern.finditer(text):
            start = actors.clause_start(reading, match.start())
            low = match.start()
            named = [p for p in reading.within("park", start, low) if p.end == low]
            generic = _PARK.search(text, start, low)
            if not named and not generic:
                continue
            subject = named[-1] if named else _parks_of(reading, low - len(generic[0]) if generic else low)
            group = "quoted" if match["quoted"] else "plain"
            name = f"“{match['quoted']}”" if match["quoted"] else match["plain"]
            what = Found(*match.span(group), "policy", name, "change")
            if subject:
                yield Related(
                    min(subject.start, low), match.end(), "transformsInto", subject, what, rule="undertakings:turns"
                )


def _parks_of(reading: Reading, start: int) -> Found | None:
    """园区 without a name: the parks of the document's own place."""
    place = reading.context.home
    return Found(start, start + 2, "park", f"{place.name}园区", "parks-of", place.code) if place else None


# --- bodies -------------------------------------------------------------------------------------

_SET_UP = re.compile(r"(?:组建|设立|成立|筹建|新设|挂牌成立|揭牌成立|筹组|新组建)(?:了|的)?(?=[^，,。；\n]{3})")


#: What may follow a whole name: 成立中科院|某研究所 goes on.
_WHOLE = re.compile(r"[”）)，,。；;、！\s]|和|与|及|并|等|为|$")


def find_bodies(reading: Reading) -> Sequence[Related]:
    """Find bodies that are set up: 组建株洲市科技创新联盟."""
    out: list[Related] = []
    for match in _SET_UP.finditer(reading.text):
        if reading.text[match.end() - 1] == "的":
            continue
        bodies = actors.listed(reading, "agency", match.end())
        if not bodies or bodies[0].start > match.end() + 2 or not _WHOLE.match(reading.text, bodies[-1].end):
            continue
        for who in actors.subjects(reading, match.start(), bodies[-1].end, ("place", "park", "agency")):
            low = min(who.start, match.start())
            for body in bodies:
                out.append(Related(low, body.end, "establishes", who, body, rule="undertakings:set-up"))
    return out
