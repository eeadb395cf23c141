"""Quantities that describe a thing instead of measuring it: 年产值10亿元以上的农产品加工产业集群, 过亿元项目.

In go the quantities of a sentence, out come the numbers of those that belong to a noun phrase.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.measures.clauses import ending_verb, is_predicate, read_left
from kg.extract.measures.predicates import fund
from kg.extract.measures.quantities import Quantity

_META = re.compile(r"的(?:速度|增速|增长|增幅|目标|规模|水平|台阶|任务|要求|高位|基础|成绩|大关|历史|新高|好成绩|进度)")
# 没有达到年初6%以上的预期目标: the goal that was missed is no new one.
_MISSED = re.compile(r"(?:年初|既定|原定|定下|确定)的?$")
_HEAD = (
    r"(?:项目|企业|集群|园区|产业园|产业|单体|大户|强村|村|乡镇|镇|基地|平台|产品|品牌|商圈|街区"
    r"|公司|主体|市场|合作社|家庭|专业户|工程|单品|纳税)"
)
_SIZED = re.compile(rf"[^，。；、,;\d]{{0,10}}?{_HEAD}")
_ITEM = re.compile(r"[个家户]$")
# 50—100亿元企业3家: how big those are that the number behind counts.
_SIZED_COUNT = re.compile(r"级?(?:企业|项目|园区|产业|集群|镇|村|市场主体)\d+[个家户]")
_SIZED_RANGE = re.compile(r"(?:级|规模)?的?(?:特大|重大|大型|超大|优质|重点|产业|工业)*(?:项目|企业|园区|集群)")
_BUILT = re.compile(
    r"[^，。；,;\d]{0,22}?(?:项目|工程|机组|电站|生产线|装置|基地|水库|泊位|码头|电厂|线路|炼化|硅片|变电站|风电|储能|光伏)"
)
# 9座以下客车, 20户以上自然村, 35蒸吨以上燃煤锅炉: how big a thing is, told before it.
_BELOW = re.compile(r"(?![，。；、,;：:）)的和与及或\s]|$)")
_SIZE_OF = {
    "户": r"[^，。；、\d]{0,4}(?:自然村|村|屯|聚居|安置点|小区|社区)",
    "人": r"[^，。；、\d]{0,6}(?:自然村|村|屯|聚居|企业|单位|学校|场所|人口)",
    "座": r"[^，。；、\d]{0,4}车",
    "蒸吨": r"[^，。；、\d]{0,6}锅炉",
    "吨": r"[^，。；、\d]{0,6}(?:锅炉|船|车)",
    "度": r"[^，。；、\d]{0,4}坡",
    "张": r"床位?[^，。；、\d]{0,6}医院",
}
# 连跨两个万亿元台阶: a mark that is passed; 2000万元口径 tells how a thing is counted.
_MARK = re.compile(r"[一二两三四五六七八九十百千万亿]*(?:元|美元|人)?(?:整数)?[新大]?(?:台阶|关口|门槛|大关)")
# 新建二次供水泵站 is of one thing; 50万头肉牛产业链 is one chain.
_SECOND = re.compile(r"供水|加压|开发|创业|污染|设计|利用|回收|分配|装修|转移|入库|元件|能源|搬迁|曝气|消费")
_HERD = re.compile(r"[^，。；、\d]{0,8}(?:产业链|项目|基地|养殖场|屠宰|牧场|产业园|生产线)")
_CALIBRE = re.compile(r"(?:及)?(?:以上)?口径")
# 国内第3个突破9000万人次的城市: what others did tells which city it is.
_SUCH_CITIES = re.compile(r"的[^，。；、\d]{0,8}(?:城市|省份|省区|地区|机场|港口|口岸|县|市|区)(?=[，。；、\n]|之一)")
_FLOWS = frozenset(("visits", "person", "teu", "mass"))
_CAPACITY = re.compile(
    r"(?:年产|日产|年处理|日处理|年加工|月产|日供水|总装机|单机|年屠宰|年出栏|每年生产|单体)(?:量|能力)?(?:约|达)?$"
)
_FREE = re.compile(
    r"(?:[，、。；：]|力争|确保|实现|使|让|全市|全省|全县|全区|约|近|超|超过|达到|到|推动|保障|全年|今年|去年|年内|每年)$|^$"
)
_WATER = re.compile(r"(?:以上)?的?(?:水断面|水质|水体|断面|比例|占比|优良|及)")
_OVER = re.compile(r"(?:过|超|超过|上|达|逾|投资|额)$")
_OUTPUTS = frozenset(("mass", "power", "energy", "volume"))
# 宝泰30万吨煤制轻烃、…: a work named by its capacity, between a name and a product.
_CAPACITY_OF = re.compile(r"[一-鿿]{3,14}(?=[、和及（(]|开工|建成|投产|竣工|等)(?<!以上)(?<!左右)")
_NAMED = re.compile(r"[一-鿿A-Za-z、）]$")
# 15分钟社区生活圈, 240小时过境免签: a span of time that names a circle or a service.
_SERVICE = re.compile(
    r"[“”]?(?!以|之|内|左右|的|就|即|完成|实现|办结|送达|到达|响应|抵达|达到|无|未|不)[\u4e00-\u9fffA-Za-z“]"
)
_SCALES = frozenset(("亿", "万亿", "千亿", "百亿"))
_ENDS = re.compile(r"[，。；、,;]|$")
_THRESHOLD = frozenset(
    (
        "money",
        "percent",
        "area",
        "power",
        "voltage",
        "length",
        "mass",
        "energy",
        "volume",
        "age",
        "days",
        "years",
        "months",
        "hours",
    )
)


def attributive(text: str, start: int, end: int, quantities: Sequence[Quantity]) -> frozenset[int]:
    """Return the positions of the quantities that only describe a noun.

    >>> from kg.extract.measures.quantities import scan
    >>> text = "实施500万元以上产业转型项目261个"
    >>> sorted(attributive(text, 0, len(text), scan(text).quantities))
    [0]
    """
    out: set[int] = set()
    for number in range(len(quantities) - 1, -1, -1):
        quantity = quantities[number]
        rest = text[quantity.end : min(end, quantity.end + 30)]
        before = text[max(start, quantity.start - 8) : quantity.start]
        if (
            _describes(quantity, before, rest)
            or _sizes(quantity, before, rest)
            or _bounds(quantity, before, rest)
            or _names_something(quantity.kind, before, rest)
            or _listed(text, quantities, number, out)
            or _counted_behind(text, quantities, number)
            or _among(text, start, quantity)
            or _board_of(text, quantities, number)
        ):
            out.add(number)
    return frozenset(out)


def _listed(text: str, quantities: Sequence[Quantity], number: int, out: set[int]) -> bool:
    """300兆瓦时、山西道威400兆瓦时储能电站项目: what holds for the last of a list holds for the first."""
    if number + 1 not in out:
        return False
    quantity, following = quantities[number], quantities[number + 1]
    between = text[quantity.end : following.start]
    return (
        following.kind == quantity.kind
        and following.unit == quantity.unit
        and len(between) < 12
        and between.startswith("、")
    )


# 整合1000亩以上连片土地10块: the size of things that the number behind them counts.
_THINGS_BETWEEN = re.compile(r"[一-鿿“”（）]{2,14}")
_NUMBERED = frozenset(("count", "firm", "household", "road", "length", "flat"))
_EXTENTS = frozenset(("area", "length", "mass", "power", "person", "household", "volume", "energy", "bed"))


def _counted_behind(text: str, quantities: Sequence[Quantity], number: int) -> bool:
    quantity = quantities[number]
    if quantity.after not in ("以上", "及以上") or quantity.kind not in _EXTENTS or number + 1 == len(quantities):
        return False
    following = quantities[number + 1]
    between = text[quantity.end : following.start]
    if following.kind not in _NUMBERED or following.kind == quantity.kind:
        return False
    if between and not _THINGS_BETWEEN.fullmatch(between):
        return False
    return not is_predicate(between) and not ending_verb(between)[2]


# 排全国337个地级及以上城市第14位: among how many a rank is.
_PLACED = re.compile(
    r"(?:排名|排|位居|位列|名列|居|列|在|跻身|全国|全省|全球|世界|全区|全市)(?:在|于)?(?:全国|全省|全球|世界|全区|我国)?的?$"
)
_RANK_BEHIND = re.compile(
    r"[^，。；\d]{2,26}?(?:第[\d一二三四五六七八九十]|首位|榜首|前列|前[\d一二三四五六七八九十]|排名|排位|位次|位居|位列|排在)"
)


def _among(text: str, start: int, quantity: Quantity) -> bool:
    if quantity.kind not in _NUMBERED or quantity.after:
        return False
    before = text[max(start, quantity.start - 8) : quantity.start]
    return bool(_PLACED.search(before) and _RANK_BEHIND.match(text, quantity.end))


def _names(between: str) -> bool:
    return bool(_THINGS_BETWEEN.fullmatch(between)) and not is_predicate(between)


def _board_of(text: str, quantities: Sequence[Quantity], number: int) -> bool:
    """入围省内百强高新技术企业18家: the list that those counted behind it are on."""
    if quantities[number].kind != "strong" or number + 1 == len(quantities):
        return False
    following = quantities[number + 1]
    between = text[quantities[number].end : following.start]
    return following.kind in _NUMBERED and not between.startswith(("和", "及", "与")) and _names(between)


def _sizes(quantity: Quantity, before: str, rest: str) -> bool:
    """True for 托位数100个以上的机构: how many a thing has, not how many there are."""
    return rest.startswith("的") and quantity.after in ("以上", "以下") and before.endswith("数")


def _bounds(quantity: Quantity, before: str, rest: str) -> bool:
    """True for the size or the mark that tells which things are meant: 9座以下客车, 连跨两个万亿元台阶."""
    if quantity.unit == "个" and quantity.chinese and _MARK.match(rest):
        return True
    if quantity.chinese and quantity.unit == "方":
        return True  # “政会银企”四方合作
    if quantity.chinese and quantity.unit == "元" and len(quantity.value) == 1:
        return True  # 三元、沙县: no sum is written so
    if (quantity.chinese and quantity.unit == "次" and _SECOND.match(rest)) or (
        quantity.unit.endswith(("头", "只", "羽")) and _HERD.match(rest)
    ):
        return True
    if quantity.kind == "money" and (_CALIBRE.match(rest) or (before.endswith("个") and rest.startswith("关口"))):
        return True
    if quantity.kind in _FLOWS and _SUCH_CITIES.match(rest):
        return True
    if quantity.after == "以下" and quantity.kind != "percent":
        return bool(_BELOW.match(rest)) and not is_predicate(rest)
    size = _SIZE_OF.get(quantity.unit) if quantity.after in ("以上", "及以上") else None
    return bool(size and re.match(size, rest))


def _qualifies(quantity: Quantity, before: str, rest: str) -> bool:
    """True for a number that 的 joins to its noun, unless the noun is growth, a goal or what money is for."""
    kind = quantity.kind
    if _META.match(rest):
        return kind == "percent" and bool(_MISSED.search(before))
    if kind == "money" and (fund(before, rest, 0) or (not quantity.after and before.endswith(("投资", "产值")))):
        return False
    return kind != "percent" or bool(quantity.high) or not _FREE.search(before)


def _names_something(kind: str, before: str, rest: str) -> bool:
    """True for 进入全国前45%, and for a span of time that names a circle or a service."""
    if kind == "percent":
        return before.endswith("前")
    return kind == "hours" and bool(_SERVICE.match(rest)) and not read_left(before).bound


def _sized(quantity: Quantity, before: str, rest: str) -> bool:
    """True for the size of enterprises and projects: 50—100亿元企业3家, 过亿元项目."""
    if (quantity.high or not quantity.after) and _SIZED_COUNT.match(rest):
        return True
    if quantity.high and _SIZED_RANGE.match(rest) and _ITEM.search(before):
        return True  # 3至5个|30—50亿元特大项目
    return (quantity.after in ("以上", "以下") or bool(_OVER.search(before))) and bool(_SIZED.match(rest))


def _describes(quantity: Quantity, before: str, rest: str) -> bool:
    kind = quantity.kind
    if kind == "age":
        return "寿命" not in before
    if kind == "class":
        return bool(_WATER.match(rest))
    if kind not in _THRESHOLD and quantity.unit not in _SCALES:
        return False
    if rest.startswith("的"):
        return _qualifies(quantity, before, rest)
    if rest.startswith("级") or (quantity.chinese and quantity.unit in _SCALES and _SIZED.match(rest)):
        return True  # 百亿龙头企业, 十亿重点企业
    if kind == "money" and _sized(quantity, before, rest):
        return True
    if kind in ("years", "days", "months", "hours") and quantity.after:
        return not _ENDS.match(rest)
    if _CAPACITY.search(before) and not _ENDS.match(rest):
        return True
    if kind in _OUTPUTS and _CAPACITY_OF.match(rest) and _NAMED.search(before) and not is_predicate(rest):
        return not ending_verb(before)[2] and not read_left(before).bound
    return (
        kind in ("power", "voltage", "mass", "energy", "volume") and bool(_BUILT.match(rest)) and not _ENDS.match(rest)
    )
