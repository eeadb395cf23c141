"""Sums of money beside works: which are linked, which are left alone."""

from __future__ import annotations

import pytest

from kg.derive import investments
from kg.extract.pipeline import extract
from kg.records import Document
from kg.statements.context import Context

HEAD = "株洲市政府工作报告\n\n2022年1月5日\n\n## 去年工作回顾\n\n"


def found(sentence: str) -> list[tuple[str, str]]:
    text = HEAD + sentence + "\n"
    document = Document("0" * 16, "a.md", text, "md", title="株洲市政府工作报告", date="2022-01-05")
    extraction = extract(document)
    names = {}
    context = Context(extraction, {}, "")
    for mention in extraction.mentions:
        names[context.of(mention).iri] = mention.name
    return [(names[item.project], item.wording) for item in investments.investments(context)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("总投资20亿元的青云广场开工建设。", [("青云广场", "before")]),
        ("投资46亿元实施青田钢厂改造。", [("青田钢厂改造", "before")]),
        ("162个市级重点项目完成投资321亿元。", [("株洲市162个市级重点项目（2021）", "after")]),
        ("确保总投资60亿元的青云广场、青石物流园等项目开工建设。", []),
        ("青云广场建成，鄂钢公司投资14亿元。", []),
    ],
)
def test_a_sum_belongs_to_the_work_beside_it(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert found(sentence) == expected


def test_each_work_of_a_list_with_its_own_sum() -> None:
    names = [wording for _, wording in found("投资529亿元的青云机组、投资120亿元的青石铝合金基地等重大项目开工建设。")]
    assert names[:1] == ["list"]
