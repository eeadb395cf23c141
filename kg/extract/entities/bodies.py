"""Agencies: organs of party and state, institutions, schools, media, by grammar instead of a list.

A name is place + function + kind of body. 市科技局 in a document of 株洲市 is 株洲市科学技术局,
醴陵市委 is 中共醴陵市委员会, 省直、长沙、株洲、湘潭住房公积金管理中心 is one mention of four bodies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from kg import lexicon
from kg.extract.anchors import Anchored
from kg.extract.reading import Found, Reading
from kg.registry.places import places
from kg.registry.records import Place

LABEL = "agency"


def find(reading: Reading) -> Sequence[Found]:
    """Return the bodies named in a document, inner ones of longer names too."""
    found: dict[tuple[int, int], Found] = {}
    for finder in (_coordinated, _park_departments, _placed, _deictic, _national, _congresses, _media, _institutions):
        for item in finder(reading):
            found.setdefault((item.start, item.end), item)
    return _longest(found.values())


class _Function(NamedTuple):
    full: str
    kinds: tuple[str, ...]


@cache
def _functions() -> dict[str, _Function]:
    return {
        row["short"]: _Function(row["full"], tuple(row["kinds"].split("|"))) for row in lexicon.table("body_functions")
    }


@cache
def _suffixes() -> dict[str, tuple[str, str]]:
    return {row["suffix"]: (row["kind"], row["needs"]) for row in lexicon.table("body_suffixes")}


def _either(words: Sequence[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


@cache
def _tail() -> re.Pattern[str]:
    """What may follow a place or 市/省/区/县: a function with its kind, or a suffix that needs a place."""
    functions = _either(list(_functions()))
    placed = _either([suffix for suffix, (_, needs) in _suffixes().items() if needs == "place"])
    # A function nobody listed still is one when it ends in 局 and names an office holder or stands at a break.
    free = r"[\u4e00-\u9fff]{2,8}?"
    return re.compile(
        rf"(?P<function>{functions})(?P<kind>委员会|总局|局|厅|委|部|办公室|办|署|社)(?![员托派会]?[员托派]|长会议)"
        rf"|(?P<suffix>{placed})"
        rf"|(?P<party>委)(?!员|托|派|办公室|会|书院|外|任|屈)"
        rf"|(?P<free>{free})(?P<freekind>局|厅)(?=党组|党委|局长|副局长|厅长|副厅长|负责人|[、，。；）)]|和|等)"
        rf"|第?(?P<ordinal>[一二三四五六七八九十]{{1,2}})(?P<school>中|小|人民医院|中学|小学)(?=附属|[、，。；等和]|建设|迁建|扩建|新)"
    )


_BAD_FREE = re.compile(
    r"[的了和与及在为是将把对]|格局|布局|结局|大局|全局|开局|当局|时局|[好新破定棋胜变僵]局|政府|发展大"
)


def _body_name(place: Place | None, match: re.Match[str]) -> tuple[str, str] | None:
    """Canonical name and rule for a body of a place, ``None`` when the words are no body."""
    where = place.name if place else ""
    if match["function"]:
        function, kind = _functions()[match["function"]], match["kind"]
        short = {"委员会": "委", "办公室": "办"}.get(kind, kind)
        if short not in function.kinds:
            return None
        if short == "委":
            full = {"纪律检查": f"中共{where}纪律检查委员会", "政法": f"中共{where}委员会政法委员会"}.get(function.full)
            return full or f"{where}{function.full}委员会", "function"
        if short == "部":
            return f"中共{where}委员会{function.full}部", "function"
        return f"{where}{function.full}{'办公室' if short == '办' else kind}", "function"
    if match["suffix"]:
        if _suffixes()[match["suffix"]][0] == "media" and place:
            where = place.short  # 株洲日报, never 株洲市日报
        return _suffixed(where, match["suffix"]), "suffix"
    if match["party"]:
        return f"中共{where}委员会", "party"
    if match["free"]:
        return (
            None
            if _BAD_FREE.search(match["free"] + match["freekind"])
            else (f"{where}{match['free']}{match['freekind']}", "free")
        )
    if match["ordinal"]:
        kind = {"中": "中学", "小": "小学"}.get(match["school"], match["school"])
        return f"{where}第{match['ordinal']}{kind}", "school"
    return None


def _suffixed(where: str, suffix: str) -> str:
    expand = {
        "政府": f"{where}人民政府",
        "人大": f"{where}人民代表大会",
        "人大常委会": f"{where}人民代表大会常务委员会",
        "政协": f"中国人民政治协商会议{where}委员会",
        "纪委": f"中共{where}纪律检查委员会",
        "纪委监委": f"中共{where}纪律检查委员会",
        "监委": f"{where}监察委员会",
        "法院": f"{where}人民法院",
        "检察院": f"{where}人民检察院",
        "妇联": f"{where}妇女联合会",
        "科协": f"{where}科学技术协会",
        "残联": f"{where}残疾人联合会",
        "文联": f"{where}文学艺术界联合会",
        "工商联": f"{where}工商业联合会",
    }
    return expand.get(suffix, f"{where}{suffix}")


_RANK = re.compile(r"[省市区县州盟旗](?=委)")
_IN_PARK = re.compile(r"高新区|经开区|开发区|新区|园区|产业园|工业园|示范区")


def _placed(reading: Reading) -> Iterator[Found]:
    """A place and at once a body: 莆田市人民政府, 醴陵市委, 株洲市生态环境局, 株洲日报."""
    text, tail = reading.text, _tail()
    for place in reading.found("place"):
        if not place.key.startswith("place/"):
            continue
        division = places().get(place.key)
        rank = _RANK.match(text, place.end)
        match = tail.match(text, rank.end() if rank else place.end)
        if division is None or match is None or (match["party"] and not rank):
            continue
        named = _body_name(division, match)
        if named and match["free"] and _IN_PARK.search(match["free"]):
            named = text[place.start : match.end()], "park"
        if named:
            yield Found(place.start, match.end(), LABEL, named[0], f"bodies:{named[1]}", place=division.code)


# 市 in 城市, 区 in 园区, 省 in 节省 stand for no place. What stands before is looked at last: the search is for one
# character then.
_DEICTIC = re.compile(
    r"市(?<![城都全我该本各县区地州省两三多跨国上股超集门街夜入应]市)|区(?<![县市社园片景学城小特自辖新库灾林牧山老郊矿功保开示试港军战服域地禁管全我该本各发]区)"
    r"|省(?<![节外全我该本各两跨邻反]省)|县(?<![各全我该本市区乡跨两]县)|州(?<![各全我该本杭广苏福温徐]州)(?=委|政府|人民政府|人大|政协)|旗(?<![各全我该本]旗)(?=委|政府|人大)"
)
_LEVELS = {
    "省": "province",
    "市": "prefecture",
    "州": "prefecture",
    "盟": "prefecture",
    "区": "county",
    "县": "county",
    "旗": "county",
}


def deictic_place(word: str, home: Place | None) -> Place | None:
    """The division 省, 市, 区 or 县 stands for in a document of ``home``."""
    if home is None:
        return None
    chain = [home, *places().ancestors(home.code)]
    if home.level == "county" and word == "市" and home.name.endswith("市"):
        return home
    if home.level == "province" and word == "市" and home.name.endswith("市"):
        return home
    return next((place for place in chain if place.level == _LEVELS[word]), None)


def _deictic(reading: Reading) -> Iterator[Found]:
    """市, 省, 区 or 县 and a body, the place understood: 市科技局, 省委, 区政府."""
    text, tail, home = reading.text, _tail(), reading.context.home
    for match in _DEICTIC.finditer(text):
        start = match.start()
        body = tail.match(text, match.end())
        place = deictic_place(match[0], home)
        if body is None or place is None:
            continue
        named = _body_name(place, body)
        if named:
            yield Found(start, body.end(), LABEL, named[0], f"bodies:deictic-{named[1]}", place=place.code)


@cache
def _national_automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[str, str], ...]]:
    forms: dict[str, str] = {}
    for row in lexicon.table("national_bodies"):
        for form in (row["name"], *filter(None, row["aliases"].split("|"))):
            forms.setdefault(form, row["name"])
    items = tuple(sorted(forms.items()))
    return ahocorasick_rs.AhoCorasick(
        [form for form, _ in items], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    ), items


_TWO_CHARACTER_EDGE = re.compile(r"[、，。；等和与”）]|大学|合作|共建")


_NOT_MINISTRY = ("门", "队", "分", "级", "署", "位", "件")


def _national(reading: Reading) -> Iterator[Found]:
    """Bodies known by name everywhere: 国务院, 北交所, 清华."""
    text = reading.text
    automaton, items = _national_automaton()
    for n, start, end in automaton.find_matches_as_indexes(text):
        form, name = items[n]
        if form.endswith("部") and text.startswith(_NOT_MINISTRY, end):
            continue
        if len(form) == 2 and form != name and not _TWO_CHARACTER_EDGE.match(text, end):
            continue
        yield Found(start, end, LABEL, name, "bodies:national")


_CONGRESS = re.compile(r"第[一二三四五六七八九十百]+届(?P<body>人民代表大会(?:常务委员会)?|委员会)")
_CPPCC = re.compile(r"(?:中国人民政治协商会议|政协)$")


def _congresses(reading: Reading) -> Iterator[Found]:
    """One term of a congress or conference: 赣州市第五届人民代表大会, 政协株洲市渌口区第二届委员会."""
    text = reading.text
    ends = {place.end: place for place in reading.found("place")}
    for match in _CONGRESS.finditer(text):
        place = ends.get(match.start())
        if place is None:
            continue
        start = place.start
        outer = ends.get(start)
        start = outer.start if outer else start
        before = _CPPCC.search(text, max(0, start - 10), start)
        if match["body"].startswith("委员会") and not before:
            continue
        start = before.start() if before else place.start
        name = text[start : match.end()]
        if before:
            name = "中国人民政治协商会议" + name.removeprefix(before[0])
        yield Found(start, match.end(), LABEL, name, "bodies:congress", place=place.key.removeprefix("place/"))


_DEPARTMENT = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,8}?)(?P<kind>局|管委会|管理委员会|党工委|办公室)(?=党组|党委|局长|副局长|主任|书记|[、，。；）)]|负责)"
)


def _park_departments(reading: Reading) -> Iterator[Found]:
    """A department of a park: 株洲高新区产业发展局."""
    for park in reading.found("park"):
        match = _DEPARTMENT.match(reading.text, park.end) or re.compile("管委会|管理委员会|党工委").match(
            reading.text, park.end
        )
        if match and not park.members:
            yield Found(
                park.start, match.end(), LABEL, reading.text[park.start : match.end()], "bodies:park", place=park.place
            )


# --- institutions by their last word ------------------------------------------------------------


@cache
def _institution() -> re.Pattern[str]:
    words = _either([suffix for suffix, (_, needs) in _suffixes().items() if needs == "name"])
    return re.compile(rf"(?P<suffix>{words})(?![长园部校区生城])")


# Words before which a name cannot reach back: verbs, particles, counters.
@cache
def _stop() -> re.Pattern[str]:
    return re.compile(rf".*(?:{lexicon.alternatives('left_stops')}|[，。；：、！？“”‘’（）()《》\n\s:;,!?0-9])", re.S)


_GENERIC = re.compile(
    r"^(?:技术|工业|产业|科技|企业|工程|检验|检测|服务|综合|联合|国家|国家级|省|省级|市级|区级|县级|重点|高水平|新型|研发|一流|高等|职业|职业技术|本科|应用|公共|各类|地方|行业|专业|电商|村级|全日制|独立|民办|普通|中等|有关|所有|创新|研究|院士|科创|区域|区域性|级|高端|共性|关键|成果|转化|中试|孵化|设计|以上|家|所|个|名|支持|老年|社区|开放|中外|合作|办学|部属|设计|基础|全国|人才|科学|众|本|医|文|理|商|工|农|党|多|双一流|高校|两|三|农民|志愿者|志愿|家长|红|慈善|农村|乡村|城市|社会|综合性|国家重点|省重点|市重点|产业技术|协同|制造业|制造|应用型|高职|领军|创新型|本科层次|艺术|理工科|理工类|技能型|国际化|境外|世界|指|即|学校|区域科技|产学研|影响力)*$"
)


# 五邑大学列入高水平大学, 三大交易所: a verb in it, or how many.
_TOLD = re.compile(r"列入|纳入|加入|走出|更名|申建|申硕|改建为|[一二三四五六七八九十两][大家]$|^(?:个|所|家|外地|各地)")
_MEDIUM = re.compile(r"掌上$")


def _media(reading: Reading) -> Iterator[Found]:
    """An app or channel named after its place: 掌上株洲."""
    for place in reading.found("place"):
        match = _MEDIUM.search(reading.text, max(0, place.start - 2), place.start)
        if match:
            name = reading.text[match.start() : place.end]
            yield Found(match.start(), place.end, LABEL, name, "bodies:media", place=place.key.removeprefix("place/"))


def _institutions(reading: Reading) -> Iterator[Found]:
    """Universities, laboratories, centres, alliances with a name of their own."""
    text, stop = reading.text, _stop()
    starts = {place.start: place for place in reading.found("place")}
    for match in _institution().finditer(text):
        low = max(0, match.start() - 24)
        window = text[low : match.start()]
        cut = stop.match(window)
        start = low + (cut.end() if cut else 0)
        modifier = text[start : match.start()]
        if len(modifier) < 2 or _GENERIC.match(modifier) or _TOLD.search(modifier):
            continue
        _, needs = _suffixes()[match["suffix"]]
        place = starts.get(start)
        if needs == "name" and place is None and len(modifier) < (3 if match["suffix"][-2:] in ("大学", "学院") else 4):
            continue
        name = text[start : match.end()]
        home = reading.context.home
        where = deictic_place(name[0], home) if name[0] in "省市区县" and not place else None
        if where:
            name = where.name + name[1:]
        yield Found(
            start,
            match.end(),
            LABEL,
            name,
            "bodies:institution",
            place=(where.code if where else reading.context.place),
        )


_COORDINATED = Anchored(
    r"(?P<list>[\u4e00-\u9fff]{2,6}(?:、[\u4e00-\u9fff]{2,6}){1,12})(?P<tail>住房公积金管理中心|生态环境局|公积金中心|人民政府|市委|市政府)",
    ["住房公积金管理中心", "生态环境局", "公积金中心", "人民政府", "市委", "市政府"],
    before=90,
    after=100,
)


def _coordinated(reading: Reading) -> Iterator[Found]:
    """Several bodies that share their last words: each item of the list is a place or 省直."""
    home = reading.context.home
    for match in _COORDINATED.finditer(reading.text):
        items = match["list"].split("、")
        inside = {place.start for place in reading.within("place", match.start(), match.end())}
        offset, named = match.start(), []
        for item in items:
            if offset in inside:
                named.append(item + match["tail"])
            elif item[0] in "省市" and item[1:] in ("直", "级"):
                place = deictic_place(item[0], home)
                named.append((place.name + item[1:] if place else item) + match["tail"])
            offset += len(item) + 1
        if len(named) == len(items):
            yield Found(
                match.start(),
                match.end(),
                LABEL,
                reading.text[match.start() : match.end()],
                "bodies:coordinated",
                place=reading.context.place,
                members=tuple(named),
            )


def _longest(found: Iterable[Found]) -> list[Found]:
    """Keep nested bodies of other kinds, drop one that only starts or ends inside a longer one."""
    order = sorted(found, key=lambda item: (item.start, -item.end))
    kept: list[Found] = []
    for item in order:
        if kept and item.start < kept[-1].end:
            continue
        kept.append(item)
    return kept
