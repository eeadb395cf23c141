"""From an extraction to quads, a folder, SPARQL rows and the shapes."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from kg import ids, resources
from kg.records import Extraction
from kg.statements import statements
from kg.store import folder, oxigraph, shapes, terms
from tests.statements import example

PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in ids.PREFIXES.items())


def rows(graph: folder.GraphFolder, query: str) -> list[tuple[str, ...]]:
    found = oxigraph.open_store(graph).query(PREFIXES + query, use_default_graph_as_union=True)
    return [tuple(value.value for value in row) for row in found]


def test_a_query_over_the_union_finds_each_fact_once(graph: folder.GraphFolder) -> None:
    query = """SELECT ?who ?role ?on WHERE {
        ?tenure a lg:Tenure ; org:member/skos:prefLabel ?who ; lg:roleText ?role ; lg:attestedBy/lg:attestedOn ?on }
        ORDER BY ?who"""
    assert rows(graph, query) == [("李红", "局长", "2021-12-31"), ("陈恢清", "代市长", "2021-12-31")]


def test_a_fact_leads_to_its_quote_and_offsets(graph: folder.GraphFolder) -> None:
    query = """SELECT ?quote ?start ?end ?document WHERE {
        ?target lg:value 1000.0 ; lg:evidence ?mention . ?mention nif:anchorOf ?quote ; oa:hasSelector ?selector ;
          oa:hasSource/dcterms:identifier ?document . ?selector oa:start ?start ; oa:end ?end }"""
    start, end = example.at("高新技术企业突破1000家")
    assert rows(graph, query) == [("高新技术企业突破1000家", str(start), str(end), "000_example")]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("cq01", [("李红", "局长", "000_example", "2021-12-31")]),
        ("cq02", [("李红", "株洲市科学技术局", "局长"), ("陈恢清", "株洲市人民政府", "代市长")]),
        ("cq03", [("陈恢清", "acting", "2021-12-31", "000_example")]),
        ("cq06", [("李红", "1")]),
        ("cq15", [("“3+3+2”现代产业体系", "轨道交通、陶瓷")]),
        ("cq28", [("2022", "gt", "1000", "家", "000_example")]),
        ("cq34", [("湘江", "le", "2", "类")]),
        (
            "cq40",
            [
                (
                    "000_example",
                    "重振“雄风”",
                    "2021-12-31",
                    "高新技术企业突破1000家",
                    *map(str, example.at("高新技术企业突破1000家")),
                )
            ],
        ),
        ("cq36", [("株洲市园区", "园区技工贸总收入", "500000000000", "2022")]),
    ],
)
def test_a_competency_question_is_answered(
    graph: folder.GraphFolder, question: str, expected: list[tuple[str, ...]]
) -> None:
    text = resources.path("ontology", "competency", f"{question}.rq").read_text("utf-8")
    assert rows(graph, text) == expected


def test_literals_are_found_by_their_language(graph: folder.GraphFolder) -> None:
    assert rows(graph, 'SELECT ?code WHERE { ?d lg:adcode ?code ; skos:prefLabel "株洲市"@zh-Hans }') == [("430200",)]


def test_the_database_and_the_sorted_file_hold_the_same_lines(graph: folder.GraphFolder) -> None:
    found = [f"{quad} .\n" for quad in oxigraph.open_store(graph)]
    assert sorted(line.encode() for line in found) == graph.quads.read_bytes().splitlines(keepends=True)
    assert graph.count == len(found)
    assert graph.manifest["repeated_triples"] == 0
    assert "_:" not in graph.quads.read_text("utf-8")


def test_rdflib_sees_the_union_and_the_named_graphs(graph: folder.GraphFolder) -> None:
    dataset = oxigraph.dataset(graph)
    assert dataset.query('ASK { ?place lg:adcode "430200" ; skos:prefLabel "株洲市"@zh-Hans }').askAnswer
    assert rdflib.URIRef(ids.document(example.DOCUMENT.id)) in {g.identifier for g in dataset.graphs()}


@pytest.mark.parametrize("engine", ["pyshacl", "shifty"])
def test_the_example_conforms(graph: folder.GraphFolder, engine: str) -> None:
    report = shapes.validate(graph, engine=engine)
    assert report.conforms, report.text()
    assert [f for f in report.findings if f.severity == "violation"] == []


def test_the_digest_depends_on_the_set_of_lines_alone(tmp_path: Path) -> None:
    digests = set()
    for seed in range(3):
        shuffled = list(statements(example.EXTRACTION, example.ENTITIES)) * 2
        random.Random(seed).shuffle(shuffled)
        half = len(shuffled) // (seed + 2)
        with folder.build(tmp_path / str(seed)) as build:
            build.add(terms.encode(shuffled[:half]))
            build.add(terms.encode(shuffled[half:]))
            digests.add(build.commit(oxigraph.load).digest)
    assert len(digests) == 1


def test_the_order_of_mentions_and_measures_does_not_matter() -> None:
    extraction = example.EXTRACTION
    reversed_ = Extraction(
        extraction.document, extraction.sentences[::-1], extraction.mentions[::-1], extraction.measures[::-1],
        extraction.relations[::-1], (), extraction.place,
    )  # fmt: skip
    assert terms.encode(statements(extraction, {})) == terms.encode(statements(reversed_, {}))


def test_the_hash_seed_does_not_matter() -> None:
    code = (
        "import hashlib; from kg.store import terms; from kg.statements import *\n"
        "from tests.statements import example as e\n"
        "b = terms.encode(statements(e.EXTRACTION, {})) + terms.encode(reference(codes(e.EXTRACTION), e.PLACES.get))\n"
        "print(hashlib.sha256(b).hexdigest())"
    )
    found = set()
    for seed in ("0", "1", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": "."}
        root = Path(__file__).parents[2]
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, cwd=root, capture_output=True, text=True, check=True
        )
        found.add(done.stdout)
    assert len(found) == 1


def test_records_and_manifest_are_kept(graph: folder.GraphFolder) -> None:
    assert (graph.records / "note.txt").read_text("utf-8") == "kept"
    assert json.loads((graph.folder / "manifest.json").read_text("utf-8"))["documents"] == 1
    folder.verify(graph)


def test_parts_of_any_size_make_the_same_database(
    graph: folder.GraphFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oxigraph, "PART_BYTES", 700)
    oxigraph.load(graph.quads, tmp_path / "store")
    found = pyoxigraph.Store.read_only(str(tmp_path / "store"))
    assert len(found) == graph.count
    assert set(found) == set(oxigraph.open_store(graph))
