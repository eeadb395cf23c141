"""Places no registry holds, on sentences written for the tests."""

from __future__ import annotations

import pytest

from kg.extract.entities import places
from kg.extract.reading import Reading
from kg.records import Document


def names(sentence: str) -> list[str]:
    text = "# 株洲市政府工作报告\n\n" + sentence + "\n"
    document = Document("0" * 16, "a.md", text, "md", title="株洲市政府工作报告", date="2022-01-05")
    found = Reading(document, {"place": places.find}).found("place")
    return [item.name for item in found if item.name != "株洲市"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # a village behind its county, told apart from it
        ("醴陵青堡村入选全国乡村旅游重点村。", ["醴陵市", "青堡村"]),
        ("实施柏寿港、丁石港、五石港黑臭水体治理。", ["柏寿港", "丁石港", "五石港"]),
        ("投资8亿元实施青柏湖水生态修复。", ["青柏湖"]),
        ("青石洲港区扩大开放。", ["青石洲", "青石洲港区"]),
        ("柏城山综合客运枢纽站建成使用。", ["柏城山"]),
        ("彩柏安置区3000余户居民搬进新居。", ["彩柏安置区"]),
        ("八柏湖成为国家湿地公园。", ["八柏湖"]),
        ("镇江新区新签约项目总投资380亿元。", ["镇江新区"]),
        ("青江科技城新签约项目总投资380亿元。", ["青江科技城"]),
        ("“青货入湾”平台上线，实现县县有中型水库。", []),
        # counties that share their name with others, told by the city before them
        ("与深圳南山区、福田区和西安长安区结对。", ["深圳市", "南山区", "福田区", "西安市", "长安区"]),
    ],
)
def test_names(sentence: str, expected: list[str]) -> None:
    assert names(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "完成一江两河整治。",
        "开展百企帮百村行动。",
        "建设国际空港枢纽。",
        "推进废弃矿山生态修复。",
        "整治2条河、3座水库。",
        "加快集中安置区建设。",
    ],
)
def test_kinds_without_a_name(sentence: str) -> None:
    assert names(sentence) == []


def test_own_name_before_a_longer_one_that_crosses_it() -> None:
    text = "# 邵阳市政府工作报告\n\n建设现代化新邵阳，支持新邵县发展。\n"
    document = Document("0" * 16, "a.md", text, "md", title="邵阳市政府工作报告", date="2022-01-05")
    found = Reading(document, {"place": places.find}).found("place")
    assert [item.name for item in found][1:] == ["邵阳市", "新邵县"]
