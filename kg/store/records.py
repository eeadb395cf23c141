"""The records a build keeps beside the quads: one JSON file a document, and the entities.

They make each stage of a graph readable alone, and are what ``kg facts`` prints.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.records import Entity, Extraction, Pair
from kg.store.folder import GraphFolder

_ENTITIES = "entities.jsonl"
_PAIRS = "pairs.jsonl"


def write_extraction(extraction: Extraction, folder: Path, number: int) -> None:
    """Write the records of one source; they count when ``keep`` is told its number.

    Sources with the same bytes have one id, and two workers may read them at once: which of them
    is kept is decided by the one who sees all, not by who is quicker.
    """
    _part(folder, extraction.document.id, number).write_text(_json(extraction.to_dict()), "utf-8")


def keep(folder: Path, document: str, number: int) -> None:
    """Make the records of a source those of its document."""
    _part(folder, document, number).replace(folder / f"{document}.json")


def drop_copies(folder: Path) -> None:
    """Remove the records that were not kept."""
    for part in folder.glob("*.part"):
        part.unlink()


def _part(folder: Path, document: str, number: int) -> Path:
    return folder / f"{document}.{number}.part"


def read_extraction(file: Path) -> Extraction:
    """Read the records of one document back."""
    return Extraction.from_dict(json.loads(file.read_text("utf-8")))


def extractions(graph: GraphFolder) -> Iterator[Extraction]:
    """Yield the records of all documents of a graph, in the order of their paths; one at a time in memory."""
    paths = sorted((_path(file), file) for file in graph.records.glob("*.json"))
    return (read_extraction(file) for _, file in paths)


def _path(file: Path) -> str:
    return str(json.loads(file.read_text("utf-8"))["document"]["path"])


def write_entities(entities: Iterable[Entity], folder: Path) -> None:
    """Write entities as JSON lines; they come sorted by key, one at a time."""
    with (folder / _ENTITIES).open("w", encoding="utf-8") as stream:
        for entity in entities:
            stream.write(_json(entity.to_dict()) + "\n")


def read_entities(folder: Path) -> Iterator[Entity]:
    """Yield the entities in a folder of records."""
    with (folder / _ENTITIES).open(encoding="utf-8") as stream:
        for line in stream:
            yield Entity.from_dict(json.loads(line))


def entities(graph: GraphFolder) -> Iterator[Entity]:
    """Yield the entities of a graph, sorted by key."""
    return read_entities(graph.records)


def write_pairs(pairs: Iterable[Pair], folder: Path) -> None:
    """Write the doubtful pairs as JSON lines, most likely first."""
    with (folder / _PAIRS).open("w", encoding="utf-8") as stream:
        for pair in pairs:
            stream.write(_json(pair.to_dict()) + "\n")


def pairs(graph: GraphFolder) -> Iterator[Pair]:
    """Yield the doubtful pairs of a graph; none for a graph of an older version."""
    file = graph.records / _PAIRS
    if not file.exists():
        return
    with file.open(encoding="utf-8") as stream:
        for line in stream:
            yield Pair.from_dict(json.loads(line))


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def source(folder: Path, identifier: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the text of a document, and where its sentences start and end; empty when it has no records."""
    file = folder / f"{identifier}.json"
    if not file.is_file():
        return "", ()
    data = json.loads(file.read_text("utf-8"))
    return data["document"]["text"], tuple((item["start"], item["end"]) for item in data["sentences"])
