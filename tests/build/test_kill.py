"""A build that is killed at any moment leaves a whole and readable graph.

Starting Python and loading the rules takes ten times as long as a small build, so a process that
has loaded them forks a child for each build, and it is the child that is killed.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import resources
from kg.issues import read as read_issues
from kg.query.sparql import query
from kg.store import records
from kg.store.folder import GraphFolder, open_graph, verify

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
KILLS = 20
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"

#: Reads lines "DOCUMENTS GRAPH"; answers each with the number of the child that builds.
NURSERY = """
import os, sys
import kg.build, kg.cli
from kg.extract.pipeline import extract
from kg.records import Document
extract(Document("0" * 16, "warm.txt", "株洲市科技局局长李红说，2022年新增企业55家。"))
print("ready", flush=True)
for line in sys.stdin:
    documents, graph = line.split()
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os._exit(kg.cli.run(["build", documents, "-o", graph, "--workers", "1", "--quiet"]))
    print(child, flush=True)
    sys.stdin.readline()  # until then a child that has ended keeps its number, and no other can be killed for it
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""

#: Builds with two workers, tells their numbers when the first document is read, and goes on.
TWO_WORKERS = """
import multiprocessing, sys
import kg.build
kg.build.DOCUMENTS_PER_WORKER = 1
def tell(done, total, characters):
    if done == 1:
        print(*(child.pid for child in multiprocessing.active_children()), flush=True)
        sys.stdin.read()
if __name__ == "__main__":
    kg.build.build([sys.argv[1]], sys.argv[2], workers=2, progress=tell)
"""


class Nursery:
    """The process that forks builds."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None and process.stdout is not None
        self.stdin, self.stdout = process.stdin, process.stdout
        assert self.stdout.readline() == "ready\n"

    def start(self, documents: Path, graph: Path) -> int:
        """Start a build; returns its process number."""
        print(documents, graph, file=self.stdin, flush=True)
        return int(self.stdout.readline())

    def end(self) -> int:
        """Wait for the build; returns its exit code, the negative signal when it was killed."""
        print(file=self.stdin, flush=True)
        return int(self.stdout.readline())


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    with subprocess.Popen(
        [sys.executable, "-c", NURSERY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT
    ) as process:
        yield Nursery(process)
        process.kill()


@pytest.fixture
def documents(tmp_path: Path) -> tuple[Path, Path]:
    """Two small sets of documents."""
    files = sorted(resources.path("corpus", "documents").iterdir())
    for name, chosen in (("first", files[0:6:2]), ("second", files[1:7:2])):
        (tmp_path / name).mkdir()
        for file in chosen:
            shutil.copy(file, tmp_path / name)
    return tmp_path / "first", tmp_path / "second"


def whole(graph: Path) -> GraphFolder:
    """Open a graph and make sure that nothing of it is missing."""
    opened = open_graph(graph)
    verify(opened)
    assert [int(row[0]) for row in query(graph, COUNT).table().rows] == [opened.count]
    assert len(list(records.extractions(opened))) == opened.manifest["documents"] == 3
    assert list(read_issues(opened.records / "issues.jsonl")) is not None
    assert next(records.entities(opened))
    return opened


@pytest.mark.slow
def test_a_killed_build_leaves_a_whole_graph(tmp_path: Path, documents: tuple[Path, Path], nursery: Nursery) -> None:
    graph, digests, seconds = tmp_path / "G", [], []
    for folder in documents:
        started = time.perf_counter()
        nursery.start(folder, graph)
        assert nursery.end() == 0
        seconds.append(time.perf_counter() - started)
        digests.append(whole(graph).digest)
    assert digests[0] != digests[1]

    moments = random.Random(2022)
    killed, takes = 0, min(seconds)
    for attempt in range(10 * KILLS):
        before = open_graph(graph).digest
        started = time.perf_counter()
        child = nursery.start(documents[1 - digests.index(before)], graph)
        time.sleep(takes * (attempt % KILLS + moments.random()) / KILLS)
        os.kill(child, signal.SIGKILL)
        if nursery.end() == -signal.SIGKILL:
            killed += 1
        else:  # it was done before: this machine is quicker now than it was at first
            takes = min(takes, time.perf_counter() - started)
        assert whole(graph).digest in digests
        if killed == KILLS:
            break
    assert killed == KILLS

    for folder, digest in zip(documents, digests, strict=True):
        nursery.start(folder, graph)
        assert nursery.end() == 0
        assert whole(graph).digest == digest
    assert [entry.name for entry in (graph / "graphs").iterdir()] == [digests[1][:16]]
    assert sorted(entry.name for entry in graph.iterdir()) == ["CURRENT", "LOCK", "graphs"]


def test_workers_end_with_a_killed_build(tmp_path: Path, documents: tuple[Path, Path]) -> None:
    script = tmp_path / "two_workers.py"
    script.write_text(TWO_WORKERS, "utf-8")
    with subprocess.Popen(
        [sys.executable, script, documents[0], tmp_path / "G"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    ) as build:
        assert build.stdout is not None
        workers = [int(number) for number in build.stdout.readline().split()]
        assert len(workers) == 2
        build.kill()
    patience = time.monotonic() + 20
    while any(map(is_alive, workers)):
        assert time.monotonic() < patience, "workers outlive the build"
        time.sleep(0.05)


def is_alive(process: int) -> bool:
    """Return whether a process runs; one that nobody has buried yet does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
