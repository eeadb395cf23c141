"""Schemes of industries and their members."""

from __future__ import annotations

import pytest

from kg.extract import components
from kg.extract.entities import schemes
from kg.extract.reading import Reading
from kg.records import Document


def read(text: str) -> Reading:
    return Reading(Document("d", "d.txt", text), components.FINDERS)


def members(text: str) -> dict[str, list[str]]:
    """Members by the name of the scheme."""
    out: dict[str, list[str]] = {}
    for relation in schemes.find_members(read(text)):
        assert relation.object is not None
        out.setdefault(relation.subject.name, []).append(relation.object.name)
    return out


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("加快“4+4+6”现代化产业体系建设。", ["“4+4+6”现代化产业体系"]),
        ("发展“633”现代产业体系。", ["“633”现代产业体系"]),
        ("机械、电子两大支柱产业产值增长。", ["两大支柱产业"]),
        ("建设一主一特。", []),
        ("落实“1+3”重点功能区战略。", []),
        ("新增3个产业项目，5个企业。", []),
        ("出台1+N扶持政策。", []),
        ("十大产业园建设提速。", []),
    ],
)
def test_finds_schemes(text: str, names: list[str]) -> None:
    assert [item.name for item in schemes.find(read(text))] == names


def test_members_before_and_after() -> None:
    assert members("打造陶瓷、服饰、轨道交通三大动力产业。") == {"三大动力产业": ["陶瓷", "服饰", "轨道交通"]}
    assert members("聚焦电子信息、新能源、陶瓷等3个优势产业。") == {"3个优势产业": ["电子信息", "新能源", "陶瓷"]}
    assert members("做强两大传统产业：陶瓷、服饰。") == {"两大传统产业": ["陶瓷", "服饰"]}


def test_count_must_agree_with_the_list() -> None:
    assert members("聚焦电子信息、新能源等3个优势产业。") == {}


def test_umbrella_has_the_members_of_its_groups() -> None:
    text = "加快“2+2”产业集群发展，优先发展轨道交通、航空航天两大动力产业，升级服饰、陶瓷两大传统产业。"
    assert members(text)["“2+2”产业集群"] == ["轨道交通", "航空航天", "服饰", "陶瓷"]


def test_parts_told_out_of_order_around_a_heading() -> None:
    text = (
        "● 第一个“3”，就是聚焦轨道交通、航空动力、硬质合金等3个优势产业。\n"
        "● “2”，就是“两个一批”，一是升级陶瓷、服饰等一批传统产业；二是布局功率半导体、生物医药等一批新兴产业。\n"
        "# 3+3+2\n"
        "● 第二个“3”，就是突出电子信息、新能源、储能等3个战略产业。\n"
    )
    found = members(text)
    assert found["“两个一批”"] == ["陶瓷", "服饰", "功率半导体", "生物医药"]
    assert found["（升级）一批传统产业"] == ["陶瓷", "服饰"]
    assert len(found["“3+3+2”产业体系"]) == 10


def test_quoted_economy_and_one_of() -> None:
    text = "发展数字产业化、产业数字化的“新两化”经济。"
    assert members(text) == {"“新两化”经济": ["数字产业化", "产业数字化"]}
    assert members("陶瓷是我市3大战略产业之一。") == {"3大战略产业": ["陶瓷"]}


def test_lists_of_services_are_schemes() -> None:
    assert members("发展文化旅游、现代物流两大服务业。") == {"两大服务业": ["文化旅游", "现代物流"]}


def test_figures_tell_the_members_of_a_code() -> None:
    text = "形成“2+2”产业布局，“2”是汽车、陶瓷，“2”是传感器和服饰。"
    assert members(text) == {"“2+2”产业布局": ["汽车", "陶瓷", "传感器", "服饰"]}


def test_groups_belong_to_the_code_before_them() -> None:
    text = (
        "原来是“2+2”产业集群，“2”是两大传统产业，即服饰、陶瓷；“2”是两大新兴产业，即新能源、新材料。\n"
        "后来是“2+1”产业体系，“2”是2个优势产业，包括轨道交通、航空动力。\n"
    )
    assert members(text)["“2+2”产业集群"] == ["服饰", "陶瓷", "新能源", "新材料"]


def test_the_subject_is_one_of_a_scheme() -> None:
    text = "高分子新材料是全市“3+3+2”现代产业体系中3个战略产业之一。"
    assert members(text)["3个战略产业"] == ["高分子新材料"]


def test_batches_without_ordinals() -> None:
    text = "“2”是“两个一批”：陶瓷、服饰等一批传统产业重在升级，功率半导体、生物医药则是要提前布局的一批新兴产业。"
    assert members(text)["“两个一批”"] == ["陶瓷", "服饰", "功率半导体", "生物医药"]
    assert members("做好“两个一批”：建成一批道路，开工一批学校。") == {}


def test_code_alone_is_the_scheme_named_elsewhere() -> None:
    text = "从“2+1”到新格局\n构建“2+1”现代产业体系。出台“2+1”政策文件。"
    assert [item.name for item in schemes.find(read(text))] == ["“2+1”现代产业体系"] * 2
