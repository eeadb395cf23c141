"""Whole graphs for other programs: a graph folder goes in, bytes of one format come out.

========  ==========================================================================================
nq        sorted N-Quads, the file of the graph as it is
trig      the same with prefixes, one block for each named graph
ttl       the union of all named graphs, each triple once
jsonld    named graphs with the context of ``ontology/context.jsonld``, which stands at the top of the file
graphml   the network of things (``kg.explore.graph``), for yEd, Cytoscape and others
gexf      the same for Gephi
csv       one row a fact, with quote, document and offsets
========  ==========================================================================================

The same graph gives the same bytes. nq, ttl and csv stream; trig and jsonld hold one named graph at a
time; graphml and gexf hold the network.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree import ElementTree

import networkx
import pyoxigraph

from kg import ids
from kg.errors import KgError
from kg.explore import jsonld
from kg.explore.graph import entity_graph
from kg.query.facts import facts
from kg.store.folder import GraphFolder, open_graph
from kg.store.oxigraph import open_store

#: Columns of the table of facts: where, what kind, the slots of all kinds, the quote.
COLUMNS = (
    *("doc", "type", "start", "end", "mention", "name", "iri", "subject", "post", "organisation", "acting"),
    *(
        "object",
        "stage",
        "project_type",
        "indicator",
        "comparator",
        "value",
        "unit",
        "year",
        "scope",
        "modality",
        "quote",
    ),
)
#: Characters that XML 1.0 cannot hold (section 2.2, production Char).
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: The writer of GEXF takes these names for times of a changing network.
_RENAMED = {"start": "char_start", "end": "char_end"}


def export(graph: Path | str, form: str, out: BinaryIO) -> None:
    """Write a graph to a binary file in one of ``FORMATS``.

    Raises ``KgError`` for another format, ``GraphError`` when the folder is no graph.
    """
    if form not in FORMATS:
        raise KgError(f"{form}: no format of export; choose one of {', '.join(FORMATS)}")
    FORMATS[form](open_graph(graph), out)


def _nq(graph: GraphFolder, out: BinaryIO) -> None:
    with graph.quads.open("rb") as stream:
        shutil.copyfileobj(stream, out, 1 << 20)


def _ttl(graph: GraphFolder, out: BinaryIO) -> None:
    pyoxigraph.serialize(_union(graph.quads), out, format=pyoxigraph.RdfFormat.TURTLE, prefixes=ids.PREFIXES)


def _union(file: Path) -> Iterator[pyoxigraph.Triple]:
    """Yield the triples of sorted N-Quads; what stands in several graphs follows itself and is told once."""
    last = None
    for quad in pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.N_QUADS):
        if quad.triple != last:
            last = quad.triple
            yield last


def _trig(graph: GraphFolder, out: BinaryIO) -> None:
    quads = (quad for _, group in _named_graphs(graph) for quad in group)
    pyoxigraph.serialize(quads, out, format=pyoxigraph.RdfFormat.TRIG, prefixes=ids.PREFIXES)


def _jsonld(graph: GraphFolder, out: BinaryIO) -> None:
    jsonld.write(_named_graphs(graph), out)


def _named_graphs(graph: GraphFolder) -> Iterator[tuple[str, list[pyoxigraph.Quad]]]:
    """Yield each named graph with its quads, both sorted."""
    store = open_store(graph)
    for name in sorted(store.named_graphs(), key=str):
        quads = store.quads_for_pattern(None, None, None, name)
        yield name.value, sorted(quads, key=str)


def _graphml(graph: GraphFolder, out: BinaryIO) -> None:
    networkx.write_graphml_xml(_portable(graph), out)


def _gexf(graph: GraphFolder, out: BinaryIO) -> None:
    write_gexf(_portable(graph), out)


def write_gexf(network: networkx.Graph[str], out: BinaryIO) -> None:
    """Write a network as GEXF, the same bytes on any day."""
    writer = networkx.readwrite.gexf.GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(network)
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)  # the day of the export would differ from day to day
    ElementTree.ElementTree(writer.xml).write(out, encoding="utf-8", xml_declaration=True)


def _portable(graph: GraphFolder) -> networkx.MultiDiGraph[str]:
    """Return the network of things with attributes that XML can hold."""
    made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    found = entity_graph(graph.path)
    made.add_nodes_from((node, clean(values)) for node, values in found.nodes(data=True))
    made.add_edges_from((source, target, clean(values)) for source, target, values in found.edges(data=True))
    return made


def clean(values: dict[str, Any]) -> dict[str, Any]:
    """Return attributes as XML can hold them."""
    return {
        _RENAMED.get(name, name): _NOT_XML.sub("", value) if isinstance(value, str) else value
        for name, value in values.items()
    }


def _csv(graph: GraphFolder, out: BinaryIO) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n", extrasaction="raise")
        writer.writeheader()
        writer.writerows(facts(graph.path))
    finally:
        text.detach()  # the file belongs to the caller


FORMATS: dict[str, Callable[[GraphFolder, BinaryIO], None]] = {
    "nq": _nq,
    "ttl": _ttl,
    "trig": _trig,
    "jsonld": _jsonld,
    "graphml": _graphml,
    "gexf": _gexf,
    "csv": _csv,
}
