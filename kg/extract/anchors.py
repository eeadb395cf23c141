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
    takes, with what it looks ahead at: a window that holds every match, as ``tests/extract/test_anchors.py`` checks.
    Without ``after`` it is tried at each character of ``before`` and of the word, which is quicker when these are few.

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
        search, before, after, done = self.pattern.search, self._before, self._after, 0
        if after is None:
            yield from self._tried(text)
            return
        for _, start, end in self._words.find_matches_as_indexes(text):
            low = max(done, start - before)
            while low < end and (match := search(text, low, end + after)) and match.start() < end:
                yield match
                low = done = match.end()

    def _tried(self, text: str) -> Iterator[re.Match[str]]:
        match, low = self.pattern.match, 0
        for _, start, end in self._words.find_matches_as_indexes(text):
            low = max(low, start - self._before)
            while low < end:
                found = match(text, low)
                if found:
                    yield found
                low = found.end() if found else low + 1
