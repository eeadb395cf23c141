"""Coordinated nouns told apart: 城镇、农村居民人均可支配收入分别增长8%、9.8%.

>>> split("城镇、农村居民人均可支配收入", 2)
('城镇居民人均可支配收入', '农村居民人均可支配收入')
"""

from __future__ import annotations

import re

from kg.extract.wording import usual

_JOINS = tuple(map(re.compile, ("、", "、|和", "、|和|与|及|以及")))
_HEAD = re.compile(
    r"(?:居民人均可支配收入|人均可支配收入|可支配收入|增加值|总产值|产值|销售额|营业额|零售额|交易额|周转量|吞吐量|使用量|排放量|产量|销量|面积|总额|出口|进口|投资"
    r"|收入|利润|税收|余额|贷款|存款|浓度|能耗|规模|覆盖率|达标率|人数|人次|户数|项目|企业|支出|价格|死亡人数|起数|数量)$"
)


def split(noun: str, parts: int) -> tuple[str, ...]:
    """城镇、农村居民人均可支配收入 in two: each gets the head that only the last one names."""
    if parts == 2 and noun.startswith("城乡居民"):
        return ("城镇" + noun[2:], "农村" + noun[2:])
    shared = re.fullmatch(r"(?P<list>.+?)等(?P<head>[^、]+)", noun)
    if shared:
        listed = [piece for piece in _JOINS[2].split(shared["list"]) if piece]
        return tuple(piece + shared["head"] for piece in listed) if len(listed) == parts > 1 else ()
    for join in _JOINS:
        pieces = [piece.strip("“”") for piece in join.split(noun) if piece.strip()]
        if len(pieces) == parts > 1:
            return _with_head(pieces)
    return ()


def _with_head(pieces: list[str]) -> tuple[str, ...]:
    head = _HEAD.search(pieces[-1])
    complete = [
        piece if not head or _HEAD.search(piece) or usual(piece) != piece else piece + head[0] for piece in pieces[:-1]
    ]
    return (*complete, pieces[-1])
