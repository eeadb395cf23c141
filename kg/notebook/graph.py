"""A graph folder as a Python object: names and questions go in, tables, cards and drawings come out.

Each method calls one function of the stages below and returns what Jupyter shows as a table or a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import networkx
import rdflib

from kg import issues
from kg.errors import QueryError
from kg.explore import export, network
from kg.explore.chart import Chart
from kg.explore.graph import entity_graph
from kg.notebook.answer import Answer
from kg.notebook.entity import Entity
from kg.notebook.frame import Network
from kg.query import facts, passages, search, show, sparql, stats
from kg.query.passages import Passage
from kg.query.questions import registry
from kg.query.questions.question import Quote
from kg.query.show import Card
from kg.query.table import Table
from kg.store import oxigraph, shapes
from kg.store.folder import open_graph


class Graph:
    """One graph folder, ready to be asked; every call reads the graph that is in the folder at that moment."""

    def __init__(self, path: Path | str) -> None:
        """Open a graph; raises ``GraphError`` with advice when the folder holds none."""
        self.path = Path(path)
        open_graph(self.path)

    @property
    def digest(self) -> str:
        """SHA-256 of the sorted N-Quads: the same for the same documents."""
        return open_graph(self.path).digest

    def facts(self) -> Iterator[facts.Fact]:
        """Yield every fact with its quote and offsets."""
        return facts.facts(self.path)

    def sparql(self, query: str) -> Table:
        """Return the rows of a SELECT or ASK query; the prefixes of the ontology are known, numbers are numbers."""
        return sparql.query(self.path, query).table(typed=True)

    def questions(self) -> Table:
        """List the named questions and what each takes."""
        return registry.listing()

    def ask(self, question: str, **parameters: object) -> Answer:
        """Return the rows of a named question, each with its quotes: ``graph.ask("documents", place="株洲市")``."""
        found = registry.answer(self.path, question, **parameters)
        return Answer(found.question, found.rows, self.path, total=found.total, cut=found.cut)

    def chart(self, question: str = "series", **parameters: object) -> Chart:
        """Draw the answer to a question over the years: ``graph.chart(place="株洲市", indicator="粮食产量")``."""
        return self.ask(question, **parameters).chart()

    def entity(self, name: str) -> Entity:
        """Return the thing with a name, an alias or an IRI: its posts, facts and neighbours."""
        return Entity(self.path, name)

    def passage(self, document: str, start: int, end: int) -> Passage:
        """Return characters of a document in their sentence."""
        if start >= end:
            raise QueryError(f"[{start}:{end}] is no stretch of a document; the end comes after the start")
        return passages.passages(self.path, [Quote("", document, start, end)])[0]

    def show(self, name: str) -> Card:
        """Return everything known of the thing with a name, an alias or an IRI."""
        return show.show(self.path, name)

    def search(self, text: str, type: str | None = None, place: str | None = None, limit: int = 20) -> Table:
        """Return the things whose names are most like some words: Chinese, pinyin, initials or English."""
        return search.table(search.search(self.path, text, type, place, limit))

    def stats(self) -> Table:
        """Count what is in the graph, by type."""
        return stats.stats(self.path)

    def issues(self) -> Table:
        """List what was not read or not understood, with place and reason."""
        found = issues.read(open_graph(self.path).records / "issues.jsonl")
        columns = ("stage", "kind", "path", "start", "end", "text", "message")
        return Table(columns, tuple(tuple(issue.to_dict()[column] for column in columns) for issue in found))

    def validate(self) -> shapes.Report:
        """Check the graph against the shapes of the ontology."""
        return shapes.validate(open_graph(self.path))

    def network(
        self, around: str | None = None, *, depth: int = 1, limit: int = 300, file: Path | str | None = None
    ) -> Network:
        """Return the most connected things, or those ``around`` a name, as networkx and as a drawing.

        The drawing is written to ``file`` as well when one is given.
        """
        found = Network(network.choose(self.path, around=around, depth=depth, limit=limit))
        if file is not None:
            found.save(file)
        return found

    def export(self, form: str, file: Path | str) -> None:
        """Write the whole graph to a file: nq, ttl, trig, jsonld, graphml, gexf or csv."""
        with Path(file).open("wb") as stream:
            export.export(self.path, form, stream)

    def dataset(self) -> rdflib.Dataset:
        """Return the graph as an rdflib dataset; its default graph is the union of all."""
        return oxigraph.dataset(open_graph(self.path))

    def networkx(self) -> networkx.MultiDiGraph[str]:
        """Return all things and what is said between them as a networkx graph; ``network`` draws a part of it."""
        return entity_graph(self.path)

    def __repr__(self) -> str:
        manifest = open_graph(self.path).manifest
        return f"<Graph {self.path}: {manifest.get('documents', 0):,} documents, {manifest['quads']:,} quads>"
