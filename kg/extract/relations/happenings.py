"""When and where events took place, who signed what, who made what and where it will run.

In: the reading. Out: relations ``occurredOn``, ``heldIn``, ``signed``, ``producedBy`` and ``willOperateIn``.

>>> # 12月30日，市十六届人大一次会议隆重开幕 -> occurredOn 2021-12-30
>>> # 首列出口欧洲的双层动车组在中车株洲电力机车有限公司下线 -> 出口欧洲双层动车组 producedBy the company
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.anchors import Anchored
from kg.extract.reading import Found, Reading, Related
from kg.extract.relations import actors, calendar
from kg.extract.relations.calendar import Day

#: Rules of events that are acts: the act itself is the happening, no verb is needed.
_ACTS = frozenset(("signing", "issuance", "opening", "epidemic"))
_HELD_AFTER = re.compile(r"[”》]?[^，,。；\n]{0,14}?(?:召开|举行|举办|开幕|闭幕|启幕|开赛|开馆|落幕|揭幕|开锣)")
_HELD_BEFORE = re.compile(r"(?:召开|举行|举办|承办|出席|迎来|参加|开幕)了?[^，,。；\n]{0,10}$")
#: 2025年1月8日在…第四次会议上: reports are given on the day a session opens.
_AT_SESSION = re.compile(r"\s*在\s*")
_APART = re.compile(r"[，,]?分别")
_RANGE = re.compile(r"至|—+|-|~|～|到")
_LATER = re.compile(r"[”》]?(?:已|将|定)?(?:于|在)$")
_REACH = 60
#: 中国共产党株洲市第十三次代表大会特别报道: a paper of the days of the meeting.
_COVERAGE = re.compile(r"[”》]?(?:特别报道|专题报道|特刊|侧记|专版|特别策划)")


def find_dates(reading: Reading) -> Sequence[Related]:
    """Find when events began."""
    dates = reading.cached(calendar.days)
    events = reading.found("event")
    paired = _pairs(reading, dates, events)
    out: list[Related] = []
    for event in events:
        found = paired.get(event) or _date(reading, event, dates)
        if found:
            day, end = found
            pair = (("date", day.value),)
            out.append(Related(min(day.start, event.start), end, "occurredOn", event, None, pair, "happenings:date"))
        elif event.rule == "party" and _COVERAGE.match(reading.text, event.end) and (reading.document.date or "")[7:]:
            coverage = _COVERAGE.match(reading.text, event.end)
            pair2 = (("basis", "inferred"), ("date", (reading.document.date or "")[:7]))
            end = coverage.end() if coverage else event.end
            out.append(Related(event.start, end, "occurredOn", event, None, pair2, "happenings:coverage"))
    return out


def _pairs(reading: Reading, dates: Sequence[Day], events: Sequence[Found]) -> dict[Found, tuple[Day, int]]:
    """2月23日、2月24日，甲会议、乙会议分别开幕: the first date is that of the first meeting."""
    out: dict[Found, tuple[Day, int]] = {}
    for first in range(len(events)):
        last = first
        while last + 1 < len(events) and reading.text[events[last].end : events[last + 1].start] in ("、", "和", "与"):
            last += 1
        close = _APART.match(reading.text, events[last].end) if last > first else None
        if not close:
            continue
        low = reading.line_at(events[first].start).start
        days = [day for day in dates if low <= day.start and day.end <= events[first].start]
        if len(days) == last - first + 1:
            held = _HELD_AFTER.match(reading.text, close.end())
            end = held.end() if held else close.end()
            out.update({event: (day, end) for event, day in zip(events[first : last + 1], days, strict=True)})
    return out


def _date(reading: Reading, event: Found, dates: Sequence[Day]) -> tuple[Day, int] | None:
    """The date of an event and where its quote ends."""
    text, line = reading.text, reading.line_at(event.start)
    near = [n for n, day in enumerate(dates) if line.start <= day.start and event.end > day.end > event.start - _REACH]
    before = [n for n in near if dates[n].end <= event.start]
    after = _HELD_AFTER.match(text, event.end)
    if before and not _other(reading, dates[before[-1]].end, event):
        number = before[-1]
        if number and _RANGE.fullmatch(text[dates[number - 1].end : dates[number].start]):
            number -= 1
        if event.rule in _ACTS or event.rule == "inspection":
            return dates[number], event.end
        if event.rule in ("session", "party") and _AT_SESSION.fullmatch(text, dates[number].end, event.start):
            return dates[number], event.end
        if after:
            return dates[number], after.end()
        if _HELD_BEFORE.search(text, dates[number].end, event.start):
            return dates[number], event.end
    for day in dates:
        if event.end < day.start < event.end + 4 and _LATER.fullmatch(text[event.end : day.start]):
            held = _HELD_AFTER.match(text, day.end)
            if held:
                return day, held.end()
    return None


def _other(reading: Reading, low: int, event: Found) -> bool:
    """Whether another event, or another sentence about something else, stands between a date and an event."""
    return bool(reading.within("event", low, event.start)) or "》" in reading.text[low : event.start]


# --- signings -----------------------------------------------------------------------------------

_SIGN = re.compile(
    r"(?:签订|签署|签约|签下|缔结)(?:了|的)?《?(?P<name>[^，,。；、《》\n]{4,40}?(?:公约|协议书?|备忘录|协定|合同|意向书|合作框架))》?"
)
_COUNTED = re.compile(
    r"[\d一二三四五六七八九十百多余几两]+[个份项批]|一系列|一批|多[个份项]|相关|有关|各类|购房|劳动|承包|用工|借款|租赁|买卖|服务协议|责任书"
)
#: Names that any agreement has.
_GENERIC = re.compile(r"(?:全面|深化)?(?:战略)?(?:合作)?(?:框架)?(?:协议书?|合同|备忘录|意向书)$")
#: What may follow a place that is a party: else it begins a longer name (北京市|中医药管理局).
_PARTY = re.compile(r"、|和|与|及|同|，|,|等|[两三四五六七八九十]|分别|正式|共同|联合|签")
_TAKES_PLACE = re.compile(r"(?:正式|成功|隆重|联合|共同)*(?:举行|召开|举办|签订|签署|签约|开幕|启动)")


def find_signings(reading: Reading) -> Sequence[Related]:
    """Find who signed which agreement."""
    text = reading.text
    out: list[Related] = []
    for match in _SIGN.finditer(text):
        if _COUNTED.search(match["name"]) or _GENERIC.match(match["name"]):
            continue
        line = reading.line_at(match.start())
        agreement = _agreement(reading, *match.span("name"))
        parties = _parties(reading, line.start, match.start())
        low = min((party.start for party in parties), default=match.start())
        out += [Related(low, match.end(), "signed", party, agreement, rule="happenings:signed") for party in parties]
    return out


def _agreement(reading: Reading, start: int, end: int) -> Found:
    for item in reading.within("policy", start, end):
        if item.start == start and item.end == end:
            return item
    return Found(start, end, "policy", reading.text[start:end], "agreement", reading.context.place)


def _parties(reading: Reading, low: int, verb: int) -> list[Found]:
    """Those who sign: 甲、乙负责人齐聚长沙，签订…; 甲与乙签署…. Places count when nobody else is named."""
    start = actors.clause_start(reading, verb)
    for begin in (start, low):
        for labels in (("agency", "enterprise"), ("park", "place")):
            found = [item for label in labels for item in reading.within(label, begin, verb)]
            found = [item for item in found if not _inside(item, found) and not _meets(reading, item)]
            found = [i for i in found if i.label != "place" or _PARTY.match(reading.text, i.end) or i.end == verb]
            if found:
                found.sort()
                with_them = _WITH.match(reading.text, begin) and len(found) == 1
                own = actors.home(reading, verb, verb + 2) if with_them else None
                return [*([own] if own and all(item.key != own.key for item in found) else []), *found]
    return []


#: 与甲签订: the document's own place is the other party.
_WITH = re.compile(r"(?:我[省市县区]|今年|去年|成功|先后|[^，,。；\n]{0,6}月(?:\d+日)?)*(?:与|和|同)")


def _inside(item: Found, others: Sequence[Found]) -> bool:
    return any(
        o is not item and o.start <= item.start and item.end <= o.end and o.end - o.start > item.end - item.start
        for o in others
    )


def _meets(reading: Reading, place: Found) -> bool:
    """齐聚长沙, 在长沙: where, not who."""
    before = reading.text[max(0, place.start - 2) : place.start]
    return before.endswith(("齐聚", "相聚", "会聚", "聚首", "汇聚", "在", "于"))


def find_places(reading: Reading) -> Sequence[Related]:
    """Find where events were held: 齐聚长沙，签订…; 轨博会在株洲举行."""
    text = reading.text
    out: list[Related] = []
    for event in reading.found("event"):
        line = reading.line_at(event.start)
        held = _HELD_AFTER.match(text, event.end)
        reach = held.end() if held else event.end
        for place in reading.within("place", max(line.start, event.start - _REACH), max(reach, event.start)):
            before = text[max(line.start, place.start - 2) : place.start]
            if place.end <= event.start and before.endswith(("齐聚", "相聚", "会聚", "聚首")) and event.rule in _ACTS:
                out.append(Related(place.start - 2, event.end, "heldIn", event, place, rule="happenings:met"))
            elif place.start >= event.end and before.endswith("在") and _TAKES_PLACE.match(text, place.end):
                out.append(Related(event.start, reach, "heldIn", event, place, rule="happenings:held"))
    return out


# --- products -----------------------------------------------------------------------------------

_CLASSIFIER = "列台架艘辆套款枚颗条组个座批种代"
_MADE = Anchored(
    rf"(?P<lead>(?:我国|全国|国内|世界|全球|亚洲|中国|全省|我省|我市|全市|湖南省?){{,6}})(?P<ordinal>首[{_CLASSIFIER}])"
    r"(?P<product>[^，,。；：、\n]{3,24}?)(?=在|由|从)(?:在|由|从)",
    [f"首{classifier}" for classifier in _CLASSIFIER],
    before=18,
    after=50,
)
_DONE = re.compile(r"(?:正式|成功|顺利|公司|集团|自主)*(?:下线|研制成功|交付|下水|投产|研制|制造|生产|首飞|总装)")
_BY = re.compile(
    r"由(?P<maker>[^，,。；\n]{3,24}?)(?:自主|联合)?(?:研制|研发|制造|生产|打造|建造)的(?P<product>[^，,。；：、\n]{3,20})(?=[，,。；])"
)
_WILL = re.compile(r"(?:该|这[列款台批])(?P<noun>[\u4e00-\u9fff]{2,12})[^。；\n]{0,8}?将?在")
_RUN = re.compile(r"[^，,。；\n]{0,24}?(?:运行|运营|投入使用|服役|投放|载客|上线)")


def find_products(reading: Reading) -> Sequence[Related]:
    """Find products, who makes them and where they will run."""
    text = reading.text
    products: list[Found] = []
    out: list[Related] = []
    for match in _MADE.finditer(text):
        for maker in reading.within("enterprise", match.end(), match.end() + 30)[:1]:
            done = _DONE.match(text, maker.end)
            if maker.start == match.end() and done:
                product = _product(reading, *match.span("product"))
                products.append(product)
                out.append(Related(match.start(), done.end(), "producedBy", product, maker, rule="happenings:made"))
    for match in _WILL.finditer(text):
        named = [p for p in products if p.end < match.start() and _is_meant(p.name, match["noun"])]
        where = _places(reading, match.end())
        run = _RUN.match(text, where[-1].end) if where else None
        if run and named and match.start() - named[-1].end <= 300:
            out += [
                Related(match.start(), run.end(), "willOperateIn", named[-1], p, rule="happenings:runs") for p in where
            ]
    return out


def _is_meant(product: str, words: str) -> bool:
    """Whether 该动车组交付后 speaks of 双层动车组: the words begin with the end of its name."""
    return any(product.endswith(words[:size]) for size in range(2, len(words) + 1))


def _places(reading: Reading, start: int) -> list[Found]:
    """The places of a list that begins at an offset: 奥地利、德国、匈牙利等五个国家."""
    out: list[Found] = []
    for item in reading.within("place", start, start + 80):
        if reading.text[out[-1].end : item.start] in ("、", "和", "与") if out else item.start == start:
            out.append(item)
    return out


def _product(reading: Reading, start: int, end: int) -> Found:
    """A product under its own words without 的: 出口欧洲的双层动车组 is 出口欧洲双层动车组."""
    name = reading.text[start:end].replace("的", "")
    return Found(start, end, "product", name, "product", reading.context.place)
