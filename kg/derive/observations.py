"""Observations: the targets and outcomes of one document as rows of plain values, for comparison across documents.

In goes the context of one document, out come rows that name the measure's node, its indicator and subject by IRI, its
value with 万 and 亿 multiplied out, and where it was read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from kg import ids, lexicon
from kg.derive.tables import Source
from kg.extract.measures import wording
from kg.records import Document, Measure, Record
from kg.resolve import keys
from kg.statements import facts, nodes
from kg.statements.context import Context

NO_HEADLINE = 99
_LOWEST = 9
#: Characters of the head of a document, where it says what it is.
_HEAD = 200


@dataclass(frozen=True, slots=True, order=True)
class Observation(Record):
    """One target or outcome, ready to be compared."""

    subject: str  #: IRI of the place or other thing; empty when unknown
    family: str  #: what indicators of one thing share: 地区生产总值 for its level, its growth and its increment
    indicator: str  #: IRI
    name: str  #: of the indicator
    measure_kind: str  #: code of the measure kind: growth, level, increment, …; empty when unknown
    direction: str  #: more, less or neutral: what is better
    kind: str  #: target or outcome
    year: int | None
    period_start: int | None
    basis: str  #: of the year: explicit or inferred
    value: str | None  #: multiplied out, decimal digits
    unit: str  #: normalised
    comparator: str  #: as in ``Measure``
    modality: str  #: as written
    document: str  #: id
    home: str  #: IRI of the document's own place; empty when unknown
    date: str  #: of the document; empty when unknown
    start: int
    end: int
    text: str  #: the quote
    written: str  #: the value as written, without its unit; empty without one
    unit_text: str  #: the unit as written, scale included
    document_name: str  #: what the document is called in answers
    sentence: int  #: where its sentence starts
    registered: bool  #: whether the registry knows the indicator
    years: bool  #: whether its clause tells of several years (累计, 年均, 五年来)
    partly: bool  #: whether its sentence names a place within the subject (县域, 新区), so the value may be of that
    node: str  #: IRI of the measure
    admits: bool  #: whether this sentence, or another one that names the thing, says that it fell short (未达预期)
    authority: int  #: rank of the kind of document: 1 for a plan, 2 for a work report, …
    headline: int  #: place among the indicators that nearly every report sets targets for; 99 for all others


def observations(context: Context) -> Iterator[Observation]:
    """Yield the measures of one document as rows."""
    place = context.extraction.place
    home = ids.entity(f"place/{place}") if place else ""
    shortfalls = [text for text in context.sentence_texts() if any(word in text for word in _shortfalls())]
    inner = _inner(context)
    for found in context.extraction.measures:
        yield _observation(context, found, home, shortfalls, inner if found.scope_key == f"place/{place}" else [])


def _observation(context: Context, found: Measure, home: str, shortfalls: list[str], inner: list[int]) -> Observation:
    node, indicator, subject = facts.measured(context, found)
    sentence = context.sentence(found.start)
    own, thing = context.text[sentence.start : sentence.end], family(found.indicator)
    clause = own[: found.end - sentence.start].rsplit("；", 1)[-1]
    kind, direction = _known(found.indicator, keys.indicator_key(found))
    amount = _amount(found)
    return Observation(
        subject.iri if subject is not None else "",
        family(indicator.name),
        indicator.iri,
        indicator.name,
        kind,
        direction,
        found.kind,
        found.year,
        found.period_start,
        found.year_basis,
        nodes.decimal(amount[0]).value if amount is not None else None,
        amount[1] if amount is not None else "",
        found.comparator,
        found.modality or "",
        context.document.id,
        home,
        context.document.date or "",
        found.start,
        found.end,
        found.text,
        nodes.decimal(found.value).value if found.value is not None else "",
        found.unit or "",
        context.document.stem,
        sentence.start,
        wording.concept(found.indicator) is not None,
        any(word in clause for word in lexicon.lines("several_years_words")),
        any(sentence.start <= at < sentence.end for at in inner),
        node,
        any(text == own or thing in text for text in shortfalls),
        _authority(context.document),
        _headline().get(ids.local(indicator.iri), NO_HEADLINE),
    )


def _inner(context: Context) -> list[int]:
    """Return where places within the document's own place are named: 枞阳县 in a text of 铜陵市."""
    place = context.extraction.place
    within = place[:-2] if place.endswith("00") else place
    return [
        mention.start
        for mention in context.extraction.mentions
        if mention.label == "park"
        or (mention.key.startswith(f"place/{within}") and mention.key != f"place/{place}" and mention.label == "place")
    ]


def _amount(found: Measure) -> tuple[Decimal, str] | None:
    """Return value and unit with scale words multiplied out and units of one quantity made one: 2 公斤 for 4 斤."""
    amount = nodes.normalized(found.value, found.unit or "") if found.value is not None else None
    if amount is None or amount[1] not in _conversions():
        return amount
    base, factor = _conversions()[amount[1]]
    return amount[0] * factor, base


@cache
def _conversions() -> dict[str, tuple[str, Decimal]]:
    return {row["unit"]: (row["base"], Decimal(row["factor"])) for row in lexicon.table("unit_conversions")}


@lru_cache(maxsize=100_000)
def _known(name: str, key: str) -> tuple[str, str]:
    """Return kind and direction of an indicator: the registry's, else what its last word says."""
    row = wording.concept(name)
    if row is not None:
        return row.kind, row.direction or "more"
    rows = lexicon.table("indicator_ends")
    kind = next((end["kind"] for end in rows if end["kind"] and name.endswith(end["words"])), "")
    if not kind:
        kind = next((end["kind"] for end in rows if end["kind"] and name.startswith(end["words"])), "")
    less = any(end["direction"] == "less" and end["words"] in name for end in rows)
    return kind, "less" if less and kind != "fall" else "more"


@lru_cache(maxsize=100_000)
def family(name: str) -> str:
    """Return what an indicator is of: 地区生产总值增速 and 地区生产总值 are both of 地区生产总值.

    >>> family("地区生产总值增速"), family("新增规模以上工业企业数"), family("规模以上工业企业数")
    ('地区生产总值', '规模以上工业企业', '规模以上工业企业')
    """
    rows = lexicon.table("indicator_ends")
    found = name
    for end in rows:
        if end["family"] == "end" and found.endswith(end["words"]) and len(found) > len(end["words"]) + 1:
            found = found.removesuffix(end["words"])
        if end["family"] == "start" and found.startswith(end["words"]) and len(found) > len(end["words"]) + 1:
            found = found.removeprefix(end["words"])
    return found


@lru_cache(maxsize=1)
def _authority(document: Document) -> int:
    """Return how high a document ranks: by its title, its publisher or its first lines."""
    for source in (document.title or "", document.publisher or "", document.text[:_HEAD]):
        for row in lexicon.table("source_ranks"):
            if row["words"] in source:
                return int(row["rank"])
    return _LOWEST


@cache
def _headline() -> dict[str, int]:
    return {key: place for place, key in enumerate(lexicon.lines("headline_indicators"))}


def _shortfalls() -> tuple[str, ...]:
    return lexicon.lines("shortfall_words")


SOURCE = Source("observation", Observation, observations)
