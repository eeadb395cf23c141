"""Facts that an outsider reads against their sentences: names whole, cut ones left to the ledger, periods right."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract.pipeline import extract
from kg.query.facts import rows
from kg.records import Document

HEAD = "莆田市政府工作报告\n——2023年1月3日在莆田市第八届人民代表大会第二次会议上\n"
REVIEW, PLAN = "一、2022年工作回顾\n", "二、2023年工作安排\n"


def facts(body: str, *types: str) -> list[dict[str, Any]]:
    """Return the facts of a short report that have one of some types."""
    document = Document("d", "莆田.txt", HEAD + body, date="2023-01-03", title="莆田市政府工作报告")
    return [row for row in rows(extract(document), {}) if row["type"] in types and row["start"] >= len(HEAD)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("农民人均纯收入突破万元大关，年均增长13.6%。", ["农民人均纯收入年均增速"]),
        ("会议经费在上年基础上再压减10%。", ["会议经费降幅"]),
        (
            "股权融资、债券融资分别是上一个五年的2.5倍、3倍。",
            ["股权融资相当于上一个五年倍数", "债券融资相当于上一个五年倍数"],
        ),
        ("成功应对24次强降雨。", ["强降雨次数"]),
        ("16家企业现场签约。", ["签约企业数"]),
        ("压减一般性支出10%以上。", ["一般性支出降幅"]),
        ("火灾起数下降3%、死亡人数下降5%。", ["火灾起数降幅", "火灾死亡人数降幅"]),
        ("1家企业进入全国民企500强。", ["进入全国民企500强企业数"]),
        ("农村居民收入增速连续5年全省第一。", ["农村居民收入增速全省排名"]),
        ("工地地面100%硬化。", ["工地地面硬化率"]),
        ("实现“双公示、一公开”监管全覆盖。", ["“双公示、一公开”监管覆盖率"]),
        ("泉州到平潭缩短至1.5小时左右。", []),
        ("新开工5个，各招引落地重大项目2个以上。", []),
    ],
)
def test_indicator_is_whole_or_none(body: str, expected: list[str]) -> None:
    """What is measured is named in full; what is cut makes no fact."""
    assert [row["indicator"] for row in facts(REVIEW + body, "outcome", "target")] == expected


def test_base_built_upon_does_not_date_the_plan() -> None:
    """在办好去年实事的基础上，今年…: the goal is this year's."""
    body = PLAN + "我们在办好去年实事的基础上，今年集中力量再办实事，一是实现农业保险全覆盖。"
    (found,) = facts(body, "outcome", "target")
    assert (found["type"], found["year"]) == ("target", 2023)


@pytest.mark.parametrize("opening", ["各位代表，刚刚过去的2022年，是极不平凡的一年。", "一年来，我们迎难而上。"])
def test_last_year_of_a_term_is_one_year(opening: str) -> None:
    """A paragraph on the year that closes a term is not about five years."""
    body = f"一、过去五年工作回顾\n五年来，我们砥砺前行。\n{opening}地区生产总值增长5%。\n"
    document = Document("d", "莆田.txt", HEAD + body, date="2023-01-03", title="莆田市政府工作报告")
    (found,) = [item for item in extract(document).measures if item.value == "5"]
    assert (found.year, found.period_start) == (2022, None)


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        (PLAN + "杜绝过度亮化等面子工程、政绩工程。", "project", []),
        (PLAN + "推进仙游至永泰、涵江至秀屿等高速公路项目。", "project", ["仙游至永泰高速公路", "涵江至秀屿高速公路"]),
        (PLAN + "加快推进沐邦总部及生产基地等5个项目。", "project", ["沐邦总部及生产基地"]),
        (REVIEW + "组建盛京、沈阳科技两家融资担保公司。", "enterprise", []),
        (REVIEW + "新增城市绿道10公里。", "place", []),
    ],
)
def test_names_are_whole_or_none(body: str, kind: str, expected: list[str]) -> None:
    """Names of lists get their kind; words of a verb, of a count or of what is not to be make no name."""
    assert [row["name"] for row in facts(body, kind) if "5个" not in row["name"]] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("制造业投资增速连续24个月保持18%以上，占比提高到31%。", ["制造业投资占比"]),
        ("对12条道路和团结桥、奋斗桥进行亮化。", ["道路数"]),
        ("国内端延伸至重要城市，全年开行300列以上。", []),
        ("新增公办学位3480个，完成率127.1%。", ["新增公办学位数", "公办学位完成率"]),
        (
            "税收收入达到144亿元，是2016年的1.4倍，年均增长7.1%。",
            ["税收收入", "税收收入相当于2016年倍数", "税收收入年均增速"],
        ),
        ("建设托位数100个以上的托育示范点3个。", ["托位数100个以上的托育示范点数"]),
        ("32场演唱会贯穿全年。", ["演唱会数"]),
        ("累计建成书屋60家。", ["累计建成书屋数"]),
        ("全年累计建成书屋60家。", ["建成书屋数"]),
        ("完善4868亩用地手续。", []),
        ("19家市属国企资产增长13.8%，利润增长5.3%。", ["市属国企资产增速", "市属国企利润增速"]),
    ],
)
def test_what_is_counted_is_told(body: str, expected: list[str]) -> None:
    """A number takes the noun it is of, not what was counted before it or what stands beside it."""
    assert [row["indicator"] for row in facts(REVIEW + body, "outcome", "target")] == expected


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        (PLAN + "布局建设一批实验室、科创平台、概念验证中心。", "project", []),
        (PLAN + "推动煤电、纺织、食品等传统产业进行技改。", "project", []),
        (PLAN + "加快推进“一区两中心”建设。", "project", []),
        (REVIEW + "涵江产业园获批国家级外贸转型升级基地。", "projectStage", []),
        (REVIEW + "入海河流全面达标，新建12所学校，适应城市发展。", "place", []),
        (REVIEW + "获批全省唯一汽车平行进口试点。", "enterprise", []),
        (REVIEW + "举办中国国际体育装备和服务业博览会。", "event", ["中国国际体育装备和服务业博览会"]),
    ],
)
def test_kinds_and_formulas_are_no_names(body: str, kind: str, expected: list[str]) -> None:
    """What 一批 opens, sectors, formulas and words cut from longer ones are no entities."""
    assert [row.get("name") or row["stage"] for row in facts(body, kind)] == expected
