"""Sentence bounds over a markup-free view: one compiled expression, no loop over characters."""

from __future__ import annotations

import re
from typing import NamedTuple


class Line(NamedTuple):
    """One sentence, heading or byline, in offsets of the view. ``first`` when it opens a paragraph."""

    start: int
    end: int
    kind: str
    first: bool


# A sentence runs to 。！？； or the end of the line; closing quotes and brackets stay with it.
_SENTENCE = re.compile(r"[^\s。！？；!?;][^\n。！？；!?;]*(?:[。！？；!?;]+[”’」』）)]*|(?=\n)|\Z)")
_BYLINE = re.compile(r"(?:记者|通讯员|责任编辑|责编|编辑|校对|制图|美编|摄影|供图|通讯员)[／/:： ]")
# Short lines without a full stop are headings: 关键词 3, 一、2014年工作回顾, （二）聚焦“六新”突破.
_HEADING_MAX = 45
#: Longer stretches without a full stop are parted, at a comma where there is one: they are tables, lists or
#: damage, and whoever works sentence by sentence can then take any file. The longest sentence in 440 work
#: reports of 55 places, a list of guiding thoughts, has 534 characters.
LONGEST = 1_000
_PAUSES = "，,、\t "
_ENDS_SENTENCE = frozenset("。！？；!?;，,、：:…")


def split(text: str) -> tuple[Line, ...]:
    """Return the sentences of a view in order.

    >>> [text[l.start:l.end] for text in ["一、工作回顾\\n增长8%。完成。"] for l in split(text)]
    ['一、工作回顾', '增长8%。', '完成。']
    """
    out = []
    previous = 0
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        first = previous == 0 or text.find("\n", previous, start) >= 0
        kind = _kind(text, start, end, first)
        while end - start > LONGEST:
            cut = 1 + max(text.rfind(pause, start + LONGEST // 2, start + LONGEST) for pause in _PAUSES)
            cut = cut or start + LONGEST
            out.append(Line(start, cut, kind, first))
            start, first = cut, False
        out.append(Line(start, end, kind, first))
        previous = end
    return tuple(out)


def _kind(text: str, start: int, end: int, first: bool) -> str:
    if not first or end - start > 80:
        return "text"
    whole_line = end == len(text) or text[end] == "\n" or not text[end : end + 2].strip()
    if end - start <= 60 and whole_line and _BYLINE.search(text, start, end):
        return "byline"
    if whole_line and end - start <= _HEADING_MAX and text[end - 1] not in _ENDS_SENTENCE:
        return "heading"
    return "text"
