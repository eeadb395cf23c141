"""Graphs that questions are asked of, built once: the reference documents where they are, and our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import resources
from kg.build import build

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the five reference documents."""
    if not SEEDS.is_dir():
        pytest.skip("the reference documents are not beside this checkout")
    graph = tmp_path_factory.mktemp("seeds") / "graph"
    build([SEEDS], graph, workers=1)
    return graph


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the documents written for this project."""
    graph = tmp_path_factory.mktemp("corpus") / "graph"
    build([resources.path("corpus", "documents")], graph, workers=1)
    return graph
