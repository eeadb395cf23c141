"""The ontology and its vocabularies: Turtle files go in, statements, codes and labels come out.

Read with Oxigraph's parser, which is loaded in milliseconds, because every worker process of a
build asks for the codes. The files hold no blank nodes (a test keeps it so), except the shapes,
which never enter the graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pyoxigraph

from kg import ids, resources
from kg.errors import RegistryError
from kg.records import Statement, Term

#: Folders of ``ontology/`` that enter the graph, and the named graph of each.
_FOLDERS = {"modules": ids.TERMS, "vocab": ids.REFERENCE}


def files() -> list[Path]:
    """Return the Turtle files of the ontology that enter the graph, the core first."""
    root = resources.path("ontology")
    return [root / "lgkg.ttl", *(file for folder in _FOLDERS for file in sorted((root / folder).glob("*.ttl")))]


def shape_files() -> list[Path]:
    """Return the files with SHACL shapes."""
    return sorted(resources.path("ontology", "shapes").glob("*.ttl"))


@cache
def statements() -> tuple[Statement, ...]:
    """Return all terms and vocabularies as statements of the ontology and reference graphs."""
    found = [statement for file in files() for statement in _read(file, _FOLDERS.get(file.parent.name, ids.TERMS))]
    return tuple(sorted(set(found), key=_order))


def _order(statement: Statement) -> tuple[str | bool, ...]:
    """Return what statements are sorted by: their own order, and five times as fast."""
    term = statement.object
    return statement.subject, statement.predicate, term.value, term.datatype, term.language, term.is_iri


@cache
def version() -> str:
    """Return the version of the ontology, which stands in ``lgkg.ttl`` alone."""
    predicate = ids.expand("owl:versionInfo")
    return next(s.object.value for s in statements() if s.subject == ids.ONTOLOGY and s.predicate == predicate)


@cache
def labels(language: str = "zh-hans") -> dict[str, str]:
    """Return the labels of terms, schemes and concepts by IRI."""
    predicates = {ids.expand("rdfs:label"), ids.expand("skos:prefLabel")}
    return {
        s.subject: s.object.value for s in statements() if s.predicate in predicates and s.object.language == language
    }


@cache
def codes(scheme: str) -> dict[str, str]:
    """Return concept IRIs of one scheme by notation: ``codes("comparator")[">="]``."""
    return {notation: iri for iri, notation in _notations(scheme).items()}


@cache
def wordings(scheme: str) -> dict[str, str]:
    """Return concept IRIs of one scheme by every way it is written in Chinese."""
    members = _notations(scheme)
    predicates = {ids.expand("skos:prefLabel"), ids.expand("skos:altLabel")}
    return {
        s.object.value: s.subject
        for s in statements()
        if s.subject in members and s.predicate in predicates and s.object.language == "zh-hans"
    }


@cache
def factors() -> dict[str, Decimal]:
    """Return the scale words and what they multiply by: 万 is 10,000."""
    predicate = ids.expand("lg:conversionFactor")
    values = {s.subject: Decimal(s.object.value) for s in statements() if s.predicate == predicate}
    return {notation: values[iri] for iri, notation in _notations("scale").items()}


@cache
def units() -> dict[str, str]:
    """Return normalised units by how texts write them: 元 is CNY."""
    notations = _notations("unit")
    return {wording: notations[iri] for wording, iri in wordings("unit").items()}


@cache
def classes() -> dict[str, tuple[str, ...]]:
    """Return the own classes with their direct superclasses."""
    kind, parent = ids.expand("rdf:type"), ids.expand("rdfs:subClassOf")
    owl = ids.expand("owl:Class")
    names = [s.subject for s in statements() if s.predicate == kind and s.object.value == owl]
    return {
        name: tuple(s.object.value for s in statements() if s.subject == name and s.predicate == parent)
        for name in names
    }


@cache
def _notations(scheme: str) -> dict[str, str]:
    prefix, predicate = ids.concept(scheme, ""), ids.expand("skos:notation")
    found = {
        s.subject: s.object.value for s in statements() if s.predicate == predicate and s.subject.startswith(prefix)
    }
    if not found:
        raise RegistryError(f"ontology/vocab: there is no vocabulary {scheme!r}; reinstall lgkg")
    return found


def _read(file: Path, graph: str) -> Iterator[Statement]:
    try:
        for quad in pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TURTLE):
            if not isinstance(quad.subject, pyoxigraph.NamedNode) or isinstance(quad.object, pyoxigraph.BlankNode):
                raise RegistryError(f"{file}: blank nodes are not allowed here; give {quad.predicate} an IRI")
            yield Statement(quad.subject.value, quad.predicate.value, _term(quad.object), graph)
    except (SyntaxError, OSError) as error:
        raise RegistryError(f"{file}: cannot be read as Turtle: {error}") from error


def _term(value: object) -> Term:
    if isinstance(value, pyoxigraph.NamedNode):
        return Term(value.value, is_iri=True)
    if not isinstance(value, pyoxigraph.Literal):
        raise RegistryError(f"{value}: neither an IRI nor a literal")
    if value.language:
        return Term(value.value, language=value.language)
    datatype = value.datatype.value
    return Term(value.value, datatype="" if datatype == ids.expand("xsd:string") else datatype)
