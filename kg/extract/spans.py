"""Stretches of a text, joined where they overlap, and the question whether something touches one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable


class Spans:
    """Joined stretches. Stretches that only meet stay apart, so that what touches one is told exactly.

    >>> Spans([(0, 4), (2, 6)]).touches(5, 8), Spans([(0, 4)]).touches(4, 5)
    (True, False)
    """

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        """Join the (start, end) pairs."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touches(self, start: int, end: int) -> bool:
        """Whether any character from ``start`` to ``end`` lies in a stretch."""
        index = bisect_right(self._ends, start)
        return index < len(self._starts) and self._starts[index] < end
