"""Two lanes of worker processes: queries go in, answers come out, and nothing a query does stops another.

Every query starts in the fast lane. Past a small budget of time its worker goes on in the slow lane, at lower priority
and under the real limit; when that lane is full, the worker is killed and the query waits for a place there. A query
that had to wait once goes there at once. A spare worker takes the place of one that left, so the next query does not
wait for it. When the folder points to another graph, new workers open that one and old ones end after the answer they
are giving. The service begins with workers that open the store on disk; once the graph is in memory, those take over
that have it there.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import tempfile
import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import GraphError, QueryError
from kg.serve import memory
from kg.serve.process import Died, Exceeded, Failed, Maker, Place, Worker, zygote
from kg.serve.reply import Reply
from kg.serve.worker import Task
from kg.store import oxigraph
from kg.store.folder import GraphFolder, open_graph

__all__ = ["Exceeded", "Failed", "Limits", "Overloaded", "Pool", "Reply"]

#: Slow queries that are remembered, so that they do not hold the fast lane again.
_REMEMBERED = 1024
_RETRIES = 5
#: How many times its budget of processor time a query of the fast lane may take by the clock; the least to wait for.
_PATIENCE, _TICK = 10, 0.005
#: Part of the free memory that a graph may take. Each of four workers may come to have a copy of most of it, because a
#: page that a query only reads is written to as well: the engine counts there who uses what.
_SHARE = 8


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
    held: int | None = None  #: most megabytes of a graph that is held in memory; none: an eighth of what is free


class Overloaded(QueryError):
    """Too many slow queries wait already."""


class _Slow(Exception):
    """A query is past the budget of the fast lane, and the slow one has no place free."""


class _Hold:
    """A worker while it answers, and the lane whose place it takes."""

    worker: Worker

    def __init__(self, lane: _Lane) -> None:
        self.lane = lane

    async def move(self, lane: _Lane) -> bool:
        """Go on in another lane with what was begun, if it has a place free; ``False`` when it has none."""
        if lane.full:
            return False
        await lane.acquire()
        self.worker.renice(lane.nice)
        self.lane.release()
        self.lane = lane
        return True


class _Lane:
    """Some workers of one priority; a worker is taken, used and given back or replaced."""

    def __init__(self, pool: Pool, size: int, nice: int, spare: int, kept: int) -> None:
        self._pool, self.nice, self._spare, self._kept = pool, nice, spare, kept
        self._places = asyncio.Semaphore(size)
        self._busy = 0
        self.idle: list[Worker] = []
        self._starting = 0
        self.waiting = 0

    @contextlib.asynccontextmanager
    async def hold(self) -> AsyncIterator[_Hold]:
        """Give a worker on the present graph; one that leaves with an error is killed."""
        await self.acquire()
        held = _Hold(self)
        try:
            held.worker = await self._take()
            try:
                yield held
            except BaseException:
                held.worker.kill()
                raise
            held.lane.keep(held.worker)
        finally:
            held.lane.release()

    @property
    def full(self) -> bool:
        """Tell whether no place is free."""
        return self._places.locked()

    async def acquire(self) -> None:
        """Wait for a place and take it."""
        self.waiting += 1
        try:
            await self._places.acquire()
        finally:
            self.waiting -= 1
        self._busy += 1

    def release(self) -> None:
        """Free a place, and see that a worker is ready for who takes it."""
        self._places.release()
        self._busy -= 1
        self._pool.background(self.fill())

    def keep(self, worker: Worker) -> None:
        """Take a worker back, the last one to be the next: its memory is warm. One too many or worn out ends."""
        if worker.worn or len(self.idle) >= self._kept:
            worker.kill()
        else:
            self.idle.append(worker)

    async def _take(self) -> Worker:
        self._prune()
        return self.idle.pop() if self.idle else await self._pool.started(self.nice)

    def _prune(self) -> None:
        """End idle workers on a graph of before, those that died, and those on disk when there are some in memory."""
        store, holder = self._pool.source()
        for worker in list(self.idle):
            if worker.folder != store or (holder and worker.maker is not holder) or worker.reader.at_eof():
                self.idle.remove(worker)
                worker.kill()

    async def fill(self) -> None:
        """Start workers until the lane has as many as it should, the busy ones included."""
        with contextlib.suppress(Died, GraphError, OSError):
            self._prune()
            while self._busy + len(self.idle) + self._starting < self._spare:
                self._starting += 1
                try:
                    self.idle.insert(0, await self._pool.started(self.nice))  # taken after those that are warm
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
        self._zygote: Maker | None = None
        self._holder: Maker | None = None
        self._held = Path()  #: store that the holder has in memory, or is to have
        self._fast = _Lane(self, self.limits.fast, 0, spare=self.limits.fast + 2, kept=self.limits.fast + 2)
        self._slow = _Lane(self, self.limits.slow, 10, spare=1, kept=self.limits.slow)

    async def __aenter__(self) -> Pool:
        """Start the first workers."""
        self._spool = tempfile.TemporaryDirectory(prefix="kg-serve-")
        self._zygote = await asyncio.to_thread(zygote)
        await self._fast.fill()
        return self

    async def __aexit__(self, *_: object) -> None:
        """End every worker."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._fast.close()
        self._slow.close()
        for maker in filter(None, (self._holder, self._zygote)):
            maker.close()
        self._spool.cleanup()

    def graph(self) -> GraphFolder:
        """Return the graph in use now; a rebuild is seen at the next call."""
        if not self._graph.is_current:
            self._graph = open_graph(self.path)
        return self._graph

    def source(self) -> tuple[Path, Maker | None]:
        """Return the store of the present graph, and the process that has it in memory if there is one."""
        store = self.graph().store
        return store, self._holder if self._held == store else None

    async def started(self, nice: int) -> Worker:
        """Return a new worker on the present graph; a process that makes them is started again when it is gone."""
        graph = self.graph()
        place = Place(self.path, graph.store, Path(self._spool.name), self.limits.megabytes, nice)
        holder = self._holder
        if holder is not None and self._held == graph.store:
            try:
                return await holder.worker(place)
            except Died:
                if self._holder is holder:
                    self._let_go()
        async with self._making:
            if self._zygote is not None and not self._zygote.alive():
                self._zygote.close()
                self._zygote = None
            if self._zygote is None:
                self._zygote = await asyncio.to_thread(zygote)
        if self._held != graph.store:
            self._let_go()
            self._held = graph.store
            self.background(self._hold(graph, self._zygote))
        return await self._zygote.worker(place)

    async def _hold(self, graph: GraphFolder, maker: Maker) -> None:
        """Have a graph held in memory when it fits there; its workers take the places of those on disk."""
        most = memory.available() // _SHARE if self.limits.held is None else self.limits.held * 2**20
        if graph.count * oxigraph.HELD_BYTES > most:
            return
        with contextlib.suppress(Died):
            holder = await maker.holder(graph.quads, graph.store)
            if self._held == graph.store and self._holder is None:
                self._holder = holder
                await self._fast.fill()
            else:
                holder.close()

    def _let_go(self) -> None:
        """Forget the holder: it ends when the last of its workers has."""
        if self._holder is not None:
            self._holder.close()
        self._holder, self._held = None, Path()

    def background(self, action: object) -> None:
        """Do something while requests are answered."""
        task = asyncio.ensure_future(action)  # type: ignore[call-overload]
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def answer(self, task: Task) -> Reply:
        """Return the answer of a query, begun in the fast lane unless it was slow before.

        Raises ``Failed`` when the query is wrong, ``Exceeded`` past a limit and ``Overloaded`` when too many wait.
        """
        key = hashlib.sha256(task.encoded).digest()
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
            except Died:
                # What ends at once did not begin: its store was replaced, or someone killed it.
                if time.perf_counter() - started > 1 or attempt == _RETRIES - 1:
                    words = f"the query took more than the memory limit of {self.limits.megabytes} MB; narrow it"
                    raise Exceeded(words, "memory") from None
        raise AssertionError  # the last attempt has returned or raised

    async def _quick(self, worker: Worker, asking: asyncio.Future[Any]) -> bool:
        """Wait for an answer within the budget of the fast lane; ``False`` when it takes more.

        What counts is the time of the processor, as long as the clock has not run far ahead of it: on a busy machine a
        light query would else be taken for a heavy one, and wait behind all of those.
        """
        budget, begun, used = self.limits.fast_seconds, time.perf_counter(), worker.used()
        while (passed := time.perf_counter() - begun) < min(_PATIENCE * budget, self.limits.seconds):
            left = budget - (passed if used is None else (worker.used() or 0) - used)
            if left < _TICK:
                return False
            done, _ = await asyncio.wait({asking}, timeout=left)
            if done:
                return True
        return False

    async def _within(self, held: _Hold, task: Task) -> Reply | Failed | Exceeded:
        """Ask a worker; past the fast budget it goes on in the slow lane, or raises ``_Slow`` when that is full.

        Raises ``TimeoutError`` past the real limit.
        """
        limits, begun = self.limits, time.perf_counter()
        asking = asyncio.ensure_future(held.worker.ask(task))
        try:
            if (
                held.lane is self._fast
                and not await self._quick(held.worker, asking)
                and not await held.move(self._slow)
            ):
                raise _Slow
            done, _ = await asyncio.wait({asking}, timeout=max(0.0, limits.seconds + begun - time.perf_counter()))
            if not done:
                raise TimeoutError
            return asking.result()
        finally:
            asking.cancel()
