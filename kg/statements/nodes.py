"""Literals, terms and the predicates in use. Plain values go in, ``Term`` records come out."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from kg import ids, ontology
from kg.records import Term

#: Language of everything that is read from the sources; lower case, as RDF 1.2 and Oxigraph normalise tags.
#: ``"株洲市"@zh-Hans`` in a query matches it, ``LANG(?x) = "zh-Hans"`` does not: use ``LANGMATCHES``.
CHINESE = "zh-hans"

_DECIMAL = ids.expand("xsd:decimal")
_INTEGER = ids.expand("xsd:integer")
_YEAR = ids.expand("xsd:gYear")
_BOOLEAN = ids.expand("xsd:boolean")
_ANY_URI = ids.expand("xsd:anyURI")
_DATES = (
    (re.compile(r"\d{4}"), _YEAR, "-01-01"),
    (re.compile(r"\d{4}-\d{2}"), ids.expand("xsd:gYearMonth"), "-01"),
    (re.compile(r"\d{4}-\d{2}-\d{2}"), ids.expand("xsd:date"), ""),
)


@lru_cache(maxsize=100_000)
def iri(value: str) -> Term:
    """Return an IRI as a term."""
    return Term(value, is_iri=True)


@lru_cache(maxsize=1000)
def name(prefixed: str) -> Term:
    """Return the term of a prefixed name such as ``lg:Tenure``."""
    return Term(ids.expand(prefixed), is_iri=True)


def chinese(value: str) -> Term:
    """Return Chinese text as a literal with its language."""
    return Term(value, language=CHINESE)


def string(value: str) -> Term:
    """Return a plain string."""
    return Term(value)


def address(value: str) -> Term:
    """Return a web address as a literal: addresses in sources may be no valid IRIs."""
    return Term(value, _ANY_URI)


def integer(value: int) -> Term:
    """Return a whole number."""
    return Term(str(value), _INTEGER)


@lru_cache(maxsize=100_000)
def position(value: int) -> Term:
    """Return a character position; ``xsd:integer``, as Oxigraph widens ``nonNegativeInteger`` when it loads."""
    return Term(str(value), _INTEGER)


def boolean(value: bool) -> Term:
    """Return true or false."""
    return Term("true" if value else "false", _BOOLEAN)


def year(value: int) -> Term:
    """Return a year."""
    return Term(f"{value:04d}", _YEAR)


def decimal(value: str | Decimal) -> Term:
    """Return a decimal in one canonical form (``8.50`` is ``8.5``).

    What is no number stays as it is, so that validation can point at it.
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return Term(str(value), _DECIMAL)
    if not number.is_finite():
        return Term(str(value), _DECIMAL)
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Term("0" if text in {"-0", ""} else text, _DECIMAL)


@lru_cache(maxsize=10_000)
def date(value: str) -> Term | None:
    """Return a date with the datatype of its precision; ``None`` for what is no date (``2021-02-30``)."""
    for pattern, datatype, rest in _DATES:
        if pattern.fullmatch(value):
            try:
                datetime.date.fromisoformat(value + rest)
            except ValueError:
                return None
            return Term(value, datatype)
    return None


def normalized(value: str, unit: str) -> tuple[Decimal, str] | None:
    """Return a value with 万 and 亿 multiplied out, and its bare unit: 3 亿元 is 300,000,000 CNY.

    Scale words and units come from ``ontology/vocab``; an unlisted unit stays as it is.
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    units, factors = ontology.units(), ontology.factors()
    if unit not in units:
        scales = [scale for scale in factors if unit.startswith(scale)]
        if scales:
            scale = max(scales, key=len)
            number, unit = number * factors[scale], unit[len(scale) :]
    return number, units.get(unit, unit)
