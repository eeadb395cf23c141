"""STUB, being written."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.reading import Measured, Reading


def find(reading: Reading) -> Sequence[Measured]:
    """Find nothing yet."""
    return []
