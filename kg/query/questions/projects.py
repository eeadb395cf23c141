"""Projects over time: stages by document, courses and fates, plans that slipped."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from kg import ids
from kg.query.questions import courses, pages
from kg.query.questions.question import Asked, Page, Parameter, Question, Row
from kg.query.questions.showings import (
    Showing,
    Source,
    by_project,
    is_own_name,
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


_COUNTS = """SELECT document, stage, aim, COUNT(*) AS number FROM stage JOIN document ON document.iri = document
  WHERE place IS NOT NULL GROUP BY document, stage, aim"""
_REPORTS = "SELECT iri, stage, aim FROM stage WHERE {where}"


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
    counts: Counter[str] = Counter()
    for row in asked.rows(_COUNTS):
        if stage in ("", row["stage"], row["aim"]) and year in (None, known[row["document"]].year):
            counts[row["document"]] += row["number"]
    reports: list[str] = []
    for source in sorted((known[iri] for iri in counts), key=_by_date):
        if len(reports) >= limit:
            break
        rows = asked.rows(_REPORTS, {"document": source.iri})
        reports += [row["iri"] for row in rows if stage in ("", row["stage"], row["aim"])]
    found = sorted(showings(asked, known, reports=reports), key=_latest)
    return Page([_stage_row(told) for told in found[:limit]], counts.total())


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


_INDUSTRY = """WITH RECURSIVE below (iri) AS (
    VALUES (?) UNION SELECT subject FROM link JOIN below ON predicate = 'skos:broader' AND object = iri)
  SELECT DISTINCT text FROM name JOIN below USING (iri) WHERE language LIKE 'zh%' ORDER BY text"""


def _industry_words(asked: Asked) -> list[str] | None:
    """The names of an industry and of those below it; ``None`` when all projects are asked for."""
    industry = asked.get("industry")
    return [row["text"] for row in asked.rows(_INDUSTRY, [industry])] if industry else None


_NAMED_SO = """SELECT iri FROM thing WHERE iri >= ? AND iri < ?
  AND EXISTS (SELECT 1 FROM json_each(?) WHERE instr(name, value))"""
_IRIS = f"{ids.BASE}id/project/", f"{ids.BASE}id/project0"
_PROJECT = ids.expand("lg:Project")


def _named_so(asked: Asked, words: Iterable[str]) -> list[str]:
    """The projects whose names have one of some words; a word that holds another one needs no search of its own."""
    shortest: list[str] = []
    for word in sorted(words, key=len):
        if not any(short in word for short in shortest):
            shortest.append(word)
    return [row["iri"] for row in asked.rows(_NAMED_SO, [*_IRIS, json.dumps(shortest)])]


PROJECTS = Question(
    name="projects",
    chinese="各项目在各篇文献中处于什么阶段，是已有还是计划？",
    english="At which stage is each project in each document, as it stands or as planned?",
    columns=("project", "place", "date", "stage", "kind", "aim", "due", "modality", "words", "project_iri"),
    parameters=(PLACE, PROJECT, INDUSTRY, STAGE, YEAR, pages.LIMIT),
    answer=_stages,
)

# --- courses ------------------------------------------------------------------------------------

_NAMED = """SELECT thing, document FROM named JOIN document ON document.iri = document
  JOIN link ON predicate = 'rdf:type' AND subject = thing AND object = ? WHERE place = ?"""
_NAMED_OF = "SELECT thing, document FROM named WHERE {where}"


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
        of_place = projects is None and place is not None
        given = [_PROJECT, place] if of_place else {"thing": projects}
        for row in asked.rows(_NAMED if of_place else _NAMED_OF, given):
            self.named[row["thing"]].add(row["document"])
        dated = [told for told in showings(asked, self.sources, projects=projects) if told.source.date]
        for group in by_project(dated):
            if is_own_name(group[0].name, group[0].source.place):
                yield sorted(group, key=lambda told: (told.source.date, told.source.name, told.quote.start))

    def of(self, group: Sequence[Showing]) -> tuple[Sequence[Showing], Sequence[Source], set[str]]:
        """The arguments of the functions of ``kg.query.questions.courses``."""
        return group, self.of_place[group[0].source.place], self.named[group[0].project]


_TOLD_OF = """SELECT project, COUNT(*) AS number FROM stage WHERE {where} GROUP BY project
  ORDER BY number DESC, project"""
#: Of so many reports, and so many projects at once.
_LEAST, _PART = (6, 3, 1), 40


def _most_told(asked: Asked, year: int | None) -> Iterator[list[str]]:
    """Yield parts of all projects, those of which most is told first: many are never asked for.

    With a ``year`` those with plans for it, with 0 those with plans for any.
    """
    planned = "due IS NOT NULL AND {where}" if year is not None else "{where}"
    found = asked.rows(_TOLD_OF.replace("{where}", planned), {"due": str(year) if year else None})
    for _, told in groupby(found, lambda row: sum(row["number"] < least for least in _LEAST)):
        projects = [row["project"] for row in told]
        yield from (projects[start : start + _PART] for start in range(0, len(projects), _PART))


_PLANNED = """SELECT DISTINCT project FROM stage JOIN document ON document.iri = document
  WHERE due IS NOT NULL AND {where}"""


def _planned(asked: Asked, year: int) -> list[str]:
    """The projects that the parameters leave with plans for a year, or with 0 for any."""
    where = {"due": str(year) if year else None, "place": asked.get("place"), "project": asked.get("project")}
    return [row["project"] for row in asked.rows(_PLANNED, where)]


def _paged(
    asked: Asked, rows: Callable[[_Told, list[Showing]], Iterator[Row]], planned: int | None = None
) -> Iterable[Row]:
    """Return the rows of all projects; without a place or project those of which most is told, as far as is shown.

    ``planned`` leaves those with plans for a year, 0 for any.
    """
    told, limit = _Told(asked), pages.most(asked, "place", "project")
    if limit is None or asked.get("place") or asked.get("project"):
        projects = None if planned is None else _planned(asked, planned)
        return pages.first((row for group in told.groups(projects) for row in rows(told, group)), limit)
    parts = (told.groups(part) for part in _most_told(asked, planned))
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
    return _paged(asked, lambda told, group: _slips(asked, told, group), asked.get("year") or 0)


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
