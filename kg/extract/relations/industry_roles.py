"""Industries that lead in a place or park, and those it sets out to attract.

In: the reading. Out: relations ``keyIndustry`` and ``targetsIndustry``.

>>> # 重点招引高分子新材料、电子信息等优势产业 -> targetsIndustry
>>> # 该区牵头打造的现代高分子新材料产业集群 -> keyIndustry; 形成以陶瓷、服饰为主导的产业体系 -> keyIndustry
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract import enumerations
from kg.extract.anchors import Anchored
from kg.extract.entities.industries import industry
from kg.extract.entities.industry_terms import known
from kg.extract.enumerations import Span
from kg.extract.reading import Found, Reading, Related
from kg.extract.relations import actors

_COURT = Anchored(
    r"(?:重点|精准|大力|着力|主动|全力)?(?:招引|引进|招商|引育)(?:一批|培育|发展|壮大)?",
    ["招引", "引进", "招商", "引育"],
    before=2,
)
_AROUND = re.compile(
    r"(?:围绕|聚焦|紧盯|瞄准)(?=[^，,。；\n]{2,60}?(?:产业|领域|行业|产业链|集群)?[^，,。；\n]{0,12}(?:招商|招引))"
)
_LEAD_WORD = r"(?:主导|支柱|首位|主特|主体|龙头|特色主导|战略支柱)"
_LED_BY = re.compile(rf"以(?P<list>[^，,。；：\n]{{2,40}}?)(?:等)?(?:产业)?为(?:{_LEAD_WORD}|主(?=的)|核心|引领)")
_OF = re.compile(rf"{_LEAD_WORD}产业(?!链|项目|园|基地|集中|集聚)")
#: What may stand between a list and the word: 陶瓷、服饰|等两大优势|主导产业.
_CLOSE = re.compile(r"(?:等)?(?:[一二三四五六七八九十两\d]+[大个])?(?:优势|特色|传统|战略|重点)?$")
_ARE = re.compile(rf"{_LEAD_WORD}产业(?:分别)?(?:为|是|有|包括|：)")
_BECOME = re.compile(rf"(?:成为|是|作为)[^，,。；、\n]{{0,10}}?(?:第[一二]大|最大|首个)?{_LEAD_WORD}产业")
_BEFORE = re.compile(r"(?:产业)?(?:已)?$")
_LEADS = re.compile(r"(?:牵头|领衔)(?:打造|建设|培育|创建|组建)的?(?:现代|先进|世界级|国家级)?")
_CLUSTER = re.compile(r"(?:产业)?集群")
_JOINT = re.compile(r"共建|共同|联合|携手|[两三四五六七八九][省市县]")


def find_targets(reading: Reading) -> Sequence[Related]:
    """Find industries that a place sets out to attract."""
    out: list[Related] = []
    for pattern in (_COURT, _AROUND):
        for match in pattern.finditer(reading.text):
            found = _industries(reading, match.end())
            if not found or not _SAID.match(reading.text, found[-1].end) or _is_past(reading, match.start()):
                continue
            end = found[-1].end
            for who in actors.subjects(reading, match.start(), end, ("place", "park")):
                low = min(who.start, match.start())
                out += [
                    Related(low, end, "targetsIndustry", who, item, rule="industry-roles:attract") for item in found
                ]
    return out


#: The list goes on to say that it is of industries, or of their firms and projects; 引进新能源汽车50辆 does not.
_SAID = re.compile(r"(?:等)?[^，,。；、\n\d]{0,12}?(?:产业|行业|领域|企业|项目|集群|上下游|招商|招引|龙头)")


def _is_past(reading: Reading, verb: int) -> bool:
    """先后引进…20余家 tells what came, not what is sought."""
    start = actors.clause_start(reading, verb)
    return bool(re.search(r"先后|累计|成功|已|共$|新$", reading.text[start:verb])) or (
        reading.setting_at(verb).stance == "review"
        and not re.match("重点|精准|围绕|聚焦|紧盯|瞄准", reading.text[verb : verb + 2])
    )


def find_keys(reading: Reading) -> Sequence[Related]:
    """Find industries that lead in a place or park."""
    return [*_led(reading), *_called(reading), *_become(reading), *_headed(reading)]


def _industries(reading: Reading, start: int) -> list[Found]:
    """Industries of the list that begins at an offset; the first item must be one."""
    spans = enumerations.after(reading.text, start, known())
    out = _of(reading, spans)
    return out if out and out[0].start <= start + 6 else []


def _of(reading: Reading, spans: Sequence[Span]) -> list[Found]:
    out: list[Found] = []
    for span in spans:
        inside = [i for i in reading.within("industry", span.start, span.end) if i.start <= span.start + 1]
        words = reading.text[span.start : span.end]
        if inside and reading.text[inside[-1].end : max(span.end, inside[-1].end)] in _REST:
            out.append(inside[-1])
        elif words in known() or words.removesuffix("产业") in known():
            out.append(industry(reading.text, Span(span.start, span.end - 2 * words.endswith("产业")), "role"))
        elif inside and span is spans[-1]:
            out.append(inside[0])
    return out


#: What an item may hold after the name of its industry.
_REST = frozenset(("", "产业", "业", "行业", "制造", "制造业", "产业链"))


def _led(reading: Reading) -> Iterator[Related]:
    """形成以A、B为主导的产业体系."""
    for match in _LED_BY.finditer(reading.text):
        found = _of(reading, enumerations.items(reading.text, *match.span("list"), known()))
        start = actors.clause_start(reading, match.start())
        if not found or _JOINT.search(reading.text, start, match.end()):
            continue
        tail = re.match(
            r"[^，,。；\n]{0,14}?(?:体系|格局|结构|集群|产业集聚|产业)", reading.text[match.end() : match.end() + 20]
        )
        parks = reading.within("park", start, match.start())
        who = parks[-1:] or (_home(reading, match.start(), match.end()) if tail else [])
        for subject in who:
            low = min(subject.start, match.start())
            for item in found:
                yield Related(low, match.end(), "keyIndustry", subject, item, rule="industry-roles:led-by")


def _home(reading: Reading, start: int, end: int) -> list[Found]:
    own = actors.home(reading, start, end)
    return [own] if own else []


def _called(reading: Reading) -> Iterator[Related]:
    """做强A、B等主导产业; 主导产业为A、B."""
    text = reading.text
    for match in _OF.finditer(text):
        if text[match.end() : match.end() + 1] == "：" or match.start() == 0:
            continue
        close = _CLOSE.search(text, max(0, match.start() - 8), match.start())
        end = close.start() if close else match.start()
        found = _of(reading, enumerations.before(text, end, known()))
        yield from _keys(reading, found, match.end(), "industry-roles:called")
    for match in _ARE.finditer(text):
        found = _industries(reading, match.end())
        yield from _keys(reading, found, found[-1].end if found else 0, "industry-roles:are")


def _keys(reading: Reading, found: Sequence[Found], end: int, rule: str) -> Iterator[Related]:
    if not found:
        return
    start = actors.clause_start(reading, found[0].start)
    if _JOINT.search(reading.text, start, end):
        return
    named = reading.within("park", start, found[0].start)
    places = [
        p for p in reading.within("place", start, found[0].start) if p.key.startswith("place/") and p.start <= start + 2
    ]
    for who in named[-1:] or places[-1:] or _home(reading, found[0].start, end):
        low = min(who.start, found[0].start)
        for item in found:
            yield Related(low, end, "keyIndustry", who, item, rule=rule)


def _become(reading: Reading) -> Iterator[Related]:
    """陶瓷成为全市第一大支柱产业."""
    for match in _BECOME.finditer(reading.text):
        before = _BEFORE.search(reading.text, max(0, match.start() - 3), match.start())
        end = before.start() if before else match.start()
        items = [i for i in reading.within("industry", end - 16, match.start()) if i.end in (end, match.start())]
        if items:
            yield from _keys(reading, items, match.end(), "industry-roles:become")


def _headed(reading: Reading) -> Iterator[Related]:
    """该区牵头打造的现代高分子新材料产业集群; 株洲已经是公认的轨道交通产业城."""
    for match in _LEADS.finditer(reading.text):
        items = [i for i in reading.within("industry", match.end(), match.end() + 16) if i.start == match.end()]
        cluster = _CLUSTER.match(reading.text, items[0].end) if items else None
        if not cluster:
            continue
        for who in actors.subjects(reading, match.start(), cluster.end(), ("place", "park")):
            low = min(who.start, match.start())
            yield Related(low, cluster.end(), "keyIndustry", who, items[0], rule="industry-roles:headed")
