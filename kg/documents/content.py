"""What a reader returns, and what every reader of plain markup shares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Content:
    """The text of one file; ``encoding`` is empty where text was extracted from a container."""

    text: str
    format: str
    encoding: str = ""


#: A reader takes the bytes of one file and returns its content, or raises ``DocumentError`` with the bare reason.
Reader = Callable[[bytes], Content]
