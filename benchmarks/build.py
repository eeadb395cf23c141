"""A whole build and validation: seconds by stage, characters and quads a second, memory; on request where time goes."""

from __future__ import annotations

import argparse
import cProfile
import pstats
import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from kg import documents
from kg.build import BuildReport, build
from kg.extract.pipeline import extract
from kg.records import Document, Entity, Extraction
from kg.resolve.namings import encode, namings
from kg.resolve.people import settle
from kg.resolve.relational import link
from kg.statements import statements
from kg.store import terms
from kg.store.folder import open_graph
from kg.store.shapes import validate

Result = TypeVar("Result")
DEFAULT = Path(__file__).resolve().parents[1].parent / "shared" / "reports"


def megabytes(who: int) -> int:
    """Return the most memory that this process, or its largest child, has had."""
    return resource.getrusage(who).ru_maxrss // 1024


def chosen(folder: Path, size: int, seed: int) -> list[Path]:
    """Return the folder, or some of its files chosen by a seed."""
    files = [source.path for source in documents.find([folder])[0]]
    return random.Random(seed).sample(files, size) if 0 < size < len(files) else [folder]


def show(report: BuildReport, graph: Path, check: bool) -> None:
    """Print the figures of a build."""
    print(f"{report.documents:,} documents, {report.characters:,} characters, {report.listed:,} issues")
    print(f"{report.quads:,} quads, {report.entities:,} entities, digest {report.digest[:16]}")
    for stage, seconds in report.timings.items():
        print(f"{stage:24}{seconds:10.2f} s{100 * seconds / report.seconds:6.0f} %")
    print(f"{'in all':24}{report.seconds:10.2f} s{report.characters / report.seconds:12,.0f} characters/s")
    print(f"{'peak memory':24}{megabytes(resource.RUSAGE_SELF):10,} MB in the build itself")
    print(f"{'':24}{megabytes(resource.RUSAGE_CHILDREN):10,} MB in the largest worker")
    size = sum(file.stat().st_size for file in graph.rglob("*") if file.is_file())
    print(f"{'on disk':24}{size / 1e6:10,.0f} MB")
    if check:
        started = time.perf_counter()
        found = validate(open_graph(graph))
        verdict = "conforms" if found.conforms else "does not conform"
        print(f"{'validation':24}{time.perf_counter() - started:10.2f} s  {verdict}, by {found.engine}")


def profile(paths: list[Path]) -> None:
    """Do the stages of a build one after the other in this process, and print where the time of each goes."""
    found = [item for item in documents.read_all(paths) if isinstance(item, Document)]
    settle(extract(found[0]))  # loads tables and expressions
    read = _profiled("read and extract", lambda: [settle(extract(document)) for document in found])
    by_key = _profiled("link", lambda: linked(read))
    _profiled("quads", lambda: [terms.encode(statements(item, by_key)) for item in read])


def linked(read: list[Extraction]) -> dict[str, Entity]:
    """Return the entities of extractions by linking key."""
    with tempfile.TemporaryDirectory(prefix="kg-benchmark-") as place:
        said = Path(place, "said.jsonl")
        said.write_bytes(b"".join(encode(item.document.id, namings(item)) for item in read))
        with link(said, Path(place)) as linking:
            return {key: entity for entity in linking.entities() for key in entity.keys}


def _profiled(stage: str, work: Callable[[], Result]) -> Result:
    profiler = cProfile.Profile()
    result = profiler.runcall(work)
    print(f"--- {stage}")
    stats = pstats.Stats(profiler)
    stats.sort_stats("cumulative").print_stats("kg/", 25)
    stats.sort_stats("tottime").print_stats(15)
    return result


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--sample", type=int, default=0, help="how many documents; 0 for all")
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--workers", type=int)
    parser.add_argument("--no-validation", action="store_true")
    parser.add_argument("--profile", action="store_true", help="profile one process instead of building")
    arguments = parser.parse_args()
    paths = chosen(arguments.folder, arguments.sample, arguments.seed)
    if arguments.profile:
        profile(paths)
        return
    with tempfile.TemporaryDirectory(prefix="kg-benchmark-") as place:
        graph = Path(place, "graph")
        show(build(paths, graph, workers=arguments.workers), graph, not arguments.no_validation)


if __name__ == "__main__":
    main()
