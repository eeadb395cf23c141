"""The SPARQL 1.1 test suite of the W3C through the protocol: the service answers as the embedded engine does.

All data lies in one graph folder, each file in a graph of its own; the dataset of a case is named in the request.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
from rdflib import RDF
from rdflib.collection import Collection
from starlette.testclient import TestClient

from kg.serve.app import app
from kg.serve.pool import Limits

SUITE = Path(__file__).parents[3] / "shared" / "w3c" / "sparql" / "sparql11"
pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason="the W3C suite is not beside this checkout")

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
EMPTY = "urn:nothing"


@dataclass(frozen=True, slots=True)
class Case:
    """One case of the suite with the files it names."""

    name: str
    kind: str
    query: Path
    default: tuple[Path, ...] = ()
    named: tuple[Path, ...] = ()


@cache
def manifest(folder: str) -> rdflib.Graph:
    return rdflib.Graph().parse(SUITE / folder / "manifest.ttl", publicID=(SUITE / folder / "manifest.ttl").as_uri())


def path(node: rdflib.term.Node) -> Path:
    return Path(str(node).removeprefix("file://"))


def cases() -> Iterator[Case]:
    folders = sorted(item.parent.name for item in SUITE.glob("*/manifest.ttl")) if SUITE.is_dir() else []
    for folder in folders:
        found = manifest(folder)
        for entries in found.objects(None, MF.entries):
            for entry in Collection(found, entries):
                kind = str(found.value(entry, RDF.type)).rsplit("#", 1)[-1]
                if "Update" in kind or kind in {"ProtocolTest", "ServiceDescriptionTest"}:
                    continue
                yield _case(found, folder, entry, kind)


def _case(found: rdflib.Graph, folder: str, entry: rdflib.term.Node, kind: str) -> Case:
    action = found.value(entry, MF.action)
    query = found.value(action, QT.query) or action
    return Case(
        f"{folder}/{str(entry).rsplit('#', 1)[-1]}",
        kind,
        path(query),
        tuple(sorted(path(item) for item in found.objects(action, QT.data))),
        tuple(sorted(path(item) for item in found.objects(action, QT.graphData))),
    )


CASES = list(cases())
EVALUATED = [case for case in CASES if case.kind in {"QueryEvaluationTest", "CSVResultFormatTest"}]
SYNTAX = [case for case in CASES if "Syntax" in case.kind]
PROTOCOL = {
    "http://kasei.us/2009/09/sparql/data/data1.rdf": "protocol/data1.nt",
    "http://kasei.us/2009/09/sparql/data/data2.rdf": "protocol/data2.nt",
    "http://kasei.us/2009/09/sparql/data/data3.rdf": "protocol/data3.nt",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, graph_of: Callable[[Path, bytes], Path]) -> Iterator[TestClient]:
    store = pyoxigraph.Store()
    for file in sorted({file for case in EVALUATED for file in (*case.default, *case.named)}):
        _load(store, file, file.as_uri())
    for name, file in PROTOCOL.items():
        _load(store, SUITE / file, name)
    quads = store.dump(format=pyoxigraph.RdfFormat.N_QUADS) or b""
    graph = graph_of(tmp_path_factory.mktemp("w3c") / "graph", quads)
    with TestClient(app(graph, Limits(seconds=10))) as found:
        yield found


def _load(store: pyoxigraph.Store, file: Path, name: str | None) -> None:
    form = pyoxigraph.RdfFormat.from_extension(file.suffix[1:])
    assert form is not None, file
    store.load(path=file, format=form, base_iri=file.as_uri(), to_graph=pyoxigraph.NamedNode(name) if name else None)


def ask(service: TestClient, case: Case, accept: str) -> Any:
    text = case.query.read_text("utf-8")
    query = ("query", f"BASE <{case.query.as_uri()}>\n{text}")
    if re.search(r"^\s*FROM\b", text, re.M):  # a dataset in the request would come before that of the query
        return service.get("/sparql", params=[query], headers={"accept": accept})
    parameters = [
        query,
        *(("default-graph-uri", file.as_uri()) for file in case.default),
        *([] if case.default else [("default-graph-uri", EMPTY)]),
        *(("named-graph-uri", file.as_uri()) for file in case.named),
        *([] if case.named else [("named-graph-uri", EMPTY)]),
    ]
    return service.get("/sparql", params=parameters, headers={"accept": accept})


def engine(case: Case) -> Any:
    store = pyoxigraph.Store()
    for file in case.default:
        _load(store, file, None)
    for file in case.named:
        _load(store, file, file.as_uri())
    return store.query(case.query.read_text("utf-8"), base_iri=case.query.as_uri())


def plain(term: Any) -> Any:
    """A term without the name of a blank node."""
    if term is None:
        return None
    value = term.value if isinstance(term, pyoxigraph.NamedNode) else str(term)
    return "_:" if isinstance(term, pyoxigraph.BlankNode) else value


def counted(answer: Any) -> Any:
    """An answer of the engine as what can be compared: a truth value, or a multiset of rows or triples."""
    if isinstance(answer, pyoxigraph.QueryBoolean):
        return bool(answer)
    if isinstance(answer, pyoxigraph.QuerySolutions):
        names = [variable.value for variable in answer.variables]
        rows = (tuple(plain(value) for value in row) for row in answer)
        return Counter(frozenset((n, v) for n, v in zip(names, row, strict=True) if v is not None) for row in rows)
    return Counter((plain(item.subject), plain(item.predicate), plain(item.object)) for item in answer)


#: Values of these differ at every call by their nature.
RANDOM = {"functions/rand01", "functions/uuid01", "functions/struuid01", "functions/now01", "functions/bnode01"}


@pytest.mark.parametrize("case", EVALUATED, ids=lambda case: case.name)
def test_a_query_is_answered_as_the_engine_answers_it(case: Case, service: TestClient) -> None:
    try:
        expected = engine(case)
    except (SyntaxError, ValueError, RuntimeError):
        assert ask(service, case, "*/*").status_code == 400
        return
    triples = isinstance(expected, pyoxigraph.QueryTriples)
    expected = counted(expected)  # what the engine gives is read at once: it may end in this thread only
    found = ask(service, case, "application/n-triples" if triples else "application/sparql-results+json")
    assert found.status_code == 200, found.text
    if triples:
        read = pyoxigraph.parse(found.content, format=pyoxigraph.RdfFormat.N_TRIPLES)
        answer = Counter((plain(item.subject), plain(item.predicate), plain(item.object)) for item in read)
    else:
        answer = counted(pyoxigraph.parse_query_results(found.content, format=pyoxigraph.QueryResultsFormat.JSON))
    assert case.name in RANDOM or answer == expected


def unnamed(text: bytes) -> bytes:
    """A result without the names of blank nodes, which differ from one loading to the next."""
    return re.sub(rb"[0-9a-f]{24,32}", b"", text)


FORMATS = [case for case in EVALUATED if case.name.startswith(("csv-tsv-res/", "json-res/"))]


@pytest.mark.parametrize("case", FORMATS, ids=lambda case: case.name)
@pytest.mark.parametrize("form", ["JSON", "XML", "CSV", "TSV"])
def test_a_result_has_the_bytes_of_the_engine(case: Case, form: str, service: TestClient) -> None:
    written = getattr(pyoxigraph.QueryResultsFormat, form)
    expected = engine(case)
    if isinstance(expected, pyoxigraph.QueryBoolean) and form in {"CSV", "TSV"}:
        return
    found = ask(service, case, written.media_type)
    assert found.status_code == 200
    assert unnamed(found.content) == unnamed(expected.serialize(format=written))


@pytest.mark.parametrize("case", SYNTAX, ids=lambda case: case.name)
def test_syntax(case: Case, service: TestClient) -> None:
    found = ask(service, case, "*/*")
    try:
        pyoxigraph.Store().query(case.query.read_text("utf-8"), base_iri="http://example.org/")
        well_formed = True
    except RuntimeError:
        return  # well-formed, and names a function that there is not
    except SyntaxError:
        well_formed = False
    assert well_formed == case.kind.startswith("Positive") or case.name in ENGINE_DIFFERS
    assert (found.status_code == 200) == (well_formed and "SERVICE" not in case.query.read_text("utf-8")), found.text


#: Cases in which the engine itself departs from the suite.
ENGINE_DIFFERS: set[str] = set()


# --- protocol ---------------------------------------------------------------------------------------------------


def requests() -> Iterator[tuple[str, dict[str, Any], list[str], Any, str]]:
    if not SUITE.is_dir():
        return
    found = manifest("protocol")
    for entry in sorted(found.subjects(RDF.type, MF.ProtocolTest)):
        action = found.value(entry, MF.action)
        for number, request in enumerate(Collection(found, found.value(action, HT.requests))):
            response = found.value(request, HT.resp)
            headers = found.value(request, HT.headers)
            body = found.value(request, HT.body)
            charset = str(found.value(body, CNT.characterEncoding) or "utf-8") if body else "utf-8"
            sent = {
                "method": str(found.value(request, HT.methodName)),
                "url": str(found.value(request, HT.absolutePath)),
                "headers": {
                    str(found.value(item, HT.fieldName)): str(found.value(item, HT.fieldValue))
                    for item in (Collection(found, headers) if headers else ())
                },
                "content": str(found.value(body, CNT.chars)).encode(charset) if body else None,
            }
            statuses = [str(item).rsplit("#", 1)[-1] for item in found.objects(response, MF.expectedStatus)]
            truth = found.value(response, MF.expectedBoolean)
            form = str(found.value(response, MF.expectedFormat) or "")
            yield f"{str(entry).rsplit('#', 1)[-1]}-{number}", sent, statuses, truth, form


MEDIA = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"),
    "RDF": ("text/turtle", "application/n-triples", "application/rdf+xml"),
}


@pytest.mark.parametrize("request_", list(requests()), ids=lambda item: item[0])
def test_the_protocol(request_: tuple[str, dict[str, Any], list[str], Any, str], service: TestClient) -> None:
    name, sent, statuses, truth, form = request_
    found = service.request(**sent)
    if "update" in name:  # a graph is only read
        updates = (sent["content"] or b"").startswith(b"update=") or "update" in sent["headers"].get("content-type", "")
        if name.startswith("bad_") or updates:
            assert 400 <= found.status_code < 500
        return
    assert any(str(found.status_code)[0] == status.removeprefix("StatusCode")[0] for status in statuses), found.text
    if form:
        assert found.headers["content-type"].split(";")[0] in MEDIA[form]
    if truth is not None:
        assert json.loads(found.content)["boolean"] == truth.toPython()


def test_the_service_describes_itself(service: TestClient) -> None:
    found = service.get("/sparql", headers={"accept": "text/turtle"})
    described = rdflib.Graph().parse(data=found.text, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert list(described.subjects(RDF.type, sd.Service))
    assert list(described.objects(None, sd.endpoint))
