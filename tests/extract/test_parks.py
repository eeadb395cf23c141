"""Parks, on sentences written for the tests."""

from __future__ import annotations

import pytest

from kg.extract.entities import parks, places
from kg.extract.reading import Found, Reading
from kg.records import Document


def found(sentence: str) -> list[Found]:
    text = "# 株洲市政府工作报告\n\n" + sentence + "\n"
    document = Document("0" * 16, "a.md", text, "md", title="株洲市政府工作报告", date="2022-01-05")
    return list(Reading(document, {"park": parks.find, "place": places.find}).found("park"))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("支持株洲高新区发展。", ["株洲高新技术产业开发区"]),
        ("推进株洲高新区、经开区优化整合。", ["株洲高新技术产业开发区", "株洲经济开发区"]),
        ("对接长沙临空经济示范区。", ["长沙临空经济示范区"]),
        ("推动青鹰绿色产业园、松涛轮胎产业园达产。", ["青鹰绿色产业园", "松涛轮胎产业园"]),
        ("提升国家级青峰农民创业园水平。", ["青峰农民创业园"]),
        ("完成醴陵西站物流园建设。", ["醴陵西站物流园"]),
        ("株洲综保区封关运行。", ["株洲综合保税区"]),
        ("高新区生产总值突破千亿元。", ["株洲高新技术产业开发区"]),
        ("高新区、经开区（含临空经济区）收入增长。", ["株洲高新技术产业开发区", "株洲经济开发区", "株洲临空经济区"]),
        ("天元区（含高新区）通过评估。", ["株洲高新技术产业开发区"]),
        ("青花湾旅游度假区成为全区样板。", ["青花湾旅游度假区"]),
        ("人力资源服务产业园加速扩张。", ["人力资源服务产业园"]),
        ("由青云智造新城管委会管理，青云智造新城产值增长。", ["青云智造新城", "青云智造新城"]),
    ],
)
def test_names(sentence: str, expected: list[str]) -> None:
    assert [park.name for park in found(sentence)] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "加快园区建设。",
        "新建省级高新区1家。",
        "建设国省高新区、农业科技园。",
        "培育77个现代农业产业园。",
        "该区产业园林提质。",
        "推进各类开发区改革。",
        "支持创建国家级高新区和经开区。",
        "争创高新区。",
        "打造10个自治区级电子商务示范产业园。",
        "全市开发区提质升级。",
        "建设人力资源服务产业园。",
    ],
)
def test_kinds_without_a_name(sentence: str) -> None:
    assert found(sentence) == []


def test_names_that_share_a_kind_are_one_mention() -> None:
    (park,) = found("做大做强朱亭、三旺、松西子、王十万现代农业产业园。")
    assert park.members == ("朱亭现代农业产业园", "三旺现代农业产业园", "松西子现代农业产业园", "王十万现代农业产业园")
    assert park.place == "430200"
