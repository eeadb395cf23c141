"""The graph as a network of things: a graph folder goes in, a ``networkx.MultiDiGraph`` comes out.

Nodes are things under their IRI, edges are what is said between two things. An edge that a text
supports carries its quote, document and offsets; one without a quote is inferred by resolution
(``所属地区``) or comes from the registry (``位于``). Nodes and edges are sorted, so equal graphs
give equal networks.

Node attributes: ``label``, ``type`` (a label of ``kg.records``, or ``indicator``), ``kind`` (its
class in Chinese), ``aliases``, ``degree`` (different neighbours), ``mentions``, and of the first mention ``quote``,
``document``, ``date``, ``start``, ``end``; projects also have ``stage``, officials ``posts``.

Edge attributes: ``label``, ``kind`` (post, member, relation, target, outcome, area, within, replaced), ``quote``,
``document``, ``date``, ``start``, ``end``. Offsets are -1 where there is no quote: file formats know no missing value.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias, cast

import networkx
import pyoxigraph

from kg import ids, ontology
from kg.atlas.scan import KINDS, PREDICATES, TYPES
from kg.query.sparql import ask
from kg.store.folder import GraphFolder, open_graph
from kg.store.oxigraph import open_store

#: Comparators as signs; the others are told by their Chinese label.
SIGNS = {"=": "=", ">=": "≥", ">": ">", "~": "≈", "<=": "≤", "<": "<"}
_ZH = 'FILTER(LANGMATCHES(LANG(?name), "zh"))'
_NODES = f"""SELECT DISTINCT ?e ?class (STR(?name) AS ?n) WHERE {{
  VALUES ?class {{ {" ".join(TYPES)} }} ?e a ?class ; skos:prefLabel ?name {_ZH} }}"""
_INDUSTRIES = f"""SELECT DISTINCT ?e (skos:Concept AS ?class) (STR(?name) AS ?n) WHERE {{
  ?e skos:inScheme <{ids.concept("industry", "").rstrip("/")}> ; skos:prefLabel ?name {_ZH} }}"""
_ALIASES = 'SELECT DISTINCT ?e (STR(?a) AS ?alias) WHERE { ?e skos:altLabel ?a FILTER(LANGMATCHES(LANG(?a), "zh")) }'
_MENTIONS = "SELECT ?e ?m WHERE { { ?e lg:evidence ?m } UNION { ?x lg:indicator ?e ; lg:evidence ?m } }"
_DATES = "SELECT ?d ?date WHERE { ?d a lg:SourceDocument ; dcterms:issued ?date }"
_QUOTES = """SELECT ?m ?quote ?doc ?date ?start ?end WHERE { VALUES ?m { %s }
  ?m %s ?quote ; oa:hasSource ?d ; oa:hasSelector ?s . ?s oa:start ?start ; oa:end ?end .
  ?d dcterms:identifier ?doc OPTIONAL { ?d dcterms:issued ?date } }"""
_STAGES = f"""SELECT ?e (STR(?name) AS ?stage) ?date ?start WHERE {{
  ?r lg:project ?e ; lg:stage/skos:prefLabel ?name ; lg:statedIn ?d ; lg:evidence/oa:hasSelector/oa:start ?start {_ZH}
  OPTIONAL {{ ?d dcterms:issued ?date }} }}"""
_POSTS = """SELECT DISTINCT ?e (STR(?role) AS ?post) WHERE { ?t org:member ?e ; lg:roleText ?role }"""
_TENURES = """SELECT DISTINCT ?a ?b ?m ("post" AS ?kind) (STR(?role) AS ?what) WHERE {
  ?t org:member ?a ; org:organization ?b ; lg:roleText ?role ; lg:attestedBy/lg:evidence ?m }"""
_STATED = """SELECT DISTINCT ?a ?b ?m ?kind ?what WHERE {
  ?node a lg:Statement ; rdf:subject ?a ; rdf:predicate ?what ; rdf:object ?b ; lg:evidence ?m
  BIND(IF(?what IN (skos:member, dcterms:isPartOf), "member", "relation") AS ?kind) }"""
_PLAIN = """SELECT DISTINCT ?a ?b ("" AS ?m) ?kind ?what WHERE { VALUES (?what ?kind) { (lg:area "area")
  (lg:within "within") (dcterms:isReplacedBy "replaced") } ?a ?what ?b }"""
_MEASURES = """SELECT DISTINCT ?a ?b ?m ?class ?code ?v ?u ?y WHERE { VALUES ?class { lg:Target lg:Outcome }
  ?node a ?class ; lg:subject ?a ; lg:indicator ?b ; lg:comparator ?c ; lg:evidence ?m . ?c skos:notation ?code
  OPTIONAL { ?node lg:value ?v } OPTIONAL { ?node lg:unitText ?u } OPTIONAL { ?node lg:year ?y } }"""
_RANK = {kind: number for number, kind in enumerate(KINDS)}
_CHUNK = 1000  # mentions asked for at once
_FEW_THINGS = 500  # of so many each is asked for, of more all quotes are read

Row = tuple[str, ...]


def entity_graph(graph: Path | str) -> networkx.MultiDiGraph[str]:
    """Return the things of a graph and what is said between them.

    Raises ``GraphError`` when the folder is no graph.
    """
    store = open_store(open_graph(graph))
    made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for iri, attributes in sorted(_nodes(store).items()):
        made.add_node(iri, **attributes)
    edges = [edge for edge in _edges(store) if edge[0] in made and edge[1] in made and edge[0] != edge[1]]
    for subject, target, values in edges:
        made.add_edge(subject, target, **values)
    for iri, attributes in made.nodes(data=True):
        attributes["degree"] = len(set(made.successors(iri)) | set(made.predecessors(iri)))
    return made


def edges_of(store: pyoxigraph.Store, iri: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Return all that is said between one thing and others, without reading the rest of the graph."""
    found = (edge for side in "ab" for edge in _edges(store, f"VALUES ?{side} {{ <{iri}> }}"))
    return [edge for edge in found if edge[0] != edge[1]]


def told_of(
    store: pyoxigraph.Store, iri: str, *, other: str = "", offset: int = 0, limit: int = 200
) -> tuple[list[dict[str, Any]], int]:
    """Return what is said of one thing, or between two, with quotes, so many from an offset; and how much there is.

    Each has ``label``, ``kind``, ``other`` (the IRI of the other thing), ``away`` (whether it is told of the thing
    itself or of the other), and of the quote ``quote``, ``document``, ``date``, ``start``, ``end`` and ``source``,
    the IRI of the document; these are empty where resolution inferred what is said.
    """
    rows = []
    for away, side, far in ((True, "a", "b"), (False, "b", "a")):
        bound = f"VALUES ?{side} {{ <{iri}> }}" + (f" VALUES ?{far} {{ <{other}> }}" if other else "")
        rows += [(kind, label, row[away], span, away) for row, span, kind, label in _told(store, bound)]
    found = [row for row in sorted(set(rows), key=lambda row: (_RANK.get(row[0], 9), row[1:])) if row[2] != iri]
    chosen = found[offset : offset + limit]
    sources = _sources(store, (row[3] for row in chosen if row[3]), "nif:anchorOf")
    told = [
        {"kind": kind, "label": label, "other": far, "away": away, "source": span.partition("#")[0]}
        | sources.get(span, _NO_SOURCE)
        for kind, label, far, span, away in chosen
    ]
    return told, len(found)


def decided(graph: GraphFolder) -> frozenset[str]:
    """Return the IRIs of what people decided about: merged, split or called wrong."""
    return _decided(graph.path, graph.digest)


@lru_cache(maxsize=2)
def _decided(path: Path, _digest: str) -> frozenset[str]:
    store = open_store(open_graph(path))
    return frozenset(iri for (iri,) in _rows(store, "SELECT DISTINCT ?e WHERE { ?e prov:wasInfluencedBy ?j }"))


Quote: TypeAlias = tuple[str, str, int, int, str]  #: words, document, offsets, date


def first_quotes(store: pyoxigraph.Store, things: Collection[str]) -> dict[tuple[str, str], Quote]:
    """Return one quote for each two things that a text ties: of the first span in the order of their IRIs."""
    spans: dict[tuple[str, str], str] = {}
    few = f"VALUES ?a {{ {' '.join(f'<{iri}>' for iri in sorted(things))} }}" if len(things) <= _FEW_THINGS else ""
    for ends, span, _, _ in _told(store, few):
        if span and ends[0] in things and ends[1] in things:
            one, other = sorted(ends)
            spans[one, other] = min(span, spans.get((one, other), span))
    sources = _sources(store, spans.values(), "nif:anchorOf")
    names = ("quote", "document", "start", "end", "date")
    return {pair: cast("Quote", tuple(sources[span][name] for name in names)) for pair, span in spans.items()}


def _rows(store: pyoxigraph.Store, query: str) -> Iterator[Row]:
    for row in ask(store, query).table().rows:
        yield tuple("" if value is None else str(value) for value in row)


def _nodes(store: pyoxigraph.Store) -> dict[str, dict[str, Any]]:
    order = {ids.expand(name): number for number, name in enumerate(TYPES)}
    types = {ids.expand(name): type_ for name, type_ in TYPES.items()} | {ids.expand("skos:Concept"): "industry"}
    found: dict[str, dict[str, Any]] = {}
    rows = [*_rows(store, _NODES), *_rows(store, _INDUSTRIES)]
    for iri, kind, name in sorted(rows, key=lambda row: (row[0], order.get(row[1], len(order)), row[2])):
        label = ontology.labels().get(kind, "产业")
        found.setdefault(
            iri, _empty() | {"label": " ".join(name.split()) or ids.local(iri), "type": types[kind], "kind": label}
        )
    _gather(found, "aliases", _rows(store, _ALIASES))
    _gather(found, "posts", _rows(store, _POSTS))
    _add_stages(found, _rows(store, _STAGES))
    _add_mentions(store, found)
    return found


_NO_SOURCE: dict[str, Any] = {"quote": "", "document": "", "date": "", "start": -1, "end": -1}


def _empty() -> dict[str, Any]:
    return {"aliases": "", "degree": 0, "mentions": 0, **_NO_SOURCE}


def _source(quote: str, document: str, date: str, start: str, end: str) -> dict[str, Any]:
    text = " ".join(quote.split())
    return {"quote": text, "document": document, "date": date, "start": int(start), "end": int(end)}


def _gather(nodes: dict[str, dict[str, Any]], name: str, rows: Iterator[Row]) -> None:
    """Join the different values of each node, sorted, into one attribute."""
    values: dict[str, set[str]] = {}
    for iri, value in rows:
        values.setdefault(iri, set()).add(value)
    for iri in values.keys() & nodes.keys():
        nodes[iri][name] = "、".join(sorted(values[iri] - {nodes[iri]["label"]}))


def _add_stages(nodes: dict[str, dict[str, Any]], rows: Iterator[Row]) -> None:
    """Give each project the stage that the latest document tells."""
    for iri, stage, _, _ in sorted(rows, key=lambda row: (row[0], row[2], int(row[3]), row[1])):
        if iri in nodes:
            nodes[iri]["stage"] = stage


def _add_mentions(store: pyoxigraph.Store, nodes: dict[str, dict[str, Any]]) -> None:
    """Count the mentions of each node, and quote the first: by date of the document, then by place in it."""
    spans: dict[str, set[str]] = {}
    for iri, span in _rows(store, _MENTIONS):
        if iri in nodes:
            spans.setdefault(iri, set()).add(span)
    dates = {row[0]: row[1] for row in _rows(store, _DATES)}
    first: dict[str, list[str]] = {}
    for iri, found in spans.items():
        nodes[iri]["mentions"] = len(found)
        first.setdefault(min(found, key=lambda span: _place(span, dates)), []).append(iri)
    for span, source in _sources(store, first, "nif:sentence/nif:anchorOf").items():
        for iri in first[span]:
            nodes[iri] |= source


def _sources(store: pyoxigraph.Store, spans: Iterable[str], words: str) -> dict[str, dict[str, Any]]:
    """Return quote, document, date and offsets of spans; ``words`` is the path from a span to its quote."""
    wanted = sorted(set(spans))
    found: dict[str, dict[str, Any]] = {}
    for begin in range(0, len(wanted), _CHUNK):
        values = " ".join(f"<{span}>" for span in wanted[begin : begin + _CHUNK])
        found |= {span: _source(*source) for span, *source in _rows(store, _QUOTES % (values, words))}
    return found


def _place(span: str, dates: Mapping[str, str]) -> tuple[str, str, int, int]:
    """Return the date, document and offsets of a span, as ``ids.span`` wrote it; undated documents come last."""
    document, _, position = span.partition("#char=")
    start, _, end = position.partition(",")
    return dates.get(document, "9999"), document, int(start), int(end)


def _edges(store: pyoxigraph.Store, bound: str = "") -> list[tuple[str, str, dict[str, Any]]]:
    """Return all edges; ``bound`` is a pattern that goes before the others."""
    rows = [(*ends, span, kind, label) for ends, span, kind, label in _told(store, bound)]
    sources = _sources(store, (row[2] for row in rows if row[2]), "nif:anchorOf")
    return [
        (subject, target, {"label": label, "kind": kind, **sources.get(span, _NO_SOURCE)})
        for subject, target, span, kind, label in sorted(rows)
    ]


def _told(store: pyoxigraph.Store, bound: str) -> Iterator[tuple[tuple[str, str], str, str, str]]:
    """Yield the two things of each edge, the span of its quote, its kind and its label."""
    labels = ontology.labels() | {ids.expand(name): label for name, label in PREDICATES.items()}
    for query in (_TENURES, _STATED, _PLAIN):
        for subject, target, span, kind, what in _rows(store, _first(query, bound)):
            yield (subject, target), span, kind, labels.get(what, what)
    for subject, target, span, kind, *amount in _rows(store, _first(_MEASURES, bound)):
        name = kind.rsplit("#", 1)[-1].lower()
        yield (subject, target), span, name, _measure(labels[kind], *amount)


def _first(query: str, pattern: str) -> str:
    """Put a pattern before all others of a query."""
    return query.replace("WHERE {", f"WHERE {{ {pattern}", 1)


def _measure(kind: str, code: str, value: str, unit: str, year: str) -> str:
    """Return a target or outcome in a few words: 目标 ≥ 600 家 2022."""
    sign = SIGNS.get(code) or ontology.labels().get(ontology.codes("comparator").get(code, ""), code)
    return " ".join(part for part in (kind, sign, value, unit, year) if part)
