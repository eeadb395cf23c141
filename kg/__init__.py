"""kg: a knowledge graph of plans, projects and people.

::

    import kg

    kg.build_graph(["corpus/documents"], "graph")
    graph = kg.open("graph")
    graph.stats()

Names are loaded when they are first used, so ``import kg`` is quick and loads no spaCy and no RDF library. The
function that builds is ``build_graph``, because ``kg.build`` is the module it comes from.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.build import BuildReport
    from kg.build import build as build_graph
    from kg.documents import read as read_document
    from kg.errors import KgError
    from kg.extract.pipeline import extract as extract_document
    from kg.notebook import Graph
    from kg.notebook import Graph as open
    from kg.query.show import Card
    from kg.query.table import Table
    from kg.records import Document, Extraction, Issue

__version__ = "0.1.0"

__all__ = [
    "BuildReport",
    "Card",
    "Document",
    "Extraction",
    "Graph",
    "Issue",
    "KgError",
    "Table",
    "__version__",
    "build_graph",
    "extract_document",
    "open",
    "read_document",
]

#: Public name -> module and name in it.
_HOMES = {
    "BuildReport": ("kg.build", "BuildReport"),
    "Card": ("kg.query.show", "Card"),
    "Document": ("kg.records", "Document"),
    "Extraction": ("kg.records", "Extraction"),
    "Graph": ("kg.notebook", "Graph"),
    "Issue": ("kg.records", "Issue"),
    "KgError": ("kg.errors", "KgError"),
    "Table": ("kg.query.table", "Table"),
    "build_graph": ("kg.build", "build"),
    "extract_document": ("kg.extract.pipeline", "extract"),
    "open": ("kg.notebook", "Graph"),
    "read_document": ("kg.documents", "read"),
}


def __getattr__(name: str) -> Any:
    """Load a public name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    module, original = _HOMES[name]
    value = globals()[name] = getattr(importlib.import_module(module), original)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
