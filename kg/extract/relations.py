"""All further relations of the genre: which function finds which kind. In: a kind; out: its finder.

Each function finds one family in one pass; a kind is what the family says of it. Kinds are named like the
properties of the ontology that they fill, and documented in ``kg.records.Relation``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from kg.extract import happenings, honours, industry_roles, programmes, reports, schemes, undertakings
from kg.extract.reading import Reading, Related

_Find = Callable[[Reading], Sequence[Related]]

#: The family of each kind, in the order in which they are reported.
FAMILIES: Mapping[str, _Find] = {
    "hasSubgroup": schemes.find_groups,
    "hasComponent": programmes.find,
    "hasComponentCount": programmes.find,
    "hasAlias": programmes.find,
    "issuedPolicy": programmes.find,
    "implementsPolicy": programmes.find,
    "presentedReport": reports.find,
    "presentedAt": reports.find,
    "onBehalfOf": reports.find,
    "occurredOn": happenings.find_dates,
    "heldIn": happenings.find_places,
    "signed": happenings.find_signings,
    "producedBy": happenings.find_products,
    "willOperateIn": happenings.find_products,
    "receivedHonour": honours.find,
    "nominatedFor": honours.find,
    "obtainedDesignation": honours.find,
    "seeksDesignation": honours.find,
    "keyIndustry": industry_roles.find_keys,
    "targetsIndustry": industry_roles.find_targets,
    "memberOfGroup": undertakings.find_groups,
    "hasProjectType": undertakings.find_groups,
    "connects": undertakings.find_connections,
    "undergoes": undertakings.find_changes,
    "transformsInto": undertakings.find_changes,
    "establishes": undertakings.find_bodies,
}


def finder(kind: str) -> _Find:
    """Return the function that finds the relations of one kind; families are found once a reading."""
    family = FAMILIES[kind]

    def find(reading: Reading) -> Sequence[Related]:
        found = {_closed(reading, item) for item in reading.cached(family) if item.kind == kind}
        return sorted(found, key=repr)

    return find


_MARKS = {"”": "“", "》": "《", "）": "（"}


def _closed(reading: Reading, item: Related) -> Related:
    """The relation with its quote grown over marks that were opened or closed inside: 《政府工作报告》."""
    start, end = item.start, item.end
    closing = reading.text[end : end + 1]
    if closing in _MARKS:
        words = reading.text[start:end]
        end += words.count(_MARKS[closing]) > words.count(closing)
    opening = reading.text[start - 1 : start]
    if start and opening in _MARKS.values():
        words = reading.text[start:end]
        mark = next(close for close, open_ in _MARKS.items() if open_ == opening)
        start -= words.count(mark) > words.count(opening)
    return replace(item, start=start, end=end) if (start, end) != (item.start, item.end) else item
