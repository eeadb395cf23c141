"""Policies: names with their borders, and what is no policy."""

from __future__ import annotations

import pytest

from kg.extract import components
from kg.extract.entities.policies import find
from kg.extract.reading import Reading
from kg.lexicon import table
from kg.records import Document


def policies(text: str) -> list[str]:
    """The texts of the policies found."""
    reading = Reading(Document("d", "d.txt", text), components.FINDERS)
    return [reading.text[item.start : item.end] for item in find(reading)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("落实“三高四新”战略。", ["“三高四新”战略"]),
        ("全面落实“双减”政策。", ["“双减”政策"]),
        ("扎实做好“六稳”工作、落实“六保”任务。", ["六稳", "六保"]),
        ("深化“放管服”改革。", ["“放管服”改革"]),
        ("深入开展“千企帮千村”活动。", ["“千企帮千村”活动"]),
        ("印发《关于促进消费的若干措施》。", ["关于促进消费的若干措施"]),
        ("实施农村客货邮融合发展行动，实现“快递进村”全覆盖。", ["农村客货邮融合发展行动", "快递进村"]),
        ("创建绿色出行示范城市。", ["绿色出行示范城市"]),
        ("成功创建国家森林城市。", ["国家森林城市"]),
        ("出台招商引资“28条”。", ["招商引资“28条”"]),
        ("推进乡村振兴和新型城镇化。", ["乡村振兴", "新型城镇化"]),
        ("打好污染防治攻坚战。", ["污染防治攻坚战"]),
        ("“三个高地”建设加快。", ["三个高地"]),
        ("这是“十四五”开局之年。", ["十四五"]),
    ],
)
def test_finds_policies(text: str, expected: list[str]) -> None:
    assert policies(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "企业发挥“顶梁柱”作用。",
        "演出话剧《大河之歌》。",
        "刊登在《青云周刊》上。",
        "打造“公铁河海空”多式联运枢纽。",
        "新增“四上”企业600家。",
        "完善工作机制。",
        "实现粮食“十七连丰”。",
        "加快推进重点项目建设。",
    ],
)
def test_leaves_other_words(text: str) -> None:
    assert policies(text) == []


def test_names_are_canonical() -> None:
    reading = Reading(Document("d", "d.txt", "落实“双碳”要求，推进乡村振兴。"), components.FINDERS)
    assert [item.name for item in find(reading)] == ["“双碳”", "乡村振兴战略"]


def test_slogans_with_the_own_place() -> None:
    text = "株洲市2022年政府工作报告\n加快建设数字株洲、平安株洲。\n"
    reading = Reading(Document("d", "d.txt", text, title="株洲市2022年政府工作报告"), components.FINDERS)
    assert {"数字株洲", "平安株洲"} <= {reading.text[item.start : item.end] for item in find(reading)}


def test_table_has_no_duplicate_form() -> None:
    rows = table("policies")
    forms = [form for row in rows for form in (row["name"], *row["aliases"].split("|")) if form]
    assert len(rows) >= 150
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("乡镇基本达到“五美”标准。", ["五美"]),
        ("提升“五优联动”服务水平。", ["五优联动"]),
        ("“双减”全国试点取得成效。", ["双减"]),
        ("办好“两个健康”系列活动。", ["两个健康"]),
        ("实施“消费回流”计划和“电商进寨”工程。", ["“消费回流”计划", "“电商进寨”工程"]),
        ("兜牢“三保”支出底线。", ["三保"]),
        ("2021年株洲市政府工作报告", ["株洲市政府工作报告"]),
        ("编制完成停车系统规划，新建停车场。", ["停车系统规划"]),
        ("我市获评全国绿色发展优秀城市。", ["全国绿色发展优秀城市"]),
        ("获批全国首批创新型县（市）。", ["全国首批创新型县（市）"]),
        ("认定为全国乡村治理示范村镇。", ["全国乡村治理示范村镇"]),
        ("获批国家先进制造业和现代服务业融合发展试点。", ["国家先进制造业和现代服务业融合发展试点"]),
        ("深化市域社会治理现代化试点城市建设。", ["市域社会治理现代化试点城市"]),
        ("加快红土革命老区高质量发展示范区建设。", ["红土革命老区高质量发展示范区"]),
        ("实施农村人居环境整治提升五年行动。", ["农村人居环境整治提升五年行动"]),
        ("加强臭氧污染防治，建设全民健身中心。", []),
        ("在全国率先通过事业单位改革试点验收。", []),
    ],
)
def test_names_end_where_they_end(text: str, names: list[str]) -> None:
    reading = Reading(Document("d", "d.txt", text), components.FINDERS)
    assert [text[item.start : item.end] for item in reading.found("policy")] == names
