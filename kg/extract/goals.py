"""Goals and results without a number: 全覆盖, 创建国家卫生城市, 保持稳定, 动态清零.

Kept to wordings that leave no doubt; their ``value`` is None.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kg.extract.reading import Measured, Reading


class Scope(Protocol):
    """Name and key of the place a goal is for."""

    name: str
    key: str


def find(reading: Reading, home: Scope) -> Sequence[Measured]:
    """Find nothing yet."""
    return []
