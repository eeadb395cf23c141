"""Names of works: the name in a stretch of a clause, the noun it ends with, and whether anything in it is its own.

Strings in, items out; the nouns and the generic words are data in ``kg/lexicon`` (``project_heads.csv``,
``work_generic.txt``, ``work_places.txt``). Used by the finder of projects.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg import lexicon
from kg.extract import enterprise_names
from kg.extract.projects import works
from kg.extract.projects.works import Token

#: What a head noun asks of the verb; the rest are told in ``project_heads.csv``.
OWN, PARK, WORKS = "own", "park", "works"


@dataclass(frozen=True, slots=True)
class Item:
    """One name of a list, trimmed; ``head`` is the noun it ends with, ``need`` what that noun asks of the verb.

    ``plain`` when it has no noun of works and nothing but goods and functions in it: 动力电池, 养老帮困.
    """

    start: int
    end: int
    word: str
    head: str
    need: str
    proper: bool
    quoted: bool = False
    plain: bool = False


@cache
def needs() -> dict[str, str]:
    """Return what each head noun asks of the verb."""
    return {row["word"]: row["need"] for row in lexicon.table("project_heads")}


# Determiners before a name, which are no part of it.
LEAD = re.compile(
    r"(?:“十[一二三四五]五”(?:期间|时期)?|（[一二三四五六七八九十]+）|[①-⑳]|[全我][国省市县区]|[国省市境]内|一批|首批|第[一二三四五六七八九十][批个条座]"
    r"|首[个条座列家]|总?投资[\d.]+亿元|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:底前?|初|份|中旬)|国家级|省级|市级|重大项目|重点项目|项目|工程|服务(?!外包|区|站|中心)|发展|全部"
    r"|其中|另有|另外|还有|比如|特别是|尤其是|包括|[一二三四五]是|以|如|为|及|即(?!墨)|是?指(?!挥))+"
)
_TRAIL = re.compile(
    r"(?:[（(][^）)]*[）)]|全面|全线|主线|主体|主体工程|主体结构|路基|桥面|土建|铺轨|架梁|征迁|部分|基本|重新|等|\s|\*)+$"
)
_COUNTED = re.compile(
    r"[\d.,]+(?:个|条|座|所|家|处|项|公里|[万亿](?!吨|千瓦|头|只|立方|套|辆|标)|千米|平方|台|套|户|人|名|%|米|辆|张|间|宗|批|期)"
    r"|[一二两三四五六七八九十百]+(?:个|条|座|所|家|批|项|处|类|大)"
)
_POLICY = re.compile(
    r"行动|计划|战略|政策|机制|制度|体系|改革(?!路|大道)|攻坚战|保卫战|城市$|素质|培育|倍增|人才|民心|惠民|工程”$|”工程$|”进"
    r"|进(?:课堂|社区|校园|农村|农户|超市|万家)|[\d一二三四五六七八九十]+项(?:重大|重点)?[^，。]{0,4}工程$"
    r"|[一二三四五六七八九十百千]大(?:[^，。]{0,6}项目|[^，。]{0,6}工程)|科技专项|安居工程|健康工程|[一头]号工程"
)
# “一区两中心”, “三中心九园区三基地”: a formula of a layout, no work.
_FORMULA = re.compile(
    "[一二三四五六七八九十两\\d][^一二三四五六七八九十两\\d]{1,4}[一二三四五六七八九十两\\d][^一二三四五六七八九十两\\d]{1,4}"
)
_LONGEST = 8


def item(text: str, token: Token) -> Item | None:
    """Trim a stretch to the name in it; ``None`` when nothing is left."""
    start, end = token.start, token.end
    lead = LEAD.match(text, start, end)
    if lead and lead.end() < end:
        start = lead.end()
    trail = _TRAIL.search(text, start, end)
    if trail and trail.end() == end:
        end = trail.start()
    while start < end and text[start].isspace():
        start += 1
    quoted = end - start > 2 and text[start] == "“" and text.find("”", start, end) == end - 1
    if quoted:
        start, end = start + 1, end - 1
    word = text[start:end]
    if not word or (quoted and _FORMULA.match(word)):
        return None
    noun, need = head(word)
    if word in _kinds():
        return Item(start, end, word, noun, need, False, quoted, True)
    plain = noun in _PLAIN and not _CODE.search(word) and len(re.sub(r"[\W\d_]", "", works.own_words(word, True))) < 2
    firm = enterprise_names.opening(word)
    if firm and len(word) - len(firm) >= 2 and not counted(word) and not _INDEFINITE.search(word):
        return Item(start, end, word, noun, need, True, quoted)
    return Item(start, end, word, noun, need, _proper(word, noun), quoted, plain)


@cache
def _kinds() -> frozenset[str]:
    return frozenset(lexicon.lines("project_kinds"))


_PLAIN = frozenset(("", "项目", "工程"))


def head(word: str) -> tuple[str, str]:
    """Return the longest head noun a word ends with, and its need; two empty strings when there is none."""
    table = needs()
    for size in range(min(_LONGEST, len(word)), 0, -1):
        need = table.get(word[-size:])
        if need is not None:
            return word[-size:], need
    return ("段", "any") if _SECTION.search(word) else ("", "")


# 蒙华铁路荆门段: a section of a line.
_SECTION = re.compile("(?:高速|铁路|高铁|公路|国道|省道|城际|线|路|河|江)[^，。]{1,8}段$")


def class_head(word: str) -> tuple[str, str]:
    """What a list says its members are: projects (等重大项目), or works of one kind (等高速)."""
    if _PROGRAMMES.search(word) or _OF_FIRMS.match(word) or _NO_WORKS.search(word):
        return "", ""
    for noun in ("项目", "工程"):
        if word.endswith(noun) or _NOUN_COUNTED.search(word):
            return noun, "any"
    return head(word.rstrip("”"))


# 等企业发展对外承包工程: what they do, not what they are.
_OF_FIRMS = re.compile("[^，。]{0,4}(?:企业|公司|集团|单位)(?:发展|承接|承揽|承担|实施|参与|建设|开展|投资)")
# 等服务项目: what is on offer, no works.
_NO_WORKS = re.compile(
    "^(?:面子|政绩|形象|豆腐渣|半拉子)(?:项目|工程)|(?:服务|服务外包|体验|保健|检查|检验|检测|收费|活动|比赛|竞赛|赛事|审批|事项|救助|培训|科研|科技|课题)项目$"
)
# 等项目54个: the number after its noun.
_NOUN_COUNTED = re.compile(r"(?:项目|工程)[\d.]+[余多]?[个项]$")
# 等“制造强市七大工程”: a programme, whose parts are no works.
# 等专项整治: a campaign.
_PROGRAMMES = re.compile(
    "工程”$|[一二三四五六七八九十]+大工程$|专项(?:整治|治理|检查|行动|斗争|执法|排查)?(?:行动)?$|人才(?:工程|项目|计划)$|项目集群$"
)


def _proper(word: str, noun: str) -> bool:
    """Whether something of a name is its own once generic words are gone."""
    if counted(word) or _COUNT_AFTER.search(word) or len(word) > 40 or _INDEFINITE.search(word):
        return False
    if _NATIONAL.fullmatch(word) or _MUNICIPAL.match(word):
        return True
    if needs().get(noun) == OWN or _CODE.search(word):
        return True
    rest = re.sub(r"[\W\d_]", "", works.own_words(word.removesuffix(noun)))
    short = len(word) <= 6 or len(word) - len(noun) <= 3
    enough = 1 if noun and short and noun not in _VAGUE else 2
    return len(rest) >= enough and word[0] not in "性化力率型式"


# 二季度其余项目: those that are left, not one by name.
# 全球重要智算中心: what it is to be among all, no name of its own. 一批产业项目, 各级电商中心: any of them.
_INDEFINITE = re.compile(
    "其余|剩余|其他|其它|余下|上述|进行|[余多]名|一批|若干|一系列|更多|各级|各类|所有|^[一二三四]季度|^(?:上|下)半年|^[\u4e00-\u9fff]港$"
    "|^(?:重要|主要|骨干|中小)?干?支流|^郊区|^新市镇|^(?:全球|全国|世界|国际|国内|亚洲|全省|中?西部|中部|东部|区域)性?(?:重要|领先|知名|一流|最大|著名|核心)"
)
# 国家健康旅游示范基地: a title of the state, of which a city holds one of a kind.
_NATIONAL = re.compile("国家(?!级)[^，。、]{4,}基地")
# 市中心医院新院区: the city's one.
_MUNICIPAL = re.compile(
    "[省市县](?![级域场政民属区直])[^，。、]{2,10}(?:活动中心|文化馆|文化中心|体育中心|体育公园|图书馆|科技馆|档案馆|博物馆|美术馆|展览馆|规划馆"
    "|福利院|救助站|看守所|党校|疾控中心|血站|综治中心|服务中心|指挥中心|交易中心|处置中心|监测站|填埋场|发电厂|处理厂|学院|学校|幼儿园)$"
    "|[市县](?:第?[一二三四五六七八九十]|中心|中|妇幼|人民|儿童|传染病|精神|肿瘤|口腔)[^，。、]{0,6}(?:医院|院区|分院|新院|保健院|新址)$"
)
_VAGUE = frozenset(("项目", "工程", "基地", "中心", "综合体", "片区", "街区", "生产线"))
# 省道S330, 312国道, 5号线, 四号线: a number tells them from others.
_CODE = re.compile(r"[A-Z]\d+|\d+(?:国道|省道|号线)|[一二三四五六七八九十]号线")


# 甲医院迁建、乙校区扩建4个项目: the number stands right after the last name.
_COUNT_AFTER = re.compile(
    r"(?<=[\u4e00-\u9fff）])(?:\d+|[二三四五六七八九十两]+)"
    r"(?:(?:个|项|条|大)[^，。、]{0,8}(?:项目|工程)|[条座]\w{0,4}(?:高速|高速公路|铁路|高铁|公路|大道|道路|隧道|大桥|水库|地铁))$"
)


def split_count(token: Token) -> tuple[Token, Token] | None:
    """Split 乙校区扩建4个项目 into the name and the number of projects; ``None`` when it ends with no number."""
    match = _COUNT_AFTER.search(token.word)
    if match is None or match.start() < 2:
        return None
    at = token.start + match.start()
    return token._replace(end=at, word=token.word[: match.start()]), Token(at, token.end, token.kind, match[0])


def is_national(named: Item) -> bool:
    """Whether a name is that of a national base: 国家健康旅游示范基地."""
    return bool(_NATIONAL.fullmatch(named.word))


def counted(word: str) -> bool:
    """Whether a word begins with a number of things (3座大桥): how many, not which."""
    return bool(_COUNTED.match(word))


def is_programme(word: str) -> bool:
    """Whether a name is that of a policy, a campaign or a programme rather than of a work."""
    return bool(_POLICY.search(word))


def at_a_site(named: Item) -> bool:
    """Whether a name says what is worked on: 水阳江中游防洪治理工程, not 产业链提升工程."""
    return bool(_sites().search(named.word.removesuffix(named.head)))


@cache
def _sites() -> re.Pattern[str]:
    return re.compile(lexicon.alternatives("work_places"))


def joined(text: str, items: Sequence[Item]) -> tuple[list[Item], dict[int, tuple[str, ...]]]:
    """Join what one name says in several parts; return the names, and by start the members of those with several.

    硕放机场改扩建 and 配套设施工程 are one name, 解放河、清溪河综合整治 is one with two members.
    """
    out: list[Item] = []
    members: dict[int, tuple[str, ...]] = {}
    for index, one in enumerate(items):
        if out and (
            one.word.startswith(("配套", "附属", "相关配套"))
            or _paired(text, out[-1], one)
            or _opened(text, out[-1], one)
        ):
            whole = text[out[-1].start : one.end]
            named = (
                item(text, Token(out[-1].start, one.end, works.NAME, whole)) if _opened(text, out[-1], one) else None
            )
            out[-1] = named or replace(out[-1], end=one.end, word=whole)
            continue
        held = _merged(items[: index + 1])
        if held:
            first = items[index + 1 - len(held)]
            out[len(out) + 1 - len(held) :] = [replace(one, start=first.start, word=text[first.start : one.end])]
            members[first.start] = held
            continue
        out.append(one)
    return out, members


def _paired(text: str, one: Item, other: Item) -> bool:
    """Whether a second noun tells more of the same work: 青河流域国土绿化和湿地保护, 通用航空制造及运营."""
    if one.proper and text[one.end : other.start] in ("和", "及", "与") and _ITS_PART.match(other.word):
        return True
    verb = other.word in works.verbs()
    if (other.plain or other.need == "list") and enterprise_names.opening(one.word) and not one.head:
        return text[one.end : other.start] in ("和", "及", "与")  # 青钢高端钛|及|钛合金
    bare = verb or (one.proper and not other.head and not works.own_words(other.word, strict=True))
    return text[one.end : other.start] in ("和", "及", "与") and not one.head and bare


def _opened(text: str, one: Item, other: Item) -> bool:
    """Whether a name goes on behind its first part: 绿能及循环经济产业园, 量子信息与量子科技创新研究院."""
    alone = text[one.start - 1 : one.start] != "、"
    if text[one.end : other.start] == "与" and not one.head and (alone or _BETWEEN.match(other.word)):
        return 2 <= len(one.word) <= 8 and bool(
            _JOINING.search(other.word)
        )  # 主城与松洲之间快速通道, 内地与港澳规则衔接示范基地
    return (
        text[one.end : other.start] in ("和", "及", "与")
        and (text[one.start - 1 : one.start] != "、" or text[other.end : other.end + 1] == "、")
        and not one.head
        and other.head in _OF_SEVERAL
        and len(one.word) <= 12
        and not _WHOLE.search(one.word)
        and (not works.own_words(other.word.removesuffix(other.head)) or one.word[:2] == other.word[:2])
    )


_BETWEEN = re.compile("[\u4e00-\u9fff]{2,6}之间")
_JOINING = re.compile("(?:通道|快速路|快速道路|道路|工程|项目|基地|中心|科技园|产业园|连接线)$")
_OF_SEVERAL = frozenset("产业园 工业园 科技园 产业园区 产业基地 基地 研究院 实验室 中心 生产线".split())  # noqa: SIM905
_WHOLE = re.compile("(?:平台|管廊|城镇|[镇村区县市率度]|绿化|企业|通道|机场|港)$")


def _merged(items: Sequence[Item]) -> tuple[str, ...]:
    """Members of 解放河、清溪河综合整治: several places, one kind of work said once."""
    last = items[-1]
    if len(items) < 2 or not last.proper or is_programme(last.word) or not at_a_site(last):
        return ()
    site = _site(last, items[-2])
    if not site:
        return ()
    alike = 0
    while alike < len(items) - 1 and _same_kind(items[-2 - alike], site[-1]):
        alike += 1
    if not alike:
        return ()
    rest = last.word[len(site) :]
    return (*(one.word + rest for one in items[len(items) - 1 - alike : -1]), last.word)


# 沐邦总部及生产基地: what a firm builds beside it has no name of its own.
_ITS_PART = re.compile("(?:生产|研发|制造|运营|结算|研发生产)(?:制造)?(?:基地|中心)$")
_WATERS = frozenset("河江湖溪港渠沟浜塘湾")


def _site(last: Item, before: Item) -> str:
    """The place a work is done to, when the name before it is a place of its kind: 五丈港 of 五丈港黑臭水体综合治理."""
    final = before.word[-1]
    if last.need == WORKS and last.word.removesuffix(last.head)[-1:] == final:
        return last.word.removesuffix(last.head)
    at = last.word.find(final, 1) + 1
    done = last.need == WORKS or bool(_DONE_TO.search(last.word.removesuffix(last.head)))
    alike = at > 1 and abs(at - len(before.word)) <= 2 and len(before.word) <= 6
    return last.word[:at] if final in _WATERS and alike and done and at < len(last.word) else ""


_DONE_TO = re.compile("(?:治理|整治|修复|还湖|还湿|清淤|疏浚|补水|连通|截污|改造|提升|保护|除险加固|加固)$")


def _same_kind(one: Item, final: str) -> bool:
    bare = one.head in ("", "段") or (final in _WATERS and len(one.word) <= 6)
    return one.proper and bare and one.word[-1] == final
