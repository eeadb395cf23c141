"""Two lanes of worker processes: queries go in, answers come out, and nothing a query does stops another.

Every query starts in the fast lane. Past a small budget of time its worker goes on in the slow lane, at lower priority
and under the real limit; when that lane is full, the worker is killed and the query waits for a place there. A query
that had to wait once goes there at once. A spare worker takes the place of one that left, so the next query does not
wait for it. When the folder points to another graph, new workers open that one and old ones end after the answer they
are giving.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import GraphError, QueryError
from kg.serve.worker import BROKEN, Task
from kg.store.folder import GraphFolder, open_graph

#: Slow queries that are remembered, so that they do not hold the fast lane again.
_REMEMBERED = 1024
_RETRIES = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """What the queries of a service may take."""

    seconds: float = 30.0
    rows: int = 1_000_000
    megabytes: int = 2048
    fast_seconds: float = 0.1
    fast: int = 2  #: workers of the fast lane
    slow: int = 2  #: workers of the slow lane
    waiting: int = 64  #: queries that may wait for the slow lane


class Overloaded(QueryError):
    """Too many slow queries wait already."""


class Exceeded(QueryError):
    """A query took more than a limit allows; the message says which."""

    def __init__(self, words: str, limit: str) -> None:
        """``limit`` is time, memory or rows."""
        super().__init__(words)
        self.limit = limit


class Failed(QueryError):
    """The worker refused the query; ``status`` is that of HTTP."""

    def __init__(self, words: str, status: int) -> None:
        """Keep the status beside the words."""
        super().__init__(words)
        self.status = status


class _Died(Exception):
    """The worker ended in the middle."""


class _Slow(Exception):
    """A query is past the budget of the fast lane, and the slow one has no place free."""


@dataclass(slots=True)
class _Worker:
    """One worker process as its parent sees it."""

    pid: int
    folder: Path
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self.writer.close()

    async def frame(self) -> bytes:
        try:
            (length,) = struct.unpack(">I", await self.reader.readexactly(4))
            return await self.reader.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise _Died from error


class _Zygote:
    """The process that forks workers, and the socket to it."""

    def __init__(self) -> None:
        here, there = socket.socketpair()
        command = [sys.executable, "-m", "kg.serve.zygote", str(there.fileno())]
        self._process = subprocess.Popen(command, pass_fds=[there.fileno()], stdin=subprocess.DEVNULL)
        there.close()
        self._control = here

    async def worker(self, graph: Path, folder: Path, megabytes: int, nice: int) -> _Worker:
        here, there = socket.socketpair()
        asked = json.dumps({"graph": str(graph), "folder": str(folder), "megabytes": megabytes, "nice": nice})
        try:
            socket.send_fds(self._control, [asked.encode()], [there.fileno()])
            (pid,) = struct.unpack(">i", await asyncio.to_thread(self._control.recv, 4))
            reader, writer = await asyncio.open_connection(sock=here, limit=2**20)
        except BaseException as error:  # a cancelled start leaves nothing open either
            here.close()
            if isinstance(error, OSError | struct.error):
                raise _Died from error
            raise
        finally:
            there.close()
        return _Worker(pid, folder, reader, writer)

    def alive(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        self._control.close()
        self._process.kill()
        self._process.wait()


class _Hold:
    """A worker while it answers, and the lane whose place it takes."""

    worker: _Worker

    def __init__(self, lane: _Lane) -> None:
        self.lane = lane

    async def move(self, lane: _Lane) -> bool:
        """Go on in another lane with what was begun, if it has a place free; ``False`` when it has none."""
        if lane.places.locked():
            return False
        await lane.places.acquire()
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.worker.pid, lane.nice)
        self.lane.release()
        self.lane = lane
        return True


class _Lane:
    """Some workers of one priority; a worker is taken, used and given back or replaced."""

    def __init__(self, pool: Pool, size: int, nice: int, spare: int) -> None:
        self._pool, self.nice, self._spare = pool, nice, spare
        self.places = asyncio.Semaphore(size)
        self.idle: list[_Worker] = []
        self._starting = 0
        self.waiting = 0

    @contextlib.asynccontextmanager
    async def hold(self) -> AsyncIterator[_Hold]:
        """Give a worker on the present graph; one that leaves with an error is killed."""
        self.waiting += 1
        try:
            await self.places.acquire()
        finally:
            self.waiting -= 1
        held = _Hold(self)
        try:
            held.worker = await self._take()
            try:
                yield held
            except BaseException:
                held.worker.kill()
                raise
            held.lane.idle.append(held.worker)
        finally:
            held.lane.release()

    def release(self) -> None:
        """Free a place, and see that a worker is ready for who takes it."""
        self.places.release()
        self._pool.background(self.fill())

    async def _take(self) -> _Worker:
        present = self._pool.graph().store
        for worker in [item for item in self.idle if item.folder != present or item.reader.at_eof()]:
            self.idle.remove(worker)
            worker.kill()
        return self.idle.pop() if self.idle else await self._pool.started(self.nice)

    async def fill(self) -> None:
        """Start workers until as many are idle as the lane has places and spares."""
        with contextlib.suppress(_Died, GraphError, OSError):
            present = self._pool.graph().store
            while len([item for item in self.idle if item.folder == present]) + self._starting < self._spare:
                self._starting += 1
                try:
                    self.idle.append(await self._pool.started(self.nice))
                finally:
                    self._starting -= 1

    def close(self) -> None:
        while self.idle:
            self.idle.pop().kill()


class Pool:
    """The workers of a service; use as an asynchronous context."""

    def __init__(self, path: Path, limits: Limits | None = None) -> None:
        """Prepare for the graph folder at ``path``; raises ``GraphError`` when it holds none."""
        self.limits = limits or Limits()
        self.path = path
        self._graph = open_graph(path)
        self._slow_queries: OrderedDict[bytes, None] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()
        self._making = asyncio.Lock()
        self._zygote: _Zygote | None = None
        self._fast = _Lane(self, self.limits.fast, 0, self.limits.fast + 2)
        self._slow = _Lane(self, self.limits.slow, 10, 1)

    async def __aenter__(self) -> Pool:
        """Start the first workers."""
        self._zygote = await asyncio.to_thread(_Zygote)
        await self._fast.fill()
        return self

    async def __aexit__(self, *_: object) -> None:
        """End every worker."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._fast.close()
        self._slow.close()
        if self._zygote is not None:
            self._zygote.close()

    def graph(self) -> GraphFolder:
        """Return the graph in use now; a rebuild is seen at the next call."""
        if not self._graph.is_current:
            self._graph = open_graph(self.path)
        return self._graph

    async def started(self, nice: int) -> _Worker:
        """Return a new worker on the present graph; the process that forks is started again when it is gone."""
        async with self._making:
            if self._zygote is not None and not self._zygote.alive():
                self._zygote.close()
                self._zygote = None
            if self._zygote is None:
                self._zygote = await asyncio.to_thread(_Zygote)
            return await self._zygote.worker(self.path, self.graph().store, self.limits.megabytes, nice)

    def background(self, action: object) -> None:
        """Do something while requests are answered."""
        task = asyncio.ensure_future(action)  # type: ignore[call-overload]
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def answer(self, task: Task) -> Reply:
        """Return the answer of a query, begun in the fast lane unless it was slow before.

        Raises ``Failed`` when the query is wrong, ``Exceeded`` past a limit and ``Overloaded`` when too many wait.
        """
        key = hashlib.sha256(task.encoded()).digest()
        if key not in self._slow_queries:
            with contextlib.suppress(_Slow):
                return await self._in_lane(self._fast, task)
            self._remember(key)
        if self._slow.waiting >= self.limits.waiting:
            raise Overloaded("too many slow queries are waiting; try again later")
        return await self._in_lane(self._slow, task)

    def _remember(self, key: bytes) -> None:
        self._slow_queries[key] = None
        if len(self._slow_queries) > _REMEMBERED:
            self._slow_queries.popitem(last=False)

    async def _in_lane(self, lane: _Lane, task: Task) -> Reply:
        """Ask one lane; a worker that is gone before it began (a rebuild, a kill by hand) costs another try."""
        for attempt in range(_RETRIES):
            started = time.perf_counter()
            try:
                async with lane.hold() as held:
                    started = time.perf_counter()
                    found = await self._within(held, task)
                if isinstance(found, QueryError):  # the worker is well: it has said no
                    raise found
                return found
            except TimeoutError:
                words = f"the query took more than the time limit of {self.limits.seconds:g} s; narrow it"
                raise Exceeded(words, "time") from None
            except _Died:
                # What ends at once did not begin: its store was replaced, or someone killed it.
                if time.perf_counter() - started > 1 or attempt == _RETRIES - 1:
                    words = f"the query took more than the memory limit of {self.limits.megabytes} MB; narrow it"
                    raise Exceeded(words, "memory") from None
        raise AssertionError  # the last attempt has returned or raised

    async def _within(self, held: _Hold, task: Task) -> Reply | Failed | Exceeded:
        """Ask a worker; past the fast budget it goes on in the slow lane, or raises ``_Slow`` when that is full.

        Raises ``TimeoutError`` past the real limit.
        """
        limits = self.limits
        asking = asyncio.ensure_future(_ask(held.worker, task))
        try:
            if held.lane is self._fast:
                done, _ = await asyncio.wait({asking}, timeout=min(limits.fast_seconds, limits.seconds))
                if not done and not await held.move(self._slow):
                    raise _Slow
            done, _ = await asyncio.wait({asking}, timeout=limits.seconds)
            if not done:
                raise TimeoutError
            return asking.result()
        finally:
            asking.cancel()


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer with its media type."""

    type: str
    body: bytes


async def _ask(worker: _Worker, task: Task) -> Reply | Failed | Exceeded:
    worker.writer.write(task.encoded())
    try:
        await worker.writer.drain()
    except ConnectionError as error:
        raise _Died from error
    head = json.loads(await worker.frame())
    parts: list[bytes] = []
    while "error" not in head and (part := await worker.frame()):
        if part == BROKEN:
            head = json.loads(await worker.frame())
            break
        parts.append(part)
    if "error" in head:
        await worker.frame()
        return Exceeded(head["error"], "rows") if head["status"] == 413 else Failed(head["error"], head["status"])
    return Reply(head["type"], b"".join(parts))
