"""Enumerations of the genre: A、B、C和D. In: a text and an offset; out: the stretches of the items.

Chinese lists separate items with 、 and may join the last two with 和, 与, 及 or 以及. The first item
follows a verb (发展A、B), the last is followed by 等 and what the items are (A、B等三大产业).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kg import lexicon

#: Marks that no item of an enumeration crosses; a quotation mark inside an item is kept with it.
_LONGEST = 24
_ITEM = rf"[^、，。；：！？,;:!?\s《》（）()]{{1,{_LONGEST}}}"
_RUN = re.compile(rf"{_ITEM}(?:、{_ITEM})+")
_LIST = re.compile(rf"{_ITEM}(?:、{_ITEM})*")
_LAST_LIST = re.compile(rf"(?:{_ITEM}、)*{_ITEM}$")
_JOIN = re.compile(r"以及|和|与|及")


class Span(NamedTuple):
    """One item, in view offsets."""

    start: int
    end: int


@cache
def _lead() -> re.Pattern[str]:
    """Verbs and particles up to the first item: 加快发展|新材料 leaves 新材料."""
    particles = (
        "在(?!线)|对(?!外)|以(?!太)|指(?!挥|纹)|把|将(?!军)|由|从|向(?!日葵)|为|即(?![将时使])|特别是|尤其是|主要是"
    )
    return re.compile(rf"^.*(?:{lexicon.alternatives('list_verbs')}|{particles})(?:了|好|以|的|“(?!.*”))?")


def runs(text: str) -> list[tuple[int, int]]:
    """Return the stretches that hold two or more items joined by 、, in order.

    >>> [text[a:b] for text in ["发展陶瓷、服饰，以及其他。"] for a, b in runs(text)]
    ['发展陶瓷、服饰']
    """
    out: list[tuple[int, int]] = []
    mark = text.find("、")
    while mark >= 0:
        # No list begins farther before its first mark than an item is long.
        match = _RUN.search(text, max(out[-1][1] if out else 0, mark - _LONGEST))
        if match is None:
            break
        out.append(match.span())
        mark = text.find("、", match.end())
    return out


def items(text: str, start: int, end: int, known: frozenset[str] = frozenset()) -> list[Span]:
    """Return the items between two offsets, the first without its verb, the last split at 和.

    A last item that is itself a known name (新能源与节能环保) stays whole.
    """
    out: list[Span] = []
    position = start
    for part in text[start:end].split("、"):
        out.append(Span(position, position + len(part)))
        position += len(part) + 1
    out[0] = strip_verb(text, out[0])
    last = out.pop()
    out.extend(_split(text, last, known))
    return [span for span in out if span.end > span.start]


def strip_verb(text: str, span: Span) -> Span:
    """Cut the verbs that lead into a list: 聚焦轨道交通 is 轨道交通."""
    match = _lead().match(text[span.start : span.end])
    return Span(span.start + match.end(), span.end) if match and match.end() < span.end - span.start else span


def _split(text: str, span: Span, known: frozenset[str]) -> list[Span]:
    words = text[span.start : span.end]
    match = _JOIN.search(words)
    if words in known or match is None or match.start() < 2 or len(words) - match.end() < 2:
        return [span]
    return [Span(span.start, span.start + match.start()), Span(span.start + match.end(), span.end)]


def before(text: str, end: int, known: frozenset[str] = frozenset()) -> list[Span]:
    """Return the items of the list that ends exactly at an offset, one item when there is no 、."""
    head = text[max(0, end - 160) : end]
    match = _LAST_LIST.search(head)
    return items(text, end - len(match[0]), end, known) if match else []


def after(text: str, start: int, known: frozenset[str] = frozenset()) -> list[Span]:
    """Return the items of the list that begins exactly at an offset."""
    match = _LIST.match(text, start)
    if not match:
        return []
    end = match.end()
    close = re.search(r"等", match[0])
    if close and close.start() > 1:
        end = start + close.start()
    return items(text, start, end, known)
