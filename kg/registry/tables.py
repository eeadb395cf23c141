"""Reads the tables of the registry into records.

In: CSV files in ``ontology/registry``. Out: ``Place`` records, plain mappings and sets.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from kg import resources
from kg.errors import RegistryError
from kg.registry.records import Place


def lines(table: str, *columns: str) -> Iterator[list[str]]:
    """Yield the rows of one table as lists of cells; the header must be ``columns``."""
    file = resources.path("ontology", "registry", table)
    with file.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        header = next(reader, [])
        if tuple(header) != columns:
            raise RegistryError(f"{table}: expected the columns {', '.join(columns)}; reinstall lgkg")
        for cells in reader:
            if len(cells) != len(columns):
                raise RegistryError(f"{table}, line {reader.line_num}: expected {len(columns)} cells; reinstall lgkg")
            yield cells


def divisions() -> Iterator[Place]:
    """Yield provinces, prefectures, counties and zones, those of today and former ones, by code."""
    columns = (
        *("code", "name", "short", "pinyin", "level", "parent", "valid_from", "valid_until", "replaced_by"),
        *("aliases", "former_names", "source"),
    )
    for code, name, short, pinyin, level, parent, start, end, successor, aliases, former, _ in lines(
        "places.csv", *columns
    ):
        head = (code, name, short, pinyin, level, parent, start, end, successor)
        yield Place(*head, _split(aliases), _former(former))


def regions() -> Iterator[Place]:
    """Yield regions, rivers, lakes, seas, mountains, canals, continents and countries, by key."""
    for key, name, kind, aliases, members, english in lines(
        "regions.csv", "key", "name", "kind", "aliases", "members", "english"
    ):
        yield Place(key, name, name, level=kind, aliases=_split(aliases), members=_split(members), english=english)


def towns() -> Iterator[Place]:
    """Yield towns and streets, by code."""
    for code, name, parent in lines("towns.csv", "code", "name", "parent"):
        yield Place(code, name, name, level="town", parent=parent)


def common_words() -> dict[str, str]:
    """Return forms that are words of the language as well as names, with the reason."""
    return {cells[0]: cells[1] for cells in lines("common_words.csv", "form", "reason")}


def abbreviations() -> dict[str, str]:
    """Return the one-character names of provinces and the codes they stand for: 湘 is 430000."""
    return {cells[0]: cells[1] for cells in lines("abbreviations.csv", "char", "code")}


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _former(cell: str) -> tuple[tuple[str, str], ...]:
    if not cell:
        return ()
    pairs = (item.partition(":") for item in cell.split("|"))
    return tuple((name, year) for name, _, year in pairs)
