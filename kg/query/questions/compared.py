"""What two plans share: comparison of their targets, projects, industries and policies.

The store and two plans go in, ``Found`` rows come out. Used by the question ``plan-vs-plan``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import pyoxigraph

from kg import ids, ontology
from kg.query.questions import aims, nodes
from kg.query.questions.aims import Aim
from kg.query.questions.question import Quote
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
    targets: tuple[Aim, ...]

    @property
    def whole(self) -> bool:
        """Whether it plans the year of the whole place, as work reports do, and articles on one matter do not."""
        return bool(self.year) and len({aim.indicator for aim in self.targets} & _HEADLINES) >= _WHOLE


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


def alike(before: Plan, after: Plan) -> bool:
    """Whether the silence of either says something: both plan a year of the same place as a whole."""
    return before.source.place == after.source.place and before.whole and after.whole and before.year != after.year


def _targets(store: pyoxigraph.Store, before: Plan, after: Plan) -> Iterator[Found]:
    for change in aims.changes(before.targets, after.targets, alike=alike(before, after)):
        one = change.before or change.after
        if one is None:
            continue
        changed = change.change in ("raised", "lowered")
        effort = aims.effort(change.change, nodes.first(store, one.indicator, "lg:direction")) if changed else ""
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


def _projects(store: pyoxigraph.Store, before: Plan, after: Plan) -> Iterator[Found]:
    earlier, later = _stages(store, before.source), _stages(store, after.source)
    named, comparable = nodes.named(store, after.source.iri), alike(before, after)
    for project in sorted(earlier.keys() | later.keys()):
        left, right = earlier.get(project), later.get(project)
        if not is_own_name(nodes.label(store, project), after.source.place):
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


def _stages(store: pyoxigraph.Store, source: Source) -> dict[str, _Stage]:
    """What a document tells of each project: of several stages the furthest that is planned, else told as it stands."""
    labels, codes = stage_labels(), {iri: code for code, iri in ontology.codes("stage").items()}
    found: dict[str, tuple[tuple[bool, int, int], _Stage]] = {}
    for _, node in nodes.of_type(store, "lg:StageReport", source.iri):
        stage, aim = codes.get(node["lg:stage"], ""), codes.get(node.get("lg:aimedStage", ""), "")
        quote = quoted(source, node["lg:evidence"], "")
        rank = bool(aim), level(aim or stage), -quote.start
        shown = f"拟{labels.get(aim, aim).removeprefix('在')}" if aim else labels.get(stage, stage)
        kept = found.get(node["lg:project"])
        if kept is None or rank > kept[0]:
            text = nodes.text(store, node["lg:evidence"], source.iri)
            done = not aim and level(stage) >= level("completed")
            told = _Stage(shown, done, _with(quote, text))
            found[node["lg:project"]] = rank, told
    return {project: told for project, (_, told) in found.items()}


def _with(quote: Quote, text: str) -> Quote:
    return Quote(text, quote.document, quote.start, quote.end, quote.date, quote.iri)


def _mentioned(kind: str, folder: str, skipped: str) -> Callable[[pyoxigraph.Store, Plan, Plan], Iterator[Found]]:
    """Compare the things of one kind that both documents name; the quote is the first sentence that does."""
    base = ids.BASE + folder

    def compare(store: pyoxigraph.Store, before: Plan, after: Plan) -> Iterator[Found]:
        left = {iri for iri in nodes.named(store, before.source.iri) if iri.startswith(base)}
        right = {iri for iri in nodes.named(store, after.source.iri) if iri.startswith(base)}
        comparable = alike(before, after)
        for thing in sorted(left | right):
            if skipped and re.search(skipped, nodes.label(store, thing)):
                continue
            alone = ("dropped" if thing in left else "new") if comparable else "not-comparable"
            change = "kept" if thing in left and thing in right else alone
            earlier = _sentence(store, thing, before.source) if thing in left else None
            later = _sentence(store, thing, after.source) if thing in right else None
            yield Found(kind, thing, change, earlier, later)

    return compare


def _sentence(store: pyoxigraph.Store, thing: str, source: Source) -> Quote | None:
    found = nodes.spans(store, thing, source.iri)
    if not found:
        return None
    sentence = nodes.sentence(store, found[0], source.iri)
    return quoted(source, sentence, nodes.text(store, sentence, source.iri))


#: How each kind of thing is compared.
COMPARED: Mapping[str, Callable[[pyoxigraph.Store, Plan, Plan], Iterator[Found]]] = {
    "target": _targets,
    "project": _projects,
    "industry": _mentioned("industry", "def/industry/", ""),
    "policy": _mentioned("policy", "id/policy/", "工作报告"),
}
