"""Observations: the targets and outcomes of one document as rows of plain values, for comparison across documents.

In goes the context of one document, out come rows that name the measure's node, its indicator and subject by IRI, its
value with 万 and 亿 multiplied out, and where it was read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg import ids, lexicon
from kg.derive.tables import Source
from kg.extract.measures import wording
from kg.records import Measure, Record
from kg.resolve import keys
from kg.statements import facts, nodes
from kg.statements.context import Context

_FALLS = ("降幅", "下降", "减少", "压减")


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
    node: str  #: IRI of the measure
    admits: bool  #: whether its sentence says that something fell short (未达预期)


def observations(context: Context) -> Iterator[Observation]:
    """Yield the measures of one document as rows."""
    place = context.extraction.place
    home = ids.entity(f"place/{place}") if place else ""
    for found in context.extraction.measures:
        yield _observation(context, found, home)


def _observation(context: Context, found: Measure, home: str) -> Observation:
    node, indicator, subject = facts.measured(context, found)
    kind, direction = _known(found.indicator, keys.indicator_key(found))
    amount = nodes.normalized(found.value, found.unit or "") if found.value is not None else None
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
        node,
        any(word in context.sentence_text(found.start) for word in _shortfalls()),
    )


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


def _shortfalls() -> tuple[str, ...]:
    return lexicon.lines("shortfall_words")


SOURCE = Source("observation", Observation, observations)
