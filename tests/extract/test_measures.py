"""Measures: target or outcome, period, place, speaker; what is left over becomes an issue."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.extract import components
from kg.extract.measures import measures
from kg.extract.reading import Measured, Reading
from kg.records import Document

HEAD = "莆田市政府工作报告\n——2023年1月3日在莆田市第八届人民代表大会第二次会议上\n"


def read(body: str, head: str = HEAD) -> tuple[Reading, Sequence[Measured]]:
    """Return the reading of a short report and its measures with a number."""
    document = Document("d", "莆田.txt", head + body, date="2023-01-03", title="莆田市政府工作报告")
    reading = Reading(document, components.FINDERS)
    return reading, [m for m in reading.measures(measures.find) if m.value is not None]


REVIEW = "一、2022年工作回顾\n"
PLAN = "二、2023年工作安排\n"


@pytest.mark.parametrize(
    ("body", "kind", "year"),
    [
        (REVIEW + "预计地区生产总值增长6%左右。", "outcome", 2022),
        (REVIEW + "新增上市企业3家。", "outcome", 2022),
        (PLAN + "新增上市企业5家以上。", "target", 2023),
        (PLAN + "到2025年，高新技术企业突破1000家。", "target", 2025),
        (PLAN + "在安瑞、玉龙等6个项目建成投产基础上，加快推进二期。", "outcome", 2022),
        (PLAN + "近年来，先后引进企业20余家。", "outcome", 2022),
    ],
)
def test_kind_and_year(body: str, kind: str, year: int) -> None:
    """The section decides, unless the sentence says otherwise; 预计 in a review is an outcome."""
    _, (found,) = read(body)
    assert found.kind == kind
    assert found.year == year


def test_named_year_is_explicit() -> None:
    """到2025年 is explicit and wins over the year of the section."""
    _, (found,) = read(PLAN + "到2025年，高新技术企业突破1000家。")
    assert (found.year, found.year_basis, found.comparator, found.comparator_text) == (2025, "explicit", ">", "突破")


def test_modality_is_quoted_as_written() -> None:
    """力争 is kept, and nothing is made up where the text has none."""
    _, found = read(PLAN + "力争高新技术企业突破900家。新建学校5所。")
    assert [m.modality for m in found] == ["力争", None]


def test_a_place_at_the_head_of_a_clause_is_the_scope() -> None:
    """The document's place, unless another place is the subject."""
    _, found = read(REVIEW + "仙游县新增上市企业3家。全市新增学位500个。")
    assert [m.scope for m in found] == ["仙游县", "莆田市"]


def test_a_road_named_after_places_is_no_scope() -> None:
    """莆田至永定高速 is a road."""
    _, found = read(REVIEW + "仙游大道通车，完成投资5亿元。")
    assert [m.scope for m in found] == ["莆田市"]


def test_spans_lie_in_their_sentence() -> None:
    """A quote never crosses the bounds of its sentence."""
    reading, found = read(PLAN + "新增企业5家；改造小区27个、惠及1.2万户。引进人才1万人。")
    assert len(found) == 4
    for measure in found:
        line = reading.line_at(measure.start)
        assert line.start <= measure.start < measure.end <= line.end


@pytest.mark.parametrize(
    ("body", "indicator", "code"),
    [
        ("推动零就业家庭动态清零。", "零就业家庭动态清零", "achieve"),
        ("实现“快递进村”全覆盖。", "“快递进村”覆盖率", "full_coverage"),
        ("创建国家生态园林城市。", "创建国家生态园林城市", "achieve"),
        ("城乡居民收入增长高于经济增长。", "城乡居民收入增速", ">ref"),
    ],
)
def test_goals_without_a_number(body: str, indicator: str, code: str) -> None:
    """Goals in words have no value and say what kind they are."""
    reading, _ = read(PLAN + body)
    (goal,) = reading.measures(measures.find)
    assert goal.value is None
    assert goal.comparator == code
    assert goal.indicator == indicator


@pytest.mark.parametrize(
    ("body", "quotes"),
    [
        ("力争园区总收入突破500亿元。", ["力争园区总收入突破500亿元"]),
        ("力争实现高新技术企业突破900家。", ["力争实现高新技术企业突破900家"]),
        ("力争新增上市企业3家、高新技术企业20家。", ["新增上市企业3家", "高新技术企业20家"]),
        ("力争认定省级工坊不少于2家、市级工坊不少于5家。", ["省级工坊不少于2家", "市级工坊不少于5家"]),
        ("全市水质力争提升到90%。", ["水质力争提升到90%"]),
    ],
)
def test_a_quote_holds_what_governs_it_alone(body: str, quotes: list[str]) -> None:
    """What governs a list is said of all its items, and stands in the quote of none."""
    reading, found = read(PLAN + body)
    assert [reading.quote(item.start, item.end) for item in sorted(found)] == quotes
