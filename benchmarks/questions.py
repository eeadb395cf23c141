"""How long each named question takes on a graph: the first asking of a process, then the median of some more.

The first asking is that of a fresh process: it opens the store and finds the disk as the machine left it. Parameters
are those of ``questions.csv`` beside this file, one asking a line; a question without a line is asked for each of the
places.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from kg.errors import KgError
from kg.query.questions import registry
from kg.query.questions.parameters import understand
from kg.query.questions.question import Asked
from kg.store.folder import open_graph

ASKINGS = Path(__file__).with_suffix(".csv")
PLACES = ("成都市", "贵阳市", "济南市", "广东省")


class Timed(NamedTuple):
    """One asking: its rows, and seconds for the first and for a later time."""

    question: str
    parameters: dict[str, str]
    rows: int
    first: float
    again: float


def askings(given: list[str]) -> list[tuple[str, dict[str, str]]]:
    """Return every question with the parameters to ask it with; ``given`` leaves some of them."""
    with ASKINGS.open(encoding="utf-8", newline="") as file:
        lines = [(row["question"], _parameters(row["parameters"])) for row in csv.DictReader(file)]
    found = []
    for name, question in registry.questions().items():
        own = [parameters for asked, parameters in lines if asked == name]
        if not own:
            takes_place = any(parameter.name == "place" for parameter in question.parameters)
            own = [{"place": place} for place in PLACES] if takes_place else [{}]
        found += [(name, parameters) for parameters in own if not given or name in given]
    return found


def _parameters(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in text.split())


def ask(graph: Path, name: str, parameters: dict[str, str], repeats: int) -> Timed:
    """Ask a question several times in this process; opening the store counts for the first time."""
    started = time.perf_counter()
    rows = len(registry.answer(graph, name, **parameters))
    first, times = time.perf_counter() - started, []
    question, opened = registry.question(name), open_graph(graph)
    for _ in range(repeats):
        started = time.perf_counter()
        tuple(question.answer(Asked(opened, understand(question, opened, parameters))))
        times.append(time.perf_counter() - started)
    return Timed(name, parameters, rows, first, statistics.median(times))


def forget(graph: Path) -> None:
    """Ask the system to drop the files of a graph from its cache, so that the next asking reads them from the disk."""
    for file in graph.rglob("*"):
        if file.is_file():
            with file.open("rb") as stream:
                os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def in_a_process(
    graph: Path, name: str, parameters: dict[str, str], repeats: int, *, cold: bool = False
) -> Timed | str:
    """Ask in a process of its own; returns what went wrong when the graph has no answer."""
    if cold:
        forget(graph)
    command = [sys.executable, __file__, str(graph), "--one", name, json.dumps(parameters), "--repeats", str(repeats)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["failed"])[-1]
    return Timed(**json.loads(done.stdout))


def show(timed: list[Timed], limit: float) -> bool:
    """Print the table and the slowest; tell whether all are within the limit."""
    print(f"{'question':24}{'parameters':44}{'rows':>7}{'first ms':>10}{'again ms':>10}")
    for one in timed:
        words = " ".join(f"{name}={value}" for name, value in one.parameters.items())
        print(f"{one.question:24}{words:44}{one.rows:7,}{1000 * one.first:10.0f}{1000 * one.again:10.0f}")
    if not timed:
        return True
    for when, seconds in (("first", [one.first for one in timed]), ("again", [one.again for one in timed])):
        slowest = timed[seconds.index(max(seconds))]
        words = " ".join((slowest.question, *slowest.parameters.values()))
        middle = 1000 * statistics.median(seconds)
        print(
            f"{when}: median {middle:.0f} ms, slowest {words} with {1000 * max(seconds):.0f} ms (limit {limit:.0f} ms)"
        )
    return all(1000 * max(one.first, one.again) <= limit for one in timed)


def main() -> int:
    """Time every question, or those that are named; 1 when one is over the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path, help="a graph folder, as kg build makes it")
    parser.add_argument("--question", action="append", default=[], help="only this one; may be repeated")
    parser.add_argument("--repeats", type=int, default=5, help="askings after the first (5)")
    parser.add_argument("--limit", type=float, default=300, help="most milliseconds of any asking (300)")
    parser.add_argument("--one", nargs=2, metavar=("NAME", "PARAMETERS"), help=argparse.SUPPRESS)
    parser.add_argument("--cold", action="store_true", help="drop the graph from the disk cache before each process")
    given = parser.parse_args()
    if given.one:
        try:
            one = ask(given.graph, given.one[0], json.loads(given.one[1]), given.repeats)
        except KgError as error:
            sys.exit(str(error))
        print(json.dumps(one._asdict()))
        return 0
    timed = []
    for name, parameters in askings(given.question):
        found = in_a_process(given.graph, name, parameters, given.repeats, cold=given.cold)
        if isinstance(found, str):
            print(f"{name} {parameters}: not timed: {found}", file=sys.stderr)
        else:
            timed.append(found)
    return 0 if show(timed, given.limit) else 1


if __name__ == "__main__":
    sys.exit(main())
