"""The doubtful pairs of a graph, each with scores, reasons and a quote of both sides: questions to a person."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyoxigraph

from kg import ids
from kg.query.sparql import ask
from kg.records import Pair
from kg.resolve import homonyms
from kg.resolve.decisions import UNDECIDED, Decision
from kg.store import records
from kg.store.folder import GraphFolder, open_graph
from kg.store.oxigraph import open_store

_QUOTES = """SELECT DISTINCT ?document ?start ?end ?quote WHERE { <%s> lg:evidence ?m . ?m oa:hasSource ?d ;
  oa:hasSelector ?s ; nif:sentence/nif:anchorOf ?quote . ?s oa:start ?start ; oa:end ?end .
  ?d dcterms:identifier ?document } ORDER BY ?document ?start LIMIT %d"""
#: The same for one department that a person heads; its name ends as the linking key says.
_POSTS = """SELECT DISTINCT ?document ?start ?end ?quote WHERE { ?t org:member <%s> ;
  org:organization/skos:prefLabel ?body ; lg:attestedBy/lg:evidence ?m . FILTER(STRENDS(STR(?body), %s))
  ?m oa:hasSource ?d ; oa:hasSelector ?s ; nif:sentence/nif:anchorOf ?quote . ?s oa:start ?start ; oa:end ?end .
  ?d dcterms:identifier ?document } ORDER BY ?document ?start LIMIT %d"""
_LONGEST_QUOTE = 160


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """A sentence that names one side of a pair, and where."""

    document: str
    start: int
    end: int
    text: str

    def __str__(self) -> str:
        """Return the sentence with its place, cut when it is long."""
        text = self.text if len(self.text) <= _LONGEST_QUOTE else self.text[: _LONGEST_QUOTE - 1] + "…"
        return f"“{text}” — {self.document} [{self.start}:{self.end}]"


@dataclass(frozen=True, slots=True)
class Question:
    """One doubtful pair with the evidence of both sides."""

    pair: Pair
    left: tuple[Quote, ...]
    right: tuple[Quote, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the question as JSON values."""
        sides = {side: [asdict(quote) for quote in getattr(self, side)] for side in ("left", "right")}
        return {**self.pair.to_dict(), "left_quotes": sides["left"], "right_quotes": sides["right"]}

    def line(self) -> str:
        """Return a line for the file of decisions, its action left open."""
        why = "; ".join(self.pair.reasons)
        return json.dumps(Decision(UNDECIDED, self.pair.left, self.pair.right, why=why).to_dict(), ensure_ascii=False)

    def __str__(self) -> str:
        """Return the question as lines of a decisions file: comments, then the line to decide and keep."""
        pair = self.pair
        head = f"# {pair.score:.2f} {pair.label}: {pair.left_name} | {pair.right_name} ({'; '.join(pair.reasons)})"
        quotes = [f"#   {side}: {quote}" for side in ("left", "right") for quote in getattr(self, side)]
        return "\n".join([head, *quotes, self.line()])


def review(graph: Path | str, *, limit: int | None = None, quotes: int = 2) -> Iterator[Question]:
    """Yield the doubtful pairs of a graph, most likely first, with up to so many quotes of each side.

    Raises ``GraphError`` when the folder is no graph.
    """
    opened = open_graph(graph)
    store = open_store(opened)
    people = _people(opened)
    for pair in itertools.islice(records.pairs(opened), limit):
        left, right = (_quotes(store, key, people.get(key), quotes) for key in (pair.left, pair.right))
        yield Question(pair, left, right)


def _people(graph: GraphFolder) -> dict[str, str]:
    """Return the IRIs of the people whom pairs of linking keys ask about: is it one career?"""
    asked = {key for pair in records.pairs(graph) if pair.kind == "career" for key in (pair.left, pair.right)}
    if not asked:
        return {}
    return {key: entity.iri for entity in records.entities(graph) for key in entity.keys if key in asked}


def _quotes(store: pyoxigraph.Store, key: str, person: str | None, limit: int) -> tuple[Quote, ...]:
    query = _QUOTES % (ids.entity(key), limit)
    if person is not None:
        body = json.dumps(homonyms.body_of(key).lstrip("0123456789"), ensure_ascii=False)
        query = _POSTS % (person, body, limit)
    rows = ask(store, query).table().rows
    return tuple(
        Quote(str(doc), int(str(low)), int(str(high)), " ".join(str(text).split())) for doc, low, high, text in rows
    )
