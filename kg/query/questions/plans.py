"""Plan against plan: what of one document's targets, projects, industries and policies the next one keeps.

Two documents, or each plan of a place and the next. ``dropped`` says that the later document does not repeat it, never
that it was given up; and it is said only of two documents that both plan a year of the place as a whole, as work reports
do: they set the targets for its economy. What an article leaves out is *not-comparable*.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import pyoxigraph

from kg import ids, ontology
from kg.errors import QueryError
from kg.query.questions import aims, nodes
from kg.query.questions.aims import Aim
from kg.query.questions.question import Asked, Parameter, Question, Quote, Row
from kg.query.questions.showings import Source, is_own_name, level, quoted, sources, stage_labels

KINDS = ("target", "project", "industry", "policy")
CHANGES = (
    "kept", "raised", "lowered", "reworded", "done", "dropped", "not-repeated", "new", "not-comparable",
)  # fmt: skip
#: A document that sets so many targets for one year plans that year.
_ANNUAL = 5
_SIGNS = {"=": "", ">=": "≥", ">": "＞", "<=": "≤", "<": "＜", "~": "约"}
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


def _answer(asked: Asked) -> Iterator[Row]:
    kind, change, year = asked.get("kind"), asked.get("change"), asked.get("year")
    _known("kind", kind, KINDS)
    _known("change", change, CHANGES)
    for before, after in _pairs(asked):
        if year not in (None, after.year or after.source.year):
            continue
        for of_kind, compare in _COMPARED.items():
            for found in compare(asked.store, before, after) if kind in (None, of_kind) else ():
                if change in (None, found.change):
                    yield _row(asked.store, before, after, found)


def _known(name: str, value: str | None, values: tuple[str, ...]) -> None:
    if value is not None and value not in values:
        raise QueryError(f"plan-vs-plan: --{name} {value} is none of {', '.join(values)}")


def _row(store: pyoxigraph.Store, before: Plan, after: Plan, found: Found) -> Row:
    values = (
        after.source.area or before.source.area or None, before.year or before.source.year or None,
        after.year or after.source.year or None, found.kind, nodes.label(store, found.thing),
        nodes.label(store, found.subject) if found.subject else None, found.change, found.earlier, found.later,
        found.how or None, found.effort or None, found.thing,
    )  # fmt: skip
    return Row(values, (found.before, found.after))


# --- which documents ----------------------------------------------------------------------------


def _pairs(asked: Asked) -> Iterator[tuple[Plan, Plan]]:
    known = sources(asked)
    document, against = asked.get("document"), asked.get("against")
    if document is None and against is None and asked.get("place") is None:
        raise QueryError("plan-vs-plan: needs --place, or --document and --against; see kg ask GRAPH documents")
    if document is not None and against is not None:
        both = sorted((_plan(asked.store, known[iri]) for iri in (document, against)), key=_order)
        yield both[0], both[1]
        return
    chosen = document or against
    place = known[chosen].place if chosen else asked.get("place")
    series = _series(asked.store, [source for source in known.values() if source.place == place], chosen)
    for before, after in zip(series, series[1:], strict=False):
        if document in (None, after.source.iri) and against in (None, before.source.iri):
            yield before, after


def _order(plan: Plan) -> tuple[int, str, str]:
    return plan.year or plan.source.year, plan.source.date, plan.source.name


def _series(store: pyoxigraph.Store, documents: list[Source], chosen: str | None) -> list[Plan]:
    """The documents of a place that plan a year, one for each year: the one chosen, else that with most targets."""
    by_year: dict[int, list[Plan]] = defaultdict(list)
    for source in documents:
        plan = _plan(store, source)
        if plan.year:
            by_year[plan.year].append(plan)
    best = [
        max(plans, key=lambda plan: (plan.source.iri == chosen, len(plan.targets), plan.source.name))
        for plans in by_year.values()
    ]
    return sorted(best, key=_order)


def _plan(store: pyoxigraph.Store, source: Source) -> Plan:
    found = [node for _, node in nodes.of_type(store, "lg:Target", source.iri)]
    years = Counter(
        int(node["lg:year"])
        for node in found
        if "lg:periodStart" not in node and source.year <= int(node.get("lg:year", 0)) <= source.year + 1
    )
    year, number = max(years.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    planned = year if number >= _ANNUAL else 0
    return Plan(source, planned, tuple(_aim(source, node, planned) for node in found if "lg:indicator" in node))


def _aim(source: Source, node: nodes.Node, planned: int) -> Aim:
    year = node.get("lg:year", "")
    annual = "lg:periodStart" not in node and year == str(planned)
    value = node.get("lg:normalizedValue")
    return Aim(
        node["lg:indicator"],
        node.get("lg:subject", ""),
        "annual" if annual else year,
        node.get("lg:normalizedUnit", ""),
        Decimal(value) if value is not None else None,
        _comparators().get(node["lg:comparator"], ""),
        node.get("lg:modalityText", ""),
        _shown(node),
        quoted(source, node["lg:evidence"], node["rdfs:label"]),
    )


def _comparators() -> dict[str, str]:
    return {iri: code for code, iri in ontology.codes("comparator").items()}


def _shown(node: nodes.Node) -> str:
    comparator = _comparators().get(node["lg:comparator"], "")
    if "lg:value" not in node:
        return node.get("lg:comparatorText") or comparator
    modality = node.get("lg:modalityText", "")
    return f"{modality}{_SIGNS.get(comparator, comparator)}{node['lg:value']}{node.get('lg:unitText', '')}"


def _alike(before: Plan, after: Plan) -> bool:
    """Whether the silence of either says something: both plan a year of the same place as a whole."""
    return before.source.place == after.source.place and before.whole and after.whole and before.year != after.year


# --- what is compared ---------------------------------------------------------------------------


def _targets(store: pyoxigraph.Store, before: Plan, after: Plan) -> Iterator[Found]:
    for change in aims.changes(before.targets, after.targets, alike=_alike(before, after)):
        one = change.before or change.after
        if one is None:
            continue
        effort = aims.effort(change.change, nodes.first(store, one.indicator, "lg:direction"))
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
    named = nodes.named(store, after.source.iri)
    for project in sorted(earlier.keys() | later.keys()):
        left, right = earlier.get(project), later.get(project)
        if not is_own_name(nodes.label(store, project), after.source.place):
            continue
        change = _project_change(left, right, project in named, _alike(before, after))
        if change:
            shown = (stage.shown if stage else None for stage in (left, right))
            quotes = (stage.quote if stage else None for stage in (left, right))
            yield Found("project", project, change, *quotes, "", *shown)


def _project_change(left: _Stage | None, right: _Stage | None, named: bool, alike: bool) -> str:
    if left is None:
        return "" if right is None or right.done else "new" if alike else "not-comparable"
    if left.done:
        return ""  # reported, not planned
    if right is not None:
        return "done" if right.done else "kept"
    return "kept" if named else "dropped" if alike else "not-comparable"


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
        alike = _alike(before, after)
        for thing in sorted(left | right):
            if skipped and re.search(skipped, nodes.label(store, thing)):
                continue
            alone = ("dropped" if thing in left else "new") if alike else "not-comparable"
            change = "kept" if thing in left and thing in right else alone
            quotes = (
                _sentence(store, thing, plan.source) if thing in named else None
                for plan, named in ((before, left), (after, right))
            )
            yield Found(kind, thing, change, *quotes)

    return compare


def _sentence(store: pyoxigraph.Store, thing: str, source: Source) -> Quote | None:
    found = nodes.spans(store, thing, source.iri)
    if not found:
        return None
    sentence = nodes.sentence(store, found[0], source.iri)
    return quoted(source, sentence, nodes.text(store, sentence, source.iri))


_COMPARED: dict[str, Callable[[Any, Plan, Plan], Iterator[Found]]] = {
    "target": _targets,
    "project": _projects,
    "industry": _mentioned("industry", "def/industry/", ""),
    "policy": _mentioned("policy", "id/policy/", "工作报告"),
}

QUESTION = Question(
    name="plan-vs-plan",
    chinese="后一份计划对前一份的目标、项目、产业和政策有何保留、提高、降低、改写、不提与新增？",
    english="What of one plan does the next keep, raise, lower, reword, drop or add?",
    columns=(
        "place", "earlier_year", "later_year", "kind", "thing", "subject", "change", "earlier", "later", "how",
        "effort", "thing_iri",
    ),
    roles=("earlier", "later"),
    parameters=(
        Parameter("place", "place", "地区", "the place whose plans are compared, each with the next"),
        Parameter("document", "document", "文献", "the later document"),
        Parameter("against", "document", "对照文献", "the earlier document"),
        Parameter("year", "year", "年份", "the year that the later document plans"),
        Parameter("change", "text", "变化", "one of " + ", ".join(CHANGES)),
        Parameter("kind", "text", "类别", "one of " + ", ".join(KINDS)),
    ),
    answer=_answer,
)  # fmt: skip
