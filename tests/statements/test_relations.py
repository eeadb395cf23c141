"""Relations as triples: plain in the derived graph, with a statement node that carries the quote."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg import ids
from kg.extract.relations import relations as finders
from kg.records import Mention, Relation, Statement
from kg.statements import relations, statements
from tests.statements import example

CITY = Mention(example.DOCUMENT.id, 1, 5, "place", "词：创", "株洲市", "home", key="place/430200")
REPORT = example.mention("policy", "报告", "株洲市2022年《政府工作报告》", place="430200")
MEETING = example.mention("event", "签约")


def said(*found: Relation) -> list[Statement]:
    return list(statements(replace(example.EXTRACTION, relations=found, mentions=(), measures=()), {}))


def plain(found: list[Statement], predicate: str) -> list[tuple[str, str]]:
    return [
        (ids.local(s.subject), s.object.value)
        for s in found
        if s.graph == ids.DERIVED and s.predicate == ids.expand(predicate)
    ]


def test_every_kind_becomes_a_statement() -> None:
    valued = {"hasComponentCount", "occurredOn", "hasProjectType"}
    assert set(finders.FAMILIES) == set(relations.LINKS) | valued


def test_a_link_has_a_statement_with_its_quote() -> None:
    found = said(example.relation("presentedReport", "代市长陈恢清作报告", example.CHEN, REPORT))
    ((official, report),) = plain(found, "lg:presentedReport")
    assert "chen-hui-qing" in official
    nodes = [s.subject for s in found if s.object.value == ids.expand("lg:Statement")]
    assert len(nodes) == 1
    quotes = [s.object.value for s in found if s.predicate == ids.expand("nif:anchorOf")]
    assert "代市长陈恢清作报告" in quotes
    assert (ids.local(report), ids.expand("lg:WorkReport")) in plain(found, "rdf:type")


def test_issuing_is_told_of_the_policy() -> None:
    found = said(example.relation("issuedPolicy", "代市长陈恢清作报告", CITY, REPORT, date="2021-12-30"))
    ((policy, place),) = plain(found, "lg:issuedBy")
    assert place == ids.entity("place/430200")
    assert plain(found, "dcterms:issued") == [(policy, "2021-12-30")]


def test_joined_bodies_sign_one_by_one() -> None:
    found = said(example.relation("signed", "株洲、湘潭住房公积金管理中心签约", example.CENTRES, REPORT))
    assert len(plain(found, "lg:signed")) == 2


def test_a_place_that_the_text_leaves_out_is_not_named_by_the_quote() -> None:
    found = said(example.relation("implementsPolicy", "代市长陈恢清作报告", CITY, REPORT))
    place = ids.entity("place/430200")
    assert [s for s in found if s.subject == place and s.predicate == ids.expand("lg:evidence")] == []
    assert plain(found, "lg:implementsPolicy")


@pytest.mark.parametrize(
    ("kind", "subject", "name", "value", "predicate"),
    [
        ("occurredOn", MEETING, "date", "2021-06-28", "schema:startDate"),
        ("hasComponentCount", REPORT, "count", "12", "lg:hasComponentCount"),
        ("hasProjectType", example.TRAM, "type", "市际通道", "lg:hasProjectType"),
    ],
)
def test_values(kind: str, subject: Mention, name: str, value: str, predicate: str) -> None:
    found = said(example.relation(kind, "代市长陈恢清作报告", subject, **{name: value}))
    assert [v for _, v in plain(found, predicate)] == [value]


def test_members_by_way_of_a_group_are_not_told_twice() -> None:
    through = example.relation("hasMember", "轨道交通", example.SCHEME, example.RAIL, through="3个优势产业")
    direct = example.relation("hasMember", "轨道交通", example.SCHEME, example.RAIL, size="3")
    assert plain(said(through), "skos:member") == []
    assert len(plain(said(direct), "skos:member")) == 1
    assert [v for _, v in plain(said(direct), "lg:declaredSize")] == ["3"]


def test_a_report_dates_the_post_of_who_gave_it() -> None:
    """The day of the meeting, not of the paper: model.md, CQ03."""
    holds = example.relation("holdsPost", "代市长陈恢清", example.CHEN, post="代市长", mode="acting")
    gave = example.relation("presentedReport", "代市长陈恢清作报告", example.CHEN, REPORT)
    where = example.relation("presentedAt", "代市长陈恢清作报告", REPORT, MEETING)
    when = example.relation("occurredOn", "签约", MEETING, date="2021-12-30")
    days = [s.object.value for s in said(holds, gave, where, when) if s.predicate == ids.expand("lg:attestedOn")]
    assert days == ["2021-12-30"]
    assert [s.object.value for s in said(holds) if s.predicate == ids.expand("lg:attestedOn")] == ["2021-12-31"]
