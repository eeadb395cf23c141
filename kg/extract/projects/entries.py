"""Works told in lists: lines such as 青云大桥：在建, tables with a column of projects, sentences that are a name.

A text in, entries out: where the names stand and where their state is told. Used by the finders of projects and of
their stages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.extract.projects import works


class Entry(NamedTuple):
    """One line, row or sentence: the stretch of its names, and that of what is said of them.

    ``bare`` when nothing but their state is said, so that whatever is named before is a work; ``row`` for tables
    and sentences, where it is one name.
    """

    start: int
    end: int
    said: tuple[int, int]
    bare: bool
    row: bool


_LINE = re.compile(
    r"^[ \t]*(?:\d{1,3}[.、．)）][ \t]*|[（(]\d{1,3}[）)][ \t]*|[①-⑳•·●◆■-][ \t]*)?"
    r"(?P<names>[^\s：:，。；！？\d][^\n：:，。；！？\t]{2,60})[：:](?P<said>[^\n]{2,160})$",
    re.MULTILINE,
)
#: Headers of a column of projects, and of one that tells their state.
_NAMES = frozenset(("项目名称", "项目", "工程名称", "建设项目", "项目名", "重点项目", "重大项目"))
_STATES = frozenset(
    (
        "阶段",
        "项目阶段",
        "建设阶段",
        "进展",
        "进展情况",
        "目前进展",
        "状态",
        "项目状态",
        "进度",
        "建设进度",
        "形象进度",
        "工作进度",
    )
)
# What may stand beside a state: 计划年内竣工投用, 规划中.
_BESIDE = re.compile(r"(?:计划|预计|目前|已|中|将|拟|[上下]半年|[一二三四]季度|[\d年月底前后内]+|\s)+$")


# “五化”整治：指…: a glossary.
_EXPLAINS = re.compile(r"\s*(?:是?指|即|为|位于|对|以|我[省市县区]|一[是个])")


@lru_cache(maxsize=4)
def entries(text: str) -> tuple[Entry, ...]:
    """Return the entries of a text in order."""
    return tuple(sorted((*_lines(text), *_rows(text), *_sentences(text))))


def _lines(text: str) -> Iterator[Entry]:
    for match in _LINE.finditer(text):
        told = (
            None if _EXPLAINS.match(match["said"]) or match["names"][0] in "“《" else _state(text, *match.span("said"))
        )
        if told:
            said, bare = told
            yield Entry(*match.span("names"), said, bare, False)


def _state(text: str, start: int, end: int) -> tuple[tuple[int, int], bool] | None:
    """The last clause of the first sentence that tells a state, and whether the first says nothing else."""
    stop = re.search("[。；]", text[start:end])
    end = start + stop.start() if stop else end
    told: tuple[int, int] | None = None
    bare = False
    for number, match in enumerate(re.finditer("[^，,]+", text[start:end])):
        low, high = start + match.start(), start + match.end()
        tokens = works.tokens(text, low, high)
        if any(token.word in works.verbs() for token in tokens):
            told = low, high
            names = [token.word for token in tokens if token.kind == works.NAME]
            bare = bare or (number == 0 and all(_BESIDE.match(name) for name in names))
    return (told, bare) if told else None


# 青云康养综合体项目。 — a sentence that is a name and no more, in a list told as sentences.
_SENTENCE = re.compile(
    r"(?:(?<=[。；\n])|^)[ \t]*(?:\d{1,3}[.、．)）][ \t]*|[（(]\d{1,3}[）)][ \t]*|[①-⑳•·●◆■-][ \t]*)?"
    r"(?P<name>(?![一二三四五六七八九十]+是)[^\s：:，。；！？、“《（(\d][^\n：:，。；！？\t]{5,40}(?:项目|工程))(?=[。；\n])",
    re.MULTILINE,
)
_NAMING = frozenset((works.NAME, works.SEP))
#: Sentences of one list: so many of them, so few characters from each to the next.
_ALIKE, _NEAR = 3, 400


def _sentences(text: str) -> Iterator[Entry]:
    """Sentences that say nothing of a project but its name, where several stand together."""
    group: list[Entry] = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span("name")
        tokens = works.tokens(text, start, end)
        if tokens[0].kind != works.NAME or any(token.kind not in _NAMING for token in tokens):
            continue
        if group and start - group[-1].end > _NEAR:
            yield from group if len(group) >= _ALIKE else ()
            group = []
        group.append(Entry(start, end, (start, end), False, True))
    yield from group if len(group) >= _ALIKE else ()


_ROW = re.compile(r"^[^\n\t]*\t[^\n]*$", re.MULTILINE)


def _rows(text: str) -> Iterator[Entry]:
    """Rows of tables, whose cells the view parts with tabs; a header names the columns."""
    if "\t" not in text:
        return
    column, state, width = -1, -1, 0
    for match in _ROW.finditer(text):
        cells = _cells(text, *match.span())
        words = [text[low:high] for low, high in cells]
        heads = [index for index, word in enumerate(words) if word in _NAMES]
        if heads:
            column, width = heads[0], len(cells)
            state = next((index for index, word in enumerate(words) if word in _STATES), -1)
        elif column >= 0 and len(cells) == width and words[column]:
            yield Entry(*cells[column], cells[state] if state >= 0 else cells[column], state >= 0, True)
        elif len(cells) != width:
            column = -1


def _cells(text: str, start: int, end: int) -> Sequence[tuple[int, int]]:
    out = []
    for match in re.finditer(r"[^\t]*", text[start:end]):
        word = match[0]
        low = start + match.start() + len(word) - len(word.lstrip())
        out.append((low, max(low, start + match.end() - (len(word) - len(word.rstrip())))))
    return out
