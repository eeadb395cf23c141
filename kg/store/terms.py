"""Statements and N-Quads lines: the only converters between the two.

Lines are written as text, without RDF objects in between, because a build writes millions of
them. The form is that of canonical N-Quads (RDF 1.2 N-Quads, section 4): one space between terms,
no escapes but the necessary ones, so one statement has exactly one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph

from kg.errors import GraphError
from kg.records import Statement, Term

#: Characters that a canonical literal escapes.
_SPECIAL = re.compile(r'["\\\x00-\x1f\x7f]')
#: Characters that no IRI may hold (N-Triples, production IRIREF).
_NOT_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_find_special = _SPECIAL.search
_find_bad = _NOT_IRI.search


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def _iri(value: str) -> str:
    if _find_bad(value) or not value:
        raise GraphError(f"{value!r} is no IRI; the code that minted it must encode it")
    return f"<{value}>"


def line(statement: Statement) -> str:
    """Return the N-Quads line of a statement, with its line end."""
    term = statement.object
    if term.is_iri:
        value = _iri(term.value)
    else:
        text = term.value
        if _find_special(text):
            text = _SPECIAL.sub(_escape, text)
        if term.language:
            value = f'"{text}"@{term.language}'
        elif term.datatype:
            value = f'"{text}"^^<{term.datatype}>'
        else:
            value = f'"{text}"'
    subject, predicate, graph = statement.subject, statement.predicate, statement.graph
    if _find_bad(subject) or not subject:
        raise GraphError(f"{subject!r} is no IRI; the code that minted it must encode it")
    return f"<{subject}> <{predicate}> {value} <{graph}> .\n"


def encode(statements: Iterable[Statement]) -> bytes:
    """Return the lines of statements, each once, sorted, as UTF-8; what a worker hands to its parent."""
    lines = sorted(set(map(line, statements)))
    return "".join(lines).encode("utf-8", "surrogatepass")


def parse(lines: Iterable[bytes]) -> Iterator[Statement]:
    """Yield the statements of N-Quads lines."""
    for quad in pyoxigraph.parse(input=b"".join(lines), format=pyoxigraph.RdfFormat.N_QUADS):
        graph = quad.graph_name.value if isinstance(quad.graph_name, pyoxigraph.NamedNode) else ""
        if not isinstance(quad.subject, pyoxigraph.NamedNode):
            raise GraphError(f"{quad.subject}: a graph of this package holds no blank nodes")
        yield Statement(quad.subject.value, quad.predicate.value, term(quad.object), graph)


def term(value: object) -> Term:
    """Return the term of an Oxigraph value."""
    if isinstance(value, pyoxigraph.NamedNode):
        return Term(value.value, is_iri=True)
    if isinstance(value, pyoxigraph.Literal):
        if value.language:
            return Term(value.value, language=value.language)
        datatype = value.datatype.value
        return Term(value.value, datatype="" if datatype == _STRING else datatype)
    raise GraphError(f"{value}: a graph of this package holds IRIs and literals only")
