"""Workers: graphs in memory, long answers on disk, and what a service has when it is done with a query."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph
import pytest
from starlette.testclient import TestClient

from kg.serve import worker
from kg.serve.app import app
from kg.serve.pool import Limits, Pool
from kg.serve.reply import Reply, Spooled

THINGS = 15_000
LONG = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, graph_of: Callable[[Path, bytes], Path]) -> Path:
    """A graph whose rows take several megabytes."""
    lines = [f'<urn:thing:{number}> <urn:called> "number {number:040}" <urn:g> .\n' for number in range(THINGS)]
    return graph_of(tmp_path_factory.mktemp("large") / "graph", "".join(lines).encode())


@pytest.fixture(scope="module")
def service(large: Path) -> Iterator[TestClient]:
    """The service of that graph."""
    with TestClient(app(large)) as client:
        yield client


def pool_of(client: TestClient) -> Pool:
    return client.app.state.pool  # type: ignore[attr-defined,no-any-return]


def held(client: TestClient) -> bool:
    """Wait until workers have the graph in memory."""
    for _ in range(300):
        client.get("/sparql", params={"query": "ASK {}"})
        pool = pool_of(client)
        holder = pool.source()[1]
        if holder is not None and any(worker.maker is holder for worker in pool._fast.idle):
            return True
        time.sleep(0.02)
    return False


def ask(client: TestClient, query: str, **headers: str) -> object:
    return client.get("/sparql", params={"query": query}, headers=headers)


def test_workers_in_memory_take_over_and_answer_the_same(service: TestClient, large: Path) -> None:
    assert held(service)
    rows = ask(service, LONG, accept="text/csv").text.splitlines()
    assert len(rows) == THINGS + 1
    with TestClient(app(large, Limits(held=0))) as on_disk:
        assert sorted(ask(on_disk, LONG, accept="text/csv").text.splitlines()) == sorted(rows)
        assert pool_of(on_disk).source()[1] is None


def test_a_killed_holder_is_replaced(large: Path) -> None:
    with TestClient(app(large)) as client:
        assert held(client)
        pool = pool_of(client)
        pids = {worker.pid for worker in pool._fast.idle if worker.maker is pool.source()[1]}
        parents = {int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]) for pid in pids}
        assert len(parents) == 1
        os.kill(parents.pop(), signal.SIGKILL)
        assert [ask(client, f"ASK {{}} # {number}").status_code for number in range(5)] == [200] * 5
        assert held(client)
        assert not pids & {worker.pid for worker in pool._fast.idle}


def test_a_long_answer_is_kept_on_disk(service: TestClient) -> None:
    first, again = (ask(service, LONG, **{"accept-encoding": "identity"}) for _ in range(2))
    assert first.content == again.content
    assert len(first.content) > worker.SPOOLED
    assert int(first.headers["content-length"]) == len(first.content)
    assert not list(
        Path(pool_of(service)._spool.name).iterdir()
    )  # no name is left, the space goes with the last reader
    endpoint = next(route.endpoint.__self__ for route in service.app.routes if route.path == "/sparql")  # type: ignore[attr-defined]
    assert any(isinstance(reply.data, Spooled) for reply in endpoint._kept_on_disk._replies.values())


def test_a_long_answer_is_compressed_on_its_way(service: TestClient) -> None:
    found = ask(service, LONG, **{"accept-encoding": "gzip"})
    assert found.headers["content-encoding"] == "gzip"
    assert found.content == ask(service, LONG, **{"accept-encoding": "identity"}).content


@pytest.mark.parametrize("accept", ["text/turtle", "application/n-triples"])
def test_long_triples(service: TestClient, accept: str) -> None:
    found = ask(service, "CONSTRUCT WHERE { ?s <urn:called> ?o }", accept=accept)
    form = {"text/turtle": pyoxigraph.RdfFormat.TURTLE, "application/n-triples": pyoxigraph.RdfFormat.N_TRIPLES}[accept]
    assert len(set(pyoxigraph.parse(found.content, format=form))) == THINGS


def test_rows_of_triples_are_limited(large: Path) -> None:
    with TestClient(app(large, Limits(rows=100))) as client:
        found = ask(client, "CONSTRUCT WHERE { ?s ?p ?o }")
        assert (found.status_code, found.json()["kind"]) == (413, "rows")
        assert ask(client, "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 100").status_code == 200
        assert not list(Path(pool_of(client)._spool.name).iterdir())


def test_the_total_is_that_of_the_engine(service: TestClient) -> None:
    named, counted = (
        ask(service, query, accept="text/csv").text.split()
        for query in (
            "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
            "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o FILTER(true) }",
        )
    )
    assert named == ["n", str(THINGS)]
    assert named == counted


def test_slow_queries_leave_no_workers_behind(service: TestClient) -> None:
    assert held(service)
    slow = "SELECT (COUNT(*) AS ?n) WHERE { ?a <urn:called> ?x . ?b <urn:called> ?y FILTER(STRLEN(?x) < 0) } # %d"
    for number in range(3):
        ask(service, slow % number)
    pool = pool_of(service)
    assert len(pool._fast.idle) <= pool.limits.fast + 2
    assert len(pool._slow.idle) <= pool.limits.slow


def test_an_answer_too_long_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "SPOOLED", 10)
    monkeypatch.setattr(worker, "LONGEST", 100)
    with worker._Writer(tmp_path / "1", 0) as writer:
        for _ in range(9):
            writer.write(b"a" * 11)
        with pytest.raises(worker._Refused, match="MB"):
            writer.write(b"a" * 11)
    assert not list(tmp_path.iterdir())


def test_a_spooled_answer_is_read_by_several_at_once(tmp_path: Path) -> None:
    file = tmp_path / "1"
    file.write_bytes(bytes(range(256)) * 2000)
    reply = Reply("text/csv", Spooled(file))
    assert not file.exists()
    assert reply.size == 512_000
    assert reply.body == bytes(range(256)) * 2000
