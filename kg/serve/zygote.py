"""The process that makes workers: it has loaded what they need and forks one in some milliseconds.

Started as ``python -m kg.serve.zygote FD``; over that socket come requests of one JSON line with a socket for the new
worker beside it, and the process number of the worker goes back. It has no threads, so forking is sound, and opens no
store, because a store must be opened after the fork.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import sys
from pathlib import Path

from kg import ontology
from kg.registry import spelling
from kg.registry.places import places
from kg.serve import confine, worker


def main(descriptor: int) -> None:
    """Make workers until the other end closes."""
    confine.end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    ontology.labels()  # read once here, not in each worker
    spelling.syllables("株洲", person=True)
    places().resolve("株洲市")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system takes ended workers away
    with socket.socket(fileno=descriptor) as control:
        while True:
            data, descriptors, _, _ = socket.recv_fds(control, 65536, 1)
            if not data:
                return
            control.sendall(struct.pack(">i", _fork(control, descriptors[0], json.loads(data))))
            os.close(descriptors[0])


def _fork(control: socket.socket, descriptor: int, asked: dict[str, object]) -> int:
    child = os.fork()
    if child:
        return child
    control.close()
    code = 1
    try:
        connection = socket.socket(fileno=descriptor)
        graph, folder = Path(str(asked["graph"])), Path(str(asked["folder"]))
        worker.serve(connection, graph, folder, int(str(asked["megabytes"])), int(str(asked["nice"])))
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main(int(sys.argv[1]))
