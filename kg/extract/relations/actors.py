"""Who a clause is about: the place, body or enterprise before its verb, else the document's own place.

In: a reading and the offset of a verb. Out: mentions. Reports leave their subject out (加快建设…, 成功创建…)
or name it by rank (我市, 该区); both mean the document's jurisdiction. A clause with any other
subject (龙头企业获批…) is about something that no finder named, and gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg import lexicon
from kg.extract.reading import Found, Reading

#: Rule of a subject that the text leaves out or names by its rank; its span is that of the quote.
HOME = "home"

_BREAK = re.compile(r"[，,；;：:。！!？?\n]")
_TIME = (
    r"(?:今年|去年|前年|目前|近年来?|同时|此外|其中|五年来|五年里|一年来|这一年"
    r"|过去[一五]年|下一步|未来[一三五]年|今后[一三五]年"
    r"|(?:20\d\d|\d{1,2})年(?:来|以来)?|\d{1,2}月(?:\d{1,2}日|[初中底])?"
    r"|“?[一二]?十[一二三四五]五”?(?:时期|期间|以来|末))"
)
_NUMBERING = (
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）).、．]\s*|[一二三四五六七八九十]是|第[一二三四五六七八九十]"
    r"|[-●■◆○•·*#\s]+)"
)
_OURS = r"(?:我|全|本|该)(?:省|市|州|盟|县|区|旗)|我们|县域|市域|全域"
_LEAD = re.compile(rf"(?:{_NUMBERING}|{_TIME}|{_OURS}|[，,])*")


@cache
def _adverbs() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon.alternatives('adverbs')})+$")


def clause_start(reading: Reading, offset: int) -> int:
    """Offset where the clause that holds a position begins."""
    line = reading.line_at(offset)
    last = line.start
    for match in _BREAK.finditer(reading.text, line.start, offset):
        last = match.end()
    return last


def clause_end(reading: Reading, offset: int) -> int:
    """Offset of the mark that ends the clause of a position."""
    match = _BREAK.search(reading.text, offset)
    return match.start() if match else len(reading.text)


def home(reading: Reading, start: int, end: int) -> Found | None:
    """The document's own place as a subject that the text leaves out; its span is that of the quote."""
    place = reading.context.home
    return Found(start, end, "place", place.name, HOME, key=place.key) if place else None


def subjects(reading: Reading, verb: int, end: int, labels: Sequence[str] = ("place",)) -> list[Found]:
    """Return who does what the verb at an offset says; ``end`` closes the quote.

    >>> # 醴陵市、攸县成功创建…: two places; 成功创建…: the document's own place; 龙头企业获批…: nobody known
    """
    start = clause_start(reading, verb)
    bare = _adverbs().sub("", reading.text[start:verb])
    stop = start + len(bare)
    lead = _LEAD.match(reading.text, start, stop)
    first = lead.end() if lead else start
    if first >= stop:
        return list(_left_out(reading, start, verb, end, labels))
    named = [item for label in labels for item in reading.within(label, first, stop)]
    named.sort(key=lambda item: (item.end, item.end - item.start))
    if not named or named[-1].end != stop:
        return []
    out = [named[-1]]
    for item in reversed(named[:-1]):
        if item.end <= out[-1].start and reading.text[item.end : out[-1].start] in ("、", "和", "与", "及"):
            out.append(item)
    return list(reversed(out))


def _left_out(reading: Reading, start: int, verb: int, end: int, labels: Sequence[str]) -> Iterator[Found]:
    """The subject of the sentence, when it opens with a division other than the document's own; else that."""
    line = reading.line_at(start)
    lead = _LEAD.match(reading.text, line.start, verb)
    first = lead.end() if lead else line.start
    if "place" in labels and first < start:
        for item in reading.within("place", first, start):
            if item.start == first and item.key.startswith("place/") and _SUBJECT.match(reading.text, item.end):
                yield item
                return
    own = home(reading, verb, end) if "place" in labels else None
    if own:
        yield own


#: What follows a place that is the subject of its sentence: 醴陵将…, 渌口区：….
_SUBJECT = re.compile(r"将|要|已|[，,：:]|坚持|始终|全面|大力|加快|紧扣|围绕|聚焦|抢抓|以")


def listed(reading: Reading, label: str, start: int) -> list[Found]:
    """Return the mentions of a label in the enumeration that begins at an offset; other items are passed over.

    >>> # 创建甲示范区、乙城市和丙城市: three designations
    """
    text = reading.text
    out: list[Found] = []
    position = start
    while True:
        position = _after(_MARKS, text, position)
        quoted = text[position - 1 : position] == "“"  # the mark may belong to the name
        items = [i for i in reading.within(label, position - quoted, position + 60) if i.start <= position]
        if items:
            out.append(max(items, key=lambda item: item.end))
            position = _after(_REST, text, out[-1].end)
        else:
            other = _OTHER.match(text, position)
            if other is None:
                return out
            position = other.end()
        separator = _SEPARATOR.match(text, position)
        if separator is None:
            return out
        position = separator.end()


def _after(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


_MARKS = re.compile(r"[了为成“《”]*")
_REST = re.compile(r"(?:称号|荣誉)?[”》]?")
_OTHER = re.compile(r"[^、，,。；;：！\n]{1,24}(?=、)")
_SEPARATOR = re.compile(r"、|和|与|及|以及|并|(?=[“《])")
