"""The page of search, the suggestions, and reconciliation in the JSON shapes of its specification (0.2)."""

from __future__ import annotations

import json
import re

import pytest
from starlette.testclient import TestClient

HTML = {"accept": "text/html", "accept-language": "zh"}


def ask(client: TestClient, **queries: object) -> dict[str, list[dict[str, object]]]:
    found = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert found.status_code == 200, found.text
    return {name: answer["result"] for name, answer in found.json().items()}


@pytest.mark.parametrize("words", ["李红", "lihong", "lh", "李虹"])
def test_the_page_leads_to_the_thing(client: TestClient, words: str) -> None:
    found = client.get("/search", params={"q": words}, headers=HTML)
    assert found.status_code == 200
    link = found.text.partition('<a href="/id/person/')[2].partition('"')[0]
    assert link
    assert "李红" in client.get(f"/id/person/{link}", headers=HTML).text


def test_the_page_keeps_what_was_typed_and_suggests_the_nearest(client: TestClient) -> None:
    found = client.get("/search", params={"q": '株洲市科<b>"计划', "type": "agency"}, headers=HTML).text
    assert "株洲市科&lt;b&gt;&#34;计划" in found
    assert "<b>" not in found.partition("<main")[2]
    assert "最接近的名称" in found
    assert '<option value="agency" selected>' in found


def test_a_wrong_type_or_place_is_told_on_the_page(client: TestClient) -> None:
    found = client.get("/search", params={"q": "李红", "place": "亚特兰蒂斯"}, headers=HTML)
    assert found.status_code == 400
    assert 'role="alert"' in found.text
    assert 'value="亚特兰蒂斯"' in found.text


def test_an_empty_search_asks(client: TestClient) -> None:
    assert client.get("/search", headers=HTML).status_code == 200
    assert client.get("/search", params={"q": "鑿齾龘"}, headers=HTML).status_code == 200


def test_documents_are_found_by_place_title_and_year(client: TestClient) -> None:
    text = client.get("/search", params={"q": "株洲市 2021"}, headers=HTML).text
    assert '<a href="/doc/' in text.partition("<main")[2]
    found = client.get("/api/suggest", params={"q": "动力之都 再启新程"}).json()["things"]
    assert ("document", "动力之都 再启新程") in {(one["type"], one["name"]) for one in found}
    narrowed = client.get("/search", params={"q": "株洲市", "year": "1999"}, headers=HTML).text
    assert '<a href="/doc/' not in narrowed.partition("<main")[2]


def test_a_year_narrows_to_what_documents_of_then_name(client: TestClient) -> None:
    network = client.get("/api/network", params={"limit": 5000}).json()["nodes"]
    years = dict(zip(network["iri"], zip(network["first"], network["last"], strict=True), strict=True))
    for year in (2021, 2022):
        text = client.get("/search", params={"q": "株洲", "year": str(year)}, headers=HTML).text
        found = re.findall(r'<a href="(/id/[^"]+)"><bdi>', text.partition("<main")[2])
        assert found
        for path in found:
            first, last = years[f"https://w3id.org/lgkg{path}"]
            assert first <= year <= last
    assert client.get("/search", params={"q": "株洲", "year": "x"}, headers=HTML).status_code == 200


def test_suggestions(client: TestClient) -> None:
    found = client.get("/api/suggest", params={"q": "lihong"}).json()
    first = found["things"][0]
    assert (first["name"], first["type"], first["area"], first["sign"]) == ("李红", "official", "株洲市", "人")
    assert first["href"].startswith("/id/person/")
    assert client.get("/api/suggest").json()["things"] == []


def test_the_manifest_has_what_the_specification_asks_for(client: TestClient) -> None:
    found = client.get("/reconcile").json()
    assert found["versions"] == ["0.2"]
    assert {"name", "identifierSpace", "schemaSpace", "defaultTypes"} <= found.keys()
    assert "{{id}}" in found["view"]["url"]
    assert "{{id}}" in found["preview"]["url"]
    for kind in ("entity", "type", "property"):
        service = found["suggest"][kind]
        assert client.get(service["service_path"], params={"prefix": "a"}).status_code == 200
    assert client.get("/reconcile", headers={"origin": "http://localhost:3333"}).headers["access-control-allow-origin"]


def test_a_batch_of_queries(client: TestClient) -> None:
    found = ask(
        client, q0={"query": "李红", "type": "official", "limit": 1}, q1={"query": "市科技局"}, q2={"query": ""}
    )
    (person,) = found["q0"]
    assert person.keys() == {"id", "name", "description", "type", "score", "match", "features"}
    assert (person["name"], person["match"], person["score"]) == ("李红", True, 100.0)
    assert person["type"] == [{"id": "official", "name": "官员"}]
    assert found["q1"][0]["name"] == "株洲市科学技术局"
    assert found["q2"] == []
    by_get = client.get("/reconcile", params={"queries": json.dumps({"q0": {"query": "李红", "limit": 1}})})
    assert by_get.json()["q0"]["result"][0]["id"] == person["id"]


def test_a_view_and_a_preview_of_a_candidate(client: TestClient) -> None:
    name = str(ask(client, q={"query": "李红"})["q"][0]["id"])
    view = client.get("/reconcile").json()["view"]["url"]
    assert client.get(view.replace("{{id}}", name.replace("/", "%2F")), headers=HTML).status_code == 200
    shown = client.get("/reconcile/preview", params={"id": name})
    assert "李红" in shown.text
    assert "<mark>" in shown.text
    assert "frame-ancestors *" in shown.headers["content-security-policy"]
    assert client.get("/reconcile/preview", params={"id": "id/nothing"}).status_code == 404


def test_a_property_narrows(client: TestClient) -> None:
    near, far = (
        ask(client, q={"query": "李红", "properties": [{"pid": "area", "v": place}]})["q"][0]
        for place in ("株洲市", {"id": "id/place/140400", "name": "长治市"})
    )
    assert float(str(far["score"])) < float(str(near["score"]))
    assert not far["match"]


def test_more_columns(client: TestClient) -> None:
    name = str(ask(client, q={"query": "李红"})["q"][0]["id"])
    asked = {"ids": [name, "id/nothing"], "properties": [{"id": "area"}, {"id": "mentions"}, {"id": "colour"}]}
    found = client.post("/reconcile", data={"extend": json.dumps(asked)}).json()
    assert [item["id"] for item in found["meta"]] == ["area", "mentions"]
    assert found["rows"][name]["area"] == [{"str": "株洲市"}]
    assert found["rows"][name]["mentions"][0]["int"] > 0
    assert found["rows"]["id/nothing"] == {"area": [], "mentions": []}
    proposed = client.get("/reconcile/properties", params={"type": "official"}).json()
    assert {"id": "area", "name": "地区"} in proposed["properties"]


@pytest.mark.parametrize(
    "queries", ["no json", "[]", '{"q": 1}', '{"q": {"query": 5}}', '{"q": {"query": "a", "type": "dragon"}}']
)
def test_bad_requests_are_refused(client: TestClient, queries: str) -> None:
    assert client.post("/reconcile", data={"queries": queries}).status_code == 400
