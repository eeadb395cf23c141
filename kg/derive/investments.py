"""Investments: which project a sum of money is for, where the text sets the two side by side. Rows and statements.

The text states the sum, and names the project; that the one is for the other is inferred, from three wordings:

- ``before``: 总投资20亿元的甲广场, 投资46亿元实施乙改造
- ``after``: 162个市级重点项目完成投资321亿元, 丙高速项目，总投资85亿元
- ``list``: 投资529亿元的甲机组、投资120亿元的乙材料等项目, where each has its own

A sum before or behind a list of several works is that of all of them together, and is linked to none; to a group
(350个重大产业项目) when that is named with it. Each link names its wording, and is derived, never asserted as read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg import ids
from kg.derive.runs import derived, say
from kg.derive.tables import Source, Tables
from kg.records import Measure, Mention, Record, Statement
from kg.statements import facts, nodes
from kg.statements.context import Context

NAME = "investments"

_JOINED = re.compile(r"\s*(?:的|实施|建设|用于|打造)?")
_AFTER = re.compile(r"(?:建设|工程|项目)?[，,（(]?\s*")
#: What joins a work to others of a list; the sum is then not its own alone.
_LISTED = re.compile(r"[、和及与]|等")
# The next sum of a list: 、投资120亿元.
_OWN_SUM = re.compile(r"[、，,和]\s*(?:计划|预计)?总?投资[^、，。；]{2,12}")
#: How a sum goes on after the work that it is for; 改造，鄂州电厂投资14亿元 speaks of another.
_TOLD = re.compile(r"(?:力争|确保|实际|年度|总|计划|预计|概算|估算|累计|完成|可|共|项目)*投资")
_MONEY = "CNY"


@dataclass(frozen=True, slots=True, order=True)
class Investment(Record):
    """A sum and the project that it is for."""

    project: str  #: IRI
    measure: str  #: IRI
    document: str
    start: int  #: of the measure's quote
    end: int
    wording: str  #: before, after or list


def investments(context: Context) -> Iterator[Investment]:
    """Yield the sums of one document that stand beside a project."""
    projects = sorted(mention for mention in context.extraction.mentions if mention.label == "project")
    starts = {mention.start: mention for mention in projects}
    ends = {mention.end: mention for mention in projects}
    listed = False
    last = -1
    for measure in sorted(context.extraction.measures, key=lambda measure: (measure.start, measure.end)):
        if not _is_sum(measure):
            continue
        goes_on = listed and _OWN_SUM.fullmatch(context.text, last, measure.end) is not None
        found = _before(context.text, measure, starts, goes_on) or _after(context.text, measure, ends)
        listed = found is not None and found[1] != "after"
        if found is not None:
            project, wording = found
            last = project.end
            node = facts.measured(context, measure)[0]
            document = context.document.id
            yield Investment(context.of(project).iri, node, document, measure.start, measure.end, wording)


def _is_sum(measure: Measure) -> bool:
    if measure.value is None or "投资" not in measure.text + measure.indicator:
        return False
    amount = nodes.normalized(measure.value, measure.unit or "")
    return amount is not None and amount[1] == _MONEY


def _before(text: str, measure: Measure, starts: dict[int, Mention], goes_on: bool) -> tuple[Mention, str] | None:
    """The project right behind a sum: 总投资20亿元的甲广场."""
    joined = _JOINED.match(text, measure.end)
    project = starts.get(joined.end() if joined else measure.end)
    if project is None:
        return None
    tail = _LISTED.match(text, project.end)
    if tail is None or project.count is not None:
        return project, "before"
    # 投资529亿元的甲、投资120亿元的乙等项目: each has its own sum.
    own = re.compile(r"[、和及与](?=\s*(?:计划|预计)?总?投资)").match(text, project.end)
    return (project, "list") if own or (goes_on and tail[0] == "等") else None


def _after(text: str, measure: Measure, ends: dict[int, Mention]) -> tuple[Mention, str] | None:
    """The project right before a sum: 丙高速项目，总投资85亿元; the last of a list only when it is the whole group."""
    for end in range(measure.start, max(measure.start - 8, 0), -1):
        project = ends.get(end)
        if project is not None and _AFTER.fullmatch(text, end, measure.start) and _TOLD.match(measure.text):
            alone = project.count is not None or text[project.start - 1 : project.start] not in "、和及与"
            return (project, "after") if alone else None
    return None


def derive(tables: Tables) -> Iterator[Iterable[Statement]]:
    """Yield the investments of each project."""
    for group in tables.groups(Investment, "investment", ("project",)):
        yield statements(group)


def statements(group: Sequence[Investment]) -> Iterator[Statement]:
    """Yield the link of each sum to its project, as a plain triple and as a node with its wording."""
    for found in group:
        node = ids.stated("investment", found.document, found.start, found.end, found.project, found.measure)
        yield say(found.project, "lg:investment", nodes.iri(found.measure))
        yield from derived(node, "lg:Investment", NAME, (found.measure,))
        yield say(node, "lg:investedIn", nodes.iri(found.project))
        yield say(node, "lg:sum", nodes.iri(found.measure))
        yield say(node, "lg:rule", nodes.string(f"investments:{found.wording}"))
        yield say(node, "lg:statedIn", nodes.iri(ids.document(found.document)))


SOURCE = Source("investment", Investment, investments)
