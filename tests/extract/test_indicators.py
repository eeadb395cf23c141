"""Indicators: which words a number measures, sentence by sentence."""

from __future__ import annotations

import pytest

from kg.extract.measures.indicators import read
from kg.extract.measures.quantities import scan
from kg.extract.measures.wording import concept, indicators, worded

CASES = [
    # one verb governs a list; abbreviations open
    (
        "新增“四上”企业60家、规模工业企业20家以上、上市企业3家以上。",
        [("新增“四上”企业数", "60", "="), ("新增规模以上工业企业数", "20", ">="), ("新增上市企业数", "3", ">=")],
    ),
    # stock, strict bound
    ("高新技术企业突破800家。", [("高新技术企业数", "800", ">")]),
    # the noun stands after the number; what was spent on it follows
    (
        "统筹推进500个市级重大项目建设，完成年度投资900亿元以上。",
        [("市级重大项目数", "500", "="), ("市级重大项目年度投资", "900", ">=")],
    ),
    # continued growth, rank of what was said before
    (
        "地区生产总值达到5000亿元、增长8%，居全省第3位。",
        [("地区生产总值", "5000", ">="), ("地区生产总值增速", "8", "="), ("地区生产总值增速全省排名", "3", "=")],
    ),
    # respectively
    (
        "城镇、农村居民人均可支配收入分别增长7%、8%左右。",
        [("城镇居民人均可支配收入增速", "7", "~"), ("农村居民人均可支配收入增速", "8", "~")],
    ),
    (
        "汽车、钢铁、水泥产量分别增长3%、4%和5%。",
        [("汽车产量增速", "3", "="), ("钢铁产量增速", "4", "="), ("水泥产量增速", "5", "=")],
    ),
    # both
    ("资产规模和利润均增长10%以上。", [("资产规模增速", "10", ">="), ("利润增速", "10", ">=")]),
    # attributes of a noun are no facts
    ("实施500万元以上产业转型项目200个。", [("500万元以上产业转型项目数", "200", "=")]),
    ("培育5家年产值10亿元以上的产业集群。", [("培育年产值10亿元以上产业集群数", "5", "=")]),
    ("推进金利年产5万吨针状焦项目达产。", []),
    ("引进过5亿元项目2个以上。", [("引进过5亿元项目数", "2", ">=")]),
    # a project's own sum is
    ("投资130亿元的比亚迪扩产项目当年投产。", [("比亚迪扩产项目总投资", "130", "=")]),
    # from and to: only where it arrives is the fact
    ("服务业比重由45%提高到50%。", [("服务业比重", "50", "=")]),
    # falls are positive
    ("单位GDP能耗下降3%。", [("单位地区生产总值能耗降幅", "3", "=")]),
    # what comes behind decides over what comes before
    ("城镇调查失业率控制在5.5%左右。", [("城镇调查失业率", "5.5", "~")]),
    ("居民消费价格涨幅控制在3%以内。", [("居民消费价格涨幅", "3", "<=")]),
    # kind words by unit
    ("新建高标准农田30万亩。", [("新建高标准农田面积", "30", "=")]),
    ("引进人才1.8万人。", [("引进人才数", "1.8", "=")]),
    ("城镇新增就业2万人。", [("城镇新增就业人数", "2", "=")]),
    ("新改建农村公路500公里。", [("新改建农村公路里程", "500", "=")]),
    ("接待游客5000万人次。", [("接待游客人次", "5000", "=")]),
    # a verb that is an indicator itself, and one that continues
    ("全年造林39.8万亩。", [("造林面积", "39.8", "=")]),
    ("新开工安置房1110套、基本建成2640套。", [("新开工安置房套数", "1110", "="), ("建成安置房套数", "2640", "=")]),
    # relative clause, share of what was named
    ("改造29个未完成安置补偿的城中村。", [("改造城中村数", "29", "=")]),
    (
        "先进制造业增加值增长9%，占规上工业比重达50%。",
        [("先进制造业增加值增速", "9", "="), ("先进制造业增加值占规模以上工业比重", "50", ">=")],
    ),
    # time taken
    ("我市仅用3天就实现了确诊病例“零新增”。", [("确诊病例“零新增”用时", "3", "=")]),
    # the nth time and the nth thing
    ("第四次捧得“长安杯”。", [("“长安杯”次数", "4", "=")]),
    ("服饰产业成为第二个千亿集群。", [("千亿集群数", "2", "=")]),
    # layout and rhetoric
    ("涵盖产业招商、政策配套等12个方面。", []),
    ("重点做好创新平台建设等七项工作。", []),
    ("攻克一批关键技术。", []),
    ("60岁以上老人免费乘车。", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_indicator_value_and_comparator(text: str, expected: list[tuple[str, str, str]]) -> None:
    """Each number gets the indicator a reader would give it, and its bound."""
    terms = read(text, 0, len(text), scan(text).quantities).terms
    assert [(t.indicator, t.value, t.code) for t in terms] == expected


def test_a_range_gives_two_bounds() -> None:
    """A range has no single value: it is a lower and an upper bound."""
    text = "地区生产总值增长7%-8%。"
    terms = read(text, 0, len(text), scan(text).quantities).terms
    assert [(t.value, t.code) for t in terms] == [("7", ">="), ("8", "<=")]


def test_the_span_begins_at_verb_or_noun_and_ends_with_the_comparator() -> None:
    """The quote holds what states the fact and no more."""
    text = "同时，力争新增规上企业5家以上，"
    (term,) = read(text, 0, len(text), scan(text).quantities).terms
    assert text[term.start : term.end] == "新增规上企业5家以上"


def test_registry_forms_lead_to_one_concept() -> None:
    """No form names two indicators, and every entry finds itself."""
    forms: dict[str, str] = {}
    for row in indicators():
        found = concept(row.name)
        assert found is not None
        for form in (row.name, *row.aliases):
            assert forms.setdefault(form, row.key) == row.key, form
    assert len(indicators()) >= 120
    assert worded("GDP", "percent", change="grow") == "地区生产总值增速"
