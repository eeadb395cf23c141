"""STUB, being written."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.reading import Found, Reading


def find(reading: Reading) -> Sequence[Found]:
    """Find nothing yet."""
    return []
