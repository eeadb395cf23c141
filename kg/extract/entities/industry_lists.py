"""Enumerations of a text and whether they list industries: A、B、C等产业, A、B等领域, A、B等消费.

In: the reading and the terms of the table found in it. Out: for each term the kind of list it stands in, the
whole item it heads (智能|家电) and the items of a list of industries that the table lacks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kg import zh
from kg.extract import enumerations
from kg.extract.anchors import Anchored
from kg.extract.entities.industry_terms import Hit, is_service, known
from kg.extract.enumerations import Span
from kg.extract.reading import Reading

#: Adjectives that may stand between a sector and 产业: 新能源|战略性新兴|产业.
KINDS = (
    r"(?:现代|高端|先进|优势|特色|主导|支柱|传统|战略性?|新兴|重点|未来|前沿|千亿|百亿|级|元|绿色|工业|制造|农业|富民|新型|首位|标志性|先导|和|成长型|潜力|骨干"
    r"|国家级|省级|世界级)*"
)
_NOT_SECTOR = (
    r"(?!园|化|项目|基地|区|集聚|村|带|走廊|工人|扶贫|小镇|强镇|大道|联盟|基金|帮扶|就业|示范|博览会|大会|论坛|展)"
)
_SECTOR = (
    rf"(?:(?:产业|农业)板块|产业{_NOT_SECTOR}|行业(?!领域|乱象)|制造业|(?:新兴|传统|现代|生产性|生活性)服务业"
    r"|业态|集群)"
)
#: Words between 等 and what the items are; a list of companies or projects is none of industries.
_GAP = r"(?:(?!企业|项目|公司)[^，。；、\n])"
#: 等三大产业, 等一批新兴产业, 为主的产业集群 after the last item of a list; 五大战略性新兴产业 straight after it.
_CLOSED = re.compile(
    rf"^(?:等(?![地区县市镇乡村国]|城市|平台|企业|园|品牌|高危|[^，。]{{0,12}}(?:高危|于一体))|为(?:主|支柱|代表|龙头|支撑|引领|主体|主导)的?"
    rf"|[一二三四五六七八九十两\d]+[大个类]|“){_GAP}{{0,14}}?{_SECTOR}"
    rf"|^{KINDS}(?:产业{_NOT_SECTOR}|集群|制造业)"
)
#: Lists of these are not of industries even when an item is: 等企业, 等16个项目.
_OTHER = re.compile(
    r"^等?(?:一批|[一二三四五六七八九十\d]+[个家项]|重点|重大|龙头|知名|优质|骨干|大型|产业)*"
    r"(?:项目|企业|公司|集团|单位|部门|事业|高校|园区)"
)
#: 等领域 after a list of sectors; not where the list tells what is watched, cleaned up or reformed.
_FIELDS = re.compile(
    r"^等[^，。；、\n]{0,8}?(?:领域|赛道|方向|方面)(?!的?[^，。；\n]{0,6}(?:风险|安全|监管|整治|乱象|改革|隐患|执法|问题|诈骗|治理|腐败|巡察|行动))"
)
_WATCH = re.compile(r"防范|化解|整治|治理|打击|排查|监管|规范|清理|严查|改革|查处|深化")
#: Services are consumed as sectors, goods as products: 促进餐饮、住宿、零售|等消费.
_CONSUMED = re.compile(r"^等[^，。；、\n]{0,6}?消费(?![者品电]|空间|场[所景]|环境|中心|集聚|街区|品牌|券)")
#: Last words that take a modifier before them: 碳基|新材料, 钒钛|装备.
_HEAD = re.compile(r"(?:材料|装备|制造|加工|农业|汽车|化工|食品|旅游|纺织|陶瓷|机械|经济)$")
_PLACE_LIKE = re.compile(r"[湾江河湖岛城谷港州山海市县区省台]$")
_DIVISION = re.compile(r"[县区市镇乡村湾湖]$")
_GENERIC = re.compile(
    r"产业|行业|企业|经济$|项目|重点|特色|优势|主导|支柱|传统|新兴|未来|战略|相关|领域|工程|体系|转型|升级|平台|服务业?$|建设|管理|改革"
    r"|招商|配套|一批|多个|各|全|我|其他|这|等|年|月|第|级|[大小新老]$|^[新大小老首主核]$|乡村|县域|富民|扶贫|链|集群|基础|结构|市场|业$|业态|园|安全|社会|教育|医疗|就业|住房|主体|医改|林改"
)
_WORD = re.compile(r"[\u4e00-\u9fff]{2,9}|[\u4e00-\u9fffA-Za-z0-9]{2,9}")
_VERB = re.compile(
    r"^(?:[一-龥]?(?:发展|培育|壮大|推动|推进|加快|打造|建设|支持|引进|提升|完善|加强|深化|实施|促进|围绕|聚焦|鼓励|结合|选择))|[了着的地]"
)
#: 船舶机械|产业集群, 氢能|产业链.
_CLUSTER = re.compile("产业(?:集群|链)")
_COUNTS = re.compile(r"[\d一二三四五六七八九十]|[东西南北中]部|^不断|现代")
_MARK = re.compile("[，。；：、！（“”\n]|和|与|及")
#: A term that ends its item: 高效电机|、, 陶瓷|等.
_ENDS_ITEM = re.compile(r"[、和与及等]|以及|产业|[一二三四五六七八九十两\d]+大")
#: What may follow a plain word in a list where it stands for a trade: 蔬菜|种植、, 物流|业; not 粮食|播种面积.
_TRADE = re.compile(
    rf"[、和与及等”“（]|以及|为[主支代龙]|{KINDS}(?:全?产业|集群|制造业|服务业)|[一二三四五六七八九十两\d]+[大个类]"
    rf"|(?:深|精深|初)?加工|制造|生产|种植|养殖|产品|服务|行业|业"
)
_NO_MODIFIER = re.compile(
    r"[千百万]亿|高质量|高水平|增长|带动|突破|规模|国际|国内|全国|国家|世界|中国|[了的着将把向从对为是有使让与和及]|^(?:并|又|以|在|由|促|开发)"
)


class Lists:
    """The enumerations of a text and what they are lists of."""

    def __init__(self, reading: Reading, hits: Sequence[Hit]) -> None:
        self.reading = reading
        self.text = reading.text
        self.runs = enumerations.runs(self.text)
        self._starts = [start for start, _ in self.runs]
        self._members: dict[int, list[Hit]] = {}
        for hit in hits:
            number = self._number(hit)
            if number >= 0 and hit.term.tier:
                self._members.setdefault(number, []).append(hit)
        self._kinds = {number: self._kind(number, members) for number, members in self._members.items()}

    def _number(self, hit: Hit) -> int:
        number = bisect_right(self._starts, hit.start) - 1
        return number if number >= 0 and hit.end <= self.runs[number][1] else -1

    def kind(self, hit: Hit) -> str:
        """Return what the list around a term lists.

        ``industries`` when it is called so, ``fields`` or ``consumed`` before 等领域 and 等消费, ``mixed`` when it
        holds an industry, ``other`` for lists of projects or companies; empty outside a list.
        """
        return self._kinds.get(self._number(hit), "")

    def names(self, hit: Hit) -> bool:
        """True when the list makes an industry of the term: A、B|等产业, 轨道交通、电机|等领域, 餐饮、零售|等消费."""
        kind = self.kind(hit)
        if hit.term.tier == 3 and not _TRADE.match(self.text, hit.end):
            return False
        return (
            kind == "industries"
            or (kind == "fields" and hit.term.tier <= 2)
            or (kind == "consumed" and is_service(hit.term))
        )

    def _kind(self, number: int, members: list[Hit]) -> str:
        start, end = self.runs[number]
        comma = self.text.rfind("、", start, end)
        last = members[-1].end if members[-1].start > comma else max(comma + 1, members[-1].end)
        tail = self.text[last : last + 40]
        if "于一体" in tail[:20]:
            return ""
        head = re.search(r"等|为主|[一二三四五六七八九十两\d]+大", tail)
        tails = [tail, tail[head.start() :]] if head else [tail]
        if any(_CLOSED.match(words) for words in tails):
            return "industries"
        if any(_OTHER.match(words) for words in tails):
            return "other"
        strong = sum(hit.term.tier == 1 for hit in members)
        before = self.text[max(0, start - 6) : members[0].start]
        some = strong or sum(hit.term.tier == 2 for hit in members) > 1
        if some and any(_FIELDS.match(words) for words in tails) and not _WATCH.search(before):
            return "fields"
        if any(_CONSUMED.match(words) for words in tails):
            return "consumed"
        return "mixed" if strong and len(members) >= 2 else ""

    def extent(self, hit: Hit) -> tuple[int, int]:
        """The whole item when the term is its head (碳基|新材料, 高效|电机 in a list), else the term alone."""
        start, end = hit.start, hit.end
        named = end - 2 if self.text.endswith("产业", start, end) else end
        if _CLUSTER.match(self.text, named):
            left = self._clause_start(hit)
            words = self.text[left:start]
            narrows = len(words) <= 4 and _is_modifier(words) and not _COUNTS.search(words)
            return (left, named) if narrows and not self._is_named(left, start) else (start, end)
        if self.kind(hit) not in ("industries", "fields"):
            return start, end
        if not (_HEAD.search(self.text[start:end]) or _ENDS_ITEM.match(self.text, end)):
            return start, end
        left = self._item_start(hit)
        words = self.text[left:start]
        if left < start and _is_modifier(words) and not self._is_named(left, start):
            return left, end
        return start, end

    def _clause_start(self, hit: Hit) -> int:
        """Where the words begin that end with the term: after a mark, 和 or a verb; the term's start when too far."""
        low = max(0, hit.start - 7)
        marks = list(_MARK.finditer(self.text, low, hit.start))
        if low and not marks:
            return hit.start
        left = marks[-1].end() if marks else 0
        words = self.text[left : hit.end]
        span = enumerations.strip_verb(words, Span(0, len(words)))
        return min(left + span.start, hit.start)

    def _item_start(self, hit: Hit) -> int:
        """Where the item begins that holds the term; the first item of a list without its verb."""
        low = max(0, hit.start - 8)
        left = max(self.text.rfind(mark, low, hit.start) for mark in "、和") + 1
        run = self.runs[self._number(hit)][0]
        if left > run or (left and hit.start - run > 20):
            return left or hit.start
        words = self.text[run : hit.end]
        span = enumerations.strip_verb(words, Span(0, len(words)))
        return run + span.start if span.start else hit.start

    def _is_named(self, start: int, end: int) -> bool:
        """True when the words are the name of a place or a company: 醴陵|陶瓷 is the trade of a town."""
        return any(self.reading.within(label, start, end) for label in ("place", "enterprise"))

    def unlisted(self, taken: set[tuple[int, int]]) -> Iterator[Span]:
        """Items the table lacks in a list that is counted as industries: A、B、C三大产业."""
        for number in self._members:
            if self._kinds[number] != "industries":
                continue
            start, end = self.runs[number]
            for span in _closed(self.text, start, end):
                covered = any(low < span.end and span.start < high for low, high in taken)
                if not covered and _is_noun(self.text[span.start : span.end]) and not self._is_named(*span):
                    yield span


#: 煤、焦、铁、铝、电|五大|传统优势产业: as many items as the number says.
_NUMBERED = Anchored(
    rf"(?P<items>[\u4e00-\u9fffA-Za-z0-9]{{1,10}}(?:[、和][\u4e00-\u9fffA-Za-z0-9]{{1,8}}){{2,11}})等?(?P<n>[三四五六七八九十])大"
    rf"[^，。；、\n]{{0,8}}?(?:产业{_NOT_SECTOR}|集群)",
    [f"{n}大" for n in "三四五六七八九十"],
    before=110,
    after=18,
)


def numbered(text: str) -> Iterator[Span]:
    """Yield the items of lists that say how many sectors they are, words of one character too."""
    for match in _NUMBERED.finditer(text):
        start = match.start("items")
        first = enumerations.strip_verb(text, Span(start, match.end("items"))).start
        found = re.finditer("[^、和]+", text[first : match.end("items")])
        parts = [Span(first + part.start(), first + part.end()) for part in found]
        words = [text[part.start : part.end] for part in parts]
        if len(parts) == zh.number(match["n"]) and all(len(word) == 1 or _is_noun(word) for word in words):
            yield from parts


def _is_noun(words: str) -> bool:
    """True for a short word that could name an industry: no verb, no general word."""
    return bool(_WORD.fullmatch(words)) and not any(pattern.search(words) for pattern in (_GENERIC, _VERB, _DIVISION))


def _is_modifier(words: str) -> bool:
    """True for a word that narrows a sector: 高效|电机, 智能|家电; not 县|陶瓷, 千亿|钢铁."""
    return len(words) <= 6 and _is_noun(words) and not _PLACE_LIKE.search(words) and not _NO_MODIFIER.search(words)


def _closed(text: str, start: int, end: int) -> list[Span]:
    """Items of a run that ends with 等…产业; none when it does not."""
    last = text.rfind("、", start, end) + 1
    close = re.search(r"等|为主|[一二三四五六七八九十两\d]+[大个]|(?:优势|特色|战略性)?(?:产业|集群)", text[last:end])
    if not close or close.start() < 2:
        return []
    if not re.search(r"产业|集群|制造业", text[last + close.start() : end]):
        return []
    return enumerations.items(text, start, last + close.start(), known())
