"""Dates as documents write them, as ISO 8601 with the precision that is known.

2021年12月31日 and 二〇二一年十二月三十一日 are 2021-12-31, 2021年12月 is 2021-12, 2021年 is 2021.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

#: Years a document of this kind can be of; other four-digit numbers are not years.
FIRST_YEAR, LAST_YEAR = 1949, 2099

_DIGITS = str.maketrans("〇○零Ｏ一二三四五六七八九０１２３４５６７８９", "00001234567890123456789")
_NUMERAL = "[〇○零Ｏ一二三四五六七八九]"
_SMALL = "(?:[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DAYS = re.compile(
    r"(?<!\d)(?P<year>\d{4})[ \t]*年[ \t]*(?P<month>\d{1,2})[ \t]*月(?:[ \t]*(?P<day>\d{1,2})[ \t]*[日号])?"
    r"|(?<!\d)(?P<year1>\d{4})(?P<mark>[-/.])(?P<month1>\d{1,2})(?:(?P=mark)(?P<day1>\d{1,2})|(?<=[-/]\d\d))(?![\d.年%])"
    rf"|(?P<year2>{_NUMERAL}{{4}})年(?P<month2>{_SMALL})月(?:(?P<day2>{_SMALL})[日号])?"
)
_YEAR = re.compile(rf"(?<![\d—–~－-])(?P<year>\d{{4}})(?:年(?!代|[—–~－-]|至)|(?=[：:]))|(?P<year1>{_NUMERAL}{{4}})年")
#: The day in the addresses of government and press sites: /2025/01/16/, /202301/t20230128_29191509, NW20211231….
_IN_ADDRESS = re.compile(
    r"/(?P<year>20\d{2})[/-](?P<month>\d{1,2})[/-](?P<day>\d{1,2})(?=[/_.])"
    r"|(?<![0-9A-Za-z])[A-Za-z]{0,3}(?P<year1>20\d{2})(?P<month1>[01]\d)(?P<day1>[0-3]\d)(?=[/_.&]|\d{4,}|$)"
    r"|/(?P<year2>20\d{2})[/-]?(?P<month2>0[1-9]|1[0-2])/"
)


def dates(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, ISO date) of every date that gives at least a month: 2021年2月19日 is 2021-02-19."""
    for match in _DAYS.finditer(text):
        iso = _iso(match)
        if iso:
            yield match.start(), match.end(), iso


def first_date(text: str) -> str | None:
    """Return the most precise date of a short text, the first of equals; a year alone counts too."""
    found = [iso for _, _, iso in dates(text)]
    return max(found, key=len) if found else first_year(text)


def first_year(text: str) -> str | None:
    """Return the first year: 2021 for 2021:奋力开好局 and 2021年政府工作报告, none for 2021—2025年."""
    for match in _YEAR.finditer(text):
        year = (match["year"] or match["year1"]).translate(_DIGITS)
        if FIRST_YEAR <= int(year) <= LAST_YEAR:
            return year
    return None


def address_date(address: str) -> str | None:
    """Return the day, or else the month, that stands in the address of a page."""
    found = [iso for iso in (_iso(match) for match in _IN_ADDRESS.finditer(address)) if iso]
    return max(found, key=len) if found else None


def _iso(match: re.Match[str]) -> str | None:
    groups = match.groupdict()

    def part(name: str) -> int | None:
        value = groups.get(name) or groups.get(f"{name}1") or groups.get(f"{name}2")
        return None if value is None else _number(value)

    year, month, day = part("year"), part("month"), part("day")
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR or month is None or not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04}-{month:02}"
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _number(written: str) -> int:
    """Return the number that digits, numerals in a row (二〇二一) or numerals with 十 (三十一) write."""
    if "十" not in written:
        return int(written.translate(_DIGITS))
    tens, ones = written.translate(_DIGITS).split("十")
    return int(tens or 1) * 10 + int(ones or 0)
