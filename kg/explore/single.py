"""The network of the service as one file: a graph folder goes in, HTML comes out that opens without a network.

The same drawing as the page of ``kg serve``, for more things than pyvis can draw. The file holds the view, the first
quote of every tie, the script and the styles; its content policy lets nothing else run, and nothing be fetched.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
import numpy as np

from kg import ids
from kg.atlas import open_atlas
from kg.errors import KgError
from kg.explore import BUILT
from kg.explore.graph import decided, first_quotes
from kg.explore.view import OWN, drawn, looks, spread, view
from kg.query.show import find
from kg.store.folder import GraphFolder, open_graph
from kg.store.oxigraph import open_store

_TEMPLATES = Path(__file__).parent / "templates"
_LONGEST = 160  #: characters of a quote


def page(
    graph: Path | str, *, around: str | None = None, depth: int = 1, limit: int = 10_000, language: str = "zh"
) -> str:
    """Return the most connected things of a graph, or those around a name, as HTML.

    Raises ``EntityNotFound`` with the nearest names when nothing is called so.
    """
    opened = open_graph(graph)
    atlas, store = open_atlas(opened), open_store(opened)
    focus = [iri for iri, _, _ in find(store, around) if atlas.numbers([iri])] if around else []
    return _page(opened, view(atlas, focus, depth=depth, limit=limit), around or "", language)


def of(graph: GraphFolder, numbers: Sequence[int], *, language: str = "zh") -> str:
    """Return some things of the network of a graph as HTML: a view as it is."""
    atlas = open_atlas(graph)
    known = np.unique([number for number in numbers if 0 <= number < len(atlas)]).astype(np.int64)
    return _page(graph, drawn(atlas, known) | {"all": len(atlas)}, "", language)


def _page(graph: GraphFolder, found: dict[str, Any], heading: str, language: str) -> str:
    shown = spread(found) if len(found["nodes"]["id"]) <= OWN else found
    shown["judged"] = sorted(decided(graph).intersection(shown["nodes"]["iri"]))
    iris = dict(zip(shown["nodes"]["iri"], shown["nodes"]["id"], strict=True))
    told = {
        "{}-{}".format(*sorted((iris[source], iris[target]))): values
        for (source, target), values in first_quotes(open_store(graph), iris).items()
    }
    names = zip(shown["nodes"]["id"], shown["nodes"]["label"], strict=True)
    settings = {
        "looks": looks(),
        "language": language,
        "base": ids.BASE,
        "digest": graph.digest,
        "view": shown,
        "keys": {str(number): " ".join(keys(label)[1:]) for number, label in names},
        "told": {key: [quote[:_LONGEST], *rest] for key, (quote, *rest) in told.items()},
    }
    return filled(settings, heading=heading, documents=int(graph.manifest.get("documents", 0)))


def keys(name: str) -> list[str]:
    """Return what finds a name: itself, its pinyin and the initials: 李红, ``lihong``, ``lh``."""
    syllables = ids.slug(name, "-")
    found = (name.lower().replace(" ", ""), syllables.replace("-", ""))
    return list(dict.fromkeys((*found, "".join(part[0] for part in syllables.split("-") if part))))


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
        language=settings["language"],
        documents=documents,
        digest=settings["digest"][:12],
        policy=f"default-src 'none'; script-src {allowed(script)}; style-src {allowed(style)}; img-src data: blob:",
    )


def allowed(text: str) -> str:
    """Return how a content policy allows one inline script or style: by its hash."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
