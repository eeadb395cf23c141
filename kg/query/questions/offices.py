"""Posts over time: who held one on a date, who followed whom, and what one person held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from kg.query.questions.parameters import called
from kg.query.questions.question import Asked, Parameter, Question, Quote, Row
from kg.query.questions.quotes import quotes
from kg.query.questions.tenures import (
    FILLS,
    Holder,
    Run,
    Shown,
    by_slot,
    conflicts,
    held,
    holders,
    runs,
    shown,
)

PLACE = Parameter("place", "place", "地区", "the place of the body: 株洲市, 渌口区 or an IRI")
BODY = Parameter("body", "text", "机构", "the body by its full name, or an IRI: 株洲市科学技术局")
POST = Parameter("post", "text", "职位", "the post alone or in full: 市长, 株洲市人民政府市长, or an IRI")
PERSON = Parameter("person", "text", "人", "the person: 李红 or an IRI")
DATE = Parameter("date", "date", "日期", "a day, a month or a year: 2021-12-30, 2021", required=True)


def _evidence(asked: Asked, found: Iterable[Shown | None]) -> dict[str, Quote]:
    return quotes(asked, (item.span for item in found if item is not None))


def _quoted(known: dict[str, Quote], item: Shown | None) -> Quote | None:
    return known.get(item.span) if item is not None else None


def known_person(asked: Asked) -> None:
    """Raise ``EntityNotFound`` with similar names when the graph has nobody of the name that was given."""
    if asked.get("person") and "://" not in asked.get("person"):
        called(asked.graph, asked.get("person"))


# --- office-holders -----------------------------------------------------------------------------------------------


def _holders(asked: Asked) -> Iterator[Row]:
    found = [
        (items[0], holder)
        for items in by_slot(shown(asked, held(asked))).values()
        if any(item.held.mode in FILLS for item in items)
        for holder in holders(items, asked.get("date"))
    ]
    known = _evidence(asked, (item for _, holder in found for item in (holder.by, holder.until)))
    for slot, holder in found:
        yield _holder(slot, holder, known)


def _holder(slot: Shown, holder: Holder, known: dict[str, Quote]) -> Row:
    by, until, post = holder.by, holder.until, slot.held
    named = by.held if by is not None and holder.status != "unknown" else None
    values = (
        post.place or None,
        post.body_name or None,
        post.role,
        holder.status,
        named.who if named else None,
        named.mode if named else None,
        by.on or None if by else None,
        holder.reason or None,
        by.held.who if by and not named else None,
        until.on if until else None,
        until.held.who if until else None,
        (by.held.post if by else post.post),
        named.person if named else None,
    )
    return Row(values, (_quoted(known, by), _quoted(known, until)))


OFFICE_HOLDERS = Question(
    name="office-holders",
    chinese="某日谁担任或代理某职？",
    english="Who held, or acted in, a post on a date?",
    columns=(
        "place", "body", "post", "status", "holder", "mode", "attested_on", "reason", "last_holder", "next_on",
        "next_holder", "post_iri", "person_iri",
    ),
    roles=("attestation", "next"),
    parameters=(DATE, PLACE, BODY, POST),
    answer=_holders,
)  # fmt: skip


# --- careers ------------------------------------------------------------------------------------------------------


def _careers(asked: Asked) -> Iterator[Row]:
    known_person(asked)
    tenures: dict[tuple[str, str], list[Shown]] = {}
    for item in shown(asked, held(asked)):
        tenures.setdefault((item.held.person, item.held.tenure), []).append(item)
    ordered = sorted(tenures.values(), key=lambda items: (items[0].held.who, items[0].held.person, items[0].key))
    known = _evidence(asked, (item for items in ordered for item in (items[0], items[-1])))
    for items in ordered:
        first, last, of = items[0], items[-1], items[0].held
        body, place = of.body_name or None, of.place or None
        dates = (first.on or None, last.on or None)
        yield Row(
            (of.who, place, body, of.role, of.mode, *dates, len(items), of.post, of.person),
            (_quoted(known, first), _quoted(known, last)),
        )


CAREERS = Question(
    name="careers",
    chinese="某人先后见于哪些职务？",
    english="In which posts is a person attested, and when?",
    columns=(
        "person", "place", "body", "post", "mode", "first_on", "last_on", "attestations", "post_iri", "person_iri",
    ),
    roles=("first", "last"),
    parameters=(PERSON, PLACE, BODY, POST),
    answer=_careers,
)  # fmt: skip


# --- successions --------------------------------------------------------------------------------------------------


def _successions(asked: Asked) -> Iterator[Row]:
    found = [items for items in by_slot(shown(asked, held(asked))).values() if items[0].held.is_single]
    slots = [(items, list(runs(items))) for items in found]
    known = _evidence(asked, (item for _, each in slots for run in each for item in (run.first, run.last)))
    for items, each in slots:
        for before, run in pairwise([None, *each]):
            if run is not None:
                yield from _step(items, before, run, known)
        for one, other in conflicts(each):
            yield _row("conflict", other, known, one, note=f"{one.held.who}、{other.held.who}")


def _step(items: list[Shown], before: Run | None, run: Run, known: dict[str, Quote]) -> Iterator[Row]:
    """Yield the change before a run, when there is one, and the run."""
    left = next(
        (other for other in items if other.held.mode == "former" and other.held.person == run.held.person
         and other.key > run.last.key), None,
    )  # fmt: skip
    change = ""
    if before is not None:
        change = "mode" if before.held.person == run.held.person else "successor"
        if change == "successor":
            yield _row("vacancy", run, known, before, note="change")
    if run.held.mode == "acting":
        yield _row("vacancy", run, known, note="acting")
    yield _row("tenure", run, known, note=change, left=left.on if left is not None else "")


def _row(
    kind: str, run: Run, known: dict[str, Quote], before: Run | None = None, *, note: str = "", left: str = ""
) -> Row:
    """One row; a gap reaches from the last attestation of the one before to the first of the one after."""
    of = run.held
    first, last = (before.last, run.first) if before is not None else (run.first, run.last)
    holder = None if kind == "vacancy" else of.who
    mode = None if kind == "vacancy" else of.mode
    values = (
        of.place or None, of.body_name, of.role, kind, holder, mode, first.on, last.on, note or None, left or None,
        run.number if before is None else None, of.post, of.person if holder else None,
    )  # fmt: skip
    return Row(values, (_quoted(known, first), _quoted(known, last)))


SUCCESSIONS = Question(
    name="successions",
    chinese="某职位由谁先后担任，何时空缺或有矛盾？",
    english="Who followed whom in a post, when was it vacant, and where do sources conflict?",
    columns=(
        "place", "body", "post", "kind", "holder", "mode", "from", "until", "note", "former_by", "attestations",
        "post_iri", "person_iri",
    ),
    roles=("first", "last"),
    parameters=(PLACE, BODY, POST),
    answer=_successions,
)  # fmt: skip

QUESTIONS = (OFFICE_HOLDERS, CAREERS, SUCCESSIONS)
