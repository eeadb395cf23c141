"""The number of all triples is named only where a query plainly asks for it."""

from __future__ import annotations

import pytest

from kg.query.totals import named

PROLOGUE = "BASE <urn:b>\nPREFIX kg: <https://example.org/kg#>\n# all of it\n"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
        "select(count(?p)as ?n){?s ?p ?o.} # each",
        "SELECT (COUNT(*) AS $n) WHERE { $s ?p ?o . }\n",
    ],
)
def test_the_total_is_named(query: str) -> None:
    assert named(PROLOGUE + query, 7) == f"{PROLOGUE}SELECT ?n {{ VALUES ?n {{ 7 }} }}"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?s }",
        "SELECT (COUNT(*) AS ?s) WHERE { ?s ?p ?o }",
        "SELECT (COUNT(?x) AS ?n) WHERE { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) WHERE { ?s a ?o }",
        "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o } LIMIT 0",
        "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?s",
        "SELECT (COUNT(*) AS ?n) FROM <urn:g> WHERE { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }",
        "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o } # LIMIT 0\nLIMIT 0",
        "ASK { ?s ?p ?o }",
    ],
)
def test_other_questions_stay_as_they_are(query: str) -> None:
    assert named(query, 7) == query
