"""What documents tell of projects, in order of time: the stuff of every question about projects.

An asking goes in; ``Showing`` records come out, one for each stage report, sorted by project and date. ``stages.rq``
says the same in SPARQL, which takes seconds for a large city.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from kg import ontology
from kg.extract.entities import industry_terms
from kg.query.questions.question import Asked, Quote
from kg.records import STAGES
from kg.registry.places import places
from kg.resolve import keys, names
from kg.store.tables import offsets


class Source(NamedTuple):
    """A document: its IRI, name, date and place."""

    iri: str
    name: str
    date: str
    place: str  #: IRI
    area: str  #: name of the place
    title: str = ""

    @property
    def year(self) -> int:
        """Year of the document; 0 when it has no date."""
        return int(self.date[:4] or 0)

    @property
    def last_reviewed(self) -> int:
        """The last year that the document can tell the end of: a report of January tells of the year before.

        Documents of November and December tell of their own year (``kg.extract.context``).
        """
        return self.year if self.date[5:7] in ("11", "12") else self.year - 1


class Showing(NamedTuple):
    """One stage report: a document tells where a project stands, or where it is to be."""

    name: str
    project: str  #: IRI
    source: Source
    stage: str  #: code of the stage
    words: str
    aim: str  #: code of the stage to be reached; empty when the stage is told as it stands
    due: int  #: last year of the period in which it is to be reached, 0 without one
    modality: str  #: code: ensure, strive
    quote: Quote

    @property
    def asserted(self) -> bool:
        """Whether the stage is told as it stands."""
        return not self.aim


_TOLD = """SELECT thing.name, project, stage.document, stage, words, aim, due, modality, span, text
  FROM stage JOIN document ON document.iri = stage.document JOIN quote USING (span)
  LEFT JOIN thing ON thing.iri = project WHERE place IS NOT NULL AND {where}"""
_SOURCES = """SELECT document.iri, document.name, date, place, thing.name AS area, title
  FROM document LEFT JOIN thing ON thing.iri = place"""


def sources(asked: Asked) -> dict[str, Source]:
    """Return every document by IRI."""
    found = (Source(*(value or "" for value in row.values())) for row in asked.rows(_SOURCES))
    return {source.iri: source for source in sorted(found, key=lambda source: (source.date, source.name))}


def showings(
    asked: Asked,
    known: Mapping[str, Source],
    *,
    projects: Iterable[str] | None = None,
    reports: Iterable[str] | None = None,
) -> list[Showing]:
    """Return what the documents of a place, or all of them, tell of one or all projects.

    ``projects`` or ``reports`` name the ones to read, when they are known already.
    """
    given = [asked.get("project")] if projects is None and asked.get("project") else projects
    where = {"document.place": asked.get("place"), "project": given, "stage.iri": reports}
    told = set()
    for row in asked.rows(_TOLD, where):
        source = known[row["document"]]
        aim, due = (row["aim"], int(row["due"])) if row["aim"] and row["due"] else ("", 0)
        told.add(
            Showing(
                row["name"] or "", row["project"], source, row["stage"], row["words"] or "", aim, due,
                row["modality"] or "", quoted(source, row["span"], row["text"]),
            )
        )  # fmt: skip
    return sorted(told, key=_order)


def _order(showing: Showing) -> tuple[object, ...]:
    source = showing.source
    return showing.name, showing.project, source.date, source.name, showing.quote.start, showing.stage, showing.aim


def quoted(source: Source, span: str, text: str) -> Quote:
    """Return the quote of a span; its IRI tells the offsets (``#char=308,321``)."""
    return Quote(text, source.name, *offsets(span), source.date or None, source.iri)


@cache
def stage_labels() -> dict[str, str]:
    """Return the Chinese label of each stage by its code: 在建 of in_progress."""
    labels = ontology.labels()
    return {code: labels.get(iri, code) for code, iri in ontology.codes("stage").items()}


def stage_code(text: str) -> str:
    """Return the code of a stage that was given by code or label (在建, in_progress)."""
    by_label = {label: code for code, label in stage_labels().items()}
    return by_label.get(text, text)


def level(stage: str) -> int:
    """Return how far a stage is; completed and in operation count as one: 竣工投用."""
    return min(STAGES.index(stage), STAGES.index("completed")) if stage in STAGES else -1


@cache
def is_own_name(name: str, place: str) -> bool:
    """Tell whether a name means one work of a place: 青云大桥, 3号线, but not 污水处理厂 or 新机场.

    ``place`` is the IRI of the place whose documents name it. Without a word or a number of its own, a name in the
    reports of two years may well mean two works; a group counted in one year is no group of the next.
    """
    if _GROUP.search(name):
        return False
    code = place.rsplit("/", 1)[-1]
    shape = names.shape(keys.key("project", code if places().get(code) else "", name))
    if shape is None:
        return False
    if _NUMBERED.search(shape.core):
        return True
    if shape.core in industry_terms.known() or (shape.own < _OWN_OF_GENERIC and _GENERIC.search(shape.core)):
        return False  # 智能机器人项目, 跨江大桥
    return shape.own >= 2


# 株洲市55个微亮化项目（2021）.
_GROUP = re.compile(r"[\d一二三四五六七八九十百]+[个条座项处].*[（(]20\d\d[)）]$")
#: A name with a word that many works have needs more than two characters of its own.
_OWN_OF_GENERIC = 3
_NUMBERED = re.compile(r"[一二三四五六七八九十]号线|[gsx]?\d{3}国道|国道\d{3}|[gs]\d{2,4}")
_GENERIC = re.compile(
    "民用|新建|跨江|过江|跨河|穿山|县乡|城乡|第[一二三四五六七八九十]|^[东南西北新]站|社区|居家|卡脖|断头"
)


def by_project(told: Sequence[Showing]) -> list[list[Showing]]:
    """Group what the documents of one place tell of one project; a project of two places is two groups."""
    groups: dict[tuple[str, str, str], list[Showing]] = {}
    for showing in told:
        groups.setdefault((showing.name, showing.project, showing.source.place), []).append(showing)
    return [groups[key] for key in sorted(groups)]
