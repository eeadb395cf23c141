from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve import keys
from tests.statements import example


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("“四上”企业", "四上企业"),
        ("《政府工作报告》", "政府工作报告"),
        ("ＰＩ膜", "pi膜"),
        ("3 + 3 + 2", "3+3+2"),
        ("**云峰大道**", "云峰大道"),
        ("“”", "“”"),
    ],
)
def test_normal_forms(name: str, expected: str) -> None:
    assert keys.normal(name) == expected


@given(st.text())
def test_a_normal_form_is_its_own_normal_form(name: str) -> None:
    once = keys.normal(name)
    assert keys.normal(keys.normal(once)) == keys.normal(once)


def test_a_registry_key_wins() -> None:
    assert keys.entity_key(example.RIVER) == "place/river/xiangjiang"
    assert keys.entity_key(example.BUREAU) == "agency/430200/株洲市科学技术局"


def test_a_scope_is_its_registry_key_or_its_name_or_the_place_of_the_document() -> None:
    first, park, _ = example.MEASURES
    assert keys.scope_key(first) == "place/430200"
    assert keys.scope_key(park, "430200") == "place/430200/株洲市园区"
    nothing = example.measure("湘江水质达到Ⅱ类", "水质类别")
    assert keys.scope_key(nothing, "430200") == "place/430200"
    assert keys.scope_key(nothing) == ""
