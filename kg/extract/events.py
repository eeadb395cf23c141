"""Events: congress sessions, plenums, conferences, forums, fairs, contests, inspections, dated acts.

In: the reading. Out: mentions with label ``event`` under their full name: 市十六届人大一次会议 in a
document of 株洲 is 株洲市第十六届人民代表大会第一次会议. ``place`` is the code of the place the event is of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

import ahocorasick_rs

from kg import lexicon, zh
from kg.extract import calendar, gazetteer, titles
from kg.extract.reading import Found, Reading
from kg.registry.places import places
from kg.registry.records import Place

_N = rf"[{zh.NUMERAL}\d]{{1,3}}"
_RANK = r"自治区|自治州|自治县|省|市|州|盟|县|区|旗"
_PLACE = r"[\u4e00-\u9fff]{2,14}?(?:自治区|自治州|自治县|省|市|州|盟|县|区|旗)"
_SESSION = r"(?:全体（扩大）会议|全体\(扩大\)会议|全体会议|会议|全会)"
_FULL = re.compile(
    rf"(?P<committee>委员会)?第(?P<term>{_N})届(?P<organ>人民代表大会|委员会)(?P<standing>常务委员会)?第(?P<n>{_N})次{_SESSION}"
)
#: What stands before a session: 政协株洲市渌口区|第二届委员会….
_OF_BODY = re.compile(rf"(?P<body>中国共产党|中共|中国人民政治协商会议|政协)?(?P<place>{_PLACE})$")
_SHORT = re.compile(
    rf"(?P<rank>{_RANK})(?P<pre>人大|政协)?第?(?P<term>{_N})届(?P<organ>人大|政协)?(?P<standing>常委会)?第?(?P<n>{_N})次(?:全体)?会议"
)
_PLENUM = re.compile(
    rf"(?P<rank>{_RANK})委(?P<term>{_N})届(?P<n>{_N}(?:次)?(?:(?:、|和){_N}次?)*)(?<=次)(?:全体会议|全会)"
)
_CENTRAL = re.compile(
    rf"(?:党的|中共)?(?P<term>十[一二三四五六七八九]|二十)届(?P<n>[一二三四五六七八]中(?:全会)?(?:(?:、|和|及){_N}中(?:全会)?)*)(?<=中|会)(?:全会|全体会议)?"
)
_PARTY = re.compile(
    r"党的(?P<term>十[五六七八九]|二十)大|(?<![二三])(?P<bare>十[五六七八九])大(?=[和、，及以精报]|以来)"
)
_CONGRESS = re.compile(rf"第(?P<n>{_N})次(?:党代会|党员代表大会|代表大会)")
_OF_PARTY = re.compile(rf"(?:中国共产党|中共)?(?P<place>{_PLACE}|省|市|县|区|州|自治区)$")
_WORK = re.compile(
    r"(?:第[一二三四]次)?(?P<who>中央|党中央|省委|市委|区委|县委|州委|自治区党委|全国|全省|全市|全区|全县)(?P<what>(?:经济|农村|城市|城镇化|金融|人才"
    r"|民族|政法|统战|外事|扶贫开发|全面深化改革|西藏|新疆|生态环境保护|教育|人大)工作)(?:会议|座谈会)"
    r"|(?P<two>全国两会|全国“两会”)"
)
_VISIT = re.compile(
    r"习近平(?:总书记|主席)(?:\d{4}年)?(?:亲临|在)?(?:视察|考察|调研)(?P<where>(?:(?!时|重要|并|的|期间|讲话|指示|发表"
    r"|，)[\u4e00-\u9fff]){2,9})(?=时|重要|并|的|期间|讲话|指示|，|。|工作)"
)
_ANNIVERSARY = re.compile(
    r"(?P<party>建党|中国共产党成立|中国共产党建党)(?P<n>[一二三四五六七八九十百\d]{1,4})周年|(?P<other>新中国成立|中华人民共和国成立|改革开放|建军|建市"
    r"|撤地设市|长征胜利|抗战胜利)[一二三四五六七八九十百\d]{1,4}周年"
)
_CENSUS = re.compile(rf"第{_N}次全国(?:人口|经济|农业|国土|土壤|污染源)(?:普查|调查)")
_DATE = re.compile(r"(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|[初底中]|上旬|下旬)|20\d\d年\d{1,2}月")
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
_NOT_NAMED = re.compile(
    r"^(?:各类|各种|一批|系列|多场|多次|重大|大型|国际性|全国性|高端|专业|重要|有影响|具有|\d+|这|该|本|各项|相关|多个|体育|文化|节庆|城市|专题|行业|主题|特色"
    r"|品牌|国家级|省级|全国|全省|全市|国际|高水平|年度|线上|线下|[一二三四五六七八九十两几]+[场次届个项]?)*$"
)
_LEAD_EVENT = re.compile(
    r"^.*(?:举办|承办|办好|筹办|主办|协办|参加|参与|组织|举行|召开|开好|亮相|借助|依托|利用|用好|打造|做好|做大|做强|支持|推动|扩大|迎接|保障|出席|入选|申办|获得"
    r"|夺得|完成|开展|实施|推进|持续"
    r"|深化|创办|引进|加强|连续|通过|抓住|抢抓|争取|组团|策划|承接好?|继续|争办|同步|首次|成功|谋划|精彩|实现|带动|培育|提升|做优|融入|推出|围绕|加快|庆祝|以及"
    r"|服务好?|发挥|放大|接棒|备战|结合|致信|亲自向|的|在|/)了?"
)
_COUNT = re.compile(r"(?:一系列|系列|首[次场]|[一二三四五六七八九十两\d]+[届场次]|[以在把将向从对及并为是赴])+")


def find(reading: Reading) -> Sequence[Found]:
    """Find events: 市第十三次党代会, 中央经济工作会议, 国际轨博会."""
    steps: tuple[Callable[[Reading], Iterator[Found]], ...] = (
        _full, _short, _plenums, _central, _congresses, _meetings, _visits, _anniversaries, _dated, _fairs,
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
        before = _OF_BODY.search(text[low : match.start()])
        if not before:
            continue
        offset, place = _named(before["place"])
        start = low + (before.start() if before["body"] else before.start("place") + offset)
        name = re.sub(r"^中共", "中国共产党", text[start : match.end()])
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
        names = [f"中国共产党{name}第{match['term']}届委员会第{number}次全体会议" for number in numbers]
        members = tuple(names) if len(names) > 1 else ()
        yield _event(start, match.end(), _joined(names, numbers), "plenum", place, members)


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
        who = match["who"]
        rank = who[0] if who.endswith("委") and len(who) == 2 else who[-1]
        place = None if who in ("中央", "党中央", "全国") else _home_of(reading, rank)
        name = f"{place.name}{_office(who)}{match['what']}会议" if place else match[0]
        yield _event(match.start(), match.end(), name, "conference", place)


def _office(who: str) -> str:
    """委 after the place's own name: 江西省|委, 内蒙古自治区|党委; nothing for 全省."""
    return "党委" if who.endswith("党委") else "委" if who.endswith("委") else ""


def _visits(reading: Reading) -> Iterator[Found]:
    for match in _VISIT.finditer(reading.text):
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


@cache
def _fair() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(
        sorted(lexicon.lines("event_nouns")), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )


#: A name ends here: punctuation, a particle, or what is said of the event.
_ENDS = re.compile(
    r"[，。；：、！\n“”《》）(（等和及与的在]|成功|圆满|隆重|顺利|期间|落户|永久|打造|品牌|行业|平台|活动|[上中](?!心)|参展|举办|开幕|$"
)
_WINDOW = re.compile(r"[^，。；：、！\n《》（）() ]{2,28}$")


def _fairs(reading: Reading) -> Iterator[Found]:
    """Forums, fairs, contests, festivals with a name of their own."""
    text = reading.text
    for _, at, end in _fair().find_matches_as_indexes(text):
        window = _WINDOW.search(text[max(0, at - 28) : at])
        if not window or not _ENDS.match(text, end):
            continue
        first = at - len(window[0])
        start = _after_lead(first, text[first:end])
        bounded = start > first or first == 0 or text[first - 1] in "，。；：、！\n《》（）() "
        name = text[start:end]
        core = name[: len(name) - (end - at)]
        if start >= at or not bounded or _BAD_NAME.search(name):
            continue
        if _NOT_NAMED.match(core) and not (_KNOWN_FAIR.search(name) and len(name) > 3):
            continue
        if _GENERIC.search(core):
            continue
        mark = name.rfind("“")
        if mark >= 0 and "”" not in name[mark:]:
            start, name = start + mark + 1, name[mark + 1 :]
        yield _event(start, end, name, "fair", None if re.search(r"全国|中国|国际", name) else reading.context.home)


#: 各类…大赛, …和国际论坛 name none.
_GENERIC = re.compile(r"^(?:各类|各种|一批|系列|多场)|和(?:国际|全国|高端|专业|行业|各类)?$")
#: Fairs known by three characters: 国际|轨博会 is a name, 国际|论坛 is none.
_KNOWN_FAIR = re.compile(r"[^览]博会$|广交会$|高交会$")
_BAD_NAME = re.compile(
    r"等|展会|人民代表大会|人大|代表大会|党代会|各位|奋斗|[不没要使让被他她它]|工作|技能竞赛|劳动竞赛|建设竞赛|项目|企业家大会$|职工|动员|表彰|表扬|总结|推进大会|^(?:大|小|高峰|向)|向大会"
)


def _after_lead(start: int, words: str) -> int:
    """Offset of the name after its verb and count: 成功举办|五届|中国—亚欧博览会."""
    match = _LEAD_EVENT.match(words)
    cut = match.end() if match else 0
    more = _COUNT.match(words, cut)
    return start + (more.end() if more else cut)


def _outermost(found: Sequence[Found]) -> list[Found]:
    """Drop mentions that lie inside or cross another that starts earlier."""
    out: list[Found] = []
    for item in sorted(found, key=lambda f: (f.start, -f.end)):
        if not out or item.start >= out[-1].end:
            out.append(item)
    return out
