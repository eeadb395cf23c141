"""What the network page asks of the service: parts of the network, paths, facts with quotes, exports."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx
import pytest
import rdflib
from starlette.testclient import TestClient

from kg.build import build
from kg.query.sparql import query
from kg.serve.app import app

ZHUZHOU, HUNAN = "id/place/430200", "id/place/430000"
BASE = "https://w3id.org/lgkg/"


@pytest.fixture(scope="module")
def client(built: Path) -> Iterator[TestClient]:
    with TestClient(app(built)) as opened:
        yield opened


def asked(client: TestClient, address: str, **values: Any) -> Any:
    response = client.get(address, params=values)
    assert response.status_code == 200, response.text
    return response.json()


def test_the_page_runs_no_inline_script(client: TestClient) -> None:
    response = client.get("/network")
    assert "unsafe" not in response.headers["content-security-policy"]
    assert 'src="/built/network.js"' in response.text


def test_it_starts_from_the_forty_most_connected_and_says_of_how_many(client: TestClient) -> None:
    found = asked(client, "/api/network")
    assert len(found["nodes"]["id"]) == 40
    assert found["candidates"] == found["all"] > 100
    assert len(set(found["nodes"]["type"])) > 5


def test_around_a_thing_are_all_its_neighbours(client: TestClient) -> None:
    found = asked(client, "/api/network", focus=ZHUZHOU, limit=1000)
    (degree,) = [
        degree
        for degree, iri in zip(found["nodes"]["degree"], found["nodes"]["iri"], strict=True)
        if iri == BASE + ZHUZHOU
    ]
    assert found["candidates"] == len(found["nodes"]["id"]) == degree + 1


def test_a_thing_stands_in_the_same_place_in_every_view(client: TestClient) -> None:
    places: dict[int, tuple[float, float]] = {}
    for values in ({}, {"limit": 100}, {"focus": ZHUZHOU}, {"type": "official"}):
        nodes = asked(client, "/api/network", layout="map", **values)["nodes"]
        for number, x, y in zip(nodes["id"], nodes["x"], nodes["y"], strict=True):
            assert places.setdefault(number, (x, y)) == (x, y)


def test_a_small_view_has_a_layout_of_its_own_the_same_each_time(client: TestClient) -> None:
    first, second = (asked(client, "/api/network", focus=ZHUZHOU) for _ in range(2))
    assert first["own"]
    assert first == second
    assert first["nodes"]["x"] != asked(client, "/api/network", focus=ZHUZHOU, layout="map")["nodes"]["x"]


def test_what_is_kept_is_given_with_its_ties_to_what_is_new(client: TestClient) -> None:
    first = asked(client, "/api/network", limit=10)["nodes"]["id"]
    found = client.post("/api/network", json={"focus": [ZHUZHOU], "limit": 5, "keep": first}).json()
    assert set(first) <= set(found["nodes"]["id"])
    assert len(found["chosen"]) == 5


def test_filters_by_type_stage_and_year(client: TestClient) -> None:
    found = asked(client, "/api/network", type="project", limit=1000)
    assert {found["types"][number] for number in found["nodes"]["type"]} == {"project"}
    stage = next(name for name in found["stages"] if name)
    narrowed = asked(client, "/api/network", stage=stage, limit=1000)
    assert 0 < narrowed["candidates"] < found["candidates"]
    assert asked(client, "/api/network", year=1999)["candidates"] == 0


def test_filter_by_district_takes_in_what_lies_below(client: TestClient) -> None:
    wide = asked(client, "/api/network", place=HUNAN, limit=2000)
    narrow = asked(client, "/api/network", place=ZHUZHOU, limit=2000)
    assert set(narrow["nodes"]["id"]) < set(wide["nodes"]["id"])


def test_a_path_is_as_short_as_networkx_finds(client: TestClient) -> None:
    whole = asked(client, "/api/network", limit=100_000)
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_edges_from(zip(whole["edges"]["source"], whole["edges"]["target"], strict=True))
    iris = dict(zip(whole["nodes"]["id"], whole["nodes"]["iri"], strict=True))
    people = [number for number in graph if "/person/" in iris[number]]
    one, other = min(people), max(people)
    found = asked(client, "/api/path", **{"from": iris[one], "to": iris[other]})
    assert found["paths"]
    for path in found["paths"]:
        assert len(path) - 1 == networkx.shortest_path_length(graph, one, other)
        assert all(graph.has_edge(a, b) for a, b in itertools.pairwise(path))


def test_facts_have_the_words_of_the_document(client: TestClient, built: Path) -> None:
    found = asked(client, "/api/facts", iri=ZHUZHOU, limit=1000)
    assert found["total"] == len(found["facts"])
    quoted = [fact for fact in found["facts"] if fact["quote"]]
    assert quoted
    assert {fact["other"] for fact in found["facts"]} == set(found["things"])
    for fact in quoted[:10]:
        span = f"<{fact['source']}#char={fact['start']},{fact['end']}>"
        words = query(built, f"SELECT ?q WHERE {{ {span} nif:anchorOf ?q }}").table().rows[0][0]
        assert " ".join(str(words).split()) == fact["quote"]


def test_facts_come_in_parts(client: TestClient) -> None:
    whole = asked(client, "/api/facts", iri=ZHUZHOU, limit=1000)["facts"]
    parts = [asked(client, "/api/facts", iri=ZHUZHOU, limit=20, offset=offset) for offset in (0, 20)]
    assert [fact for part in parts for fact in part["facts"]] == whole[:40]
    assert parts[0]["total"] == len(whole)


def test_facts_between_two_things(client: TestClient) -> None:
    other = asked(client, "/api/facts", iri=ZHUZHOU)["facts"][0]["other"]
    found = asked(client, "/api/facts", iri=ZHUZHOU, other=other)["facts"]
    assert {fact["other"] for fact in found} == {other}


@pytest.mark.parametrize("form", ["csv", "graphml", "gexf", "ttl"])
def test_a_view_as_data_is_that_view(client: TestClient, form: str) -> None:
    view = asked(client, "/api/network", focus=ZHUZHOU)
    responses = [
        client.post("/api/network/export", json={"format": form, "keep": view["nodes"]["id"]}) for _ in range(2)
    ]
    assert responses[0].content == responses[1].content
    text = responses[0].text
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
        assert len(rows) == len(view["edges"]["source"])
    elif form == "ttl":
        assert set(view["nodes"]["iri"]) == {
            str(s) for s in rdflib.Graph().parse(data=text, format="turtle").subjects()
        }
    else:
        read = networkx.parse_graphml(text) if form == "graphml" else networkx.read_gexf(io.BytesIO(text.encode()))
        assert set(read) == set(view["nodes"]["iri"])
        assert read.number_of_edges() == len(view["edges"]["source"])


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/network?focus=id/nothing", 404),
        ("/api/network?limit=many", 400),
        ("/api/path?from=id/nothing&to=id/place/430200", 404),
    ],
)
def test_an_error_is_json_with_words(client: TestClient, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert response.json()["error"]


def test_what_people_decided_is_told(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    text = "邵阳市召开产业大会\n\n2022年1月5日，建成邵阳东盟科技产业园。加快建设智能终端产业园。\n"
    (tmp_path / "in" / "parks.txt").write_text(text, "utf-8")
    decision = {"action": "merge", "left": "park/430500/智能终端产业园", "right": "park/430500/邵阳东盟科技产业园"}
    (tmp_path / "decisions.jsonl").write_text(json.dumps(decision | {"who": "张三"}, ensure_ascii=False), "utf-8")
    build([tmp_path / "in"], tmp_path / "graph", workers=1, decisions=tmp_path / "decisions.jsonl")
    with TestClient(app(tmp_path / "graph")) as client:
        found = client.get("/api/network").json()
        assert len(found["judged"]) == 1
        assert found["judged"][0] in found["nodes"]["iri"]
        page = client.get(found["judged"][0].removeprefix("https://w3id.org/lgkg"), headers={"accept": "text/html"})
        assert "张三" in page.text
        query = "SELECT ?old { ?old dcterms:isReplacedBy ?new }"
        old = client.get("/sparql", params={"query": query}, headers={"accept": "text/csv"}).text.split()[1]
        moved = client.get(old.removeprefix("https://w3id.org/lgkg"), headers={"accept": "text/html"})
        assert moved.history[0].status_code == 303
        assert moved.text == page.text
