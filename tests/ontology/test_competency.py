"""Every competency question is a valid query in terms that exist, and those we can answer are answered."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph
import pytest
from rdflib.plugins.sparql import prepareQuery

from kg import ids, ontology, resources

QUERIES = sorted(resources.path("ontology", "competency").glob("cq*.rq"))
OWN = ids.PREFIXES["lg"]


def test_there_are_forty_questions() -> None:
    assert [file.stem for file in QUERIES] == [f"cq{number:02d}" for number in range(1, 41)]


@pytest.mark.parametrize("file", QUERIES, ids=lambda file: file.stem)
def test_a_question_is_told_in_both_languages_and_parses(file: Path) -> None:
    text = file.read_text("utf-8")
    chinese, english, *_ = text.splitlines()
    assert re.match(rf"# {file.stem.upper()} \[\w+\] .*[？。]$", chinese)
    assert re.match(r"# [A-Z0-9].*[a-z].*[?.]$", english)
    prepareQuery(text)
    pyoxigraph.Store().query(text, use_default_graph_as_union=True)


@pytest.mark.parametrize("file", QUERIES, ids=lambda file: file.stem)
def test_a_question_uses_own_terms_that_exist(file: Path) -> None:
    terms = {statement.subject for statement in ontology.statements()}
    used = re.findall(r"\blg:(\w+)", file.read_text("utf-8"))
    assert [name for name in used if OWN + name not in terms] == []


@pytest.mark.parametrize("file", QUERIES, ids=lambda file: file.stem)
def test_a_question_names_concepts_that_exist(file: Path) -> None:
    concepts = {statement.subject for statement in ontology.statements()}
    used = re.findall(r"<(https://w3id.org/lgkg/def/[^>]+)>", file.read_text("utf-8"))
    assert [iri for iri in used if iri not in concepts] == []
