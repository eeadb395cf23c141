"""Projects over time: stages by document, courses and fates, plans that slipped."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import pyoxigraph

from kg import ids, ontology
from kg.query.questions import courses, pages
from kg.query.questions.question import Asked, Page, Parameter, Question, Row
from kg.query.questions.quotes import values
from kg.query.questions.showings import (
    Showing,
    Source,
    by_project,
    is_own_name,
    node,
    showings,
    sources,
    stage_code,
    stage_labels,
)

PLACE = Parameter("place", "place", "地区", "the place whose documents tell it: 株洲市")
PROJECT = Parameter("project", "entity", "项目", "one project: 智轨一期")
STAGE = Parameter("stage", "text", "阶段", "a stage by code or label: in_progress, 在建")
YEAR = Parameter("year", "year", "年份", "year of the document")
INDUSTRY = Parameter("industry", "entity", "产业", "an industry that the project's name says: 半导体")


# --- stages -------------------------------------------------------------------------------------


_COUNTS = """SELECT ?document (COUNT(DISTINCT ?report) AS ?n) WHERE { GRAPH ?document { %s } ?document lg:area ?place }
  GROUP BY ?document"""
_REPORTS = "SELECT DISTINCT ?report WHERE { GRAPH %s { %s } }"


def _stages(asked: Asked) -> Iterable[Row]:
    limit = pages.most(asked, "place", "project", "industry")
    if limit is not None and not any(asked.get(name) for name in ("place", "project", "industry")):
        return _newest(asked, limit)
    stage, year = stage_code(asked.get("stage") or ""), asked.get("year")
    words = _industry_words(asked)
    named = _named_so(asked, words) if words is not None and not asked.get("place") else None
    found = [
        told
        for told in showings(asked, sources(asked), projects=named)
        if stage in ("", told.stage, told.aim) and year in (None, told.source.year)
        if words is None or any(word in told.name for word in words)
    ]
    if limit is None:
        return [_stage_row(told) for told in found]
    return Page([_stage_row(told) for told in sorted(found, key=_latest)[:limit]], len(found))


def _newest(asked: Asked, limit: int) -> Page:
    """Return the first rows, those of the newest documents; no other document is read."""
    stage, year, known = stage_code(asked.get("stage") or ""), asked.get("year"), sources(asked)
    iri = f"<{ontology.codes('stage').get(stage, stage)}>"
    told = f"{{ ?report lg:stage {iri} }} UNION {{ ?report lg:aimedStage {iri} }}" if stage else "?report lg:stage ?any"
    counts = {row["document"]: int(row["n"]) for row in asked.select(_COUNTS % told)}
    counts = {iri: n for iri, n in counts.items() if year in (None, known[iri].year)}
    reports: list[str] = []
    for source in sorted((known[iri] for iri in counts), key=_by_date):
        if len(reports) >= limit:
            break
        reports += [row["report"] for row in asked.select(_REPORTS % (node(source.iri), told))]
    found = sorted(showings(asked, known, reports=reports), key=_latest)
    return Page([_stage_row(told) for told in found[:limit]], sum(counts.values()))


def _latest(told: Showing) -> tuple[tuple[int, str], int, str]:
    return _by_date(told.source), told.quote.start, told.project


def _by_date(source: Source) -> tuple[int, str]:
    """Newer documents first, then by name; those without a date last."""
    return -int(f"{source.date:0<10}".replace("-", "")), source.name


def _stage_row(told: Showing) -> Row:
    return Row(_stage_values(told), (told.quote,))


def _stage_values(told: Showing) -> tuple[object, ...]:
    labels = stage_labels()
    return (
        told.name, told.source.area or None, told.source.date or None, labels.get(told.stage, told.stage),
        "planned" if told.aim else "asserted", labels.get(told.aim), told.due or None, told.modality or None,
        told.words or None, told.project,
    )  # fmt: skip


_INDUSTRY = """SELECT DISTINCT ?word WHERE { %s ^skos:broader* ?industry .
  ?industry skos:prefLabel|skos:altLabel ?word FILTER(LANGMATCHES(LANG(?word), "zh")) } ORDER BY ?word"""


def _industry_words(asked: Asked) -> list[str] | None:
    """The names of an industry and of those below it; ``None`` when all projects are asked for."""
    industry = asked.get("industry")
    return [row["word"] for row in asked.select(_INDUSTRY % node(industry))] if industry else None


# Names and types are in the derived graph alone; to say so spares the engine the others (250 to 183 ms).
_NAMED_SO = """SELECT ?project WHERE {
  GRAPH <%s> { ?project a lg:Project ; skos:prefLabel ?name } FILTER(REGEX(STR(?name), %s)) }"""


def _named_so(asked: Asked, words: Iterable[str]) -> set[str]:
    """The projects whose names have one of some words."""
    pattern = pyoxigraph.Literal("|".join(map(re.escape, words)))
    return {row["project"] for row in asked.select(_NAMED_SO % (ids.DERIVED, pattern))}


PROJECTS = Question(
    name="projects",
    chinese="各项目在各篇文献中处于什么阶段，是已有还是计划？",
    english="At which stage is each project in each document, as it stands or as planned?",
    columns=("project", "place", "date", "stage", "kind", "aim", "due", "modality", "words", "project_iri"),
    parameters=(PLACE, PROJECT, INDUSTRY, STAGE, YEAR, pages.LIMIT),
    answer=_stages,
)

# --- courses ------------------------------------------------------------------------------------

_NAMED = """SELECT ?project ?document WHERE { VALUES ?place { UNDEF } ?document lg:area ?place .
  GRAPH ?document { ?project lg:mentionedIn ?document } ?project a lg:Project }"""
_NAMED_OF = "SELECT ?project ?document WHERE { VALUES ?project { %s } ?project lg:mentionedIn ?document }"


class _Told:
    """What the documents of one place, or of all, tell of projects, grouped by project and place."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self.sources = sources(asked)
        self.of_place: dict[str, list[Source]] = defaultdict(list)
        for source in self.sources.values():
            if source.date:
                self.of_place[source.place].append(source)
        self.named: dict[str, set[str]] = defaultdict(set)

    def groups(self, projects: Sequence[str] | None = None) -> Iterator[list[Showing]]:
        """Yield what is told of each project: of some of them, of the one that is asked for, or of all."""
        asked, place = self._asked, self._asked.get("place")
        if projects is None and asked.get("project"):
            projects = [asked.get("project")]
        all_named = asked.select(_NAMED, place=node(place)) if projects is None else values(asked, _NAMED_OF, projects)
        for row in all_named:
            self.named[row["project"]].add(row["document"])
        dated = [told for told in showings(asked, self.sources, projects=projects) if told.source.date]
        for group in by_project(dated):
            if is_own_name(group[0].name, group[0].source.place):
                yield sorted(group, key=lambda told: (told.source.date, told.source.name, told.quote.start))

    def of(self, group: Sequence[Showing]) -> tuple[Sequence[Showing], Sequence[Source], set[str]]:
        """The arguments of the functions of ``kg.query.questions.courses``."""
        return group, self.of_place[group[0].source.place], self.named[group[0].project]


#: Projects by how many reports tell a stage of them; ``{aims}`` may name a plan.
_TOLD_OF = """SELECT ?project (COUNT(?report) AS ?n) WHERE {{ ?report {aims} lg:project ?project }}
  GROUP BY ?project HAVING (COUNT(?report) >= {least})"""
_LEAST = (6, 3, 1)
_PART = 40


def _most_told(asked: Asked, aims: str = "") -> Iterator[list[str]]:
    """Yield parts of all projects, those of which most is told first: many are never asked for."""
    below = None
    for least in _LEAST:
        rows = [(-int(row["n"]), row["project"]) for row in asked.select(_TOLD_OF.format(aims=aims, least=least))]
        ordered = [project for number, project in sorted(rows) if below is None or -number < below]
        for start in range(0, len(ordered), _PART):
            yield ordered[start : start + _PART]
        below = least


def _paged(asked: Asked, rows: Callable[[_Told, list[Showing]], Iterator[Row]], aims: str = "") -> Iterable[Row]:
    """Return the rows of all projects; without a place or project those of which most is told, as far as is shown."""
    told, limit = _Told(asked), pages.most(asked, "place", "project")
    if limit is None or asked.get("place") or asked.get("project"):
        return pages.first((row for group in told.groups() for row in rows(told, group)), limit)
    parts = (told.groups(part) for part in _most_told(asked, aims))
    return pages.first((row for groups in parts for group in groups for row in rows(told, group)), limit)


def _history(asked: Asked) -> Iterable[Row]:
    return _paged(asked, lambda told, group: _course(asked.get("verdict"), told, group))


def _course(verdict: str | None, told: _Told, group: list[Showing]) -> Iterator[Row]:
    found = courses.course(*told.of(group))
    if verdict not in (None, found.fate, "followed" if _years(found) > 1 else ""):
        return
    first, last = found.told[0], found.told[-1]
    shown = (
        first.name, first.source.area or None, len(found.documents), first.source.date, last.source.date,
        found.path, found.fate, found.later, first.project,
    )  # fmt: skip
    yield Row(shown, (first.quote, last.quote))


def _years(found: courses.Course) -> int:
    return len({source.year for source in found.documents})


HISTORY = Question(
    name="project-history",
    chinese="各项目先后经历了哪些阶段，建成了、仍在建，还是不再提起？",
    english="Which stages did each project pass, and was it done, is it under way, or did it vanish?",
    columns=("project", "place", "documents", "first", "last", "course", "fate", "later_documents", "project_iri"),
    roles=("first", "last"),
    parameters=(
        PLACE,
        PROJECT,
        Parameter("verdict", "text", "结局", "done, current, vanished; or followed: told in two years or more"),
        pages.LIMIT,
    ),
    answer=_history,
)


def _slippage(asked: Asked) -> Iterable[Row]:
    year = asked.get("year")
    due = f'lg:aimedYear "{year}"^^xsd:gYear ;' if year else "lg:aimedYear ?due ;"
    return _paged(asked, lambda told, group: _slips(asked, told, group), due)


def _slips(asked: Asked, told: _Told, group: list[Showing]) -> Iterator[Row]:
    year, verdict, labels = asked.get("year"), asked.get("verdict"), stage_labels()
    for found in courses.plans(*told.of(group)):
        plan, answer = found.plan, found.answer
        if year in (None, plan.due) and verdict in (None, found.verdict):
            yield Row(_slip_values(found, labels), (plan.quote, answer.quote if answer else None))


def _slip_values(found: courses.Plan, labels: Mapping[str, str]) -> tuple[object, ...]:
    plan, answer = found.plan, found.answer
    return (
        plan.name, plan.source.area or None, plan.source.date, labels[plan.aim], plan.due, plan.modality or None,
        found.verdict, answer.source.date if answer else None, labels[answer.stage] if answer else None,
        labels.get(answer.aim) if answer else None, answer.due or None if answer else None, plan.project,
    )  # fmt: skip


SLIPPAGE = Question(
    name="project-slippage",
    chinese="计划年内开工、竣工、投用的项目，后来的文献怎么说？",
    english="Projects planned to start, be completed or open by a year: what do later documents say?",
    columns=(
        "project", "place", "planned", "aim", "due", "modality", "verdict", "answered", "stage", "new_aim", "new_due",
        "project_iri",
    ),
    roles=("plan", "answer"),
    parameters=(
        PLACE,
        PROJECT,
        Parameter("year", "year", "年份", "year by which the stage was to be reached"),
        Parameter("verdict", "text", "结果", "one of " + ", ".join(courses.VERDICTS)),
        pages.LIMIT,
    ),
    answer=_slippage,
)  # fmt: skip

QUESTIONS = (PROJECTS, HISTORY, SLIPPAGE)
