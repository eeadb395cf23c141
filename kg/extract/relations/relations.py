"""All further relations of the genre: which function finds which kind. In: a kind; out: its finder.

Each function finds one family in one pass; a kind is what the family says of it. Kinds are named like the
properties of the ontology that they fill, and documented in ``kg.records.Relation``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from kg.extract.entities import schemes
from kg.extract.reading import Reading, Related
from kg.extract.relations import happenings, honours, industry_roles, programmes, reports, undertakings

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


_PAIRS = {"”": "“", "》": "《", "）": "（"}


def _closed(reading: Reading, item: Related) -> Related:
    """The relation with its quote grown over marks that were opened or closed inside: 《政府工作报告》."""
    text, start, end = reading.text, item.start, item.end
    opened, closed = _unmatched(text[start:end])
    while opened and text[end : end + 1] in _PAIRS and _PAIRS[text[end]] == opened[-1]:
        opened.pop()
        end += 1
    while closed and start and text[start - 1] == _PAIRS[closed[-1]]:
        closed.pop()
        start -= 1
    return replace(item, start=start, end=end) if (start, end) != (item.start, item.end) else item


def _unmatched(words: str) -> tuple[list[str], list[str]]:
    """Marks that are opened and not closed, and that are closed and were not opened."""
    opened: list[str] = []
    closed: list[str] = []
    for match in _MARK.finditer(words):
        mark = match[0]
        if mark not in _PAIRS:
            opened.append(mark)
        elif opened and opened[-1] == _PAIRS[mark]:
            opened.pop()
        else:
            closed.append(mark)
    return opened, closed


_MARK = re.compile("[“”《》（）]")
