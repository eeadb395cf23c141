"""One process that answers queries: requests come in over a socket, framed answers go out.

A frame is its length (4 bytes, big-endian) and its bytes; one of length 0 ends an answer. A request is one frame of
JSON (``Task``); its answer is one of JSON (``{"type": media type}`` or ``{"error": …, "status": …}``), then the body in
frames as the engine writes it. The engine is never interrupted from inside: who asks kills this process instead.
"""

from __future__ import annotations

import io
import json
import os
import socket
import struct
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph

from kg import ids
from kg.errors import EntityNotFound, KgError
from kg.query.sparql import check
from kg.serve import calls, confine

#: Bytes that stand between two rows of an answer, by media type; a string of a value cannot hold them unescaped.
_BETWEEN_ROWS = {
    "application/sparql-results+json": b'}},{"',
    "application/sparql-results+xml": b"<result>",
    "text/csv": b"\r\n",
    "text/tab-separated-values": b"\n",
}
_RESULTS = {
    "application/sparql-results+json": pyoxigraph.QueryResultsFormat.JSON,
    "application/sparql-results+xml": pyoxigraph.QueryResultsFormat.XML,
    "text/csv": pyoxigraph.QueryResultsFormat.CSV,
    "text/tab-separated-values": pyoxigraph.QueryResultsFormat.TSV,
}
_TRIPLES = {
    "text/turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/n-triples": pyoxigraph.RdfFormat.N_TRIPLES,
    "application/rdf+xml": pyoxigraph.RdfFormat.RDF_XML,
    "application/ld+json": pyoxigraph.RdfFormat.JSON_LD,
}
#: Forms of an answer, the preferred one first.
ROWS, TRUTH, TRIPLES = tuple(_RESULTS), tuple(_RESULTS), tuple(_TRIPLES)
#: A frame that says: forget the body so far, an error follows. No engine writes it.
BROKEN = b"\x00kg-error\x00"


@dataclass(frozen=True, slots=True)
class Task:
    """One query, or one call of ``kg.serve.calls``; ``accept`` lists media types, the most wanted first."""

    query: str = ""
    call: str = ""  #: name of the function to call in place of a query; it answers in JSON
    arguments: dict[str, Any] = field(default_factory=dict)
    accept: tuple[str, ...] = ()
    default: tuple[str, ...] = ()  #: IRIs of the graphs that make the default graph; none: all of them
    named: tuple[str, ...] = ()  #: IRIs of the graphs that GRAPH may name; none: all of them
    rows: int = 0  #: most rows of an answer; 0: as many as there are

    def encoded(self) -> bytes:
        """Return the task as one frame."""
        return framed(json.dumps(asdict(self)).encode())


class _Refused(Exception):
    """The answer cannot be given; the words are for whoever asked."""

    def __init__(self, words: str, status: int) -> None:
        super().__init__(words)
        self.status = status


def framed(data: bytes) -> bytes:
    """Return bytes as a frame."""
    return struct.pack(">I", len(data)) + data


def serve(connection: socket.socket, graph: Path, folder: Path, megabytes: int, nice: int) -> None:
    """Answer the requests of one connection until it ends; ``folder`` is that of the store of ``graph``."""
    confine.end_with_parent()
    os.nice(nice)
    store = pyoxigraph.Store.read_only(str(folder))
    confine.without_network()
    confine.limit_memory(megabytes)
    stream = connection.makefile("rb")
    while head := stream.read(4):
        (length,) = struct.unpack(">I", head)
        _answer(connection, graph, store, Task(**_tuples(json.loads(stream.read(length)))))


def _tuples(values: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def _answer(connection: socket.socket, graph: Path, store: pyoxigraph.Store, task: Task) -> None:
    writer = _Writer(connection, task.rows)
    try:
        if task.call:
            _call(writer, graph, task)
        else:
            _write(writer, store, task)
        writer.finish()
    except _Refused as refusal:
        writer.fail(str(refusal), refusal.status)
    except EntityNotFound as error:
        writer.fail(str(error), 404)
    except KgError as error:
        writer.fail(str(error), 400)
    except (SyntaxError, ValueError) as error:
        writer.fail(f"the query is invalid: {' '.join(str(error).split())}", 400)
    except OSError as error:
        if writer.broken:
            raise
        writer.fail(f"the store cannot be read: {error}", 500)


def _call(writer: _Writer, graph: Path, task: Task) -> None:
    found = calls.CALLS[task.call](graph, **task.arguments)
    writer.begin("application/json")
    writer.write(json.dumps(found, ensure_ascii=False, default=str).encode())


def _write(writer: _Writer, store: pyoxigraph.Store, task: Task) -> None:
    check(task.query)
    graphs: dict[str, Any] = {}
    if task.default or task.named:
        graphs["default_graph"] = [pyoxigraph.NamedNode(iri) for iri in task.default]
        graphs["named_graphs"] = [pyoxigraph.NamedNode(iri) for iri in task.named]
    else:
        graphs["use_default_graph_as_union"] = True
    found = store.query(task.query, prefixes=dict(ids.PREFIXES), **graphs)
    if isinstance(found, pyoxigraph.QueryTriples):
        form = _chosen(task.accept, TRIPLES)
        writer.begin(form)
        data = pyoxigraph.serialize(found, format=_TRIPLES[form], prefixes=_prefixes(form))
        writer.write(data or b"")
        return
    form = _chosen(task.accept, ROWS)
    writer.begin(form, rows=isinstance(found, pyoxigraph.QuerySolutions))
    found.serialize(cast("IO[bytes]", writer), format=_RESULTS[form])


def _prefixes(form: str) -> dict[str, str] | None:
    return dict(ids.PREFIXES) if form == "text/turtle" else None


def _chosen(accept: tuple[str, ...], forms: tuple[str, ...]) -> str:
    for wanted in accept or ("*/*",):
        for form in forms:
            if wanted in (form, "*/*", form.split("/")[0] + "/*"):
                return form
    raise _Refused(f"no acceptable form; this query answers as {', '.join(forms)}", 406)


class _Writer(io.RawIOBase):
    """Sends what is written as frames, and stops when there are too many rows."""

    def __init__(self, connection: socket.socket, most: int) -> None:
        super().__init__()
        self._connection = connection
        self._most = most
        self._mark = b""
        self._tail = b""
        self._rows = 0
        self._begun = False
        self.broken = False

    def begin(self, form: str, *, rows: bool = False) -> None:
        """Say what form the answer has; ``rows`` when its rows are to be counted."""
        self._mark = _BETWEEN_ROWS.get(form, b"") if rows and self._most else b""
        self._send(json.dumps({"type": form}).encode())
        self._begun = True

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        block = bytes(data)
        if self._mark:
            text = self._tail + block
            self._rows += text.count(self._mark)
            self._tail = text[-(len(self._mark) - 1) :] if len(self._mark) > 1 else b""
            if self._rows > self._most:
                raise _Refused(f"the answer has more than {self._most:,} rows; narrow the query or give a LIMIT", 413)
        if block:
            self._send(block)
        return len(block)

    def finish(self) -> None:
        """End the answer."""
        self._send(b"")

    def fail(self, words: str, status: int) -> None:
        """End with an error; what was sent of a body before it is to be thrown away."""
        if self._begun:
            self._send(BROKEN)
        self._send(json.dumps({"error": words, "status": status}).encode())
        self._send(b"")

    def _send(self, data: bytes) -> None:
        try:
            self._connection.sendall(framed(data))
        except OSError:
            self.broken = True
            raise
