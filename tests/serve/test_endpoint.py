"""The endpoint beside the protocol: limits that stop, answers that are not given twice, a graph that is replaced."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kg.serve.accept import preferred
from kg.serve.app import app
from kg.serve.pool import Limits

#: One takes time and no memory, the other memory.
HEAVY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
GREEDY = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"
LIGHT = "SELECT ?o WHERE { ?o a lg:Official } ORDER BY ?o LIMIT 3"


def ask(client: TestClient, query: str, **headers: str) -> object:
    return client.get("/sparql", params={"query": query}, headers=headers)


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/html;q=0.9, text/csv;q=0.4, */*;q=0.1", "text/csv; charset=utf-8"),
    ],
)
def test_rows_in_the_form_that_is_asked_for(client: TestClient, accept: str, media: str) -> None:
    assert ask(client, LIGHT, accept=accept).headers["content-type"] == media


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_triples_in_the_form_that_is_asked_for(client: TestClient, media: str) -> None:
    found = ask(client, "CONSTRUCT WHERE { ?o a lg:Official } LIMIT 2", accept=media)
    assert found.headers["content-type"].split(";")[0] == media
    assert "Official" in found.text


def test_a_form_that_there_is_not(client: TestClient) -> None:
    assert ask(client, LIGHT, accept="image/png").status_code == 406
    assert client.get("/sparql", params={"query": LIGHT, "format": "png"}).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:9/>",
        "DROP ALL",
    ],
)
def test_what_changes_or_leaves_is_refused(client: TestClient, query: str) -> None:
    found = ask(client, query)
    assert found.status_code == 400
    assert "refused" in found.json()["error"]


def test_time_limit(client: TestClient) -> None:
    started = time.monotonic()
    found = ask(client, HEAVY)
    assert found.status_code == 504
    assert found.json()["kind"] == "time"
    assert "time limit of 2 s" in found.json()["error"]
    assert time.monotonic() - started < 20  # a loaded machine is slow to kill, but it does not run on


def test_row_limit(client: TestClient) -> None:
    found = ask(client, "SELECT * WHERE { ?s ?p ?o }")
    assert found.status_code == 413
    assert "5,000 rows" in found.json()["error"]


def test_memory_limit(built: Path) -> None:
    with TestClient(app(built, Limits(seconds=60, megabytes=64))) as client:
        found = ask(client, GREEDY)
        assert found.status_code == 507
        assert "memory limit of 64 MB" in found.json()["error"]
        assert ask(client, LIGHT).status_code == 200


def test_light_queries_go_on_beside_heavy_ones(client: TestClient) -> None:
    heavy = [threading.Thread(target=ask, args=(client, HEAVY + f" # {number}")) for number in range(4)]
    for thread in heavy:
        thread.start()
    answered = [ask(client, f"{LIGHT} # {number}").status_code for number in range(20)]
    still = sum(thread.is_alive() for thread in heavy)
    for thread in heavy:
        thread.join()
    assert answered == [200] * 20
    assert still > 0


def test_an_answer_is_not_given_twice(client: TestClient) -> None:
    first = ask(client, LIGHT)
    again = ask(client, LIGHT, **{"if-none-match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    other = ask(client, LIGHT, accept="text/csv")
    assert other.headers["etag"] != first.headers["etag"]


def test_pages_of_other_hosts_may_ask(client: TestClient) -> None:
    found = ask(client, LIGHT, origin="https://example.org")
    assert found.headers["access-control-allow-origin"] == "*"


def test_long_answers_are_compressed(client: TestClient) -> None:
    found = ask(client, "SELECT * WHERE { ?s a lg:Mention } LIMIT 500", **{"accept-encoding": "gzip"})
    assert found.headers["content-encoding"] == "gzip"


def test_a_killed_worker_is_replaced(built: Path) -> None:
    with TestClient(app(built)) as client:
        assert ask(client, LIGHT).status_code == 200
        pool = client.app.state.pool
        for worker in list(pool._fast.idle):
            os.kill(worker.pid, signal.SIGKILL)
        assert [ask(client, f"{LIGHT} # {number}").status_code for number in range(5)] == [200] * 5


def test_a_killed_zygote_is_replaced(built: Path) -> None:
    with TestClient(app(built)) as client:
        pool = client.app.state.pool
        os.kill(pool._zygote._process.pid, signal.SIGKILL)
        pool._zygote._process.wait()
        assert [ask(client, f"{LIGHT} # {number}").status_code for number in range(5)] == [200] * 5


def test_a_rebuild_swaps_without_a_failed_answer(tmp_path: Path, graph_of: Callable[[Path, bytes], Path]) -> None:
    def quads(number: int) -> bytes:
        return f'<urn:a> <urn:b> "{number}" <urn:g> .\n'.encode()

    graph = graph_of(tmp_path / "graph", quads(0))
    failures: list[int] = []
    seen: set[str] = set()
    ended = threading.Event()
    with TestClient(app(graph)) as client:

        def loop() -> None:
            while not ended.is_set():
                found = ask(client, "SELECT ?o WHERE { ?s ?p ?o }", accept="text/csv")
                if found.status_code != 200:
                    failures.append(found.status_code)
                seen.add(found.text.split()[-1])

        thread = threading.Thread(target=loop)
        thread.start()
        for number in range(1, 6):
            graph_of(graph, quads(number))
        last = ask(client, "SELECT ?o WHERE { ?s ?p ?o }", accept="text/csv").text.split()[-1]
        ended.set()
        thread.join()
    assert (failures, last) == ([], "5")
    assert len(seen) > 1


def test_a_confined_process_has_no_network() -> None:
    code = "import socket; from kg.serve import confine; print(confine.without_network()); socket.socket()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "False" or "PermissionError" in done.stderr


def test_media_types_by_quality() -> None:
    assert preferred("text/html;q=0.5, */*;q=0.1, text/turtle") == ["text/turtle", "text/html", "*/*"]
    assert preferred("text/csv;q=0, text/xml;q=x") == []
    assert preferred("") == []
