"""Shares told by what is said of a part: 98%的生活垃圾得到有效治理, 78.1%的财政支出用于民生.

In go a clause whose number is a percentage and the noun behind it; out come the words that are said of that part
and where they end.

    >>> share_worded("一般公共预算支出", "用于民生"), share_worded("行政村", "实现“快递进村”")
    ('一般公共预算支出用于民生占比', '行政村实现“快递进村”占比')
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.measures.clauses import Right, read_right
from kg.extract.measures.frame import Clause
from kg.extract.measures.quantities import Quantity
from kg.extract.measures.wording import usual, worded

_PREDICATE = re.compile(
    r"(?:[^，。；：、！？\d\n（）()“”]|“[^“”\n]{1,14}”|（[^（）\n]{1,8}）){2,26}?(?=[，。；！？\n、]|$)"
)
_RATE = re.compile(r"(?:率|占比|比重|比例|增速|增长|速度|涨幅|增幅|份额|完成|达标|覆盖)$")
# 90%以上的村、80%以上的社区达到标准: the words that a list closes with are said of each of its items.
_LISTED = re.compile(r"[^，。；：\n]{0,4}[、和及与]$")
# 95%以上的村集体经营性收入超过10万元, 75%乡镇30分钟内上高速: what is said of the part holds a number itself.
_WITH_NUMBER = re.compile(r"[^，。；：、！？\n（）()]{2,26}?(?=[，。；！？\n、]|$)")
_SHORTEST = 6  # a shorter noun holds nothing that was done
_WEAK = re.compile(r"^(?:的|以上|以下|左右|和|与|及|或|等)+|(?:的|了)$")
_LEADS = re.compile(
    r"^(?:都|均|已|已经|可|能|全部|全面|将|要|基本|能够|可以|得以|率先|正式|顺利|进行了?|分别)+(?=[一-鿿“]{2})"
)


def shared_predicate(clause: Clause, right: Right, coming: Sequence[Quantity]) -> tuple[str, int] | None:
    """Return what is said of the part a percentage is of, and where that ends; nothing when it is not told."""
    end = clause.quantity.end
    begin = end + right.cut
    noun = clause.after[: right.cut]
    if _RATE.search(noun) or _RATE.search(right.noun):
        return "", end + right.length
    said = _said(clause.text, begin, _WITH_NUMBER if coming and coming[0].kind != "percent" else _PREDICATE)
    if said is None and coming and coming[0].kind == "percent" and (later := _listed(clause, begin, coming)):
        return later, begin
    if said is None and right.cut == len(clause.after) and len(right.noun) > _SHORTEST:
        return ("", begin) if clause.left.dropped or clause.left.verb else None  # 完成50%以上行政村村庄规划编制
    return said


def _said(text: str, begin: int, form: re.Pattern[str] = _PREDICATE) -> tuple[str, int] | None:
    match = _PREDICATE.match(text, begin) or form.match(text, begin)
    if not match:
        return None
    words = _LEADS.sub("", _WEAK.sub("", match[0].strip()))
    return (words, match.end()) if len(words) > 1 else None


def _listed(clause: Clause, begin: int, coming: Sequence[Quantity]) -> str:
    """The words that close a list of shares: 95%的村垃圾、80%的村污水|得到处理."""
    if not _LISTED.fullmatch(clause.text[begin : coming[0].start]):
        return ""
    start = coming[0].end
    behind = re.split("[，。；：、\n]", clause.text[start : start + 60])[0]
    last = read_right(behind, alone=True)
    said = _said(clause.text, start + last.cut) if last.noun else None
    return said[0] if said else ""


def share_worded(noun: str, said: str) -> str:
    """Return the indicator of a share: the noun, what is said of it, 占比."""
    if not said:
        return worded(noun, "percent")
    return usual(noun) + said + ("" if said.endswith(("占比", "比重", "率")) else "占比")
