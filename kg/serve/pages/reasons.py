"""What went wrong, in the reader's language: the words of an issue or an error go in, words come out."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from pathlib import Path

_TABLE = Path(__file__).resolve().parent / "reasons.csv"


@lru_cache(maxsize=4096)
def said(message: str, language: str) -> str:
    """Return the words of an issue or an error in a language; as the build says them where no table has them.

    >>> said("a.pdf: is encrypted; save a copy without a password", "zh")
    'a.pdf：已加密；请另存为无密码的副本'
    """
    if language == "en":
        return message
    for pattern, words in _table():
        found = pattern.fullmatch(message)
        if found is not None:
            return _filled(words, found.groups())
    return message


def _filled(words: str, kept: tuple[str, ...]) -> str:
    """Put what was kept of a message where the stars of its translation are, in their order."""
    first, *others = words.split("*")
    return first + "".join(text + other for text, other in zip(kept, others, strict=True))


@cache
def _table() -> list[tuple[re.Pattern[str], str]]:
    with _TABLE.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(line for line in stream if not line.startswith("#")))
    return [(re.compile(re.escape(row["english"]).replace(r"\*", "(.+?)"), re.DOTALL), row["zh"]) for row in rows]
