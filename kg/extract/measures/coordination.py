"""Coordinated nouns told apart: 城镇、农村居民人均可支配收入分别增长8%、9.8%.

>>> split("城镇、农村居民人均可支配收入", 2)
('城镇居民人均可支配收入', '农村居民人均可支配收入')
"""

from __future__ import annotations

import re
from functools import cache

from kg import lexicon
from kg.extract.measures.wording import usual

_MEASURES = frozenset("率额值量数比度款积润幅税")  #: what a measure of its own ends with
_JOINS = tuple(map(re.compile, ("、", "、|和", "、|和|与|及|以及")))
_HEAD = re.compile(
    r"(?:(?:产业|行业)?(?:营收|营业收入|产值|增加值|规模)|居民人均可支配收入|人均可支配收入|可支配收入|主营业务收入|营业收入|销售收入|总收入|税收收入|增加值|总产值|产值|销售额|营业额|零售额|交易额|周转量|吞吐量|使用量|排放总量|排放量|存款余额|贷款余额|产量|养殖量|出栏量|存栏量|交易量|供应量|客运量|货运量|发运量|运输量|发电量|用电量|用水量|开票销售|销量|面积|总额|出口|进口|投资"
    r"|收入|利润|税收|余额|贷款|存款|浓度|能耗|规模|覆盖率|达标率|密度|人数|人次|户数|项目|企业|支出|价格|死亡人数|起数|数量|污水处理率|无害化处理率|处理率|覆盖率|达标率|普及率|优良率|利用率|就业率|[一-鿿]{2}率)$"
)


_BARE_HEADS = frozenset(("死亡人数", "起数", "人数", "户数", "数量", "面积", "余额"))


def split(noun: str, parts: int) -> tuple[str, ...]:
    """城镇、农村居民人均可支配收入 in two: each gets the head that only the last one names."""
    if parts == 2 and noun.startswith("城乡居民"):
        return ("城镇" + noun[2:], "农村" + noun[2:])
    if parts == 2 and "存贷款" in noun:
        return (noun.replace("存贷款", "存款"), noun.replace("存贷款", "贷款"))
    shared = re.fullmatch(r"(?P<list>.+?)(?:(?<![高初中平同])等|各项|各类)(?P<head>[^、]+)", noun)
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
    share = _OF_EACH.fullmatch(pieces[-1])
    if share and not any("占" in piece for piece in pieces[:-1]):
        whole = _with_head([*pieces[:-1], share["what"]])
        return tuple(piece + share["of"] for piece in whole)
    if owner := _owner_of_first(pieces):
        return (pieces[0], *(owner + piece for piece in pieces[1:]))
    own = _own_rest(pieces)
    if own:
        return (*(piece + own for piece in pieces[:-1]), pieces[-1])
    complete = [piece if not head or _is_whole(piece, head[0]) else piece + head[0] for piece in pieces[:-1]]
    first = _HEAD.search(complete[0])
    if first and first.start() > 1 and head and head[0] == pieces[-1] in _BARE_HEADS:
        return (*complete, complete[0][: first.start()] + pieces[-1])  # 安全事故起数、死亡人数
    return (*complete, pieces[-1])


@cache
def _modifiers() -> re.Pattern[str]:
    words = sorted(lexicon.lines("paired_modifiers"), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))


def _own_rest(pieces: list[str]) -> str:
    """What the last piece has behind a modifier that the others are one of: 城市|农村低保标准.

    >>> _own_rest(["国家级", "省级新型孵化机构"]), _own_rest(["出口", "进口额"])
    ('新型孵化机构', '')
    """
    last = _modifiers().match(pieces[-1])
    if not last or last.end() > len(pieces[-1]) - 2:
        return ""
    return pieces[-1][last.end() :] if all(_modifiers().fullmatch(piece) for piece in pieces[:-1]) else ""


@cache
def _measures() -> re.Pattern[str]:
    return re.compile(f"(?P<owner>.{{2,}}?)(?:{lexicon.alternatives('owned_measures')})")


def _owner_of_first(pieces: list[str]) -> str:
    """What the first piece names and measures that name nothing share: 发明专利申请量、授权量.

    >>> _owner_of_first(["发明专利申请量", "授权量"]), _owner_of_first(["出口额", "授权量"])
    ('发明专利', '')
    """
    measures = frozenset(lexicon.lines("owned_measures"))
    if pieces[0] in measures or not all(piece in measures for piece in pieces[1:]):
        return ""
    first = _measures().fullmatch(pieces[0])
    return first["owner"] if first else ""


# 新能源、新材料分别|占工业产值比重: what the last piece says of each.
_OF_EACH = re.compile(r"(?P<what>.{2,}?)(?:分别|各)?(?P<of>占(?!地|用).+)")
_THINGS = ("项目", "企业")


def _is_whole(piece: str, head: str) -> bool:
    """True for a noun that has a measure of its own; 重点项目 before 规上企业复工率 has none."""
    if piece[-1] in _MEASURES:
        return True
    if head.endswith("率") or (piece.endswith(_THINGS) and not head.endswith(_THINGS)):
        return False
    return bool(_HEAD.search(piece)) or usual(piece) != piece


_SECTORS = re.compile(
    r"(?P<list>[^、和]+(?:、[^、]+)+?)(?P<head>(?:产业|产业链|集群|产业集群|行业)"
    r"(?P<what>总产值|产值|规模|营业收入|主营业务收入|营收|增加值)?)"
)


def each_of(noun: str, said: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Several sectors that one bound holds for: 电子信息、生物医药产业产值超过1000亿元 is said of each.

    Without a word for what is measured, it is what the number before measured.

    >>> each_of("电子信息、生物医药产业产值"), each_of("汽车产业、食品产业", ("主营业务收入",))
    (('电子信息产业产值', '生物医药产业产值'), ('汽车产业主营业务收入', '食品产业主营业务收入'))
    """
    match = _SECTORS.fullmatch(noun)
    if not match or _COUNTED.search(noun):
        return ()
    what = match["what"] or next((m[0] for word in said[-1:] if (m := _MEASURE.search(word))), "产值")
    kind = match["head"].removesuffix(match["what"] or "")
    pieces = [piece.removesuffix(kind) for piece in match["list"].split("、")]
    return tuple(piece + kind + what for piece in pieces)


_COUNTED = re.compile(r"[一二两三四五六七八九十\d]大|等$")
_MEASURE = re.compile(r"(?:总产值|产值|规模|主营业务收入|营业收入|营收|增加值)$")
