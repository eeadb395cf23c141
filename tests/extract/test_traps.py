"""The fifteen traps of the model (section 10), each on the reference document that sets it.

The documents are read from ``../shared/seeds``; without them the same traps are sprung by the corpus, whose
gold is tested in ``tests/corpus``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import documents
from kg.extract.pipeline import extract
from kg.records import Extraction, Measure

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the reference documents are not part of the repository")


@pytest.fixture(scope="module")
def read() -> dict[str, Extraction]:
    """The reference documents by the first three characters of their names."""
    return {file.stem[:3]: extract(documents.read(file)) for file in sorted(SEEDS.iterdir())}


def names(found: Extraction, label: str) -> set[str]:
    return {mention.name for mention in found.mentions if mention.label == label}


def forms(found: Extraction, label: str) -> set[str]:
    return {mention.text for mention in found.mentions if mention.label == label}


def measure(found: Extraction, words: str) -> Measure:
    """The one measure whose quote holds some words."""
    held = [item for item in found.measures if words in item.text.replace("**", "")]
    assert len(held) == 1, [item.text for item in held]
    return held[0]


def posts(found: Extraction) -> set[tuple[str, str | None, str | None]]:
    kept = [relation for relation in found.relations if relation.kind == "holdsPost"]
    return {(item.subject.name, item.attribute("post"), item.attribute("mode")) for item in kept}


def stages(found: Extraction, name: str) -> set[str | None]:
    kept = [relation for relation in found.relations if relation.kind == "projectStage"]
    return {item.attribute("stage") for item in kept if name in item.subject.name}


def test_01_an_acting_mayor_is_no_mayor(read: dict[str, Extraction]) -> None:
    assert ("陈恢清", "代市长", "acting") in posts(read["003"])
    assert ("阳卫国", "市长", "substantive") in posts(read["001"])


def test_02_a_post_the_text_does_not_state_is_not_supplied(read: dict[str, Extraction]) -> None:
    assert "曹慧泉" in names(read["002"], "official")
    assert not [post for post in posts(read["002"]) if post[0] == "曹慧泉"]


def test_03_the_press_are_no_officials(read: dict[str, Extraction]) -> None:
    assert "邓伟勇" in names(read["000"], "press")
    assert not any(names(found, "press") & names(found, "official") for found in read.values())
    assert names(read["004"], "official") == set()


def test_04_an_increment_is_no_stock(read: dict[str, Extraction]) -> None:
    new = measure(read["000"], "上市企业3家")
    stock = measure(read["002"], "25家以上")
    strict = measure(read["000"], "突破1000家")
    assert new.indicator.startswith("新增") and not stock.indicator.startswith("新增")
    assert (strict.indicator, strict.comparator) == ("高新技术企业数", ">")


def test_05_one_verb_governs_its_list(read: dict[str, Extraction]) -> None:
    items = [measure(read["000"], words) for words in ("“四上”企业600家", "规模工业企业200家", "企业20家", "企业3家")]
    assert all(item.indicator.startswith("新增") for item in items)
    assert [item.comparator for item in items] == ["=", ">=", ">=", ">="]
    assert {measure(read["004"], words).modality for words in ("不少于2家", "不少于5家")} == {"力争"}


def test_06_offsets_survive_markup(read: dict[str, Extraction]) -> None:
    growth = measure(read["001"], "经济增长8%左右")
    assert "**" in growth.text and (growth.value, growth.comparator) == ("8", "~")
    assert read["001"].document.text[growth.start : growth.end] == growth.text


def test_07_like_names_are_not_one(read: dict[str, Extraction]) -> None:
    assert "破零倍增" in measure(read["000"], "破零倍增").indicator
    assert not [item for item in read["004"].measures if "破零倍增" in item.indicator]
    assert "渌口区人民政府" in names(read["004"], "agency") and "渌口区人民政府" not in names(read["003"], "agency")


def test_08_a_scheme_told_out_of_order(read: dict[str, Extraction]) -> None:
    members: dict[str, set[str]] = {}
    for relation in read["002"].relations:
        if relation.kind == "hasMember" and relation.object is not None:
            members.setdefault(relation.subject.text, set()).add(relation.object.name)
    assert len(members["3+3+2"]) == 12
    assert len(members["3个优势产业"]) == len(members["3个战略产业"]) == 3
    assert len(members["两个一批"]) == 6


def test_09_rail_transit_to_be_planned_is_no_industry(read: dict[str, Extraction]) -> None:
    text = read["000"].document.text
    planned = text.index("多层次轨道交通") + len("多层次")
    industries = {mention.start for mention in read["000"].mentions if mention.label == "industry"}
    assert planned not in industries
    assert any(text.startswith("轨道交通", start) for start in industries)
    assert "轨道交通检测基地" in forms(read["004"], "project")


def test_10_coordinated_names_are_split(read: dict[str, Extraction]) -> None:
    members = [mention.members for mention in read["003"].mentions if mention.label == "agency" and mention.members]
    assert members == [
        ("湖南省直住房公积金管理中心", "长沙住房公积金管理中心", "株洲住房公积金管理中心", "湘潭住房公积金管理中心")
    ]
    assert [
        len(mention.members) for mention in read["004"].mentions if mention.label == "park" and mention.members
    ] == [4]
    assert {"醴陵至上栗", "吉邵", "茶常"} <= forms(read["002"], "project")


def test_11_a_list_with_a_total_names_members_and_group(read: dict[str, Extraction]) -> None:
    groups = {mention.count for mention in read["004"].mentions if mention.label == "project" and mention.count}
    assert groups == {26, 19, 16}
    assert {"大唐华银煤电", "雪宝二期"} <= forms(read["004"], "project")


def test_12_an_estimate_of_the_past_year_is_an_outcome(read: dict[str, Extraction]) -> None:
    estimate = measure(read["003"], "地区生产总值增长8.5%")
    assert (estimate.kind, estimate.modality, estimate.year) == ("outcome", "预计", 2021)


def test_13_target_and_outcome_meet(read: dict[str, Extraction]) -> None:
    aimed = measure(read["001"], "固定资产投资增长9%")
    reported = measure(read["003"], "固定资产投资增长4%")
    assert (aimed.kind, reported.kind) == ("target", "outcome")
    assert (aimed.indicator, aimed.year, aimed.scope_key) == (reported.indicator, reported.year, reported.scope_key)
    assert float(reported.value or 0) < float(aimed.value or 0)


def test_14_a_slip_of_the_pen_is_kept(read: dict[str, Extraction]) -> None:
    assert "浏江" in forms(read["002"], "place")


def test_15_stages_need_not_go_forward(read: dict[str, Extraction]) -> None:
    assert stages(read["002"], "绿心中央公园") == {"in_progress"}
    assert stages(read["000"], "绿心中央公园") == {"planning"}
