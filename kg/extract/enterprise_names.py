"""Names of enterprises that need no context: well-known ones, and short names of listed companies."""

from __future__ import annotations

from functools import cache

from kg import lexicon

LISTS = ("enterprises", "listed_companies")


@cache
def known() -> frozenset[str]:
    """Return the names of every list."""
    return frozenset(name for file in LISTS for name in lexicon.lines(file))


def opening(word: str) -> str:
    """Return the longest known name that a longer word opens with, empty when there is none.

    >>> opening("中航工业洪都")
    '中航工业'
    """
    return next((word[:end] for end in range(len(word) - 1, 1, -1) if word[:end] in known()), "")
