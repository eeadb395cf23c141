"""The words around a number taken apart: lead, verb, noun, tail on its left; noun and predicate on its right.

>>> left = read_left("预计全市地区生产总值增长")
>>> left.noun, left.change
('地区生产总值', 'grow')
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kg import lexicon
from kg.extract.measures.tidying import bare, turned


class Left(NamedTuple):
    """The words between the last stop and the number."""

    noun: str  #: what is measured, without lead, verb and tail; may be empty
    verb: str  #: a governing verb that stays in the indicator: 新增
    dropped: bool  #: a governing verb that does not stay was there: 打造
    change: str  #: grow, fall, better or empty
    bound: str  #: comparator text: 突破
    code: str  #: its code: >
    pair: bool  #: 分别
    each: bool  #: 均
    baseline: bool  #: 从 or 由 stands before the number
    among: bool  #: 其中
    offset: int  #: where the verb or noun begins, counted from the start of the words
    adverb: str = ""  #: 年均 when it qualifies a growth


class _Tail(NamedTuple):
    role: str
    code: str


@cache
def _tails() -> dict[str, _Tail]:
    return {row["word"]: _Tail(row["role"], row["code"]) for row in lexicon.table("measure_tails")}


# All reversed: 比2015年, 从2017年的, 是“十一五”时期, 由上年的; then 比…期末 and the like.
_TIMES = (
    r"的?(?:底|末|初)?\s?年\s?\d\d(?:91|02)\s?[比较](?![占环同])|的?(?:底|末|初)?\s?年\s?\d\d(?:91|02)(?=\s?[比较从由是为])"
    r"|的?(?:底|末)?\s?年\d\d(?:91|02)(?=[到至])"
    r"|年[一二两三四五六七八九十\d]{1,2}续连"
    r"|的?[末底]?(?:期时|期间)?”?五[一二三四]?十“?(?=[是为从由])"
    r"|(?:的?(?:年上|年去))(?=[比较从由是为])"
)
_COMPARED = (
    r"比(?!占|之|对|环|同|入收|贷存|存贷|例|构|[^，]?产出)"
    r"|[^，。、的\d]{0,3}[年期末五月均][^，。、的\d]{0,6}?(?:比|较)(?!占)"
)


@cache
def _tail_expression() -> re.Pattern[str]:
    """Match the tail in *reversed* text, so that it is found at position 0 at once."""
    rows = sorted(lexicon.table("measure_tails"), key=lambda row: (-len(row["word"]), row["word"]))
    parts = [re.escape(r["word"][::-1]) + (f"(?!{r['unless']})" if r["unless"] else "") for r in rows]
    return re.compile(rf"(?:{'|'.join(parts)}|\s|{_TIMES}|{_COMPARED})+")


@cache
def _tail_words() -> re.Pattern[str]:
    rows = sorted(_tails(), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, rows)))


@cache
def _leads() -> re.Pattern[str]:
    # Longest alternatives first within a line is the file's business; lines are tried in order.
    return re.compile(rf"(?:{'|'.join(lexicon.lines('measure_leads'))}|[\s“”]*\s|[，,、；;：:。])+")


@cache
def _verbs() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, bool]]:
    rows = sorted(lexicon.table("measure_verbs"), key=lambda row: (-len(row["verb"]), row["verb"]))
    starts = [re.escape(r["verb"]) + (f"(?!{r['unless']})" if r["unless"] else "") for r in rows]
    keep = {r["verb"]: r["keep"] != "0" for r in rows}
    longer = [start for start, r in zip(starts, rows, strict=True) if r["keep"] != "0" and len(r["verb"]) > 1]
    return re.compile("|".join(starts)), re.compile("|".join(longer)), keep


@cache
def _verb_end() -> re.Pattern[str]:
    words = sorted((row["verb"] for row in lexicon.table("measure_verbs")), key=lambda word: (-len(word), word))
    return re.compile("|".join(re.escape(word[::-1]) for word in words))


@cache
def _predicates() -> re.Pattern[str]:
    words = sorted(lexicon.lines("measure_predicates"), key=lambda word: (-len(word), word))
    return re.compile("|".join(words))


_SHARED = re.compile(r"^(?:支持|引导|鼓励|推动|促进|组织|帮助|助力|为|对|向|让|给予|聚焦|围绕|发展|开展|加强|落实)")
# 省政府下达的…, 省里部署的…: who set a task is no part of what is counted.
_ASSIGNED = re.compile(r"^.{1,16}?(?:下达|部署|确定|交办|分解|提出|要求|规定|反馈|移交|通报)的(?=.)")
_MEMBERS = re.compile(r".*、[^、]{1,16}等(?=[^、]{2,}(?:项目|工程|活动|设施|平台|基地|场馆|赛事|任务|事项)$)")
_LISTING = 18
_LONG = 26  # a longer noun is a clause; its last verb or 的 begins what is counted
_BRACKETS = re.compile(r"[（(][^）)]*[）)]")
_MODAL = re.compile(r"力争|确保|争取|预期|预计")


@cache
def read_left(words: str) -> Left:
    """Take the words before a number apart. Cached: clauses of the genre repeat."""
    if "约占" in words:
        left = read_left(words.replace("约占", "占"))
        return left if left.code else left._replace(bound="约", code="~")
    tail_length = _tail_length(words)
    tail = words[len(words) - tail_length :]
    roles = [(_tails()[m[0]], m[0]) for m in _tail_words().finditer(tail)]
    change = next((role.role for role, _ in roles if role.role in ("grow", "fall", "better")), "")
    bound = next(((word, role.code) for role, word in reversed(roles) if role.code), ("", ""))
    if bound[0] and _tails()[bound[0]].role != "grow" and change and bound[0][-1] in "至到为":
        change = ""
    kinds = {role.role for role, _ in roles}
    core = words[: len(words) - tail_length]
    offset, verb, dropped, noun = _core(core)
    return Left(
        noun,
        verb,
        dropped,
        change,
        bound[0],
        bound[1],
        "pair" in kinds or noun.endswith("分别"),
        "each" in kinds,
        "from" in kinds,
        "其中" in words[:6],
        offset,
        "年均" if (change and "年均" in tail) or "年平均" in tail else "",
    )


def _tail_length(words: str) -> int:
    if words.endswith("等"):
        return 1  # 市容改善等|12个专项行动: a member of a list, no change
    match = _tail_expression().match(words[::-1])
    return match.end() if match else 0


def _core(core: str) -> tuple[int, str, bool, str]:
    """Return offset, kept verb, whether a verb was dropped, and the noun of the words before the tail."""
    start, verb, dropped = _governed(core)
    begin, noun = start - len(verb), core[start:]
    assigned = _ASSIGNED.match(noun)
    if assigned:
        within = _governed(noun[assigned.end() :])
        start += assigned.end() + within[0]
        verb, noun = within[1] or verb, core[start:]
    if len(noun) > _LISTING and (members := _MEMBERS.match(noun)):
        start, noun = start + members.end(), noun[members.end() :]  # 甲、乙等市民服务项目: the kind, not its members
    listed = _is_list(noun) or core.endswith("等")
    cut = _last_verb(noun) if len(noun) > _LONG and not listed else None
    if cut:
        at, inner = cut
        begin, noun = start + at, noun[at + len(inner) :]
        verb = inner if _verbs()[2].get(inner, True) else ""
    marks = " 　、，的了和与及：:“" if "”" not in noun else " 　、，的了和与及：:"
    noun = _after_clause(bare(_BRACKETS.sub("", noun).strip(marks)))
    if not verb:
        verb, noun = turned(noun)
    return min(begin, len(core)), verb, dropped, noun


# 系统通过国家验收、|出口额: a clause before 、 is no part of what is measured.
_CLAUSAL = re.compile(
    r"通过(?=国家|省|市|验收|评审|审|认证|考核|一致性|复审)|实现|突破|获评|获批|入选|成为|按期|全部|竣工(?!率)|投产(?!率)|建成(?!区)|达到|超过|位居|跃居|启动|投用|增长|下降|正式|成功(?!率)"
)
_MEASURED = re.compile(r"[率数额量值度]$")


def _after_clause(noun: str) -> str:
    """The part of a noun behind the last 、 that closes a clause."""
    if "、" not in noun or "“" in noun:
        return noun
    pieces = noun.split("、")
    for index in range(len(pieces) - 2, -1, -1):
        piece = pieces[index]
        if len(piece) > 4 and _CLAUSAL.search(piece) and not _MEASURED.search(piece):
            return "、".join(pieces[index + 1 :])
    return noun


def _governed(core: str) -> tuple[int, str, bool]:
    """Return where the noun begins, the kept verb before it, and whether a verb was dropped."""
    start, dropped = 0, False
    starts, inner, keep = _verbs()
    for _ in range(5):
        lead = _leads().match(core, start)
        start = lead.end() if lead else start
        match = starts.match(core, start)
        if not match:
            break
        if keep[match[0]]:
            # 新签约、新落地项目: verbs that qualify the nouns of a list govern nothing.
            qualifies = core[match.end() : match.end() + 1] in ("、", "和", "与", "及")
            return (match.start(), "", dropped) if qualifies else (match.end(), match[0], dropped)
        start, dropped = match.end(), True
        shared = inner.search(core, start) if _SHARED.match(match[0]) else None
        if shared and start < shared.start() and shared.end() < len(core) - 1:
            start = shared.start()
    return start, "", dropped


_MEASURE_END = re.compile("[率额值量数比度](?:均|各|都|分别)?$")


def _is_list(noun: str) -> bool:
    """True for 参保率、签约服务率、兜底保障率: measures in a row, not a clause with a verb in it."""
    pieces = noun.split("、")
    return len(pieces) > 2 and all(_MEASURE_END.search(piece) and len(piece) <= 16 for piece in pieces)


def _last_verb(noun: str) -> tuple[int, str] | None:
    _, inner, _ = _verbs()
    found = [
        match
        for match in inner.finditer(noun)
        if 0 < match.start() < len(noun) - 3 and noun[match.end()] not in "、和与及占"
    ]
    if found:
        return found[-1].start(), found[-1][0]
    at = noun.rfind("的", 0, len(noun) - 3)
    return (at + 1, "") if at > 0 else None


@cache
def whole_verbs() -> frozenset[str]:
    """Verbs that are an indicator of their own: 造林, 减税降费."""
    return frozenset(row["verb"] for row in lexicon.table("measure_verbs") if row["keep"] == "2")


def begins_with_verb(words: str) -> bool:
    """True for 实施40个项目: what follows a sum of money is the next verb."""
    return bool(_verbs()[0].match(words))


def is_predicate(words: str) -> bool:
    """True for 提前完成: what follows a number tells what was done."""
    return bool(_predicates().match(words) or _verbs()[0].match(words))


def ending_verb(words: str) -> tuple[str, bool, bool]:
    """Return the verb that words end with, whether it is kept, and whether there is one: 新培育 | 10家."""
    match = _verb_end().match(words[::-1].lstrip("了出到 "))
    if not match:
        return "", False, False
    verb = match[0][::-1]
    return verb, _verbs()[2][verb], True


_MODIFIER = re.compile(r"^(?:以上|及以上)?的?")
# 29个未完成安置补偿的城中村: what is counted stands behind the 的 of a relative clause.
_RELATIVE = re.compile(r"[^，。；“”\d]{2,20}的(?P<noun>[一-鿿“][^的]{1,})")
_STAGE = re.compile(
    r"(?:尽快|顺利|全部|全面|如期|相继|陆续|成功|基本|集中|已|加快|按期|正式|有序|现场|当场|集体)*"
    r"(?P<stage>开工建设|开复工|转化落地|落地转化|开工|竣工投产|竣工投用|竣工|建成投产|建成投用|建成|投产达效|投产|投用|投入使用|投入运营|签约|落地|通车|脱贫|摘帽|出列|退出"
    r"|(?:现代化|提标|提质|提升|升级|适老化|节能|信息化|智能化|数字化|标准化|无害化|亮化|美化|综合)?改造(?=$)|入驻(?=$)|整治(?=$)|整改(?=$)|征收(?=$)|搬进新居|搬入新居|迁入新居|入住(?=$)|复工|完工|完成治理|完成改造|完成(?!投资|产值|年度|营|销)|达产|上市|挂牌|上线|运营|入选|入围|获批|达标|受益(?=$))"
)


# 104个已签约项目, 113个在谈项目: what qualifies a noun is no predicate.
_QUALIFIED = re.compile(
    r"(?:已|未|待|拟|在|新|续)(?:建成|建|谈|签约|签|开工|投产|谋划|入库|竣工|运营|孵|研|营|批|完工|上市|落地|储备)"
    r"(?=项目|工程|企业|园区|小区|房|村|线路|产业|协议|平台|机组|场|站)"
)


class Right(NamedTuple):
    """The words after a number and its unit."""

    noun: str
    stage: str  #: predicate that tells what was done with the things counted: 开工
    length: int  #: characters of the words that belong to the fact
    of: bool  #: 的 stands between number and noun
    cut: int = 0  #: where the predicate begins


@cache
def read_right(words: str, alone: bool = False) -> Right:
    """Take the words after a number apart. ``alone``: nothing before the number could be its noun.

    >>> read_right("棚改项目征迁基本清零").noun, read_right("项目尽快开工").stage
    ('棚改项目征迁', '开工')
    """
    if not words:
        return Right("", "", 0, False)
    begin = _MODIFIER.match(words)
    start = begin.end() if begin else 0
    of = words[:start].endswith("的")
    if _tail_length(words) == len(words) or words.startswith(("等", "台阶", "大关", "的台阶", "的大关")):
        return Right("", "", 0, of)
    qualified = _QUALIFIED.match(words, start)
    predicate = _predicates().search(words, qualified.end() if qualified else start)
    relative = _RELATIVE.match(words, start) if predicate else None
    if relative and predicate and predicate.start() < relative.start("noun"):
        start = relative.start("noun")
        predicate = _predicates().search(words, start + 1)
    if predicate and predicate.start() < start + 1:
        if not alone:
            return Right("", "", 0, of)
        predicate = _predicates().search(words, start + 2)  # 4800名服务专员: a noun that begins like a predicate
    cut = predicate.start() if predicate else len(words)
    noun = words[start:cut]
    if words.startswith("建设", cut):
        # 7个公园规划建设 counts the parks, 30所学校标准化建设 what is done to them.
        noun = noun + "建设" if noun.endswith("化") else noun.removesuffix("规划")
    task = _TASK.match(words, cut)
    if task:
        noun, cut = noun + task["work"], task.end()  # 6平方公里“三旧”改造任务
    particle = None if predicate else _ENDING.search(noun)
    cut -= len(particle[0]) if particle else 0
    if _NOMINAL.search(words[start:cut]) and not words[cut:].startswith(_EVENTS):
        # 10项专项整治, 47个小区雨污分流改造: what is done is the thing counted.
        whole = _STAGE.match(words, cut)
        if whole and whole.end() == len(words):
            return Right(_trim(words[start:]), "", len(words), of, len(words))
    stage = _STAGE.match(words, cut)
    return Right(_trim(noun), stage["stage"] if stage else "", stage.end() if stage else cut, of, cut)


_TASK = re.compile(r"(?P<work>改造|整治|治理|整改|搬迁|征收)任务(?=$)")
_NOMINAL = re.compile(
    r"(?:微|专项|综合|集中|系统|分类|一体化|雨污分流|提质|提升|全域|深度|联合|规范化?|技术|清洁排放)$"
)
_EVENTS = (
    "开工",
    "竣工",
    "投产",
    "建成",
    "签约",
    "落地",
    "投用",
    "上线",
    "上市",
    "挂牌",
    "运营",
    "完工",
    "入选",
    "获批",
)
# 19项预期性指标有10项…, 80个重点项目中新建项目…: particles before the next number.
_ENDING = re.compile(
    r"(?<=..)(?:已|(?<![所拥国含公])有|(?<![其水空高初集])中|(?<![附邻临])近|约|(?<![高])超|(?<![许认])可|集中|绝大部分|大部分|绝大多数|全部|逐个|逐一|逐项|彻底|首次|均)$"
)


def _trim(noun: str) -> str:
    noun = _ENDING.sub("", _BRACKETS.sub("", noun).strip(" 　的了和与及"))
    noun = noun.removesuffix("后") if len(noun) > 3 else noun
    for ending in ("建设任务", "任务", "建设", "工程建设"):
        if noun.endswith(ending) and len(noun) > len(ending) + 1 and not noun.endswith("化建设"):
            return noun[: -len(ending)]
    return noun
