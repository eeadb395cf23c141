"""From what people type to what a question needs: 株洲市 becomes the IRI of the place, 2022 a number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pyoxigraph

from kg import ids
from kg.errors import EntityNotFound, QueryError
from kg.query import show
from kg.query.questions.question import Parameter, Question
from kg.query.sparql import ask
from kg.registry.places import places

_IRI = re.compile(r"https?://\S+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"(?:19|20)\d\d(?:-[01]\d(?:-[0-3]\d)?)?")
_DOCUMENT = "SELECT ?d WHERE { ?d a lg:SourceDocument ; dcterms:identifier ?name FILTER(STR(?name) = %s) }"
_DOCUMENTS = "SELECT (STR(?n) AS ?name) WHERE { ?d a lg:SourceDocument ; dcterms:identifier ?n } ORDER BY ?n LIMIT 4"
_PREFIXES = {"indicator": ids.concept("indicator", "")}


def understand(question: Question, store: pyoxigraph.Store, given: Mapping[str, object]) -> dict[str, Any]:
    """Return the parameters as the question needs them; what is ``None`` counts as not given.

    Raises ``QueryError`` when one is missing, unknown to the question or not of its kind, ``EntityNotFound`` when
    nothing in the graph has the name.
    """
    values = {
        name: _value(question, question.parameter(name), store, value)
        for name, value in given.items()
        if value is not None
    }
    for parameter in question.parameters:
        if parameter.required and parameter.name not in values:
            raise QueryError(f"{question.name}: needs --{parameter.name}, {parameter.english}")
    return values


def _value(question: Question, parameter: Parameter, store: pyoxigraph.Store, value: object) -> Any:
    text = str(value).strip()
    if parameter.kind == "flag":
        return bool(value)
    if parameter.kind in {"year", "number"}:
        if not (text.isdecimal() if parameter.kind == "number" else _YEAR.fullmatch(text)):
            raise QueryError(f"{question.name}: --{parameter.name} {text} is no {parameter.kind}")
        return int(text)
    if parameter.kind == "date" and not _DATE.fullmatch(text):
        raise QueryError(f"{question.name}: --{parameter.name} {text} is no date; write 2022-02-23, 2022-02 or 2022")
    if parameter.kind in {"date", "text"} or (_IRI.fullmatch(text) and parameter.kind != "document"):
        return text
    return _named(parameter.kind, store, text)


def _named(kind: str, store: pyoxigraph.Store, text: str) -> str:
    """Return the IRI of what is called so in the graph."""
    if kind == "document":
        return _document(store, text)
    if kind == "place":
        place = places().resolve(text)
        if place is not None:
            return ids.entity(f"place/{place.code}")
    found = show.find(store, text)
    wanted = [iri for iri, *_ in found if iri.startswith(_PREFIXES.get(kind, ""))]
    if not wanted:
        raise EntityNotFound(f"{text}: is in the graph, but is no {kind}")
    return wanted[0]


def _document(store: pyoxigraph.Store, text: str) -> str:
    if _IRI.fullmatch(text):
        return text
    rows = ask(store, _DOCUMENT % pyoxigraph.Literal(text)).table().rows
    if not rows:
        some = "、".join(str(row[0]) for row in ask(store, _DOCUMENTS).table().rows)
        raise EntityNotFound(f"{text}: no document of the graph is called so; there are {some} …")
    return str(rows[0][0])
