"""What a document says of itself: title, date, publisher, address, and who is credited."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Metadata:
    """None where the document does not say it."""

    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    bylines: tuple[str, ...] = ()


def metadata(text: str, format: str = "") -> Metadata:
    """Return what the text says of itself."""
    return Metadata()
