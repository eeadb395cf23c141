"""Clusters of things that are one: a union-find that respects what must stay apart. Keys go in, keys come out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.resolve import names
from kg.resolve.candidates import Item


class Clusters:
    """Which items are one thing; ``find`` gives the key that stands for all of them."""

    def __init__(self, items: Mapping[str, Item], forbidden: Iterable[tuple[str, str]]) -> None:
        """Begin with every item by itself; the two of a forbidden pair never meet."""
        self._items = items
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

    def join(self, left: str, right: str) -> bool:
        """Make two clusters one; ``False`` when a pair in them must stay apart."""
        one, other = self.find(left), self.find(right)
        if one == other:
            return True
        members = self._members.get(one, {one}) | self._members.get(other, {other})
        if any(members & self._forbidden[member] for member in members if member in self._forbidden):
            return False
        keeps, gives = sorted((one, other), key=self._rank)
        self._parent[gives] = keeps
        self._members[keeps] = members
        return True

    def _rank(self, key: str) -> tuple[bool, bool, int, int, str]:
        """Order of the keys that may stand for a cluster: registered, by place, long, first by code point.

        A project or firm lies in the most special place; an institution that cities name is that of the place above.
        """
        item = self._items[key]
        minted = item.shape is not None or key.startswith(("official/", "press/", "event/", "scheme/"))
        depth = len(names.above(item.place)) + 1 if item.place else 0
        whole = item.shape is not None and item.shape.crossing  # the line, not its place
        return minted, not whole, depth if item.label == "agency" else -depth, -len(item.core), key
