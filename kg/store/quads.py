"""Sorting quads that do not fit in memory. Blobs of N-Quads lines go in; one sorted file and its digest come out.

Blobs collect up to a size, are sorted and written as a run; the runs are then merged block by
block. Lines are compared as bytes, which for UTF-8 is the order of code points, so the result
depends on the set of lines alone: not on workers, chunks or hash seeds.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

#: Bytes of lines kept before a run is written (as sorted lines they take three times as much), and bytes read from a
#: run at once while merging.
RUN_BYTES = 32 << 20
BLOCK_BYTES = 1 << 19
#: Most runs merged at once: so many blocks are in memory, and so many files open.
MOST_RUNS = 128


@dataclass(frozen=True, slots=True)
class Quads:
    """What was written: the file, how many lines, and the SHA-256 of its bytes."""

    file: Path
    count: int
    sha256: str
    repeated: int  #: triples that stand in more than one graph; they would count twice in queries


class Sorter:
    """Collects lines and writes them sorted, each once, with flat memory."""

    def __init__(
        self,
        folder: Path,
        *,
        run_bytes: int = RUN_BYTES,
        block_bytes: int = BLOCK_BYTES,
        most_runs: int = MOST_RUNS,
        name: str = "run",
    ) -> None:
        """Keep runs in ``folder``, which must exist, under ``name``; they are removed by ``finish``."""
        self._folder = folder
        self._name = name
        self._most_runs = most_runs
        self._made = 0
        self._run_bytes = run_bytes
        self._block_bytes = block_bytes
        self._blobs: list[bytes] = []
        self._size = 0
        self._runs: dict[int, list[Path]] = {}  #: by how often they were merged

    def add(self, blob: bytes) -> None:
        """Take in whole lines, in any order."""
        self._blobs.append(blob)
        self._size += len(blob)
        if self._size >= self._run_bytes:
            self._write_run()

    def finish(self, target: Path) -> Quads:
        """Write all lines sorted to ``target`` and return what was written."""
        if self._runs:
            self._write_run()
            blocks = _merge([run for level in sorted(self._runs) for run in self._runs[level]], self._block_bytes)
        else:
            blocks = iter([self._sorted()])
        result = _write(blocks, target)
        for level in list(self._runs):
            self._remove(level)
        return result

    def _sorted(self) -> list[bytes]:
        lines = {line for blob in self._blobs for line in blob.splitlines(keepends=True)}
        self._blobs.clear()
        self._size = 0
        return sorted(lines)

    def _write_run(self) -> None:
        if not self._blobs:
            return
        self._keep(self._run([self._sorted()]), 0)

    def _keep(self, run: Path, level: int) -> None:
        """Keep a run of a level; so many of one level become one of the next, so each line is copied a few times."""
        runs = self._runs.setdefault(level, [])
        runs.append(run)
        if len(runs) == self._most_runs:
            joined = self._run(_merge(runs, self._block_bytes))
            self._remove(level)
            self._keep(joined, level + 1)

    def _run(self, blocks: Iterable[list[bytes]]) -> Path:
        self._made += 1
        run = self._folder / f"{self._name}-{self._made:05d}"
        with run.open("wb") as stream:
            stream.writelines(b"".join(block) for block in blocks)
        return run

    def _remove(self, level: int) -> None:
        for run in self._runs.pop(level):
            run.unlink()


def _write(blocks: Iterator[list[bytes]], target: Path) -> Quads:
    digest, count, repeated, last = hashlib.sha256(), 0, 0, b""
    with target.open("wb") as stream:
        for block in blocks:
            data = b"".join(block)
            stream.write(data)
            digest.update(data)
            count += len(block)
            for line in block:
                triple = line[: line.rfind(b" ", 0, -3)]  # all but graph, dot and line end
                repeated += triple == last
                last = triple
    return Quads(target, count, digest.hexdigest(), repeated)


class _Run:
    """One sorted run, read in blocks."""

    def __init__(self, stream: BinaryIO, block_bytes: int) -> None:
        self._stream = stream
        self._block_bytes = block_bytes
        self.lines: list[bytes] = []
        self.refill()

    def refill(self) -> None:
        """Read the next block when the last one is used up."""
        if not self.lines:
            self.lines = self._stream.readlines(self._block_bytes)

    def take(self, limit: bytes) -> list[bytes]:
        """Remove and return the lines up to ``limit``."""
        position = bisect_right(self.lines, limit)
        taken, self.lines = self.lines[:position], self.lines[position:]
        self.refill()
        return taken


def _merge(files: list[Path], block_bytes: int) -> Iterator[list[bytes]]:
    """Yield blocks of the merged runs.

    Everything up to the smallest last line of the blocks at hand is final. Sorting those lines
    together is quicker than a heap of lines, because ``sort`` finds the sorted stretches in them.
    """
    streams = [file.open("rb") for file in files]
    try:
        runs = [run for run in (_Run(stream, block_bytes) for stream in streams) if run.lines]
        while runs:
            limit = min(run.lines[-1] for run in runs)
            lines = [line for run in runs for line in run.take(limit)]
            lines.sort()
            yield list(dict.fromkeys(lines))
            runs = [run for run in runs if run.lines]
    finally:
        for stream in streams:
            stream.close()
