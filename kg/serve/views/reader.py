"""Look-ups straight in the store: IRIs go in, names, links and quotes come out; each costs microseconds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph

from kg import ids, ontology
from kg.query.questions import nodes
from kg.store.folder import GraphFolder, open_graph
from kg.store.oxigraph import open_store
from kg.store.tables import offsets

#: Classes by what their things look like (``kg.explore.look``); the first that a thing has counts.
LOOK_OF = {
    "Official": "official",
    "PressContributor": "official",
    "PublicBody": "agency",
    "Enterprise": "enterprise",
    "IndustrialPark": "park",
    "AdministrativeDivision": "place",
    "FunctionalZone": "place",
    "Region": "place",
    "IndustryScheme": "scheme",
    "ProjectGroup": "project",
    "Project": "project",
    "Policy": "policy",
    "WorkReport": "policy",
    "Event": "event",
    "Indicator": "indicator",
}
_FOLDERS = {"/def/industry/": "industry", "/def/indicator/": "indicator"}
_SPAN = re.compile(r"(?P<document>.+)#char=(?P<start>\d+),(?P<end>\d+)")
#: Characters shown of a sentence before and after a quote, so that it stands within two lines.
BEFORE, AFTER = 16, 60


@lru_cache(maxsize=4000)
def name_of(prefixed: str) -> pyoxigraph.NamedNode:
    """Return the IRI of a prefixed name as a node."""
    return pyoxigraph.NamedNode(ids.expand(prefixed))


@cache
def class_labels(language: str) -> Mapping[str, str]:
    """Return the labels of classes and properties by IRI."""
    return ontology.labels(language)


def reader(graph: Path) -> Reader:
    """Return the reader of a graph; a graph that is open is given again."""
    return _reader(graph, open_graph(graph).digest)


@lru_cache(maxsize=2)
def _reader(graph: Path, _digest: str) -> Reader:
    return Reader(open_graph(graph))


class Reader:
    """One graph, open for look-ups in all its named graphs; what it looked up does not change."""

    def __init__(self, folder: GraphFolder) -> None:
        """Open a graph."""
        self.folder = folder
        self.store = open_store(folder)

    def values(self, iri: str, predicate: str) -> list[str]:
        """Return the values of a property, sorted."""
        found = self.store.quads_for_pattern(pyoxigraph.NamedNode(iri), name_of(predicate), None, None)
        return sorted({_text(quad.object) for quad in found})

    def value(self, iri: str, predicate: str) -> str:
        """Return one value of a property; empty when there is none."""
        return next(iter(self.values(iri, predicate)), "")

    def subjects(self, predicate: str, iri: str) -> set[str]:
        """Return all that have a thing as the value of a property."""
        found = self.store.quads_for_pattern(None, name_of(predicate), pyoxigraph.NamedNode(iri), None)
        return {quad.subject.value for quad in found if isinstance(quad.subject, pyoxigraph.NamedNode)}

    def called(self, name: str) -> set[str]:
        """Return all things of a name."""
        literals = (pyoxigraph.Literal(name), pyoxigraph.Literal(name, language="zh-hans"))
        quads = (
            quad
            for literal in literals
            for quad in self.store.quads_for_pattern(None, name_of("skos:prefLabel"), literal, None)
        )
        return {quad.subject.value for quad in quads if isinstance(quad.subject, pyoxigraph.NamedNode)}

    def document(self, name: str) -> str:
        """Return the IRI of the document of a name; empty when there is none."""
        quads = self.store.quads_for_pattern(None, name_of("dcterms:identifier"), pyoxigraph.Literal(name), None)
        return min((quad.subject.value for quad in quads if isinstance(quad.subject, pyoxigraph.NamedNode)), default="")

    def label(self, iri: str) -> str:
        """Return the Chinese name of a thing, else the last step of its IRI."""
        found = nodes.label(self.store, iri)
        return ids.local(iri) if found == iri else found

    def english(self, iri: str) -> str:
        """Return the English name of a thing; empty when it has none."""
        return self.said(iri, "skos:prefLabel", "en")

    def said(self, iri: str, predicate: str, language: str) -> str:
        """Return the words of a property in a language; empty when there are none."""
        quads = self.store.quads_for_pattern(pyoxigraph.NamedNode(iri), name_of(predicate), None, None)
        terms = (quad.object for quad in quads)
        return min((t.value for t in terms if isinstance(t, pyoxigraph.Literal) and t.language == language), default="")

    def classes(self, iri: str) -> list[str]:
        """Return the classes of a thing by their short names."""
        return [value.rpartition("#")[2] or ids.local(value) for value in self.values(iri, "rdf:type")]

    def look(self, iri: str) -> str:
        """Return what a thing looks like: a key of ``LOOKS``; empty for the rest."""
        for folder, look in _FOLDERS.items():
            if folder in iri:
                return look
        known = set(self.classes(iri))
        return next((look for kind, look in LOOK_OF.items() if kind in known), "")

    def link(self, iri: str) -> dict[str, str]:
        """Return a thing as a link: its name and address."""
        return {"text": self.label(iri), "href": address(iri)}

    def quote(self, span: str) -> dict[str, Any] | None:
        """Return the quote of a span: its words, those around it in its sentence, and where it stands."""
        found = _SPAN.fullmatch(span)
        if found is None:
            return None
        return self.passage(found["document"], int(found["start"]), int(found["end"]))

    def passage(self, document: str, start: int, end: int, text: str | None = None) -> dict[str, Any]:
        """Return the quote at a place of a document; ``text`` when the words are known."""
        span = f"{document}#char={start},{end}"
        words = text if text is not None else nodes.text(self.store, span, document)
        before, after = self._around(span, document, start, end)
        source = self.source(document)
        return {
            "text": words,
            "before": before,
            "after": after,
            "start": start,
            "end": end,
            "href": f"{source['href']}?char={start},{end}#here",
            **{key: source[key] for key in ("document", "title", "date")},
        }

    def _around(self, span: str, document: str, start: int, end: int) -> tuple[str, str]:
        sentence = nodes.sentence(self.store, span, document)
        first, last = offsets(sentence)
        words = nodes.text(self.store, sentence, document)
        if not first <= start < end <= last or len(words) != last - first:
            return "", ""
        before, after = words[: start - first], words[end - first :]
        return (
            "…" + before[-BEFORE:] if len(before) > BEFORE else before,
            after[:AFTER] + "…" if len(after) > AFTER else after,
        )

    @lru_cache(maxsize=4096)  # noqa: B019 - two readers live at most
    def source(self, document: str) -> dict[str, str]:
        """Return a document as a link with its name, title and date."""
        name = self.value(document, "dcterms:identifier")
        title = self.value(document, "dcterms:title")
        date = self.value(document, "dcterms:issued")
        return {"document": name, "title": title or name, "date": date, "href": address(document)}

    def triples(self, iri: str) -> Iterator[tuple[str, str, str]]:
        """Yield predicate, value and address of the value for all that is said of a thing directly."""
        seen = set()
        for quad in self.store.quads_for_pattern(pyoxigraph.NamedNode(iri), None, None, None):
            value = _text(quad.object)
            named = isinstance(quad.object, pyoxigraph.NamedNode)
            seen.add((quad.predicate.value, value, address(value) if named else ""))
        yield from sorted(seen)


def address(iri: str) -> str:
    """Return the address of a thing in the service; documents have pages of their own, foreign things none."""
    if not iri.startswith(ids.BASE):
        return ""
    path = iri.removeprefix(ids.BASE)
    if path.startswith("id/doc/"):
        document, _, place = path.removeprefix("id/doc/").partition("#char=")
        return f"/doc/{document}?char={place}#here" if place else f"/doc/{document}"
    return f"/{path}" if path.startswith(("id/", "def/", "ont", "graph/")) else ""


def _text(term: object) -> str:
    return term.value if isinstance(term, pyoxigraph.NamedNode | pyoxigraph.Literal) else ""
