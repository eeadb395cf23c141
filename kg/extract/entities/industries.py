"""Industries: sectors and product groups named as lines of business.

In: the reading. Out: mentions with label ``industry``, the registry key where the table has the
industry. A term counts as an industry by its tier and by what stands around it: 金融业 and
“A、金融等产业” are industries, 金融风险 is none; what a list calls 产业 is one even when the table
lacks it (布局碳硅谷材料、永磁动力等产业).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg import lexicon
from kg.extract.entities.industry_lists import KINDS, Lists, numbered
from kg.extract.entities.industry_terms import Hit, Term, by_form, scan
from kg.extract.enumerations import Span
from kg.extract.reading import Found, Reading
from kg.extract.spans import Spans

#: What makes of the words before it an industry: 茶叶产业, 陶瓷企业, 生猪养殖业.
_CALLED = re.compile(rf"^{KINDS}(?:全?产业(?!扶贫|工人)|行业|集群)|^(?:加工|制造|种植|养殖|服务)?业(?![主务绩余态])")
_NEAR = re.compile(
    r"^(?:龙头|骨干|链主|头部)?(?:企业|加工|制造|装备|产业|链|基地|市场|产品|品牌|项目|城|小镇|之都|之乡|新城)"
    r"|^(?:创新)?(?:发展)?(?:大会|论坛|峰会|博览会|展会|示范)"
)
_LED = re.compile(
    r"(?:发展|培育|壮大|做[强大优精]|布局|聚焦|主攻|升级|打造|特色|优势|主导|突出|招引|催生|产业[，：]?(?:即|是|包括|为|有)?)(?:以|“|现代|特色|新型|高端|先进|生态|绿色|优质)?$"
)
#: What is said of a sector that moves on: 服务业|扩量提质, 旅游|转型升级明显加快. Source: counted over public reports.
_GROWS = re.compile(
    r"^(?:高质量)?(?:数字化|绿色化|智能化|高端化|绿色)?(?:扩量|扩容|提质|增效|转型|升级|振兴|倍增|壮大|兴旺|回暖|复苏|提速|集聚发展|蓬勃发展|繁荣"
    r"|加[快速](?:发展|转型|升级|复苏|崛起|提升)|持续(?:壮大|火爆|升温|回暖|复苏|向好)|不断壮大|发展(?:势头|步伐|提速|迅[速猛]|质效|水平)"
    r"|实现(?:[“新跨历高突转快]|较快))"
)
#: 五大|战略性新兴产业 is the name of a scheme, 等|高新技术产业 what a list is of: no industry of its own.
_COUNTED = re.compile(r"(?:等|[一二三四五六七八九十两\d]+[大个类条]|一批|一系列)$")
_CLASS = re.compile(r"(?:新兴|技术)产业$")
_BODY = re.compile(
    r"^(?:[^，。；、\n]{0,4}(?:有限|股份|集团|公司)|[^，。；、\n]{0,6}(?:大学|学院|技校|协会|学会|联合会|商会|委员会|局长|厅长)|[局厅])"
)
#: 临空经济|区 and 绿色产业|集聚区 are zones, 数字产业|化 a slogan.
_OTHER_SENSE = re.compile(r"经济\|(?:[^，。、]{0,2}区|带|圈|走廊|强[县市省区]|技术)|产业\|(?:化|集聚区|开发区)")
#: 现代化|工程, 常态化|工作: 化 ends the word before.
_WORD_GOES_ON = re.compile(r"化工\|[程作地具序期资艺]")
#: Last words of company names: 华旦|新材料, 金风|科技. Such a term needs a word boundary before it.
_NAME_LIKE = re.compile(
    r"(?:材料|能源|科技|装备|半导体|汽车|化工|医药|食品|光电|信息|电子|储能|锂电|光伏|机器人|航空|文旅|智能|重工|制造|轮胎|化学|生物|乳业|种业|奶业|物流)$"
)
_BOUNDARY = frozenset(
    "展育大强优精做造动进快持点焦绕出端国省市县域区的和与及以在为等对向成到是即新代色型高全家级链业前抓好推促引"
    "重将由把从至聚转其或含括设施力入攻准核数类个些批条种项行定用保拉跨升亿万来后化系体术制有合如外内"
)


def find(reading: Reading) -> Sequence[Found]:
    """Find industries: 重点发展轨道交通、陶瓷等产业 gives two, 城市轨道交通线网 none."""
    text = reading.text
    hits = scan(text)
    found: list[Found] = []
    lists = Lists(reading, hits)
    for hit in hits:
        rule = _accept(reading, hit, lists)
        if rule:
            found.append(_found(*lists.extent(hit), hit.term, rule))
    unlisted = lists.unlisted({(item.start, item.end) for item in found})
    found.extend(industry(text, span, "list") for span in unlisted)
    taken = Spans((item.start, item.end) for item in found)
    found.extend(industry(text, span, "numbered") for span in numbered(text) if not taken.touches(*span))
    return _outermost(found)


def _is_cut(reading: Reading, hit: Hit, around: str) -> bool:
    """Tell a term that another word or a firm's name little longer than it holds: 化工|程, 中|石化."""
    if _WORD_GOES_ON.search(around):
        return True
    firms = reading.within("enterprise", hit.start - 4, hit.end + 4)
    return any(
        firm.rule == _KNOWN
        and firm.start <= hit.start
        and hit.end <= firm.end
        and firm.end - firm.start < hit.end - hit.start + 4
        for firm in firms
    )


_KNOWN = "enterprises:known"


def _found(start: int, end: int, term: Term | None, rule: str, name: str = "") -> Found:
    return Found(start, end, "industry", name or (term.name if term else ""), rule, key=term.key if term else "")


def industry(text: str, span: Span, rule: str) -> Found:
    """Return the mention of an industry that other words have marked as one."""
    words = text[span.start : span.end]
    term = by_form().get(words)
    return _found(span.start, span.end, term, rule, "" if term else words)


def _accept(reading: Reading, hit: Hit, lists: Lists) -> str:
    """Return the rule by which a term is an industry here, empty when it is none."""
    text = reading.text
    tail = text[hit.end : hit.end + 24]
    form = text[hit.start : hit.end]
    if _BODY.match(tail) or _OTHER_SENSE.search(form + "|" + tail[:6]) or _is_cut(reading, hit, form + "|" + tail[:1]):
        return ""
    if _CLASS.search(form) and _COUNTED.search(text[max(0, hit.start - 3) : hit.start]):
        return ""
    listed = lists.names(hit)
    if not listed and _part_of_name(text, hit, reading):
        return ""
    kind = lists.kind(hit)
    if kind == "other":
        return "" if hit.term.tier != 1 or (len(form) <= 4 and _NAME_LIKE.search(form)) else "term"
    if hit.term.tier == 1:
        return "term"
    if _GROWS.match(tail) and _starts_word(reading, hit.start):
        return "subject"
    if not hit.term.tier:
        return ""
    if listed or _CALLED.match(tail) or _says_so(form, tail):
        return "called"
    if hit.term.tier == 2 and (
        kind == "mixed" or _NEAR.match(tail) or _LED.search(text[max(0, hit.start - 6) : hit.start])
    ):
        return "near"
    return ""


def _starts_word(reading: Reading, start: int) -> bool:
    """True when nothing before an offset narrows the word: 桂林|旅游, 推动|服务业, not 全域|旅游."""
    before = reading.text[start - 1 : start]
    if not ("\u4e00" <= before <= "\u9fff") or _led(reading.text, start):
        return True
    return any(place.end == start for place in reading.within("place", start - 8, start))


def _says_so(form: str, tail: str) -> bool:
    """True for a form that ends with 业 and is not cut from a longer word: 金融业, not 绿色产业|园."""
    return len(form) > 2 and form.endswith("业") and tail[:1] not in set("园化区带村态务绩")


def _part_of_name(text: str, hit: Hit, reading: Reading) -> bool:
    """True when the term ends a name: 华旦新材料 is a company, 发展新材料 is not."""
    before = text[hit.start - 1 : hit.start]
    if not ("\u4e00" <= before <= "\u9fff") or before in _BOUNDARY:
        return False
    form = text[hit.start : hit.end]
    if not (len(form) <= 4 and _NAME_LIKE.search(form)) or _led(text, hit.start):
        return False
    if any(place.end == hit.start for place in reading.within("place", hit.start - 8, hit.start)):
        return False
    return not _CALLED.match(text[hit.end : hit.end + 12])


def _led(text: str, start: int) -> bool:
    """True when a verb stands straight before an offset: 布局|功率半导体."""
    return bool(_verbs().search(text[max(0, start - 5) : start]))


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon.alternatives('list_verbs')})$")


def _outermost(found: Sequence[Found]) -> list[Found]:
    """Drop mentions that lie inside another."""
    out: list[Found] = []
    for item in sorted(found, key=lambda f: (f.start, -f.end)):
        if not out or item.start >= out[-1].end:
            out.append(item)
    return out
