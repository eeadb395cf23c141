"""SPARQL over a graph: read-only, in the engine's own serialisations, over the union of all named graphs."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyoxigraph

from kg import ids
from kg.errors import QueryError
from kg.query.table import Table
from kg.store.folder import open_graph
from kg.store.oxigraph import open_store

_SOLUTIONS = {
    "json": pyoxigraph.QueryResultsFormat.JSON,
    "xml": pyoxigraph.QueryResultsFormat.XML,
    "csv": pyoxigraph.QueryResultsFormat.CSV,
    "tsv": pyoxigraph.QueryResultsFormat.TSV,
}
_GRAPHS = {"ttl": pyoxigraph.RdfFormat.TURTLE, "nt": pyoxigraph.RdfFormat.N_TRIPLES}

Solutions = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples


@dataclass(slots=True)
class Result:
    """The answer to one query: rows, a truth value or triples. It can be written or read once."""

    _answer: Solutions
    _store: pyoxigraph.Store  #: kept open while the answer is read

    def table(self, *, typed: bool = False) -> Table:
        """Return rows as plain strings, ``typed`` with numbers, years and truth values as such; a truth as one row.

        Raises ``QueryError`` when the query constructs triples.
        """
        if isinstance(self._answer, pyoxigraph.QueryBoolean):
            return Table(("answer",), ((bool(self._answer),),))
        if isinstance(self._answer, pyoxigraph.QueryTriples):
            raise QueryError("CONSTRUCT and DESCRIBE give triples, not rows; use format ttl, nt or jsonld")
        columns = tuple(variable.value for variable in self._answer.variables)
        read = _typed if typed else _plain
        return Table(columns, tuple(tuple(read(value) for value in row) for row in self._answer))

    def dicts(self) -> Iterator[dict[str, str | None]]:
        """Yield rows as dicts of plain strings; raises ``QueryError`` when the query is no SELECT."""
        if not isinstance(self._answer, pyoxigraph.QuerySolutions):
            raise QueryError("only SELECT gives rows")
        names = [variable.value for variable in self._answer.variables]
        for row in self._answer:
            yield {name: None if term is None else _value(term) for name, term in zip(names, row, strict=True)}

    def text(self, form: str) -> str:
        """Return the answer in a format: table, csv, tsv, json, xml, or ttl, nt, jsonld for triples.

        Raises ``QueryError`` when the format does not fit the kind of query.
        """
        if form == "table":
            return f"{self.table()}\n"
        if isinstance(self._answer, pyoxigraph.QueryTriples):
            return _triples(self._answer, form)
        if form not in _SOLUTIONS:
            raise QueryError(f"SELECT and ASK cannot answer as {form}; use table, csv, tsv, json or xml")
        buffer = io.BytesIO()
        self._answer.serialize(buffer, format=_SOLUTIONS[form])
        return buffer.getvalue().decode("utf-8")

    def write(self, file: IO[str], form: str) -> None:
        """Write the answer to a text file in a format; see ``text``."""
        file.write(self.text(form).rstrip("\n") + "\n")


def _triples(answer: pyoxigraph.QueryTriples, form: str) -> str:
    if form not in (*_GRAPHS, "jsonld"):
        raise QueryError(f"CONSTRUCT and DESCRIBE cannot answer as {form}; use ttl, nt or jsonld")
    triples = sorted(answer, key=str)
    kind = _GRAPHS.get(form, pyoxigraph.RdfFormat.JSON_LD)
    data = pyoxigraph.serialize(triples, format=kind, prefixes=None if form == "nt" else _used_prefixes(triples))
    text = (data or b"").decode("utf-8")
    return json.dumps(json.loads(text), ensure_ascii=False, indent=1) if form == "jsonld" else text


def _used_prefixes(triples: list[pyoxigraph.Triple]) -> dict[str, str]:
    text = " ".join(str(term) for triple in triples for term in triple)
    return {prefix: iri for prefix, iri in ids.PREFIXES.items() if iri in text}


Value = pyoxigraph.NamedNode | pyoxigraph.Literal | pyoxigraph.BlankNode | pyoxigraph.Triple | None


def _plain(term: Value) -> str | None:
    return None if term is None else _value(term)


def _value(term: pyoxigraph.NamedNode | pyoxigraph.Literal | pyoxigraph.BlankNode | pyoxigraph.Triple) -> str:
    return term.value if not isinstance(term, pyoxigraph.Triple) else str(term)


def _typed(term: Value) -> object:
    """Return a number as an ``int`` where it is one, else as a ``float``; a year as an ``int``."""
    plain = _plain(term)
    kind = term.datatype.value.removeprefix(ids.PREFIXES["xsd"]) if isinstance(term, pyoxigraph.Literal) else ""
    if plain is None or kind not in _NUMBERS:
        return plain == "true" if kind == "boolean" else plain
    return int(plain) if _WHOLE.fullmatch(plain) else float(plain)


#: Datatypes of XML Schema that are read as numbers.
_NUMBERS = frozenset(("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger", "gYear"))
_WHOLE = re.compile(r"[+-]?\d+")


# Refused before the engine sees them: SERVICE opens connections, updates cannot work on a read-only store.
_FORBIDDEN = re.compile(r"\b(SERVICE|LOAD|CLEAR|DROP|INSERT|DELETE|CREATE|COPY|MOVE|ADD)\b", re.IGNORECASE)
_QUOTED = re.compile(
    r"\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*|[?$]\w+|\w*:\w+",
    re.DOTALL,
)


def check(text: str) -> None:
    """Raise ``QueryError`` when a query asks for something that changes a graph or leaves the machine."""
    found = _FORBIDDEN.search(_QUOTED.sub(" ", text))
    if found:
        raise QueryError(f"{found[1].upper()} is refused: a graph is only read; remove it from the query")


_DATASET = re.compile(r"\bFROM\b", re.IGNORECASE)


def names_graphs(text: str) -> bool:
    """Tell whether a query says which graphs it is of (``FROM``); else it is of all of them."""
    return _DATASET.search(_QUOTED.sub(" ", text)) is not None


def query(graph: Path | str, text: str) -> Result:
    """Ask a SPARQL 1.1 query; the prefixes of the ontology need not be declared.

    Raises ``QueryError`` with the engine's words when the query is invalid, ``GraphError`` when there is no graph.
    """
    return ask(open_store(open_graph(graph)), text)


def ask(store: pyoxigraph.Store, text: str, prefixes: Mapping[str, str] = ids.PREFIXES) -> Result:
    """Ask a query of an open store."""
    if not text.strip():
        raise QueryError("the query is empty; give SPARQL as argument, as a file or on standard input")
    check(text)
    try:
        # With the union as default graph the engine would pass over FROM.
        answer = store.query(text, prefixes=dict(prefixes), use_default_graph_as_union=not names_graphs(text))
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"the query is invalid: {' '.join(str(error).split())}") from error
    return Result(answer, store)
