from __future__ import annotations

from pathlib import Path

import pytest

from kg.statements import codes, reference, run, statements
from kg.store import folder, oxigraph, terms
from tests.statements import example


def lines() -> list[bytes]:
    """Return the blobs that a build of the example document hands to the store."""
    extraction = example.EXTRACTION
    return [
        terms.encode(statements(extraction, example.ENTITIES)),
        terms.encode(reference(codes(extraction), example.PLACES.get)),
        terms.encode(run()),
    ]


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> folder.GraphFolder:
    path: Path = tmp_path_factory.mktemp("graph") / "G"
    with folder.build(path) as build:
        for blob in lines():
            build.add(blob)
        (build.records / "note.txt").write_text("kept", "utf-8")
        return build.commit(oxigraph.load, {"documents": 1})
