"""The union of all graphs of a file of sorted N-Quads, as N-Triples, whole or in parts for validation.

A mention's shape looks at nothing but its document, and mentions with their positions and sentences
are most of a graph. So a large graph is checked in parts: batches of documents for the mentions, and
one part with everything else, in which spans are nothing but mentions. Lines are sorted, so
everything about one document stands together.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from kg import ids

#: Lines of mentions that one part holds; shifty needs about 1.5 KB of memory a line.
PART_LINES = 300_000

_DOCUMENTS = f"<{ids.document('')}".encode()
_MENTION = f" <{ids.expand('rdf:type')}> <{ids.expand('lg:Mention')}> ".encode()


def triples(file: Path) -> Iterator[bytes]:
    """Yield the N-Triples lines of a sorted N-Quads file without graph names, each once."""
    last = b""
    with file.open("rb") as stream:
        for line in stream:
            triple = line[: line.rfind(b" ", 0, -3)]
            if triple != last:
                yield triple + b" .\n"
                last = triple


def without_spans(file: Path) -> Iterator[bytes]:
    """Yield the union, of the spans of documents only that they are mentions."""
    for line in triples(file):
        if not line.startswith(_DOCUMENTS) or b"#" not in line[: line.find(b">")] or _MENTION in line:
            yield line


def spans(file: Path, size: int = PART_LINES) -> Iterator[list[bytes]]:
    """Yield everything about documents and their spans, in parts that end where a document ends."""
    part: list[bytes] = []
    lines = (line for line in triples(file) if line.startswith(_DOCUMENTS))
    for _document, group in groupby(lines, _document_of):
        part.extend(group)
        if len(part) >= size:
            yield part
            part = []
    if part:
        yield part


def _document_of(line: bytes) -> bytes:
    subject = line[: line.find(b">")]
    return subject.partition(b"#")[0]
