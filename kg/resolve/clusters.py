"""Clusters of things that are one: a union-find that respects what must stay apart. Keys go in, keys come out.

It holds the accepted pairs only, which are few beside the things: what meets nothing stands for itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.resolve import names
from kg.resolve.candidates import Item


class Clusters:
    """Which items are one thing; ``find`` gives the key that stands for all of them."""

    def __init__(self, forbidden: Iterable[tuple[str, str]]) -> None:
        """Begin with every item by itself; the two of a forbidden pair never meet."""
        self._items: dict[str, Item] = {}
        self._parent: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._forbidden: defaultdict[str, set[str]] = defaultdict(set)
        for left, right in forbidden:
            self._forbidden[left].add(right)
            self._forbidden[right].add(left)

    def find(self, key: str) -> str:
        """Return the key that stands for the cluster of a key."""
        while key in self._parent:
            key = self._parent[key]
        return key

    def join(self, left: Item, right: Item) -> bool:
        """Make the clusters of two items one; ``False`` when a pair in them must stay apart."""
        one, other = self.find(left.key), self.find(right.key)
        if one == other:
            return True
        members = self._members.get(one, {one}) | self._members.get(other, {other})
        if any(members & self._forbidden[member] for member in members if member in self._forbidden):
            return False
        self._items[left.key], self._items[right.key] = left, right
        keeps, gives = sorted((one, other), key=lambda key: _rank(self._items[key]))
        self._parent[gives] = keeps
        self._members[keeps] = members
        self._members.pop(gives, None)
        return True

    def moved(self) -> dict[str, str]:
        """Return every item that gave way, with the one that stands for it."""
        return {key: self.find(key) for key in sorted(self._parent)}


def _rank(item: Item) -> tuple[bool, bool, int, int, str]:
    """Order of the keys that may stand for a cluster: registered, by place, long, first by code point.

    A project or firm lies in the most special place; an institution that cities name is that of the place above.
    """
    minted = item.shaped or item.key.startswith(("official/", "press/", "event/", "scheme/"))
    depth = len(names.above(item.place)) + 1 if item.place else 0
    whole = item.shaped and item.crossing  # the line, not its place
    return minted, not whole, depth if item.label == "agency" else -depth, -len(item.core), item.key
