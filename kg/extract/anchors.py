"""Expressions tried only where they can match: around a word that each of their matches holds.

An expression that begins with something optional is tried at every character of a text, which costs
a hundred times what a search for a word costs. An expression and its words go in; its matches come out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import ahocorasick_rs


class Anchored:
    """An expression with the words of which every match holds one.

    ``before`` is the most characters from the start of a match to such a word, ``after`` the most that a match
    takes, with what it looks ahead at; the window they make must hold every match, as ``tests/extract/test_anchors.py``
    checks on texts. ``after`` is None when a match has no greatest length.

    >>> session = Anchored(r"[一-鿿]{2,4}?市政府第\\d+次会议", ["政府第"], before=5, after=16)
    >>> [match[0] for match in session.finditer("株洲市政府第8次会议")]
    ['株洲市政府第8次会议']
    """

    def __init__(
        self, expression: str | re.Pattern[str], words: Iterable[str], before: int, after: int | None = None
    ) -> None:
        """Compile the expression and the automaton of its words."""
        self.pattern = re.compile(expression)
        self._words = ahocorasick_rs.AhoCorasick(sorted(set(words)), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        self._before = before
        self._after = after

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield what ``pattern.finditer`` yields."""
        search, before, after = self.pattern.search, self._before, self._after
        done, length = 0, len(text)
        for _, start, end in self._words.find_matches_as_indexes(text):
            low = max(done, start - before)
            stop = length if after is None else end + after
            while low < end and (match := search(text, low, stop)) and match.start() < end:
                yield match
                low = done = match.end()
