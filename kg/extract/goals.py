"""Goals and results without a number: 全覆盖, 创建国家卫生城市, 保持稳定, 动态清零.

Kept to wordings that leave no doubt; their ``value`` is None. In goes a reading, out come spans with
the comparator that says what kind of goal it is; ``measures`` adds period and place.

    >>> [(g.indicator, g.code) for g in scan("推动零就业家庭动态清零，创建国家生态园林城市。")]
    [('零就业家庭动态清零', 'achieve'), ('创建国家生态园林城市', 'achieve')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.clauses import read_left
from kg.extract.wording import usual


class Goal(NamedTuple):
    """A goal or result in words."""

    start: int
    end: int
    indicator: str
    code: str
    unit: str | None = None
    text: str | None = None


_CLAUSE = r"(?:(?<=[，。；、：！\n])|^)(?P<noun>[^，。；：、！\n\d]{2,24}?)"
_COVER = re.compile(rf"{_CLAUSE}全覆盖(?=[，。；、！\n])")
_CLEAR = re.compile(rf"{_CLAUSE}(?P<goal>动态清零|全面清零|清零)(?=[，。；、！\n])")
_CREATE = re.compile(
    r"(?:全力|积极|成功|争取|争创|力争|努力)?(?P<verb>创建|争创|创成|建成|巩固)(?P<noun>(?:国家|全国|省级|国家级)[一-鿿“”]{2,18}?"
    r"(?:城市|示范区|示范市|示范县|先行区|试验区|模范城|卫生县城|先进区|示范省))(?P<kept>创建成果)?(?=[，。；、！和\n])"
)
_KEEP = re.compile(rf"{_CLAUSE}(?:总体)?(?:保持|基本)(?P<goal>稳定|平稳)(?=[，。；、！\n])")
_REFERENCE = re.compile(
    rf"{_CLAUSE}(?P<goal>低于|高于|快于|好于)"
    r"(?P<reference>(?:全国|全省|全市)?[^，。；、\d]{0,8}(?:平均水平|平均|增长|增速|水平|目标))(?=[，。；、！\n])"
)


def scan(text: str) -> list[Goal]:
    """Return the goals without a number of a text, in order."""
    return sorted((*_covered(text), *_created(text), *_compared(text)))


_REALISED = re.compile(r"(?:率先|基本|逐步)?实现")


def _named(match: re.Match[str]) -> str:
    left = read_left(match["noun"])
    return _REALISED.sub("", left.verb + left.noun)


def _covered(text: str) -> Iterator[Goal]:
    for match in _COVER.finditer(text):
        noun = _named(match)
        if len(noun) > 1:
            yield Goal(match.start(), match.end(), usual(noun) + "覆盖率", "full_coverage", None, "全覆盖")
    for match in _CLEAR.finditer(text):
        noun = _named(match)
        if len(noun) > 1:
            yield Goal(match.start(), match.end(), noun + match["goal"], "achieve", None, match["goal"])
    for match in _KEEP.finditer(text):
        noun = read_left(match["noun"]).noun
        if len(noun) > 1:
            yield Goal(match.start(), match.end(), usual(noun), "maintain", None, match["goal"])


def _created(text: str) -> Iterator[Goal]:
    for match in _CREATE.finditer(text):
        code = "maintain" if match["verb"] == "巩固" else "achieve"
        if match["verb"] != "巩固" or match["kept"]:
            yield Goal(match.start(), match.end(), "创建" + match["noun"], code, None, match["verb"])


def _compared(text: str) -> Iterator[Goal]:
    for match in _REFERENCE.finditer(text):
        left = read_left(match["noun"])
        if len(left.noun) > 1:
            code = "<ref" if match["goal"] == "低于" else ">ref"
            noun = usual(left.noun) + ("增速" if left.change == "grow" else "")
            yield Goal(match.start(), match.end(), usual(noun), code, "%", match["goal"] + match["reference"])
