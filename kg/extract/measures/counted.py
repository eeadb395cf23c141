"""Things counted: the noun that stands behind a number, 统筹推进600个市级重大项目.

In go a clause and the words behind its number, out comes a term whose indicator is the noun with its verb, its owner
and what is said of the things: 8家企业入围全省百强 is 入围全省百强企业数.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.measures import naming
from kg.extract.measures.clauses import Right, ending_verb
from kg.extract.measures.frame import JOIN, Clause, State, keep
from kg.extract.measures.predicates import attained, closing_head, listed_predicate, shared_head
from kg.extract.measures.quantities import Quantity
from kg.extract.measures.shares import share_worded, shared_predicate
from kg.extract.measures.wording import abstract, worded

_SHORT = frozenset("人村县镇乡区市路桥厂")
_PREPOSITIONS = frozenset("在对于为向给让使将把与同和")


def count(clause: Clause, state: State, right: Right, coming: Sequence[Quantity]) -> None:
    """Add the term of the things behind the number, unless the noun is rhetoric."""
    noun = _noun(clause, right, coming)
    verb, found = _verb(clause, state, right)
    stage, length = ("", right.length) if verb else _stage(clause, right, coming)
    if _names_nothing(clause, right, noun, verb, stage):
        if len(noun) > 2:
            state.thing, state.kind = noun, clause.quantity.kind
        return
    if clause.quantity.kind == "percent":
        _share_of(clause, state, noun, right, coming)
        return
    rate = right.stage if not stage and right.stage and not verb else ""
    indicator = worded(stage + _owned(_owner(clause, found), noun), clause.quantity.kind, verb)
    state.thing = noun
    for subject in naming.subjects(clause, state, coming, False):
        keep(clause, state, indicator, (noun + rate,), verb, clause.quantity.end + length, "noun-after", "", subject)
    state.history.append(noun)


def _noun(clause: Clause, right: Right, coming: Sequence[Quantity]) -> str:
    if served := _served(clause):
        return served["who"]
    noun = _shared(clause, coming) or _quoted(_of(right.noun))
    return _AND_OTHERS.sub("", noun + closing_head(clause.text, clause.quantity.end + len(clause.after), noun))


def _verb(clause: Clause, state: State, right: Right) -> tuple[str, bool]:
    """Return the verb that stays in the indicator, and whether the words before the number end with a verb."""
    left = clause.left
    verb, kept, found = ending_verb(clause.words)
    if found and verb in _NOMINAL and len(left.noun) > len(verb) + 1 and left.noun.endswith(verb):
        found = False  # 城市更新|九项重点工作: a noun that looks like a verb
    elif found and verb in _WORKS and right.stage and len(left.noun) > len(verb) + 2:
        found = False  # 向山片区综合整治|43个项目开工: whose projects they are
    elif found and kept and len(left.noun) == 2 + len(verb) == 4 and left.noun.endswith(verb):
        verb = left.noun  # 提标改造, 综合整治: how it is done stays with the verb
    if found and not kept:
        verb = ""
    if not found:
        verb = left.verb
        if clause.listed and not (left.verb or left.dropped or right.stage):
            verb = state.verb
    if left.change and not verb:
        verb = "新增" if left.change == "grow" else "减少"
    return verb, found


def _names_nothing(clause: Clause, right: Right, noun: str, verb: str, stage: str) -> bool:
    """True for rhetoric and layout, for one character, for 两大优势."""
    said = stage not in ("", right.stage)
    if (noun in abstract() and not said) or noun.endswith(_NO_THINGS):
        return True
    if not (verb or right.stage) and (noun[-2:] in abstract() - {"指标"} or noun[-1:] == "个"):
        return True
    return (len(noun) < 2 and noun not in _SHORT) or (clause.quantity.chinese and not verb)


def _owner(clause: Clause, found: bool) -> str:
    """Whose the things are: 中心城区|265个城市建设项目."""
    left = clause.left
    alone = found or clause.words.endswith(("等", "和", "、", "及", "与")) or _ASSIGNED.search(clause.words)
    if alone or len(left.noun) > 8 or left.noun in _PREPOSITIONS:
        return ""
    if left.noun and clause.gap == clause.words and clause.text[clause.begin - 1 : clause.begin] in _UNIT_ENDS:
        return ""  # 3个国家24家医院: the things of the number before
    return left.noun


def _share_of(clause: Clause, state: State, noun: str, right: Right, coming: Sequence[Quantity]) -> None:
    """98%的生活垃圾得到有效治理: the share of the things that what follows is said of."""
    share = shared_predicate(clause, right, coming)
    if share is None:
        return  # of what it is a share is told, and not what is said of them
    indicator = share_worded(noun, share[0])
    keep(clause, state, indicator, (noun,), "", share[1], "noun-after")


#: Nouns that name no thing counted, whatever stands before them: 发挥7个开发区的主战场作用.
_NO_THINGS = (
    *("之一", "作用", "潜力", "活力", "优势", "步伐", "进程", "动能", "力度", "成效", "根基", "底色", "短板", "瓶颈"),
)
#: Verbs that are the end of a noun as often: 城市更新.
_NOMINAL = frozenset(("更新", "服务", "救助", "帮扶", "绿化", "供应", "销售"))
# 9个城际|等|续建项目: the head of a list is of its last item as well.
_AND_OTHERS = re.compile(r"(?<=[\u4e00-\u9fff]{2})等(?=(?:续建|新建|重点|重大|在建)+(?:项目|工程|线路)$)")
_WORKS = frozenset(("整治", "改造", "治理", "修复", "开发", "提升"))
_UNIT_ENDS = frozenset("个家户项条座所处名位人批种")
# 入选国家、省级名单: an object that goes on behind the mark is not whole; 入选A、3个Y is.
_CLOSED = re.compile(r"$|[^、（(]|、(?=\d|居|位居|列|获|新增|增长|同比|总|数量|数均|均居|占)")
# 省里部署的8场战役: who set the task is no owner of what is counted.
_ASSIGNED = re.compile(r"(?:下达|部署|确定|交办|分解|提出|要求|规定|反馈|移交|通报)的$")


def _stage(clause: Clause, right: Right, coming: Sequence[Quantity]) -> tuple[str, int]:
    """Return what is said of the things counted, and how far it goes: 开工, 入围全省百强.

    104个已签约项目落地60%以上 says it of the share that follows, not of the 104.
    """
    end = clause.quantity.end
    if coming and coming[0].kind == "percent" and coming[0].start == end + len(clause.after):
        return "", right.cut
    if coming and coming[0].kind in ("rank", "strong") and coming[0].start == end + len(clause.after):
        # 10项指标进入全省前五: the rank tells which of them are meant.
        said = attained(clause.text[end + right.cut : coming[0].end])
        return (said, coming[0].end - end) if said else (right.stage, right.length)
    closed = not (coming and coming[0].start == end + len(clause.after)) and _CLOSED.match(
        clause.text, end + len(clause.after)
    )
    said = attained(clause.after[right.cut :]) if closed or clause.text[end + len(clause.after)] == "、" else ""
    said = said if closed else _whole(said)
    if not said and (served := _served(clause)):
        goes_on = coming and coming[0].start == end + len(clause.after)  # …发放补贴2亿元: the sum is told with it
        return served["what"], served.end("who") if goes_on else len(clause.after)
    if not said and right.cut == len(clause.after) and coming:
        said = listed_predicate(clause.text, end + len(clause.after), coming[0].start, coming[0].end)
        return (said, right.cut) if said else (right.stage, right.length)
    return (said, len(clause.after)) if said else (right.stage, right.length)


# 为235户企业|提供转贷资金: whom something is done for.
_SERVED = re.compile(
    r"(?P<who>[^，。；]{0,12}?(?:企业|主体|群众|家庭|居民|人员|学生|户|村|社区|老人|老年人|儿童|妇女|市民|职工|学校|项目|人口|残疾人|单位))"
    r"(?P<what>(?:免费|新增)?(?:提供|发放|办理|开展|进行|实施|安装|解决|减免|接种|配备|落实|兑现|协调|争取)[^，。；\d]{2,14})"
)


def _served(clause: Clause) -> re.Match[str] | None:
    return _SERVED.fullmatch(clause.after) if clause.words.endswith(("为", "向", "给", "对")) else None


def _whole(said: str) -> str:
    """What is said before 、, when it is whole: 实现全市通办、市县同权; 入选国家、省级名单 is not."""
    return said if len(said) > 5 and not said.endswith(("国家", "全国", "省级", "市级", "全省", "省", "国")) else ""


def _shared(clause: Clause, coming: Sequence[Quantity]) -> str:
    """The noun of a list that only its last item names: 2个国家级、10个自治区级示范园."""
    if not coming or coming[0].kind != clause.quantity.kind:
        return ""
    if not JOIN.match(clause.text[clause.quantity.end + len(clause.after.rstrip("和与及、")) : coming[0].start]):
        return ""
    following = re.split("[，。；、和\n]", clause.text[coming[0].end : coming[0].end + 30])[0]
    return shared_head(clause.after.rstrip("和与及"), following)


def _owned(owner: str, noun: str) -> str:
    return "" + owner + noun if owner and not noun.startswith(owner) else noun


def _of(noun: str) -> str:
    """空置率30%—50%的“空心村” counts “空心村”; a threshold, 年产值10亿元以上的企业, makes a class and stays."""
    head, _, rest = noun.rpartition("的")
    if rest in _ASPECTS and len(head) > 2:
        return head  # 升级2250家驿站的服务功能
    if not head or len(rest) < 2 or not re.search(r"\d", head):
        return noun
    return head + rest if head.endswith(("以上", "以下")) else rest


_ASPECTS = frozenset(
    ("功能", "服务功能", "特色服务功能", "能力", "水平", "环境", "条件", "质量", "风貌", "面貌", "设施")
)
# 企业“上云”, 村“三变”: what they do stands behind those who are counted.
_DOES = re.compile(
    r"(?P<who>[^“”]{0,6}(?:企业|公司|高企|国企|村|社区|园区|学校|医院|家庭|农户|项目|事项))(?P<does>“[^“”]{2,8}”)"
)


def _quoted(noun: str) -> str:
    """实现120家以上企业“破零倍增” counts “破零倍增”企业."""
    match = _DOES.fullmatch(noun)
    return match["does"] + match["who"] if match else noun
