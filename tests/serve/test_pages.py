"""Pages and linked data: two languages, one address for each thing, text of documents as text."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from kg.serve.pages.render import words


def iri_of(client: TestClient, name: str) -> str:
    query = f'SELECT ?e WHERE {{ ?e skos:prefLabel ?n FILTER(STR(?n) = "{name}") }}'
    found = client.get("/sparql", params={"query": query, "format": "csv"}).text.split()
    return found[1].removeprefix("https://w3id.org/lgkg")


def test_every_word_is_there_in_both_languages() -> None:
    for language in words().values():
        assert all(language.values())


def test_a_page_in_both_languages(client: TestClient) -> None:
    chinese = client.get("/", headers={"accept-language": "zh-CN,zh;q=0.9"}).text
    english = client.get("/", headers={"accept-language": "en-GB,en;q=0.9"}).text
    assert '<html lang="zh-Hans">' in chinese
    assert '<html lang="en">' in english
    assert client.get("/?lang=en").cookies["lang"] == "en"
    client.cookies.clear()


def test_nothing_but_our_own_files_may_run(client: TestClient) -> None:
    found = client.get("/")
    policy = found.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"<script(?![^>]*src=)|\sstyle=|\son\w+=", found.text)
    assert re.findall(r"(?:src|href)=\"(?!/|#)", found.text) == []


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_a_thing_answers_machines(client: TestClient, media: str) -> None:
    found = client.get(iri_of(client, "株洲市"), headers={"accept": media})
    assert found.headers["content-type"].split(";")[0] == media
    assert "430200" in found.text


def test_a_thing_answers_people(client: TestClient) -> None:
    found = client.get(iri_of(client, "株洲市"), headers={"accept": "text/html"})
    assert found.headers["content-type"].startswith("text/html")
    assert "株洲市" in found.text


def test_markup_of_a_document_is_text(client: TestClient) -> None:
    found = client.get(iri_of(client, "李红"), headers={"accept": "text/html"}).text
    assert "</script><b>" not in found
    assert "{{ 7*7 }}" in found or "49" not in found


def test_what_there_is_not(client: TestClient) -> None:
    assert client.get("/id/person/nobody", headers={"accept": "text/html"}).status_code == 404
    assert client.get("/nowhere").status_code == 404


def test_the_graph_is_described(client: TestClient) -> None:
    found = client.get("/.well-known/void", headers={"accept": "text/turtle"})
    assert "void:triples" in found.text
    assert "dcat:Dataset" in found.text


def test_people_get_the_editor_and_machines_the_protocol(client: TestClient) -> None:
    page = client.get("/sparql", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.headers["content-type"].startswith("text/html")
    assert 'name="query"' in page.text
    described = client.get("/sparql", headers={"accept": "*/*"})
    assert described.headers["content-type"].startswith("text/turtle")
    asked = client.get("/sparql", params={"query": "ASK {}"}, headers={"accept": "text/html,*/*;q=0.8"})
    assert asked.json()["boolean"] is True
