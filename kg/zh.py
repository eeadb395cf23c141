"""Chinese numerals, dates and administrative suffixes: pure functions over strings."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "Ｏ": 0, "两": 2, "双": 2, "俩": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}

#: Characters a Chinese number word is made of.
NUMERAL = "〇零○一二两三四五六七八九十百千"

YEAR = re.compile(rf"(?P<year>(?:19|20)\d\d|[一二][{NUMERAL[:3]}九]?[{NUMERAL}]{{2,3}})年")


def fold(text: str) -> str:
    """Return the text width-folded (NFKC), without spaces, quotation and title marks, in lower case.

    >>> fold("“三高四新”战略 ")
    '三高四新战略'
    """
    text = unicodedata.normalize("NFKC", text)
    return "".join(c for c in text if c not in _MARKS and not c.isspace()).lower()


_MARKUP = re.compile(r"<[^<>]*>|\*\*|\s+")


def unmarked(text: str) -> str:
    """Return the text without markup and white space, which are no part of a name or a label.

    >>> unmarked("**55**个 微亮化<b>项目</b>")
    '55个微亮化项目'
    """
    return _MARKUP.sub("", text)


_MARKS = frozenset("“”‘’\"'「」『』《》〈〉*")


def number(text: str) -> Decimal | None:
    """Return the value of a number in Arabic or Chinese digits, ``None`` when it is none.

    >>> number("1,200.5"), number("十七"), number("二〇三五"), number("三千二百"), number("两")
    (Decimal('1200.5'), Decimal('17'), Decimal('2035'), Decimal('3200'), Decimal('2'))
    """
    text = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    if not text:
        return None
    try:
        return Decimal(text) if text[0] in "0123456789.-+" else _chinese(text)
    except InvalidOperation:
        return None


def _chinese(text: str) -> Decimal | None:
    if all(c in DIGITS for c in text):
        return Decimal("".join(str(DIGITS[c]) for c in text))
    total = section = digit = 0
    for c in text:
        if c in DIGITS:
            digit = DIGITS[c]
        elif c in _SMALL:
            section += (digit or 1) * _SMALL[c]
            digit = 0
        elif c in _LARGE:
            total = (total + section + digit) * _LARGE[c]
            section = digit = 0
        else:
            return None
    return Decimal(total + section + digit)


def year(text: str) -> int | None:
    """Return a year written 2021, 二〇三五 or 二零三五; ``None`` when it is no year of 1900 to 2099.

    >>> year("二〇三五"), year("2021"), year("十七")
    (2035, 2021, None)
    """
    value = number(text)
    return int(value) if value is not None and 1900 <= value <= 2099 else None


#: Plan periods: “十四五” is the 14th five-year plan, 2021 to 2025.
_PLAN = re.compile(r"[“\"]?(?:十([一二三四五六七八九])|(二十))五[”\"]?")


def plan_period(ordinal: str) -> tuple[int, int]:
    """Return first and last year of a five-year plan, named by what stands before 五: 十四 gives 2021, 2025.

    The first plan began in 1953; from the seventh (1986) on they follow each other every five years.
    """
    value = number(ordinal)
    if value is None:
        raise ValueError(ordinal)
    first = 1986 + 5 * (int(value) - 7)
    return first, first + 4
