"""A part of the network for other programs: numbers of things go in, the text of one format comes out.

csv has a row for each tie; graphml and gexf are the same network with positions; ttl has the triples of the things
that lead to each other or to words. The same part gives the same bytes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import networkx
import numpy as np
import pyoxigraph

from kg import ids
from kg.atlas import Atlas, open_atlas
from kg.errors import KgError
from kg.explore.export import clean, write_gexf
from kg.explore.view import drawn
from kg.store.folder import GraphFolder
from kg.store.oxigraph import open_store

COLUMNS = ("source", "label", "target", "kind", "first", "last", "times", "source_iri", "target_iri")


def export(graph: GraphFolder, numbers: Sequence[int], form: str) -> str:
    """Return some things of a graph and what ties them as text; raises ``KgError`` for an unknown format."""
    if form not in FORMATS:
        raise KgError(f"{form}: no format of a view; choose one of {', '.join(FORMATS)}")
    atlas = open_atlas(graph)
    known = np.unique([number for number in numbers if 0 <= number < len(atlas)]).astype(np.int64)
    return FORMATS[form](graph, atlas, drawn(atlas, known))


def network(view: Mapping[str, Any]) -> networkx.MultiDiGraph[str]:
    """Return a view as a networkx graph."""
    made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    nodes, edges = view["nodes"], view["edges"]
    for number, iri in enumerate(nodes["iri"]):
        values = {name: nodes[name][number] for name in ("label", "degree", "mentions", "x", "y", "community")}
        values |= {"type": view["types"][nodes["type"][number]], "area": view["areas"][nodes["area"][number]]}
        values |= {"stage": view["stages"][nodes["stage"][number]]}
        values |= {"first_year": nodes["first"][number], "last_year": nodes["last"][number]}
        made.add_node(iri, **clean(values))
    iris = dict(zip(nodes["id"], nodes["iri"], strict=True))
    names = ("source", "target", "kind", "label", "first", "last", "number")
    for source, target, kind, label, first, last, times in zip(*(edges[name] for name in names), strict=True):
        values = {"label": edges["labels"][label], "kind": view["kinds"][kind], "times": times}
        values |= {"first_year": first, "last_year": last}
        made.add_edge(iris[source], iris[target], **clean(values))
    return made


def _csv(graph: GraphFolder, atlas: Atlas, view: Mapping[str, Any]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    made = network(view)
    for source, target, edge in made.edges(data=True):
        names = made.nodes[source]["label"], edge["label"], made.nodes[target]["label"]
        years = (edge[name] or "" for name in ("first_year", "last_year"))
        writer.writerow((*names, edge["kind"], *years, edge["times"], source, target))
    return "\ufeff" + out.getvalue()  # without it spreadsheets take Chinese for something else


def _graphml(graph: GraphFolder, atlas: Atlas, view: Mapping[str, Any]) -> str:
    out = io.BytesIO()
    networkx.write_graphml_xml(network(view), out)
    return out.getvalue().decode()


def _gexf(graph: GraphFolder, atlas: Atlas, view: Mapping[str, Any]) -> str:
    out = io.BytesIO()
    write_gexf(network(view), out)
    return out.getvalue().decode()


def _ttl(graph: GraphFolder, atlas: Atlas, view: Mapping[str, Any]) -> str:
    store = open_store(graph)
    shown = set(view["nodes"]["iri"])
    triples = {
        quad.triple
        for iri in view["nodes"]["iri"]
        for quad in store.quads_for_pattern(pyoxigraph.NamedNode(iri), None, None)
        if isinstance(quad.object, pyoxigraph.Literal) or _leads(quad, shown)
    }
    data = pyoxigraph.serialize(
        sorted(triples, key=str), format=pyoxigraph.RdfFormat.TURTLE, prefixes=dict(ids.PREFIXES)
    )
    lines = (data or b"").decode().splitlines(keepends=True)
    prefixes = sorted(line for line in lines if line.startswith("@prefix "))  # the engine gives them in any order
    return "".join(prefixes) + "".join(line for line in lines if not line.startswith("@prefix "))


def _leads(quad: pyoxigraph.Quad, shown: set[str]) -> bool:
    """Tell whether a quad leads to a thing of the view, or tells the class of one."""
    value = quad.object.value if isinstance(quad.object, pyoxigraph.NamedNode) else ""
    return value in shown or quad.predicate.value == ids.expand("rdf:type")


FORMATS: dict[str, Callable[[GraphFolder, Atlas, Mapping[str, Any]], str]] = {
    "csv": _csv,
    "graphml": _graphml,
    "gexf": _gexf,
    "ttl": _ttl,
}
