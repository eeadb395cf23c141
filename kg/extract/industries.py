"""Industries: sectors and product groups named as lines of business.

In: the reading. Out: mentions with label ``industry``, the registry key where the table has the
industry. A term counts as an industry by its tier and by what stands around it: 金融业 and
“A、金融等产业” are industries, 金融风险 is none; what a list calls 产业 is one even when the table
lacks it (布局碳硅谷材料、永磁动力等产业).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from kg import lexicon
from kg.extract import enumerations
from kg.extract.enumerations import Span
from kg.extract.industry_terms import Hit, Term, by_form, known, scan
from kg.extract.reading import Found, Reading

_KINDS = (
    r"(?:现代|高端|先进|优势|特色|主导|支柱|传统|战略性?|新兴|重点|未来|前沿|千亿|百亿|级|元|绿色|工业|制造|农业|富民|新型|首位|标志性|先导|和|成长型|潜力|骨干"
    r"|国家级|省级|世界级)*"
)
_NOT_SECTOR = r"(?!园|化|基地|区|集聚|村|带|走廊|工人|扶贫|小镇|强镇|大道|联盟|基金|帮扶|就业)"
_SECTOR = rf"(?:产业{_NOT_SECTOR}|行业(?!领域|乱象)|制造业|业态|集群)"
#: What makes of the words before it an industry: 茶叶产业, 陶瓷企业, 生猪养殖业.
_CALLED = re.compile(rf"^{_KINDS}(?:全?产业(?!扶贫|工人)|行业|集群)|^(?:加工|制造|种植|养殖|服务)?业(?![主务绩余态])")
_NEAR = re.compile(
    r"^(?:龙头|骨干|链主|头部)?(?:企业|加工|制造|装备|产业|链|基地|市场|产品|品牌|城|小镇|之都|之乡|新城)"
)
_LED = re.compile(
    r"(?:发展|培育|壮大|做[强大优精]|布局|聚焦|主攻|升级|打造|特色|优势|主导|突出|招引|催生)(?:以|“|现代|特色|新型|高端|先进|生态|绿色|优质)?$"
)
#: 等三大产业, 等一批新兴产业, 为主的产业集群 after the last item of a list; 五大战略性新兴产业 straight after it.
_CLOSED = re.compile(
    rf"^(?:等(?![地区县市镇乡村国]|城市|平台|企业|园|品牌|高危|[^，。]{{0,12}}(?:高危|于一体))|为(?:主|支柱|代表|龙头|支撑|引领|主体|主导)的?"
    rf"|[一二三四五六七八九十两\d]+[大个类]|“)[^，。；、\n]{{0,14}}?{_SECTOR}"
    rf"|^{_KINDS}(?:产业{_NOT_SECTOR}|集群|制造业)"
)
_COUNTED = re.compile(rf"^等?(?:[一二三四五六七八九十两\d]+[大个类条]|一批){_KINDS}(?:产业|集群)")
#: Lists of these are not of industries even when an item is: 等企业, 等16个项目.
_OTHER = re.compile(r"^等?(?:一批|\d+[个家项]|重点|重大|龙头|知名)*(?:项目|企业|公司|集团|单位|部门|事业|高校|园区)")
_BODY = re.compile(
    r"^(?:[^，。；、\n]{0,4}(?:有限|股份|集团|公司)|[^，。；、\n]{0,6}(?:大学|学院|技校|协会|学会|联合会|商会|委员会|局长|厅长)|[局厅])"
)
#: 临空经济|区 is a zone, 数字产业|化 a slogan.
_OTHER_SENSE = re.compile(r"经济\|(?:区|带|圈|走廊|强[县市省区]|技术)|产业\|化")
#: Last words of company names: 华旦|新材料, 金风|科技. Such a term needs a word boundary before it.
_NAME_LIKE = re.compile(
    r"(?:材料|能源|科技|装备|半导体|汽车|化工|医药|食品|光电|信息|电子|储能|锂电|光伏|机器人|航空|文旅|智能|重工|制造|轮胎|化学|生物|乳业|种业|奶业|物流)$"
)
#: Last words that take a modifier before them: 碳基|新材料, 钒钛|装备.
_HEAD = re.compile(r"(?:材料|装备|制造|加工|农业|汽车|化工|食品|旅游|纺织|陶瓷|机械|经济)$")
_PLACE_LIKE = re.compile(r"[湾江河湖岛城谷港州山海市县区省台]$")
_DIVISION = re.compile(r"[县区市镇乡村湾湖]$")
_BOUNDARY = frozenset(
    "展育大强优精做造动进快持点焦绕出端国省市县域区的和与及以在为等对向成到是即新代色型高全家级链业前抓好推促引"
    "重将由把从至聚转其或含括设施力入攻准核数类个些批条种项行定用保拉跨升亿万来后化系体术制有合如外内"
)
_GENERIC = re.compile(
    r"产业|行业|企业|经济$|项目|重点|特色|优势|主导|支柱|传统|新兴|未来|战略|相关|领域|工程|体系|转型|升级|平台|服务业?$|建设|管理|改革"
    r"|招商|配套|一批|多个|各|全|我|其他|这|等|年|月|第|级|[大小新老]$|^[新大小老首主核]$|乡村|县域|富民|扶贫|链|集群|基础|结构|市场|业$|业态|园|安全|社会|教育|医疗|就业|住房"
)
_WORD = re.compile(r"[\u4e00-\u9fff]{2,9}|[\u4e00-\u9fffA-Za-z0-9]{2,9}")
_VERB = re.compile(
    r"^(?:[一-龥]?(?:发展|培育|壮大|推动|推进|加快|打造|建设|支持|引进|提升|完善|加强|深化|实施|促进|围绕|聚焦|鼓励|结合|选择))|[了着的地]"
)


def find(reading: Reading) -> Sequence[Found]:
    """Find industries: 重点发展轨道交通、陶瓷等产业 gives two, 城市轨道交通线网 none."""
    text = reading.text
    hits = scan(text)
    found: list[Found] = []
    lists = _Lists(text, hits)
    for hit in hits:
        rule = _accept(reading, hit, lists)
        if rule:
            found.append(_found(*lists.extent(hit), hit.term, rule))
    found.extend(lists.unlisted({(item.start, item.end) for item in found}))
    return _outermost(found)


def _found(start: int, end: int, term: Term | None, rule: str, name: str = "") -> Found:
    return Found(start, end, "industry", name or (term.name if term else ""), rule, key=term.key if term else "")


def industry(text: str, span: Span, rule: str) -> Found:
    """Return the mention of an industry that other words have marked as one."""
    words = text[span.start : span.end]
    term = by_form().get(words)
    return _found(span.start, span.end, term, rule, "" if term else words)


def _accept(reading: Reading, hit: Hit, lists: _Lists) -> str:
    """Return the rule by which a term is an industry here, empty when it is none."""
    text = reading.text
    tail = text[hit.end : hit.end + 24]
    form = text[hit.start : hit.end]
    if _BODY.match(tail) or _OTHER_SENSE.search(form + "|" + tail[:6]):
        return ""
    kind = lists.kind(hit)
    if kind != "industries" and _part_of_name(text, hit, reading):
        return ""
    if kind == "other":
        return "" if _NAME_LIKE.search(form) or hit.term.tier > 1 else "term"
    if hit.term.tier == 1:
        return "term"
    if _CALLED.match(tail) or kind == "industries" or _says_so(form, tail):
        return "called"
    if hit.term.tier == 2 and (
        kind == "mixed" or _NEAR.match(tail) or _LED.search(text[max(0, hit.start - 6) : hit.start])
    ):
        return "near"
    return ""


def _says_so(form: str, tail: str) -> bool:
    """True for a form that ends with 业 and is not cut from a longer word: 金融业, not 绿色产业|园."""
    return len(form) > 2 and form.endswith("业") and tail[:1] not in {"园", "化", "区", "带", "村"}


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


class _Lists:
    """The enumerations of a text and what they are lists of."""

    def __init__(self, text: str, hits: Sequence[Hit]) -> None:
        self.text = text
        self.runs = enumerations.runs(text)
        self._starts = [start for start, _ in self.runs]
        self._members: dict[int, list[Hit]] = {}
        for hit in hits:
            number = self._number(hit)
            if number >= 0:
                self._members.setdefault(number, []).append(hit)
        self._kinds = {number: self._kind(number, members) for number, members in self._members.items()}

    def _number(self, hit: Hit) -> int:
        number = bisect_right(self._starts, hit.start) - 1
        return number if number >= 0 and hit.end <= self.runs[number][1] else -1

    def kind(self, hit: Hit) -> str:
        """``industries`` when the list is called so, ``mixed`` when it holds one, ``other`` or empty."""
        return self._kinds.get(self._number(hit), "")

    def _kind(self, number: int, members: list[Hit]) -> str:
        start, end = self.runs[number]
        last = max(self.text.rfind("、", start, end) + 1, members[-1].end if members[-1].end > start else start)
        last = members[-1].end if members[-1].start > self.text.rfind("、", start, end) else last
        tail = self.text[last : last + 40]
        head = re.search(r"等|为主|[一二三四五六七八九十两\d]+大", tail)
        if "于一体" in tail[:20]:
            return ""
        if _CLOSED.match(tail) or (head and _CLOSED.match(tail[head.start() :])):
            return "industries"
        if _OTHER.match(tail) or (head and _OTHER.match(tail[head.start() :])):
            return "other"
        strong = sum(hit.term.tier == 1 for hit in members)
        return "mixed" if strong >= 1 and len(members) >= 2 else ""

    def extent(self, hit: Hit) -> tuple[int, int]:
        """The whole item when the term is its head (碳基|新材料 in a list), else the term alone."""
        start, end = hit.start, hit.end
        if not _HEAD.search(self.text[start:end]) or self.kind(hit) != "industries":
            return start, end
        left = max(self.text.rfind("、", max(0, start - 8), start), self.text.rfind("和", max(0, start - 8), start)) + 1
        words = self.text[left:start]
        if left and _is_noun(words) and not _PLACE_LIKE.search(words):
            return left, end
        return start, end

    def unlisted(self, taken: set[tuple[int, int]]) -> Iterator[Found]:
        """Items the table lacks in a list that is counted as industries: A、B、C三大产业."""
        for number in self._members:
            if self._kinds[number] != "industries":
                continue
            start, end = self.runs[number]
            spans = _closed(self.text, start, end)
            for span in spans:
                words = self.text[span.start : span.end]
                covered = any(low < span.end and span.start < high for low, high in taken)
                if not covered and _is_noun(words):
                    yield industry(self.text, span, "list")


def _is_noun(words: str) -> bool:
    """True for a short word that could name an industry: no verb, no general word."""
    return bool(_WORD.fullmatch(words)) and not any(pattern.search(words) for pattern in (_GENERIC, _VERB, _DIVISION))


def _closed(text: str, start: int, end: int) -> list[Span]:
    """Items of a run that ends with 等…产业; none when it does not."""
    last = text.rfind("、", start, end) + 1
    close = re.search(r"等|为主|[一二三四五六七八九十两\d]+[大个]|(?:优势|特色|战略性)?(?:产业|集群)", text[last:end])
    if not close or close.start() < 2:
        return []
    if not re.search(r"产业|集群|制造业", text[last + close.start() : end]):
        return []
    return enumerations.items(text, start, last + close.start(), known())


def _outermost(found: Sequence[Found]) -> list[Found]:
    """Drop mentions that lie inside another."""
    out: list[Found] = []
    for item in sorted(found, key=lambda f: (f.start, -f.end)):
        if not out or item.start >= out[-1].end:
            out.append(item)
    return out
