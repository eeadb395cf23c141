"""Spells names in pinyin: a name goes in, its syllables come out.

Places and surnames are read as people read them (``readings.csv``, ``surnames.csv``), the rest as pypinyin does: 长治
is changzhi, the surname 单 is shan. What is not Chinese is left out. For searching; IRIs are spelt by ``kg.ids``.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, cast

from kg.registry import tables

_CHINESE = re.compile(r"[㐀-鿿豈-﫿]+")
_LETTERS = re.compile(r"[^a-z]")


def syllables(name: str, *, person: bool = False) -> tuple[str, ...]:
    """Return the syllables of a name; ``person`` when its first characters are a surname.

    >>> syllables("长治市"), syllables("单红", person=True)
    (('chang', 'zhi', 'shi'), ('shan', 'hong'))
    """
    found: list[str] = []
    if person:
        surname = next((name[:length] for length in (2, 1) if name[:length] in _surnames()), "")
        found += _surnames().get(surname, ())
        name = name[len(surname) :]
    for run in _CHINESE.findall(name):
        for part in _known().split(run):
            found += _places().get(part) or [syllable for word in _words()(part) for syllable in _read(word)]
    return tuple(found)


@cache
def _surnames() -> dict[str, tuple[str, ...]]:
    return {name: _parted(name, pinyin) for name, pinyin in tables.lines("surnames.csv", "surname", "pinyin")}


@cache
def _places() -> dict[str, tuple[str, ...]]:
    return {name: _parted(name, pinyin) for name, pinyin in tables.lines("readings.csv", "name", "pinyin")}


@cache
def _known() -> re.Pattern[str]:
    names = sorted((name for name in _places() if len(name) > 1), key=lambda name: (-len(name), name))
    return re.compile(f"({'|'.join(map(re.escape, names))})")


def _parted(name: str, pinyin: str) -> tuple[str, ...]:
    """Part joined pinyin by what each character can be read as; one of them may be read as no dictionary has it."""
    style = importlib.import_module("pypinyin")
    choices = style.pinyin(name, style=style.Style.NORMAL, heteronym=True)
    known = ["|".join(sorted(map(_plain, readings), key=len, reverse=True)) for readings in choices]
    for free in (None, *range(len(known))):
        parts = ("[a-z]+" if number == free else choice for number, choice in enumerate(known))
        match = re.fullmatch("".join(f"({part})" for part in parts), pinyin)
        if match:
            return match.groups()
    return (pinyin,)


@lru_cache(maxsize=1)
def _words() -> Callable[[str], list[str]]:
    core = importlib.import_module("pypinyin.core")
    return cast("Callable[[str], list[str]]", core.Pinyin(core.DefaultConverter()).seg)


@lru_cache(maxsize=1)
def _lazy() -> Any:
    return importlib.import_module("pypinyin").lazy_pinyin


@lru_cache(maxsize=100_000)
def _read(word: str) -> tuple[str, ...]:
    return tuple(filter(None, map(_plain, _lazy()([word], errors="ignore"))))


def _plain(syllable: str) -> str:
    return _LETTERS.sub("", syllable.lower().replace("ü", "v"))
