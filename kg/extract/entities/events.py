"""Events: congress sessions, plenums, conferences, forums, fairs, contests, inspections, dated acts.

In: the reading. Out: mentions with label ``event`` under their full name: 市十六届人大一次会议 in a
document of 株洲 is 株洲市第十六届人民代表大会第一次会议. ``place`` is the code of the place the event is of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from kg import zh
from kg.extract import gazetteer
from kg.extract.anchors import Anchored
from kg.extract.entities import fairs
from kg.extract.reading import Found, Reading
from kg.extract.relations import calendar, titles
from kg.registry.places import places
from kg.registry.records import Place

_N = rf"[{zh.NUMERAL}\d]{{1,3}}"
_RANK = r"自治区|自治州|自治县|省|市|州|盟|县|区|旗"
_PLACE = r"[\u4e00-\u9fff]{2,14}?(?:自治区|自治州|自治县|省|市|州|盟|县|区|旗)"
_SESSION = r"(?:全体（扩大）会议|全体\(扩大\)会议|全体会议|会议|全会)"
_FULL = Anchored(
    rf"(?P<committee>委员会)?第(?P<term>{_N})届(?P<organ>人民代表大会|委员会)(?P<standing>常务委员会)?\s*第(?P<n>{_N})次{_SESSION}",
    ["届人民代表大会", "届委员会"],
    before=7,
    after=40,
)
#: What stands before a session: 政协株洲市渌口区|第二届委员会….
_OF_BODY = re.compile(rf"(?P<body>中国共产党|中共|中国人民政治协商会议|政协)?(?P<place>{_PLACE})$")
_SHORT = re.compile(
    rf"(?P<rank>{_RANK})(?P<pre>人大|政协)?第?(?P<term>{_N})届(?P<organ>人大|政协)?(?P<standing>常委会)?第?(?P<n>{_N})次(?:全体)?会议"
)
#: Offices named together before what they share: 省、|市委十二届五次全会; 中央和省委、|市委经济工作会议.
_MORE_RANKS = rf"(?P<more>(?:(?:{_RANK})委?[、和及]){{1,6}})?"
_MORE_OFFICES = r"(?P<more>(?:(?:党中央|中央|自治区党委|[省市区县州]委?|全国|全省)(?:、|和|及|与)){1,6})?"
_PLENUM = Anchored(
    rf"{_MORE_RANKS}(?P<rank>{_RANK})委(?P<term>{_N})届(?P<n>{_N}(?:次)?(?:(?:、|和){_N}次?){{,9}})(?<=次)(?:全体会议|全会)",
    ["届"],
    before=37,
    after=100,
)
_CENTRAL = Anchored(
    rf"(?:党的|中共)?(?P<term>十[一二三四五六七八九]|二十)届(?P<n>[一二三四五六七八]中(?:全会)?(?:(?:、|和|及){_N}中(?:全会)?){{,9}})(?<=中|会)(?:全会|全体会议)?",
    ["届"],
    before=4,
    after=90,
)
# The lookbehind stands last, so that the search is for two characters.
_PARTY = re.compile(
    r"党的(?P<term>十[五六七八九]|二十)大|(?P<bare>十[五六七八九])大(?=[和、，及以精报]|以来)(?<![二三]十.大)"
)
_CONGRESS = re.compile(rf"第(?P<n>{_N})次(?:党代会|党员代表大会|代表大会)")
_OF_PARTY = re.compile(rf"(?:中国共产党|中共)?(?P<place>{_PLACE}|省|市|县|区|州|自治区)$")
_WORK = Anchored(
    rf"{_MORE_OFFICES}(?:第[一二三四]次)?(?P<who>中央|党中央|省委|市委|区委|县委|州委|自治区党委|全国|全省|全市|全区|全县)(?P<what>(?:经济|农村|城市|城镇化|金融|人才"
    r"|民族|政法|统战|外事|扶贫开发|全面深化改革|西藏|新疆|生态环境保护|教育|人大)工作)(?:会议|座谈会)"
    r"|(?P<two>全国两会|全国“两会”)",
    ["工作会议", "工作座谈会", "全国两会", "全国“两会”"],
    before=52,
    after=60,
)
_VISIT = re.compile(
    r"习近平(?:总书记|主席)(?:\d{4}年)?(?:亲临|在)?(?:视察|考察|调研)(?P<where>(?:(?!时|重要|并|的|期间|讲话|指示|发表"
    r"|，)[\u4e00-\u9fff]){2,9})(?=时|重要|并|的|期间|讲话|指示|，|。|工作)"
)
_GOVERNMENT = Anchored(
    rf"(?P<place>{_PLACE}|[省市县区州])(?:人民)?政府第(?P<n>{_N})次(?P<kind>常务|全体)会议",
    ["政府第"],
    before=19,
    after=30,
)
#: Inspections that are counted: 国务院第五次大督查, 第二轮中央生态环境保护督察.
_INSPECTION = Anchored(
    rf"(?:国务院第{_N}次|第{_N}次国务院)大督查|第{_N}[轮次]中央(?:生态)?环(?:境)?保(?:护)?督[察查](?!组)",
    ["大督查", "督察", "督查"],
    before=16,
    after=18,
)
_ANNIVERSARY = Anchored(
    r"(?P<party>建党|中国共产党成立|中国共产党建党)(?P<n>[一二三四五六七八九十百\d]{1,4})周年|(?P<other>新中国成立|中华人民共和国成立|改革开放|建军|建市"
    r"|撤地设市|长征胜利|抗战胜利)[一二三四五六七八九十百\d]{1,4}周年",
    ["周年"],
    before=13,
    after=13,
)
_CENSUS = re.compile(rf"第{_N}次全国(?:人口|经济|农业|国土|土壤|污染源)(?:普查|调查)")
_DATE = Anchored(
    r"(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|[初底中]|上旬|下旬)|20\d\d年\d{1,2}月", ["月"], before=7, after=12
)
_SIGNED = re.compile(r"(?:签订|签署)(?:了)?《?[^，。；\n]{4,30}?(?:公约|协议|备忘录|协定|合同)》?")
_ISSUED = re.compile(
    r"(?:[我全][省市县区]|[\u4e00-\u9fff]{2,8}(?:省|市|县|区|政府|委))?(?:出台|印发|发布|颁布|审议通过)(?:了)?《[^》\n]{4,60}》"
)
_OPENED = re.compile(
    r"(?<=[，。；\n])(?P<name>[^，。；\n]{4,28}?(?:正式)?(?:开通运营|通车运营|建成通车|开通|开行|首发|揭牌|挂牌|首飞|下线|开馆|开园|首航|封关运行"
    r"|获批|成立))(?=[，。；\n])"
)
_EPIDEMIC = re.compile(
    r"(?:遭遇|遭受|受到|发生|经历|面对|抗击)(?:了)?[^，。；\n]{0,6}?(?P<name>(?:新冠肺炎|新冠病毒|新冠|非典|聚集性|本土)疫情(?:侵袭|冲击)?)"
)
_DATED = {"signing": _SIGNED, "issuance": _ISSUED, "opening": _OPENED, "epidemic": _EPIDEMIC}


def find(reading: Reading) -> Sequence[Found]:
    """Find events: 市第十三次党代会, 中央经济工作会议, 国际轨博会."""
    steps: tuple[Callable[[Reading], Iterator[Found]], ...] = (
        _full, _short, _plenums, _central, _congresses, _meetings, _visits, _government, _inspections, _anniversaries,
        _dated, _fairs,
    )  # fmt: skip
    found = [item for step in steps for item in step(reading)]
    return _outermost(found)


def _event(
    start: int, end: int, name: str, rule: str, place: Place | None = None, members: tuple[str, ...] = ()
) -> Found:
    return Found(start, end, "event", name, rule, place=place.code if place else "", members=members)


def _home_of(reading: Reading, rank: str) -> Place | None:
    """The place a bare rank means: 市 in a document of 渌口区 is 株洲市, 省 is 湖南省."""
    home = reading.context.home
    if home is None:
        return None
    for place in (home, *places().ancestors(home.code)):
        if place.name.endswith(rank) or (rank in ("省", "自治区") and place.level == "province"):
            return place
    return None


def _named(words: str) -> tuple[int, Place | None]:
    """Where the place begins in a match that may hold words before it, and the place."""
    best: Place | None = None
    first = -1
    for hit in gazetteer.scan(words):
        found = places().resolve(hit.form, best.code if best else None)
        if found:
            first = hit.start if first < 0 else first
            best = found
    return max(first, 0), best


def _full(reading: Reading) -> Iterator[Found]:
    text = reading.text
    for match in _FULL.finditer(text):
        low = max(0, match.start() - 26)
        before = _OF_BODY.search(text[low : match.start()].rstrip(" \n"))
        if not before:
            continue
        offset, place = _named(before["place"])
        start = low + (before.start() if before["body"] else before.start("place") + offset)
        name = re.sub(r"^中共", "中国共产党", re.sub(r"\s", "", text[start : match.end()]))
        if place is None and (own := _home_of(reading, before["place"][-1])):
            start, place = low + before.end("place") - 1, own  # 23日在|市第十六届人民代表大会…
            name = own.name + re.sub(r"\s", "", text[start + 1 : match.end()])
        yield _event(start, match.end(), re.sub(r"全会$", "全体会议", name), "session", place)


def _short(reading: Reading) -> Iterator[Found]:
    for match in _SHORT.finditer(reading.text):
        organ = match["pre"] or match["organ"]
        if not organ:
            continue
        start, name, place = _place_before(reading, match)
        ordinal = f"第{match['term']}届"
        if organ == "政协":
            full = f"政协{name}{ordinal}委员会第{match['n']}次全体会议"
        elif match["standing"]:
            full = f"{name}{ordinal}人民代表大会常务委员会第{match['n']}次会议"
        else:
            full = f"{name}{ordinal}人民代表大会第{match['n']}次会议"
        yield _event(start, match.end(), full, "session", place)


def _place_before(reading: Reading, match: re.Match[str]) -> tuple[int, str, Place | None]:
    """The place of a rank: 株洲|市 when it is named, else the document's own."""
    low = max(0, match.start() - 8)
    words = reading.text[low : match.start("rank") + len(match["rank"])]
    for hit in gazetteer.scan(words):
        if hit.end == len(words):
            place = places().resolve(hit.form, reading.context.place or None)
            if place:
                return low + hit.start, place.name, place
    place = _home_of(reading, match["rank"])
    return match.start(), place.name if place else match["rank"], place


def _plenums(reading: Reading) -> Iterator[Found]:
    for match in _PLENUM.finditer(reading.text):
        start, name, place = _place_before(reading, match)
        numbers = re.findall(_N, match["n"])
        ranks = re.findall(_RANK, match["more"] or "")
        if ranks:
            others = [home.name if (home := _home_of(reading, rank)) else rank for rank in ranks]
            own = place.name if place else name
            groups = [_of_committee(other, match["term"], numbers) for other in (*others, own)]
            members = tuple(member for group in groups for member in group)
            yield _event(match.start(), match.end(), match[0], "plenum", place, members)
            continue
        names = _of_committee(name, match["term"], numbers)
        members = tuple(names) if len(names) > 1 else ()
        yield _event(start, match.end(), _joined(names, numbers), "plenum", place, members)


def _of_committee(name: str, term: str, numbers: list[str]) -> list[str]:
    return [f"中国共产党{name}第{term}届委员会第{number}次全体会议" for number in numbers]


def _joined(names: list[str], numbers: list[str]) -> str:
    """Several plenums under one name: …第二次、第三次全体会议."""
    head = names[0].rsplit("第", 1)[0]
    return head + "、".join(f"第{number}次" for number in numbers) + "全体会议"


def _central(reading: Reading) -> Iterator[Found]:
    for match in _CENTRAL.finditer(reading.text):
        numbers = re.findall(r"([一二三四五六七八])中", match["n"])
        names = [f"中国共产党第{match['term']}届中央委员会第{number}次全体会议" for number in numbers]
        short = tuple(f"{match['term']}届{number}中全会" for number in numbers) if len(numbers) > 1 else ()
        yield _event(match.start(), match.end(), _joined(names, numbers), "plenum", None, short)


def _congresses(reading: Reading) -> Iterator[Found]:
    for match in _PARTY.finditer(reading.text):
        term = match["term"] or match["bare"]
        yield _event(match.start(), match.end(), f"中国共产党第{term}次全国代表大会", "party")
    yield from _party_congresses(reading)


def _party_congresses(reading: Reading) -> Iterator[Found]:
    """省第十三次党代会, 中国共产党株洲市第十三次代表大会."""
    text = reading.text
    for match in _CONGRESS.finditer(text):
        low = max(0, match.start() - 20)
        before = _OF_PARTY.search(text[low : match.start()])
        if not before or before["place"].endswith("全国"):
            continue
        words = before["place"]
        offset, place = _named(words)
        start = low + before.start("place")
        if place is None:
            rank = re.search(rf"(?:{_RANK})$", words)
            place = _home_of(reading, rank[0]) if rank else None
            start += len(words) - (len(rank[0]) if rank else 0)
        elif before.start("place") > before.start():
            start = low + before.start()
        else:
            start += offset
        if place:
            yield _event(start, match.end(), f"中国共产党{place.name}第{match['n']}次代表大会", "party", place)


def _meetings(reading: Reading) -> Iterator[Found]:
    for match in _WORK.finditer(reading.text):
        if match["two"]:
            yield _event(match.start(), match.end(), "全国两会", "conference")
            continue
        place, name = _work_meeting(reading, match["who"], match["what"])
        if match["more"]:
            offices = [_full_office(office, match["who"]) for office in re.split("[、和及与]", match["more"]) if office]
            members = [*(_work_meeting(reading, office, match["what"])[1] for office in offices), name]
            yield _event(match.start(), match.end(), match[0], "conference", place, tuple(members))
            continue
        yield _event(match.start(), match.end(), name if place else match[0], "conference", place)


def _full_office(office: str, last: str) -> str:
    """A bare rank shares the 委 of the last office: 省、市委."""
    return office + "委" if len(office) == 1 and last.endswith("委") else office


def _work_meeting(reading: Reading, who: str, what: str) -> tuple[Place | None, str]:
    """The place a work conference is of and its full name: 市委经济工作会议 in 株洲 is 株洲市委经济工作会议."""
    rank = who[0] if who.endswith("委") and len(who) == 2 else who[-1]
    place = None if who in ("中央", "党中央", "全国") else _home_of(reading, rank)
    return place, f"{place.name}{_office(who)}{what}会议" if place else f"{who}{what}会议"


def _office(who: str) -> str:
    """委 after the place's own name: 江西省|委, 内蒙古自治区|党委; nothing for 全省."""
    return "党委" if who.endswith("党委") else "委" if who.endswith("委") else ""


def _visits(reading: Reading) -> Iterator[Found]:
    for match in _VISIT.finditer(reading.text):
        yield _event(match.start(), match.end(), match[0], "inspection")


def _government(reading: Reading) -> Iterator[Found]:
    """Sessions of a government by number: 宝鸡市人民政府第8次常务会议, 市政府第8次常务会议."""
    for match in _GOVERNMENT.finditer(reading.text):
        words = match["place"]
        offset, place = _named(words)
        if place is None:
            rank = re.search(rf"(?:{_RANK})$", words)
            place, offset = (_home_of(reading, rank[0]), rank.start()) if rank else (None, 0)
        if place:
            name = f"{place.name}人民政府第{match['n']}次{match['kind']}会议"
            yield _event(match.start() + offset, match.end(), name, "session", place)


def _inspections(reading: Reading) -> Iterator[Found]:
    for match in _INSPECTION.finditer(reading.text):
        yield _event(match.start(), match.end(), match[0], "inspection")


def _anniversaries(reading: Reading) -> Iterator[Found]:
    for match in _ANNIVERSARY.finditer(reading.text):
        name = f"中国共产党成立{match['n']}周年" if match["party"] else match[0]
        yield _event(match.start(), match.end(), name, "anniversary")
    for match in _CENSUS.finditer(reading.text):
        yield _event(match.start(), match.end(), match[0], "census")


def _dated(reading: Reading) -> Iterator[Found]:
    """Signings, issuances and openings that a sentence dates: 9月15日，湘粤非铁海联运班列开通运营."""
    text = reading.text
    for date in _DATE.finditer(text):
        line = reading.line_at(date.start())
        if date.end() > line.end:
            continue
        for rule, pattern in _DATED.items():
            match = pattern.search(text, date.end(), min(line.end + 1, date.end() + 90))
            if match:
                group = "name" if "name" in pattern.groupindex else 0
                name = _act(reading, rule, match[group], date.start())
                yield _event(*match.span(group), name, rule, reading.context.home)
                break


_MANNER = re.compile(
    r"正式|成功|顺利|隆重|^(?:我国|全国|我省|我市|全省|全市)(?=首)|在[^，,。；\n]{2,24}(?=(?:正式|成功|顺利)?(?:下线|揭牌|挂牌|首发)$)"
)
_ISSUES = re.compile(r"(?P<who>[^《]*?)(?P<verb>出台|印发|发布|颁布|审议通过)(?:了)?《(?P<title>[^》\n]+)》")


def _act(reading: Reading, rule: str, words: str, at: int) -> str:
    """The name of a dated act: who did what without manner and place; an outbreak is named by time and place."""
    home = reading.context.home
    if rule == "opening":
        return _MANNER.sub("", words)
    issued = _ISSUES.match(words)
    if issued:
        ours = re.fullmatch(r"[我全][省市县区州]", issued["who"])
        who = home.name if ours and home and home.name.endswith(issued["who"][1]) else issued["who"]
        full = Found(0, 0, "policy", f"《{issued['title']}》")
        return f"{who}{issued['verb']}{titles.short(reading, full)}"
    day = next((day for day in reading.cached(calendar.days) if day.start <= at < day.end), None)
    if rule == "epidemic" and day and home:
        return f"{day.year}年{day.words}{home.short}{re.sub('(?:侵袭|冲击)$', '', words)}"
    return words


def _fairs(reading: Reading) -> Iterator[Found]:
    """Forums, fairs, contests and festivals; those of the whole country or the world have no place."""
    for span, rule in fairs.find(reading.text):
        name = reading.text[span.start : span.end]
        wide = re.search(r"全国|中国|国际", name)
        yield _event(span.start, span.end, name, rule, None if wide else reading.context.home)


def _outermost(found: Sequence[Found]) -> list[Found]:
    """Drop mentions that lie inside or cross another that starts earlier."""
    out: list[Found] = []
    for item in sorted(found, key=lambda f: (f.start, -f.end)):
        if not out or item.start >= out[-1].end:
            out.append(item)
    return out
