"""Short names of firms that no list holds: what makes a word one, and where the text says that it is one.

A text in, stretches out; used by the finder of enterprises. A short name is a brand of two to four characters, alone
(水塔) or with a line of business (特茂石油化工), with nothing in it that is an ordinary word of the genre
(``enterprise_common.txt``). The text says so in a list that ends in …等企业, by a verb that takes firms before such
a name (引进新港重科), or by what only firms do after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import ahocorasick_rs

from kg import lexicon
from kg.extract import enterprise_names
from kg.extract.entities import industry_terms
from kg.extract.projects import works


class Stretch(NamedTuple):
    """A short name in the text."""

    start: int
    end: int


_SIGNS = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·]{2,12}")
_LATIN = re.compile(r"[A-Za-z]{2,}")
#: What a firm's short name does not end with.
_ENDS = re.compile(
    "[省市县区镇乡村州盟旗校院馆局委办会园店城厂圈群链奖果米茶梨瓜椒人企站路港线段库岛山江河湖海度率费税额量数险权证卡券牌具件品器型式级类等项期批]$"
    "|企业|项目|工程|平台|基地|中心|产业|行业|领域|文化|技术|服务|经济|设备|设施|资源|资金|试点|模式|体系|系统|机构|部门|单位|业态|场景"
)
_ENDS_LISTED = re.compile(
    "[省市县区镇乡村州盟旗院馆局办委会的了等中]$|项目|工程|企业|平台|基地|领域|服务|资源|资金|模式|体系|机制|产业园|信息港|高校|大学|学院|(?:生产|加工|贸易|代工|一体化)$"
)
#: … and what a brand before a line of business does not: 新港重科 is one.
_ENDS_BRAND = re.compile("[省市县区镇乡村州旗校院的了性化型级类个家]$")
_STARTS = re.compile(
    "^(?:市|县|区|省|全|各|该|此|本|其|新增|更多|大型|一|两|三(?!一|元|安|棵|环|友|花)|四|五(?!矿|粮|菱)|十|百(?!威|度|联|果|事|济)|千)"
)


@cache
def common() -> frozenset[str]:
    """Return the ordinary words that are no firm's name."""
    return frozenset(lexicon.lines("enterprise_common"))


@cache
def _business_words() -> frozenset[str]:
    return frozenset((*lexicon.lines("enterprise_trades"), "石油化工", "重科", "证券", "集团", "公司", "控股"))


@cache
def _trades() -> tuple[str, ...]:
    words = {*_business_words(), *lexicon.lines("enterprise_products")}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def _ordinary() -> ahocorasick_rs.AhoCorasick:
    words = {
        *lexicon.lines("work_generic"),
        *lexicon.lines("work_common"),
        *lexicon.lines("enterprise_generic"),
        *lexicon.lines("enterprise_products"),
        *lexicon.lines("enterprise_common"),
        *industry_terms.by_form(),
    }
    return ahocorasick_rs.AhoCorasick(
        sorted(word for word in words if len(word) > 1), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )


def _holds_ordinary(word: str) -> bool:
    return bool(_ordinary().find_matches_as_indexes(word))


@lru_cache(maxsize=4096)
def parts(word: str) -> tuple[str, str]:
    """Split a short name into its brand and its line of business: 特茂石油化工 is 特茂, 石油化工."""
    for trade in _trades():
        if word.endswith(trade) and len(word) - len(trade) >= 2:
            return word[: -len(trade)], trade
    return word, ""


def is_brand(word: str) -> bool:
    """Whether a word can be a firm's short name: nothing in its brand is an ordinary word.

    >>> [is_brand(word) for word in ("济明可信", "特茂石油化工", "精细化工", "冷凉蔬菜")]
    [True, True, False, False]
    """
    if not _SIGNS.fullmatch(word) or word in common() or _STARTS.search(word):
        return False
    brand, trade = parts(word)
    if trade not in _business_words() and (_ENDS.search(word) or (not trade and len(word) > 5)):
        return bool(_LATIN.fullmatch(word)) and len(word) > 2
    if len(brand) > (5 if trade else 4) and not _LATIN.search(brand):
        return False
    ends = _ENDS_BRAND if trade in _business_words() else _ENDS
    return not _holds_ordinary(brand) and not ends.search(brand)


# --- lists that end in …等企业 ----------------------------------------------------------------------

_FIRMS = re.compile(
    r"等(?:[\d一二三四五六七八九十两]+[余多]?[家户个])?(?!行业|领域|产业|各类|不同|级|所有制)(?P<what>[^，。；：、\n等]{0,14}?)"
    r"(?:企业|公司|集团|车企|药企|央企|国企|民企|名企|强企)(?!家|债|类|文化|集群|技术|所得税|信用|服务|办事|开办|登记|扶持|优惠|减负|帮扶|政策|负担|成本|融资|需求|问题|反映|关切|所需|急需|困难|发展环境)"
)
_OTHER = re.compile(
    "领域|行业|所有制|各类|类型|等级|方面|向|为|污染|资源型|产业的|产业链|部门|岗位|政策|措施|制度|服务|专项|环节|金融机构|方式|参与|多种|不同"
)


def listed(text: str) -> Iterator[Stretch]:
    """Yield the names of lists that call them firms: 济明可信、汇人制药等龙头企业."""
    bounds = works.clauses(text)
    index = 0
    for match in _FIRMS.finditer(text):
        if _OTHER.search(match["what"]):
            continue
        while index + 1 < len(bounds) and bounds[index][1] <= match.start():
            index += 1
        start = bounds[index][0]
        if start < match.start() < bounds[index][1]:
            yield from _names(text, works.tokens(text, start, match.start() + 1))


def _names(text: str, tokens: Sequence[works.Token]) -> list[Stretch]:
    """The names of the list that the last 等 closes, when most of them can be firms."""
    at = len(tokens) - 2
    names: list[Stretch] = []
    while at >= 0 and tokens[at].kind == works.NAME:
        names.append(_trimmed(text, tokens[at]))
        if at < 1 or tokens[at - 1].kind != works.SEP:
            break
        at -= 2
    words = [text[name.start : name.end] for name in names]
    if any(map(_is_sector, words)):
        firms = [name for name, word in zip(names, words, strict=True) if is_brand(word)]
        return firms if len(firms) * 3 >= len(names) * 2 else []
    told = any(word in enterprise_names.known() or is_brand(word) for word in words)
    return [name for name, word in zip(names, words, strict=True) if told and _may_be(word)]


def _is_sector(word: str) -> bool:
    """True for 钢铁, 现代物流: lists of them name lines of business, whatever firms stand there."""
    return word in common() or word in industry_terms.by_form() or (len(word) > 1 and not works.own_words(word))


def _may_be(word: str) -> bool:
    """Whether a word in a list of firms may be one, though part of it is ordinary: 湖北长江医药, 二机床."""
    own = _generic().sub("", _FORM.sub("", word))
    return len(own) > 1 and len(word) <= 10 and bool(_SIGNS.fullmatch(word)) and not _ENDS_LISTED.search(word)


_FORM = re.compile("(?:集团|公司|股份|控股)$")


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(lexicon.alternatives("enterprise_generic"))


_LEAD = re.compile(
    r"(?:(?:世界|中国|国内)?500强|央企|国企|民企|龙头企业|骨干企业|知名企业|企业|链主|以|如|像|为|其中|包括|特别是|尤其是|重点|深化与|力促|助推|招引|迅速|协助|保证|引导|帮助|带动|积极|支持|推动|扶持|集聚|提升|壮大|做强|做优|做大)+"
)
_TAIL = re.compile(r"[（(][^）)]*[）)]$|\s+$")


def _trimmed(text: str, token: works.Token) -> Stretch:
    start, end = token.start, token.end
    lead = _LEAD.match(text, start, end)
    if lead and end - lead.end() >= 2:
        start = lead.end()
    tail = _TAIL.search(text[start:end])
    if tail and tail.start() >= 2:
        end = start + tail.start()
    while start < end and text[start].isspace():
        start += 1
    return Stretch(start, end)


# --- names with a line of business --------------------------------------------------------------------

_DOES = re.compile(
    r"等?(?:成为|获批|获评|入选|入围|荣获|上市|挂牌|在[^，。；]{0,8}(?:上市|挂牌)|落户|入驻|量产|扩产|扩能|技改|重组|改制|增资|引进落户|成功上市|主板上市|的[^，。；]{2,14}(?:项目|生产线))"
)
_TAKES = re.compile(
    "(?:引进|引入|招引|签约|携手|牵手|联合|推动|支持|设立|重组|收购|引进了|成立|(?<!参)与)(?P<name>[^，。；、\\n]{2,4})$"
)
_TAKEN = re.compile(
    r"(?=[，。；、\n])|上市|挂牌|做[大优强精]|扩|技改|项目|公司|落户|引进|等|合作|的?战略|深化|开展|投资|重组|在|转型|改制|增资|新建|建设"
)
# 东贝压缩机产销超过3000万台: a brand before its goods, and how they sell.
_SELLS = r"(?:产销量?|销量|产量|下线|单品|市场占有率|市占率|销售)"


@cache
def _business() -> re.Pattern[str]:
    """Lines of business that make a brand before them a firm, with a verb to tell."""
    words = _business_words() - {"公司", "医疗", "文旅", "物流", "机械", "供应链", "金属", "饮料", "饮品"}
    return re.compile("|".join(sorted(words, key=lambda word: (-len(word), word))))


def with_business(text: str) -> Iterator[Stretch]:
    """Yield brands with a line of business where a verb tells that they are firms: 特茂石油化工成为交割仓库."""
    for match in _business().finditer(text):
        start, end = match.span()
        taken = _TAKES.search(text, max(0, start - 8), start)
        if taken and _TAKEN.match(text, end):
            low = taken.start("name")
        elif _DOES.match(text, end):
            low = _clause_start(text, start)
        else:
            continue
        word = text[low:end]
        if 2 <= start - low <= 4 and is_brand(word) and [t.kind for t in works.tokens(text, low, end)] == [works.NAME]:
            yield Stretch(low, end)


_BREAK = re.compile(r"[，。；、：\n和与的]")


@cache
def _goods() -> re.Pattern[str]:
    words = sorted(lexicon.lines("enterprise_products"), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<=[，。；、\n])(?P<brand>[\u4e00-\u9fff]{{2,4}}?)(?:{'|'.join(words)}){_SELLS}")


def sellers(text: str) -> Iterator[Stretch]:
    """Yield brands before goods that are said to sell: 东贝 of 东贝压缩机产销超过3000万台."""
    for sells in _SELL.finditer(text):
        low = max(0, sells.start() - 12)
        for match in _goods().finditer(text, low, sells.end()):
            told = works.tokens(text, *match.span("brand"))
            if (
                match.end() == sells.end()
                and is_brand(match["brand"])
                and [token.kind for token in told] == [works.NAME]
            ):
                yield Stretch(*match.span("brand"))


_SELL = re.compile(_SELLS)


def _clause_start(text: str, start: int) -> int:
    low = max(0, start - 5)
    for match in _BREAK.finditer(text, low, start):
        low = match.end()
    return low


# --- names told before ----------------------------------------------------------------------------------

_ON = re.compile("[路街桥站村镇]|大道|大街|大桥|广场|学院|大学")


def again(text: str, names: frozenset[str]) -> Iterator[Stretch]:
    """Yield where names that the text has told to be firms stand again, at the start of a name."""
    words = sorted(name for name in names if len(name) > 2)
    if not words:
        return
    automaton = ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    for _, start, end in automaton.find_matches_as_indexes(text):
        if not _ON.match(text, end):
            yield Stretch(start, end)
