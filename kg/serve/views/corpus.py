"""What the corpus holds: counts, the newest documents, and the ledger of what was not understood."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg import ontology
from kg.query.questions import registry
from kg.query.stats import stats
from kg.serve.views.reader import Reader, name_of
from kg.serve.views.reader import reader as open_reader

_NEWEST = 8
_LEDGER = "issues.jsonl"


def overview(graph: Path) -> dict[str, Any]:
    """Return the manifest, the newest documents and the kinds of the ledger."""
    reader = open_reader(graph)
    return {
        "digest": reader.folder.digest,
        "manifest": dict(reader.folder.manifest),
        "ontology": ontology.version(),
        "newest": newest(reader),
        "ledger": [list(row) for row in _kinds(str(reader.folder.records / _LEDGER))],
    }


def counts(graph: Path) -> list[list[Any]]:
    """Return (class, Chinese name, English name, number) of what the graph holds."""
    english = {iri.rpartition("#")[2]: label for iri, label in ontology.labels("en").items() if "#" in iri}
    return [[name, chinese, english.get(str(name), name), number] for name, chinese, number in stats(graph).rows]


def newest(reader: Reader) -> list[dict[str, str]]:
    """Return the newest documents of a graph as links."""
    found = reader.store.quads_for_pattern(None, name_of("dcterms:issued"), None, None)
    dated = sorted({(quad.object.value, quad.subject.value) for quad in found}, reverse=True)  # type: ignore[union-attr]
    kind = name_of("lg:SourceDocument")
    sources = (iri for _, iri in dated if kind.value.rpartition("#")[2] in reader.classes(iri))
    return [_placed(reader, iri) for iri, _ in zip(sources, range(_NEWEST), strict=False)]


def _placed(reader: Reader, iri: str) -> dict[str, str]:
    """Return a document as a link with the name of its place: many reports are called the same."""
    area = reader.value(iri, "lg:area")
    return {**reader.source(iri), "area": reader.label(area) if area else ""}


def documents(graph: Path) -> list[dict[str, str]]:
    """Return every document: name, title, date and place."""
    return list(_documents(graph, open_reader(graph).folder.digest))


@lru_cache(maxsize=2)
def _documents(graph: Path, _digest: str) -> tuple[dict[str, str], ...]:
    reader = open_reader(graph)
    rows = registry.answer(graph, "documents").rows
    return tuple(_placed(reader, reader.document(str(row.values[0]))) for row in rows)


def called(graph: Path, text: str, place: str = "", year: str = "", limit: int = 8) -> list[dict[str, str]]:
    """Return the documents whose place, title, name and date hold all the words, newest first.

    >>> words("株洲市 2022年")
    ['株洲市', '2022年']
    """
    wanted = words(text)
    found = [
        one
        for one in documents(graph)
        if wanted
        and all(word in f"{one['area']} {one['title']} {one['document']} {one['date']}".lower() for word in wanted)
        and place in one["area"]
        and one["date"].startswith(year)
    ]
    return sorted(found, key=lambda one: (one["date"], one["title"]), reverse=True)[:limit]


def words(text: str) -> list[str]:
    """Return the words of a search, in small letters."""
    return text.lower().split()


@lru_cache(maxsize=2)
def _lines(file: str) -> tuple[str, ...]:
    path = Path(file)
    return tuple(path.read_text("utf-8").splitlines()) if path.exists() else ()


@lru_cache(maxsize=2)
def _kinds(file: str) -> tuple[tuple[str, str, int], ...]:
    """Count the kinds of the ledger; a line is sorted JSON, so its kind stands where it always does."""
    counter = Counter((issue["stage"], issue["kind"]) for issue in map(json.loads, _lines(file)))
    return tuple(
        (stage, kind, number) for (stage, kind), number in sorted(counter.items(), key=lambda i: (-i[1], i[0]))
    )


def ledger(graph: Path, kind: str = "", offset: int = 0, limit: int = 50) -> dict[str, Any]:
    """Return a part of the ledger, of one kind or of all, each entry with a link to its place."""
    reader = open_reader(graph)
    file = str(reader.folder.records / _LEDGER)
    found = _of_kind(file, kind)
    return {
        "kinds": [list(row) for row in _kinds(file)],
        "kind": kind,
        "total": len(found),
        "offset": offset,
        "issues": [_issue(reader, json.loads(line)) for line in found[offset : offset + limit]],
    }


@lru_cache(maxsize=16)
def _of_kind(file: str, kind: str) -> tuple[str, ...]:
    """Return the lines of a kind."""
    return tuple(line for line in _lines(file) if not kind or json.loads(line)["kind"] == kind)


def _issue(reader: Reader, issue: dict[str, Any]) -> dict[str, Any]:
    start, end = issue.get("start"), issue.get("end")
    document, span = issue.get("document") or "", ""
    if document and start is not None and end is not None:
        span = f"/doc/{document}?char={start},{end}#here"
    return {**issue, "href": span}


def comparable(graph: Path) -> dict[str, Any]:
    """Return pairs worth comparing: documents of one place that follow each other, and industry schemes."""
    rows = registry.answer(graph, "documents").rows
    by_place: dict[str, list[tuple[str, str]]] = {}
    titles = {str(row.values[0]): str(row.values[1] or row.values[0]) for row in rows}
    for document, _, date, area, *_ in (row.values for row in rows):
        by_place.setdefault(str(area or ""), []).append((str(date or ""), str(document)))
    documents = [
        {"place": place, "a": before, "b": after, "titles": [titles[before], titles[after]]}
        for place, told in sorted(by_place.items())
        for (_, before), (_, after) in itertools.pairwise(sorted(told))
        if place
    ]
    schemes = {
        (str(values[0]), str(values[1]), str(values[3]))
        for values in (row.values for row in registry.answer(graph, "scheme-changes").rows)
    }
    return {
        "documents": documents,
        "schemes": [{"place": p, "a": a, "b": b, "titles": [a, b]} for p, a, b in sorted(schemes)],
    }
