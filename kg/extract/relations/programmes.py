"""What programmes are made of, who issues them and who carries them out.

In: the reading. Out: relations ``hasComponent`` (实施A、B等“制造强市七大工程”), ``hasComponentCount``
(“28条”涵盖…等12个方面), ``hasAlias``, ``issuedPolicy`` (我市出台《…》) and ``implementsPolicy``
(全面落实“招商引资28条”).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg import zh
from kg.extract import enumerations
from kg.extract.enumerations import Span
from kg.extract.reading import Found, Reading, Related
from kg.extract.relations import actors, calendar, titles

_N = rf"[{zh.NUMERAL}\d]{{1,3}}"
#: “制造强市七大工程”, “六大强农”行动, 乡村振兴“三年行动”: a number of parts in a name of a programme.
_NUMBERED = re.compile(
    rf"(?P<n>{_N})(?:大|项|个)[^年月日周]{{0,10}}?(?:工程|计划|行动|战略|机制|攻坚战|保卫战|战役|活动|改革|体系|举措|任务|建设|高地|提升|振兴|革命|攻坚|专项)$"
)
_COVERS = re.compile(
    rf"(?:涵盖|包括|包含|涉及|分为|共分|由)(?:了|为)?(?P<list>[^，,。；：\n]{{0,80}}?)(?P<n>{_N})(?:个|项|条|大)"
    r"(?P<what>方面|领域|条款|部分|板块|举措|措施|任务|行动|工程|章)"
)
#: One verb that leads into a list of parts; parts may begin with verbs of their own (深化国资国企).
_LEAD = re.compile(
    r"^.*?(?:(?:实施|开展|推进|推动|组织|启动|抓好|落实|打好|打造|统筹|聚焦|围绕|做好|抓实|突出|完成|深入|全面|持续|大力|健全|建立|以|即|包括)(?:好|了)?)+(?=[^、]{2})"
)
_AFTER = re.compile(r"[”》]?(?:[（(：:]|，?(?:即|包括|包含|分别是|分别为|主要包括)[：:]?)(?:即|包括)?")
_ISSUE = re.compile(r"(?:出台|印发|发布|颁布|颁发|公布|审议通过)(?:实施|下发)?(?:了)?(?=《)")
_CARRY = re.compile(
    r"(?:贯彻落实|贯彻实施|落地落实|贯彻执行|落实落细|落实|贯彻|执行|兑现|实施)(?:好|了|国家|省|市|省委|市委|中央)?"
)
#: A part is a phrase, not a clause, a number or a thing that is counted.
_NO_PART = re.compile(
    r"^[\d.]+|[了过]$|^等|亿元|万元|增长|^(?:和|与|及)|^[一二三四五六七八九十]是|项目$|公司$|^.$|^(?:奋力|始终|全面|加快|持续|深入|着力|大力|全力|积极|扎实|坚持)"
)


def find(reading: Reading) -> Sequence[Related]:
    """Find the relations of programmes and policies."""
    return [*_components(reading), *_counts(reading), *_aliases(reading), *_issued(reading), *_carried(reading)]


def _components(reading: Reading) -> Iterator[Related]:
    for policy in reading.found("policy"):
        match = _NUMBERED.search(policy.name.rstrip("”"))
        number = zh.number(match["n"]) if match else None
        if match is None or number is None or not 2 <= number <= 40:
            continue
        spans = _before(reading.text, policy.start, int(number)) or _after(reading.text, policy.end, int(number))
        for span in spans:
            low, high = min(span.start, policy.start), max(span.end, policy.end)
            yield Related(low, high, "hasComponent", policy, _part(reading, span), rule="programmes:list")


def _part(reading: Reading, span: Span) -> Found:
    """The part as the policy it is elsewhere, else under its own words and the document's place."""
    for item in reading.within("policy", span.start, span.end):
        if item.start <= span.start + 1 and item.end >= span.end - 1:
            return item
    words = reading.text[span.start : span.end]
    return Found(span.start, span.end, "policy", words, "component", reading.context.place)


def _before(text: str, start: int, number: int) -> list[Span]:
    """Parts in the list that ends right before a programme: at most as many as it counts, all of them without 等."""
    head = start - 1 if text[start - 1 : start] in "“《" and start else start
    etc = text[max(0, head - 1) : head] == "等"
    spans = _items(text, enumerations.before(text, head - etc))
    fits = 2 <= len(spans) <= number if etc else len(spans) == number
    return spans if fits else []


def _after(text: str, end: int, number: int) -> list[Span]:
    match = _AFTER.match(text, end)
    if not match:
        return []
    spans = _items(text, enumerations.after(text, match.end()))
    return spans if len(spans) == number else []


def _items(text: str, spans: Sequence[Span]) -> list[Span]:
    """The items with the first one cut after its first verb only, none when one is no phrase."""
    if len(spans) < 2:
        return []
    first = spans[0]
    begin = max(_last_break(text, first.start), first.start - 24)
    match = _LEAD.match(text[begin : first.end])
    out = [Span(begin + match.end(), first.end) if match else first, *spans[1:]]
    return [] if any(_NO_PART.search(text[a:b]) or not 2 <= b - a <= 20 for a, b in out) else out


def _last_break(text: str, start: int) -> int:
    return max(text.rfind(mark, 0, start) for mark in "，,。；：:、\n （") + 1


def _counts(reading: Reading) -> Iterator[Related]:
    """“28条”涵盖产业招商、基金招商等12个方面: the number and the parts that are named."""
    text = reading.text
    for match in _COVERS.finditer(text):
        number = zh.number(match["n"])
        named = [p for p in reading.within("policy", match.start() - 60, match.start()) if p.end >= match.start() - 2]
        if not named or number is None or not 2 <= number <= 300:
            continue
        short = named[-1]
        policy = titles.titled(reading, short)
        pair = (("count", str(int(number))), ("what", match["what"]))
        yield Related(short.start, match.end(), "hasComponentCount", policy, None, pair, "programmes:count")
        close = match["list"].removesuffix("等")
        spans = enumerations.after(text, match.start("list")) if "、" in close else []
        for span in _whole(text, spans, int(number)):
            yield Related(
                short.start, match.end(), "hasComponent", policy, _part(reading, span), rule="programmes:count"
            )


def _whole(text: str, spans: Sequence[Span], number: int) -> list[Span]:
    bad = any(_NO_PART.search(text[a:b]) or not 2 <= b - a <= 20 for a, b in spans)
    return [] if bad or not 2 <= len(spans) <= number else list(spans)


def _aliases(reading: Reading) -> Iterator[Related]:
    for full, short in reading.cached(titles.aliases):
        yield Related(full.start, short.end, "hasAlias", full, short, rule="programmes:called")


def _issued(reading: Reading) -> Iterator[Related]:
    """我市出台《…》: who issued what, and when the sentence gives a date."""
    text = reading.text
    for match in _ISSUE.finditer(text):
        line = reading.line_at(match.start())
        dates = [day for day in reading.cached(calendar.days) if line.start <= day.start and day.end <= match.start()]
        if not dates and reading.setting_at(match.start()).stance != "review":
            continue
        for policy in _titled(reading, match.end()):
            for who in actors.subjects(reading, match.start(), policy.end, ("place", "agency")):
                pair = (("date", dates[-1].value),) if dates else ()
                low = min(who.start, dates[-1].start if dates else match.start(), match.start())
                yield Related(low, policy.end, "issuedPolicy", who, policy, pair, "programmes:issued")


def _titled(reading: Reading, start: int) -> list[Found]:
    """The titles that follow one another from an offset: 《甲》《乙》, 《甲》和《乙》."""
    out: list[Found] = []
    for item in reading.within("policy", start, start + 200):
        between = reading.text[out[-1].end if out else start : item.start]
        if between in ("《", "》《", "》、《", "》和《", "》及《"):
            out.append(item)
    return out


def _carried(reading: Reading) -> Iterator[Related]:
    """全面落实“招商引资28条”: who carries out what."""
    text = reading.text
    for match in _CARRY.finditer(text):
        policies = [p for p in actors.listed(reading, "policy", match.end()) if not _is_other(p)]
        if not policies or policies[0].start > match.end() + 1:
            continue
        for policy in policies:
            for who in actors.subjects(reading, match.start(), policy.end):
                low = min(who.start, match.start())
                yield Related(low, policy.end, "implementsPolicy", who, policy, rule="programmes:carried")


def _is_other(policy: Found) -> bool:
    """What is not carried out as a policy is: reports, titles of honour, works (实施山体绿化工程)."""
    works = policy.rule == "named" and policy.name.endswith("工程") and not re.search("提升|行动|“", policy.name)
    return works or policy.rule in ("report", "positioning", "designation")
