"""Long answers: how many rows of one are given, and how many there are. Nothing is left out without a word.

A question about the whole graph may have tens of thousands of rows. Without a place or another parameter that narrows
it, it gives the most important ones, and its ``Page`` says of how many; ``--limit 0`` gives all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from kg.query.questions.question import Asked, Page, Parameter, Row

#: Rows of a long answer when no limit is given.
SHOWN = 100

LIMIT = Parameter(
    "limit",
    "number",
    "行数",
    f"most rows, the most important first; 0 for all; {SHOWN} when nothing narrows the answer",
)


def most(asked: Asked, *narrowing: str) -> int | None:
    """Return how many rows to give at most, ``None`` for all: when one of ``narrowing`` is given, or 0 is asked for."""
    limit = asked.get("limit")
    if limit is not None:
        return int(limit) or None
    return None if any(asked.get(name) is not None for name in narrowing) else SHOWN


def first(rows: Iterable[Row], limit: int | None) -> Iterable[Row]:
    """Return the first rows; when there are more, as a page that says so but does not count them."""
    if limit is None:
        return rows
    left = iter(rows)
    kept = list(islice(left, limit))
    return Page(kept, None) if next(left, None) is not None else kept


@dataclass(frozen=True, slots=True)
class Parts:
    """The things that an answer is about, the most important first, read part by part as far as rows are wanted."""

    read: Callable[[int, int], list[str]]  #: number and place of the first -> IRIs
    size: int = 150

    def __iter__(self) -> Iterator[list[str]]:
        """Yield lists of IRIs until there are no more; each is longer than the one before."""
        start, size = 0, self.size
        while part := self.read(size, start):
            yield part
            start, size = start + size, size * 4
