"""Search, reconciliation and quotes as pages and agents call them: a graph and plain arguments in, JSON values out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.atlas import open_atlas
from kg.errors import EntityNotFound
from kg.query import passages, search
from kg.query.questions.question import Asked, Quote
from kg.query.questions.quotes import quotes as spans_quoted
from kg.store.folder import open_graph


def find(
    graph: Path, text: str, type: str | None = None, place: str | None = None, limit: int = 20, year: int | None = None
) -> list[dict[str, Any]]:
    """Return the things whose names are most like some words; with a year those that documents of then name."""
    hits = search.search(graph, text, type, place, limit if year is None else _LOOKED_THROUGH)
    if year is not None:
        hits = _named_in(graph, hits, year)[:limit]
    return [hit.to_dict() for hit in hits]


#: So many hits are looked through for those of a year.
_LOOKED_THROUGH = 500


def _named_in(graph: Path, hits: Sequence[search.Hit], year: int) -> list[search.Hit]:
    """Return the things that are attested from before the end of a year till after its beginning."""
    atlas = open_atlas(open_graph(graph))
    first, last = atlas.column("first"), atlas.column("last")
    found = []
    for hit in hits:
        numbers = atlas.numbers([hit.iri])
        if numbers and 0 < first[numbers[0]] <= year <= last[numbers[0]]:
            found.append(hit)
    return found


def find_each(graph: Path, queries: Mapping[str, Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return what each of several searches finds, by its name."""
    return {name: find(graph, **arguments) for name, arguments in queries.items()}


def find_quoted(
    graph: Path, text: str, type: str | None = None, place: str | None = None, limit: int = 20
) -> list[dict[str, Any]]:
    """Return what a search finds, each thing with a sentence that names it."""
    return [hit | {"quote": _said(graph, hit["iri"])} for hit in find(graph, text, type, place, limit)]


def _said(graph: Path, iri: str) -> dict[str, Any] | None:
    quote = search.evidence(graph, iri)
    return None if quote is None else passage(graph, quote.document, quote.start, quote.end)


def things(graph: Path, iris: Sequence[str]) -> dict[str, Any]:
    """Return what is known at once of some things."""
    return dict(search.things(graph, iris))


def preview(graph: Path, iri: str) -> dict[str, Any]:
    """Return one thing with a sentence that names it."""
    found = search.things(graph, [iri])
    if not found:
        raise EntityNotFound(f"{iri}: nothing in the graph has this address")
    return {"iri": iri, **found[iri], "quote": _said(graph, iri)}


def passage(graph: Path, document: str, start: int, end: int) -> dict[str, Any]:
    """Return characters of a document with the rest of their sentence."""
    return passages.passages(graph, [Quote("", document, start, end)])[0].to_dict()


def quotes(graph: Path, spans: Sequence[str]) -> dict[str, Any]:
    """Return the quotes of spans by their IRIs."""
    found = spans_quoted(Asked(open_graph(graph), {}), spans)
    return {iri: quote.to_dict() for iri, quote in found.items()}


CALLS: Mapping[str, Callable[..., Any]] = {
    "search": find,
    "search_each": find_each,
    "search_quoted": find_quoted,
    "things": things,
    "preview": preview,
    "passage": passage,
    "quotes": quotes,
}
