"""Registered industries and indicators as SKOS concepts. Keys go in; statements of the reference graph come out.

Names, broader terms and GB/T 4754 codes are those of ``ontology/registry``; a mapping to the
national classification is ``skos:closeMatch``, since a local wording never means exactly a code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from kg import ids
from kg.extract.entities import industry_terms
from kg.extract.measures import wording
from kg.records import Statement, Term
from kg.statements import nodes

_INDUSTRIES = ids.concept("industry", "").rstrip("/")
_INDICATORS = ids.concept("indicator", "").rstrip("/")
_STANDARD = ids.concept("gbt4754", "").rstrip("/")


@cache
def _industries() -> dict[str, industry_terms.Term]:
    return {term.key: term for term in industry_terms.terms()}


@cache
def _indicators() -> dict[str, wording.Indicator]:
    return {f"indicator/{row.key}": row for row in wording.indicators()}


@cache
def _groups() -> dict[str, wording.Group]:
    return {f"indicator/{row.key}-group": row for row in wording.groups()}


def is_registered(key: str) -> bool:
    """Tell whether the registry describes this industry or indicator."""
    return key in _industries() or key in _indicators() or key in _groups()


def concepts(keys: Iterable[str]) -> Iterator[Statement]:
    """Yield the registered concepts of these keys, with everything broader and the codes they match."""
    waiting, done = sorted(set(keys)), set[str]()
    while waiting:
        key = waiting.pop()
        if key in done or not is_registered(key):
            continue
        done.add(key)
        industry = _industries().get(key)
        indicator = _indicators().get(key)
        if industry is not None and industry.broader:
            waiting.append(industry.broader)
        if indicator is not None:
            waiting.append(f"indicator/{indicator.broader}-group")
        values = (
            _industry(industry)
            if industry is not None
            else _indicator(indicator)
            if indicator is not None
            else _group(_groups()[key])
        )
        for predicate, value in values:
            yield Statement(ids.entity(key), ids.expand(predicate), value, ids.REFERENCE)
        yield from _codes(industry)


def _industry(term: industry_terms.Term) -> Iterator[tuple[str, Term]]:
    yield "rdf:type", nodes.name("skos:Concept")
    yield "skos:inScheme", nodes.iri(_INDUSTRIES)
    yield from _names(term.name, term.aliases, term.english)
    if term.broader:
        yield "skos:broader", nodes.iri(ids.entity(term.broader))


def _indicator(row: wording.Indicator) -> Iterator[tuple[str, Term]]:
    yield "rdf:type", nodes.name("lg:Indicator")
    yield "skos:inScheme", nodes.iri(_INDICATORS)
    yield from _names(row.name, row.aliases, row.english)
    if row.kind:
        yield "lg:measureKind", nodes.iri(ids.concept("measure-kind", row.kind))
    for predicate, word in (("lg:direction", row.direction), ("lg:usualUnit", row.unit)):
        if word:
            yield predicate, nodes.string(word)
    yield "skos:broader", nodes.iri(ids.entity(f"indicator/{row.broader}-group"))


def _group(row: wording.Group) -> Iterator[tuple[str, Term]]:
    yield "rdf:type", nodes.name("skos:Concept")
    yield "skos:inScheme", nodes.iri(_INDICATORS)
    yield from _names(row.name, (), row.english)


def _names(name: str, aliases: Iterable[str], english: str) -> Iterator[tuple[str, Term]]:
    yield "skos:prefLabel", nodes.chinese(name)
    for alias in aliases:
        yield "skos:altLabel", nodes.chinese(alias)
    if english:
        yield "skos:altLabel", Term(english, language="en")


def _codes(term: industry_terms.Term | None) -> Iterator[Statement]:
    for code in term.gbt4754 if term is not None else ():
        node = ids.concept("gbt4754", code)
        for predicate, value in (
            ("rdf:type", nodes.name("skos:Concept")),
            ("skos:inScheme", nodes.iri(_STANDARD)),
            ("skos:notation", nodes.string(code)),
        ):
            yield Statement(node, ids.expand(predicate), value, ids.REFERENCE)
        if term is not None:
            yield Statement(ids.entity(term.key), ids.expand("skos:closeMatch"), nodes.iri(node), ids.REFERENCE)
