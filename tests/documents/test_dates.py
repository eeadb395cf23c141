import pytest

from kg.documents.dates import address_date, dates, first_date, first_year


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年12月31日", "2021-12-31"),
        ("2021 年 2 月 9 日", "2021-02-09"),
        ("二〇二一年十二月三十一日", "2021-12-31"),
        ("二○二〇年一月十日", "2020-01-10"),
        ("2021-12-31 07:55:44 +0800", "2021-12-31"),
        ("2021/2/9", "2021-02-09"),
        ("2021年12月", "2021-12"),
        ("2021年政府工作报告", "2021"),
        ("2021:奋力开好局", "2021"),
        ("二〇三五年远景目标", "2035"),
        ("2021—2025年规划", None),
        ("2021年2月30日", "2021"),
        ("产量2021.5吨", None),
        ("没有日期", None),
    ],
)
def test_first_date(text: str, expected: str | None) -> None:
    assert first_date(text) == expected


def test_places_of_dates() -> None:
    text = "从2021年2月1日到二〇二一年三月"
    assert [(text[start:end], iso) for start, end, iso in dates(text)] == [
        ("2021年2月1日", "2021-02-01"),
        ("二〇二一年三月", "2021-03"),
    ]


def test_a_range_of_years_is_no_year() -> None:
    assert first_year("（2021—2025年）") is None


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.gov.cn/doc/2025/01/16/4479508.shtml", "2025-01-16"),
        ("http://a.cn/NewsShare.html?infoCode=NW202112312232152687", "2021-12-31"),
        ("https://a.gov.cn/szf/201903/t20190306_2229639.htm", "2019-03-06"),
        ("https://a.gov.cn/zfgzbg/202301/4fe5ebfc7ddd436f.shtml", "2023-01"),
        ("https://a.gov.cn/content/post_2840359.html", None),
    ],
)
def test_address_date(address: str, expected: str | None) -> None:
    assert address_date(address) == expected
