from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import ids
from kg.errors import RegistryError
from kg.resolve import keys

LABELS = st.sampled_from(["official", "agency", "enterprise", "park", "place", "industry", "project", "indicator"])
NAMES = st.text(min_size=1).map(keys.normal).filter(bool)
CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=6)
CODES = st.sampled_from(["", "430200", "110000"])


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("place/430200", "id/place/430200"),
        ("country/DE", "id/place/country/DE"),
        ("place/river/xiangjiang", "id/place/river/xiangjiang"),
        ("industry/ceramics", "def/industry/ceramics"),
        ("indicator/gdp-growth", "def/indicator/gdp-growth"),
        ("official/430200/李红", "id/person/430200-li-hong-364283"),
        ("agency//株洲市科学技术局", "id/org/zhuzhoushikexuejishuju-723f13"),
    ],
)
def test_iris_of_keys(key: str, expected: str) -> None:
    assert ids.entity(key) == ids.BASE + expected


def test_homophones_do_not_meet() -> None:
    assert ids.entity("official//李红") != ids.entity("official//李宏")
    assert ids.slug("李红", "-") == ids.slug("李宏", "-") == "li-hong"


@given(LABELS, CODES, NAMES)
def test_iris_are_ascii_without_anything_an_iri_may_not_hold(label: str, place: str, name: str) -> None:
    iri = ids.entity(f"{label}/{place}/{name}")
    assert iri.isascii()
    assert not set(iri) & set(' <>"{}|^`\\\n')
    assert iri.startswith(ids.BASE)
    assert len(iri) < 160


@given(LABELS, CODES, NAMES, LABELS, CODES, NAMES)
def test_different_keys_have_different_iris(a: str, b: str, c: str, d: str, e: str, f: str) -> None:
    assert ((a, b, c) == (d, e, f)) == (ids.entity(f"{a}/{b}/{c}") == ids.entity(f"{d}/{e}/{f}"))


@given(st.lists(CHINESE, unique=True))
def test_different_chinese_names_have_different_iris(names: list[str]) -> None:
    assert len({ids.entity(f"project//{name}") for name in names}) == len(names)


@pytest.mark.parametrize("key", ["", "place", "unknown/1", "place/"])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(RegistryError, match="not an entity key"):
        ids.entity(key)


def test_a_registry_key_with_chinese_becomes_ascii() -> None:
    assert ids.entity("industry/陶瓷").startswith(ids.BASE + "def/industry/taoci-")


def test_spans_and_documents() -> None:
    assert ids.span("72034251162d5284", 308, 321) == ids.document("72034251162d5284") + "#char=308,321"
    assert ids.selector("d", 1, 2) != ids.span("d", 1, 2)
    assert ids.stated("target", "d", 1, 2, "a", "b") != ids.stated("target", "d", 1, 2, "ab", "")


def test_importing_identifiers_does_not_load_pinyin() -> None:
    code = "import sys, kg.ids; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
