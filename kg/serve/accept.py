"""Content negotiation: an Accept header goes in, media types come out, the most wanted first (RFC 9110, 12.5.1)."""

from __future__ import annotations


def preferred(header: str) -> list[str]:
    """Return the media types of a header by quality, of equal ones the more special and then the earlier first.

    >>> preferred("text/html;q=0.5, */*;q=0.1, text/turtle")
    ['text/turtle', 'text/html', '*/*']
    """
    found: list[tuple[float, int, int, str]] = []
    for number, part in enumerate(header.split(",")):
        media, *parameters = (item.strip().lower() for item in part.split(";"))
        quality = _quality(parameters)
        if media and quality > 0:
            found.append((-quality, media.count("*"), number, media))
    return [media for *_, media in sorted(found)]


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def chosen(header: str, offered: tuple[str, ...]) -> str:
    """Return the offered media type that a header wants most; the first offered when it wants none of them."""
    for wanted in preferred(header):
        for form in offered:
            if wanted in (form, "*/*", form.split("/")[0] + "/*"):
                return form
    return offered[0]
