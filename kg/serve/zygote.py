"""The process that makes workers: it has loaded what they need and forks one in some milliseconds.

Started as ``python -m kg.serve.zygote FD``; over that socket come requests of one JSON line with a socket for the new
process beside it, and the number of the process goes back. It has no threads, so forking is sound, and opens no store,
because one on disk must be opened after the fork. Asked to, it forks a holder: a process of the same kind that reads a
graph into memory, says so with its number, and then makes workers that find the graph there.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg import ontology
from kg.registry import spelling
from kg.registry.places import places
from kg.serve import confine, worker
from kg.store import oxigraph

_NUMBER = struct.Struct(">i")


def main(descriptor: int) -> None:
    """Make processes until the other end closes."""
    confine.end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    ontology.labels()  # read once here, not in each worker
    spelling.syllables("株洲", person=True)
    places().resolve("株洲市")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system takes ended workers away
    with socket.socket(fileno=descriptor) as control:
        _make(control)


def _make(control: socket.socket) -> None:
    while True:
        data, descriptors, _, _ = socket.recv_fds(control, 65536, 1)
        if not data:
            return
        asked = json.loads(data)
        action = _hold if "hold" in asked else _work
        control.sendall(_NUMBER.pack(_fork(control, descriptors[0], action, asked)))
        os.close(descriptors[0])


def _fork(
    control: socket.socket, descriptor: int, action: Callable[[socket.socket, Any], None], asked: dict[str, Any]
) -> int:
    child = os.fork()
    if child:
        return child
    control.close()
    code = 1
    try:
        confine.end_with_parent()
        action(socket.socket(fileno=descriptor), asked)
        code = 0
    finally:
        os._exit(code)


def _work(connection: socket.socket, asked: dict[str, Any]) -> None:
    places = (Path(asked[name]) for name in ("graph", "folder", "spool"))
    worker.serve(connection, *places, megabytes=asked["megabytes"], nice=asked["nice"])


def _hold(control: socket.socket, asked: dict[str, Any]) -> None:
    oxigraph.hold(Path(asked["hold"]), Path(asked["folder"]))
    control.sendall(_NUMBER.pack(os.getpid()))
    _make(control)
    with contextlib.suppress(ChildProcessError):
        os.wait()  # as ended ones are taken away, this returns when the last worker has given its answer


if __name__ == "__main__":
    main(int(sys.argv[1]))
