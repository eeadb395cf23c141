"""What a name means in a document of a given jurisdiction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import EntityNotFound
from kg.registry import Form, Place, places

CURRENT = sorted(place for place in places() if place.is_division and place.is_current)


@given(st.sampled_from(CURRENT))
def test_full_name_means_the_place_when_home_is_its_parent(place: Place) -> None:
    assert places().resolve(place.name, place.parent or place.code) == place


@given(st.sampled_from(CURRENT))
def test_a_place_is_a_child_of_its_parent(place: Place) -> None:
    above = places().ancestors(place.code)
    assert not above or place in places().children(above[0].code)
    assert places().full_name(place.code).endswith(place.name)


@given(st.sampled_from(sorted(places().forms())), st.sampled_from(CURRENT), st.integers(2000, 2030))
def test_answer_is_one_of_the_readings(form: str, home: Place, year: int) -> None:
    found = places().resolve(form, home.code, year)
    assert found is None or found.code in {reading.code for reading in places().forms()[form]}


@pytest.mark.parametrize(
    ("form", "home", "code"),
    [
        ("渌口", "430200", "430212"),  # child
        ("醴陵市", "430212", "430281"),  # sibling
        ("株洲", "430212", "430200"),  # above
        ("湘西州", "430200", "433100"),  # alias
        ("新城区", "150100", "150102"),
        ("新城区", "610100", "610102"),
        ("新城区", "430200", None),  # two of the same rank elsewhere
        ("鼓楼区", "320100", "320106"),
        ("鼓楼区", "320302", "320302"),  # home itself
        ("鼓楼区", "320000", None),  # two in the province
        ("吉林", "220100", "220000"),  # the province above before the sibling city
        ("吉林", "220200", "220200"),
        ("朝阳", "211303", "211300"),
        ("海南", "150100", "460000"),  # level before nearness when far
        ("河南", "632300", "410000"),  # short form of a county gives way to a province
        ("东乡", "361000", "361003"),
        ("襄樊市", None, "420600"),  # former name under the same code
        ("太湖", "320500", "place/lake/taihu"),
        ("太湖", "340800", "340825"),
        ("海西", "350100", "place/region/haixi"),
        ("海西", "630000", "632800"),
        ("德国", "430200", "country/DE"),
        ("不存在的地方", "430200", None),
    ],
)
def test_resolve(form: str, home: str | None, code: str | None) -> None:
    found = places().resolve(form, home)
    assert (found.code if found is not None else None) == code


@pytest.mark.parametrize("form", ["和平", "合作", "资源", "高县", "城区", "长治", "振兴"])
def test_common_words_mean_nothing_far_from_home(form: str) -> None:
    assert places().is_common(form)
    assert places().resolve(form, "430200") is None
    assert places().resolve(form) is None


def test_common_word_means_the_place_near_home() -> None:
    assert places().resolve("长治", "140000") == places().get("140400")
    assert places().resolve("和平", "210100") == places().get("210102")


def test_former_county_is_followed_by_its_successor() -> None:
    former = places().resolve("株洲县", "430200")
    assert former is not None
    assert (former.code, former.valid_until, former.is_current) == ("430221", "2018", False)
    assert places().successor("430221") == places().get("430212")
    assert places().successor("430212") == places().get("430212")


def test_year_chooses_between_the_former_and_the_present_place() -> None:
    then, now = places().resolve("沙县", "350400", 2015), places().resolve("沙县", "350400")
    assert then is not None
    assert now is not None
    assert (then.code, now.code) == ("350427", "350405")


def test_forms_tell_full_names_from_short_ones() -> None:
    forms = places().forms()
    assert forms["株洲市"] == (Form("430200", "full"),)
    assert forms["株洲"] == (Form("430200", "short"),)
    assert forms["京杭运河"] == (Form("place/canal/jinghangdayunhe", "alias"),)
    assert Form("430221", "former") in forms["株洲县"]


def test_names_and_keys() -> None:
    assert places().full_name("430212") == "湖南省株洲市渌口区"
    assert places().full_name("110101") == "北京市东城区"
    place = places().get("place/430200")
    river = places().get("place/river/xiangjiang")
    assert place is not None
    assert river is not None
    assert (place.key, river.key) == ("place/430200", "place/river/xiangjiang")
    with pytest.raises(EntityNotFound, match="999999"):
        places().full_name("999999")


def test_towns_of_a_county_and_of_a_prefecture() -> None:
    county = places().towns("430212")
    assert county
    assert all(town.parent == "430212" and town.level == "town" for town in county)
    assert set(county) < set(places().towns("430200"))
    assert places().get(county[0].code) == county[0]
    assert places().towns("441900")
    assert places().towns("430212999") == ()


def test_abbreviation() -> None:
    assert places().abbreviation("湘") == places().get("430000")
    assert places().abbreviation("株") is None
