"""Verdicts: the rule on the pairs that started it, and what must hold for any numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.derive.verdicts import Bound, judge, tolerance

ORDER = ("missed", "not-comparable", "met", "exceeded")
VALUES = st.decimals(min_value="0.1", max_value="100000", places=1)
COMPARATORS = st.sampled_from(("=", ">=", ">", "~"))
MIRRORED = {"=": "=", "~": "~", ">": "<", ">=": "<="}


def bound(text: str) -> Bound:
    comparator = text.rstrip("0123456789.%家")
    value = text.removeprefix(comparator).rstrip("%家")
    return Bound(Decimal(value) if value else None, text[-1], comparator or "=")


@pytest.mark.parametrize(
    ("target", "outcome", "expected"),
    [
        ("9%", "~4%", "missed"),  # 固定资产投资
        ("~8%", "~8.5%", "met"),  # 地区生产总值
        ("8.5%", "~12%", "exceeded"),  # 规模以上工业增加值
        ("10%", "~15%", "exceeded"),  # 社会消费品零售总额
        ("~8%", "7.4%", "missed"),
        ("~8%", "7.5%", "met"),
        (">1000家", "1000家", "missed"),  # 突破 is strict
        (">1000家", ">1000家", "met"),
        (">=1000家", "1000家", "met"),
        (">=1000家", ">1000家", "met"),
        ("1000家", "999家", "missed"),
        ("9%", "~8.8%", "not-comparable"),
        ("<=3%", "3.3%", "missed"),  # 控制在3%以内
        ("<=3%", "2.9%", "met"),
        ("<=3%", "2%", "exceeded"),
    ],
)
def test_pairs(target: str, outcome: str, expected: str) -> None:
    assert judge(bound(target), bound(outcome)).code == expected


@pytest.mark.parametrize(
    ("target", "outcome", "expected"),
    [
        (Bound(None, "", "full_coverage"), Bound(None, "", "achieve"), "met"),
        (Bound(None, "", ">ref"), Bound(None, "", "<ref"), "missed"),
        (Bound(None, "", ">ref"), Bound(Decimal(8), "%"), "not-comparable"),
        (Bound(Decimal(8), "%"), Bound(Decimal(80), "亿元"), "not-comparable"),
    ],
)
def test_what_has_no_number_or_another_unit(target: Bound, outcome: Bound, expected: str) -> None:
    assert judge(target, outcome).code == expected


@given(VALUES, COMPARATORS, VALUES, VALUES)
def test_a_better_outcome_never_has_a_worse_verdict(
    aimed: Decimal, comparator: str, one: Decimal, two: Decimal
) -> None:
    low, high = sorted((one, two))
    target = Bound(aimed, "%", comparator)
    worse, better = judge(target, Bound(low, "%")).code, judge(target, Bound(high, "%")).code
    assert ORDER.index(worse) <= ORDER.index(better)


@given(VALUES, COMPARATORS, VALUES, COMPARATORS, st.sampled_from(("%", "家")))
def test_less_is_more_in_a_mirror(aimed: Decimal, comparator: str, told: Decimal, other: str, unit: str) -> None:
    more = judge(Bound(aimed, unit, comparator), Bound(told, unit, other), "more")
    less = judge(Bound(-aimed, unit, MIRRORED[comparator]), Bound(-told, unit, MIRRORED[other]), "less")
    assert more == less


@given(VALUES, st.sampled_from(("%", "家")), st.decimals(min_value=-1, max_value=1, places=2))
def test_about_is_met_within_the_tolerance(aimed: Decimal, unit: str, part: Decimal) -> None:
    outcome = aimed + tolerance(aimed, unit) * part
    assert judge(Bound(aimed, unit, "~"), Bound(outcome, unit)).code == "met"


@given(VALUES, VALUES)
def test_neutral_indicators_are_never_missed(aimed: Decimal, told: Decimal) -> None:
    assert judge(Bound(aimed, "%"), Bound(told, "%"), "neutral").code in {"met", "not-comparable"}
