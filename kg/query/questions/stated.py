"""What measures say and the quotes that they rest on. IRIs go in, plain values come out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kg.query.questions.question import Asked, Quote
from kg.store.tables import offsets


class Stated(NamedTuple):
    """What a measure says, as people read it."""

    kind: str  #: target or outcome
    value: str | None  #: as written, without its unit
    unit: str | None
    comparator: str  #: as in the records: >=, ~, achieve
    modality: str | None  #: 力争, 确保, 预计 as written
    quote: Quote

    @property
    def words(self) -> tuple[str | None, ...]:
        """Value, unit, comparator and modality, as columns."""
        return self.value, self.unit, self.comparator, self.modality


class Told(NamedTuple):
    """A target, an outcome or another statement as the build wrote it into the row of a finding (``lg:row``)."""

    value: str | None
    unit: str | None
    comparator: str
    modality: str | None
    since: int | None
    text: str
    document: str
    start: int
    end: int
    date: str | None
    iri: str

    @property
    def words(self) -> tuple[str | None, ...]:
        """Value, unit, comparator and modality, as columns."""
        return self.value, self.unit, self.comparator, self.modality

    @property
    def quote(self) -> Quote:
        """The characters that say it."""
        return Quote(self.text, self.document, self.start, self.end, self.date, self.iri)


_STATED = """SELECT measure.iri, kind, value, unit, comparator, modality, span, text, document, document.name, date
  FROM measure JOIN quote USING (span) JOIN document ON document.iri = document WHERE {where}"""


def stated(asked: Asked, iris: Iterable[str]) -> dict[str, Stated]:
    """Return what measures say, by IRI."""
    return {
        row["iri"]: Stated(
            row["kind"], row["value"], row["unit"], row["comparator"] or "", row["modality"],
            Quote(row["text"], row["name"], *offsets(row["span"]), row["date"], row["document"]),
        )
        for row in asked.rows(_STATED, {"measure.iri": iris})
    }  # fmt: skip
