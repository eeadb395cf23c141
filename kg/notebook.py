"""A graph as a Python object, for notebooks and scripts: a graph folder goes in, tables, cards and drawings come out.

Each method calls one function of the stages below and returns what Jupyter shows as a table or a page.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import networkx
import rdflib

from kg import issues
from kg.explore import export, network
from kg.explore.graph import entity_graph
from kg.query import facts, show, sparql, stats
from kg.query.questions import registry
from kg.query.questions.question import Answer
from kg.query.show import Card
from kg.query.table import Table
from kg.store import oxigraph, shapes
from kg.store.folder import open_graph


@dataclass(frozen=True, slots=True)
class Drawing:
    """A network as HTML; Jupyter shows it in a frame."""

    html: str
    height: int = 640

    def _repr_html_(self) -> str:
        # srcdoc: the page travels inside the notebook, and its styles and scripts stay inside the frame.
        source = html.escape(self.html, quote=True)
        return f'<iframe srcdoc="{source}" style="width:100%;height:{self.height}px;border:0" title="network"></iframe>'


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
        """Return the rows of a SELECT or ASK query; the prefixes of the ontology are known."""
        return sparql.query(self.path, query).table()

    def ask(self, question: str, **parameters: object) -> Answer:
        """Return the rows of a named question, each with its quotes: ``graph.ask("documents", place="株洲市")``."""
        return registry.answer(self.path, question, **parameters)

    def show(self, name: str) -> Card:
        """Return everything known of the thing with a name, an alias or an IRI."""
        return show.show(self.path, name)

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
        self, file: Path | str | None = None, *, around: str | None = None, depth: int = 1, limit: int = 300
    ) -> Drawing:
        """Draw the most connected things, or those around a name; written to ``file`` as well when one is given."""
        drawing = Drawing(network.page(self.path, around=around, depth=depth, limit=limit))
        if file is not None:
            Path(file).write_text(drawing.html, "utf-8", newline="\n")
        return drawing

    def export(self, form: str, file: Path | str) -> None:
        """Write the whole graph to a file: nq, ttl, trig, jsonld, graphml, gexf or csv."""
        with Path(file).open("wb") as stream:
            export.export(self.path, form, stream)

    def dataset(self) -> rdflib.Dataset:
        """Return the graph as an rdflib dataset; its default graph is the union of all."""
        return oxigraph.dataset(open_graph(self.path))

    def networkx(self) -> networkx.MultiDiGraph[str]:
        """Return the things and what is said between them as a networkx graph."""
        return entity_graph(self.path)

    def __repr__(self) -> str:
        manifest = open_graph(self.path).manifest
        return f"<Graph {self.path}: {manifest.get('documents', 0):,} documents, {manifest['quads']:,} quads>"
