"""The service under load: light queries beside heavy ones, and the bench questions over HTTP against other engines.

``python benchmarks/serve.py GRAPH`` starts ``kg serve`` on it, sends ten heavy queries at once and twenty light ones a
second beside them, and prints the latencies, when each heavy one was stopped, and the memory before and after.
``--questions FOLDER`` also times every ``.rq`` of a folder: over HTTP, cold and repeated, and in process by oxrdflib.
"""

from __future__ import annotations

import argparse
import http.client
import json
import math
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
from pathlib import Path

HEAVY = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g # %d"
LIGHT = "SELECT ?s WHERE { ?s a ?class } LIMIT 5 # %d"


def main() -> None:
    """Run the measurements that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0, help="time limit of a query")
    parser.add_argument("--questions", type=Path, help="folder of .rq files to time")
    asked = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "kg",
        "serve",
        str(asked.graph),
        "--port",
        str(port),
        "--seconds",
        str(asked.seconds),
    ]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        if asked.questions:
            _questions(port, asked.graph, sorted(asked.questions.glob("*.rq")))
        _load(port, server.pid, asked.seconds)
    finally:
        server.terminate()
        server.wait()


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            _ask(port, "ASK {}")
        except OSError:
            _KEPT.connection.close()
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the service did not start")


def _ask(port: int, query: str) -> tuple[int, bytes, float]:
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
        status, _, seconds = _ask(port, LIGHT % number)
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
    print(f"memory of all processes: {before:.0f} MB before, {_memory(server):.0f} MB after")


def _heavy(port: int, number: int, stopped: list[tuple[int, str, float]]) -> None:
    status, body, seconds = _ask(port, HEAVY % number)
    stopped.append((status, json.loads(body).get("kind", ""), seconds))


def _memory(pid: int) -> float:
    """Return the proportional set size of a process and all below it, in MB."""
    total, waiting = 0.0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text("ascii").splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (task / "children").read_text("ascii").split())
        except (OSError, StopIteration):
            continue
    return total


def _questions(port: int, graph: Path, files: list[Path]) -> None:
    from kg.query.sparql import query as embedded
    from kg.store.folder import open_graph
    from kg.store.oxigraph import dataset

    found = dataset(open_graph(graph))
    print(f"{'question':<28}{'HTTP cold':>12}{'repeated':>12}{'engine':>12}{'oxrdflib':>12}   ms")
    columns: list[list[float]] = [[], [], [], []]
    for file in files:
        text = file.read_text("utf-8")
        cold = statistics.median(_ask(port, f"{text}\n# {number}")[2] for number in range(3))
        _ask(port, text)
        again = statistics.median(_ask(port, text)[2] for _ in range(5))
        engine = _timed(lambda text=text: embedded(graph, text).text("json"))
        other = _timed(lambda text=text: found.query(text).serialize(format="json"))
        for column, value in zip(columns, (cold, again, engine, other), strict=True):
            column.append(value * 1000)
        print(f"{file.stem:<28}" + "".join(f"{column[-1]:>12.1f}" for column in columns))
    means = (math.exp(statistics.mean(map(math.log, column))) for column in columns)
    print(f"{'geometric mean':<28}" + "".join(f"{mean:>12.1f}" for mean in means))


def _timed(action: object) -> float:
    times = []
    for _ in range(3):
        started = time.perf_counter()
        action()  # type: ignore[operator]
        times.append(time.perf_counter() - started)
    return statistics.median(times)


if __name__ == "__main__":
    main()
