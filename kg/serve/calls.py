"""What the pages ask of a graph, run in worker processes: a graph folder and plain arguments in, plain JSON values out.

A function of this table is named in a ``Task``; its name is the only thing of it that crosses between processes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.query import show
from kg.query.questions import registry
from kg.query.stats import stats
from kg.serve import network, search, views
from kg.store.folder import open_graph


def ask(graph: Path, name: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer of a named question: columns, roles and rows with their quotes."""
    answer = registry.answer(graph, name, **parameters)
    rows = [
        {"values": list(row.values), "quotes": [None if quote is None else asdict(quote) for quote in row.quotes]}
        for row in answer.rows
    ]
    question = answer.question
    return {"name": name, "columns": question.columns, "roles": question.roles, "rows": rows, "note": answer.note}


def card(graph: Path, name: str) -> dict[str, Any]:
    """Return all that is known of one thing."""
    return show.show(graph, name).to_dict()


def summary(graph: Path) -> dict[str, Any]:
    """Return what a graph holds: counts, digest, manifest."""
    opened = open_graph(graph)
    return {
        "digest": opened.digest,
        "manifest": dict(opened.manifest),
        "counts": [list(row) for row in stats(graph).rows],
    }


#: Functions by the names under which ``Task.call`` knows them.
CALLS: Mapping[str, Callable[..., Any]] = {
    "ask": ask,
    "card": card,
    "summary": summary,
    **network.CALLS,
    **views.CALLS,
    **search.CALLS,
}
