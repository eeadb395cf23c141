"""Places: divisions by adcode, regions, rivers, river sections, towns and landmarks.

>>> # 醴陵至上栗 -> 醴陵市 430281, 上栗县 360322; 湘江株洲段 -> 湘江, 株洲市 and 湘江株洲段
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache

import ahocorasick_rs

from kg import lexicon
from kg.extract import gazetteer
from kg.extract.anchors import Anchored
from kg.extract.projects import works
from kg.extract.reading import Found, Reading
from kg.registry import tables
from kg.registry.places import places
from kg.registry.records import Place

LABEL = "place"


def find(reading: Reading) -> Sequence[Found]:
    """Return every place of a document; nested ones beside the longer name that holds them."""
    found = list(_registered(reading))
    found += _towns(reading)
    found += _waters(reading)
    found += _sections(reading, found)
    found += _directions(reading)
    found += _belts(reading)
    found += _zones(reading, found)
    found += _shaped(reading)
    found += _toponyms(reading)
    found += _sites(reading)
    return _without_crossing(found)


# --- divisions and regions ----------------------------------------------------------------------

# 中国 mostly opens the name of something else (中国移动, 中国动力谷); as a place it stands like this.
_CHINA = re.compile(r"制造业?(?!202)|经济|市场|大地|社会|政府|人民(?!政治|银行)|各地|境内|版图|[，。、的]")
_CHINA_KEY = "country/CN"
# 东方 in 东方红, 长安 in 长安杯: a short form that goes on to another word.
_WORD_GOES_ON = re.compile(r"[杯路街桥站]")


# 醴陵市委, 渌口区委: the rank belongs to the name of the body.
_COMMITTEE = re.compile(r"委(?!员会|托|派|培|员)")
# A short name of a county far away counts only beside another place: 宁国至安吉, 长沙、浏阳.
_JOINS_BEFORE = re.compile(r"[至到、—\-–~和与及]$")
_JOINS_AFTER = re.compile(r"[至到、—\-–~和与及]")


_DIRECTIONS = frozenset("东南西北")
# 大冶 in 大冶湖 is no city.
_WATER_GOES_ON = re.compile(r"[湖河江](?![东西南北])|湾(?!区)")
# 新|增城市绿道, 完|成都市区治理: the first character of a form ends a verb.
# 新建12所学校 is no district called 新建.
# 入|海河|流: rivers, not the one of this name.
_RIVERS = re.compile("河流(?!域)")
_APART = re.compile(r"[区县]|、(?!改|扩|续)|等地")
_SPLIT_VERB = {"增": "新", "成": "完形达", "应": "适对响顺"}
# 新建县级 is no county called 新建.
_RANK_GOES_ON = re.compile(r"[级域]")


def _hits(reading: Reading) -> list[gazetteer.Hit]:
    home = reading.context.home
    hits = gazetteer.scan(reading.text)
    return [_own_name(reading.text, hit, home.short) for hit in hits] if home else hits


def _own_name(text: str, hit: gazetteer.Hit, own: str) -> gazetteer.Hit:
    """The document's own place where another name takes its first character: 新|邵阳 is no 新邵."""
    if len(hit.form) == 2 and hit.form != own and hit.form[1] == own[:1] and text.startswith(own, hit.start + 1):
        return gazetteer.Hit(hit.start + 1, hit.start + 1 + len(own), own)
    return hit


def _is_other(text: str, hit: gazetteer.Hit, place: Place) -> bool:
    """Tell a form that is part of another name: a park, a lake named after a city, 中国移动, 京港澳高速."""
    if place.level == "zone" or (hit.form != place.name and _WATER_GOES_ON.match(text, hit.end)):
        return True
    if hit.form[-1] in "县市区" and _RANK_GOES_ON.match(text, hit.end):
        return True
    if place.key == _CHINA_KEY and not _CHINA.match(text, hit.end):
        return True
    before = text[hit.start - 1 : hit.start]
    if before and before in _SPLIT_VERB.get(hit.form[0], "") and hit.form[-1] in "市区":
        return True
    if hit.form == place.name and _RIVERS.match(text, hit.end - 1) and not place.is_division:
        return True
    if hit.form in works.verbs() and not _APART.match(text, hit.end):
        return True
    if place.is_division or len(hit.form) != 2:
        return False
    return before in tables.abbreviations() or (hit.form[0] in _DIRECTIONS and before in _DIRECTIONS)


def _registered(reading: Reading) -> Iterator[Found]:
    text, home = reading.text, reading.context.place or None
    registry = places()
    weak: list[tuple[Place, int, int]] = []
    ends: set[int] = set()
    starts: set[int] = set()
    above: tuple[int, Place | None] = -1, None
    for hit in reading.cached(_hits):
        place = _below(above, hit, text) or registry.resolve(hit.form, home)
        if place is None or _is_other(text, hit, place):
            continue
        end = hit.end
        if hit.form[-1] in "市区县省州旗" and hit.form == place.name and _COMMITTEE.match(text, end):
            end -= 1
        if _far(place, hit.form, home) and not text.startswith(("县", "市", "区"), end):
            weak.append((place, hit.start, end))
            continue
        starts.add(hit.start)
        ends.add(end)
        above = end, place if place.level in ("province", "prefecture") else above[1]
        yield _found(place, hit.start, end, "registry")
        if not place.is_division and end - hit.start > 3:
            yield from _inner(text, hit.start, end, place, home)
    for place, start, end in weak:
        if (_JOINS_BEFORE.match(text[start - 1 : start]) and start - 1 in ends) or (
            _JOINS_AFTER.match(text, end) and end + 1 in starts
        ):
            yield _found(place, start, end, "joined")


def _below(above: tuple[int, Place | None], hit: gazetteer.Hit, text: str) -> Place | None:
    """A county by its full name after the place it is in, or in a list that began so: 深圳南山区、宝安区."""
    end, outer = above
    if outer is None or hit.form[-1] not in "区县市旗" or text[end : hit.start] not in ("", "、", "和", "与", "及"):
        return None
    return places().within(hit.form, outer.code)


def _inner(text: str, start: int, end: int, outer: Place, home: str | None) -> Iterator[Found]:
    """The place a region is named after: 长江 in 长江经济带."""
    for hit in gazetteer.scan(text[start : end - 1]):
        place = places().resolve(hit.form, home)
        if place is not None and place.key != outer.key and hit.start == 0:
            yield _found(place, start, start + hit.end, "inner")


def _far(place: Place, form: str, home: str | None) -> bool:
    """A county named by two characters in a document of another province."""
    return place.level == "county" and len(form) == 2 and form != place.name and (home or "")[:2] != place.code[:2]


def _found(place: Place, start: int, end: int, rule: str) -> Found:
    return Found(start, end, LABEL, registry_name(place), f"places:{rule}", key=place.key)


def registry_name(place: Place) -> str:
    """The name a place goes by in facts: 株洲市, 长株潭."""
    return place.name


# --- towns of the jurisdiction ------------------------------------------------------------------

_TOWN = re.compile(r"(街道办事处|街道|地区办事处|镇|乡|民族乡)$")


@cache
def _town_automaton(home: str, county: bool) -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[str, Place], ...]]:
    """Towns of a jurisdiction; short names (朱亭 for 朱亭镇) only where the document is the county's own."""
    forms: dict[str, Place] = {}
    common = frozenset(lexicon.lines("common_town_names"))
    for town in places().towns(home):
        forms.setdefault(town.name, town)
        short = _TOWN.sub("", town.name)
        if county and len(short) > 1 and short not in common:
            forms.setdefault(short, town)
    items = tuple(sorted(forms.items()))
    automaton = ahocorasick_rs.AhoCorasick(
        [form for form, _ in items], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )
    return automaton, items


def _towns(reading: Reading) -> list[Found]:
    home = reading.context.home
    if home is None or home.level == "province":
        return []
    automaton, items = _town_automaton(home.code, home.level == "county")
    registered = {hit.start for hit in reading.cached(_hits)}
    return [
        _found(items[n][1], start, end, "town")
        for n, start, end in automaton.find_matches_as_indexes(reading.text)
        if start not in registered and not _WORD_GOES_ON.match(reading.text, end)
    ]


# --- rivers, lakes, sections, directions --------------------------------------------------------

_BESIDE_WATER = r"流域|水质|段|治理|整治|整体|上游|中游|下游|湖畔|沿岸|两岸|干流|支流|力争|断面"
_WATER = Anchored(
    rf"(?<![\u4e00-\u9fff])(?P<a>[\u4e00-\u9fff]{{1,3}}?(?:江|河|湖|(?<=[\u4e00-\u9fff])水(?!质)))(?=[\u4e00-\u9fff]{{0,2}}(?:{_BESIDE_WATER})|、[\u4e00-\u9fff]{{1,3}}(?:江|河|湖|水)[\u4e00-\u9fff]{{0,2}}(?:流域|水质|治理|整治|综合|整体))"
    rf"|(?<=[完成进动造设施理沿在展强动持护])(?P<b>[\u4e00-\u9fff]{{1,2}}(?:江|河|湖))(?=流域|水质|段|综合|治理|整治|上游|中游|下游|湖畔|沿岸|两岸|省际|样板|、[\u4e00-\u9fff]{{1,3}}[江河湖](?:综合|治理|整治|流域))",
    "江河湖水",
    before=3,
    after=16,
)
_NOT_WATER = re.compile(
    r"界河|污水|供水|节水|黑臭|山河|江河|河湖|湖水|河水|雨水|用水|排水|治水|饮水|引水|调水|入河|入湖|大江|大河|小河|母亲河|内河|饮用水|地下水|地表水|城市水|沿江|跨江|滨江|滨河|滨湖|两江|三江"
)


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(lexicon.alternatives("left_stops"))


def _waters(reading: Reading) -> Iterator[Found]:
    known = {hit.end for hit in reading.cached(_hits)}
    for match in _WATER.finditer(reading.text):
        start, end = match.span("a" if match["a"] else "b")
        verb = _verb().match(text := reading.text, start, end)
        start = verb.end() if verb else start
        name = text[start:end]
        if len(name) > 1 and end not in known and not _NOT_WATER.search(name) and not _GENERIC.search(name):
            yield Found(start, end, LABEL, name, "places:water", place=reading.context.place)


_SECTION = re.compile(r"段(?![时落子])")


def _sections(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    """A water or road and a place that follow each other before 段: 湘江株洲段."""
    ends = {item.end: item for item in found}
    for match in _SECTION.finditer(reading.text):
        inner = ends.get(match.start())
        outer = ends.get(inner.start) if inner else None
        if inner and outer:
            name = reading.text[outer.start : match.end()]
            yield Found(outer.start, match.end(), LABEL, name, "places:section", place=reading.context.place)


@cache
def _direction_pattern() -> re.Pattern[str]:
    abbreviations = "".join(sorted(tables.abbreviations()))
    return re.compile(
        rf"[{abbreviations}](?:(?<![\u4e00-\u9fff].)[东南西北中](?=[\u4e00-\u9fff]{{0,2}}(?:地区|片区|苏区|[0-9]|革命|城市|经济|边|新区))|南苏区)"
    )


def _directions(reading: Reading) -> Iterator[Found]:
    """Parts of a province named by its one-character name: 晋北, 赣南, 湘南."""
    for match in _direction_pattern().finditer(reading.text):
        province = places().abbreviation(match[0][0])
        yield Found(
            match.start(), match.end(), LABEL, match[0], "places:direction", place=province.code if province else ""
        )


@cache
def _belts_near() -> Anchored:
    characters = "".join(sorted({*tables.abbreviations(), *lexicon.lines("city_abbreviations")}))
    kinds = ("经济带", "创新带", "城市带", "都市圈", "城市群", "经济圈", "三角")
    return Anchored(
        rf"沿?[{characters}]{{2,4}}(?:[\u4e00-\u9fff]{{2,4}})?(?:{'|'.join(kinds)})|(?<![\u4e00-\u9fff])西三角",
        kinds,
        before=9,
        after=12,
    )


def _belts(reading: Reading) -> Iterator[Found]:
    """Belts and clusters named by the characters of their cities: 沿沪宁产业创新带, 宁杭生态经济带."""
    for match in _belts_near().finditer(reading.text):
        yield Found(match.start(), match.end(), LABEL, match[0], "places:belt")


_ZONE = re.compile(
    r"(?:区域|生态|绿色|特别|一体化|融合|协同|合作|创新|发展|产业){1,6}(?:示范区|先行区|合作区|试验区|协作区)(?!建设年)"
)


def _zones(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    """A zone of cooperation named after its region: 湘赣边区域合作示范区, 长三角生态绿色一体化发展示范区."""
    for item in found:
        match = _ZONE.match(reading.text, item.end) if item.rule == "places:registry" else None
        if match:
            yield Found(item.start, match.end(), LABEL, reading.text[item.start : match.end()], "places:zone")


# --- places by shape ----------------------------------------------------------------------------

# The last word of a name of a place no registry has, and what may follow it. A water or village is one only with a
# name of its own of one to four characters, standing free on its left.
_KINDS = (
    (
        r"(?:湖|河(?!段)|江|水库|岛|湾)",
        r"(?=[、，。；）：”]|等|和|与|及|高新区|新区|成为|获|被|入选|列入|流域|沿岸|两岸|湿地|综合|整治|治理|生态|水生态|退田|退垸|退渔|污水|水环境|水质|水系|环境|岸线|风光|景观|周边|片区|国家|大桥|中游|上游|下游|段|黑臭|清淤|防洪|水体|[东西南北]岸|河道|干流|支流|河长|污染|入|截污|沿线|保护|水上|休闲|旅游|景区|绿道|公园|坝|强排|特大桥|隧道|水源|引|调)",
    ),
    (
        r"村(?<![乡农山全该各行空示中贫美自新本每老同渔特丽心万强青出进入驻联富落业郊合民]村)",
        r"(?=[、，。；）”]|等|和|与|及|获|入选|被|荣|成为|列|旅游|民宿|党)",
    ),
    (
        r"(?:社区(?:(?<=、[\u4e00-\u9fff]{2}社区)|(?<=、[\u4e00-\u9fff]{3}社区)|(?<=成[\u4e00-\u9fff]{3}社区)(?=、))|古镇|古城|古街|古村落?|老街|半岛|群岛|湿地|安置区|片区|广场|新区|商圈|码头|港区)",
        r"(?=[、，。；）”等和与及\d]|[\u4e00-\u9fff])",
    ),
)
_SHAPED = tuple(re.compile(kind + after) for kind, after in _KINDS)
_LEFT_EDGE = frozenset("、，。；：“”（）()《》\n\t 　:,;·—－-和与及在对将把的是以为从到至由被于")
_GENERIC = re.compile(
    r"[一二三四五]期|非法|中有|智慧|老旧|农村|城市|城镇|完整|未来|示范|街道|乡村|各类|一批|易地|安置|绿色|和谐|小区|养老|文化|体育|市民|重点|特色|农民|平安|历史|一个|所有|全部"
    r"|试点|美丽|科普|健康|部分|村和|个社|零距|网格|社会|管理|基层|黑臭|大江|大河|江河|河湖|母亲|幸福|内河|主要|重要|中小|大中|小型|流经|沿江|跨江|滨江|滨河"
    r"|滨湖|两江|三江|我市|全市|全省|我省|全区|全县|入海|入江|入河|治水|水生|骨干|病险|饮用|调蓄|千里|万里|省级|市级|国家|红色|清水|碧水|污水|引水|温泉|清泉"
    r"|条河|座水|个村|片|级|区域|核心|中心|城乡|城区|老城|主城|棚户|商业|生态|智能|专业|功能|产业|工业|高新|园区|经济|开发|自贸|自由|新型|现代|数字|综合|滨海|国际|合作|沿海|临港|空港|航空|口岸|保税|沿边"
    r"|周边|西部|东部|南部|北部|中部|多个|若干|创新|改革|一流|先行|承载|教育|科创|创业|旅游|物流|会展|金融|消费|夜间|核心|步行|便民|休闲|生活|居民|行政|居家|优质|低碳|复合|充分|就业|信息|能源|生物|数据|蓝色|力量|传统|货运|一江|一河|两河|山水林|山水|护城|环湖|治河|清廉|人才|友好|宜|万|国考|划|第|干线|支线|源头|集中|纺织|绿水|枢纽|[0-9]|(?<=.)[一二三四五六七八九十百千]|[一二三四五六七八九十百千](?=[个条座处大级类批企医席家人旧型湖河江库水区港岛湾沟村])"
)


def _shaped(reading: Reading) -> Iterator[Found]:
    """Waters, villages, islands, old towns and squares by their last word: 天心湖, 思拉堡村, 辽河老街."""
    text = reading.text
    known = {hit.end for hit in reading.cached(_hits)}
    for pattern in _SHAPED:
        for match in pattern.finditer(text):
            if match.end() in known:
                continue
            start = _free_start(text, match.start(), known if pattern is not _SHAPED[2] else frozenset())
            name = text[start : match.start()]
            if 0 < len(name) <= 4 and not _GENERIC.search(name + match[0][:1]) and (len(name) > 1 or match[0] in _ONE):
                yield Found(
                    start, match.end(), LABEL, text[start : match.end()], "places:shape", place=reading.context.place
                )


# The last character of the name of a place, and the works or town called after it: 团城山客运枢纽, 青石洲港区.
_WORKS_THERE = (
    r"(?:特?大桥|隧道|港区|作业区|码头|高新区|新区|片区|组团|污水处理厂|污水厂|水厂"
    r"|泵站|强排|变电站|变电所|电厂|电站|风电|光伏|水电|(?:综合)?客运|交通枢纽|枢纽|立交"
    r"|互通|抽水蓄能|水利|航电|黑臭|清淤|防洪|河道|流域|综合治理|综合整治|生态修复|矿山"
    r"|垃圾|城中村|棚户区|棚改|安置|地块|大坝|灌区|产业园|工业园|物流园|科创|科学城|科技城"
    r"|旅游度假区|风景名胜区|国家森林公园|国家湿地公园|国家公园)"
)
_TOPONYM = re.compile(
    rf"(?P<kind>[塘洲岛湾岭坪坝岩溪港沟屯堡寨滩潭峪埠圩垸山渠])(?={_WORKS_THERE}|[、和](?P<next>[\u4e00-\u9fff]{{1,3}}(?P=kind))"
    rf"(?:{_WORKS_THERE}|[、和](?P<last>[\u4e00-\u9fff]{{1,3}}(?P=kind)){_WORKS_THERE}))"
)
_NO_TOPONYM = re.compile(
    "空港|海港|香港|新港|水港|陆港|渔港|风港|息港|据港|国际港|保税港|自贸港|枢纽港|干线港|矿山|荒山|登山|火山|高山|江山|银山|靠山|城堡|头堡|碉堡|大湾|港湾"
    "|海湾|水沟|半岛|海岛|群岛|环岛|孤岛|小溪|大坝|堤坝|鱼塘|坑塘|池塘|山塘|水塘|亚洲|欧洲|非洲|美洲|大洲|绿洲|株潭|海滩|沙滩|河滩|险滩|海峡|干渠|支渠|水渠|沟渠|灌渠|引渠"
)


def _toponyms(reading: Reading) -> Iterator[Found]:
    """Hills, islets, ponds and the like that works are called after: 团城山 in 团城山客运枢纽."""
    text = reading.text
    known = {hit.end for hit in reading.cached(_hits)}
    for match in _TOPONYM.finditer(text):
        end = match.end()
        start = _free_start(text, match.start(), known)
        name = text[start:end]
        if 3 <= len(name) <= 4 and end not in known and not _NO_TOPONYM.search(name) and not _GENERIC.search(name):
            yield Found(start, end, LABEL, name, "places:toponym", place=reading.context.place)


# A plant, dam or airport bears the name of where it stands: 徐大堡核电, 栗子湾抽水蓄能, 硕放机场.
_SITE = Anchored(
    r"(?:核电|水利枢纽|航电枢纽|航运枢纽|航电|抽水蓄能|水电站|(?:国际|通用|支线)?机场(?!集团|群|建设|航站|高速|大道|路))",
    ["核电", "水利枢纽", "航电", "航运枢纽", "抽水蓄能", "水电站", "机场"],
    before=2,
    after=8,
)


def _sites(reading: Reading) -> Iterator[Found]:
    """Localities known from the works that stand there."""
    text = reading.text
    known = {hit.end for hit in reading.cached(_hits)}
    for match in _SITE.finditer(text):
        start = _free_start(text, match.start(), known)
        name = text[start : match.start()]
        if 2 <= len(name) <= 3 and match.start() not in known and not _GENERIC.search(name):
            yield Found(start, match.start(), LABEL, name, "places:site", place=reading.context.place)


# One character makes a name with these: 渌江, 瑶湖, 淮河.
_ONE = frozenset("湖河江")


def _free_start(text: str, end: int, known: Set[int] = frozenset()) -> int:
    """Where a name that ends here begins: after a mark, a particle, a verb, another place or its rank."""
    low = max(0, end - 6)
    window = text[low:end]
    cut = max((window.rfind(mark) for mark in _LEFT_EDGE), default=-1) + 1
    for verb in _verb().finditer(window, cut):
        cut = max(cut, verb.end())
    rank = max(window.rfind(mark, cut) for mark in "市县区省镇乡") + 1
    last = end if text[end - 1] == "新" else end - 1  # 南通|新|机场
    place = max((at - low for at in range(low + 1, last) if at in known), default=0)
    return low + max(cut, rank, place)


def _without_crossing(found: Sequence[Found]) -> list[Found]:
    """Drop a place that another one crosses without nesting, and doubles of one span: the registry wins."""
    order = sorted(found, key=lambda item: (item.start, -item.end, item.rule != "places:registry", item.name))
    kept: list[Found] = []
    open_until = -1
    for item in order:
        if kept and kept[-1].start == item.start and kept[-1].end == item.end:
            continue
        if item.start < open_until < item.end:
            continue
        kept.append(item)
        open_until = max(open_until, item.end)
    return kept
