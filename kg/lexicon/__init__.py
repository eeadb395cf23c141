"""Word lists and tables of the genre: data, one file a vocabulary, for any city.

Each ``.txt`` file holds one entry a line, each ``.csv`` file a table with a header line;
lines that start with ``#`` are comments and name the source of the entries.
"""

from __future__ import annotations

import csv
from functools import cache

from kg import resources
from kg.errors import RegistryError


@cache
def lines(name: str) -> tuple[str, ...]:
    """Return the entries of ``kg/lexicon/<name>.txt`` in file order, without comments."""
    text = resources.path("lexicon", f"{name}.txt").read_text("utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of ``kg/lexicon/<name>.csv`` as dicts by column name."""
    text = resources.path("lexicon", f"{name}.csv").read_text("utf-8")
    rows = tuple(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    if any(None in row or None in row.values() for row in rows):
        raise RegistryError(f"lexicon/{name}.csv: a row has more or fewer fields than the header; mend the file")
    return rows


def alternatives(name: str) -> str:
    """Return the entries of a list as a regular-expression alternation, longest first."""
    return "|".join(sorted(map(_escape, lines(name)), key=lambda word: (-len(word), word)))


def _escape(word: str) -> str:
    return "".join("\\" + c if c in r".+*?()[]{}|^$\/" else c for c in word)
