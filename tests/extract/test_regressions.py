"""Sentences after bug reports of other systems, in our words: what went wrong there must go right here.

The number names the report: DeepKE 522, HanLP 678, 683, 733, 759, JioNLP 214, 278, GLiNER2 40,
FalkorDB GraphRAG-SDK 277, LightRAG 3037, Graphiti 1865. All documents here are written for the test.
"""

from __future__ import annotations

import pytest

from kg.extract.pipeline import extract
from kg.records import Document, Extraction
from kg.resolve.keys import entity_key
from kg.resolve.namings import namings
from tests.resolve.linking import link


def read(text: str, name: str = "a", title: str = "三亚市政府工作报告", date: str = "2022-02-01") -> Extraction:
    return extract(Document(name * 16, f"{name}.txt", text, title=title, date=date))


def posts(found: Extraction) -> set[tuple[str, str | None, str | None, str | None]]:
    return {
        (
            relation.subject.name,
            relation.attribute("post"),
            relation.attribute("organisation"),
            relation.attribute("mode"),
        )
        for relation in found.relations
        if relation.kind == "holdsPost"
    }


def test_deepke_522_a_career_gives_its_posts_and_nothing_else() -> None:
    found = read("林望舒，现任三亚市科技局局长，曾任上海交通大学校长、党委副书记。\n")
    assert posts(found) == {
        ("林望舒", "局长", "三亚市科学技术局", "substantive"),
        ("林望舒", "校长", "上海交通大学", "former"),
        ("林望舒", "党委副书记", "上海交通大学", "former"),
    }
    assert {relation.kind for relation in found.relations} == {"holdsPost"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三亚市教育局吴萍局长介绍了情况。", ("吴萍", "局长", "三亚市教育局", "substantive")),
        ("市教育局局长吴萍介绍了情况。", ("吴萍", "局长", "三亚市教育局", "substantive")),
        ("市发改委主任方成出席会议。", ("方成", "主任", "三亚市发展和改革委员会", "substantive")),
    ],
)
def test_hanlp_678_683_body_name_and_post_in_either_order(text: str, expected: tuple[str, ...]) -> None:
    assert posts(read(text)) == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "推进政务公开，政府信息主动公开率达到98%。",
        "建设法治政府、服务型政府、公开政府、廉洁政府。",
        "城市政府过紧日子。",
    ],
)
def test_hanlp_733_a_kind_of_government_is_no_body(text: str) -> None:
    assert not [mention for mention in read(text).mentions if mention.label == "agency"]


@pytest.mark.parametrize(
    "text",
    [
        "市委书记调研市教育局，强调质量第一。",
        "会上，李红和市科技局的同志交流了经验。",
        "市长热线12345受理诉求3万件。",
        "落实“菜篮子”市长负责制，强化党委书记抓党建责任。",
    ],
)
def test_gliner2_40_standing_together_is_no_relation(text: str) -> None:
    assert posts(read(text)) == set()


@pytest.mark.parametrize(
    "text",
    [
        "“十四五”开局良好，十三次党代会召开，十大工程、三年行动落地。",
        "一带一路、四个全面、五位一体。",
        "国道G360、地铁3号线、5G网络。",
    ],
)
def test_jionlp_214_numbers_in_names_are_no_quantities(text: str) -> None:
    assert not [measure for measure in read(text).measures if measure.value is not None]


def test_falkordb_277_one_name_of_two_kinds_stays_two() -> None:
    found = read("抓好海螺岛项目建设。海螺岛旅游度假区接待游客120万人次。\n推进海螺岛大道工程。")
    entities = link(namings(found)).entities
    kinds = {mention.label: entities[entity_key(mention)].iri for mention in found.mentions if "海螺岛" in mention.name}
    assert len(set(kinds.values())) == len(kinds) > 1


def test_lightrag_3037_two_documents_that_disagree_stay_two_facts() -> None:
    first = read("审批时限压缩至20个工作日。", "a")
    second = read("审批时限压缩至15个工作日。", "b", date="2023-02-01")
    values = {
        (measure.document[0], measure.value, measure.year) for part in (first, second) for measure in part.measures
    }
    assert {value[:2] for value in values} == {("a", "20"), ("b", "15")}


def test_graphiti_1865_a_second_term_is_a_second_attestation() -> None:
    terms = [read("市长林望舒出席会议。", name, date=date) for name, date in (("a", "2012-02-01"), ("b", "2021-02-01"))]
    shown = {(relation.document, relation.subject.name) for found in terms for relation in found.relations}
    assert len(shown) == 2


def test_jionlp_278_a_case_number_before_a_date_breaks_nothing() -> None:
    found = read("（2024）三字第2342号 时间：2022年3月20日上午九点 地点：三亚市会议中心\n新增企业20家。\n")
    assert [(measure.value, measure.year) for measure in found.measures] == [("20", 2022)]


def test_hanlp_759_kinds_of_schools_are_no_schools() -> None:
    found = read("辖区有中学和小学各1所，新建幼儿园2所。")
    assert not [mention for mention in found.mentions if mention.label == "agency"]
