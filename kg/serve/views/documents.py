"""A document as a page shows it: its text in pieces with every mention linked, and its facts beside the paragraphs."""

from __future__ import annotations

import bisect
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph

from kg import ids
from kg.errors import EntityNotFound
from kg.query.questions import nodes
from kg.serve.views import things
from kg.serve.views.reader import Reader, address, name_of
from kg.serve.views.reader import reader as open_reader
from kg.store import records
from kg.store.tables import offsets

_KINDS = {"Target": "measure", "Outcome": "measure", "StageReport": "stage", "Statement": "statement"}
_HEADING = 24
Span = tuple[int, int, str]  #: start, end, IRI of what is named


def document(graph: Path, name: str, start: int = 0, end: int = 0) -> dict[str, Any]:
    """Return a document by the last step of its IRI or its name; ``start`` and ``end`` are the place to show."""
    reader = open_reader(graph)
    iri = ids.document(name)
    if not reader.value(iri, "dcterms:identifier"):
        iri = reader.document(name)
    text, _ = records.source(reader.folder.records, ids.local(iri)) if iri else ("", ())
    if not iri or not text:
        raise EntityNotFound(f"{name}: the graph has no document of this address; see the list of documents")
    here = (start, end) if 0 <= start < end <= len(text) else (0, 0)
    marks = _outermost(_named(reader, iri), len(text))
    facts = _facts(reader, iri)
    return {
        "iri": iri,
        "id": ids.local(iri),
        **reader.source(iri),
        "publisher": reader.value(iri, "dc:publisher"),
        "area": [reader.link(area) for area in reader.values(iri, "lg:area")],
        "length": len(text),
        "mentions": len(marks),
        "facts": len(facts),
        "here": list(here) if any(here) else [],
        "paragraphs": list(_paragraphs(reader, text, marks, facts, here)),
    }


def _named(reader: Reader, document: str) -> Iterator[Span]:
    """Yield what a document names, and where."""
    graph = pyoxigraph.NamedNode(document)
    for thing in nodes.named(reader.store, document):
        for span in nodes.spans(reader.store, thing, graph.value) or _spans(reader, thing, document):
            yield (*offsets(span), thing)


def _spans(reader: Reader, thing: str, document: str) -> list[str]:
    return [span for span in reader.values(thing, "lg:evidence") if span.startswith(document + "#")]


def _outermost(spans: Iterable[Span], length: int) -> list[Span]:
    """Return spans that do not overlap; of two that do, the one that starts first, and then the longer one."""
    kept: list[Span] = []
    for start, end, thing in sorted(spans, key=lambda span: (span[0], -span[1], span[2])):
        if 0 <= start < end <= length and (not kept or start >= kept[-1][1]):
            kept.append((start, end, thing))
    return kept


def _facts(reader: Reader, document: str) -> list[tuple[int, int, str, str]]:
    """Return start, end, kind and node of the facts of a document, in the order of the text."""
    graph = pyoxigraph.NamedNode(document)
    found = [
        (*_place(reader, quad.subject.value), kind, quad.subject.value)
        for name, kind in {**_KINDS, "Attestation": "tenure"}.items()
        for quad in reader.store.quads_for_pattern(None, name_of("rdf:type"), name_of(f"lg:{name}"), graph)
        if isinstance(quad.subject, pyoxigraph.NamedNode)
    ]
    return sorted(found)


def _place(reader: Reader, node: str) -> tuple[int, int]:
    return offsets(reader.value(node, "lg:evidence"))


def _paragraphs(
    reader: Reader,
    text: str,
    marks: Sequence[Span],
    facts: Sequence[tuple[int, int, str, str]],
    here: tuple[int, int],
) -> Iterator[dict[str, Any]]:
    lines = list(_lines(text))
    firsts = [start for start, _ in lines]
    beside: defaultdict[int, list[tuple[int, int, str, str]]] = defaultdict(list)
    for fact in facts:
        beside[max(bisect.bisect_right(firsts, fact[0]) - 1, 0)].append(fact)
    starts = [start for start, _, _ in marks]
    looks: dict[str, str] = {}
    for number, (start, end) in enumerate(lines):
        near = marks[max(bisect.bisect_left(starts, start) - 1, 0) : bisect.bisect_left(starts, end)]
        pieces = [
            _piece(reader, text, piece, here, looks) for piece in _pieces(start, end, near, here) if piece[0] < piece[1]
        ]
        yield {
            "start": start,
            "heading": _is_heading(text[start:end].strip()),
            "pieces": pieces,
            "facts": [_beside(reader, *fact) for fact in beside[number]],
        }


def _is_heading(line: str) -> bool:
    """Tell a line that stands out as a heading: short Chinese without a stop at its end."""
    return len(line) <= _HEADING and any("\u4e00" <= letter <= "\u9fff" for letter in line) and line[-1] not in "。；，"


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, start + len(line.rstrip("\r\n"))
        start += len(line)


def _pieces(start: int, end: int, marks: Iterable[Span], here: tuple[int, int]) -> Iterator[Span]:
    """Cut a line where mentions and the place shown begin and end; yield start, end and what is named."""
    at = start
    inside = [
        (max(first, start), min(last, end), thing) for first, last, thing in marks if last > start and first < end
    ]
    for first, last, thing in [*inside, (end, end, "")]:
        yield from _cut(at, first, "", here)
        yield from _cut(first, last, thing, here)
        at = last


def _cut(start: int, end: int, thing: str, here: tuple[int, int]) -> Iterator[Span]:
    edges = sorted({start, end, *(edge for edge in here if start < edge < end)})
    for first, last in itertools.pairwise(edges):
        yield first, last, thing


def _piece(reader: Reader, text: str, piece: Span, here: tuple[int, int], looks: dict[str, str]) -> dict[str, Any]:
    start, end, thing = piece
    if thing and thing not in looks:
        looks[thing] = reader.look(thing)
    return {
        "text": text[start:end],
        "href": address(thing) if thing else "",
        "look": looks.get(thing, ""),
        "here": here[0] <= start < end <= here[1],
        "first": start == here[0] < here[1],
    }


def _beside(reader: Reader, start: int, end: int, kind: str, node: str) -> dict[str, Any]:
    told = things.told(reader, kind, node)
    return {**told, "start": start, "end": end}
