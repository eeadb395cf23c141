"""Entities that an outsider reads against their sentences: what is none, and what its whole name is."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract.pipeline import extract
from kg.query.facts import rows
from kg.records import Document

HEAD = "莆田市政府工作报告\n——2023年1月3日在莆田市第八届人民代表大会第二次会议上\n"
PLAN = "二、2023年工作安排\n"


def facts(body: str, *types: str) -> list[dict[str, Any]]:
    """Return the facts of a plan of one sentence that have one of some types."""
    document = Document("d", "莆田.txt", HEAD + PLAN + body, date="2023-01-03", title="莆田市政府工作报告")
    return [row for row in rows(extract(document), {}) if row["type"] in types and row["start"] >= len(HEAD)]


def names(body: str, *types: str) -> list[str]:
    """Return the names of the mentions of some types."""
    return [str(row["name"]) for row in facts(body, *types)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("打通上海路、延安东路。", []),  # streets
        ("治理松洲河、青山湖西岸。", ["松洲河", "青山湖"]),
        ("荔城大道全线贯通。", ["荔城区"]),  # of the city's own district
        ("推进太子河流域治理。", ["太子河"]),  # a river, not the county far away
        ("建设深惠城际。", []),  # 惠城 is no part of it
        ("加快岳麓山实验室分中心建设。", ["岳麓山"]),
        ("推进成渝中线高铁合作。", []),
        ("加快长三角和成渝协作。", ["长三角", "成渝地区双城经济圈"]),
        ("推进抓紧机场前期。", []),
        ("帮扶120个贫困村、30个薄弱村。", []),
        ("修复人工湿地，取缔非法码头。", []),
        ("建设中东欧商品馆。", ["中东欧"]),
        ("举办“荔城杯”比赛。", []),
        ("实施东湖水库输水工程。", []),
    ],
)
def test_place_is_one_by_name(body: str, expected: list[str]) -> None:
    """Streets, lines, kinds of villages are no places; a water is not the county that bears its name."""
    assert names(body, "place") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("深化占道经营、渣土车运输等专项整治。", []),
        ("推进动力电池、养老帮困等项目。", []),
        ("推进宏远动力电池、安泰锂电池等项目。", ["宏远动力电池项目", "安泰锂电池项目"]),
        ("积极参与青屿国家文化公园建设。", ["青屿国家文化公园"]),
        ("打造全球重要智算中心。", []),
        ("推动青屿理工学院建设应用型大学。", []),
        ("提升青屿博物馆、松洲图书馆服务效能。", []),
        ("加快南屿大学、北屿科技大学等高校在莆建设。", []),
        (
            "推进松洲核电、绿能及循环经济产业园、青屿综合能源岛等项目。",
            ["松洲核电", "绿能及循环经济产业园", "青屿综合能源岛项目"],
        ),
        ("深入实施“松洲英才”等人才工程。", []),
        ("以市中心医院为龙头建设医联体。", []),
        ("建成市青少年活动中心。", ["莆田市青少年活动中心"]),
        ("推进主城与松洲之间快速通道建设。", ["主城与松洲之间快速通道"]),
        ("实施煤矿开采、石油勘探等项目。", []),
        ("加快中小学、公立医院建设，打通瓶颈路。", []),
    ],
)
def test_project_is_one_by_name(body: str, expected: list[str]) -> None:
    """Campaigns, goods, functions and what a thing is to become are no projects; names are whole."""
    assert names(body, "project") == expected


def test_title_that_a_park_was_given_is_no_stage_of_it() -> None:
    """获批成为, 获批国家级…: what it is called from then on."""
    assert facts("青屿保税物流园获批成为综合保税区。", "projectStage") == []


def test_what_can_open_is_told_by_its_conditions() -> None:
    """具备开工条件 is no start of works."""
    (stage,) = facts("青屿大桥具备开工条件。", "projectStage")
    assert stage["stage"] == "preparatory"


def test_what_is_about_to_open_is_planned() -> None:
    """通车在即 is no opening."""
    (stage,) = facts("青屿大桥通车在即。", "projectStage")
    assert stage["stage"] == "planned"


@pytest.mark.parametrize("body", ["理顺开发区管理体制。", "引导社会资本参与开发区建设。", "严厉打击镇村工业园违建。"])
def test_park_has_a_name(body: str) -> None:
    """Verbs before the kind are no name."""
    assert names(body, "park") == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("建立“一企一专班”服务机制。", ["“一企一专班”服务机制"]),
        ("深化“青屿红”基层治理体系建设。", ["“青屿红”基层治理体系"]),
        ("深入开展“四黑”专项整治。", ["“四黑”专项整治"]),
        ("推行“双总湖长”制。", ["“双总湖长”制"]),
        ("扩大“高企贷”“松洲领军贷”等金融产品规模。", []),
        ("严控“三公”经费支出。", []),
        ("实现“三下降”。", []),
        ("举办“松洲文化旅游节”等活动。", []),
        ("拓展“低空+物流”“低空+旅游”等场景。", []),
        ("推进“五路一桥”建设。", []),
        ("完善“三环五射”高速公路网。", []),
        ("启动青屿大道南延工程。", []),
        ("开展冰雪旅游活动。", []),
        ("深化各项改革。", []),
        ("落实商贸促进法和商贸强市战略。", ["商贸强市战略"]),
        ("国家支持沿边开放试验区建设。", []),
        ("创建全国安全发展示范城市。", ["全国安全发展示范城市"]),
        ("实施教师素质提升工程。", ["教师素质提升工程"]),
    ],
)
def test_policy_is_whole_or_none(body: str, expected: list[str]) -> None:
    """Quoted names take their noun along; loans, states reached, scenes and works are no policies."""
    assert names(body, "policy") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("推进废氢储能、植物提取等项目。", []),
        ("推进宏远石墨烯、青禾生物医药等项目。", ["宏远", "青禾"]),
        ("有序退出9万吨以下小煤矿、23处保留煤矿。", []),
        ("引进高端猎头公司、管理咨询公司。", []),
        ("松洲环保科创板上市。", ["松洲环保"]),
        ("推动MDI装置扩能项目建设。", []),
        ("推进广珠澳科技创新走廊建设。", []),
        ("台企松洲机械在A股上市。", ["松洲机械"]),
        ("深化改革中粮食加工体制。", []),
        ("推进钒钛磁铁矿综合利用。", []),
    ],
)
def test_enterprise_is_one_by_name(body: str, expected: list[str]) -> None:
    """Goods, materials and kinds of firms are none."""
    assert names(body, "enterprise") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("推进教育现代化工程。", []),
        ("中石化油库建成投用。", []),
        ("数字经济核心产业增加值增长12%。", ["数字经济核心产业"]),
        ("做强汽车及零部件产业。", ["汽车及零部件"]),
    ],
)
def test_industry_is_one_word(body: str, expected: list[str]) -> None:
    """Words and firms that hold a term are none; a wider or narrower sector keeps its own name."""
    assert names(body, "industry") == expected


def test_event_keeps_the_bracket_in_its_name() -> None:
    """南方茶业（松洲）机械展销会 is one name."""
    assert names("办好南方茶业（松洲）机械博览会。", "event") == ["南方茶业（松洲）机械博览会"]


@pytest.mark.parametrize(
    "body", ["支持松洲学院创建高水平理工科大学。", "组建5家领军创新型研究院。", "发展本科层次职业大学。"]
)
def test_agency_has_a_name(body: str) -> None:
    """Kinds of universities and institutes are no bodies."""
    assert [name for name in names(body, "agency") if name != "松洲学院"] == []
