"""Which names meet in one thing, which stay two, and which a person is asked about."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.records import Extraction, Mention, Relation
from kg.resolve import names
from kg.resolve.decisions import Decision
from kg.resolve.namings import Naming, namings
from kg.resolve.people import settle
from tests.resolve.linking import Linked, link
from tests.statements import example


def naming(key: str, home: str = "") -> Naming:
    label, place, name = key.split("/", 2)
    return Naming(key, label, place, name, name, home or place)


def linked(*keys: str, decisions: tuple[Decision, ...] = ()) -> Linked:
    return link([naming(key) for key in keys], decisions)


def one(*keys: str) -> bool:
    return len(linked(*keys).distinct) == 1


SAME = [
    ("project/430200/绿心中央公园", "project/430200/长株潭绿心中央公园"),
    ("project/430000/长株潭绿心中央公园", "project/430200/长株潭绿心中央公园"),
    ("project/430200/吉邵", "project/430200/吉邵高速"),
    ("project/430200/韶山—井冈山铁路", "project/430200/韶山至井冈山铁路"),
    ("project/430500/城龙高速", "project/430500/城龙高速公路"),
    ("project/430500/兴永郴赣铁路", "project/431100/兴永郴赣铁路"),
    ("project/430500/犬木塘水库", "project/430500/国家重大水利工程犬木塘水库"),
    ("project/430000/犬木塘水库", "project/430500/犬木塘水库工程"),
    ("project/320500/沪苏通铁路2期", "project/320500/沪苏通铁路二期"),
    ("project/320500/科技馆", "project/320500/苏州科技馆"),
    ("park/430500/东盟科技产业园", "park/430500/邵阳东盟科技产业园区"),
    ("park/321100/镇江经济开发区", "park/321100/镇江经济技术开发区"),
    ("enterprise//中车株洲电力机车有限公司", "enterprise//中车株机"),
    ("agency/430500/先进制造技术研究院", "agency/430500/邵阳先进制造技术研究院"),
    ("agency/321100/江苏大学", "agency/320500/江苏大学"),
    ("agency/430500/湖南省公安厅", "agency/430000/湖南省公安厅"),
    ("policy//乡村振兴", "policy//乡村振兴战略"),
    ("project/510100/轨道交通10号线三期", "project/510100/10号线三期"),
]
TWO = [
    ("project/430200/湘江大道", "project/430200/湘江大道二期"),
    ("project/430200/智轨一期", "project/430200/智轨二期"),
    ("project/320500/5号线", "project/320500/6号线"),
    ("project/430000/兴永郴赣铁路", "project/430500/兴永郴赣铁路邵阳段"),
    ("project/430200/人民路", "project/430100/人民路"),
    ("project/430000/科技馆", "project/430200/株洲科技馆"),
    ("project/320500/太湖新城", "project/320500/太湖新城医院"),
    ("agency/320000/江苏省人民政府", "agency/320500/苏州市人民政府"),
    ("agency/430200/株洲市国土资源局", "agency/430200/株洲市自然资源局"),
    ("agency/340600/安徽理工大学", "agency/360500/江西理工大学"),
    ("park/330000/长三角自由贸易试验区", "park/330300/浙江自由贸易试验区"),
    ("agency/320500/苏州实验室", "agency/320500/姑苏实验室"),
    ("agency/430200/株洲市第一中学", "agency/430100/长沙市第一中学"),
    ("park/430200/株洲高新技术产业开发区", "park/430100/长沙高新技术产业开发区"),
    ("enterprise//长沙银行", "enterprise//苏州银行"),
    ("policy//七个一行动", "policy//七个二行动"),
    ("event/430000/首届湖南旅游发展大会", "event/430000/第二届湖南旅游发展大会"),
    ("place/430221", "place/430212"),
]
DOUBTFUL = [
    ("park/430500/智能终端产业园", "park/430500/韦全集团智能终端产业园"),
    ("project/430000/芙蓉学校", "project/431100/芙蓉学校"),
    ("project/430300/吉利新能源汽车", "project/430300/吉利新能源汽车生产基地"),
    ("official/430200/李红", "official/430212/李红"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_names_of_one_thing_meet(left: str, right: str) -> None:
    assert one(left, right)


@pytest.mark.parametrize(("left", "right"), TWO)
def test_names_of_two_things_stay_two(left: str, right: str) -> None:
    result = linked(left, right) if left.count("/") > 1 else link([Naming(k, "place", "", k, k) for k in (left, right)])
    assert len(result.distinct) == 2


@pytest.mark.parametrize(("left", "right"), DOUBTFUL)
def test_what_is_doubtful_stays_two_and_is_asked(left: str, right: str) -> None:
    result = linked(left, right)
    assert len(result.distinct) == 2
    assert len(result.pairs) == 1
    assert result.pairs[0].reasons


@pytest.mark.parametrize("pair", SAME)
def test_a_shape_is_its_own_shape(pair: tuple[str, str]) -> None:
    for key in pair:
        shape = names.shape(key)
        assert shape is not None
        again = names.shape(shape.key)
        assert again is not None
        assert again.key == shape.key


KEYS = sorted({key for pair in (*SAME, *TWO, *DOUBTFUL) for key in pair if key.count("/") > 1})


@settings(max_examples=10)
@given(st.lists(st.sampled_from(KEYS), unique=True), st.randoms())
def test_order_does_not_matter(keys: list[str], random: object) -> None:
    shuffled = list(keys)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert linked(*keys) == linked(*shuffled)


@settings(max_examples=10)
@given(st.lists(st.sampled_from(KEYS), unique=True))
def test_linking_is_an_equivalence(keys: list[str]) -> None:
    result = linked(*keys)
    assert set(result.entities) == set(keys)
    for key, entity in result.entities.items():
        assert key in entity.keys
        assert all(result.entities[other] == entity for other in entity.keys)


#: A document of another city that names nothing of the others.
UNRELATED = (
    "project/210100/浑南大道三期",
    "agency/210100/沈阳市教育局",
    "enterprise//东北制药集团",
    "policy//浑河治理",
)


@settings(max_examples=10)
@given(st.lists(st.sampled_from(KEYS), unique=True))
def test_an_unrelated_document_changes_no_entity(keys: list[str]) -> None:
    before, after = linked(*keys), linked(*keys, *UNRELATED)
    assert all(after.entities[key] == entity for key, entity in before.entities.items())


# --- places and areas ---------------------------------------------------------------------------


def test_a_line_has_the_areas_of_all_texts() -> None:
    entity = linked(*SAME[5]).distinct[0]
    assert (entity.place, *entity.more_places) == ("430500", "431100")


def test_a_thing_lies_where_its_name_says() -> None:
    entity = linked("project/430000/岳阳虞公港一期").distinct[0]
    assert entity.place == "430600"
    assert entity.iri.endswith(entity.iri.rsplit("/", 1)[-1])
    assert "/430600-" in entity.iri


def test_a_line_named_after_a_place_of_another_city_lies_where_the_text_is() -> None:
    # its shape is 210000/辽中环高速; read again, that would be another road, of 辽中区
    entity = linked("project/210500/辽中环高速公路").distinct[0]
    assert (entity.place, entity.more_places) == ("210500", ())


def test_the_official_name_is_preferred() -> None:
    assert linked(*SAME[0]).distinct[0].name == "长株潭绿心中央公园"
    assert linked(*SAME[7]).distinct[0].name == "犬木塘水库"


# --- people -------------------------------------------------------------------------------------


def person(key: str, *bodies: str) -> list[Naming]:
    return [naming(key), *(naming(key)._replace(body=body) for body in bodies)]


def test_the_same_name_in_two_cities_is_two_people() -> None:
    found = person("official/430200/李红", "agency/430200/甲局") + person("official/320500/李红", "agency/320500/乙局")
    result = link(found)
    assert len(result.distinct) == 2
    assert not result.pairs


def test_a_body_in_common_makes_one_person() -> None:
    found = person("official/430200/李红", "agency/430212/渌口区教育局")
    found += person("official/430212/李红", "agency/430212/渌口区教育局")
    assert len(link(found).distinct) == 1


def official(quote: str, name: str, home: str) -> Mention:
    return example.mention("official", quote, name, place=home)


def holds(who: Mention, organisation: str, place: str, mode: str = "substantive", role: str = "mayor") -> Relation:
    attributes = {"organisation": organisation, "organisation_place": place, "mode": mode, "role": role, "post": "市长"}
    return example.relation("holdsPost", "代市长陈恢清", who, **attributes)


def settled(place: str, *relations: Relation) -> Extraction:
    mentions = tuple(relation.subject for relation in relations)
    return settle(Extraction(example.DOCUMENT, (), mentions, (), relations, (), place))


def test_a_mayor_in_a_text_of_the_province_is_the_one_of_the_city() -> None:
    of_province = settled("430000", holds(official("陈恢清", "陈恢清", "430000"), "株洲市人民政府", "430200"))
    of_city = settled("430200", holds(official("陈恢清", "陈恢清", "430200"), "株洲市人民政府", "430200"))
    assert of_province.mentions[0].place == "430200"
    assert of_province.relations[0].subject.place == "430200"
    people = [e for e in link(namings(of_province) | namings(of_city)).distinct if e.label == "official"]
    assert len(people) == 1
    assert people[0].place == "430200"


def test_a_former_post_elsewhere_does_not_move_a_person() -> None:
    who = official("陈恢清", "陈恢清", "430000")
    text = settled("430000", holds(who, "湘潭市人民政府", "430300", "former"), holds(who, "株洲市人民政府", "430200"))
    assert {mention.place for mention in text.mentions} == {"430200"}


def test_one_text_may_name_two_people_of_one_name() -> None:
    first, second = official("李红", "李红", "430000"), official("陈恢清", "李红", "430000")
    text = settled("430000", holds(first, "湘潭市人民政府", "430300"), holds(second, "株洲市人民政府", "430200"))
    assert {mention.place for mention in text.mentions} == {"430300", "430200"}


def test_national_leaders_keep_no_place() -> None:
    leader = official("李红", "李红", "")
    assert settled("430200", holds(leader, "中国共产党中央委员会", "")).mentions[0].place == ""


def test_a_policy_of_figures_belongs_to_its_city() -> None:
    quoted = example.mention("policy", "报告", "“28条”")
    listed = example.mention("policy", "报告", "“双碳”")
    text = settle(Extraction(example.DOCUMENT, (), (quoted, listed), place="430200"))
    assert [mention.place for mention in text.mentions] == ["430200", ""]


def test_the_body_of_a_post_and_its_mention_are_one() -> None:
    by_post = settled("430000", holds(official("陈恢清", "陈恢清", "430000"), "株洲市人民政府", "430200"))
    body = example.mention("agency", "市科技局", "株洲市人民政府", place="430200")
    named = Extraction(example.DOCUMENT, (), (body,), place="430200")
    bodies = [e for e in link(namings(by_post) | namings(named)).distinct if e.label == "agency"]
    assert [entity.name for entity in bodies] == ["株洲市人民政府"]


def test_marks_around_a_whole_name_are_none_of_its_own() -> None:
    keys = (
        Naming("policy//招商18条", "policy", "", "“招商18条”", "“招商18条”"),
        Naming("policy//招商18条", "policy", "", "招商“18条”", "招商“18条”"),
    )
    assert [entity.name for entity in link(keys).distinct] == ["招商“18条”"]
