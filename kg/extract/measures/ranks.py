"""Numbers that compare: ranks (居全省第2位, 百强), points above others, streaks (十七连涨), time taken."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.measures.clauses import read_left
from kg.extract.measures.coordination import split
from kg.extract.measures.frame import JOIN, Clause, State, bare_noun, bound, keep, term, topic
from kg.extract.measures.quantities import Quantity
from kg.extract.measures.tidying import polished
from kg.extract.measures.wording import usual


def duration(clause: Clause, state: State) -> bool:
    """仅用3天就实现了包围圈外围“零新增” measures the time that took."""
    match = re.match(r"(?:就|即|便|内|时间|之内)*(?:实现|完成|建成)了?(?P<noun>[^，。；]{2,20})", clause.after)
    if match and (not clause.left.noun or re.search(r"用$|历时$", clause.words)):
        noun = match["noun"]
        keep(clause, state, noun + "用时", (noun,), "", clause.quantity.end + match.end(), "duration")
        return True
    if not clause.left.noun and re.match(r"[^，。；]{2,12}“?(?:清零|零新增)", clause.after):
        noun = re.split("[，。；]", clause.after)[0]
        keep(clause, state, noun + "用时", (noun,), "", clause.quantity.end + len(noun), "duration")
        return True
    return False


_AGAINST = re.compile(
    r"(?:分别|均|也)?(?P<ref>(?:比|较|高于|快于|低于|高出|高过|好于|优于|慢于|(?<=[率速幅度均平例量])[快高低](?=全|国|省))"
    r"(?!上年|去年|年初|20)(?:(?!高于|快于|低于|比)[^，]){1,14}?(?:高|低|快|多|少|慢)?出?)$"
)


def against(clause: Clause, state: State, coming: Sequence[Quantity] = ()) -> bool:
    """比全省高9.9个百分点 compares what was named before with another place."""
    match = _AGAINST.search(clause.words)
    if not match or (not re.search(r"平均|全省|全国|全市|同期|目标|增速|省|国|平均水平|预期", match["ref"])):
        return False
    noun = read_left(clause.words[: match.start()]).noun.removesuffix("分别")
    if "分别" in clause.words and ("、" in noun or "和" in noun):
        return _each_against(clause, state, split(noun, 1 + clause.values_after(coming)), match["ref"])
    subject = usual(noun) if noun else state.indicator
    if not subject:
        return False
    state.terms.append(
        term(clause, state, subject + match["ref"], *bare_bound(clause.quantity), clause.quantity.end, "against")
    )
    return True


def _each_against(clause: Clause, state: State, nouns: tuple[str, ...], ref: str) -> bool:
    """甲、乙增速分别快于全省1个、1.5个百分点: each value is of the next noun."""
    if not nouns:
        return False
    named = tuple(usual(noun) + ref for noun in nouns)
    keep(clause, state, named[0], named, "", clause.quantity.end, "against")
    state.position = 1
    return True


def bare_bound(quantity: Quantity) -> tuple[str, str | None]:
    """Return code and text of what stands after the number."""
    text, code = bound(quantity, ("", ""))
    return code, text


_RANK_WORDS = re.compile(
    r"(?:连续[^，]{1,4}年|稳|均|分别|继续|再次|也|已|一直|始终|首次)*(?:位列|位居|并列|名列|排名|排在|排位|位次|跃居|跃升至|升至|上升至|提升到|上升到|跃升到|升到|攀升至|攀升到|前移至|前移到|跃至|进位至|晋升至|进入|挺进|跻身|入围|入选|进位|前进到|提升至|保持|荣登|荣获|获评|获|居(?!民)|列|排|为|占|在|达|蝉联|上榜)+(?:至|到|了|为|在)?"
)
# 把就业放在首位 ranks nothing.
_PUT_FIRST = re.compile(r"(?:放|摆|置|列)(?:在|于|到)$|作为$")
_REGION = re.compile(
    r"(?:全国|全省|全市|全球|世界|国内|中西部|中部|西部|东部|全区|全州|长三角|珠三角|大湾区|沿江|同类|副省级|地级|城市|省会|县域|省内|苏|浙|川|湘|各)"
)


_PLACED = re.compile(r"(?:进至|升至|列|居|第|前移至|前移到|上升到|跃居|跃至|进到|提升至|名列|位列|位居)$")


def ranked(clause: Clause) -> bool:
    """True for 全国百强进至77位: a rank written without 第."""
    return clause.quantity.unit == "位" and clause.quantity.kind != "rank" and bool(_PLACED.search(clause.words))


_BOARD = re.compile(
    r"(?:县|县市|县级市|城市|区|城区|企业|园区|开发区)?(?:榜单|榜|名单|排名|排行榜?)?(?:由|从)?(?:第?\d*位?)?"
    r"(?:[稳跃]?[进升居列][至到]?|前移至|位居|位列|排名|上升至|提升至|名列|跃升至|前进至)(?:第)?$"
)
_LIST_END = re.compile(r"强[县市区城]*市?$")
_BEHIND = re.compile(r"(?:企业|城市|县市?|县级市|强县|区|名单|榜单|榜)?")


def rank(clause: Clause, state: State, coming: Sequence[Quantity] = ()) -> None:
    """Add the term of a rank: its indicator is what was ranked, where, and 排名."""
    quantity = clause.quantity
    if _PUT_FIRST.search(clause.words) or _on_board(clause, state, coming):
        return
    if came := _came_from(clause):
        whose = state.nouns[-1] if state.nouns else state.ranked
        state.indicator = usual(whose) + (came["region"] if whose else "")  # what the rank it rose to is of
        state.baselines.add(quantity.start)
        return
    place = _placed(clause, state)
    if place is None:
        return
    lead, region, level, verb = place
    behind = _BEHIND.match(clause.after)
    tail = behind[0] if behind else ""
    if quantity.kind == "strong":
        if not (verb or clause.subjects):
            return
        owner = "" if clause.subjects else lead
        indicator = owner + _BRACKET_MARKS.sub("", region) + clause.text[quantity.start : quantity.end] + tail
    else:
        indicator = _ranked_thing(clause, state, coming, lead, level, region)
    if indicator := polished(indicator):
        code = "<=" if quantity.after in ("前", "强") else "="
        end = quantity.end + len(tail)
        state.terms.append(term(clause, state, indicator, code, quantity.after or None, end, "rank"))


_CAME = re.compile(r"(?:从|由)(?P<region>全国|全省|全球|全市|全区|世界|[^，。；\d]{0,6})$")
_ROSE = re.compile(r"[^，。；\d]{0,4}(?:升|跃|进|提|晋|移|降|跌|退)")


def _came_from(clause: Clause) -> re.Match[str] | None:
    """Match 从全国 before 第13位升至第5位: where a rank came from is none that is held."""
    came = _CAME.search(clause.words)
    return came if came and _ROSE.match(clause.text, clause.quantity.end) else None


def _on_board(clause: Clause, state: State, coming: Sequence[Quantity]) -> bool:
    """Remember the list that a rank further on is in: 全国百强进至77位 says all with the 77."""
    start, end = clause.quantity.start, clause.quantity.end
    if clause.quantity.kind != "strong" or not coming or not _BOARD.fullmatch(clause.text[end : coming[0].start]):
        return False
    region = _REGION.search(clause.words)
    board = clause.words[region.start() :] if region else clause.words
    state.ranked = board + _BOARD_TAIL.split(clause.text[start : coming[0].start])[0]
    return True


def _placed(clause: Clause, state: State) -> tuple[str, str, str, bool] | None:
    """Return what is ranked, among whom, the noun as written and whether a verb of rank stands there."""
    words = clause.words
    verbs = list(_RANK_WORDS.finditer(words))
    where = _REGION.search(words)
    if verbs:
        noun, region = words[: verbs[-1].start()], words[verbs[-1].end() :]
    elif where:
        noun, region = words[: where.start()], words[where.start() :]
    elif state.ranked:
        noun, region = "", words
    else:
        return None
    lead = _FOR_YEARS.sub("", read_left(noun).noun) if noun else ""
    where = _REGION.search(lead)
    if where and lead.startswith("在") and where.start() == 1:
        lead, region = "", lead[1:] + region  # 优良率99%，在全国74个重点城市中排名第二
    elif where and where.start() > 1:
        lead, region = lead[: where.start()], lead[where.start() :] + region
    return lead, region, noun.strip(), bool(verbs)


_CONTEST = re.compile(r"考核|考评|测评|评测|评价|评选|评比|调查|监测|竞赛|大赛|比赛|进位|考试|综合排名")
_OWN_LIST = re.compile(
    r"强县|强区|百强|考核|考评|测评|评测|评价|评选|评比|调查|监测|竞赛|大赛|比赛|进位|考试|综合|竞争力|指数|园区|开发区"
)


def _ranked_thing(clause: Clause, state: State, coming: Sequence[Quantity], lead: str, level: str, region: str) -> str:
    """The indicator of a rank, empty when nothing says what is ranked."""
    if not lead and _LIST_END.search(state.ranked):
        return state.ranked + "排名"
    if not lead and not _OF_LEVEL.fullmatch(level):
        if _OWN_LIST.search(region) and (clause.subjects or _CONTEST.search(region)):
            return _REGION_TAIL.sub("", region) + "排名"  # 白云区位居全省31个经济强县前十, 在全省考核中位列第一
        if level.startswith("在") and not state.terms:
            return ""  # 在全国74个重点城市中排名第二: of what is not told
    thing = level if _OF_LEVEL.fullmatch(level) else lead
    subject = _whose(thing, state) if thing else _last_ranked(clause, state)
    if len(subject) < 2:
        return ""
    state.ranked = subject
    if not region and JOIN.match(clause.gap) and state.terms and state.terms[-1].quantity.kind == "rank":
        region = state.region
    state.region = region
    subject = usual(_several(clause, state, lead, coming)) or subject
    return subject + _REGION_TAIL.sub("", region) + "排名"


def _several(clause: Clause, state: State, lead: str, coming: Sequence[Quantity]) -> str:
    """开工率、投资完成率分别位列全省第1、第2: the one of several things that this rank is of."""
    if clause.left.pair or "分别" in clause.words:
        values = 1 + clause.values_after([other for other in coming if other.kind == "rank"])
        said = tuple(term.indicator for term in state.terms[-values:] if term.quantity.kind != "rank")
        state.nouns = split(lead, values) if lead else said if len(said) == values > 1 else ()
        state.position = 1
        return state.nouns[0] if state.nouns else ""
    if JOIN.match(clause.gap) and state.terms and state.terms[-1].quantity.kind == "rank":
        state.position += 1
        return state.nouns[state.position - 1] if 0 < state.position <= len(state.nouns) else ""
    return ""


_BOARD_TAIL = re.compile(r"(?<=强)(?:(?<!县)(?=[^县市区城])|$)|(?<=[县市区])(?=[^市])")
_BRACKET_MARKS = re.compile(r"^[了的为]+")
_REGION_TAIL = re.compile(r"(?:地区|各市州|市州|各地市)?(?:的|第|中获得|获得|中|取得)*$")


# 农村居民收入增速连续5年全省第一: for how long is no part of what is ranked.
_FOR_YEARS = re.compile(
    r"(?:已|均|都)?连续[\d一二两三四五六七八九十]{1,3}年(?:考评|考核|位|稳|保持|均|都|在)*$|^连续[\d一二两三四五六七八九十]{1,3}年"
)
_OF_LEVEL = re.compile(r"(?:增量|总量|总额|总值|规模|增速|增幅|增长率|涨幅|均|速度)$")


def _last_ranked(clause: Clause, state: State) -> str:
    if clause.listed and state.ranked and state.terms and state.terms[-1].quantity.kind == "rank":
        return state.ranked
    if state.indicator:
        return state.indicator
    return topic(clause.before)


def streak(clause: Clause, state: State) -> None:
    """Add the term of 十七连涨, 六连冠, 翻一番."""
    noun = bare_noun(clause).strip("“”、") or (state.nouns[0] if state.nouns else topic(clause.before))
    if noun:
        words = clause.text[clause.quantity.start : clause.quantity.end]
        what = "连续上涨" if words.endswith("涨") else words[-2:] if words[-2:-1] == "连" else "翻番"
        keep(clause, state, noun + what, (noun,), "", clause.quantity.end, "streak")


_WON = re.compile(r"(?:捧得|获得|荣获|蝉联|夺得|入选|获评|被评为|问鼎)?(?P<noun>[^，。；、\n]{2,20})")


def nth(clause: Clause, state: State) -> None:
    """Add the term of 第四次捧得“长安杯” (4 times) and 成为第二个千亿集群 (now there are 2)."""
    match = _WON.match(clause.after)
    counted = clause.quantity.unit == "个"
    # 成为第二个国家级试验区 is second in the country; a short plain noun counts the place's own.
    if match and not (counted and (len(match["noun"]) > 8 or re.search("国|省", match["noun"]))):
        name = match["noun"] + ("数" if counted else "次数")
        keep(clause, state, name, (match["noun"],), "", clause.quantity.end + match.end(), "nth")


def _whose(lead: str, state: State) -> str:
    """总量全省第二, 增速居全省第5位: of what was measured before."""
    said = state.nouns[-1:] or tuple(state.history[-1:])
    if lead in ("增速", "增幅", "降幅", "涨幅", "占比") and state.indicator.endswith(("增速", "降幅", "涨幅", "占比")):
        return state.indicator
    if lead.startswith("占") and said:
        return usual(said[0] + lead)
    if len(lead) > 4 or not _OF_LEVEL.fullmatch(lead) or not said:
        return usual(lead)
    level = said[0]
    if lead == "增量":
        return usual(level) + "增量"
    growing = lead.startswith(("增", "涨", "速"))
    return usual(level + "增速") if growing else usual(level)


_KEPT = re.compile(
    r"(?P<what>(?:被评为|被评|获评|获得?|荣获|入选|入围|蝉联|保持|实现|位居|位列|居|列|稳居|未发生|未出现|没有发生|无|零|成为|跻身|超额|开展|举办)"
    r"[^，。；、]{2,26}|(?:上调|上涨|提高|增长|下降|增产|丰收|提标)(?=[，。；、]))"
)
_RANKED_YEARS = re.compile(r"\d|第[一二三四五六七八九十]|首位|前列|前[一二三四五六七八九十]|榜首")


def kept_on(text: str, quantity: Quantity) -> str:
    """Return what went on for some years: 连续17年未发生重大食品安全事故; a rank kept for years is the rank's."""
    if text[quantity.start - 2 : quantity.start] not in ("连续", "蝉联"):
        return ""
    match = _KEPT.match(text, quantity.end)
    return "" if not match or _RANKED_YEARS.search(match[0]) else match["what"]


_SPANS = {"years": "年数", "months": "月数", "days": "天数"}


def consecutive(clause: Clause, state: State, kept: str) -> None:
    """Count the years, months or days that something went on."""
    before = clause.words.removesuffix("连续")
    owner = read_left(before).noun if len(kept) < 4 or kept.startswith(("保持", "实现")) else ""
    if not before and state.nouns and clause.gap.strip() == "、连续" and re.search("增长|下降|增速", kept):
        owner = usual(state.nouns[-1])  # 工业投资增长11.3%、连续21个月保持两位数增长
    keep(
        clause,
        state,
        owner + "连续" + kept + _SPANS[clause.quantity.kind],
        (kept,),
        "",
        clause.quantity.end + len(kept),
        "consecutive",
    )


_RELATIVE = re.compile(
    r"(?P<what>恢复到|恢复至|回升到|相当于|达到|是|为|约为|达)(?P<ref>(?:(?:20\d\d|19\d\d|上|去)年(?:同期|水平)?|上(?:一个|个)五年|五年前|“?十[一二三四五]五”?(?:末|期间|时期)?))的?$"
)
_OF_PLAN = re.compile(
    r"(?:完成|占|达到?|为|完成了)?(?P<ref>(?:全年|年度|年初|省定|省下达|省政府下达|国家下达|预期|计划|既定|市定|三年|五年|“十[一二三四五]五”)"
    r"[^，、]{0,8}(?:目标|任务|计划|预算|指标)(?:任务|总额|数|值)?)的?$"
)


def relative(clause: Clause, state: State, coming: Sequence[Quantity]) -> bool:
    """恢复到2019年的116%, 完成年度目标的147.5% measure what was named before against something else."""
    quantity = clause.quantity
    match = _RELATIVE.search(clause.words) or (_OF_PLAN.search(clause.words) if quantity.kind == "percent" else None)
    if not match:
        return False
    plan = match.re is _OF_PLAN
    if plan and not clause.words.startswith(match[0]) and not match[0].startswith(("完成", "占", "达", "为")):
        return False
    start = clause.words[: match.start()]
    noun = read_left(start).noun if start else ""
    noun = "" if noun in ("分别", "已") else noun
    values = 1 + clause.values_after(coming)
    if noun:
        nouns: tuple[str, ...] = (split(noun.removesuffix("分别"), values) if values > 1 else ()) or (noun,)
    elif clause.left.pair and 1 < values <= len(state.history):
        nouns = tuple(state.history[-values:])
    else:
        level = (state.indicator,) if state.indicator and not state.change else ()
        nouns = level or state.nouns[-1:] or tuple(filter(None, (topic(clause.before),)))
    nouns = nouns or ((match["ref"],) if plan else ())
    if not nouns:
        return False
    tail = "完成率" if plan else f"相当于{match['ref']}" + ("比例" if quantity.kind == "percent" else "倍数")
    state.position = 1
    named = tuple(usual(each) + tail for each in nouns)
    keep(clause, state, named[0], named, "", quantity.end, "relative")
    state.change = ""
    if values == 1:
        state.nouns = nouns  # 是2016年的1.4倍、年均增长7.1%: the growth is of what was compared
    return True
