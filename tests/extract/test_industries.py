"""Industries: what counts as one, and what only shares its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import components, enumerations
from kg.extract.entities import industry_terms
from kg.extract.reading import Reading
from kg.records import Document


def industries(text: str) -> list[str]:
    """The texts of the industries found."""
    reading = Reading(Document("d", "d.txt", text), components.FINDERS)
    return [text[item.start : item.end] for item in reading.found("industry")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("重点发展轨道交通、陶瓷、服饰等优势产业。", ["轨道交通", "陶瓷", "服饰"]),
        ("培育高分子新材料产业集群。", ["高分子新材料"]),
        ("电商、物流、会展等新兴服务业蓬勃发展。", ["电商", "物流", "会展"]),
        ("船舶机械产业集群增产提质。", ["船舶机械"]),
        ("推动煤、焦、铁、铝四大传统优势产业发展。", ["煤", "焦", "铁", "铝"]),
        ("推动东、西、南、北、中八大产业片区发展。", []),
        ("形成了马铃薯、蔬菜、茶叶等六大农业板块。", ["马铃薯", "蔬菜", "茶叶"]),
        ("推动航空产业走出新路子。", ["航空产业"]),
        ("建设轨道交通检测基地。", ["轨道交通"]),
        ("举办高分子新材料产业论坛。", ["高分子新材料"]),
        ("发展新能源与节能环保、生物医药两大产业。", ["新能源与节能环保", "生物医药"]),
        ("发展茶叶、柑橘、油茶等特色产业。", ["茶叶", "柑橘", "油茶"]),
        ("与瓷区陶瓷企业深度合作。", ["陶瓷"]),
        ("抓好永磁动力、碳基材料、稀奇材料三大新兴产业。", ["永磁动力", "碳基材料", "稀奇材料"]),
        ("推动现代服务业提质。", ["现代服务业"]),
        ("培育平台经济、共享经济、直播经济等新业态。", ["平台经济", "共享经济", "直播经济"]),
        ("金融业增加值增长8%。", ["金融业"]),
        ("发展战略性新兴产业。", ["战略性新兴产业"]),
        ("服务业扩量提质，推动传统服务业转型升级。", ["服务业", "传统服务业"]),
        ("紧盯制造业提质升级。", ["制造业"]),
        ("旅游加快复苏，株洲旅游实现新突破。", ["旅游", "旅游"]),
        ("促进餐饮、住宿、零售等消费回升。", ["餐饮", "住宿", "零售"]),
        ("支持精密电机、轨道交通、智能煤机等领域攻关。", ["精密电机", "轨道交通", "智能煤机"]),
        ("引导食品、石化、有色等传统产业升级。", ["食品", "石化", "有色"]),
        ("甲甲新能源汽车、乙乙新能源汽车两个重大产业项目开工。", ["新能源汽车", "新能源汽车"]),
        ("中国工业互联网创新发展大会在我市召开。", ["工业互联网"]),
        ("推动三大产业，即服饰和陶瓷。", ["服饰", "陶瓷"]),
    ],
)
def test_finds_industries(text: str, expected: list[str]) -> None:
    assert industries(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "推进城市轨道交通线网建设。",
        "构建多层次轨道交通体系。",
        "防范化解金融风险。",
        "推动华旦新材料、今朝钢结构等16个项目竣工。",
        "抓好教育、医疗、养老等民生实事。",
        "长沙临空经济区挂牌。",
        "加快数字产业化。",
        "新增蔬菜大棚200个。",
        "新能源汽车充电桩达到3000个。",
        "聚力五大战略性新兴产业。",
        "制造业增加值占比30%。",
        "服务业增加值增长6%。",
        "防范化解旅游、金融等领域风险。",
        "促进汽车、家电等大宗消费。",
        "打造餐饮、零售等消费场景。",
        "落实社会保险业务移交。",
        "绿色产业集聚区改革为智造新城。",
        "延伸产业链条，完善创新链条。",
        "银行业金融机构贷款增长。",
    ],
)
def test_leaves_other_senses(text: str) -> None:
    assert industries(text) == []


def test_parks_in_a_list_are_no_industries() -> None:
    assert "三旺" not in industries("提质朱亭、三旺、松西子、王十万现代农业产业园。")


def test_names_and_keys_come_from_the_table() -> None:
    reading = Reading(Document("d", "d.txt", "服装产业、先进装备制造业快速增长。"), components.FINDERS)
    found = reading.found("industry")
    assert [(item.name, item.key) for item in found] == [
        ("服饰", "industry/fushi"),
        ("先进装备制造", "industry/xianjinzhuangbeizhizao"),
    ]


def test_table_is_sound() -> None:
    terms = industry_terms.terms()
    keys = {term.key for term in terms}
    assert len(terms) >= 450
    assert len(keys) == len(terms) == len({term.name for term in terms})
    assert [term.key for term in terms] == sorted(keys)
    assert all(term.broader == "" or (term.broader in keys and term.broader != term.key) for term in terms)
    aliases = [alias for term in terms for alias in term.aliases]
    assert len(set(aliases)) == len(aliases)
    assert not set(aliases) & {term.name for term in terms}
    for term in terms:
        assert term.key.startswith("industry/") and term.key.isascii()


def test_broader_terms_make_no_ring() -> None:
    above = {term.key: term.broader for term in industry_terms.terms()}
    for key in above:
        seen = set()
        while key:
            assert key not in seen
            seen.add(key)
            key = above[key]


def test_items_of_a_list() -> None:
    text = "聚焦电子信息、新能源和新材料"
    spans = enumerations.before(text, len(text))
    assert [text[a:b] for a, b in spans] == ["电子信息", "新能源", "新材料"]
    assert enumerations.before("", 0) == []


@given(st.text(alphabet="发展陶瓷、服饰等三大产业和，。轨道交通“”3+新材料\n", max_size=60))
def test_spans_are_ordered_and_inside(text: str) -> None:
    reading = Reading(Document("d", "d.txt", text), components.FINDERS)
    last = 0
    for item in reading.found("industry"):
        assert last <= item.start < item.end <= len(reading.text)
        last = item.end


def test_every_form_has_one_row() -> None:
    forms = [form for term in industry_terms.terms() for form in (term.name, *term.aliases)]
    names = [term.name for term in industry_terms.terms()]
    assert len(names) == len(set(names))
    assert len(set(forms)) > 3000


def test_services_are_told_from_goods() -> None:
    table = industry_terms.by_form()
    assert industry_terms.is_service(table["餐饮"])
    assert not industry_terms.is_service(table["汽车"])
