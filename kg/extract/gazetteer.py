"""Place names in running text: one compiled automaton over every division and region."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from kg.registry.places import places


class Hit(NamedTuple):
    """One registry form in the text; which place it means is for the context to say."""

    start: int
    end: int
    form: str


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    forms = tuple(sorted(form for form in places().forms() if len(form) > 1))
    return ahocorasick_rs.AhoCorasick(forms, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), forms


def scan(text: str) -> list[Hit]:
    """Return the longest registry forms in a text, left to right, none overlapping.

    >>> [hit.form for hit in scan("醴陵市与长沙经济")]
    ['醴陵市', '长沙']
    """
    automaton, forms = _automaton()
    return [Hit(start, end, forms[n]) for n, start, end in automaton.find_matches_as_indexes(text)]
