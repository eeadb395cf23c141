"""Extraction and linking beside ``jieba.posseg``: the same text, as many processes, turn by turn in one run.

Part-of-speech tagging is what a pipeline for Chinese usually begins with, so it is the measure:
all that kg finds should cost no more than that first step. The two take turns on the same batches,
so that other programs on the machine disturb both alike; read the ratio, not the figures.
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import os
import random
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from kg import documents
from kg.build import begin_worker
from kg.records import Document

DEFAULT = Path(__file__).resolve().parents[1].parent / "shared" / "reports"


class Cost(NamedTuple):
    """What a worker needed for a batch."""

    seconds: float  #: of this process, not of the clock
    characters: int
    megabytes: int  #: most memory of the process so far


def measured(work: Callable[[Document], object], batch: Sequence[Document]) -> Cost:
    """Do the work and tell its cost."""
    started = time.process_time()
    for document in batch:
        work(document)
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Cost(seconds, sum(len(document.text) for document in batch), peak)


def by_kg(batch: Sequence[Document]) -> Cost:
    """Extract, and name what was found; what a worker of a build does."""
    from kg.extract.pipeline import extract
    from kg.resolve.namings import namings
    from kg.resolve.people import settle

    return measured(lambda document: namings(settle(extract(document))), batch)


def by_jieba(batch: Sequence[Document]) -> Cost:
    """Tag words with their parts of speech."""
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    return measured(lambda document: [(word.word, word.flag) for word in jieba.posseg.cut(document.text)], batch)


def run(batches: Sequence[Sequence[Document]], workers: int, rounds: int) -> None:
    """Let the two take turns and print the table."""
    context = multiprocessing.get_context("spawn")
    with (
        ProcessPoolExecutor(workers, context, begin_worker) as ours,
        ProcessPoolExecutor(workers, context, begin_worker) as theirs,
    ):
        pools = {"kg extract + link": (ours, by_kg), "jieba.posseg": (theirs, by_jieba)}
        for pool, work in pools.values():  # start and load, which is not what is measured
            list(pool.map(work, [batches[0][:1]] * workers * 4))
        rates: dict[str, list[float]] = {name: [] for name in pools}
        wall: dict[str, list[float]] = {name: [] for name in pools}
        memory = dict.fromkeys(pools, 0)
        for _ in range(rounds):
            for name, (pool, work) in pools.items():
                started = time.perf_counter()
                costs = list(pool.map(work, batches))
                seconds = time.perf_counter() - started
                characters = sum(cost.characters for cost in costs)
                rates[name].append(characters / sum(cost.seconds for cost in costs))
                wall[name].append(characters / seconds)
                memory[name] = max(memory[name], *(cost.megabytes for cost in costs))
    table(rates, wall, memory)


def table(rates: dict[str, list[float]], wall: dict[str, list[float]], memory: dict[str, int]) -> None:
    """Print one line each, and the ratio of each round."""
    print(f"{'':20}{'characters/s of':>18}{'characters/s of':>18}{'peak MB':>10}")
    print(f"{'':20}{'processor time':>18}{'the clock':>18}{'a worker':>10}")
    for name, found in rates.items():
        print(f"{name:20}{statistics.median(found):18,.0f}{statistics.median(wall[name]):18,.0f}{memory[name]:10,}")
    first, second = rates.values()
    ratios = sorted(one / other for one, other in zip(first, second, strict=True))
    print(f"kg is {statistics.median(ratios):.2f} times as fast (rounds: {ratios[0]:.2f} to {ratios[-1]:.2f})")


def sample(folder: Path, size: int, seed: int) -> list[Document]:
    """Return documents of a folder, all or some chosen by a seed."""
    found = [item for item in documents.read_all([folder]) if isinstance(item, Document)]
    if size and size < len(found):
        found = random.Random(seed).sample(found, size)
    return found


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else "")
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--sample", type=int, default=40, help="how many documents; 0 for all")
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    chosen = sample(arguments.folder, arguments.sample, arguments.seed)
    batches = [chosen[start : start + 5] for start in range(0, len(chosen), 5)]
    if not batches:
        raise SystemExit(f"{arguments.folder}: holds no documents")
    print(f"{len(chosen)} documents, {sum(len(d.text) for d in chosen):,} characters, {arguments.workers} workers")
    run(batches, arguments.workers, arguments.rounds)


if __name__ == "__main__":
    main()
