"""One thing of a graph as an object: its posts, facts and neighbours, and a card that Jupyter shows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from html import escape
from itertools import groupby
from pathlib import Path

from kg.explore import network
from kg.explore.graph import edges_of
from kg.notebook.frame import Network
from kg.query import passages, show
from kg.query.passages import Passage
from kg.query.show import Card, Line
from kg.query.sparql import ask
from kg.query.table import Table, markup
from kg.store.folder import open_graph
from kg.store.oxigraph import open_store

#: Facts of one kind that the card shows; it says how many more there are.
SHOWN = 12
#: Neighbours named on the card.
NAMED = 15
_CONTEXT = 60
_POSTS = ("任职 post", "成员 holder")
_MENTION = "提及 mention"
_NAMES = """SELECT ?e (MIN(STR(?l)) AS ?name) WHERE { VALUES ?e { %s } ?e skos:prefLabel ?l
  FILTER(LANGMATCHES(LANG(?l), "zh")) } GROUP BY ?e"""


class Entity:
    """One thing with all that is known of it: ``graph.entity("李红")``."""

    def __init__(self, graph: Path, name: str) -> None:
        """Find a thing by name, alias or IRI; raises ``EntityNotFound`` with the nearest names when there is none."""
        self._graph = graph
        self.card: Card = show.show(graph, name)

    @property
    def name(self) -> str:
        """Its name."""
        return self.card.name

    @property
    def iri(self) -> str:
        """Its IRI."""
        return self.card.iri

    @property
    def type(self) -> str:
        """Its class in Chinese."""
        return self.card.type

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its other names."""
        return self.card.aliases

    @property
    def facts(self) -> Table:
        """What is said of it, a row a fact, each with its quote and the place of the quote."""
        return _table(line for line in self.card.facts if line.kind != _MENTION)

    @property
    def mentions(self) -> Table:
        """Where it is named, each with the sentence."""
        return _table(line for line in self.card.facts if line.kind == _MENTION)

    @property
    def posts(self) -> Table:
        """The posts that a person is shown in, or the people shown in the posts of a body."""
        return _table(line for line in self.card.facts if line.kind in _POSTS)

    @cached_property
    def neighbours(self) -> Table:
        """The things it is tied to: by what, in which direction, how often that is said."""
        store = open_store(open_graph(self._graph))
        counts: dict[tuple[str, str, str], int] = {}
        for source, target, edge in edges_of(store, self.iri):
            tie = (edge["kind"], "→", target) if source == self.iri else (edge["kind"], "←", source)
            counts[tie] = counts.get(tie, 0) + 1
        iris = " ".join(f"<{iri}>" for iri in sorted({other for *_, other in counts}))
        names: dict[str, str] = {str(iri): str(name) for iri, name in ask(store, _NAMES % iris).table().rows}
        rows = [(kind, way, names.get(iri, iri), count, iri) for (kind, way, iri), count in counts.items()]
        rows.sort()
        rows.sort(key=lambda row: row[3], reverse=True)
        return Table(("kind", "way", "name", "times", "iri"), tuple(rows))

    def passages(self) -> list[Passage]:
        """Return the quote of each fact in its sentence."""
        return passages.passages(self._graph, [line for line in self.card.facts if line.kind != _MENTION])

    def network(self, *, depth: int = 1, limit: int = 300) -> Network:
        """Draw what is around it."""
        return Network(network.choose(self._graph, around=self.iri, depth=depth, limit=limit))

    def __repr__(self) -> str:
        return f"<Entity {self.name}: {self.type}, {len(self.facts)} facts, {len(self.mentions)} mentions>"

    def __str__(self) -> str:
        return str(self.card)

    def _repr_html_(self) -> str:
        card = self.card
        told = (("又名 also", card.aliases), ("地区 area", card.places), ("同名 same name", card.others))
        head = "".join(f"<p>{what}: {escape('、'.join(values))}</p>" for what, values in told if values)
        kinds = [list(lines) for _, lines in groupby(card.facts, key=lambda line: line.kind)]
        shown = [line for lines in kinds for line in lines[:SHOWN]]
        cells = map(_cells, shown, passages.passages(self._graph, shown, _CONTEXT))
        table = markup(("", "", "原文 quote"), cells, len(shown))
        rest = "".join(_more(lines) for lines in kinds)
        title = f"<h3>{escape(card.name)} <small>{escape(card.type)}</small></h3>"
        return f"{title}{head}{table}{rest}{self._ties()}"

    def _ties(self) -> str:
        names = list(dict.fromkeys(str(row[2]) for row in self.neighbours.rows))
        more = f" 等 {len(names):,}" if len(names) > NAMED else ""
        return f"<p>相关 tied to: {escape('、'.join(names[:NAMED]))}{more}</p>" if names else ""


def _table(lines: Iterable[Line]) -> Table:
    rows = tuple((line.kind, line.text, line.quote, line.document, line.date, line.start, line.end) for line in lines)
    return Table(("kind", "text", "quote", "document", "date", "start", "end"), rows)


def _cells(line: Line, passage: Passage) -> tuple[str, str, str]:
    return escape(line.kind), escape(line.text), f"{passage.html()}<br><small>{escape(passage.source)}</small>"


def _more(lines: list[Line]) -> str:
    left = len(lines) - SHOWN
    return f"<p>{escape(lines[0].kind)}: 还有 {left:,} 条 more</p>" if left > 0 else ""
