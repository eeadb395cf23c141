"""What a number measures when the noun stands before it or was said earlier.

In go a clause, what earlier numbers of the sentence left and the numbers still to come; out come the
nouns of the indicator: one, or several that 分别, 均 or a list of values tells apart.

    >>> # 城镇、农村居民人均可支配收入分别增长8%、9.8% -> 城镇居民人均可支配收入, 农村居民人均可支配收入
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg import lexicon
from kg.extract.measures.clauses import Left, read_right, whole_verbs
from kg.extract.measures.coordination import each_of, split
from kg.extract.measures.frame import JOIN, Clause, State, Term, sound, topic
from kg.extract.measures.owners import needy
from kg.extract.measures.owners import owner as owner_of
from kg.extract.measures.quantities import Quantity
from kg.extract.measures.wording import usual


def subjects(clause: Clause, state: State, coming: Sequence[Quantity], value_only: bool) -> tuple[tuple[int, ...], ...]:
    """Return the subjects of a value: the next of several that 分别 tells apart, or all of them after 各.

    >>> # 高新区、经开区主营业务收入分别超过4000亿元和3000亿元: the first value is of 高新区
    """
    if value_only and state.paired:
        state.turn = min(state.turn + 1, len(state.paired) - 1)
        return ((state.paired[state.turn],),)
    state.paired, state.turn = (), 0
    named = clause.subjects
    if len(named) > 1 and len(named) == 1 + clause.values_after(coming):
        state.paired = named
        return ((named[0],),)
    if len(named) > 1 and _EACH.search(clause.words):
        return tuple((subject,) for subject in named)
    return (named,)


_EACH = re.compile(r"各(?:\d*|新增|新建|建成|完成)?$")


_WISH = re.compile(r"(?:力争|确保|争取|奋斗目标|目标)(?:为|是|实现|完成|达|达到)?")


def wished(clause: Clause, state: State) -> bool:
    """增长5%左右，力争6%: the wish is of the same kind as the number before."""
    return bool(_WISH.fullmatch(clause.words.strip())) and clause.quantity.kind == state.kind


def governing(clause: Clause, state: State) -> str:
    """The kept verb of a number: its own, or that of the list it continues (新增A 5家、B 3家)."""
    left = clause.left
    if _parallel(clause, state):
        last = state.terms[-1]
        state.terms[-1] = last._replace(start=last.start + len(state.verb))
        return state.verb
    plain = clause.listed and not (left.change or left.dropped or left.bound)
    return left.verb or (state.verb if plain or left.among else "")


def _parallel(clause: Clause, state: State) -> bool:
    """Whether a verb governs clauses, not nouns, and stands outside each: 认定|甲不少于2家、乙不少于5家."""
    left = clause.left
    if not (clause.listed and state.verb and left.noun and left.bound) or left.verb or left.change or left.dropped:
        return False
    last = state.terms[-1] if state.terms else None
    return last is not None and last.text == left.bound and clause.text.startswith(state.verb, last.start)


def chosen(left: Left, nouns: tuple[str, ...], state: State, value_only: bool) -> tuple[str, ...]:
    """The nouns a value is for: all after 均, the next in order after 分别."""
    if len(nouns) < 2 or left.each or state.every:
        return nouns
    position = state.position if value_only or nouns == state.nouns else 0
    state.position = position + 1
    return (nouns[min(position, len(nouns) - 1)],)


def nouns(clause: Clause, state: State, coming: Sequence[Quantity]) -> tuple[str, ...]:
    """Return what the number measures: one noun, or several that 分别 or 均 tells apart."""
    left = clause.left
    if left.noun:
        return _named(clause, state, coming)
    if state.baseline:
        noun, state.baseline = state.baseline.removesuffix("分别"), ""
        state.position = 0
        return split(noun, 1 + clause.values_after(coming)) or (noun,)
    if left.verb:
        return _after_verb(clause, state)
    if JOIN.match(clause.gap) and state.nouns:
        return state.nouns
    values = 1 + clause.values_after(coming)
    if left.pair and 1 < values <= len(state.history):
        state.position = 0
        return tuple(map(_told_with_verb, state.history[-values:], state.terms[-values:]))
    if clause.subjects and clause.quantity.kind == "money" and left.bound:
        return ("地区生产总值",)  # 支持江阴迈上5000亿元台阶
    return _said_before(clause, state) if left.change or left.bound or wished(clause, state) else ()


def _named(clause: Clause, state: State, coming: Sequence[Quantity]) -> tuple[str, ...]:
    """The noun of the clause: split where 分别 says so, with its owner where it needs one."""
    left, noun = clause.left, clause.left.noun
    state.every = False
    dependent = noun in _dependents()
    if dependent and (sums := _sum(clause, coming, noun)) is not None:
        return sums
    values = 1 + clause.values_after(coming)
    if parts := _of_things(clause, state, noun, values) or _apart(left, state, noun, values):
        return parts
    if state.nouns and state.terms and (noun in ("占比", "比重") or noun.startswith("占")):
        if "分别" in clause.words and 1 < values <= len(state.history):
            state.position = 0
            return tuple(usual(said) + noun for said in state.history[-values:])
        whole = _PACE.sub("", state.nouns[-1])  # 投资增速连续两年保持18%，占比提高到31%
        return (usual(whole) + ("占比" if noun == "占" else noun),)
    if noun in _RATES and state.nouns and not clause.before:
        return (usual(state.nouns[-1]) + noun,)
    if values == 1 and (parts := _every(left, noun, state)):
        state.every = True
        return parts
    if same := _same_rate(clause, state):
        return (same,)
    if left.among and state.thing and len(noun) <= 4:
        return (f"{state.thing}中{noun}",)
    return _whose(clause, state, noun, dependent)


def _apart(left: Left, state: State, noun: str, values: int) -> tuple[str, ...]:
    """The things that 分别, 均 or a list of values tells apart."""
    if not (left.pair or left.each or values > 1):
        return ()
    wanted = values if values > 1 else max(2, 1 + len(_JOINTS.findall(noun)))
    parts = split(noun.removesuffix("分别"), wanted)
    if not parts or not (left.pair or left.each or len(set(parts)) == values):
        return ()
    state.position = 0
    state.every = left.pair and values == 1  # 外资、内资分别增长10%: one number said of both
    return parts


def _whose(clause: Clause, state: State, noun: str, dependent: bool) -> tuple[str, ...]:
    """A noun with the thing it is of, where it names none itself."""
    if noun in needy() and not (dependent and state.thing) and not (clause.subjects or state.subjects):
        of = owner_of(clause.text, clause.begin, noun, usual(state.nouns[-1]) if state.nouns else "")
        if of or needy()[noun]:
            return (of + noun,) if of else ()
    if dependent:
        owner = state.thing or topic(clause.before)
        owned = bool(state.thing) or owner.endswith(("项目", "工程", "企业", "园区", "产业"))
        return (_of_owner(owner, noun) if owned else noun,)
    return (noun,) if sound(noun) else ()


def _of_things(clause: Clause, state: State, noun: str, values: int) -> tuple[str, ...]:
    """建议298件、提案483件，满意率分别为99%和95%: each rate is of the next of the things counted."""
    if not clause.left.pair or values < 2 or noun not in _RATES_OF_THINGS:
        return ()
    things = [said for said in state.history if not said.endswith("率")][-values:]
    if len(things) < values:
        return ()
    state.position = 0
    return tuple(usual(thing) + noun for thing in things)


# 重大项目…，完成年度投资: what was done of it is told by the fact being an outcome.
_DONE = re.compile(r"(?:完成|实现)(?=.)(?!率|比例)")
# 数字经济核心产业企业…增加值, 新材料链上企业…产值: the sum over the enterprises of an industry is the industry's.
_MEMBERS = re.compile(r"(?:(?<=产业)|(?<=产业链)|链上)企业$")
# 市属国企资产增长13.8%，利润增长5.3%: the profit is that of the firms.
_OWN_SUM = re.compile(r"(?<=企业|国企|民企|公司|集团)(?:资产|营业收入|营收|主营业务收入|产值|利润)(?:总额)?$")
# 林下经济面积130万亩，产值48亿元: the output is of what the area is of.
_EXTENT_OF = re.compile(r"(?<=..)(?:种植|播种|养殖)?(?:面积|规模)$")
_OUTPUT = re.compile(r"产值|增加值|营业?收入?$|营业额|主营业务收入|销售收入|利润|税收")


def _of_owner(owner: str, noun: str) -> str:
    """What is measured of the things named before: 市级重大项目 and 完成年度投资 are 市级重大项目年度投资."""
    bare = _DONE.sub("", noun, count=1) if _DONE.match(noun) else noun
    owner = _EXTENT_OF.sub("", owner)
    return _OWN_SUM.sub("", _MEMBERS.sub("", owner) if _OUTPUT.search(bare) else owner) + bare


def _told_with_verb(noun: str, term: Term) -> str:
    """新签约18个、新落地8个，分别增长…: a verb that tells things of one kind apart stays with them."""
    told = term.indicator.startswith(_VERBS) and noun == term.indicator.removesuffix("数")[3:]
    return term.indicator.removesuffix("数") if told else noun


_RATES_OF_THINGS = frozenset(("满意率", "办复率", "办结率", "落实率", "按时办结率", "答复率", "采纳率"))
_RATES = frozenset(
    ("增速", "增幅", "降幅", "涨幅", "年均增速", "年均增幅", "平均增速", "名义增速", "实际增速", "累计增速")
)
_PACE = re.compile("(?<=..)(?:增速|增幅)$")
_VICTIMS = frozenset(("死亡人数", "受伤人数", "伤亡人数"))
_VERBS = ("新签约", "新落地", "新开工", "新投产", "新入库")
# 市区处理率达100%、其他县达95%: a rate is said once for several owners.
_RATE_OF = re.compile(r"[\u4e00-\u9fff]{0,10}(?:率|比例|比重|指数)$")
_RATED = re.compile(r"(?:率|比|例|重|度|幅|速|数|值|量|额|积|占[^，]*|水平|面)$")
_OWNERS = re.compile(r"(?:其他|其余|各)?(?:县城?|市区|城区|城市|农村|乡镇|建制镇|中心城区)$")


def _same_rate(clause: Clause, state: State) -> str:
    """A rate whose owner alone is named: 公办学校明厨亮灶率达95%，民办学校达85%."""
    noun, said = clause.left.noun, state.nouns[-1] if state.nouns else ""
    if noun in _VICTIMS and said.endswith("起数") and not clause.left.pair:
        return said.removesuffix("起数") + noun  # 火灾起数下降3%、死亡人数下降5%
    if clause.quantity.kind != "percent" or state.kind != "percent" or not clause.left.bound or clause.left.change:
        return ""
    if len(noun) > 8 or _RATED.search(noun) or not _RATE_OF.search(said):
        return ""
    at = said.rfind(noun[-2:])
    if len(noun) > 2 and at >= 0:
        return noun + said[at + 2 :]
    owner = re.match(r".{0,6}?(?:市区|城区|城市|县城|市|区|县)", said) if _OWNERS.fullmatch(noun) else None
    return noun + said[owner.end() :] if owner else ""


_JOINTS = re.compile("、|(?<!共)和(?!谐)|以及")


def _sum(clause: Clause, coming: Sequence[Quantity], noun: str) -> tuple[str, ...] | None:
    """投资130亿元的扩产项目, 投资8亿元实施…工程: the sum is that of the works behind it."""
    if clause.after.startswith("的"):
        behind = _behind(clause, coming)
        return (behind + ("总投资" if noun == "投资" else noun),) if behind else ()
    spent = _SPENT.match(clause.text, clause.quantity.end) if noun.endswith("投资") else None
    return (spent["works"] + noun,) if spent else None


def _every(left: Left, noun: str, state: State) -> tuple[str, ...]:
    """Several things that one value holds for: 电子信息、生物医药产业产值超过1000亿元, 牛、羊均占全省40%."""
    parts = each_of(noun, state.nouns) if left.code in (">", ">=") else ()
    shares = None if parts else _SHARES.fullmatch(noun)
    return tuple(part + shares["of"] for part in split(shares["list"], 2)) if shares else parts


_SHARES = re.compile(r"(?P<list>.+?)(?:均|都|各)(?P<of>占.+)")
# 投资8亿元实施青天湖水生态修复和退田还湖工程: what money was spent on, when no number is in it.
_SPENT = re.compile(
    r"(?:，)?(?:用于|实施|建设|推进|启动|新建|改造|改扩建|建成|完成)了?(?P<works>[^，。；：\d\n]{3,40}?"
    r"(?:工程|项目|改造|修复|整治|治理|建设))(?=[，。；\n])"
)


def _behind(clause: Clause, coming: Sequence[Quantity]) -> str:
    """The owner of a sum that stands behind it: 投资130亿元的扩产项目, 总投资50亿元的20个项目."""
    if clause.after == "的" and coming:
        at = coming[0].end
        return read_right(re.split("[，。；、：（\\n]", clause.text[at : at + 30])[0], alone=True).noun
    return read_right(clause.after, alone=True).noun


def _after_verb(clause: Clause, state: State) -> tuple[str, ...]:
    """A verb alone, 基本建成2640套: what was counted before, unless the verb says it all (造林)."""
    if clause.left.verb in whole_verbs():
        return ("",)
    thing = state.thing if state.terms else topic(clause.before)
    if clause.quantity.kind == "money" and not clause.listed and len(clause.left.verb) > 2:
        return ("",)
    thing = _BEGUN.sub("", thing)
    return (thing,) if thing else ()


# 新建开工保障性住房57572套，基本|建成42300套: another thing was done with them.
_BEGUN = re.compile(r"^(?:开工建设|新开工|开工|续建|新建|改建|扩建|竣工)+(?=.{2,})")


def _said_before(clause: Clause, state: State) -> tuple[str, ...]:
    """增长10.2%, 达到25家: the noun of the number before, or the topic of the clause before."""
    if state.nouns and clause.left.change and clause.quantity.kind in ("percent", "multiple"):
        whole = _SHARE_OF.fullmatch(state.nouns[-1])
        if whole and len(state.nouns) == 1:
            return (whole["what"],)  # 占全区比重提升到20.6%，年均增长10.3%
    if state.nouns and clause.left.change and not clause.before:
        share = _SHARE.search(state.nouns[-1])
        if share and len(state.history) > 1 and clause.quantity.kind not in ("percent", "point", "multiple"):
            return (state.nouns[-1][: share.start()],)  # 优良天数282天，占77.5%，增加22天
        if state.verb in _NEWLY and len(state.nouns) == 1 and clause.left.change == "grow":
            return (state.indicator.removesuffix("数"),)  # 新设企业66家、增长9%: more were founded than before
        if not clause.listed and state.position >= len(state.nouns):
            state.position = 0
        return state.nouns
    said = topic(clause.before)
    return (said,) if said else state.nouns


_SHARE_OF = re.compile(r"(?P<what>.{3,}?)占(?!比).{1,12}?(?:比重|份额|比例)?")
_NEWLY = frozenset(("新设", "新设立", "新登记", "新注册", "新签约", "新开工", "新批", "新引进", "新认定", "新落地"))
_SHARE = re.compile("(?<=..)占比$")


def _dependents() -> frozenset[str]:
    return frozenset(lexicon.lines("measure_dependents"))
