from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import ids
from kg.records import Entity, Statement
from kg.resolve import keys
from kg.statements import codes, nodes, reference, run, statements
from tests.statements import example


def facts(found: list[Statement]) -> dict[str, dict[str, set[str]]]:
    table: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for statement in found:
        table[statement.subject][statement.predicate].add(statement.object.value)
    return table


@pytest.fixture(scope="module")
def found() -> list[Statement]:
    return list(statements(example.EXTRACTION, example.ENTITIES))


def typed(table: dict[str, dict[str, set[str]]], name: str) -> list[str]:
    kind = ids.expand("rdf:type")
    return sorted(node for node, values in table.items() if ids.expand(name) in values[kind])


def labelled(table: dict[str, dict[str, set[str]]], label: str) -> str:
    nodes_ = [n for n, values in table.items() if label in values[ids.expand("skos:prefLabel")]]
    assert len(nodes_) == 1, (label, nodes_)
    return nodes_[0]


def test_every_quote_stands_at_its_offsets(found: list[Statement]) -> None:
    anchors = [s for s in found if s.predicate == ids.expand("nif:anchorOf")]
    assert len(anchors) > 15
    for statement in anchors:
        start, end = statement.subject.rsplit("=", 1)[1].split(",")
        assert example.TEXT[int(start) : int(end)] == statement.object.value


def test_no_triple_stands_in_two_graphs(found: list[Statement]) -> None:
    graphs = defaultdict(set)
    for s in found:
        graphs[s.subject, s.predicate, s.object].add(s.graph)
    assert [triple for triple, names in graphs.items() if len(names) > 1] == []


def test_a_tenure_has_person_post_mode_and_dated_attestation(found: list[Statement]) -> None:
    table = facts(found)
    acting = next(
        t
        for t in typed(table, "lg:Tenure")
        if ids.concept("tenure-mode", "acting") in table[t][ids.expand("lg:tenureMode")]
    )
    assert table[acting][ids.expand("org:member")] == {labelled(table, "陈恢清")}
    assert table[acting][ids.expand("lg:post")] == {labelled(table, "株洲市人民政府市长")}
    assert table[acting][ids.expand("lg:roleText")] == {"代市长"}
    (attestation,) = table[acting][ids.expand("lg:attestedBy")]
    assert table[attestation][ids.expand("lg:attestedOn")] == {"2021-12-31"}
    assert table[attestation][ids.expand("lg:statedIn")] == {ids.document(example.DOCUMENT.id)}


def test_a_post_without_any_body_is_kept_apart_by_document() -> None:
    bare = example.relation("holdsPost", "局长李红", example.LI_HONG, post="局长")
    extraction = type(example.EXTRACTION)(example.DOCUMENT, relations=(bare,))
    table = facts(list(statements(extraction, {})))
    (post,) = typed(table, "org:Post")
    assert ids.expand("org:postIn") not in table[post]
    assert example.DOCUMENT.id in post


def test_measures_multiply_scales_out_and_know_who_said_it(found: list[Statement]) -> None:
    table = facts(found)
    by_label = {next(iter(table[m][ids.expand("rdfs:label")])): m for m in typed(table, "lg:Target")}
    money = table[by_label["园区总收入突破5000亿元"]]
    assert money[ids.expand("lg:value")] == {"5000"}
    assert money[ids.expand("lg:normalizedValue")] == {"500000000000"}
    assert money[ids.expand("lg:normalizedUnit")] == {"CNY"}
    enterprises = table[by_label["高新技术企业突破1000家"]]
    assert enterprises[ids.expand("lg:comparator")] == {ids.concept("comparator", "gt")}
    assert enterprises[ids.expand("lg:modality")] == {ids.concept("modality", "strive")}
    assert enterprises[ids.expand("lg:subject")] == {ids.BASE + "id/place/430200"}
    assert enterprises[ids.expand("lg:attributedTo")] == {labelled(table, "李红")}
    water = table[by_label["湘江水质达到Ⅱ类"]]
    assert water[ids.expand("lg:subject")] == {ids.BASE + "id/place/river/xiangjiang"}


def test_plain_triples_have_a_statement_node(found: list[Statement]) -> None:
    table = facts(found)
    scheme = labelled(table, "“3+3+2”现代产业体系")
    members = table[scheme][ids.expand("skos:member")]
    assert members == {ids.concept("industry", "guidaojiaotong"), labelled(table, "陶瓷")}
    told = {next(iter(table[s][ids.expand("rdf:object")])) for s in typed(table, "lg:Statement")}
    assert members <= told


def test_a_coordination_names_its_members_and_a_group_its_number(found: list[Statement]) -> None:
    table = facts(found)
    (coordination,) = typed(table, "lg:Coordination")
    assert len(table[coordination][ids.expand("skos:member")]) == 2
    assert coordination not in typed(table, "lg:PublicBody")
    (group,) = typed(table, "lg:ProjectGroup")
    assert table[group][ids.expand("lg:memberCount")] == {"26"}
    assert table[labelled(table, "智轨一期")][ids.expand("dcterms:isPartOf")] == {group}


def test_press_are_no_officials(found: list[Statement]) -> None:
    table = facts(found)
    assert typed(table, "lg:PressContributor") == [labelled(table, "邓伟勇")]
    assert len(typed(table, "lg:Official")) == 2


def test_the_resolved_entity_wins_over_the_mention() -> None:
    key = keys.entity_key(example.BUREAU)
    resolved = Entity(key, "agency", "株洲市科技和信息化局", ids.BASE + "id/org/resolved", ("市科技局",), "430200")
    table = facts(list(statements(example.EXTRACTION, {key: resolved})))
    assert labelled(table, "株洲市科技和信息化局") == resolved.iri
    assert table[resolved.iri][ids.expand("skos:altLabel")] == {"市科技局"}


def test_the_document_is_described(found: list[Statement]) -> None:
    about = facts(found)[ids.document(example.DOCUMENT.id)]
    assert about[ids.expand("dcterms:identifier")] == {"000_example"}
    assert about[ids.expand("dcterms:issued")] == {"2021-12-31"}
    assert about[ids.expand("dc:creator")] == {"邓伟勇"}


@pytest.mark.parametrize(
    ("value", "datatype"),
    [("2021", "gYear"), ("2021-12", "gYearMonth"), ("2021-12-31", "date")],
)
def test_dates_have_the_datatype_of_their_precision(value: str, datatype: str) -> None:
    term = nodes.date(value)
    assert term is not None
    assert term.datatype == ids.expand(f"xsd:{datatype}")


@pytest.mark.parametrize("value", ["2021-13", "2021-02-30", "去年", "", "2021-12-31T08:00"])
def test_what_is_no_date_is_left_out(value: str) -> None:
    assert nodes.date(value) is None


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("3", "亿元", (Decimal(300_000_000), "CNY")),
        ("1.2", "万人", (Decimal(12_000), "人")),
        ("2", "万亿元", (Decimal(2_000_000_000_000), "CNY")),
        ("5", "千米", (Decimal(5), "千米")),
        ("8.5", "%", (Decimal("8.5"), "%")),
        ("0.3", "个百分点", (Decimal("0.3"), "pp")),
        ("5", "百分点", (Decimal(5), "pp")),
        ("10", "万", (Decimal(100_000), "")),
        ("6", "亿美元", (Decimal(600_000_000), "USD")),
    ],
)
def test_units_are_normalised(value: str, unit: str, expected: tuple[Decimal, str]) -> None:
    assert nodes.normalized(value, unit) == expected


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_decimals_keep_their_value_in_one_form(number: Decimal) -> None:
    term = nodes.decimal(number)
    assert Decimal(term.value) == number
    assert nodes.decimal(term.value) == term
    assert "E" not in term.value


def test_reference_has_all_divisions_above_and_what_replaced_them() -> None:
    table = facts(list(reference({"place/430221", "place/river/xiangjiang"}, example.PLACES.get)))
    place = ids.BASE + "id/place/"
    assert table[place + "430221"][ids.expand("lg:within")] == {place + "430200"}
    assert table[place + "430200"][ids.expand("lg:within")] == {place + "430000"}
    assert table[place + "430221"][ids.expand("dcterms:isReplacedBy")] == {place + "430212"}
    assert table[place + "430221"][ids.expand("lg:validUntil")] == {"2018"}
    assert table[place + "430000"][ids.expand("skos:altLabel")] == {"湖南", "Hunan"}
    assert table[place + "river/xiangjiang"][ids.expand("rdf:type")] == {ids.expand("lg:Region")}


def test_codes_are_those_that_the_document_needs() -> None:
    assert codes(example.EXTRACTION) == {
        "place/430200",
        "place/river/xiangjiang",
        "industry/guidaojiaotong",
        "indicator/hightech-park-revenue",
        "indicator/hitech-enterprises",
        "indicator/river-quality",
    }


def test_registered_concepts_have_their_broader_ones_and_codes() -> None:
    table = facts(list(reference({"industry/guidaojiaotong", "indicator/gdp-growth"}, example.PLACES.get)))
    rail = table[ids.concept("industry", "guidaojiaotong")]
    (broader,) = rail[ids.expand("skos:broader")]
    assert table[broader][ids.expand("rdf:type")] == {ids.expand("skos:Concept")}
    assert ids.concept("gbt4754", "371") in rail[ids.expand("skos:closeMatch")]
    growth = table[ids.concept("indicator", "gdp-growth")]
    assert growth[ids.expand("lg:measureKind")] == {ids.concept("measure-kind", "growth")}
    assert growth[ids.expand("lg:direction")] == {"more"}
    assert growth[ids.expand("lg:usualUnit")] == {"%"}


def test_the_run_depends_on_version_and_rules_alone() -> None:
    assert list(run("a")) == list(run("a"))
    assert {s.subject for s in run("a")} != {s.subject for s in run("b")}
