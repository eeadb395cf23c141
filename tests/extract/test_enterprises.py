"""Enterprises, on sentences written for the tests."""

from __future__ import annotations

import pytest

from kg import lexicon
from kg.extract import enterprises, places, projects
from kg.extract.reading import Reading
from kg.records import Document


def names(sentence: str) -> list[str]:
    text = "# 株洲市政府工作报告\n\n" + sentence + "\n"
    document = Document("0" * 16, "a.md", text, "md", title="株洲市政府工作报告", date="2022-01-05")
    finders = {"enterprise": enterprises.find, "project": projects.find, "place": places.find}
    return [item.name for item in Reading(document, finders).found("enterprise")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("首列动车组在中车青河电力机车有限公司下线。", ["中车青河电力机车有限公司"]),
        ("推进中国移动数据中心二期等项目建设。", ["中国移动"]),
        ("去年，时代青鑫入围“创客中国”全国500强。", ["时代青鑫"]),
        ("去年，中车青宏散热被认定为国家级专精特新“小巨人”企业。", ["中车青宏散热"]),
        ("与中石化、华为深化合作。", ["中石化", "华为"]),
        ("抓好青裕蛋鸡、飞鹤奶业等100个农业产业化项目。", ["青裕", "飞鹤"]),
        ("推进金柏通年产5万吨优质针状焦、绿缘节能墙材一体化项目达产。", ["金柏通", "绿缘"]),
        ("确保华柏新材料、今昔钢结构等16个项目竣工投用。", ["华柏新材料", "今昔钢结构"]),
    ],
)
def test_names(sentence: str, expected: list[str]) -> None:
    assert names(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "培育上市公司3家、企业集团5家。",
        "组建国有资本投资公司。",
        "发展小额贷款公司和村镇银行。",
        "建设海尔路、一汽大街。",
        "全市获批省级示范企业20家。",
        "打掉恶势力集团8个。",
        "发展航空客运，中国银行业稳健运行。",
        "醴陵市入选全国百强县。",
    ],
)
def test_what_is_no_enterprise(sentence: str) -> None:
    assert names(sentence) == []


def test_lexicon_is_large_and_clean() -> None:
    words = lexicon.lines("enterprises")
    assert len(words) >= 250
    assert len(set(words)) == len(words)
    assert not [word for word in words if len(word) < 2]
