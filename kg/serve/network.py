"""What the network page asks of a graph, run in worker processes: see ``kg.serve.calls``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph

from kg import ids
from kg.atlas import Atlas, open_atlas
from kg.explore import single, viewed
from kg.explore import view as views
from kg.explore.graph import decided, told_of
from kg.query import search
from kg.query.sparql import ask
from kg.store.folder import open_graph
from kg.store.oxigraph import open_store


def network(
    graph: Path,
    focus: Sequence[str],
    depth: int,
    limit: int,
    filters: Mapping[str, Any],
    keep: Sequence[int],
    layout: str = "",
) -> dict[str, Any]:
    """Return a part of the network; unless ``layout`` is ``map``, a small one is laid out for itself."""
    narrowed = views.Filters(**{**filters, "types": tuple(filters.get("types", ()))})
    found = views.view(_atlas(graph), focus, depth=depth, limit=limit, filters=narrowed, keep=keep)
    return _placed(graph, found, layout)


def paths(graph: Path, source: str, target: str, layout: str = "") -> dict[str, Any]:
    """Return the shortest paths between two things."""
    return _placed(graph, views.paths(_atlas(graph), source, target), layout)


def _placed(graph: Path, view: dict[str, Any], layout: str) -> dict[str, Any]:
    opened = open_graph(graph)
    view["judged"] = sorted(decided(opened).intersection(view["nodes"]["iri"]))
    own = layout != "map" and len(view["nodes"]["id"]) <= views.OWN
    return views.spread(view) | {"own": True} if own else view | {"own": False}


def facts(graph: Path, iri: str, other: str, offset: int, limit: int) -> dict[str, Any]:
    """Return what is said of a thing, or of two together, with quotes, and the names of the other things."""
    store = open_store(open_graph(graph))
    told, total = told_of(store, iri, other=other, offset=offset, limit=limit)
    atlas = _atlas(graph)
    others = sorted({fact["other"] for fact in told})
    things = {thing["iri"]: thing for thing in views.described(atlas, atlas.numbers(others))}
    return {"facts": told, "total": total, "things": _names(store, others) | things}


_NAMES = """SELECT ?e ?name WHERE { VALUES ?e { %s } ?e skos:prefLabel|dcterms:title|rdfs:label ?name }
ORDER BY ?e DESC(LANG(?name)) ?name"""


def _names(store: pyoxigraph.Store, iris: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return the names of what is no thing of the network, as documents and reporters."""
    rows = ask(store, _NAMES % " ".join(f"<{iri}>" for iri in iris)).table().rows
    unnamed = {iri: {"id": -1, "iri": iri, "label": ids.local(iri), "type": "", "area": ""} for iri in iris}
    return unnamed | {
        str(iri): {"id": -1, "iri": str(iri), "label": str(name), "type": "", "area": ""}
        for iri, name in reversed(rows)
    }


def find(graph: Path, words: str, limit: int, type: str = "") -> list[dict[str, Any]]:
    """Return things called so, as the search of every page finds them: by name, pinyin or initials."""
    if not words.strip():
        return []
    atlas = _atlas(graph)
    hits = search.search(graph, words, type or None, None, limit)
    return views.described(atlas, (number for hit in hits for number in atlas.numbers([hit.iri])))


def export(graph: Path, numbers: Sequence[int], form: str, language: str = "zh") -> dict[str, str]:
    """Return the things of a view and what ties them, in a format of ``kg.explore.viewed`` or as a page in one file."""
    if form == "html":
        return {"text": single.of(open_graph(graph), numbers, language=language)}
    return {"text": viewed.export(open_graph(graph), numbers, form)}


def _atlas(graph: Path) -> Atlas:
    return open_atlas(open_graph(graph))


#: Functions by the names under which ``Task.call`` knows them.
CALLS: Mapping[str, Callable[..., Any]] = {
    "network": network,
    "network-paths": paths,
    "network-facts": facts,
    "network-find": find,
    "network-export": export,
}
