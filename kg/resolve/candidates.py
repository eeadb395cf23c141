"""What is compared: items, and pairs of them that share a blocking key. ``kg.resolve.sql`` finds the pairs.

An item is all that documents call by one shape (``kg.resolve.names``). Blocks are joins on equality: the same core;
a core that is the end of another core; a core that is another one without its kind; the same person's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Self


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """All that documents name by one key of a thing."""

    key: str
    label: str
    place: str
    core: str  #: core name; the name itself for people
    shaped: bool = False  #: whether its core is that of a shape
    own: int = 0  #: characters of the core that are no generic words
    distinctive: bool = False  #: whether the core is enough of a name to mean one thing within a province
    crossing: bool = False  #: whether it crosses the borders of places
    named: frozenset[str] = frozenset()  #: places and regions that names of it begin with; "" for those that name none
    homes: frozenset[str] = frozenset()  #: jurisdictions of the documents
    bodies: frozenset[str] = frozenset()  #: bodies in which a person holds posts

    @classmethod
    def of(cls, row: Sequence[Any]) -> Self:
        """Return the item of a row of the query ``sql.ITEM``."""
        key, label, place, core, shaped, own, distinctive, crossing, named, homes, bodies = row
        plain = (key, label, place, core, shaped, own, distinctive, crossing)
        return cls(*plain, frozenset(named or ()), frozenset(homes or ()), frozenset(bodies or ()))


#: How many columns of a row make an item.
WIDTH = len(fields(Item))


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """Two things that may be one, and what brought them together."""

    left: Item
    right: Item
    kind: str  #: place, beside, crossing, maker, end, kind, short or person
    rivals: int = 0  #: how many others fit as well


def within(short: str, full: str) -> bool:
    """Whether the characters of one name stand in another in order (中车株机 in 中车株洲电力机车)."""
    rest = iter(full)
    return all(character in rest for character in short)
