"""Everything known of one thing, each fact with its quote."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from typing import Any

import pyoxigraph

from kg import ontology
from kg.errors import EntityNotFound
from kg.extract.entities import bodies, enterprises, parks, places
from kg.extract.reading import Reading
from kg.query.sparql import ask
from kg.records import Document
from kg.store.folder import open_graph
from kg.store.oxigraph import open_store


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One fact about the thing: what it says, the quote, and where the quote stands."""

    kind: str
    text: str
    date: str
    document: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Card:
    """One thing with all that is known of it."""

    iri: str
    name: str
    type: str
    aliases: tuple[str, ...]
    places: tuple[str, ...]
    facts: tuple[Line, ...]
    others: tuple[str, ...] = ()  #: IRIs of other things of the same name

    def to_dict(self) -> dict[str, Any]:
        """Return the card as JSON values."""
        return asdict(self)

    def __str__(self) -> str:
        """Return the card for reading: a head, then a fact with its quote every two lines."""
        head = [f"{self.name}  {self.type}", self.iri]
        if self.aliases:
            head.append("又名 also: " + "、".join(self.aliases))
        if self.places:
            head.append("地区 area: " + "、".join(self.places))
        if self.others:
            head.append("同名 same name: " + " ".join(self.others))
        lines = [
            f"· {fact.kind}  {fact.text}\n  “{fact.quote}” — {fact.document} {fact.date} [{fact.start}:{fact.end}]"
            for fact in self.facts
        ]
        return "\n".join([*head, "", *lines])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(fact.kind)}</td><td>{escape(fact.text)}</td><td><q>{escape(fact.quote)}</q></td>"
            f"<td>{escape(fact.document)} {escape(fact.date)} [{fact.start}:{fact.end}]</td></tr>"
            for fact in self.facts
        )
        told = (("又名 also", self.aliases), ("地区 area", self.places), ("同名 same name", self.others))
        head = "".join(f"<p>{what}: {escape('、'.join(values))}</p>" for what, values in told if values)
        return f"<h3>{escape(self.name)} <small>{escape(self.type)}</small></h3>{head}<table>{rows}</table>"


_NAMED = """SELECT DISTINCT ?e ?kind (STR(?label) AS ?name) WHERE {
  VALUES ?name_as { %s } ?e %s ?name_as ; skos:prefLabel ?label ; a ?kind FILTER(LANGMATCHES(LANG(?label), "zh")) }
ORDER BY ?e"""
_ALL_NAMES = "SELECT DISTINCT (STR(?l) AS ?name) WHERE { ?e lg:mentionedIn ?d ; skos:prefLabel ?l }"
_WHERE = """
  ?node lg:evidence ?m ; lg:statedIn ?d . ?m oa:hasSelector ?s ; nif:anchorOf ?quote .
  ?s oa:start ?start ; oa:end ?end . ?d dcterms:identifier ?doc . OPTIONAL { ?d dcterms:issued ?date }"""
_MEASURE = """
  { ?node lg:subject ?x } UNION { ?node lg:attributedTo ?x } UNION { ?node lg:indicator ?x }
  ?node a %s ; lg:indicator/skos:prefLabel ?i ; lg:comparator/skos:notation ?c . WHERE
  OPTIONAL { ?node lg:value ?v } OPTIONAL { ?node lg:unitText ?u } OPTIONAL { ?node lg:year ?y }
  OPTIONAL { ?node lg:subject/skos:prefLabel ?sub }
  BIND(CONCAT(COALESCE(STR(?sub), ""), " ", STR(?i), " ", STR(?c), " ", COALESCE(STR(?v), ""),
    COALESCE(STR(?u), ""), COALESCE(CONCAT(" ", STR(?y)), "")) AS ?text)"""
#: kind of fact -> the pattern that finds its node and words; ``?x`` is the thing asked for, ``WHERE`` the place of
#: ``_WHERE``: before every OPTIONAL, because behind one the engine reads all evidence of the graph (48 s for a large
#: city of the graph of 437 reports, 7 s so).
_FACTS = {
    "任职 post": """
  ?t org:member ?x ; lg:attestedBy ?node ; lg:post/skos:prefLabel ?p ; lg:tenureMode/skos:prefLabel ?mode . WHERE
  FILTER(LANGMATCHES(LANG(?mode), "zh")) BIND(CONCAT(STR(?p), "（", STR(?mode), "）") AS ?text)""",
    "成员 holder": """
  ?t org:organization ?x ; lg:attestedBy ?node ; org:member/skos:prefLabel ?who ; lg:roleText ?role . WHERE
  BIND(CONCAT(STR(?role), " ", STR(?who)) AS ?text)""",
    "阶段 stage": """
  ?node lg:project ?x ; lg:stage/skos:prefLabel ?stage . WHERE
  FILTER(LANGMATCHES(LANG(?stage), "zh")) BIND(STR(?stage) AS ?text)""",
    "目标 target": _MEASURE % "lg:Target",
    "实绩 outcome": _MEASURE % "lg:Outcome",
    "构成 has": """
  ?node rdf:subject ?x ; a lg:Statement ; rdf:predicate ?p ; rdf:object/skos:prefLabel ?o . WHERE
  OPTIONAL { ?p rdfs:label ?pl FILTER(LANGMATCHES(LANG(?pl), "zh")) }
  BIND(CONCAT(COALESCE(STR(?pl), "含"), " ", STR(?o)) AS ?text)""",
    "属于 in": """
  ?node rdf:object ?x ; a lg:Statement ; rdf:subject/skos:prefLabel ?o . WHERE BIND(STR(?o) AS ?text)""",
}
_MENTIONS = """SELECT ("提及 mention" AS ?kind) ?text ?date ?doc ?start ?end ?quote WHERE {
  ?x lg:evidence ?m . ?m oa:hasSource ?d ; oa:hasSelector ?s ; nif:anchorOf ?text ; nif:sentence/nif:anchorOf ?quote .
  ?s oa:start ?start ; oa:end ?end . ?d dcterms:identifier ?doc OPTIONAL { ?d dcterms:issued ?date } }"""
_ALIASES = "SELECT DISTINCT (STR(?a) AS ?b) WHERE { ?x skos:altLabel ?a } ORDER BY ?b"
_AREAS = """SELECT DISTINCT (STR(?l) AS ?b) WHERE {
  ?x lg:area|lg:within ?p . ?p skos:prefLabel ?l FILTER(LANGMATCHES(LANG(?l), "zh")) } ORDER BY ?b"""
_BY_IRI = "SELECT ?e ?kind (STR(?l) AS ?name) WHERE { BIND(?x AS ?e) ?x skos:prefLabel ?l ; a ?kind } ORDER BY ?kind"


def show(graph: Path | str, name: str) -> Card:
    """Return all that a graph knows of the thing with a name, an alias or an IRI.

    Raises ``EntityNotFound`` with the nearest names when nothing is called so.
    """
    store = open_store(open_graph(graph))
    found = find(store, name)
    iri, kind, label = found[0]
    others = tuple(sorted({other for other, _, _ in found} - {iri}))
    facts = sorted(_facts(store, iri), key=lambda line: (line.kind.startswith("提及"), line))
    aliases, places = (_strings(store, query, iri) for query in (_ALIASES, _AREAS))
    return Card(iri, label, kind, aliases, places, tuple(facts), others)


def _of(query: str, iri: str) -> str:
    """Put the thing asked for in the place of ``?x``."""
    return query.replace("?x", f"<{iri}>")


def _strings(store: pyoxigraph.Store, query: str, iri: str) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in ask(store, _of(query, iri)).table().rows)


def find(store: pyoxigraph.Store, name: str) -> list[tuple[str, str, str]]:
    """Return IRI, type and name of each thing with a name, an alias or an IRI.

    A name that nothing has is read as documents are: 株洲市科技局 means 株洲市科学技术局. Raises ``EntityNotFound``
    with the nearest names when nothing is called so.
    """
    found = list(_find(store, name))
    for full in () if found or _IRI.fullmatch(name) else full_names(name):
        found = found or list(_find(store, full))
    if not found:
        raise EntityNotFound(_advice(store, name))
    return found


def _find(store: pyoxigraph.Store, name: str) -> Iterator[tuple[str, str, str]]:
    labels = ontology.labels()
    quoted = str(pyoxigraph.Literal(name))
    values = f"{quoted} {quoted}@zh-hans {quoted}@en"
    queries = [_NAMED % (values, predicate) for predicate in ("skos:prefLabel", "skos:altLabel")]
    if _IRI.fullmatch(name):
        queries = [_of(_BY_IRI, name)]
    for query in queries:
        rows = ask(store, query).table().rows
        for iri, kind, label in rows:
            yield str(iri), labels.get(str(kind), str(kind).rsplit("#", 1)[-1]), str(label)
        if rows:
            return


#: Finders of what is known by short names; the others are called in full, or as documents do.
_SHORTENED = {"agency": bodies.find, "park": parks.find, "enterprise": enterprises.find, "place": places.find}


def full_names(name: str) -> list[str]:
    """Return the full names that a short name stands for, when all of it is one name.

    >>> full_names("株洲市科技局"), full_names("株洲高新区")
    (['株洲市科学技术局'], ['株洲高新技术产业开发区'])
    """
    reading = Reading(Document("", name, name), _SHORTENED)
    found = [item for label in _SHORTENED for item in reading.found(label)]
    whole = (item.name for item in found if (item.start, item.end) == (0, len(name)))
    return list(dict.fromkeys(full for full in whole if full != name))


_IRI = re.compile(r"https?://[^\s<>\"{}|^`\\]+")


def _facts(store: pyoxigraph.Store, iri: str) -> Iterator[Line]:
    for kind, pattern in _FACTS.items():
        found = _of(pattern.replace("WHERE", _WHERE), iri)
        query = f"SELECT DISTINCT ?text ?date ?doc ?start ?end ?quote WHERE {{ {found} }}"
        for row in ask(store, query).table().rows:
            yield _line(kind, row)
    for row in ask(store, _of(_MENTIONS, iri)).table().rows:
        yield _line(str(row[0]), row[1:])


def _line(kind: str, row: tuple[object, ...]) -> Line:
    text, date, document, start, end, quote = ("" if value is None else str(value) for value in row)
    return Line(kind, " ".join(text.split()), date, document, int(start), int(end), " ".join(quote.split()))


def _advice(store: pyoxigraph.Store, name: str) -> str:
    names = [str(row[0]) for row in ask(store, _ALL_NAMES).table().rows]
    near = difflib.get_close_matches(name, names, n=5, cutoff=0.4) or [item for item in names if name in item][:5]
    hint = f"; did you mean {'、'.join(near)}?" if near else "; see kg facts for the names in the graph"
    return f"{name}: nothing in the graph is called so{hint}"
