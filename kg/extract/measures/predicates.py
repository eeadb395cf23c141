"""Numbers that open a clause: what is said of the things counted, 6个乡镇基本达到“五美”标准.

In go a clause and the noun behind its number, out come the words that tell which of the things are meant.

    >>> attained("基本达到“五美”标准"), attained("被确定为国家级重点外资项目")
    ('达到“五美”标准', '国家级重点外资项目')
"""

from __future__ import annotations

import re
from functools import cache

from kg.extract.measures.clauses import read_right

_ADVERBS = (
    r"(?:基本|全部|均|都|已经?|全面|成功|顺利|先后|相继|陆续|首批|同时|率先|如期|新|首次|正式|分别|也|再次|双双)*"
)
_ATTAINED = re.compile(
    rf"{_ADVERBS}(?P<verb>(?:被|经)?(?:确定|认定|评定|评选|命名|授予|评|列|选|定)为|被(?:列入|纳入|授予|评选?为|评)"
    r"|达到|实施了?|获评|获得了?|荣获|获批|获|入选|入围|通过了?|列入|纳入|跻身|挺进|进入(?=全国|全省|全球|世界|中国|国家|省级?|民企)|晋升为?|晋级|升格为|升级为|成为|实现了?|搬进|搬入|迁入"
    r"|受到|取得了?|完成了?(?!投资|产值|营|销|率)|荣膺|登上|当选|位列|接入|荣登|上榜|摘得|夺得|斩获|开展了?|启动了?|享受|参加|(?:建成|建立|设立|开通|配备)了?(?![并投运通使开后率营]))(?P<object>(?:[^，。；：、\d]|\d+强|前\d+[位名强]?){2,18})"
)
_NAMED_AS = re.compile(r"为$|^被")
_VAGUE = re.compile(
    r"^(?:了|重大|新的?|突破|进展|成效|明显|显著|历史|良好|较大|稳定|快速|持续|积极|发展|增长|有序|实质|阶段)"
)


@cache
def attained(predicate: str) -> str:
    """Return what the things counted attained, or nothing when the predicate tells no more than progress."""
    match = _ATTAINED.fullmatch(predicate)
    if not match or _VAGUE.match(match["object"]):
        return ""
    verb = "" if _NAMED_AS.search(match["verb"]) else match["verb"].removesuffix("了")
    return verb + match["object"]


_FUND = re.compile(r"的?(?P<noun>[^，。；、\d]{1,16}?(?:基金|资金池|风险补偿金|资金))(?=[，。；、\n）和及与]|$)")
_FOUNDED = re.compile(r"(?:设立|组建|成立|发起|建立|筹建|募集|新设|设立了)(?:总?规模|首期|总额)?(?:达|超|近|约)?$")


def fund(before: str, text: str, end: int) -> re.Match[str] | None:
    """Match the fund whose size a sum is: 设立10亿元的钛产业基金."""
    return _FUND.match(text, end) if _FOUNDED.search(before) else None


_LEVEL = re.compile(
    r"(?:[百千万十]亿(?:元)?级|\d+亿元?级|(?:国家|自治区|省|市|州|县|区|乡|镇|村|世界|[一二三四五特甲乙]|\d?A+|高|中)级|[大中小微特]型|[一二三四甲乙]等|[一-三]类)"
    r"(?:以上)?$"
)


def shared_head(after: str, following: str) -> str:
    """Return the noun that a list names once, at its end: 2个国家级、10个自治区级电商产业园.

    >>> shared_head("国家级", "自治区级电子商务示范产业园")
    '国家级电子商务示范产业园'
    """
    if not _LEVEL.fullmatch(after):
        return ""
    own = re.match(r"[^，。；、]{1,5}?[级型等类](?:以上)?", following)
    if not own:
        return ""
    noun = read_right(following, True).noun
    return after + noun[own.end() :] if len(noun) > own.end() else ""


_CLOSES = re.compile(
    r"(?:(?:、|和|及|与|以及)\d+(?:\.\d+)?[个条座项处家][^，。；：、\d\n]{2,12}?)+等(?P<head>(?:续建|新建|重点|重大|在建)*(?:项目|工程|线路))"
)


def closing_head(text: str, at: int, noun: str) -> str:
    """Return the noun that 等 closes a list of counted kinds with: 3个国铁、9个城际等续建项目.

    >>> closing_head("推进3个国铁、9个城际等续建项目建设", 6, "国铁")
    '续建项目'
    """
    match = _CLOSES.match(text, at) if text[at : at + 1] in "、和及与" else None
    return match["head"] if match and noun[-2:] != match["head"][-2:] else ""


_JOINED = re.compile(r"[、和与及]|以及")


def listed_predicate(text: str, at: int, following: int, begin: int) -> str:
    """Return what is said of things counted one after another: 8个集体、263名个人受到表彰 says it of both.

    >>> text = "8个先进集体、263名先进个人受到党中央表彰。"
    >>> listed_predicate(text, 6, 7, 11)
    '受到党中央表彰'
    """
    if not _JOINED.fullmatch(text, at, following):
        return ""
    words = re.split("[，。；：、\n]", text[begin : begin + 50])[0]
    right = read_right(words)
    return attained(words[right.cut :]) if right.noun and not re.search(r"\d", words) else ""
