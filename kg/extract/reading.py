"""The reading of one document: what finders share and what they have found.

Finders work on ``reading.text``, the markup-free view, and speak of it in view offsets;
``mention``, ``measure`` and ``relation`` turn the findings into records whose offsets
index the untouched source. A finder asks for what others find with ``reading.found(label)``,
which runs the responsible finder when nobody has yet: so each component is usable alone,
and no finder imports another.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, cast

from kg.documents.view import View, view
from kg.extract.context import Context, Setting, infer, settings
from kg.extract.measures.quantities import Scan, scan
from kg.records import Document, Issue, Measure, Mention, Relation
from kg.sentences import Line, split


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A mention in view offsets; the fields are those of ``kg.records.Mention``."""

    start: int
    end: int
    label: str
    name: str
    rule: str = ""
    place: str = ""
    key: str = ""
    members: tuple[str, ...] = ()
    count: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Measured:
    """A target or outcome in view offsets; the fields are those of ``kg.records.Measure``."""

    start: int
    end: int
    kind: str
    indicator: str
    value: str | None = None
    unit: str | None = None
    comparator: str = "="
    comparator_text: str | None = None
    modality: str | None = None
    year: int | None = None
    period_start: int | None = None
    year_basis: str = "inferred"
    scope: str = ""
    scope_key: str = ""
    attributed_to: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Related:
    """A relation in view offsets; the fields are those of ``kg.records.Relation``."""

    start: int
    end: int
    kind: str
    subject: Found
    object: Found | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    rule: str = ""


_EMPHASIS = "**"


def _paired(source: str, low: int, high: int) -> tuple[int, int]:
    """Take in the mark of emphasis whose partner lies inside a span: 55**个项目 after ** is **55**个项目.

    >>> _paired("办好**55**个项目", 4, 11)
    (2, 11)
    """
    if source.count(_EMPHASIS, low, high) % 2 == 0:
        return low, high
    if source.endswith(_EMPHASIS, 0, low):
        return low - len(_EMPHASIS), high
    if source.startswith(_EMPHASIS, high):
        return low, high + len(_EMPHASIS)
    return low, high


def _order(found: Found) -> tuple[int, int, str, str]:
    return found.start, found.end, found.label, found.rule


Finder = Callable[["Reading"], Sequence[Found]]
Result = TypeVar("Result")


@dataclass(slots=False)
class Reading:
    """One document being read. ``finders`` maps a label to the function that finds it."""

    document: Document
    finders: Mapping[str, Finder] = field(default_factory=dict)
    _found: dict[str, tuple[Found, ...]] = field(default_factory=dict)
    _measures: tuple[Measured, ...] | None = None
    _relations: dict[str, tuple[Related, ...]] = field(default_factory=dict)
    _cache: dict[object, object] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    @cached_property
    def view(self) -> View:
        """The text without markup, with the map back to the source."""
        return view(self.document.text, self.document.format)

    @property
    def text(self) -> str:
        """The markup-free text that finders search."""
        return self.view.text

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Sentences, headings and bylines in view offsets, in order."""
        return split(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_index(self, offset: int) -> int:
        """Index of the line that holds a view offset (the one before it when it falls between lines)."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def line_at(self, offset: int) -> Line:
        """The sentence that holds a view offset."""
        return self.lines[self.line_index(offset)]

    @cached_property
    def numbers(self) -> Scan:
        """The quantities of the text, for measures and for the ledger of what they leave."""
        return scan(self.text)

    @cached_property
    def context(self) -> Context:
        """Jurisdiction, date and kind of the document."""
        return infer(self.document, self.text, self.lines)

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """For each line: is it review or plan, of which year, about which place, who speaks."""
        return settings(self.context, self.text, self.lines)

    def setting_at(self, offset: int) -> Setting:
        """The setting of the sentence that holds a view offset."""
        return self.settings[self.line_index(offset)]

    def found(self, label: str) -> tuple[Found, ...]:
        """All mentions of a label, sorted; runs its finder the first time it is asked for."""
        if label not in self._found:
            finder = self.finders.get(label)
            self._found[label] = tuple(sorted(set(finder(self)), key=_order)) if finder else ()
        return self._found[label]

    def measures(self, find: Callable[[Reading], Sequence[Measured]]) -> tuple[Measured, ...]:
        """Targets and outcomes; runs the finder the first time."""
        if self._measures is None:
            self._measures = tuple(find(self))
        return self._measures

    def relations(self, kind: str, find: Callable[[Reading], Sequence[Related]]) -> tuple[Related, ...]:
        """Relations of a kind; runs the finder the first time."""
        if kind not in self._relations:
            self._relations[kind] = tuple(find(self))
        return self._relations[kind]

    def cached(self, scan: Callable[[Reading], Result]) -> Result:
        """What a scan of this document gives, computed once however many finders ask for it."""
        if scan not in self._cache:
            self._cache[scan] = scan(self)
        return cast("Result", self._cache[scan])

    def within(self, label: str, start: int, end: int) -> tuple[Found, ...]:
        """Mentions of a label that lie inside a stretch of the view."""
        items = self.found(label)
        low = bisect_left(items, start, key=lambda item: item.start)
        high = bisect_left(items, end, low, key=lambda item: item.start)
        return tuple(item for item in items[low:high] if item.end <= end)

    def quote(self, start: int, end: int) -> str:
        """Source characters, markup included, behind a stretch of the view."""
        low, high = self.view.source(start, end)
        return self.document.text[low:high]

    def mention(self, found: Found) -> Mention:
        """Return the record of a found mention, in source offsets, marks of emphasis closed."""
        low, high = _paired(self.document.text, *self.view.source(found.start, found.end))
        return Mention(
            self.document.id,
            low,
            high,
            found.label,
            self.document.text[low:high],
            found.name,
            found.rule,
            found.place,
            found.key,
            found.members,
            found.count,
        )

    def measure(self, found: Measured) -> Measure:
        """Return the record of a found measure, in source offsets."""
        low, high = self.view.source(found.start, found.end)
        return Measure(
            self.document.id,
            low,
            high,
            found.kind,
            found.indicator,
            self.document.text[low:high],
            found.value,
            found.unit,
            found.comparator,
            found.comparator_text,
            found.modality,
            found.year,
            found.period_start,
            found.year_basis,
            found.scope,
            found.scope_key,
            found.attributed_to,
            found.rule,
        )

    def relation(self, found: Related) -> Relation:
        """Return the record of a found relation, in source offsets."""
        low, high = self.view.source(found.start, found.end)
        return Relation(
            self.document.id,
            low,
            high,
            found.kind,
            self.document.text[low:high],
            self.mention(found.subject),
            self.mention(found.object) if found.object else None,
            tuple(sorted(found.attributes)),
            found.rule,
        )
