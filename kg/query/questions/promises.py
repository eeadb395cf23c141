"""What was promised by whom, and who answers for it when it is due.

A target is somebody's promise when the text says it in somebody's name (``lg:attributedTo``, told as ``said``), or when
it stands in a report that somebody presented (``by-report``). Responsibility belongs to the post, not to the person: a
target of a government's work report to the head of that government, a pledge to the post of the one who made it. Who
held the post on the due date, the last day of the target's period, is told as ``office-holders`` tells it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg import ids, lexicon
from kg.errors import QueryError
from kg.query.questions import pages
from kg.query.questions.names import Labels
from kg.query.questions.offices import PERSON, PLACE, POST, known_person
from kg.query.questions.question import Asked, Page, Parameter, Question, Row
from kg.query.questions.quotes import order, quotes
from kg.query.questions.tenures import FILLS, Holder, Shown, by_slot, held, holders, shown

INDICATOR = Parameter("indicator", "indicator", "指标", "the indicator: 高新技术企业数, or an IRI")
YEAR = Parameter("year", "year", "年份", "the year in which targets are due: 2022")

_GIVEN = """SELECT document, subject AS person, span, called AS report FROM claim
  WHERE predicate = ? AND span IS NOT NULL"""
_NAMED = """SELECT iri FROM name JOIN link ON predicate = 'rdf:type' AND subject = iri AND object = ?
  WHERE text = ? AND preferred = 1"""
_SAID = "SELECT iri AS target, person FROM measure WHERE person IS NOT NULL"
_DOCUMENTS = "SELECT iri AS document, place AS area, title, date FROM document"
_TELLS = """SELECT measure.iri AS target, text AS words, indicator, called, span, year, subject
  FROM measure JOIN quote USING (span) WHERE kind = 'target' AND {where}"""
_COUNTS = "SELECT document, COUNT(*) AS number FROM measure WHERE kind = 'target' AND {where} GROUP BY document"
_PRESENTED = ids.expand("lg:presentedReport")
_WORK_REPORT = re.compile("政府工作报告|人民政府.{0,4}工作报告")


@dataclass(frozen=True, slots=True)
class Aim:
    """One target as it is told."""

    target: str  #: IRI
    words: str
    indicator: str
    called: str  #: name of the indicator
    span: str
    year: str
    subject: str

    @property
    def document(self) -> str:
        """IRI of the document that states it."""
        return order(self.span)[0]


def _aims(asked: Asked, **where: Any) -> list[Aim]:
    """Return the targets that the parameters leave, and what columns must be."""
    year = asked.get("year")
    of = {"indicator": asked.get("indicator"), "year": str(year) if year else None}
    found = (
        Aim(**(row | {"year": row["year"] or "", "subject": row["subject"] or ""}))
        for row in asked.rows(_TELLS, of | where)
    )
    return sorted(found, key=lambda aim: (order(aim.span), aim.target))


# --- promises -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Promise:
    """A target with who promised it and how that is known."""

    aim: Aim
    person: str
    basis: str  #: said or by-report
    by: str = ""  #: span that shows the report to be presented by the person


#: Documents that are read at once when the newest promises are looked for.
_PART = 4


def _promises(asked: Asked) -> Iterable[Row]:
    if not any(asked.get(name) for name in ("person", "place", "post")):
        raise QueryError("promises: needs --person, --place or --post, so that it is clear whose promises are meant")
    known_person(asked)
    made = _Made(asked, _posts(asked))
    limit = pages.most(asked, "person", "place", "indicator")
    if limit is None:
        found = [*made.spoken(), *made.reported(made.given)]
        return _rows(asked, made, sorted(found, key=lambda one: (one.person, order(one.aim.span), one.aim.target)))
    kept = list(made.spoken())
    counts = made.counts()
    newest = sorted(counts, key=lambda iri: (made.dates[iri] or "", iri), reverse=True)
    for start in range(0, len(newest), _PART):
        if len(kept) < limit:
            kept += made.reported(newest[start : start + _PART])
    kept.sort(key=lambda one: (one.aim.span, one.aim.target))
    kept.sort(key=lambda one: (one.basis == "said", made.dates[one.aim.document] or ""), reverse=True)
    return Page(list(_rows(asked, made, kept[:limit])), made.number(counts))


def _rows(asked: Asked, made: _Made, found: list[Promise]) -> Iterator[Row]:
    names = Labels(asked)
    words = {one.aim.span: one.aim.words for one in found}
    known = quotes(asked, [span for one in found for span in (one.aim.span, one.by)], words)
    for one in found:
        aim, quote = one.aim, known.get(one.aim.span)
        told = (names[aim.subject] if aim.subject else None, aim.called, aim.year or None)
        post = "、".join(made.posts.get((one.person, aim.document), ())) or None
        date = quote.date if quote else None
        yield Row(
            (names[one.person], post, *told, one.basis, date, aim.indicator, one.person), (quote, known.get(one.by))
        )


def _posts(asked: Asked) -> dict[tuple[str, str], tuple[str, ...]]:
    """The titles in which a document shows a person, by person and document."""
    everyone = Asked(asked.graph, {name: asked.get(name) for name in ("person", "post") if asked.get(name)})
    found: dict[tuple[str, str], list[str]] = {}
    for item in shown(asked, held(everyone)):
        if item.held.mode in FILLS:
            found.setdefault((item.held.person, order(item.span)[0]), []).append(item.held.title)
    return {key: tuple(dict.fromkeys(titles)) for key, titles in found.items()}


class _Made:
    """The promises that the parameters leave: what is said in a name, and what a report holds."""

    def __init__(self, asked: Asked, posts: dict[tuple[str, str], tuple[str, ...]]) -> None:
        """Find out who said something and which reports count; their targets are read later."""
        self.posts = posts
        self._asked, self._wanted, self._place = asked, _wanted(asked, posts), asked.get("place")
        documents = {row["document"]: row for row in asked.rows(_DOCUMENTS)}
        self.dates = {iri: row["date"] for iri, row in documents.items()}
        self._areas = {iri: row["area"] for iri, row in documents.items()}
        self._said = {row["target"]: row["person"] for row in asked.rows(_SAID)}
        self.given = {
            row["document"]: row
            for row in sorted(asked.rows(_GIVEN, [_PRESENTED]), key=lambda row: order(row["span"]), reverse=True)
            if self._wanted(row["person"], row["document"]) and self._place in (None, self._areas[row["document"]])
        }

    def spoken(self) -> Iterator[Promise]:
        """Yield what is said in somebody's name."""
        spoken = [target for target, person in self._said.items() if self._wanted(person, "")]
        for aim in _aims(self._asked, **{"measure.iri": spoken}):
            places = (aim.subject, self._areas[aim.document])
            if self._wanted(self._said[aim.target], aim.document) and (not self._place or self._place in places):
                yield Promise(aim, self._said[aim.target], "said")

    def reported(self, documents: Collection[str]) -> Iterator[Promise]:
        """Yield what some reports hold beside it."""
        for aim in _aims(self._asked, document=documents):
            if aim.target not in self._said:
                given = self.given[aim.document]
                yield Promise(aim, given["person"], "by-report", given["span"])

    def counts(self) -> dict[str, int]:
        """Count the targets of the reports without reading them; reports without any are left out."""
        year, indicator = self._asked.get("year"), self._asked.get("indicator")
        where = {"document": self.given, "year": str(year) if year else None, "indicator": indicator}
        found = {row["document"]: int(row["number"]) for row in self._asked.rows(_COUNTS, where)}
        return {iri: found[iri] for iri in self.given if iri in found}

    def number(self, counts: Mapping[str, int]) -> int:
        """Count all promises: what is said in a name is not counted for the report again."""
        said = _aims(self._asked, **{"measure.iri": self._said})
        twice = sum(aim.document in counts for aim in said)
        return sum(counts.values()) - twice + sum(1 for _ in self.spoken())


def _wanted(asked: Asked, posts: dict[tuple[str, str], tuple[str, ...]]) -> Callable[[str, str], bool]:
    """Tell whether promises of a person in a document are asked for; without a document, in any."""
    person, post = asked.get("person"), asked.get("post")
    if not post and not person:
        return lambda one, document: True
    if person and not post:
        named = {row["iri"] for row in asked.rows(_NAMED, [ids.expand("lg:Official"), person])} | {person}
        return lambda one, document: one in named
    people = {one for one, _ in posts}
    return lambda one, document: (one, document) in posts if document else one in people


PROMISES = Question(
    name="promises",
    chinese="谁承诺过哪些目标？",
    english="Who promised which targets?",
    columns=(
        "person", "post", "subject", "indicator", "year", "basis", "date", "indicator_iri", "person_iri",
    ),
    roles=("target", "presented"),
    parameters=(PERSON, PLACE, POST, INDICATOR, YEAR, pages.LIMIT),
    answer=_promises,
)  # fmt: skip


# --- accountability -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Duty:
    """The post that answers for a target."""

    basis: str  #: pledge, work-report, report, or none: the text ties the target to nobody
    title: str = ""
    found: tuple[Shown, ...] = ()  #: attestations of holders of the post, in the order of time


def _accountability(asked: Asked) -> Iterator[Row]:
    place, year, indicator = (asked.get(name) for name in ("place", "year", "indicator"))
    if not year and not indicator:
        raise QueryError("accountability: needs --year or --indicator beside --place")
    aims = _aims(asked, subject=place)
    duties = _Duties(asked, aims)
    told = [(aim, duty, holder) for aim in aims for duty in [duties.of(aim)] for holder in _answers(aim, duty)]
    names = Labels(asked)
    words = {aim.span: aim.words for aim in aims}
    spans = [span for aim, _, holder in told for span in (aim.span, holder.by.span if holder.by else "")]
    known = quotes(asked, spans, words)
    for aim, duty, holder in told:
        by = holder.by
        of = by.held if by is not None and holder.status != "unknown" else None
        values = (
            names[aim.subject] if aim.subject else None, aim.called, aim.year or None, duty.basis, duty.title or None,
            holder.status, of.who if of else None, of.mode if of else None, by.on or None if by else None,
            holder.reason or None, aim.indicator, of.person if of else None,
        )  # fmt: skip
        yield Row(values, (known.get(aim.span), known.get(by.span) if by else None))


def _answers(aim: Aim, duty: Duty) -> list[Holder]:
    if not duty.title:
        return [Holder("unknown", reason="no-post")]
    if not aim.year:
        return [Holder("unknown", reason="no-year")]
    if not duty.found:
        return [Holder("unknown", reason="nobody")]
    return holders(duty.found, f"{aim.year}-12-31")


class _Duties:
    """Finds the post that answers for a target, from what its document is and in whose name it speaks."""

    def __init__(self, asked: Asked, aims: Iterable[Aim]) -> None:
        """Look at the documents of some targets."""
        documents = {aim.document for aim in aims}
        self._said = {row["target"]: row["person"] for row in asked.rows(_SAID)}
        self._given = {row["document"]: row for row in asked.rows(_GIVEN, [_PRESENTED]) if row["document"] in documents}
        self._about = {row["document"]: row for row in asked.rows(_DOCUMENTS) if row["document"] in documents}
        areas = {row["area"] for row in self._about.values() if row["area"]}
        self._names = Labels(asked)
        everyone = held(Asked(asked.graph, {}))
        people = set(self._said.values()) | {row["person"] for row in self._given.values()}
        self._slots = by_slot(shown(asked, (one for one in everyone if one.area in areas or one.person in people)))

    def of(self, aim: Aim) -> Duty:
        """Return the post that answers for a target."""
        person = self._said.get(aim.target)
        if person:
            return self._of_person("pledge", person, aim.document)
        given, about = self._given.get(aim.document), self._about[aim.document]
        if _WORK_REPORT.search((given["report"] if given else "") or about["title"] or ""):
            return self._of_government(about["area"] or "")
        return self._of_person("report", given["person"], aim.document) if given else Duty("none")

    def _of_person(self, basis: str, person: str, document: str) -> Duty:
        """The post in which a document shows a person; of several the one in the body, not in its party group."""
        slots = [
            items
            for items in self._slots.values()
            if any(
                item.held.person == person and item.held.mode in FILLS and order(item.span)[0] == document
                for item in items
            )
        ]
        slots.sort(key=lambda items: "党组" in items[0].held.role)
        return Duty(basis, slots[0][0].held.title, tuple(slots[0])) if slots else Duty(basis)

    def _of_government(self, area: str) -> Duty:
        name = self._names[area] if area else ""
        ends = [row for row in lexicon.table("heads_of_government") if name.endswith(row["ends"])]
        if not ends:
            return Duty("work-report")
        post = max(ends, key=lambda row: len(row["ends"]))["post"]
        body = f"{name}人民政府"
        found = [
            items for items in self._slots.values() if (items[0].held.body_name, items[0].held.role) == (body, post)
        ]
        return Duty("work-report", body + post, tuple(found[0]) if found else ())


ACCOUNTABILITY = Question(
    name="accountability",
    chinese="目标到期时由哪个职位、谁负责？",
    english="Which post answers for a target when it is due, and who held it then?",
    columns=(
        "subject", "indicator", "year", "basis", "post", "status", "holder", "mode", "attested_on", "reason",
        "indicator_iri", "person_iri",
    ),
    roles=("target", "attestation"),
    parameters=(dataclasses.replace(PLACE, required=True), YEAR, INDICATOR),
    answer=_accountability,
)  # fmt: skip

QUESTIONS = (PROMISES, ACCOUNTABILITY)
