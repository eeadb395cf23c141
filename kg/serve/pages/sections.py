"""Which named questions make the page of a thing, by what it is, and which columns of them are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a page: a question, the parameter that takes the thing, and what is shown of the rows."""

    title: str  #: key of its words
    question: str
    parameter: str
    columns: tuple[str, ...]
    tally: str = ""  #: column by which rows are grouped and counted
    limit: int = 20
    newest: str = ""  #: column of years or days, the latest of which come first

    def arguments(self, iri: str) -> dict[str, Any]:
        """Return what the call ``rows`` takes."""
        return {
            "name": self.question,
            "parameters": {self.parameter: iri},
            "columns": list(self.columns),
            "limit": self.limit,
            "tally": self.tally,
            "newest": self.newest,
        }


_TARGET, _OUTCOME = "comparator target unit", "outcome_comparator outcome outcome_unit"
_SUMS = ("industry", "projects", "yi_yuan", "largest", "largest_yi_yuan")
_PROJECTS = ("project", "stage", "kind", "aim", "due", "words")
SECTIONS: dict[str, tuple[Section, ...]] = {
    "official": (
        Section("posts", "careers", "person", ("post", "body", "mode", "first_on", "last_on", "attestations")),
        Section("promises", "promises", "person", ("indicator", "subject", "year", "basis"), newest="year"),
    ),
    "place": (
        Section("officials", "careers", "place", ("person", "body", "post", "mode", "first_on", "last_on"), limit=12),
        Section(
            "targets",
            "targets-vs-outcomes",
            "place",
            ("indicator", "year", _TARGET, _OUTCOME, "verdict"),
            limit=12,
            newest="year",
        ),
        Section(
            "unsaid",
            "silent-misses",
            "place",
            ("indicator", "year", "kind", _TARGET, "reported"),
            limit=12,
            newest="year",
        ),
        Section("projects-by-stage", "projects", "place", ("project", "stage", "kind", "date"), "stage", 16),
        Section("groups", "project-groups", "place", ("group", "count", "named", "member"), limit=12),
        Section(
            "money",
            "project-money",
            "place",
            ("project", "amount", "kind", "told", "year", "date"),
            limit=12,
            newest="date",
        ),
        Section("money-by-industry", "project-money-by-industry", "place", _SUMS, limit=12),
        Section(
            "industries",
            "district-industries",
            "place",
            ("industry", "role", "scheme", "date"),
            limit=12,
            newest="date",
        ),
        Section("schemes", "schemes", "place", ("scheme", "group", "industry", "date"), limit=12, newest="date"),
        Section("changes", "scheme-changes", "place", ("industry", "change", "earlier_group", "later_group")),
    ),
    "project": (
        Section("history", "project-history", "project", ("course", "fate", "documents", "first", "last")),
        Section("stages", "projects", "project", ("date", "stage", "kind", "aim", "due", "modality", "words")),
        Section("slippage", "project-slippage", "project", ("planned", "aim", "due", "verdict", "answered", "stage")),
        Section("money", "project-money", "project", ("amount", "kind", "told", "year", "date")),
        Section("groups", "project-groups", "project", ("group", "count", "named", "member"), limit=50),
    ),
    "industry": (
        Section("schemes", "schemes", "industry", ("place", "scheme", "group", "date")),
        Section("changes", "scheme-changes", "industry", ("place", "change", "earlier", "later")),
        Section("districts", "district-industries", "industry", ("place", "role", "scheme", "date")),
        Section("projects", "projects", "industry", ("project", "place", "stage", "kind", "date")),
    ),
    "indicator": (),
}


#: Columns that make one cell together; what is left over in a row of them stands for itself.
_JOINED = (
    ("comparator", "target", "unit"),
    ("comparator", "value", "unit"),
    ("comparator", "whole", "unit"),
    ("outcome_comparator", "outcome", "outcome_unit"),
    ("other_comparator", "other_value", "other_unit"),
    ("part_comparator", "part", "part_unit"),
)
_LEFT_OUT = frozenset(("plain_value", "plain_unit"))


def readable(columns: tuple[str, ...]) -> list[str]:
    """Return the columns of a question as a page shows them: numbers with sign and unit in one cell, no IRIs.

    >>> readable(("year", "target", "unit", "comparator", "place_iri"))
    ['year', 'comparator target unit']
    """
    shown = [name for name in columns if not name.endswith("_iri") and name not in _LEFT_OUT]
    for joined in _JOINED:
        if set(joined) <= set(shown):
            at = shown.index(joined[1])
            shown = [" ".join(joined) if number == at else name for number, name in enumerate(shown)]
            shown = [name for name in shown if name not in joined]
    return shown
