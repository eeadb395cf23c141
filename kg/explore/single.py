"""The network of the service as one file: a graph folder goes in, HTML comes out that opens without a network.

The same drawing as the page of ``kg serve``, for more things than pyvis can draw. The file holds the view, the first
quote of every tie, the script and the styles; its content policy lets nothing else run, and nothing be fetched.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2

from kg import ids
from kg.atlas import open_atlas
from kg.errors import KgError
from kg.explore import BUILT
from kg.explore.graph import first_quotes
from kg.explore.view import OWN, looks, spread, view
from kg.query.show import find
from kg.store.folder import open_graph
from kg.store.oxigraph import open_store

_TEMPLATES = Path(__file__).parent / "templates"
_LONGEST = 160  #: characters of a quote


def page(graph: Path | str, *, around: str | None = None, depth: int = 1, limit: int = 10_000) -> str:
    """Return the most connected things of a graph, or those around a name, as HTML.

    Raises ``EntityNotFound`` with the nearest names when nothing is called so.
    """
    opened = open_graph(graph)
    atlas, store = open_atlas(opened), open_store(opened)
    focus = [iri for iri, _, _ in find(store, around) if atlas.numbers([iri])] if around else []
    found = view(atlas, focus, depth=depth, limit=limit)
    shown = spread(found) if len(found["nodes"]["id"]) <= OWN else found
    iris = dict(zip(shown["nodes"]["iri"], shown["nodes"]["id"], strict=True))
    told = {
        "{}-{}".format(*sorted((iris[source], iris[target]))): values
        for (source, target), values in first_quotes(store, iris).items()
    }
    settings = {
        "looks": looks(),
        "language": "zh",
        "base": ids.BASE,
        "digest": opened.digest,
        "view": shown,
        "told": {key: [quote[:_LONGEST], *rest] for key, (quote, *rest) in told.items()},
    }
    return filled(settings, heading=around or "", documents=int(opened.manifest.get("documents", 0)))


def filled(settings: Mapping[str, Any], *, heading: str, documents: int) -> str:
    """Return the page with all it needs inside."""
    try:
        script = (BUILT / "network.js").read_text("utf-8").replace("</script", "<\\/script")
        style = (_TEMPLATES / "file.css").read_text("utf-8") + (BUILT / "network.css").read_text("utf-8")
    except FileNotFoundError as error:
        raise KgError("the front end is not built; install lgkg again, or run: python hatch_build.py") from error
    data = json.dumps(settings, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True)
    return environment.get_template("single.html").render(
        script=script,
        style=style,
        data=data,
        heading=heading,
        documents=documents,
        digest=settings["digest"][:12],
        policy=f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data: blob:",
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
