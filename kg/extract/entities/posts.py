"""Posts: who holds which post of which body, one relation a post.

党组书记、局长 gives two; 代市长 is acting; a post without a named body belongs to the body its word
names (市长: the people's government of the document's city), or to none (曹慧泉 in a report on his speech).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg import lexicon
from kg.extract.entities import offices
from kg.extract.entities.offices import Office
from kg.extract.reading import Found, Reading, Related
from kg.registry.places import places
from kg.registry.records import Place


def find(reading: Reading) -> Sequence[Related]:
    """Return one ``holdsPost`` for each post that stands with an official."""
    officials = {(item.start, item.end): item for item in reading.found("official")}
    out: list[Related] = []
    for office in reading.cached(offices.scan):
        official = officials.get((office.name_start, office.name_end))
        if official:
            out.extend(_posts(reading, office, official))
    return out


def _posts(reading: Reading, office: Office, official: Found) -> Iterator[Related]:
    low = offices.window(reading, office)
    for start, end in office.posts:
        written = "".join(reading.text[start:end].split())  # 市　长 on the line of a speaker
        body = _body(reading, low, start)
        agency, organisation, place = _organisation(reading, written, body, (low, start))
        was = not office.mode and _was(reading, low, start)
        values = {
            "post": written,
            "organisation": organisation,
            "organisation_place": place,
            "mode": _mode(written, "former" if was else office.mode),
            "role": role(written),
        }
        quote = _quote(office, low if was else start, end, body)
        yield Related(*quote, "holdsPost", official, agency, tuple(sorted(values.items())), f"posts:{office.rule}")


_WAS = re.compile("原任?|前任?|时任")


def _was(reading: Reading, low: int, start: int) -> bool:
    """Tell whether 原, 前 or 时任 opens the words of a post: 原市长方砚秋; 原平市 is a place, and opens nothing."""
    if not _WAS.match(reading.text, low, start):
        return False
    return not any(item.start == low for label in ("place", "agency") for item in reading.within(label, low, start))


def _quote(office: Office, start: int, end: int, body: Found | None) -> tuple[int, int]:
    starts = [start, office.name_start, *([body.start] if body else [])]
    return min(starts), max(end, office.name_end)


_MODES = {"removed": "former", "former": "former", "nominated": "nominated", "concurrent": "concurrent"}


def _mode(written: str, decided: str) -> str:
    return "acting" if written.startswith("代") else _MODES.get(decided, "substantive")


@cache
def _table() -> dict[str, dict[str, str]]:
    return {row["post"]: row for row in lexicon.table("posts")}


def _row(written: str) -> dict[str, str]:
    """The row of a post as written; 代 and 代理 are its mode."""
    return _table().get(written) or _table().get(written.removeprefix("代").removeprefix("理")) or {}


def role(written: str) -> str:
    """Role code of a post as written: 代市长 and 市长 are one role, ``mayor``."""
    return _row(written).get("role", "other")


def _body(reading: Reading, low: int, start: int) -> Found | None:
    """The body named before a post: the last one that ends there (or with the 委 of 市委书记)."""
    items = [item for item in reading.within("agency", low, start + 2) if item.start < start]
    return items[-1] if items else None


def _organisation(
    reading: Reading, written: str, body: Found | None, window: tuple[int, int]
) -> tuple[Found | None, str, str]:
    """The body of a post: named beside it, or implied by the word itself."""
    row = _row(written)
    if row.get("level") == "country":
        return None, _NATIONAL.get(row["body"], "中华人民共和国"), ""
    if row.get("body") in ("gov", "cpc"):
        if body and body.name.endswith("人民政府") and row["body"] == "gov":
            return body, body.name, body.place
        place = _place(reading, row["level"], window)
        if place:
            name = f"{place.name}人民政府" if row["body"] == "gov" else f"中共{place.name}委员会"
            return (body if body and body.name == name else None), name, place.code
    if body and not (written in _OF_COMMITTEES and body.name.endswith("人民政府")):
        return body, body.name, body.place
    return None, "", ""


#: 省政府和某某书记: a secretary is one of a committee, whatever body stands before.
_OF_COMMITTEES = ("书记", "副书记")
_NATIONAL = {"cpc-central": "中国共产党中央委员会", "state-council": "中华人民共和国国务院"}


def _place(reading: Reading, level: str, window: tuple[int, int]) -> Place | None:
    """The place of a post such as 市长: named right before it, else the document's own of that level."""
    registry = places()
    for item in reversed(reading.within("place", *window)):
        place = registry.get(item.key.removeprefix("place/")) if item.key.startswith("place/") else None
        if place:
            return place
    home = reading.context.home
    if home is None:
        return None
    chain = [home, *registry.ancestors(home.code)]
    if level == "city":
        return next((place for place in chain if place.name.endswith("市")), None)
    return next((place for place in chain if place.level == level), None)
