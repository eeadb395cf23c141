"""Good data passes, each mutation is caught, and both engines say the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg import ids
from kg.extract.entities import industry_terms
from kg.extract.measures import wording
from kg.records import Statement, Term
from kg.registry import places
from kg.statements import codes, nodes, reference, run, statements
from kg.store import quads, shapes, terms
from tests.statements import example

OTHER = nodes.iri(ids.BASE + "id/x/other")
A = ids.expand("rdf:type")


def good() -> list[Statement]:
    extraction = example.EXTRACTION
    return [
        *statements(extraction, example.ENTITIES), *reference(codes(extraction), example.PLACES.get), *run()
    ]  # fmt: skip


def first(data: list[Statement], kind: str) -> str:
    return min(s.subject for s in data if s.predicate == A and s.object.value == ids.expand(kind))


def without(data: list[Statement], node: str, predicate: str) -> list[Statement]:
    return [s for s in data if (s.subject, s.predicate) != (node, ids.expand(predicate))]


def also(data: list[Statement], node: str, predicate: str, value: Term = OTHER) -> list[Statement]:
    return [*data, Statement(node, ids.expand(predicate), value, ids.DERIVED)]


def check(data: list[Statement], folder: Path, engine: str) -> shapes.Report:
    sorter = quads.Sorter(folder)
    sorter.add(terms.encode(data))
    return shapes.validate_quads(sorter.finish(folder / f"{engine}.nq").file, engine=engine)


#: class of the node, property to take away, severity that must be found
MISSING = [
    ("lg:Official", "skos:prefLabel", "violation"),
    ("lg:Official", "lg:evidence", "violation"),
    ("lg:Tenure", "org:member", "violation"),
    ("lg:Tenure", "lg:post", "violation"),
    ("lg:Tenure", "lg:tenureMode", "violation"),
    ("lg:Tenure", "lg:attestedBy", "violation"),
    ("lg:Attestation", "lg:evidence", "violation"),
    ("lg:Attestation", "lg:statedIn", "violation"),
    ("lg:Attestation", "lg:attestedOn", "warning"),
    ("org:Post", "org:postIn", "warning"),
    ("lg:AdministrativeDivision", "lg:adcode", "violation"),
    ("lg:AdministrativeDivision", "lg:level", "violation"),
    ("lg:Target", "lg:indicator", "violation"),
    ("lg:Target", "lg:comparator", "violation"),
    ("lg:Target", "lg:value", "violation"),
    ("lg:Target", "lg:quantitative", "violation"),
    ("lg:Target", "lg:evidence", "violation"),
    ("lg:Target", "lg:unitText", "warning"),
    ("lg:Target", "lg:subject", "warning"),
    ("lg:Target", "lg:year", "warning"),
    ("lg:StageReport", "lg:project", "violation"),
    ("lg:StageReport", "lg:stage", "violation"),
    ("lg:IndustryScheme", "skos:member", "warning"),
    ("lg:Mention", "oa:hasSource", "violation"),
    ("lg:Mention", "nif:anchorOf", "violation"),
    ("lg:Mention", "nif:sentence", "violation"),
    ("lg:Mention", "oa:hasSelector", "violation"),
    ("lg:Statement", "rdf:subject", "violation"),
    ("lg:Statement", "lg:evidence", "violation"),
    ("lg:SourceDocument", "dcterms:identifier", "violation"),
    ("lg:SourceDocument", "dcterms:issued", "warning"),
]

#: class of the node, property and value to add
WRONG = [
    ("lg:Official", "rdf:type", nodes.name("lg:PressContributor"), "violation"),
    ("lg:Official", "skos:prefLabel", nodes.chinese("局长李红1"), "violation"),
    ("lg:Tenure", "lg:post", OTHER, "violation"),
    ("lg:Tenure", "lg:tenureMode", OTHER, "violation"),
    ("lg:AdministrativeDivision", "lg:adcode", nodes.string("43020"), "violation"),
    ("lg:AdministrativeDivision", "lg:level", OTHER, "violation"),
    ("lg:Target", "lg:value", nodes.decimal("不少"), "violation"),
    ("lg:Target", "lg:comparator", OTHER, "violation"),
    ("lg:Target", "lg:periodStart", nodes.year(2030), "violation"),
    ("lg:Target", "lg:attributedTo", OTHER, "violation"),
    ("lg:Target", "lg:year", nodes.year(2019), "warning"),
    ("lg:StageReport", "lg:stage", OTHER, "violation"),
    ("lg:ProjectGroup", "lg:memberCount", nodes.integer(0), "violation"),
    ("lg:ProjectGroup", "lg:memberCount", nodes.integer(27), "warning"),
    ("lg:IndustryScheme", "lg:declaredSize", nodes.integer(8), "warning"),
    ("lg:SourceDocument", "dcterms:issued", nodes.year(2020), "violation"),
    ("lg:Mention", "nif:anchorOf", nodes.chinese("别的"), "violation"),
]


def caught(report: shapes.Report, node: str, severity: str) -> bool:
    return any((f.focus, f.severity) == (node, severity) for f in report.findings)


@pytest.mark.parametrize(("kind", "predicate", "severity"), MISSING)
def test_what_is_missing_is_found(tmp_path: Path, kind: str, predicate: str, severity: str) -> None:
    data = good()
    node = first(data, kind)
    assert not caught(check(data, tmp_path, "shifty"), node, severity)
    assert caught(check(without(data, node, predicate), tmp_path, "shifty"), node, severity)


@pytest.mark.parametrize(("kind", "predicate", "value", "severity"), WRONG)
def test_what_is_wrong_is_found(tmp_path: Path, kind: str, predicate: str, value: Term, severity: str) -> None:
    data = good()
    node = first(data, kind)
    assert caught(check(also(data, node, predicate, value), tmp_path, "shifty"), node, severity)


def broken() -> list[Statement]:
    """Return data with every mutation at once."""
    data = good()
    for number, (kind, predicate, _) in enumerate(MISSING):
        nodes_ = sorted({s.subject for s in data if s.predicate == A and s.object.value == ids.expand(kind)})
        if nodes_:
            data = without(data, nodes_[number % len(nodes_)], predicate)
    for kind, predicate, value, _ in WRONG:
        data = also(data, first(data, kind), predicate, value)
    county = ids.BASE + "id/place/110101"
    data = also(data, county, "rdf:type", nodes.name("lg:AdministrativeDivision"))
    data = also(data, county, "lg:adcode", nodes.string("110101"))
    return also(data, county, "lg:within", nodes.iri(ids.BASE + "id/place/430000"))


def test_both_engines_find_the_same(tmp_path: Path) -> None:
    data = broken()
    slow, fast = check(data, tmp_path, "pyshacl"), check(data, tmp_path, "shifty")
    assert len(slow.findings) > 40
    assert {(f.severity, f.message, f.focus) for f in slow.findings} == {
        (f.severity, f.message, f.focus) for f in fast.findings
    }
    assert not slow.conforms
    assert not fast.conforms


def test_parts_find_what_the_whole_finds(tmp_path: Path) -> None:
    document = replace(example.DOCUMENT, id="ffffffffffffffff")
    mentions = tuple(replace(m, document=document.id) for m in example.MENTIONS)
    sentences = tuple(replace(s, document=document.id) for s in example.SENTENCES)
    other = replace(
        example.EXTRACTION, document=document, mentions=mentions, sentences=sentences, measures=(), relations=()
    )
    second = list(statements(other, {}))
    for predicate in ("oa:hasSource", "nif:sentence", "oa:hasSelector"):
        second = without(second, first(second, "lg:Mention"), predicate)
    data = [*broken(), *second]
    whole = check(data, tmp_path, "pyshacl")
    parts = shapes.validate_quads(tmp_path / "pyshacl.nq", engine="shifty", part_lines=1)
    assert any(document.id in f.focus for f in parts.findings)
    assert {(f.severity, f.message, f.focus) for f in whole.findings} == {
        (f.severity, f.message, f.focus) for f in parts.findings
    }


def test_the_report_names_rule_node_and_quote(tmp_path: Path) -> None:
    data = good()
    target = next(
        s.subject for s in data if s.object.value == "高新技术企业突破1000家" and s.predicate.endswith("#label")
    )
    report = check(without(data, target, "lg:comparator"), tmp_path, "pyshacl")
    (finding,) = [f for f in report.findings if f.severity == "violation"]
    assert finding.quote == "高新技术企业突破1000家"
    assert finding.path == "lg:comparator"
    text = report.text()
    assert "does NOT conform" in text
    assert "violation × 1: a measure has one known comparator" in text
    assert "「高新技术企业突破1000家」" in text


def test_warnings_alone_conform(tmp_path: Path) -> None:
    data = without(good(), ids.document(example.DOCUMENT.id), "dcterms:issued")
    report = check(data, tmp_path, "pyshacl")
    assert report.conforms
    assert any(f.message == "document without a publication date" for f in report.findings)


def test_the_whole_registry_conforms(tmp_path: Path) -> None:
    keys = {place.key for place in places()} | {term.key for term in industry_terms.terms()}
    keys |= {f"indicator/{row.key}" for row in wording.indicators()}
    report = check(list(reference(keys, places().get)), tmp_path, "shifty")
    assert len(keys) > 4000
    assert report.findings == (), report.text(3)
