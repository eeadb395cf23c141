"""Quotes in their sentences: places of a source go in, the words around them come out.

A quote alone (增长4%左右) often does not tell what it is about; its sentence does. The text comes from the records
beside the graph, so every stretch of a document can be shown, whether it is a node of the graph or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Protocol

import pyoxigraph

from kg import ids
from kg.errors import EntityNotFound
from kg.query.sparql import ask
from kg.records import Record
from kg.store import records
from kg.store.folder import GraphFolder, open_graph
from kg.store.oxigraph import open_store

#: Characters shown before and after a quote; a sentence of a plan may run over a page.
CONTEXT = 120


class Place(Protocol):
    """Anything that says where it stands: a ``Quote`` of an answer, a ``Line`` of a card."""

    @property
    def document(self) -> str:
        """Name of the document."""

    @property
    def start(self) -> int:
        """First character."""

    @property
    def end(self) -> int:
        """Character after the last."""


@dataclass(frozen=True, slots=True, order=True)
class Passage(Record):
    """A quote between the words of its sentence before and after it."""

    document: str  #: name of the document
    start: int
    end: int
    date: str
    before: str
    quote: str  #: ``text[start:end]`` of the document
    after: str

    @property
    def source(self) -> str:
        """Where the quote stands: ``zhuzhou-2021-work-report 2021-02-26 [186:198]``."""
        return " ".join(part for part in (self.document, self.date, f"[{self.start}:{self.end}]") if part)

    def __str__(self) -> str:
        words = f"{self.before}【{self.quote}】{self.after}"
        return f"{' '.join(words.split())} — {self.source}"

    def _repr_html_(self) -> str:
        return f"<p>{self.html()}<br><small>{escape(self.source)}</small></p>"

    def html(self) -> str:
        """Return the sentence with the quote marked; the text is escaped."""
        return f"{escape(self.before)}<mark>{escape(self.quote)}</mark>{escape(self.after)}"


def passages(graph: Path | str, places: Iterable[Place], context: int = CONTEXT) -> list[Passage]:
    """Return each place with its quote and the rest of its sentence, up to ``context`` characters on either side.

    Raises ``EntityNotFound`` when the graph has no document of a name or it is shorter.
    """
    opened = open_graph(graph)
    store = open_store(opened)
    return [_passage(opened, store, place, context) for place in places]


def _passage(opened: GraphFolder, store: pyoxigraph.Store, place: Place, context: int) -> Passage:
    wanted = getattr(place, "text", None) or getattr(place, "quote", None) or ""
    found = [
        (date, text, sentences)
        for iri, date in _documents(store, place.document)
        for text, sentences in [_source(opened.records, ids.local(iri))]
        if 0 <= place.start < place.end <= len(text)
    ]
    if not found:
        raise EntityNotFound(f"{place.document} [{place.start}:{place.end}]: no document of the graph has such a place")
    # Two documents may have one name, in different folders: the one with the quote is meant.
    date, text, sentences = max(found, key=lambda item: item[1][place.start : place.end] == wanted)
    first, last = _around(sentences, place.start, place.end)
    before, after = text[first : place.start], text[place.end : last]
    if len(before) > context:
        before = f"…{before[-context:]}"
    if len(after) > context:
        after = f"{after[:context]}…"
    return Passage(place.document, place.start, place.end, date, before, text[place.start : place.end], after)


def _documents(store: pyoxigraph.Store, name: str) -> Iterator[tuple[str, str]]:
    """Yield IRI and date of the documents of a name."""
    quoted = pyoxigraph.Literal(name)
    query = f"""SELECT ?d (STR(?on) AS ?date) WHERE {{ ?d dcterms:identifier {quoted} ; a lg:SourceDocument
      OPTIONAL {{ ?d dcterms:issued ?on }} }} ORDER BY ?d"""
    for iri, date in ask(store, query).table().rows:
        yield str(iri), str(date or "")


@lru_cache(maxsize=64)
def _source(folder: Path, identifier: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    return records.source(folder, identifier)


def _around(sentences: Iterable[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Return where the sentences that a quote touches start and end; the quote itself when there are none."""
    touched = [(first, last) for first, last in sentences if first < end and start < last]
    return min([start, *(first for first, _ in touched)]), max([end, *(last for _, last in touched)])
