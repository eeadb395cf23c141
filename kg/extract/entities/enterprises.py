"""Enterprises: companies, banks and plants by full name, well-known brands, firms known by what is said of them.

Four ways a name shows: it ends with a form (…有限公司, …集团), it is well known (中国移动), a project is called
after it (金利通年产5万吨优质针状焦), or it does what only firms do (时代华鑫入围…500强, 被认定为“小巨人”企业).

>>> # 中车株洲电力机车有限公司 -> one enterprise; 中国移动数据中心二期 -> 中国移动
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import ahocorasick_rs

from kg import lexicon
from kg.extract import enterprise_names
from kg.extract.anchors import Anchored
from kg.extract.entities import firmnames
from kg.extract.projects import works
from kg.extract.reading import Found, Reading
from kg.registry import tables

LABEL = "enterprise"


def find(reading: Reading) -> Sequence[Found]:
    """Return the enterprises of a document, those inside the names of projects too."""
    found = [*_formed(reading), *_known(reading), *_subjects(reading), *_in_projects(reading), *_told(reading)]
    found += _again(reading, found)
    out: list[Found] = []
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        if not out or item.start >= out[-1].end:
            out.append(item)
    return out


# --- names that end with a form -----------------------------------------------------------------

_WINDOW = 26
_BREAK = re.compile(r"[，,。；;！!？?：:\n、“”《》]")
_LEAD = re.compile(
    r"(?:（[一二三四五六七八九十]+）|全[国省市县区]首?[个批家]?|我[国省市县区]|一批|首[个批家]|国家级|省级|市级|[\d.]+[个家户]|[一二两三四五六七八九十]+家|以|如|为|其中|包括|在|向"
    r"|引进|携手|联合|牵手|来自|由|被|比如|牵引|世界500强|中国500强|500强|央企|国企|民企|龙头企业|上市公司|企业)+"
)
_OPENED = re.compile(r".*[（(](?=[^）)]*\Z)")
_FORM_GOES_ON = re.compile(
    "制(?![造成定作])|[化债法章家业]|经营|治理|股|上市|总部基地|运作|分红|化解|采购|合作|博览|展会"
)


def _formed(reading: Reading) -> Iterator[Found]:
    text = reading.text
    for _, start, end in _forms_automaton().find_matches_as_indexes(text):
        word = text[start:end]
        own = _forms()[word]
        if own == "none" or _FORM_GOES_ON.match(text, end):
            continue
        low = _left(text, start)
        if low < start and _is_name(reading, low, start, end, own):
            branch = _OFFICE.match(text, end) if word.endswith("银行") else None
            end = branch.end() if branch else end
            yield _found(reading, low, end, text[low:end], "form")


# 渭水银行宝鸡分行
_OFFICE = re.compile(r"(?!和|与|及|等)[\u4e00-\u9fff]{2,5}?(?:分行|支行)")


@cache
def _forms() -> dict[str, str]:
    return {row["word"]: row["own"] for row in lexicon.table("enterprise_forms")}


@cache
def _forms_automaton() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(sorted(_forms()), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


def _left(text: str, start: int) -> int:
    """Where a name that ends at ``start`` may begin."""
    low = max(0, start - _WINDOW)
    for match in _BREAK.finditer(text, low, start):
        low = match.end()
    tokens = works.tokens(text, low, start)
    if not tokens or tokens[-1].kind != works.NAME or tokens[-1].end != start:
        return start
    low = tokens[-1].start
    opened = _OPENED.match(text[low:start])
    low += opened.end() if opened else 0
    lead = _LEAD.match(text, low, start)
    return lead.end() if lead else low


def _is_name(reading: Reading, low: int, start: int, end: int, own: str) -> bool:
    word = reading.text[low:start]
    strict = not reading.text.endswith(("集团", "有限公司"), start, end)  # 科创集团, 城建集团: a city's own
    rest = re.sub(r"[\W\d_]", "", works.own_words(_own(word), strict=strict))
    if len(rest) < 2 or _SIZED.search(word) or _NOT_NAMES.search(word):
        return False
    # A plant or mine that is built is a project.
    return own == "yes" or not any(item.end == end for item in reading.within("project", low, end))


_NOT_NAMES = re.compile(
    "第.至第|[磁赤菱]$|[家户个批大级类型等性化有子]$|^(?:该|此|本|其他|这|两|多|各|新|原|旗下|下属|所属|一家|发展|搞好)|事业$|人民$|医疗$|教育$|管理$|资产"
    "|[一二两三四五六七八九十百\\d][家户个]|的|是|了|小额|法人|跨国|更多|紧密|风险"
)


# 9万吨以下小煤矿, 23处保留煤矿: how large or how many, not which.
_SIZED = re.compile("[\\d万]吨|\\d[处家座个款类]")


def _own(word: str) -> str:
    """What remains of a name without words that make kinds of firms and of works."""
    return works.own_words(_generic().sub("", word))


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(lexicon.alternatives("enterprise_generic"))


# --- well-known names ---------------------------------------------------------------------------

# 海尔路, 一汽大街: a place called after a firm; 中国银行业: a sector.
_PLACE_AFTER = re.compile("[路街桥站村镇业]|大道|大街|大桥|广场|山庄|学院|大学")
# 晶华新材|料, 中微半导|体: the name ends in the middle of a word; 华新|环保产业园: of a kind of park.
_CUT = re.compile("材料|导体|光电子|(?:(?<=环)保|(?<=生)物|(?<=光)电|(?<=电)子|(?<=医)药)产业园")
# 五矿营钢, 宝武马钢: a firm and the short name of its works in a city.
_BRANCH_WORKS = re.compile(
    r"(?![和与及等、])[\u4e00-\u9fff][钢铝铜锌药纺](?![铁材业结管板产品合加价]|[\u4e00-\u9fff]?(?:生产|冶炼))"
)


def _known(reading: Reading) -> Iterator[Found]:
    text = reading.text
    for _, start, end in _known_automaton().find_matches_as_indexes(text):
        if text[start] == "一" and text[start - 1] in "唯第统同单专":
            continue  # 唯一|汽车
        if end - start == 3 and text[start] in (ends := _ends_of_lines()) and text[start - 1] in ends:
            continue  # 莞深|科技
        if text[start:end] not in _chance() and not _PLACE_AFTER.match(text, end) and not _CUT.match(text, end - 1):
            branch = _BRANCH_WORKS.match(text, end)
            end = branch.end() if branch else end
            yield _found(reading, start, end, text[start:end], "known")


@cache
def _ends_of_lines() -> frozenset[str]:
    return frozenset((*lexicon.lines("city_abbreviations"), *tables.abbreviations()))


@cache
def _known_automaton() -> ahocorasick_rs.AhoCorasick:
    words = sorted({*enterprise_names.known(), *_chance()})
    return ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


@cache
def _chance() -> frozenset[str]:
    return frozenset(lexicon.lines("enterprise_chance"))


# --- firms by what is said of them --------------------------------------------------------------

#: What firms are given, one of which ``_subjects`` asks for.
_GIVEN = (
    "小巨人", "500强", "百强企业", "冠军", "科创板", "北交所", "创业板", "主板", "上交所", "深交所", "港交所", "新三板",
    "A股", "独角兽", "瞪羚", "工业联合会", "质量奖", "发明奖", "绿色工厂", "灯塔工厂", "智能工厂", "示范工厂",
    "质量标杆", "数字化车间", "智能制造标杆", "智能化标杆", "标杆企业", "示范企业",
)  # fmt: skip
_SAID = Anchored(
    rf"(?<=[，。；、！\n])(?=[^，。；]{{0,120}}?(?:{'|'.join(_GIVEN)}|(?:企业|上市|挂牌)[，。；]))"
    r"(?P<names>[\u4e00-\u9fffA-Za-z0-9]{3,8}(?:[、和][\u4e00-\u9fffA-Za-z0-9]{3,8}){0,6})(?:等\d*家?(?:企业|公司)?)?"
    r"(?:成功|首次|连续|先后|正式|顺利|再次|分别|双双|跻身|新)?"
    r"(?:入围|入选|列入|荣获|获评|获批|获得|获|被认定为|被评为|成为|登陆|跻身|上榜|在[^，。]{0,8}(?:上市|挂牌)|上市|挂牌)"
    r"(?P<what>[^，。；]{0,30}?)(?=[，。；])",
    [*_GIVEN, *(f"{last}{mark}" for last in ("企业", "上市", "挂牌") for mark in "，。；")],
    before=125,
    after=130,
)
_OF_FIRMS = re.compile(rf"{'|'.join(_GIVEN)}|(?:企业|上市|挂牌)$")
_NO_FIRM = re.compile(
    "^\\d|板$|外资|境内外|政府|[足篮排]球|子公司|[省市县区镇乡村州盟旗校院馆局委办会园店产业城厂圈群链奖品果米茶梨瓜椒人企]$|企业|我市|全市|全省|全国|累计|新增|培育|项目|工程|高速|铁路|景区|中心|基地|平台|产值|成功|获|等$|技术$|文化$|环境|产业|改革|经验|做法|案例|试点|模式"
)


def _subjects(reading: Reading) -> Iterator[Found]:
    text = reading.text
    for match in _SAID.finditer(text):
        if not _OF_FIRMS.search(match["what"]) and not re.search("(?:上市|挂牌)$", match[0]):
            continue
        low = match.start("names")
        for name in re.split("[、和]", match["names"]):
            after = low + len(name) + 1
            owned = _OWNED.match(name)
            low += owned.end() if owned else 0
            name = _SAID_OF.sub("", name[owned.end() if owned else 0 :])
            end = low + len(name)
            plain = (
                len(name) > 1
                and name not in works.verbs()
                and works.own_words(name)
                and len(works.tokens(text, low, end)) == 1
            )  # no verb or particle in it
            if plain and not _NO_FIRM.search(name) and not _placed(reading, low, end):
                yield _found(reading, low, end, name, "subject")
            low = after


_OWNED = re.compile("[台港外央民国]企(?=[\u4e00-\u9fff]{3})")
# 三生制药荣获…, 安达科技主板上市: words between a name and its verb.
_SAID_OF = re.compile("(?:荣|首发|主板|创业板|科创板|再度|整体|首次|A股|IPO|双双|成功)+$")


def _placed(reading: Reading, low: int, end: int) -> bool:
    return any(place.start == low and place.end == end for place in reading.within("place", low, end))


def _told(reading: Reading) -> Iterator[Found]:
    """Firms by the list they stand in or the verb beside them: 水塔、紫林等龙头企业, 引进新港重科."""
    text = reading.text
    for low, end in firmnames.listed(text):
        if not _placed(reading, low, end):
            yield _found(reading, low, end, text[low:end], "list")
    for low, end in (*firmnames.with_business(text), *firmnames.sellers(text)):
        # 山西科技, 明溪新材料: the trade of a place.
        if not reading.within("place", low, end) or text[low:end].endswith(_STRONG):
            yield _found(reading, low, end, text[low:end], "verb")


_STRONG = ("集团", "证券", "控股", "股份", "药业", "制药", "重工", "重科", "乳业", "酒业", "特钢", "实业")


def _again(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    names = {item.name for item in found if item.rule in _TOLD}
    for low, end in firmnames.again(reading.text, frozenset(names)):
        yield _found(reading, low, end, reading.text[low:end], "again")


_TOLD = frozenset(f"enterprises:{rule}" for rule in ("list", "verb"))


# --- firms in the names of projects -------------------------------------------------------------

_MAKES = re.compile(r"年产|年处理|日产|年加工|\d+(?:\.\d+)?(?:万|亿|兆瓦|千瓦|吨|吉瓦|GW|MW|头|只|台|套|条)")
_HEADS = re.compile(
    "高速(?!光|通信|列车|电机|磁)|铁路|高铁|公路|大道|大桥|(?<!电)路$|桥$|河$|水库|机场|医院|学校|中学|小学|大学|公园|航道|枢纽|灌区|隧道|专线|线$|港|车站|站$"
    "|片区|古城|古镇|景区"
)
_NO_BRAND = re.compile(
    "[东南西北中上下前后省市县区镇乡村州河江湖海山岛湾港坡岭沟塬坪洼峪川滩寨堡屯甸城站路街道桥里庄新老大小高年月个的级型类羊牛鸡猪鸭菜茶米粉果柚橘橙柑莓薯梨桃枣菇鱼虾蟹藕瓜椒姜蒜豆]$"
    "|(?:制备|制造|加工|生产|回收|利用|改造|处理)$"
    "|^[一二三四五六七八九十万千百\\d]|^(?:市|县|区|省|新|老|大|小|全|各|东|西|南|北|中部|年|国家|国际|环|沿)|\\d|[（）“”至—-]"
)


def _in_projects(reading: Reading) -> Iterator[Found]:
    """Firms that stand before their goods in the name of a project: 华裕蛋鸡, 普勤低热值煤…, 山西道威400兆瓦时."""
    text = reading.text
    for project in reading.found("project"):
        word = text[project.start : project.end]
        if project.count is not None or project.members or _HEADS.search(word):
            continue
        at = _goods(word)
        if at is not None:
            yield from _brand(reading, project, project.start + at)


def _brand(reading: Reading, project: Found, at: int) -> Iterator[Found]:
    """The firm at the start of a project's name; a county before it tells where, a province is part of it."""
    text = reading.text
    low = project.start
    for place in reading.within("place", low, at):
        if place.start == low and place.end < at and not place.key.endswith("0000"):
            low = place.end
    brand = own = text[low:at]
    for place in reading.within("place", low, at):
        own = own.replace(text[place.start : place.end], "")
    group = enterprise_names.opening(own)
    if len(own) - len(group) < 4:
        own = own.removeprefix(group)  # 中航工业洪都
    if (
        _PHASE.search(own)
        or not 2 <= len(own) <= 5
        or _own(own) != own
        or _NO_BRAND.search(own)
        or _placed(reading, low, low + len(brand))
        or own in firmnames.common()
        or _MATERIAL.fullmatch(own)
        or all(character in _ends_of_lines() for character in own)
        or works.own_words(brand_of := firmnames.parts(own)[0], strict=True) != brand_of
        or _SECTOR_PARK.match(text, at, project.end)
    ):
        return
    trade = None if _GOES_ON.match(text, at) else _trades().match(text, at, project.end)
    end = trade.end() if trade else at
    yield _found(reading, low, end, text[low:end], "project")


# 铜铝, 氟硅, MDI: what is made; no firm.
_MATERIAL = re.compile("[铝硅钛铜镁锂氢碳磷钒氟陶铁锌镍钢煤油气电氨醇材料石墨烯晶盐稀土硼锶钠钾]+|[A-Z0-9]{2,5}|.*商")
_GOES_ON = re.compile("科技(?:创新|成果|研发|合作|人才)|电气化|机械化|数控化|医疗卫生")  # 电气化改造 is no 电气
# 青山数字经济产业园: a park of a trade, called after where it is.
_SECTOR_PARK = re.compile(
    "(?:数字|数字经济|绿色|智慧|电商|跨境电商|大数据|大健康|康养|文旅|航空|航空物流|物流|冷链物流|装备制造|智能制造|临空|临港)(?:产业)?(?:园|小镇|基地|新城)"
)
_PHASE = re.compile("[一二三四五六]期$")


def _goods(word: str) -> int | None:
    """Where the goods begin in the name of a project; ``None`` when it names none."""
    if _goods_pattern().match(word):
        return None
    makes = _MAKES.search(word)
    goods = _goods_pattern().search(word, 2)
    at = min((match.start() for match in (makes, goods) if match and match.start() >= 2), default=None)
    if at is None or at > 9:
        return None
    how = _HOW.search(word[:at])
    return how.start() if how and how.start() >= 2 else at


# 浙石化高端|新材料: how its goods are.
_HOW = re.compile("(?:高端|高速|高性能|高效|低成本|新型|智能|优质|先进|特种|超?大型|现代(?!物流)|绿色(?!物流))+$")


@cache
def _trades() -> re.Pattern[str]:
    return re.compile(lexicon.alternatives("enterprise_trades"))


@cache
def _goods_pattern() -> re.Pattern[str]:
    return re.compile(lexicon.alternatives("enterprise_products"))


def _found(reading: Reading, start: int, end: int, name: str, rule: str) -> Found:
    return Found(start, end, LABEL, name, f"enterprises:{rule}")
