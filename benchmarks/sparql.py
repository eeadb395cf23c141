"""The questions of a folder over HTTP, against other engines that hold the same graph, in one run.

``python -m benchmarks.sparql GRAPH FOLDER`` times every ``.rq`` file: asked of ``kg serve``, cold (a comment makes
each asking another), repeated as by a client that has the answer with its ETag, and as by one that has not; asked of
the ``oxigraph`` server where ``pip install oxigraph`` put one; and in process of oxrdflib, on disk and in memory, and
of rdflib's own store, unless ``--no-rdflib``: it takes minutes to read a million triples. Answers are JSON, means
geometric; the engines take turns, so that what else the machine does falls on all of them.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import http.client
import math
import shutil
import signal
import statistics
import subprocess
import time
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import oxrdflib
import pyoxigraph
import rdflib

from benchmarks.serve import free_port, service
from kg.store.folder import GraphFolder, open_graph
from kg.store.oxigraph import dataset

JSON = "application/sparql-results+json"
RDFLIB = "rdflib"
#: Seconds that rdflib's own store is given for a question; it is asked once.
_PATIENCE = 20
#: Asks a question, the number of the asking with it, and returns how many bytes the answer has.
Ask = Callable[[str, int], int]


class Client:
    """One connection that is kept, as programs do."""

    def __init__(self, port: int, path: str) -> None:
        """Prepare to ask at a port of this machine."""
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        self._path = path

    def get(self, query: str, headers: Mapping[str, str]) -> tuple[int, str, bytes]:
        """Return status, ETag and body."""
        address = f"{self._path}?{urllib.parse.urlencode({'query': query})}"
        try:
            answer = self._answer(address, headers)
        except (http.client.RemoteDisconnected, BrokenPipeError):  # it was not used for long
            self._connection.close()
            answer = self._answer(address, headers)
        return answer.status, answer.getheader("ETag") or "", answer.read()

    def _answer(self, address: str, headers: Mapping[str, str]) -> http.client.HTTPResponse:
        self._connection.request("GET", address, headers={"Accept": JSON, **headers})
        return self._connection.getresponse()

    def cold(self, text: str, number: int) -> int:
        """Ask what nobody has asked before."""
        status, _, body = self.get(f"{text}\n# {number} {time.time_ns()}", {})
        if status != 200:
            raise SystemExit(f"{status}: {body[:300]!r}")
        return len(body)

    def kept(self, text: str, number: int) -> int:
        """Ask again without an ETag: the whole answer comes from what is kept."""
        return len(self.get(text, {})[2])

    def repeated(self) -> Ask:
        """Return how to ask again with the ETag of the answer before."""
        tags: dict[str, str] = {}

        def ask(text: str, number: int) -> int:
            status, tag, body = self.get(text, {"If-None-Match": tags.get(text, "")})
            if text in tags and status != 304:
                raise SystemExit(f"asked again: {status}")
            tags[text] = tag
            return len(body)

        return ask


@contextlib.contextmanager
def oxigraph_server(graph: GraphFolder) -> Iterator[Ask]:
    """Start Oxigraph's own server on the store of a graph."""
    port = free_port()
    command = ["oxigraph", "serve-read-only", "--location", str(graph.store), "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen([*command, "--union-default-graph"], stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError):
                Client(port, "/query").cold("ASK {}", 0)
                break
            time.sleep(0.05)
        yield Client(port, "/query").cold
    finally:
        server.terminate()
        server.wait()


def in_process(found: rdflib.Graph) -> Ask:
    """Return how to ask an rdflib graph."""
    return lambda text, number: len(found.query(text).serialize(format="json") or b"")


def bounded(ask: Ask) -> Ask:
    """Return how to ask no longer than patience lasts; what takes longer counts as long as that."""

    def over(*_: object) -> None:
        raise TimeoutError

    def asked(text: str, number: int) -> int:
        signal.signal(signal.SIGALRM, over)
        signal.alarm(_PATIENCE)
        try:
            return ask(text, number)
        except TimeoutError:
            return 0
        finally:
            signal.alarm(0)

    return asked


def engines(graph: GraphFolder, held: contextlib.ExitStack, *, rdflib_too: bool) -> Iterator[tuple[str, Ask]]:
    """Yield the engines with their names, all of them ready to answer."""
    port, _ = held.enter_context(service(graph.path, 120))
    yield "kg serve, cold", Client(port, "/sparql").cold
    yield "repeated", Client(port, "/sparql").repeated()
    yield "kept", Client(port, "/sparql").kept
    if shutil.which("oxigraph"):
        yield "oxigraph", held.enter_context(oxigraph_server(graph))
    yield "oxrdflib disk", in_process(dataset(graph))
    memory = pyoxigraph.Store()
    memory.bulk_load(path=str(graph.quads), format=pyoxigraph.RdfFormat.N_QUADS)
    yield "oxrdflib memory", in_process(rdflib.Dataset(oxrdflib.OxigraphStore(store=memory), default_union=True))
    if rdflib_too:
        own = rdflib.Graph()
        own.parse(data=_triples(graph), format="nt")
        yield RDFLIB, bounded(in_process(own))


def _triples(graph: GraphFolder) -> str:
    store = pyoxigraph.Store.read_only(str(graph.store))
    triples = store.query("CONSTRUCT WHERE { ?s ?p ?o }", use_default_graph_as_union=True)
    return (pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b"").decode("utf-8")  # type: ignore[arg-type]


def timed(ask: Ask, text: str, number: int) -> float:
    """Return how many milliseconds an asking takes."""
    started = time.perf_counter()
    ask(text, number)
    return 1000 * (time.perf_counter() - started)


def main() -> None:
    """Ask each question of all engines in turn, round by round; print medians and means."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("questions", type=Path, help="folder of .rq files")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-rdflib", action="store_true")
    asked = parser.parse_args()
    texts = {file.stem: file.read_text("utf-8") for file in sorted(asked.questions.glob("*.rq"))}
    with contextlib.ExitStack() as held:
        asks = dict(engines(open_graph(asked.graph), held, rdflib_too=not asked.no_rdflib))
        gc.freeze()  # the collector is not to walk through a million triples of one engine on the time of another
        print(f"{'ms':<20}" + "".join(f"{name:>17}" for name in asks))
        rows = []
        for name, text in texts.items():
            asks["repeated"](text, 0)
            rounds = {engine: 1 if engine == RDFLIB else asked.rounds for engine in asks}
            found: dict[str, list[float]] = {engine: [] for engine in asks}
            for number in range(asked.rounds):
                for engine in (engine for engine in asks if number < rounds[engine]):
                    found[engine].append(timed(asks[engine], text, number))
            rows.append(list(found.values()))
            print(f"{name:<20}" + "".join(f"{statistics.median(times):>17.1f}" for times in rows[-1]), flush=True)
    for words, figure in (("mean of medians", statistics.median), ("mean of quickest", min)):
        means = (
            math.exp(statistics.mean(math.log(figure(times)) for times in column)) for column in zip(*rows, strict=True)
        )
        print(f"{words:<20}" + "".join(f"{mean:>17.2f}" for mean in means))


if __name__ == "__main__":
    main()
