"""Places by shape: waters, villages, squares and hills by their last word, and what works are called after.

In: a reading and where the registry's names end, out: mentions of places no registry holds. A name stands free on its
left, and something in it is its own: 贫困村, 人工湿地 are kinds, no places. Used by the finder of places.

>>> # 入选全国重点村的思拉堡村 -> 思拉堡村; 团城山客运枢纽 -> 团城山; 徐大堡核电 -> 徐大堡
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache

from kg import lexicon
from kg.extract.anchors import Anchored
from kg.extract.reading import Found, Reading
from kg.registry.places import places

LABEL = "place"


def find(reading: Reading, known: Set[int]) -> Iterator[Found]:
    """Yield the places a text names by their kind; ``known`` are the offsets where names of the registry end."""
    yield from _shaped(reading, known)
    yield from _toponyms(reading, known)
    yield from _sites(reading, known)


@cache
def verbs() -> re.Pattern[str]:
    """Return the words that a name does not reach back over."""
    return re.compile("|".join(map(lexicon.alternatives, ("left_stops", "locality_stops"))))


@cache
def _kinds_only() -> re.Pattern[str]:
    return re.compile(lexicon.alternatives("locality_generic"))


def is_generic(name: str) -> bool:
    """Tell a name that says only of what kind a place is (集装箱码头); 港澳客运码头 is one by name."""
    own = _kinds_only().sub("", name)
    return bool(_GENERIC.search(name)) or (own != name and len(own) < 2)


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
    # A new town is a place where a number is told of it; else it is what is built.
    (
        r"(?:新城|新区|科技城|科学城|未来城)",
        r"(?=(?:固定资产投资|地区生产总值|生产总值|规上|规模以上|工业投资|工业增加值|完成投资|新?签约|新?引进|招商引资)[^，。；、]{0,16}\d)",
    ),
)
_SHAPED = tuple(re.compile(kind + after) for kind, after in _KINDS)
_TOWNS = _SHAPED[3]
_LEFT_EDGE = frozenset("、，。；：“”（）()《》\n\t 　:,;·—－-和与及在对将把的是以为从到至由被于")
_GENERIC = re.compile(
    r"[一二三四五]期|非法|中有|^有|[大中]型|智慧|老旧|农村|县城|城市|城镇|完整|未来|示范|街道|乡村|各类|一批|易地|安置|绿色|和谐|小区|养老|文化|体育|市民|重点|特色|农民|平安|历史|一个|所有|全部"
    r"|试点|美丽|科普|健康|部分|村和|个社|零距|网格|社会|管理|基层|黑臭|大江|大河|江河|河湖|母亲|幸福|内河|主要|重要|中小|大中|小型|流经|沿江|跨江|滨江|滨河"
    r"|滨湖|两江|三江|我市|全市|全省|我省|全区|全县|入海|入江|入河|治水|水生|骨干|病险|饮用|调蓄|千里|万里|省级|市级|国家|红色|清水|碧水|污水|引水|温泉|清泉"
    r"|条河|座水|个村|片|级|区域|核心|中心|城乡|城区|老城|主城|棚户|商业|生态|智能|专业|功能|产业|工业|高新|园区|经济|开发|自贸|自由|新型|现代|数字|综合|滨海|国际|合作|沿海|临港|空港|航空|口岸|保税|沿边"
    r"|周边|西部|东部|南部|北部|中部|多个|若干|创新|改革|一流|先行|承载|教育|科创|创业|旅游|物流|会展|金融|消费|夜间|核心|步行|便民|休闲|生活|居民|行政|居家|优质|低碳|复合|充分|就业|信息|能源|生物|数据|蓝色|力量|传统|货运|一江|一河|两河|山水林|山水|护城|环湖|治河|清廉|人才|友好|宜|万|国考|划|第|干线|支线|源头|集中|纺织|绿水|枢纽|[0-9]|(?<=.)[一二三四五六七八九十百千]|[一二三四五六七八九十百千](?=[个条座处大级类批企医席家人旧型湖河江库水区港岛湾沟村])"
)


def _shaped(reading: Reading, known: Set[int]) -> Iterator[Found]:
    """Waters, villages, islands, old towns and squares by their last word: 天心湖, 思拉堡村, 辽河老街."""
    text, registered = reading.text, places().forms()
    for pattern in (_TOWNS, *_SHAPED[:3]):
        for match in pattern.finditer(text):
            if match.end() in known and pattern is not _TOWNS:
                continue  # 新城 by itself is the short name of several districts
            start = _free_start(text, match.start(), known if pattern in _SHAPED[:2] else frozenset())
            name = text[start : match.start()]
            slogan = _SLOGAN.search(name) and text[start - 1 : start] == "“"
            if slogan or (pattern is not _TOWNS and text[start : match.end()] in registered):
                continue
            if 0 < len(name) <= 4 and not is_generic(name + match[0][:1]) and (len(name) > 1 or match[0] in _ONE):
                rule = "places:newtown" if pattern is _TOWNS else "places:shape"
                yield Found(start, match.end(), LABEL, text[start : match.end()], rule, place=reading.context.place)


# “黔货入湾”, “智慧进村”: a slogan.
_SLOGAN = re.compile("[入出进下上]$")

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


def _toponyms(reading: Reading, known: Set[int]) -> Iterator[Found]:
    """Hills, islets, ponds and the like that works are called after: 团城山 in 团城山客运枢纽."""
    text = reading.text
    for match in _TOPONYM.finditer(text):
        end = match.end()
        start = _free_start(text, match.start(), known)
        name = text[start:end]
        if 3 <= len(name) <= 4 and end not in known and not _NO_TOPONYM.search(name) and not is_generic(name):
            yield Found(start, end, LABEL, name, "places:toponym", place=reading.context.place)


# A plant, dam or airport bears the name of where it stands: 徐大堡核电, 栗子湾抽水蓄能, 硕放机场.
_SITE = Anchored(
    r"(?:核电|水利枢纽|航电枢纽|航运枢纽|航电|抽水蓄能|水电站|(?:国际|通用|支线)?机场(?!集团|群|建设|航站|高速|大道|路))",
    ["核电", "水利枢纽", "航电", "航运枢纽", "抽水蓄能", "水电站", "机场"],
    before=2,
    after=8,
)


def _sites(reading: Reading, known: Set[int]) -> Iterator[Found]:
    """Localities known from the works that stand there."""
    text = reading.text
    for match in _SITE.finditer(text):
        start = _free_start(text, match.start(), known)
        name = text[start : match.start()]
        if 2 <= len(name) <= 3 and match.start() not in known and not is_generic(name):
            yield Found(start, match.start(), LABEL, name, "places:site", place=reading.context.place)


# One character makes a name with these: 渌江, 瑶湖, 淮河.
_ONE = frozenset("湖河江")


def _free_start(text: str, end: int, known: Set[int] = frozenset()) -> int:
    """Where a name that ends here begins: after a mark, a particle, a verb, another place or its rank."""
    low = max(0, end - 6)
    window = text[low:end]
    cut = max((window.rfind(mark) for mark in _LEFT_EDGE), default=-1) + 1
    for verb in verbs().finditer(window, cut):
        cut = max(cut, verb.end())
    rank = max(window.rfind(mark, cut + 1) for mark in "市县区省镇乡") + 1  # 镇 of 镇江 is none
    last = end if text[end - 1] == "新" else end - 1  # 南通|新|机场
    place = max((at - low for at in range(low + 1, last) if at in known), default=0)
    return low + max(cut, rank, place)
