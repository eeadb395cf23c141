"""Works in lines of a list and rows of a table, on documents written for the tests."""

from __future__ import annotations

import pytest

from kg.extract.entities import places
from kg.extract.projects import projects, stages
from kg.extract.reading import Reading
from kg.records import Document

TABLE = """| 序号 | 项目名称 | 所在地 | 阶段 |
|---|---|---|---|
| 1 | 青云大桥 | 芦淞区 | 在建 |
| 2 | 白河医院迁建 | 荷塘区 | 前期 |
| 3 | 云岭锂电正极材料二期 | 天元区 | 投产 |
| 4 | 松涛水库 | 茶陵县 | 计划开工 |
"""


def read(text: str) -> Reading:
    document = Document("0" * 16, "a.md", text, "md", title="株洲市重点项目清单", date="2022-01-05")
    return Reading(document, {"project": projects.find, "place": places.find})


def told(text: str) -> dict[str, str | None]:
    reading = read("# 株洲市重点项目清单\n\n" + text + "\n")
    out: dict[str, str | None] = {reading.text[item.start : item.end]: None for item in reading.found("project")}
    for item in reading.relations("projectStage", stages.find):
        out[reading.text[item.subject.start : item.subject.end]] = dict(item.attributes)["stage"]
    return out


def test_rows_of_a_table() -> None:
    assert told(TABLE) == {
        "青云大桥": "in_progress",
        "白河医院迁建": "preparatory",
        "云岭锂电正极材料二期": "in_operation",
        "松涛水库": "planned",
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1. 青云大桥：在建。", {"青云大桥": "in_progress"}),
        ("- 大唐青银煤电、雪峰二期（渌口区）：力争尽快开工。", {"大唐青银煤电": "planned", "雪峰二期": "planned"}),
        ("3. 青铁站：2021年已开通运营。", {"青铁站": "in_operation"}),
        ("- 白石至青田、云常两条高速：在建。", {"白石至青田": "in_progress", "云常": "in_progress"}),
        ("- 青河港、白河港航道整治：前期论证。", {"青河港、白河港航道整治": "preparatory"}),
        ("- 云岭新材料：规划中，业主为云岭集团；", {"云岭新材料": "planning"}),
    ],
)
def test_lines_of_a_list(line: str, expected: dict[str, str]) -> None:
    assert told(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "1.“五美”工程：指在农村开展的建设行动。",
        "青云片区：位于老城以北，规划建设面积10平方公里。",
        "交通：加快建设步伐。",
        "联系人：项目推进办公室。",
        "三、重点任务：推进改革。",
    ],
)
def test_what_is_no_entry(line: str) -> None:
    assert told(line) == {}


def test_no_table_of_projects() -> None:
    assert told("| 名称 | 数量 |\n|---|---|\n| 青云大桥 | 3 |\n") == {}
