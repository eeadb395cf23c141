"""Answers which place a name means in a document of a given jurisdiction.

In: the tables of ``ontology/registry``, read once. Out: ``Place`` records. The same short name stands for many
places (鼓楼 is a district of four cities, 朝阳 a city, a county and two districts), so a form is resolved from
where the document comes from: near places before far ones, high levels before low ones, and no answer where
two fit equally well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from types import MappingProxyType

from kg.errors import EntityNotFound
from kg.registry import tables
from kg.registry.records import Form, Place

#: Far from home the level decides. Rivers, regions and countries stand above counties: 太湖 is first the lake.
_LEVEL_ORDER = {"province": 0, "prefecture": 1, "county": 3, "zone": 4, "town": 5}
_REGION_ORDER = 2

#: How near a place is to the home: itself, a child, a division above it, a sibling, or none of these.
_HOME, _CHILD, _ABOVE, _SIBLING, _FAR = range(5)


class Places:
    """The places of the registry by code, and the forms that name them."""

    def __init__(self, entries: Iterator[Place], common: Mapping[str, str], characters: Mapping[str, str]) -> None:
        """Index places by code; ``common`` and ``characters`` are the tables of that name."""
        self._by_code = {place.code: place for place in entries}
        self._common = common
        self._characters = characters

    def __iter__(self) -> Iterator[Place]:
        """Iterate over divisions and regions, without towns."""
        return iter(self._by_code.values())

    def __len__(self) -> int:
        """Count divisions and regions, without towns."""
        return len(self._by_code)

    def get(self, code: str) -> Place | None:
        """Return the place with an adcode, a region key or a ``place/…`` key; towns included."""
        found = self._by_code.get(code)
        if found is None and code.startswith("place/"):
            return self.get(code.removeprefix("place/"))
        if found is None and len(code) == 9 and code.isdigit():
            return next((town for town in self.towns(code[:6]) if town.code == code), None)
        return found

    def ancestors(self, code: str) -> tuple[Place, ...]:
        """Return the divisions above one, nearest first: 430212 gives 株洲市, 湖南省."""
        place = self.get(code)
        above = self.get(place.parent) if place is not None and place.parent else None
        return () if above is None else (above, *self.ancestors(above.code))

    def children(self, code: str) -> tuple[Place, ...]:
        """Return the divisions of today directly below one, by code; for towns see ``towns``."""
        return self._children.get(code, ())

    def full_name(self, code: str) -> str:
        """Return the name with all divisions above: 湖南省株洲市渌口区. Raises ``EntityNotFound``."""
        place = self.get(code)
        if place is None:
            raise EntityNotFound(f"{code}: no place in the registry has this code")
        return "".join(above.name for above in reversed(self.ancestors(code))) + place.name

    def successor(self, code: str) -> Place | None:
        """Return the place of today that took the place of one: 430221 (株洲县) gives 渌口区.

        A place of today is its own successor; ``None`` when the tables name no successor.
        """
        place = self.get(code)
        seen: set[str] = set()
        while place is not None and not place.is_current and place.code not in seen:
            seen.add(place.code)
            place = self.get(place.replaced_by)
        return place if place is not None and place.is_current else None

    def forms(self) -> Mapping[str, tuple[Form, ...]]:
        """Return every surface form with its readings, full names first, then by code.

        Former counties are there with their full names only, and zones too; a county whose short form is
        that of a province (河南蒙古族自治县) has no short form.
        """
        return self._forms

    def is_common(self, form: str) -> bool:
        """Tell a form that is also a word of the language: 和平, 文明, 城区, 高县 (提高县域…).

        ``resolve`` takes it for a place only near home; a text needs a hint (和平区, 和平街道) even there.
        """
        return form in self._common

    def abbreviation(self, character: str) -> Place | None:
        """Return the province that one character stands for: 湘 is 湖南省."""
        code = self._characters.get(character)
        return None if code is None else self.get(code)

    def resolve(self, form: str, home: str | None = None, year: int | None = None) -> Place | None:
        """Return the place that a form means in a document of the jurisdiction ``home`` (adcode).

        In this order: home itself, its children, the divisions above it, its siblings and the regions it is a
        member of; then, anywhere, by level (province, prefecture, region, county), in the home province before
        elsewhere. ``None`` when the form is unknown, when two places fit equally, or when a common word would
        mean a far division. Places of today come before former ones; with ``year``, places that existed then
        come first.
        """
        readings = [self._by_code[reading.code] for reading in self._forms.get(form, ())]
        base = self.get(home) if home else None
        above = tuple(place.code for place in self.ancestors(base.code)) if base is not None else ()
        ranked = sorted((self._rank(place, base, above), place.code) for place in _in_time(readings, year))
        if form in self._common:
            ranked = [item for item in ranked if item[0][0] < _FAR or not self._by_code[item[1]].is_division]
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return None
        return self._by_code[ranked[0][1]]

    def within(self, name: str, code: str) -> Place | None:
        """Return the county of today of this full name below a province or prefecture, if there is just one."""
        readings = (self._by_code[reading.code] for reading in self._forms.get(name, ()) if reading.kind == "full")
        found = [place for place in readings if place.is_current and code in self._codes_above(place)]
        return found[0] if len(found) == 1 else None

    def _codes_above(self, place: Place) -> tuple[str, ...]:
        return tuple(above.code for above in self.ancestors(place.code))

    def towns(self, code: str) -> tuple[Place, ...]:
        """Return towns and streets of a county, or of all counties of a prefecture, by code."""
        if not code.endswith("00") or code in self._towns:
            return self._towns.get(code, ())
        return tuple(town for child in self.children(code) for town in self._towns.get(child.code, ()))

    def _rank(self, place: Place, base: Place | None, above: tuple[str, ...]) -> tuple[int, int, int]:
        near = _nearness(place, base, above)
        if near == _ABOVE:
            return near, above.index(place.code), 0
        same_province = base is not None and place.is_division and place.code[:2] == base.code[:2]
        return near, _LEVEL_ORDER.get(place.level, _REGION_ORDER), 0 if same_province else 1

    @cached_property
    def _children(self) -> dict[str, tuple[Place, ...]]:
        below: defaultdict[str, list[Place]] = defaultdict(list)
        for place in self._by_code.values():
            if place.parent and place.is_current:
                below[place.parent].append(place)
        return {code: tuple(sorted(found)) for code, found in below.items()}

    @cached_property
    def _forms(self) -> Mapping[str, tuple[Form, ...]]:
        provinces = {place.short for place in self._by_code.values() if place.level == "province"}
        found: defaultdict[str, dict[Form, None]] = defaultdict(dict)
        for place in self._by_code.values():
            for name, kind in _names(place, provinces):
                found[name][Form(place.code, kind)] = None
        order = ("full", "alias", "short", "former")
        return MappingProxyType(
            {
                name: tuple(sorted(readings, key=lambda reading: (order.index(reading.kind), reading.code)))
                for name, readings in found.items()
            }
        )

    @cached_property
    def _towns(self) -> dict[str, tuple[Place, ...]]:
        below: defaultdict[str, list[Place]] = defaultdict(list)
        for town in tables.towns():
            below[town.parent].append(town)
        return {code: tuple(found) for code, found in below.items()}


@cache
def places() -> Places:
    """Return the registry that ships with kg, read on the first call."""
    entries = (place for source in (tables.divisions(), tables.regions()) for place in source)
    return Places(entries, tables.common_words(), tables.abbreviations())


def _nearness(place: Place, base: Place | None, above: tuple[str, ...]) -> int:
    if base is None:
        return _FAR
    if not place.is_division:
        return _SIBLING if {base.code, *above} & set(place.members) else _FAR
    if place.code == base.code:
        return _HOME
    if place.parent == base.code:
        return _CHILD
    if place.code in above:
        return _ABOVE
    return _SIBLING if place.parent and place.parent == base.parent else _FAR


def _in_time(readings: list[Place], year: int | None) -> list[Place]:
    """Keep the places of the year when there are any, else those of today, else all."""
    then = [place for place in readings if year is not None and place.existed(year)]
    return then or [place for place in readings if place.is_current] or readings


def _names(place: Place, provinces: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the forms of one place with their kinds."""
    if not place.is_current:
        yield place.name, "former"
        return
    yield place.name, "full"
    yield from ((alias, "alias") for alias in place.aliases)
    yield from ((name, "former") for name, _ in place.former_names)
    shadowed = place.level in ("county", "zone") and place.short in provinces
    if place.short != place.name and not shadowed:
        yield place.short, "short"
