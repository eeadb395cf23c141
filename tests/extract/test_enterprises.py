"""Enterprises, on sentences written for the tests."""

from __future__ import annotations

import pytest

from kg import lexicon
from kg.extract.entities import enterprises, places
from kg.extract.projects import projects
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
        ("去年，招商局青工、惠柏海工列入省级智能工厂。", ["招商局青工", "惠柏海工"]),
        # firms before goods told with how they are
        ("青石化高端新材料、柏创高速光通信模块等项目投产。", ["青石化", "柏创"]),
        # listed companies, and a word that holds the name of one
        ("推进木林森智能工厂、乾照光电生产基地建设。", ["木林森", "乾照光电"]),
        ("抓好青裕蛋鸡、飞鹤奶业等100个农业产业化项目。", ["青裕", "飞鹤"]),
        ("推进金柏通年产5万吨优质针状焦、绿缘节能墙材一体化项目达产。", ["金柏通", "绿缘"]),
        ("确保华柏新材料、今昔钢结构等16个项目竣工投用。", ["华柏新材料", "今昔钢结构"]),
        ("发挥济明可信、汇森制药、青中制药等龙头企业作用。", ["济明可信", "汇森制药", "青中制药"]),
        ("支持水塔青、紫霖等企业做大做强，水塔青产值增长。", ["水塔青", "紫霖", "水塔青"]),
        ("投资200亿元的新柏重科引进落户。", ["新柏重科"]),
        ("特柏石油化工成为期货指定交割仓库。", ["特柏石油化工"]),
        ("争取设立华桥证券。", ["华桥证券"]),
        ("东柏压缩机产销超过3000万台。", ["东柏"]),
        ("确保水柏康养项目等104个项目落地。", ["水柏"]),
        # one member that can only be a firm tells what the others of the list are
        ("引进江柏天青、湖柏长河医药等龙头企业落户。", ["江柏天青", "湖柏长河医药"]),
        ("支持二机床、柏网智能、海尔等骨干企业发展壮大。", ["二机床", "柏网智能", "海尔"]),
        ("推动柏星人白蛋白、青科晶体二期等项目投产。", ["柏星", "青科"]),
        ("五矿营钢升级改造等项目竣工投产。", ["五矿营钢"]),
        ("加快中航工业洪柏商用飞机等项目建设。", ["中航工业洪柏"]),
        ("青水银行株洲分行开业。", ["青水银行株洲分行"]),
        ("动车由中车青河电力机车有限公司制造。", ["中车青河电力机车有限公司"]),
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
        "支持运动器械、家纺家具、健康食品等领域企业转型。",
        "加速引进钣金件、零部件、元器件等配套企业。",
        "推动优秀科技企业上市。",
        "支持湖南科技大学建设。",
        "通过股权置换等方式参与国有企业改制。",
        "依法保护国有、民营、外资等各类所有制企业。",
        "支持专精特新、单项冠军、独角兽等优质企业。",
        "力争煤炭产量达1000万吨。",
        "推动精细化工项目落户。",
        "建设青云数字经济产业园。",
        "推进煤矸石制备催化剂等项目建设。",
        "落实贷款贴息、税费减免等企业扶持政策。",
    ],
)
def test_what_is_no_enterprise(sentence: str) -> None:
    assert names(sentence) == []


def test_lexicon_is_large_and_clean() -> None:
    words = lexicon.lines("enterprises")
    assert len(words) >= 250
    assert len(set(words)) == len(words)
    assert not [word for word in words if len(word) < 2]
