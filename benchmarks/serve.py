"""The service under load: light queries beside heavy ones.

``python benchmarks/serve.py GRAPH`` starts ``kg serve`` on it, sends ten heavy queries at once and twenty light ones a
second beside them, and prints the latencies, when each heavy one was stopped, and the memory before and after.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

HEAVY = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g # %d"
LIGHT = "SELECT ?s WHERE { ?s a ?class } LIMIT 5 # %d"


def main() -> None:
    """Run the measurements that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0, help="time limit of a query")
    asked = parser.parse_args()
    with service(asked.graph, asked.seconds) as (port, process):
        _load(port, process, asked.seconds)


@contextlib.contextmanager
def service(graph: Path, limit: float) -> Iterator[tuple[int, int]]:
    """Give port and number of a service that has settled: once the graph is in memory nothing goes on any more."""
    port = free_port()
    options = ["--port", str(port), "--seconds", str(limit)]
    command = [sys.executable, "-m", "kg", "serve", str(graph), *options]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        used = -1.0
        while (now := _processor(server.pid)) > used + 0.05:
            used = now
            time.sleep(1)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    """Return a port that nothing listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            ask(port, "ASK {}")
        except OSError:
            _KEPT.connection.close()
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the service did not start")


def ask(port: int, query: str) -> tuple[int, bytes, float]:
    """Ask over a connection that each thread keeps, as clients do; return status, body and seconds."""
    connection = _connection(port)
    started = time.perf_counter()
    connection.request("GET", "/sparql?" + urllib.parse.urlencode({"query": query}), headers={"Accept": "*/*"})
    answer = connection.getresponse()
    body = answer.read()
    return answer.status, body, time.perf_counter() - started


_KEPT = threading.local()


def _connection(port: int) -> http.client.HTTPConnection:
    if not hasattr(_KEPT, "connection"):
        _KEPT.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    found: http.client.HTTPConnection = _KEPT.connection
    return found


def _load(port: int, server: int, limit: float) -> None:
    before = _memory(server)
    stopped: list[tuple[int, str, float]] = []
    threads = [threading.Thread(target=_heavy, args=(port, number, stopped)) for number in range(10)]
    for thread in threads:
        thread.start()
    light: list[float] = []
    failed = 0
    started, number = time.perf_counter(), 0
    while any(thread.is_alive() for thread in threads):
        status, _, seconds = ask(port, LIGHT % number)
        light.append(seconds)
        failed += status != 200
        number += 1
        time.sleep(max(0.0, started + number / 20 - time.perf_counter()))
    for thread in threads:
        thread.join()
    time.sleep(1)
    light.sort()
    print(f"light queries: {len(light)}, failed {failed}")
    middle, slow = (light[int(len(light) * share)] * 1000 for share in (0.5, 0.99))
    print(f"  median {middle:.1f} ms, 99th percentile {slow:.1f} ms")
    kinds = sorted({(status, kind) for status, kind, _ in stopped})
    print(f"heavy queries: {kinds}, limit {limit:g} s, two run at a time")
    print(f"  ended after {', '.join(f'{seconds:.1f}' for *_, seconds in sorted(stopped, key=lambda item: item[2]))} s")
    after = _memory(server)
    print("memory of all processes, shared pages counted once (in each of them):")
    print(
        "  "
        + ", ".join(f"{one:.0f} MB ({all_:.0f}) {when}" for when, (one, all_) in (("before", before), ("after", after)))
    )


def _heavy(port: int, number: int, stopped: list[tuple[int, str, float]]) -> None:
    status, body, seconds = ask(port, HEAVY % number)
    stopped.append((status, json.loads(body).get("kind", ""), seconds))


def _memory(pid: int) -> tuple[float, float]:
    """Return what a process and all below it take, in MB: shared pages counted once, and counted in each of them."""
    fair, resident = 0.0, 0.0
    for one in _below(pid):
        with contextlib.suppress(OSError, KeyError):
            lines = Path(f"/proc/{one}/smaps_rollup").read_text("ascii").splitlines()[1:]
            sizes = {name: int(size.split()[0]) / 1024 for name, size in (line.split(":") for line in lines)}
            fair, resident = fair + sizes["Pss"], resident + sizes["Rss"]
    return fair, resident


def _processor(pid: int) -> float:
    """Return the seconds of processor time that a process and all below it have used."""
    ticks = 0
    for one in _below(pid):
        with contextlib.suppress(OSError):
            ticks += sum(map(int, Path(f"/proc/{one}/stat").read_text("utf-8").rpartition(")")[2].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _below(pid: int) -> list[int]:
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{found[-1]}/task").iterdir():
                waiting += map(int, (task / "children").read_text("ascii").split())
    return found


if __name__ == "__main__":
    main()
