"""From what people type to what a question needs: 株洲市 becomes the IRI of the place, 2022 a number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg import ids
from kg.errors import EntityNotFound, QueryError
from kg.query import show
from kg.query.questions.question import Parameter, Question
from kg.registry.places import places
from kg.store.folder import GraphFolder
from kg.store.oxigraph import open_store
from kg.store.tables import open_tables

_IRI = re.compile(r"https?://\S+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"(?:19|20)\d\d(?:-[01]\d(?:-[0-3]\d)?)?")
_CALLED = """SELECT DISTINCT iri FROM name JOIN thing USING (iri)
  WHERE text = ? AND preferred = ? AND language IN ('', 'zh-hans', 'en') AND thing.name IS NOT NULL ORDER BY iri"""
#: Divisions that the graph calls so; former ones have successors.
_DIVISION = f"""SELECT iri FROM name WHERE text = ? AND preferred = 1
  AND iri GLOB '{ids.BASE}id/place/{"[0-9]" * 6}'
  AND iri NOT IN (SELECT subject FROM link WHERE predicate = 'dcterms:isReplacedBy')"""
_PREFIXES = {"indicator": ids.concept("indicator", "")}


def understand(question: Question, graph: GraphFolder, given: Mapping[str, object]) -> dict[str, Any]:
    """Return the parameters as the question needs them; what is ``None`` counts as not given.

    Raises ``QueryError`` when one is missing, unknown to the question or not of its kind, ``EntityNotFound`` when
    nothing in the graph has the name.
    """
    values = {
        name: _value(question, question.parameter(name), graph, value)
        for name, value in given.items()
        if value is not None
    }
    for parameter in question.parameters:
        if parameter.required and parameter.name not in values:
            raise QueryError(f"{question.name}: needs --{parameter.name}, {parameter.english}")
    return values


def _value(question: Question, parameter: Parameter, graph: GraphFolder, value: object) -> Any:
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
    return _named(parameter.kind, graph, text)


def _named(kind: str, graph: GraphFolder, text: str) -> str:
    """Return the IRI of what is called so in the graph."""
    if kind == "document":
        return _document(graph, text)
    if kind == "place":
        named = [iri for (iri,) in open_tables(graph).execute(_DIVISION, (text,))]
        if len(named) == 1:  # the registry takes longer to read than most answers
            return str(named[0])
        place = places().resolve(text)
        if place is not None:
            return ids.entity(f"place/{place.code}")
    wanted = [iri for iri in called(graph, text) if iri.startswith(_PREFIXES.get(kind, ""))]
    if not wanted:
        raise EntityNotFound(f"{text}: is in the graph, but is no {kind}")
    return wanted[0]


def called(graph: GraphFolder, text: str) -> list[str]:
    """Return the IRIs of the things with a name or, when there are none, with an alias or another form of it.

    Raises ``EntityNotFound`` with similar names when nothing is called so.
    """
    for preferred in (1, 0):
        found = [iri for (iri,) in open_tables(graph).execute(_CALLED, (text, preferred))]
        if found:
            return found
    return [iri for iri, *_ in show.find(open_store(graph), text)]


def _document(graph: GraphFolder, text: str) -> str:
    if _IRI.fullmatch(text):
        return text
    tables = open_tables(graph)
    row = tables.execute("SELECT iri FROM document WHERE name = ?", (text,)).fetchone()
    if row is None:
        some = "、".join(name for (name,) in tables.execute("SELECT name FROM document ORDER BY name LIMIT 4"))
        raise EntityNotFound(f"{text}: no document of the graph is called so; there are {some} …")
    return str(row[0])
