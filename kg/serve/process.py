"""Worker processes as their parent sees them: who makes them, and how one is asked.

There are two makers. The first is a process that has loaded what workers need and opens no store; its workers open the
one on disk, each for itself. It also makes the second, the holder, when the graph is small enough: a process that has
read the whole graph into memory, so its workers find it there when they begin, and most pages of it stay shared.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from kg.errors import QueryError
from kg.serve.reply import Reply, Spooled, forgotten
from kg.serve.worker import Task


class Exceeded(QueryError):
    """A query took more than a limit allows; the message says which."""

    def __init__(self, words: str, limit: str) -> None:
        """``limit`` is time, memory, rows or size."""
        super().__init__(words)
        self.limit = limit


class Failed(QueryError):
    """The worker refused the query; ``status`` is that of HTTP."""

    def __init__(self, words: str, status: int) -> None:
        """Keep the status beside the words."""
        super().__init__(words)
        self.status = status


class Died(Exception):
    """A process ended in the middle."""


@dataclass(slots=True)
class Worker:
    """One worker process."""

    pid: int
    maker: Maker
    folder: Path  #: store of the graph it answers from
    spool: Path  #: where it writes a long answer
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    worn: bool = False  #: it has taken so much memory that a new one should take its place

    def kill(self) -> None:
        """End the process, whatever it does."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self.writer.close()
        forgotten(self.spool)

    def used(self) -> float | None:
        """Return the processor time it has used, in seconds; ``None`` where the system does not tell."""
        try:
            times = Path(f"/proc/{self.pid}/stat").read_text("utf-8").rpartition(")")[2].split()[11:13]
        except OSError:
            return None
        return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")

    def renice(self, nice: int) -> None:
        """Give its threads another priority; each has its own."""
        with contextlib.suppress(OSError):
            for thread in Path(f"/proc/{self.pid}/task").iterdir():
                os.setpriority(os.PRIO_PROCESS, int(thread.name), nice)

    async def ask(self, task: Task) -> Reply | Failed | Exceeded:
        """Return its answer; raises ``Died`` when it ends before."""
        self.writer.write(task.encoded)
        try:
            await self.writer.drain()
        except ConnectionError as error:
            raise Died from error
        head = json.loads(await self._frame())
        self.worn = head["worn"]
        if "error" in head:
            known = head["status"] == 413
            return Exceeded(head["error"], head["limit"]) if known else Failed(head["error"], head["status"])
        return Reply(head["type"], Spooled(self.spool) if head["spooled"] else await self._frame())

    async def _frame(self) -> bytes:
        try:
            (length,) = struct.unpack(">I", await self.reader.readexactly(4))
            return await self.reader.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise Died from error


@dataclass(frozen=True, slots=True)
class Place:
    """What a worker is told when it begins."""

    graph: Path
    folder: Path  #: the store
    spool: Path  #: folder for long answers
    megabytes: int
    nice: int


class Maker:
    """A process that forks workers, and the socket to it."""

    def __init__(self, control: socket.socket, process: subprocess.Popen[bytes] | None = None) -> None:
        """Take over a process that runs; use ``zygote`` or ``holder``."""
        self._control, self._process = control, process
        self._making = asyncio.Lock()
        self._exchanges: set[asyncio.Future[int]] = set()

    async def worker(self, place: Place) -> Worker:
        """Return a new worker; raises ``Died`` when the process that makes them is gone."""
        here, there = socket.socketpair()
        asked = {name: str(getattr(place, name)) for name in ("graph", "folder", "spool")}
        try:
            pid = await self._send({**asked, "megabytes": place.megabytes, "nice": place.nice}, there)
            reader, writer = await asyncio.open_connection(sock=here, limit=2**20)
        except BaseException:  # a cancelled start leaves nothing open either
            here.close()
            raise
        return Worker(pid, self, place.folder, place.spool / str(pid), reader, writer)

    async def holder(self, quads: Path, folder: Path) -> Maker:
        """Return the process that holds a graph in memory, once it does; raises ``Died`` when it cannot."""
        here, there = socket.socketpair()
        here.setblocking(False)
        try:
            await self._send({"hold": str(quads), "folder": str(folder)}, there)
        except BaseException:
            here.close()
            raise
        made = Maker(here)
        try:
            await made._received()
        except BaseException:
            made.close()
            raise
        return made

    async def _send(self, asked: dict[str, object], descriptor: socket.socket) -> int:
        """Ask for a process, with its end of a socket, and return its number.

        What was begun is finished even when nobody waits for it any more: the next number would be taken for this one.
        """
        exchange = asyncio.ensure_future(self._exchange(json.dumps(asked).encode(), descriptor))
        self._exchanges.add(exchange)

        def over(done: asyncio.Future[int]) -> None:
            self._exchanges.discard(exchange)
            descriptor.close()
            if not done.cancelled():
                done.exception()

        exchange.add_done_callback(over)
        return await asyncio.shield(exchange)

    async def _exchange(self, data: bytes, descriptor: socket.socket) -> int:
        async with self._making:
            try:
                socket.send_fds(self._control, [data], [descriptor.fileno()])
            except OSError as error:
                raise Died from error
            return await self._received()

    async def _received(self) -> int:
        data = bytearray()
        loop = asyncio.get_running_loop()
        try:
            while len(data) < 4:
                part = await loop.sock_recv(self._control, 4 - len(data))
                if not part:
                    raise Died
                data += part
        except OSError as error:
            raise Died from error
        return int(struct.unpack(">i", data)[0])

    def alive(self) -> bool:
        """Tell whether the first maker still runs; of a holder it is known when it is asked."""
        return self._process is None or self._process.poll() is None

    def close(self) -> None:
        """End the first maker, and the system ends all below it; a holder ends by itself after its last worker."""
        for exchange in self._exchanges:
            exchange.cancel()
        # Now, as a cancelled read would do so later, when the number may be that of another socket.
        asyncio.get_running_loop().remove_reader(self._control)
        self._control.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()


def zygote() -> Maker:
    """Start the first maker."""
    here, there = socket.socketpair()
    here.setblocking(False)
    command = [sys.executable, "-m", "kg.serve.zygote", str(there.fileno())]
    process = subprocess.Popen(command, pass_fds=[there.fileno()], stdin=subprocess.DEVNULL)
    there.close()
    return Maker(here, process)
