"""Places: divisions by adcode, regions, rivers, river sections, towns and landmarks.

>>> # 醴陵至上栗 -> 醴陵市 430281, 上栗县 360322; 湘江株洲段 -> 湘江, 株洲市 and 湘江株洲段
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import ahocorasick_rs

from kg import lexicon
from kg.extract import gazetteer
from kg.extract.anchors import Anchored
from kg.extract.entities import localities
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
    found += localities.find(reading, frozenset(hit.end for hit in reading.cached(_hits)))
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
# 岳麓|山, 乌苏|里江: the form opens the name of a hill or a water; 深惠城|际, 扫清城|市: it cuts a word.
_NAME_GOES_ON = re.compile(r"山(?![区地洪海水城林体村东西南北乡火核川])|里江|杯")
# 上海路, 北京东路: streets bear the names of places far away.
_STREET = re.compile(r"[东西南北中]?[一二三]?(?:路(?![径网桥港况基由局])|大道|大街|街(?![道头坊口区镇巷]))")
# 成渝中线, 沪宁高速, 长白铁路: two characters for the two ends of a line.
_LINE = re.compile(r"[中复]线|(?:中线)?(?:城际|高铁|高速|铁路|客专|输气|特高压)")
_WATERS = frozenset(("river", "lake", "canal", "mountain"))
# A county far away that bears the name of a water: 清水河县, 太子河区.
_WATER_NAMED = re.compile(r"..[河湖江]$")
_OF_WATER = re.compile(
    "[东西南北]岸|两岸|流域|水质|水体|水环境|水污染|湖畔|沿岸|清淤|干流|支流|干支流|综合治理|抽水蓄能"
)


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
    if hit.form != place.name and (_NAME_GOES_ON.match(text, hit.end) or _is_cut(text, hit, place)):
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
    if text.startswith("水库", hit.end):
        return True  # 东湖|水库 is not the lake
    return before in tables.abbreviations() or (hit.form[0] in _DIRECTIONS and before in _DIRECTIONS)


def _is_cut(text: str, hit: gazetteer.Hit, place: Place) -> bool:
    """Tell a short form that ends inside another word, or stands for the two ends of a line."""
    if hit.form[-1] == "城" and text[hit.end : hit.end + 1] in ("际", "市"):
        return True
    if len(hit.form) != 2 or (place.is_division and place.level != "county") or not _LINE.match(text, hit.end):
        return False
    ends = {*tables.abbreviations(), *lexicon.lines("city_abbreviations")}
    joined = _JOINS_BEFORE.match(text[hit.start - 1 : hit.start])
    return not joined and (not place.is_division or all(end in ends for end in hit.form))


def _is_elsewhere(place: Place, home: str | None) -> bool:
    """Tell a place that is neither the home nor a division of it nor above it, nor a water or a hill."""
    if home is None or not place.is_division:
        return place.level not in _WATERS  # 湘江大道 runs along the river
    width = 2 if home.endswith("0000") else 4 if home.endswith("00") else 6
    return not place.code.startswith(home[:width]) and home[: len(place.code.rstrip("0"))] != place.code.rstrip("0")


def _is_water(place: Place, hit: gazetteer.Hit) -> bool:
    """Tell a county by the short form that is the name of a water as well."""
    return place.level == "county" and hit.form != place.name and bool(_WATER_NAMED.match(hit.form))


def _of_committee(text: str, hit: gazetteer.Hit, place: Place) -> int:
    """How many characters of a name belong to the committee of its place: 1 for the 市 of 醴陵市委."""
    return int(hit.form[-1] in "市区县省州旗" and hit.form == place.name and bool(_COMMITTEE.match(text, hit.end)))


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
        elsewhere = _is_elsewhere(place, home)
        if _is_water(place, hit) and (elsewhere or _OF_WATER.match(text, end)):
            yield Found(hit.start, end, LABEL, hit.form, "places:water", place=home or "")
            continue
        if elsewhere and _STREET.match(text, end):
            continue
        end -= _of_committee(text, hit, place)
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


# The statistical code of a zone that has no name of its own: 开发区, 高新技术产业开发区.
_KIND_ONLY = re.compile(
    "(?:国家级|省级|市级|县)?(?:(?:经济|高新|技术|产业|工业|高铁|旅游|度假|保税|物流|农业|现代|综合|华侨)*"
    "(?:开发区|高新区|新区|园区|度假区|保税区|管理区)|城区|[林牧]场|[种良原畜第一二繁育园艺猪羊]+场|社区)(?:管委会|管理委员会)?"
)


@cache
def _town_automaton(home: str, county: bool) -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[str, Place], ...]]:
    """Towns of a jurisdiction; short names (朱亭 for 朱亭镇) only where the document is the county's own."""
    forms: dict[str, Place] = {}
    common = frozenset(lexicon.lines("common_town_names"))
    for town in places().towns(home):
        if _KIND_ONLY.fullmatch(town.name):
            continue
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


def _waters(reading: Reading) -> Iterator[Found]:
    known = {hit.end for hit in reading.cached(_hits)}
    for match in _WATER.finditer(reading.text):
        start, end = match.span("a" if match["a"] else "b")
        verb = localities.verbs().match(text := reading.text, start, end)
        start = verb.end() if verb else start
        name = text[start:end]
        if len(name) > 1 and end not in known and not _NOT_WATER.search(name) and not localities.is_generic(name):
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
        rf"沿?[{characters}]{{2,4}}(?:(?:(?!共|推进|深入|引领|融入|带动|[和与及])[\u4e00-\u9fff]){{2,4}})?(?:{'|'.join(kinds)})|(?<![\u4e00-\u9fff])西三角",
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
