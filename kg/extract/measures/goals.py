"""Goals and results without a number: 全覆盖, 创建国家卫生城市, 保持稳定, 动态清零.

Kept to wordings that leave no doubt; their ``value`` is None. In goes a reading, out come spans with
the comparator that says what kind of goal it is; ``measures`` adds period and place.

    >>> [(g.indicator, g.code) for g in scan("推动零就业家庭动态清零，创建国家生态园林城市。")]
    [('零就业家庭动态清零', 'achieve'), ('创建国家生态园林城市', 'achieve')]
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg import zh
from kg.extract.anchors import Anchored
from kg.extract.measures.clauses import Left, read_left
from kg.extract.measures.wording import complete, usual


class Goal(NamedTuple):
    """A goal or result in words."""

    start: int
    end: int
    indicator: str
    code: str
    unit: str | None = None
    text: str | None = None
    value: str | None = None  #: digits of an amount told in words (千亿时代)


_TRIGGER = Anchored(
    r"(?=[全动清总保基“破零低高快好创争建巩持稳转升迈跨进步挺])(?:(?P<cover>全覆盖)(?=[，。；、！\n])"
    r"|(?P<clear>动态清零|全面清零|清零)(?=[，。；、！\n])"
    r"|(?:总体)?(?:保持|基本)(?:基本)?(?P<keep>稳定|平稳)(?=[，。；、！\n])"
    r"|(?P<first>“破零”|破零|零的突破)(?=[，。；、！\n])"
    r"|(?P<reference>(?:低于|高于|快于|好于)(?:全国|全省|全市)?[^，。；、\d]{0,8}(?:平均水平|平均|增长|增速|水平|目标))(?=[，。；、！\n])"
    r"|(?P<verb>创建|争创|创成|建成|巩固)(?P<title>(?:国家|全国|省级|国家级)[一-鿿“”]{2,18}?"
    r"(?:城市|示范区|示范市|示范县|先行区|试验区|模范城|卫生县城|先进区|示范省))(?P<kept>创建成果)?(?=[，。；、！和\n])"
    r"|(?P<better>(?:持续)?(?:保持|稳定)并(?:持续)?改善)(?P<good>[一-鿿]{2,10})(?=[，,。；！\n])"
    r"|(?P<into>(?:转型|升级|升格)为)(?P<rank>[一-鿿]{0,10}?(?:高新区|经开区|开发区|综保区|示范区|自创区))(?=[，,。；！\n])"
    r"|(?P<enters>迈入|跨入|进入|步入|迈进|跨进|挺进|迈向)(?:以[^，,。；\n]{2,30}的)?"
    r"(?P<era>[一-鿿]{0,6}?“?(?:[一二三四五六七八九两]?[百千万]亿)(?:元)?(?:时代|俱乐部|方阵|梯队))(?=[，,。；！”\n]))",
    [
        *("全覆盖", "清零", "稳定", "平稳", "破零", "零的突破", "低于", "高于", "快于", "好于", "改善"),
        *("创建", "争创", "创成", "建成", "巩固", "转型为", "升级为", "升格为"),
        *("迈入", "跨入", "进入", "步入", "迈进", "跨进", "挺进", "迈向"),
    ],
    before=9,
)
#: The amount of an era: 县域经济|千亿|时代.
_AMOUNT = re.compile(r"(?P<n>[一二三四五六七八九两]?)(?P<unit>百亿|千亿|万亿)(?:元)?(?=时代|俱乐部|方阵|梯队)")
_HUNDREDS = {"百亿": 100, "千亿": 1000, "万亿": 10000}
_STOPS = re.compile(r"[，。；、：！\n]")
_LONGEST = 26  # a longer clause is no plain statement
# 城镇化率远|低于, 主要指标七项|高于: how much, and how many of them.
_DEGREE = re.compile(
    r"(?:远|明显|显著|大幅|持续|始终|均|都|一直|稍|略|普遍|总体|继续|连续.{1,4}年|[一二两三四五六七八九十]+年)+$"
)
_SO_MANY = re.compile(r"[一二两三四五六七八九十]项$")
_HOW = frozenset(("限时", "全部", "基本", "按期", "即时", "动态", "及时", "全面", "如期"))
_REALISED = re.compile(r"(?:率先|基本|逐步)?实现")


def scan(text: str) -> list[Goal]:
    """Return the goals without a number of a text, in order."""
    found = (_goal(text, match) for match in _TRIGGER.finditer(text))
    return [goal for goal in found if goal and complete(goal.indicator)]


def _goal(text: str, match: re.Match[str]) -> Goal | None:
    if match["verb"]:
        return _created(match)
    if match["era"]:
        return _era(text, match)
    words = _clause(text, match.start())
    left = read_left(words)
    hollow = len(left.noun) < 2 or (match["clear"] and left.noun in _HOW)
    if hollow or re.search(r"\d", words) or words.count("“") != words.count("”"):
        return None
    start, end = match.start() - len(words), match.end()
    if match["better"]:
        return Goal(start, end, match["good"], "maintain_or_improve", None, match["better"])
    if match["into"]:
        return Goal(start + left.offset, end, left.noun + match["into"] + match["rank"], "achieve", None, match["into"])
    if match["cover"]:
        return Goal(start, end, usual(_named(left)) + "覆盖率", "full_coverage", None, "全覆盖")
    if match["clear"]:
        return Goal(start, end, _named(left) + match["clear"], "achieve", None, match["clear"])
    if match["first"]:
        noun = re.sub(r"(?:实现|取得|完成)$", "", left.noun or words)
        noun = noun + "企业" if noun.endswith("上市") else noun
        unit = "家" if noun.endswith(("企业", "公司")) else "个"
        return Goal(start, end, usual(noun) + "“破零”", ">=", unit, match["first"], "1")
    if match["keep"]:
        return Goal(start, end, usual(left.noun), "maintain", None, match["keep"])
    return _compared(left, match, start, end)


def _compared(left: Left, match: re.Match[str], start: int, end: int) -> Goal | None:
    """增速高于全国平均水平, 贷款增速不低于全省."""
    code = "<ref" if match["reference"].startswith("低于") else ">ref"
    bare, refused = left.noun.removesuffix("不"), left.noun.endswith("不")
    if refused:  # 增速不低于全国平均水平
        code = {"<ref": ">ref", ">ref": "<ref"}[code]
    bare = _DEGREE.sub("", bare)
    if len(bare) < 2 or _SO_MANY.search(bare):
        return None
    noun = usual(usual(bare) + ("增速" if left.change == "grow" else ""))
    return Goal(start, end, noun, code, "%", match["reference"])


_AT_WORK = re.compile(
    r"(?:正在|大力|全力|积极|深入|扎实|持续|启动|全面启动|开展|着力|支持|推动|推进|加快|争取|力争|谋划|申报|助力|全域|有序)(?:推进|开展|整建制)?$"
)
_PROMOTED = re.compile(
    r"^(?:积极|加快|全力|努力|持续|大力|全面|着力)*(?:推进|推动|促进|力争|争取|加快)(?!.*(?:实现|达到))"
)


def under_way(text: str, goal: Goal) -> bool:
    """Whether something is only worked at: 大力创建国家森林城市, 推进镇街监管全覆盖.

    >>> goals = scan("积极争创国家卫生城市。成功创建国家森林城市。")
    >>> [under_way("积极争创国家卫生城市。成功创建国家森林城市。", goal) for goal in goals]
    [True, False]
    """
    before, words = text[max(0, goal.start - 6) : goal.start], text[goal.start : goal.end]
    if goal.code == "achieve" and words.startswith(("创建", "争创")):
        return words.startswith("争创") or bool(_AT_WORK.search(before))
    return goal.code == "full_coverage" and bool(_PROMOTED.match(words))


def _clause(text: str, end: int) -> str:
    """The words of the clause before an offset; empty when it is too long to be understood."""
    window = text[max(0, end - _LONGEST) : end]
    stops = [stop for stop in _STOPS.finditer(window) if not _inside_quotes(window, stop.start())]
    if not stops and len(window) == _LONGEST:
        return ""
    return window[stops[-1].end() :] if stops else window


def _inside_quotes(window: str, at: int) -> bool:
    """Whether a stop stands inside a quotation: “双随机、一公开”监管全覆盖."""
    return window[at] == "、" and window.rfind("“", 0, at) > window.rfind("”", 0, at) and "”" in window[at:]


def _named(left: Left) -> str:
    return _REALISED.sub("", left.verb + left.noun)


def _created(match: re.Match[str]) -> Goal | None:
    maintained = match["verb"] == "巩固"
    if maintained != bool(match["kept"]):
        return None
    code = "maintain" if maintained else "achieve"
    return Goal(match.start(), match.end(), "创建" + match["title"], code, None, match["verb"])


def _era(text: str, match: re.Match[str]) -> Goal | None:
    """迈入县域经济千亿时代: a threshold told in words, with its amount in 亿元; of something, told before or behind."""
    amount = _AMOUNT.search(match["era"])
    words = _clause(text, match.start())
    left = read_left(words)
    if not amount or (len(left.noun) < 2 and amount.start() < 2):
        return None
    noun = words[left.offset :] if amount.start() < 2 else ""
    start = match.start() - (len(words) - left.offset if noun else 0)
    value = int(zh.number(amount["n"] or "一") or 1) * _HUNDREDS[amount["unit"]]
    indicator = noun + match["enters"] + match["era"].replace("“", "")
    return Goal(start, match.end(), indicator, ">=", "亿元", None, str(value))
