"""What a sentence is about: divisions, waters and parks at the head of a clause, and whoever speaks.

In goes a reading, out come the starts of names that may be a subject (``heads``), for a number the
place it is about (``scope``), and who speaks from which line on (``voices``).

    >>> # 仙游县新增上市企业3家，引进项目5个 -> both numbers are about 仙游县
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.extract.measures.clauses import begins_with_verb
from kg.extract.reading import Found, Reading


class Place(NamedTuple):
    """The place a fact is about: full name, and registry key where it has one."""

    name: str
    key: str


class Voice(NamedTuple):
    """Who speaks from a line on, and of which place when the line says so."""

    name: str
    place: Place | None


class Heads(NamedTuple):
    """Names that may be the subject of a clause: by start, and those that stay it for the clauses after."""

    ends: dict[int, int]
    carriers: frozenset[int]
    found: dict[int, Found]


def home(reading: Reading) -> Place:
    """Return the document's own place."""
    place = reading.context.home
    return Place(place.name, f"place/{place.code}") if place else Place("", "")


# 产业园一期完成投资, 园区项目: the works of a park, not the park.
_WORKS = re.compile(
    r"[一二三四五]期|项目|工程|建设|总投资|计划|完成投资|投资|占地|规划|建成|开工|竣工|投产|投用|投入|签约|揭牌|开园"
    r"|和|与|、|及|等|企业(?![实完])|核心区|起步区|片区|管委会|[段内外的]"
)


def heads(reading: Reading) -> Heads:
    """Return the names a clause may be about, the longest at each start."""
    best: dict[int, Found] = {}
    for item in reading.found("place"):
        known = item.key or item.rule.endswith(("section", "water", "newtown"))
        if known and (item.start not in best or item.end > best[item.start].end):
            best[item.start] = item
    parks = set()
    for item in reading.found("park"):
        if (
            len(item.members) < 2
            and not begins_with_verb(reading.text[item.start : item.end])
            and (item.start not in best or item.end > best[item.start].end)
        ):
            best[item.start] = item
            parks.add(item.start)
    towns = {start for start, item in best.items() if item.rule.endswith("newtown")}
    carriers = parks | towns | {start for start, item in best.items() if _inside(reading, item)}
    return Heads({start: item.end for start, item in best.items()}, frozenset(carriers), best)


def is_works(reading: Reading, start: int) -> bool:
    """True when the words behind a park tell of its works."""
    item = reading.cached(heads).found[start]
    return item.label == "park" and bool(_WORKS.match(reading.text, item.end))


def _inside(reading: Reading, found: Found) -> bool:
    """True for a division; for one of another city only when the document has no place of its own."""
    code, own = found.key.removeprefix("place/"), reading.context.place
    if not code.isdigit():
        return False
    return not own or code.startswith(own.rstrip("0")) or own.startswith(code.rstrip("0"))


_SHARED_GOODS = re.compile(r"^(?P<part>市区|城区|各县市区|园区)(?!县)")


def scope(reading: Reading, subjects: tuple[int, ...], indicator: str, kind: str, voice: Voice | None) -> Place:
    """Return the place a number is about: its subject, the speaker's, or the document's own."""
    own = home(reading)
    found = [item for item in map(reading.cached(heads).found.get, subjects) if item]
    if found and not above(reading, found[0]):
        return Place("、".join(item.name for item in found), found[0].key if len(found) == 1 else "")
    if voice and voice.place:
        return voice.place
    part = _SHARED_GOODS.match(indicator)
    if part and kind in ("percent", "money", "concentration", "days") and own.name:
        # A rate of the 市区 is not the city's rate, while things counted in it are in the city as well.
        name = own.name.removesuffix("市") + part["part"] if part["part"] == "市区" else own.name + part["part"]
        return Place(name, "")
    return own


def above(reading: Reading, found: Found) -> bool:
    """True for the province of a city: 全省 is compared with, seldom reported on, in a city's report."""
    own = reading.context.place
    code = found.key.removeprefix("place/")
    return bool(own) and code.isdigit() and code != own and own.startswith(code.rstrip("0")) and code != "0"


def voices(reading: Reading) -> dict[int, Voice]:
    """For each line who speaks: 市科技局党组书记、局长李红： holds until the next heading."""
    speakers: dict[int, Voice] = {}
    for item in reading.found("official"):
        index = reading.line_index(item.start)
        line = reading.lines[index]
        words = reading.text[line.start : line.end]
        if line.first and len(words) <= 45 and (words.rstrip().endswith(("：", ":")) or line.kind == "heading"):
            places = [p for p in reading.within("place", line.start, line.end) if p.key and not above(reading, p)]
            own = max(places, key=lambda p: p.end - p.start, default=None)
            speakers[index] = Voice(item.name, Place(own.name, own.key) if own else None)
    if not speakers:
        return {}
    out: dict[int, Voice] = {}
    current: Voice | None = None
    for index, line in enumerate(reading.lines):
        if index in speakers:
            current = speakers[index]
        elif line.kind == "heading":
            current = None
        elif current:
            out[index] = current
    return out
