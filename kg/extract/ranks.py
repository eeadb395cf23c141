"""Numbers that compare: ranks (居全省第2位, 百强), points above others, streaks (十七连涨), time taken."""

from __future__ import annotations

import re

from kg.extract.clauses import read_left
from kg.extract.frame import Clause, State, bare_noun, bound, keep, term, topic
from kg.extract.quantities import Quantity
from kg.extract.wording import usual


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
    r"(?:分别|均|也)?(?P<ref>(?:比|较|高于|快于|低于|高出|高过|好于|优于|快|高|低|慢于)(?!上年|去年|年初|20)[^，]{1,14}?(?:高|低|快|多|少|慢)?出?)$"
)


def against(clause: Clause, state: State) -> bool:
    """比全省高9.9个百分点 compares what was named before with another place."""
    match = _AGAINST.search(clause.words)
    if not match or (not re.search(r"平均|全省|全国|全市|同期|目标|增速|省|国|平均水平|预期", match["ref"])):
        return False
    noun = read_left(clause.words[: match.start()]).noun
    subject = usual(noun) if noun else state.indicator
    if not subject:
        return False
    state.terms.append(
        term(clause, state, subject + match["ref"], *bare_bound(clause.quantity), clause.quantity.end, "against")
    )
    return True


def bare_bound(quantity: Quantity) -> tuple[str, str | None]:
    """Return code and text of what stands after the number."""
    text, code = bound(quantity, ("", ""))
    return code, text


_RANK_WORDS = re.compile(
    r"(?:连续[^，]{1,4}年|稳|均|分别|继续|再次|也|已|一直|始终|首次)*(?:位列|位居|名列|排名|排在|排位|位次|跃居|跃升至|升至|上升至|进入|挺进|跻身|入围|入选|进位|前进到|提升至|保持|荣登|荣获|获评|获|居|列|排|为|占|在|达|蝉联|上榜)+(?:至|到|了|为|在)?"
)
# 把就业放在首位 ranks nothing.
_PUT_FIRST = re.compile(r"(?:放|摆|置|列)(?:在|于|到)$|作为$")
_REGION = re.compile(
    r"(?:全国|全省|全市|全球|世界|国内|中西部|中部|西部|东部|全区|全州|长三角|珠三角|大湾区|沿江|同类|副省级|地级|城市|省会|县域|省内|苏|浙|川|湘|各)"
)


def rank(clause: Clause, state: State) -> None:
    """Add the term of a rank: its indicator is what was ranked, where, and 排名."""
    words, quantity = clause.words, clause.quantity
    if _PUT_FIRST.search(words):
        return
    match = _RANK_WORDS.search(words)
    if match:
        noun, region = words[: match.start()], words[match.end() :]
        if not noun and (where := _REGION.search(words)) and where.start() == 0 and not region:
            region, noun = words[: match.start()], ""
    else:
        where = _REGION.search(words)
        if not where and not state.ranked:
            return
        noun, region = (words[: where.start()], words[where.start() :]) if where else ("", words)
    lead = read_left(noun).noun if noun else ""
    where = _REGION.search(lead)
    if where and where.start() > 1:
        lead, region = lead[: where.start()], lead[where.start() :] + region
    after = re.match(r"(?:企业|城市|县市?|县级市|强县|区|名单|榜单|榜)?", clause.after)
    tail = after[0] if after else ""
    if quantity.kind == "strong":
        if not (match or clause.subject):
            return
        owner = lead if clause.subject is None else ""
        indicator = owner + _BRACKET_MARKS.sub("", region) + clause.text[quantity.start : quantity.end] + tail
    else:
        subject = usual(lead) if lead else _last_ranked(clause, state)
        if not subject and not region:
            return
        indicator = subject + _REGION_TAIL.sub("", region) + "排名"
        if len(subject) < 2:
            return
        state.ranked = subject
    code = "<=" if quantity.after in ("前", "强") else "="
    state.terms.append(term(clause, state, indicator, code, quantity.after or None, quantity.end + len(tail), "rank"))


_BRACKET_MARKS = re.compile(r"^[了的为]+")
_REGION_TAIL = re.compile(r"(?:地区|各市州|市州|各地市)?(?:的|第|中获得|获得|中|取得)*$")


def _last_ranked(clause: Clause, state: State) -> str:
    if clause.listed and state.ranked:
        return state.ranked
    if state.indicator:
        return state.indicator
    return topic(clause.before)


def streak(clause: Clause, state: State) -> None:
    """Add the term of 十七连涨, 六连冠, 翻一番."""
    noun = bare_noun(clause).rstrip("“") or (state.nouns[0] if state.nouns else topic(clause.before))
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
