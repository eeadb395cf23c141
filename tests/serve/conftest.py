"""A running service for the tests: over the small graph, and over any quads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kg.serve.app import app
from kg.serve.pool import Limits
from kg.store import folder, oxigraph, tables


@pytest.fixture(scope="session")
def client(built: Path) -> Iterator[TestClient]:
    """The service of the small graph."""
    with TestClient(app(built, Limits(seconds=2, rows=5_000))) as found:
        yield found


@pytest.fixture(scope="session")
def graph_of() -> Callable[[Path, bytes], Path]:
    """Make a graph folder of N-Quads lines."""

    def make(path: Path, quads: bytes) -> Path:
        with folder.build(path) as making:
            making.add(quads)
            making.commit(_load, {"documents": 0})
        return path

    return make


def _load(quads: Path, store: Path) -> None:
    """Make the store and the tables of quads."""
    oxigraph.load(quads, store)
    tables.write(quads, store.parent)
