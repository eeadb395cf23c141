"""The tables of the registry: complete, consistent, sorted."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from kg import resources
from kg.registry import places
from kg.registry.places import Places
from kg.registry.records import DIVISION_LEVELS


@pytest.fixture(scope="module")
def registry() -> Places:
    return places()


def rows(table: str) -> list[dict[str, str]]:
    with resources.path("ontology", "registry", table).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_counts_of_today_are_those_of_the_statistical_list(registry: Places) -> None:
    levels = Counter(place.level for place in registry if place.is_division and place.is_current)
    assert levels == {"province": 34, "prefecture": 333, "county": 2851, "zone": 124}


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("places.csv", "code"),
        ("towns.csv", "code"),
        ("regions.csv", "key"),
        ("renamed.csv", "code"),
        ("readings.csv", "name"),
        ("common_words.csv", "form"),
    ],
)
def test_tables_are_sorted_without_duplicates(table: str, column: str) -> None:
    keys = [row[column] for row in rows(table)]
    assert keys == sorted(set(keys))


def test_every_parent_and_successor_exists(registry: Places) -> None:
    for place in registry:
        assert not place.parent or registry.get(place.parent) is not None, place
        assert not place.replaced_by or registry.successor(place.code) is not None, place
        assert not (place.is_current and place.replaced_by), place


def test_code_of_a_child_extends_that_of_its_parent(registry: Places) -> None:
    for place in registry:
        if place.parent:
            assert place.code.startswith(place.parent.removesuffix("00").removesuffix("00")), place


def test_pinyin_is_ascii(registry: Places) -> None:
    for place in registry:
        if place.is_division:
            assert place.pinyin.isascii(), place
            assert place.pinyin.isalpha(), place


@pytest.mark.parametrize(
    ("code", "pinyin"),
    [
        ("430200", "zhuzhou"),
        ("500000", "chongqing"),
        ("500115", "changshou"),
        ("140400", "changzhi"),
        ("341500", "luan"),
        ("340300", "bengbu"),
        ("371722", "shanxian"),
        ("341621", "guoyang"),
        ("350200", "xiamen"),
        ("411100", "luohe"),
    ],
)
def test_readings_of_places(registry: Places, code: str, pinyin: str) -> None:
    place = registry.get(code)
    assert place is not None
    assert place.pinyin == pinyin


@pytest.mark.parametrize(
    ("code", "short"),
    [
        ("430200", "株洲"),
        ("430212", "渌口"),
        ("430223", "攸县"),
        ("433100", "湘西"),
        ("422800", "恩施"),
        ("533401", "香格里拉"),
        ("650000", "新疆"),
        ("150000", "内蒙古"),
        ("450000", "广西"),
        ("810000", "香港"),
        ("140109", "万柏林"),
        ("429021", "神农架"),
        ("230208", "梅里斯"),
        ("310115", "浦东"),
        ("150724", "鄂温克"),
        ("622926", "东乡"),
        ("150121", "土默特左旗"),
        ("652700", "博尔塔拉"),
    ],
)
def test_short_names(registry: Places, code: str, short: str) -> None:
    place = registry.get(code)
    assert place is not None
    assert place.short == short


def test_regions_have_known_members_and_ascii_keys(registry: Places) -> None:
    regions = [place for place in registry if not place.is_division]
    assert len(regions) > 600
    for region in regions:
        assert region.key.isascii()
        assert region.key.split("/")[0] in ("place", "country")
        assert region.english
        assert all(registry.get(code) is not None for code in region.members), region


def test_abbreviations_stand_for_provinces(registry: Places) -> None:
    for row in rows("abbreviations.csv"):
        province = registry.abbreviation(row["char"])
        assert province is not None
        assert province.level == "province"
    assert {row["code"] for row in rows("abbreviations.csv")} == {p.code for p in registry if p.level == "province"}


def test_every_common_word_is_a_form_with_a_reason(registry: Places) -> None:
    for row in rows("common_words.csv"):
        assert row["form"] in registry.forms(), row
        assert row["reason"], row


def test_towns_belong_to_divisions_of_today(registry: Places) -> None:
    for parent in {row["parent"] for row in rows("towns.csv")}:
        place = registry.get(parent)
        assert place is not None
        assert place.is_current
        assert place.level in DIVISION_LEVELS
