"""Every IRI of the graph answers: terms of the ontology, named graphs and things, for people and for machines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kg.store.folder import open_graph

BASE = "https://w3id.org/lgkg"


def test_every_kind_of_iri_dereferences(client: TestClient, built: Path) -> None:
    text = open_graph(built).quads.read_text("utf-8")
    iris = {iri.partition("#")[0] for iri in re.findall(rf"<{BASE}(/[^>]+)>", text)}
    kinds = {re.match(r"/(?:id|def)/[^/]+|/[^/]+", iri)[0]: iri for iri in sorted(iris)}  # type: ignore[index]
    assert len(kinds) > 30
    for iri in kinds.values():
        for form in ("text/html", "text/turtle", "application/ld+json"):
            found = client.get(iri, headers={"accept": form})
            assert found.status_code == 200, (iri, form)
            assert found.headers["content-type"].startswith(form)


def test_terms_are_told_in_both_languages(client: TestClient) -> None:
    for language, words in (("zh", "人工判断"), ("en", "judgement")):
        text = client.get("/ont", headers={"accept": "text/html", "accept-language": language}).text
        assert words in text
        assert 'id="Judgement"' in text


def test_a_graph_tells_how_large_it_is(client: TestClient, built: Path) -> None:
    text = client.get("/graph/derived", headers={"accept": "text/html"}).text
    lines = open_graph(built).quads.read_text("utf-8").splitlines()
    mine = sum(1 for line in lines if line.endswith(f"<{BASE}/graph/derived> ."))
    assert f"{mine:,}" in text
    assert client.get("/graph/none", headers={"accept": "text/html"}).status_code == 404


@pytest.mark.parametrize("form", ["text/turtle", "application/n-triples"])
def test_the_ontology_is_given_to_machines(client: TestClient, form: str) -> None:
    assert re.search("(ont#|lg:)Judgement", client.get("/ont", headers={"accept": form}).text)
