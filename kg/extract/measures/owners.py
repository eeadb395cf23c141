"""Whose a bare measure is: 粮食播种面积1520万亩、总产量125亿斤 is the output of grain.

In go the words of a sentence before a measure that names no thing (产量, 增加值, 种植面积); out comes the thing that
the sentence or its last number is about, or nothing.

    >>> text = "做精马铃薯产业，强化龙头引领，种植面积达到90万亩。"
    >>> owner(text, text.index("种植"), "种植面积", ""), owner("", 0, "总产量", "粮食播种面积")
    ('马铃薯', '粮食')
"""

from __future__ import annotations

import re
from functools import cache

from kg import lexicon

_BACK = 160  # characters of a sentence that are looked at
_STOPS = re.compile(r"[。；;：:\n]")
_MAKE = (
    r"做[大强优精实]+|发展|壮大|打造|推进|推动|促进|提升|培育|加快|聚焦|延伸|抓好"
    r"|稳定|扩大|建设|巩固|优化|紧盯|支持|围绕|立足|深耕|突出"
)
# The things sentences of the genre begin with: what is made bigger, or what is told of.
_TOPIC = re.compile(
    rf"(?:(?:^|[，“])(?:{_MAKE})?|{_MAKE})"
    r"(?P<owner>[一-鿿]{1,7}?(?:产业链|产业集群|产业|行业|业(?![务绩主态界余内者])|经济(?!社会|发展|总量|运行)))(?!园|、|等|和|及|与)"
)
_GROWN = re.compile(r"(?:(?:种植|播种|栽培)面积|产量|总产|单产|存栏|出栏|产销量)")
_INDUSTRY = re.compile(r"(?:产业链|产业集群|产业|行业)$")
_VAGUE = re.compile(
    r"^(?:各|全|该|每|年|以|把|将|等|新兴|支柱|主导|传统|特色|优势|大|重点|三大|.?产|产业|行业|创业|就业|企业|事业|专业|工作|作业|毕业|失业|立业|兴业)"
)


@cache
def _measures() -> re.Pattern[str]:
    words = sorted((row["measure"] for row in lexicon.table("bare_measures")), key=lambda word: (-len(word), word))
    return re.compile(rf"(?P<owner>.{{2,}}?)(?:{'|'.join(words)})(?:增速|降幅|年均增速)?")


@cache
def _crops() -> re.Pattern[str]:
    return re.compile(lexicon.alternatives("farm_products"))


@cache
def needy() -> dict[str, bool]:
    """Measures that name no thing, and whether they mean nothing without one (增加值; 税收 is the city's)."""
    return {row["measure"]: row["alone"] == "0" for row in lexicon.table("bare_measures")}


def owner(text: str, begin: int, measure: str, said: str) -> str:
    """Return the thing that a bare measure is of; ``said`` is what the number before measured."""
    last = _measures().fullmatch(said)
    if last:
        return last["owner"]
    window = text[max(0, begin - _BACK) : begin]
    stops = list(_STOPS.finditer(window))
    window = window[stops[-1].end() :] if stops else window
    if _GROWN.search(measure) and (crop := _crops().search(window)):
        return crop[0]
    found = [match["owner"] for match in _TOPIC.finditer(window) if not _VAGUE.match(match["owner"])]
    if not found:
        return ""
    return _INDUSTRY.sub("", found[0]) if _GROWN.search(measure) else found[0]
