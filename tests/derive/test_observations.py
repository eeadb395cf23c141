"""Observations: what an indicator's name tells when the registry does not know it."""

from __future__ import annotations

import pytest

from kg.derive.observations import family


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("地区生产总值增速", "地区生产总值"),
        ("地区生产总值", "地区生产总值"),
        ("新增规模以上工业企业数", "规模以上工业企业"),
        ("规模以上工业企业数", "规模以上工业企业"),
        ("数", "数"),
    ],
)
def test_indicators_of_one_thing_are_one_family(name: str, expected: str) -> None:
    assert family(name) == expected
