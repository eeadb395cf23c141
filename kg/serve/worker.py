"""One process that answers queries: requests come in over a socket, framed answers go out.

A frame is its length (4 bytes, big-endian) and its bytes. A request is one frame of JSON (``Task``); its answer is one
of JSON: ``{"type": media type, "spooled": …}`` or ``{"error": …, "status": …}``, and then a frame with the body, unless
it is long and was spooled: then it is in the file that has the number of this process for a name. The engine is never
interrupted from inside: who asks kills this process instead.
"""

from __future__ import annotations

import io
import json
import os
import resource
import socket
import struct
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

import pyoxigraph

from kg import ids
from kg.errors import EntityNotFound, KgError
from kg.query import totals
from kg.query.sparql import check, names_graphs
from kg.serve import calls, confine
from kg.store import oxigraph

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
#: Bytes of an answer from which on it is spooled, and bytes written at once.
SPOOLED = 2**20
#: Most bytes of an answer: what one may take of the disk.
LONGEST = 2**30
#: Most megabytes that a worker keeps from one answer to the next; past it a new one takes its place.
_KEPT_MEGABYTES = 256


@dataclass(frozen=True)
class Task:
    """One query, or one call of ``kg.serve.calls``; ``accept`` lists media types, the most wanted first."""

    query: str = ""
    call: str = ""  #: name of the function to call in place of a query; it answers in JSON
    arguments: dict[str, Any] = field(default_factory=dict)
    accept: tuple[str, ...] = ()
    default: tuple[str, ...] = ()  #: IRIs of the graphs that make the default graph; none: all of them
    named: tuple[str, ...] = ()  #: IRIs of the graphs that GRAPH may name; none: all of them
    base: str = ""  #: IRI against which relative ones are read
    rows: int = 0  #: most rows of an answer; 0: as many as there are

    @cached_property
    def encoded(self) -> bytes:
        """The task as one frame."""
        return framed(json.dumps({item.name: getattr(self, item.name) for item in fields(self)}).encode())


class _Refused(Exception):
    """The answer cannot be given; the words are for whoever asked."""

    def __init__(self, words: str, status: int, limit: str = "") -> None:
        super().__init__(words)
        self.status, self.limit = status, limit


def framed(data: bytes) -> bytes:
    """Return bytes as a frame."""
    return struct.pack(">I", len(data)) + data


class _Source(NamedTuple):
    """What answers are taken from."""

    graph: Path
    store: pyoxigraph.Store
    triples: int | None  #: of all graphs; ``None`` when some stand in several: the engine counts those as often


def _triples(folder: Path) -> int | None:
    manifest = json.loads((folder.parent / "manifest.json").read_text("utf-8"))
    return None if manifest["repeated_triples"] else int(manifest["quads"])


def serve(connection: socket.socket, graph: Path, folder: Path, spool: Path, *, megabytes: int, nice: int) -> None:
    """Answer the requests of one connection until it ends; ``folder`` is that of the store of ``graph``.

    A thread of its own does it, because the engine's memory comes from places that belong to threads. What the process
    inherited is full of holes, each in a page that is shared until someone writes to it: small queries took three times
    as long there.
    """
    os.nice(nice)
    confine.without_network()
    threading.excepthook = _silent

    def answer() -> None:
        store = oxigraph.opened(folder)
        confine.limit_memory(megabytes)
        source = _Source(graph, store, _triples(folder))
        stream = connection.makefile("rb")
        file = spool / str(os.getpid())
        while head := stream.read(4):
            (length,) = struct.unpack(">I", head)
            _answer(connection, source, file, Task(**_tuples(json.loads(stream.read(length)))))

    thread = threading.Thread(target=answer)
    thread.start()
    thread.join()


def _silent(_: threading.ExceptHookArgs) -> None:
    """Print nothing: who asked is told that the process ended."""


def _tuples(values: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def _answer(connection: socket.socket, source: _Source, file: Path, task: Task) -> None:
    head: dict[str, Any]
    with _Writer(file, task.rows) as writer:
        try:
            form = (_call if task.call else _write)(writer, source, task)
            head = {"type": form, "spooled": writer.spooled()}
        except _Refused as refusal:
            head = {"error": str(refusal), "status": refusal.status, "limit": refusal.limit}
        except EntityNotFound as error:
            head = {"error": str(error), "status": 404}
        except KgError as error:
            head = {"error": str(error), "status": 400}
        except (SyntaxError, ValueError, RuntimeError) as error:
            head = {"error": f"the query is invalid: {' '.join(str(error).split())}", "status": 400}
        except OSError as error:
            head = {"error": f"the store cannot be read: {error}", "status": 500}
    data = framed(json.dumps(head | {"worn": _worn()}).encode())
    if not head.get("error") and not head["spooled"]:
        data += framed(bytes(writer.held))
    connection.sendall(data)


def _worn() -> bool:
    """Tell whether this process has taken so much memory of its own that it should end; each page cost it a fault."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt * resource.getpagesize() > _KEPT_MEGABYTES * 2**20


def _call(writer: _Writer, source: _Source, task: Task) -> str:
    found = calls.CALLS[task.call](source.graph, **task.arguments)
    writer.write(json.dumps(found, ensure_ascii=False, default=str).encode())
    return "application/json"


def _write(writer: _Writer, source: _Source, task: Task) -> str:
    check(task.query)
    text, graphs = task.query, dict[str, Any]()
    if task.default or task.named:
        graphs["default_graph"] = [pyoxigraph.NamedNode(iri) for iri in task.default]
        graphs["named_graphs"] = [pyoxigraph.NamedNode(iri) for iri in task.named]
    elif not names_graphs(text):
        graphs["use_default_graph_as_union"] = True
        text = text if source.triples is None else totals.named(text, source.triples)
    found = source.store.query(text, prefixes=dict(ids.PREFIXES), base_iri=task.base or None, **graphs)
    output = cast("IO[bytes]", writer)
    if isinstance(found, pyoxigraph.QueryTriples):
        form = _chosen(task.accept, TRIPLES)
        pyoxigraph.serialize(writer.counted(found), output, format=_TRIPLES[form], prefixes=_prefixes(form))
        return form
    form = _chosen(task.accept, ROWS)
    writer.count_rows(_BETWEEN_ROWS[form] if isinstance(found, pyoxigraph.QuerySolutions) else b"")
    found.serialize(output, format=_RESULTS[form])
    return form


def _prefixes(form: str) -> dict[str, str] | None:
    return dict(ids.PREFIXES) if form == "text/turtle" else None


def _chosen(accept: tuple[str, ...], forms: tuple[str, ...]) -> str:
    for wanted in accept or ("*/*",):
        for form in forms:
            if wanted in (form, "*/*", form.split("/")[0] + "/*"):
                return form
    raise _Refused(f"no acceptable form; this query answers as {', '.join(forms)}", 406)


class _Writer(io.RawIOBase):
    """Keeps what is written, a long answer in a file, and stops when it has too many rows."""

    def __init__(self, file: Path, most: int) -> None:
        super().__init__()
        self._path = file
        self._file = -1
        self._most = most
        self._mark = b""
        self._tail = b""
        self._rows = 0
        self._size = 0
        self._complete = False
        self.held = bytearray()  #: what is in no file

    def count_rows(self, mark: bytes) -> None:
        """Count the rows of what is written from now on: ``mark`` stands once in each."""
        self._mark = mark if self._most else b""

    def counted(self, triples: Iterable[pyoxigraph.Triple]) -> Iterator[pyoxigraph.Triple]:
        """Yield triples as long as they are not too many."""
        for number, triple in enumerate(triples):
            if number == self._most > 0:
                raise self._refused()
            yield triple

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        """Take in a block; the engine writes blocks of 8 KiB."""
        if self._mark:
            self._count(bytes(data))
        self.held += data
        if len(self.held) > SPOOLED:
            self._spool()
        return len(data)

    def _count(self, block: bytes) -> None:
        text = self._tail + block
        self._rows += text.count(self._mark)
        self._tail = text[-(len(self._mark) - 1) :] if len(self._mark) > 1 else b""
        if self._rows > self._most:
            raise self._refused()

    def _refused(self) -> _Refused:
        return _Refused(f"the answer has more than {self._most:,} rows; narrow the query or give a LIMIT", 413, "rows")

    def _spool(self) -> None:
        if self._file < 0:
            self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        self._size += len(self.held)
        if self._size > LONGEST:
            raise _Refused(f"the answer has more than {LONGEST >> 20} MB; narrow the query", 413, "size")
        view = memoryview(self.held)
        while view:
            view = view[os.write(self._file, view) :]
        del view
        self.held = bytearray()

    def spooled(self) -> bool:
        """Tell whether the answer, which is complete now, is in the file."""
        if self._file >= 0 and self.held:
            self._spool()
        self._complete = True
        return self._file >= 0

    def close(self) -> None:
        """Close the file, and remove it when the answer is not complete."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
            if not self._complete:
                self._path.unlink()
        super().close()
