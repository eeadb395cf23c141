"""STUB, being written."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.reading import Found, Reading, Related


def find(reading: Reading) -> Sequence[Found]:
    """Find nothing yet."""
    return []


def find_members(reading: Reading) -> Sequence[Related]:
    """Find nothing yet."""
    return []
