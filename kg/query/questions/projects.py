"""Projects over time: stages by document, courses and fates, plans that slipped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.query.questions import courses
from kg.query.questions.question import Asked, Parameter, Question, Row
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


def _stages(asked: Asked) -> Iterator[Row]:
    stage, year = stage_code(asked.get("stage") or ""), asked.get("year")
    words = _industry_words(asked)
    for told in showings(asked, sources(asked)):
        if stage not in ("", told.stage, told.aim) or year not in (None, told.source.year):
            continue
        if words is None or any(word in told.name for word in words):
            yield Row(_stage_values(told), (told.quote,))


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


PROJECTS = Question(
    name="projects",
    chinese="各项目在各篇文献中处于什么阶段，是已有还是计划？",
    english="At which stage is each project in each document, as it stands or as planned?",
    columns=("project", "place", "date", "stage", "kind", "aim", "due", "modality", "words", "project_iri"),
    parameters=(PLACE, PROJECT, INDUSTRY, STAGE, YEAR),
    answer=_stages,
)

# --- courses ------------------------------------------------------------------------------------

_NAMED = """SELECT ?project ?document WHERE { VALUES ?place { UNDEF } ?document lg:area ?place .
  GRAPH ?document { ?project lg:mentionedIn ?document } ?project a lg:Project }"""
_NAMED_ONE = "SELECT ?project ?document WHERE { BIND(%s AS ?project) ?project lg:mentionedIn ?document }"


class _Told:
    """What the documents of one place, or of all, tell of projects, grouped by project and place."""

    def __init__(self, asked: Asked) -> None:
        self.sources = sources(asked)
        self.of_place: dict[str, list[Source]] = defaultdict(list)
        for source in self.sources.values():
            if source.date:
                self.of_place[source.place].append(source)
        self.named: dict[str, set[str]] = defaultdict(set)
        project, place = node(asked.get("project")), node(asked.get("place"))
        rows = asked.select(_NAMED_ONE % project) if project else asked.select(_NAMED, place=place)
        for row in rows:
            self.named[row["project"]].add(row["document"])
        dated = (told for told in showings(asked, self.sources) if told.source.date)
        place_iri = asked.get("place")
        self.groups = [
            sorted(group, key=lambda told: (told.source.date, told.source.name, told.quote.start))
            for group in by_project([told for told in dated if place_iri in (None, told.source.place)])
            if is_own_name(group[0].name, group[0].source.place)
        ]

    def of(self, group: Sequence[Showing]) -> tuple[Sequence[Showing], Sequence[Source], set[str]]:
        """The arguments of the functions of ``kg.query.questions.courses``."""
        return group, self.of_place[group[0].source.place], self.named[group[0].project]


def _history(asked: Asked) -> Iterator[Row]:
    verdict = asked.get("verdict")
    told = _Told(asked)
    for group in told.groups:
        found = courses.course(*told.of(group))
        if verdict not in (None, found.fate, "followed" if _years(found) > 1 else ""):
            continue
        first, last = found.told[0], found.told[-1]
        values = (
            first.name, first.source.area or None, len(found.documents), first.source.date, last.source.date,
            found.path, found.fate, found.later, first.project,
        )  # fmt: skip
        yield Row(values, (first.quote, last.quote))


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
    ),
    answer=_history,
)


def _slippage(asked: Asked) -> Iterator[Row]:
    year, verdict, labels = asked.get("year"), asked.get("verdict"), stage_labels()
    told = _Told(asked)
    for group in told.groups:
        for found in courses.plans(*told.of(group)):
            plan, answer = found.plan, found.answer
            if year not in (None, plan.due) or verdict not in (None, found.verdict):
                continue
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
    ),
    answer=_slippage,
)  # fmt: skip

QUESTIONS = (PROJECTS, HISTORY, SLIPPAGE)
