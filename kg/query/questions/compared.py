"""What two plans share: comparison of their targets, projects, industries and policies.

The store and two plans go in, ``Found`` rows come out. Used by the question ``plan-vs-plan``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from kg import ids
from kg.query.questions import aims
from kg.query.questions.aims import Aim
from kg.query.questions.names import Labels
from kg.query.questions.question import Asked, Quote
from kg.query.questions.showings import Source, is_own_name, level, quoted, stage_labels

#: What a plan for a year says of the whole economy: registry keys of indicators (``ontology/registry``).
_HEADLINES = frozenset(
    ids.concept("indicator", key)
    for key in (
        "gdp-growth", "industrial-va-growth", "fixed-asset-investment-growth", "retail-sales-growth",
        "general-budget-revenue-growth", "cpi", "unemployment", "registered-unemployment", "income-growth",
    )
)  # fmt: skip
#: A document that aims at so many of them speaks for the whole place; what it leaves out, it leaves out.
_WHOLE = 2


class Plan(NamedTuple):
    """A document with its targets; ``year`` is the one that it plans, 0 when it plans none."""

    source: Source
    year: int
    targets: tuple[Aim, ...]  #: empty when only other things are compared
    indicators: frozenset[str]  #: that its targets are of

    @property
    def whole(self) -> bool:
        """Whether it plans the year of the whole place, as work reports do, and articles on one matter do not."""
        return bool(self.year) and len(self.indicators & _HEADLINES) >= _WHOLE


class Found(NamedTuple):
    """One row in the making."""

    kind: str
    thing: str  #: IRI of indicator, project, industry or policy
    change: str
    before: Quote | None
    after: Quote | None
    subject: str = ""
    earlier: str | None = None
    later: str | None = None
    how: str = ""
    effort: str = ""


class Reader:
    """What documents name and tell, read once each: most are the later plan of one pair and the earlier of the next."""

    def __init__(self, asked: Asked) -> None:
        """Read for one asking."""
        self.asked, self.labels = asked, Labels(asked)
        self._named: dict[str, set[str]] = {}
        self._stages: dict[str, dict[str, _Stage]] = {}
        self._sentences: dict[tuple[str, str], dict[str, Quote]] = {}

    def named(self, source: Source) -> set[str]:
        """Return the IRIs of all that a document names."""
        if source.iri not in self._named:
            self._named[source.iri] = {row["thing"] for row in self.asked.rows(_NAMED, [source.iri])}
        return self._named[source.iri]

    def stages(self, source: Source) -> dict[str, _Stage]:
        """Return what a document tells of each project."""
        if source.iri not in self._stages:
            self._stages[source.iri] = _stages(self.asked, source)
        return self._stages[source.iri]

    def sentence(self, base: str, thing: str, source: Source) -> Quote | None:
        """Return the first sentence that names a thing, whose IRI begins with ``base``."""
        key = base, source.iri
        if key not in self._sentences:
            self._sentences[key] = self._first_sentences(base, source)
        return self._sentences[key].get(thing)

    def _first_sentences(self, base: str, source: Source) -> dict[str, Quote]:
        """The sentences of the first spans that name things, by thing."""
        rows = self.asked.rows(_SENTENCES, [source.iri, base, base[:-1] + "0"])
        return {row["thing"]: quoted(source, row["sentence"], row["text"]) for row in rows}


_NAMED = "SELECT thing FROM named WHERE document = ?"
_SENTENCES = """SELECT thing, sentence, text FROM named JOIN quote ON quote.span = sentence
  WHERE document = ? AND thing >= ? AND thing < ?"""
_STAGES = "SELECT stage.*, text FROM stage JOIN quote USING (span) WHERE document = ? ORDER BY iri"
_DIRECTION = "SELECT direction FROM thing WHERE iri = ?"


def alike(before: Plan, after: Plan) -> bool:
    """Whether the silence of either says something: both plan a year of the same place as a whole."""
    return before.source.place == after.source.place and before.whole and after.whole and before.year != after.year


def _targets(read: Reader, before: Plan, after: Plan) -> Iterator[Found]:
    for change in aims.changes(before.targets, after.targets, alike=alike(before, after)):
        one = change.before or change.after
        if one is None:
            continue
        changed = change.change in ("raised", "lowered")
        effort = aims.effort(change.change, _direction(read.asked, one.indicator)) if changed else ""
        yield Found(
            "target", one.indicator, change.change,
            change.before.quote if change.before else None, change.after.quote if change.after else None,
            one.subject, change.before.shown if change.before else None, change.after.shown if change.after else None,
            change.how, effort,
        )  # fmt: skip


class _Stage(NamedTuple):
    """What one document tells of one project."""

    shown: str
    done: bool
    quote: Quote


def _projects(read: Reader, before: Plan, after: Plan) -> Iterator[Found]:
    earlier, later = read.stages(before.source), read.stages(after.source)
    named, comparable = read.named(after.source), alike(before, after)
    for project in sorted(earlier.keys() | later.keys()):
        left, right = earlier.get(project), later.get(project)
        if not is_own_name(read.labels[project], after.source.place):
            continue
        change = _project_change(left, right, project in named, comparable)
        if change:
            yield Found(
                "project", project, change, left.quote if left else None, right.quote if right else None, "",
                left.shown if left else None, right.shown if right else None,
            )  # fmt: skip


def _project_change(left: _Stage | None, right: _Stage | None, named: bool, comparable: bool) -> str:
    if left is None:
        return "" if right is None or right.done else "new" if comparable else "not-comparable"
    if left.done:
        return ""  # reported, not planned
    if right is not None:
        return "done" if right.done else "kept"
    return "kept" if named else "dropped" if comparable else "not-comparable"


def _direction(asked: Asked, indicator: str) -> str:
    return next((row["direction"] or "" for row in asked.rows(_DIRECTION, [indicator])), "")


def _stages(asked: Asked, source: Source) -> dict[str, _Stage]:
    """What a document tells of each project: of several stages the furthest that is planned, else told as it stands."""
    labels = stage_labels()
    found: dict[str, tuple[tuple[bool, int, int], _Stage]] = {}
    for row in asked.rows(_STAGES, [source.iri]):
        stage, aim = row["stage"], row["aim"] or ""
        quote = quoted(source, row["span"], row["text"])
        rank = bool(aim), level(aim or stage), -quote.start
        shown = f"拟{labels.get(aim, aim).removeprefix('在')}" if aim else labels.get(stage, stage)
        kept = found.get(row["project"])
        if kept is None or rank > kept[0]:
            done = not aim and level(stage) >= level("completed")
            found[row["project"]] = rank, _Stage(shown, done, quote)
    return {project: told for project, (_, told) in found.items()}


def _mentioned(kind: str, folder: str, skipped: str) -> Callable[[Reader, Plan, Plan], Iterator[Found]]:
    """Compare the things of one kind that both documents name; the quote is the first sentence that does."""
    base = ids.BASE + folder

    def compare(read: Reader, before: Plan, after: Plan) -> Iterator[Found]:
        left = {iri for iri in read.named(before.source) if iri.startswith(base)}
        right = {iri for iri in read.named(after.source) if iri.startswith(base)}
        comparable = alike(before, after)
        for thing in sorted(left | right):
            if skipped and re.search(skipped, read.labels[thing]):
                continue
            alone = ("dropped" if thing in left else "new") if comparable else "not-comparable"
            change = "kept" if thing in left and thing in right else alone
            earlier = read.sentence(base, thing, before.source) if thing in left else None
            later = read.sentence(base, thing, after.source) if thing in right else None
            yield Found(kind, thing, change, earlier, later)

    return compare


#: How each kind of thing is compared.
COMPARED: Mapping[str, Callable[[Reader, Plan, Plan], Iterator[Found]]] = {
    "target": _targets,
    "project": _projects,
    "industry": _mentioned("industry", "def/industry/", ""),
    "policy": _mentioned("policy", "id/policy/", "工作报告"),
}
