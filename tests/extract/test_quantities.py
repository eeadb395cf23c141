"""Quantities: what is one, what it says, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.measures.quantities import scan


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("完成投资1,200.5亿元以上", [("1200.5", "亿元", "以上")]),
        ("新增企业20余家，就业10余万人，800多亿元", [("20", "家", "余"), ("10", "万人", "余"), ("800", "亿元", "多")]),
        ("总量达1.2万亿元左右", [("1.2", "万亿元", "左右")]),
        ("下降3.5个百分点", [("3.5", "个百分点", "")]),
        ("增长百分之八以上", [("8", "%", "以上")]),
        ("八成以上企业", [("80", "%", "以上")]),
        ("新增十七个", [("17", "个", "")]),
        ("浓度35微克/立方米以下", [("35", "微克/立方米", "以下")]),
        ("吞吐量70万标箱", [("70", "万标箱", "")]),
        ("新增企业 100 家以上", [("100", "家", "以上")]),
        ("40万农村贫困人口", [("40", "万", "")]),
        (
            "位列全国城市第42位，居首位，进入前三、全国百强",
            [("42", "位", ""), ("1", "位", ""), ("3", "位", "前"), ("100", "位", "强")],
        ),
        ("养老金实现“十七连涨”", [("17", "次", "")]),
        ("收入翻一番", [("1", "番", "")]),
        ("水质提升到Ⅱ类", [("2", "水质类别", "")]),
        ("收入比降至1.94以内", [("1.94", "", "以内")]),
        ("3家电子企业、5支队伍、2个体育公园", [("3", "家", ""), ("5", "支", ""), ("2", "个", "")]),
    ],
)
def test_quantities_with_unit_and_comparator(text: str, expected: list[tuple[str, str, str]]) -> None:
    """Value, unit with its scale and the comparator behind it are read as written."""
    assert [(q.value, q.unit, q.after) for q in scan(text).quantities] == expected


def test_a_range_has_two_ends() -> None:
    """8%-9% and 3—4个 keep both ends."""
    assert [(q.value, q.high, q.unit) for q in scan("增长8%-9%，建成3—4个").quantities] == [
        ("8", "9", "%"),
        ("3", "4", "个"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2021年12月30日召开第十三次党代会",
        "“十四五”时期，一季度，1—11月，2016-2020年",
        "（二）培育主体，【9】【10】",
        "“3+5+2”产业体系、“116”工程、135工程、“28条”",
        "省道S330、5G、4A级景区、G60、4号线、二期",
        "十大工程、五大行动、三大攻坚战、四位一体",
        "12345热线",
        "产业结构调整为4.3:39.2:56.5",
        "参与中国制造2025",
        "建党100周年",
        "国道321改扩建",
    ],
)
def test_dates_numbering_and_names_are_no_quantities(text: str) -> None:
    """What only looks like a quantity gives none, and no unexplained number either."""
    found = scan(text)
    assert [text[q.start : q.end] for q in found.quantities] == []
    assert [text[a:b] for a, b in found.bare] == []


def test_a_number_without_any_explanation_is_reported() -> None:
    """A bare number stays visible."""
    text = "编号为  873 甲"
    assert [text[a:b] for a, b in scan(text).bare] == ["873"]


@given(st.text(alphabet="新增企业数家个万亿元%十二三第位年月日0123456789.,，。、“”（）强余以上-—", max_size=60))
def test_spans_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    """Whatever the text, quantities are in order, disjoint and inside it."""
    last = 0
    for quantity in scan(text).quantities:
        assert last <= quantity.start < quantity.end <= len(text)
        last = quantity.end
