"""Forums, fairs, contests and festivals by name: 国际轨博会, 第五届合作联席会, 体育旅游活力月, “两会一节”.

In: a text. Out: spans of their names with the rule that found them. A name ends with a noun of
``event_nouns.txt``; after 举办 and before 在我市召开 it may end with any word for a gathering, and be quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import ahocorasick_rs

from kg import lexicon
from kg.extract.anchors import Anchored
from kg.extract.enumerations import Span

_NOT_NAMED = re.compile(
    r"^(?:各类|各种|一批|系列|多场|多次|重大|大型|国际性|全国性|高端|专业|重要|有影响|具有|\d+|这|该|本|各项|相关|多个|体育|文化|节庆|城市|专题|行业|主题|特色"
    r"|品牌|国家级|省级|全国|全省|全市|国际|高水平|年度|线上|线下|[一二三四五六七八九十两几]+[场次届个项]?)*$"
)
_LEAD_EVENT = re.compile(
    r"^.*(?:举办|承办|办好|筹办|主办|协办|参加|参与|确保|力争|组织|举行|召开|开好|亮相|借助|依托|利用|用好|打造|做好|做大|做强|支持|推动|扩大|迎接|保障|出席|入选|申办|获得"
    r"|夺得|完成|开展|实施|推进|(?<!可)持续"
    r"|深化|创办|引进|加强|连续|通过|抓住|抢抓|争取|组团|策划|承接好?|继续|争办|同步|首次|成功|谋划|精彩|实现|带动|培育|提升|做优|融入|推出|围绕|加快|庆祝|以及"
    r"|特别是|服务(?!业|贸易|外包)好?|发挥|放大|接棒|备战|结合|致信|亲自向|的|在|/)了?"
)
_COUNT = re.compile(r"(?:一系列|系列|首[次场]|[一二三四五六七八九十两\d]+[届场次]|[以在把将向从对及并为是赴])+")
_NOTE = re.compile(r"(?:\[\d+\]|【\d+】)?$")
_QUOTE = re.compile(r"“[^”\n]*”")
#: Verbs whose object is a gathering, with what they hold up to the end of the clause.
_HOLD = re.compile(
    r"(?:举办|承办|协办|举行|召开|申办|筹办|参加)(?:了|好|的是)?(?P<list>(?:“[^”\n]{2,24}”|[^，。；：！\n“”]){4,120})"
)
#: Items are parted by 、 and, after the end of a name, by 和 or 暨.
_ITEM = re.compile(r"(?:“[^”\n]*”|(?!(?<=[会议节赛坛展季周月日”])(?:和|及|与|暨|以及))[^、“”])+")
_CLOSE = re.compile(r"等(?=[^、，。；“”]{0,14}$)")
#: What a list of gatherings is of: 等系列重大活动, 等全国赛事.
_GATHERINGS = re.compile(r"(?:活动|会议|会展|展会|赛事|节会|盛会|论坛|展览|峰会|大赛|比赛)")
#: Any word for a gathering; only in a clause that says it was held.
_KIND = re.compile(
    r"(?:[^大都部委机社省协学]会|[联年]会|会议|论坛|[^比]赛|[^环季细关情小年]节|[^扩发开拓]展|[动化力游费]月|[化技动洋业计]周|[费物游术乐]季"
    r"|培训班|研修班|嘉年华|大集)$"
)
#: What makes such a word a name: an ordinal, a country, a mark, Latin letters.
_PROPER = re.compile(
    r"第[一二三四五六七八九十百\d]+[届次]|首届|20\d\d|中国|国际|世界|全球|亚洲|亚太|东盟|联合国|海峡|两岸|粤港澳|长三角|[A-Z]{2,}"
    r"|[—－–“]"
)
#: A count, or one of the many: no name.
_COUNTED = re.compile(r"[\d两数几多余][场次届个项]|系列|各类|[了的]|发布会$|屋场会$|招聘会$|首展$")
#: 全区…现场推进会|在我市召开: held by someone else, told with the name first.
_HELD = Anchored(
    r"(?<![^，。；\n])(?P<name>(?:“[^”\n]{2,20}”|[^，。；：！\n“”]){5,60}?(?:现场推进会|现场会|推进会|观摩会|联席会议?|论坛|峰会|博览会|年会|[^大]大会|[^比]赛|节|活动月|旅游月))"
    r"(?=(?:成功|顺利|隆重|圆满)?(?:在[\u4e00-\u9fff]{1,6}?)(?:成功|顺利|隆重|圆满)?(?:召开|举办|举行|开幕|落幕))",
    ["召开", "举办", "举行", "开幕", "落幕"],
    before=200,
    after=220,
)
_BAD_HELD = re.compile(r"[了的]|等|次会议$|人民代表大会|代表大会$")
_WIDE = re.compile(r"^(?:全国|全省|全区|全市|自治区|省|国家|世界|中国|第[一二三四五六七八九十\d]+届|首届|“)")


#: Fairs called by three characters, in a list or as the object of a verb: 办好智博会、漫博会, 第七届进博会.
_THREE = Anchored(
    r"(?<=[、好办加用“。，；：和与及暨托参往赴\n])(?P<name>(?:第(?:[一二三四五六七八九十百]+|\d+)届|首届)?[\u4e00-\u9fff][博交洽]会)"
    r"(?<![外社公提移性]交会)(?=[、等，。；”展和成暨与及举办签为溢辐影服（+平]|上(?!面))",
    ["博会", "交会", "洽会"],
    before=10,
    after=4,
)


def find(text: str) -> Iterator[tuple[Span, str]]:
    """Yield the names of gatherings, each with its rule; they may overlap.

    >>> text = "承办联合国“绿色发展”国际培训班。"
    >>> [text[span.start : span.end] for span, _ in find(text)]
    ['联合国“绿色发展”国际培训班']
    """
    for span in _named(text):
        yield span, "fair"
    for match in _THREE.finditer(text):
        yield Span(*match.span("name")), "fair"
    for span in _hosted(text):
        yield span, "hosted"
    for match in _HELD.finditer(text):
        if _WIDE.match(match["name"]) and not _BAD_HELD.search(match["name"]):
            yield Span(*match.span("name")), "held"


def _hosted(text: str) -> Iterator[Span]:
    """Gatherings in the list after a verb of holding: 举办A、B暨C、“两会一节”等系列活动."""
    for match in _HOLD.finditer(text):
        start, end = match.span("list")
        close = _CLOSE.search(match["list"])
        listed = bool(close and _GATHERINGS.search(match["list"], close.end()))
        if close:
            end = start + close.start()
        for item in _ITEM.finditer(text, start, end):
            span = _item(text, item.start(), item.end(), listed)
            if span:
                yield span


def _item(text: str, start: int, end: int, listed: bool) -> Span | None:
    """The name in one item of a list of gatherings, None when it has none of its own."""
    end -= len(_NOTE.search(text[start:end])[0])  # type: ignore[index]
    words = text[start:end]
    if words.startswith("“") and words.endswith("”") and words.count("“") == 1:
        return Span(start + 1, end - 1) if listed and 3 < len(words) < 16 else None
    start = _after_lead(start, words) if not words.startswith(("第", "首届")) else start
    name = text[start:end]
    if len(name) < 5 or not _KIND.search(name) or not _PROPER.search(name) or _BAD_NAME.search(name):
        return None
    core = name[: -len(_KIND.search(name)[0])]  # type: ignore[index]
    return None if _NOT_NAMED.match(core) or _COUNTED.search(name) else Span(start, end)


@cache
def _fair() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(
        sorted(lexicon.lines("event_nouns")), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )


#: A name ends here: punctuation, a particle, or what is said of the event.
_ENDS = re.compile(
    r"[，。；：、！\n“”《》）(（等和及与暨的在要将]|成功|圆满|隆重|顺利|期间|落户|永久|打造|品牌|行业|平台|活动|[上中](?!心)|参展|举办|开幕|$"
)
_WINDOW = re.compile(r"[^，。；：、！\n《》（）() ]{2,28}$")


def _named(text: str) -> Iterator[Span]:
    """Forums, fairs, contests, festivals with a name of their own."""
    for _, at, end in _fair().find_matches_as_indexes(text):
        window = _WINDOW.search(text[max(0, at - 28) : at])
        if not window or not _ENDS.match(text, end):
            continue
        first = _before_bracket(text, at - len(window[0]))
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
            start += mark + 1
        yield Span(start, end)


def _before_bracket(text: str, first: int) -> int:
    """Where a name begins that holds a bracket: 南方农业（工程）机械展销会; ``first`` when none stands before it."""
    opened = text.rfind("（", max(0, first - 12), first)
    if text[first - 1 : first] != "）" or opened < 0 or "）" in text[opened : first - 1]:
        return first
    window = _WINDOW.search(text[max(0, opened - 20) : opened])
    return opened - len(window[0]) if window else first


#: 各类…大赛, …和国际论坛 name none.
_GENERIC = re.compile(r"^(?:各类|各种|一批|系列|多场)|和(?:国际|全国|高端|专业|行业|各类)?$")
#: Fairs known by three characters: 国际|轨博会 is a name, 国际|论坛 is none.
_KNOWN_FAIR = re.compile(r"[^览]博会$|广交会$|高交会$")
_BAD_NAME = re.compile(
    r"等|展会|人民代表大会|人大|代表大会|党代会|各位|奋斗|[不没要使让被他她它]|工作|技能竞赛|劳动竞赛|建设竞赛|项目|企业家大会$|职工|动员|表彰|表扬|总结|推进大会|^(?:大|小|高峰|向)|向大会"
)


#: The end of another gathering before this one: 中俄博览会和|第三十届哈洽会; not 野山参暨国际冰酒博览会.
_JOINED = re.compile(r".*(?:会|节|赛|坛|展|季|周|日)(?:和|与|及|以及|暨)")


def _after_lead(start: int, words: str) -> int:
    """Offset of the name after its verb and count: 成功举办|五届|中国—亚欧博览会."""
    words = _QUOTE.sub(lambda quote: "□" * len(quote[0]), words)
    match = _LEAD_EVENT.match(words)
    cut = match.end() if match else 0
    joined = _JOINED.match(words, cut)
    if joined:
        cut = joined.end()
    more = _COUNT.match(words, cut)
    return start + (more.end() if more else cut)
