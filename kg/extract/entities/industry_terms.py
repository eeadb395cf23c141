"""The table of industries as an automaton. In: ``ontology/registry/industries.csv``; out: hits in a text.

Phrases of ``industry_blocks.txt`` share the automaton: where one of them is the longest match
(城市轨道交通), the industry inside it (轨道交通) is not reported.
"""

from __future__ import annotations

import csv
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from kg import lexicon, resources
from kg.errors import RegistryError

COLUMNS = ("key", "name", "aliases", "broader", "gbt4754", "tier", "english")


class Term(NamedTuple):
    """One industry. ``tier``: 0 only where it grows, 1 always, 2 near other signs of one, 3 when it is called one."""

    key: str
    name: str
    aliases: tuple[str, ...]
    broader: str
    gbt4754: tuple[str, ...]
    tier: int
    english: str


class Hit(NamedTuple):
    """One form of a term in the text."""

    start: int
    end: int
    term: Term


@cache
def terms() -> tuple[Term, ...]:
    """Return all rows of the table, in its order."""
    text = resources.path("ontology", "registry", "industries.csv").read_text("utf-8")
    rows = csv.reader(line for line in text.splitlines() if not line.startswith("#"))
    if tuple(next(rows, ())) != COLUMNS:
        raise RegistryError(f"industries.csv: expected the columns {', '.join(COLUMNS)}; reinstall lgkg")
    return tuple(_term(row) for row in rows)


def _term(row: list[str]) -> Term:
    if len(row) != len(COLUMNS) or row[5] not in {"0", "1", "2", "3"}:
        raise RegistryError(f"industries.csv: {row[:2]} is no row of seven cells with a tier; reinstall lgkg")
    key, name, aliases, broader, codes, tier, english = row
    return Term(key, name, _split(aliases), broader, _split(codes), int(tier), english)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


@cache
def by_form() -> dict[str, Term]:
    """Return every name and alias with its term; a name wins over an alias."""
    table = {alias: term for term in terms() for alias in term.aliases}
    table.update({term.name: term for term in terms()})
    return table


#: Sections F and H to R of GB/T 4754-2017 are services; these rows of the table stand above them.
_SERVICES = frozenset({"服务业", "文化产业", "文化旅游", "大健康"})


def is_service(term: Term) -> bool:
    """True for a sector of services: 餐饮, 文化旅游; false for goods: 汽车."""
    above = _by_key()
    seen = 0
    while term.name not in _SERVICES and term.broader and seen < len(COLUMNS):
        term, seen = above[term.broader], seen + 1
    return term.name in _SERVICES


@cache
def _by_key() -> dict[str, Term]:
    return {term.key: term for term in terms()}


@cache
def known() -> frozenset[str]:
    """Return every name and alias."""
    return frozenset(by_form())


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[Term | None, ...]]:
    table = by_form()
    # 轨道交通产业 is found as 轨道交通: the word that follows says the rest.
    forms = sorted(form for form in table if not (form.endswith("产业") and table.get(form[:-2]) == table[form]))
    blocks = sorted(set(lexicon.lines("industry_blocks")) - set(forms))
    automaton = ahocorasick_rs.AhoCorasick([*forms, *blocks], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return automaton, (*(table[form] for form in forms), *(None for _ in blocks))


def scan(text: str) -> list[Hit]:
    """Return the longest terms in a text, left to right, none overlapping, blocked phrases left out.

    Terms of tier 0 are among them: a sentence may still say of a whole sector that it grows.

    >>> [hit.term.name for hit in scan("发展轨道交通装备，完善城市轨道交通")]
    ['轨道交通装备']
    """
    automaton, values = _automaton()
    hits = automaton.find_matches_as_indexes(text)
    return [Hit(start, end, term) for n, start, end in hits if (term := values[n]) is not None]
