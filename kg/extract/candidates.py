"""What looks like a name by its last word and is none of the mentions: in a text with its mentions, out candidates.

A last word (局, 集团, 产业园, 大桥, 博览会) with words of its own before it may be a name that no finder took.
With generic words only (一批重点项目, 各级政府) it is a kind of thing; those are counted, not listed.

    >>> # 建设新天地广场 -> 新天地广场 unlinked, 一批文化广场 generic
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from kg import lexicon
from kg.extract.projects import works
from kg.extract.spans import Spans

FACT, GENERIC, UNLINKED = "fact", "generic", "unlinked"

#: Why a candidate is no mention, by code.
REASONS = {
    "generic": "no words of its own before the kind",
    "place": "a place and a kind of thing; nothing shows that it is one named thing",
    "crossing": "its words belong in part to a name of another kind",
    "unproved": "words of its own before the kind; nothing shows that it is a name",
}


class Candidate(NamedTuple):
    """A stretch that may be a name, with its class; ``reason`` is a code of ``REASONS`` unless it is in a fact."""

    start: int
    end: int
    group: str
    reason: str = ""


#: Vocabulary -> its columns of last words and of what a name needs besides them.
_SOURCES = {
    "body_suffixes": ("suffix", "needs"),
    "enterprise_forms": ("word", "own"),
    "park_kinds": ("word", "own"),
    "project_heads": ("word", "need"),
    "candidate_nouns": ("word", "kind"),
}
# 治理, 改造, 项目 end what is done far more often than a name, whatever stands before them.
_NO_NAME = frozenset(("works", "soft", "list", "none"))
#: The kind of words that end like a name and end none: 互联互通, 上市公司.
_KIND = "kind"
# Words that stand for a part, a direction or an aim far more often than at the end of a name.
_VAGUE = frozenset("基地 总部 枢纽 管道 通道 大会 年会 中心 道路 公园 广场 项目 工程 城市 高速 总公司".split())  # noqa: SIM905


@cache
def _needs() -> dict[str, str]:
    """Return the last words, each with what a name needs besides it."""
    needs = dict.fromkeys(lexicon.lines("event_nouns"), "")
    for name, (word, need) in _SOURCES.items():
        for row in lexicon.table(name):
            needs[row[word]] = row[need] if name == "candidate_nouns" else needs.get(row[word], row[need])
    return {word: need for word, need in needs.items() if len(word) > 1 and need not in _NO_NAME}


@cache
def _nouns() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(sorted(_needs()), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


# The word goes on: 公路网, 大学生, 学校长, 医院感染.
_GOES_ON = re.compile(r"[生员长网型化性者级类群带体圈]|系统")
_WINDOW = 14
_MARKS = re.compile(r"[^一-鿿A-Za-z·]")


def candidates(text: str, mentions: Spans, measured: Spans, places: Spans) -> Iterator[Candidate]:
    """Yield what looks like a name, in order.

    ``mentions`` are all mentions but places, ``measured`` the stretches of measures and relations.
    """
    last = 0
    for _, noun, end in _nouns().find_matches_as_indexes(text):
        if mentions.touches(noun, end) or places.touches(noun, end) or measured.touches(noun, end):
            yield Candidate(noun, end, FACT)
        elif not _GOES_ON.match(text, end):
            start = max(last, _left(text, noun))
            yield Candidate(start, end, *_class(text, start, noun, end, mentions, places))
        last = end


_OWN = 2  # characters: one left over is mostly half a word


def _class(text: str, start: int, noun: int, end: int, mentions: Spans, places: Spans) -> tuple[str, str]:
    """Return class and reason of a candidate that no mention holds."""
    words, need = text[start:noun], _needs()[text[noun:end]]
    if need == _KIND or words.endswith("等") or len(works.own_words(words)) < _OWN:
        return GENERIC, "generic"
    if mentions.touches(start, noun):
        return UNLINKED, "crossing"
    if places.touches(start, noun):
        return UNLINKED, "place"
    weak = need in ("place", "build") or text[noun:end] in _VAGUE
    return (GENERIC, "generic") if weak else (UNLINKED, "unproved")


def _left(text: str, noun: int) -> int:
    """Return where the words before a last word begin: behind the nearest mark, number, verb or particle."""
    words = _MARKS.split(text[max(0, noun - _WINDOW) : noun])[-1]
    stops = _stops().find_matches_as_indexes(words)
    return noun - len(words) + (stops[-1][2] if stops else 0)


@cache
def _stops() -> ahocorasick_rs.AhoCorasick:
    words = {
        *lexicon.lines("left_stops"),
        *lexicon.lines("list_verbs"),
        *works.verbs(),
        *"的和与及在对以为将了等各每该并",
    }
    return ahocorasick_rs.AhoCorasick(sorted(words), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
