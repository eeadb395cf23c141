"""STUB, being written."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.reading import Reading, Related


def find(reading: Reading) -> Sequence[Related]:
    """Find nothing yet."""
    return []
