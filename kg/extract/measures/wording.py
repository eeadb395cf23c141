"""How an indicator is worded: the noun with its kind, abbreviations opened, one form of many.

In go the words of the text, out comes the indicator as an analyst would write it:
``worded("规上工业增加值", "%", "percent", change="grow")`` is 规模以上工业增加值增速.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import NamedTuple

from kg import lexicon, resources

#: Abbreviations of the genre; an expression, what it opens to. Order matters.
_ABBREVIATIONS = (
    (re.compile(r"规上(?=[一-鿿])"), "规模以上"),
    (re.compile(r"规模(?=工业(?:增加值|企业|总产值|产值))"), "规模以上"),
    (re.compile(r"限上(?=[一-鿿])"), "限额以上"),
    (re.compile(r"(?:地区|全市|全省|全区)?(?:GDP|生产总值|国内生产总值)(?![一-鿿]?值)"), "地区生产总值"),
    (re.compile(r"地区地区"), "地区"),
    (re.compile(r"社零(?:总额)?|社消零(?:总额)?"), "社会消费品零售总额"),
    (re.compile(r"公司(?=$)"), "公司"),
    (re.compile(r"高企(?=数|$)"), "高新技术企业"),
    (re.compile(r"R&D"), "研发"),
)
_RATE_END = re.compile(
    r"(?:率|占比|比重|比例|比值|平均值|均值|倍数|强度|指数|浓度|系数|幅|幅度|增速|涨幅|增幅|降幅|满意度|安全感|密度|度|覆盖面|水平|贡献|份额|收入比|比)$"
)
_DONE_END = re.compile(
    r"(?:开工|落地|签约|投产|竣工|完工|复工|投用|达产|通车"
    r"|入库|完成|摘牌|履约|转化|办结|就业|覆盖|达标)$"
)
_OF_END = re.compile(r"占[^，、]{2,}$")
_AMOUNT_END = re.compile(
    r"(?:量|数|面积|里程|能力|产能|规模|总额|余额|容量|长度|总长|额|储备|需求|储量|吞吐|人数|人次|户数|套数|时间|时限|天数|年限|期限|寿命|期|装机)$"
)
_VERB_END = re.compile(
    r"(?:就业|创业|培训|转移|脱贫|参保|受益|惠及|服务|带动|救助|资助|安置|搬迁|参加|入学|就读|外出|返乡|参与|覆盖|减贫)$"
)
_PRODUCE_END = re.compile(r"(?:总产|单产|出栏|存栏|储存|销售|外送|供应|消费|消耗|吞吐|进口|出口|排放|运输|货运)$")
_PEOPLE = frozenset("生员民者工才师干兵户亲口")


class Indicator(NamedTuple):
    """One row of ``ontology/registry/indicators.csv``."""

    key: str
    name: str
    aliases: tuple[str, ...]
    unit: str
    kind: str
    direction: str
    english: str
    broader: str  #: key of its group


class Group(NamedTuple):
    """One row of ``ontology/registry/indicator_groups.csv``: what indicators are broadly about."""

    key: str
    name: str
    english: str


@cache
def indicators() -> tuple[Indicator, ...]:
    """Return the registry of indicators in file order."""
    return tuple(
        Indicator(r["key"], r["name"], tuple(filter(None, r["aliases"].split(";"))), r["unit"], r["kind"],
                  r["direction"], r["english"], r["broader"])
        for r in _rows("indicators.csv")
    )  # fmt: skip


@cache
def groups() -> tuple[Group, ...]:
    """Return the groups of indicators in file order."""
    return tuple(Group(r["key"], r["name"], r["english"]) for r in _rows("indicator_groups.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.path("ontology", "registry", name).read_text("utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@cache
def concepts() -> dict[str, Indicator]:
    """Map each form of an indicator, the usual name included, to its registry entry."""
    table: dict[str, Indicator] = {}
    for row in indicators():
        for form in (row.name, *row.aliases):
            table.setdefault(_plain(form), row)
    return table


def concept(name: str) -> Indicator | None:
    """Return the registry entry that an indicator is, whatever form its name has.

    >>> concept("全社会研发投入强度").key, concept("GDP增速").key
    ('rnd-intensity', 'gdp-growth')
    """
    return concepts().get(_plain(name))


@cache
def names() -> dict[str, str]:
    """Map the forms that a reader would call the same words to the usual name: 规上工业增加值.

    A form that only means the same (研发投入强度 and 全社会研发经费占比) keeps its own words; ``concept`` joins them.
    """
    return {form: row.name for form, row in concepts().items() if form in _LEADING or _alike(form, row.name)}


#: Short forms that stand for one indicator only, though they look unlike it.
_LEADING = frozenset(
    ("GDP", "生产总值", "国内生产总值", "经济", "经济增长", "经济增速", "经济总量", "社零", "社零总额", "固投")
)


def _alike(form: str, name: str) -> bool:
    shared = len(set(form) & set(name))
    return 2 * shared >= 1.4 * len(set(name)) and shared >= 0.8 * len(set(form))


def _plain(form: str) -> str:
    return re.sub(r"[“”\"‘’\s（）()]", "", form)


@cache
def usual(noun: str) -> str:
    """Return the usual name of an indicator, or the noun itself with its abbreviations opened.

    >>> usual("GDP"), usual("规上工业增加值"), usual("企业家信心指数")
    ('地区生产总值', '规模以上工业增加值', '企业家信心指数')
    """
    plain = _plain(noun)
    known = names().get(plain)
    if known:
        return known
    for expression, full in _ABBREVIATIONS:
        noun = expression.sub(full, noun)
    return names().get(_plain(noun), noun)


@cache
def worded(noun: str, kind: str, verb: str = "", change: str = "") -> str:
    """Return the indicator for a noun, the kind of its unit, a kept verb and the kind of change.

    >>> worded("固定资产投资", "percent", change="grow"), worded("“四上”企业", "firm", verb="新增")
    ('固定资产投资增速', '新增“四上”企业数')
    """
    noun = usual(noun)
    if change and kind in ("percent", "multiple"):
        name = _changed(noun, change)
        return usual(verb + name if verb in _TOLD_APART else name)
    if change == "fall" and kind == "point" and noun.endswith(("降幅", "增幅", "增速", "涨幅", "差距")):
        return noun + "收窄幅度"
    if change and kind == "point":
        return noun + ("提高幅度" if change == "grow" else "降幅")
    if change and not verb:
        if kind in ("firm", "count", "household", "person") and change == "grow":
            verb = "新增"
        else:
            noun += "增加" if change == "grow" else "减少"
    if verb and not noun:
        return usual(verb + suffix(verb, kind))
    return usual(verb + noun + suffix(noun, kind, verb))


#: Verbs without which a growth is another one's: 吸纳技术合同成交额, 发放贷款, 引进内资.
_TOLD_APART = frozenset(
    ("吸纳", "发放", "引进", "新发放", "新签约", "新开工", "投放", "承接", "获批", "减免", "争取", "到位")
)


def _changed(noun: str, change: str) -> str:
    if re.search(r"(?:增速|涨幅|增幅|降幅|增长率)$", noun):
        return noun
    if change == "better":
        return noun + "改善幅度"
    if change == "grow":
        return noun + "增速"
    return noun + "降幅"


def suffix(noun: str, kind: str, verb: str = "") -> str:
    """Return the word that tells what is counted: 数, 面积, 里程, 产量, 占比; empty when the noun says it.

    >>> suffix("高标准农田", "area"), suffix("城镇新增就业", "person"), suffix("森林覆盖率", "percent")
    ('面积', '人数', '')
    """
    if kind in _PLAIN:
        return ""
    if kind in ("percent", "point"):
        return "" if kind == "point" and _ABOVE.search(noun) else _share(noun)
    if kind == "rank":
        return "" if noun.endswith(("排名", "位次")) else "排名"
    if kind == "class":
        return "" if noun.endswith("类别") else "水质类别"
    return "" if _AMOUNT_END.search(noun) else _counted(noun, kind, verb)


# 普惠率超国家标准9.7个百分点
_ABOVE = re.compile(r"(?:超|高于|低于|快于|好于|高出)[^，]{2,12}$")


def _share(noun: str) -> str:
    if _RATE_END.search(noun):
        return ""
    if _DONE_END.search(noun):
        return "率"
    return "比重" if _OF_END.search(noun) else "占比"


def _counted(noun: str, kind: str, verb: str) -> str:
    if kind == "person":
        return "数" if noun[-1:] in _PEOPLE or noun.endswith("个人") else "人数"
    if kind == "mass":
        return "量" if _PRODUCE_END.search(noun) or verb else "产量"
    if kind == "count" and _PRODUCE_END.search(noun):
        return "量"
    if kind == "household":
        return "户数" if _VERB_END.search(noun) else "数"
    return _SUFFIX.get(kind, "数")


#: Kinds of unit whose indicator is the noun as it stands.
_PLAIN = frozenset(
    ("plain", "money", "hours", "days", "weeks", "months", "years", "age", "concentration", "noise", "energy", "nth")
)
_SUFFIX = {
    "visits": "人次", "area": "面积", "length": "里程", "volume": "量", "power": "装机容量", "voltage": "电压",
    "flat": "套数", "times": "次数", "streak": "连续次数", "multiple": "倍数", "teu": "标箱量", "places": "位次变化",
    "strong": "", "bed": "床位数",
}  # fmt: skip


@cache
def abstract() -> frozenset[str]:
    """Nouns that are layout or rhetoric, not things counted."""
    return frozenset(lexicon.lines("abstract_nouns"))


# 到汕头, 由市政府聘为, 各招引落地…数: words that no name of an indicator opens with; 产值/天 and 甲公路、投资 are two.
_CUT = re.compile(
    r"^(?:到(?!位|港|账|资|户|达|岗|期|村)|从(?![业事]|[开签立申受报][^，]{1,4}到)|由|被|把|将|提出|予以|给予|并|还(?![款贷])|/"
    r"|各(?!类|级|项|地|种|族|界|行|方|民|阶段|学段|部门|银行|金融)|比(?!亚迪|例|值|重|特))|/(?!年|月)|、(?:总|计划)?投资$"
    r"|[按以]占比$|每(?:生|人|月|年|户|亩)$|(?:下达|提出|确定|部署)(?:面积|数|量|里程|人数|套数|户数)$|^地区和|比全[省国市区][高低]占比|^[高低]于全[省国市区]|每占比|是指|^制(?=篮球|足球)|(?<=.)、实现|^住(?![房宅院户建所])|(?:不低于|不少于|不超过|末位|挂末|每岗每年)|^(?:是指|即|或者|更多|一批|若干|部分(?!行业|地区)|多家|多个|一些|不少)|^[数量率额值](?=近|全|连|均|居|排|达|比|同|首)|第[\d一二三四五六七八九十]+和|以上数$|[为是]数$|分别(?:[快高低慢]于|$)|水平、|(?:达到|规范为|调整为)$|^(?:总量|总额|规模|增速|增幅)[在居位]"
    r"|^(?:完善|推进|落实|加强|实施|完成|开展|推动|提升|优化)(?:面积|数|里程|量|人数|套数|户数)$"
    r"|^(?:全国|国家|全省|省级?|自治区级?|市级?|全市|县级|区级|国考|省考|国控|省控)(?:面积|数|里程|量|占比|产量)$"
)
# 19家市属国企资产增长13.8%: a count of firms is none of their assets.
_OF_THEM = re.compile(r"(?:资产|利润|营业收入|营收|主营业务收入|产值|增加值)数$")


@cache
def complete(indicator: str) -> bool:
    """Whether an indicator says what is measured; what is cut or only 企业数 is for the ledger.

    >>> complete("规模以上工业企业数"), complete("企业数"), complete("一公开”覆盖率"), complete("到汕头")
    (True, False, False, False)
    """
    if indicator in _incomplete() or indicator.count("“") != indicator.count("”"):
        return False
    if indicator.count("（") != indicator.count("）"):
        return False
    return not (_CUT.search(indicator) or _OF_THEM.search(indicator))


@cache
def _incomplete() -> frozenset[str]:
    return frozenset(lexicon.lines("incomplete_indicators"))
