"""Who is credited with a text: reporters, editors, designers. They are not officials, though they stand like them.

Four forms are known, all of them closed, so that running text (记者从区政府获悉) is never taken for one::

    role, sign, names         株洲日报·掌上株洲记者/邓伟勇   责任编辑:盛荣 美术编辑:左骏
    role, blank, names        株洲日报记者 邓伟勇   记者 张三 李四 摄
    role, names in brackets   （记者 王五）   （本报记者王五 通讯员李四）
    names, sign, role         邓伟勇/文   （张三 摄）

After the names must come the end of the line, a bracket or the next credit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Roles of the press, which may be followed by a blank or a dot alone, or in brackets by nothing.
PRESS = ("特约通讯员", "特约记者", "见习记者", "实习记者", "首席记者", "记者", "通讯员", "实习生", "摄影", "作者")
#: Roles of an imprint, which are followed by a colon or a slash. Source: imprints of city newspapers and sites.
IMPRINT = (
    "责任编辑", "美术编辑", "文字编辑", "执行编辑", "网络编辑", "值班编辑", "责任校对", "编辑", "责编", "美编", "校对",
    "版式设计", "版面设计", "版式", "设计", "制图", "绘图", "制表", "漫画", "插画", "摄像", "供图", "供稿", "撰文",
    "撰稿", "执笔", "整理", "编审", "编校", "审核", "审校", "初审", "复审", "终审", "一审", "二审", "三审", "值班编委",
    "主编", "策划", "统筹", "监制", "监审", "签发", "剪辑", "视频", "配音", "播音",
)  # fmt: skip
#: Roles of one character, which stand apart from other words.
SHORT = ("文", "图", "摄")
#: Words that stand where a name could but are none.
NOT_NAMES = frozenset(
    "手记 观察 调查 连线 感言 点评 推荐 获悉 了解 了解到 报道 注意 注意到 看到 发现 采访 提问 说明 综合 整理 专访 札记"  # noqa: SIM905 - quoted one by one they are harder to read
    " 从业 协会 方案 理念 大赛 单位 图片 部门 意见 结果 制作 效果 您好 你好 请问 谢谢 本报 本刊 本网 本台 新华".split()
)
#: Names of bodies end like this; those of people do not.
BODY_ENDS = ("部", "处", "室", "局", "组", "报", "网", "院", "办", "厅", "中心", "公司", "集团", "频道", "平台", "华社")

#: A credit stands in a line of its own: this many characters may come before its role, and after it.
NEAR = 60
REACH = 200

_HAN = r"\u4e00-\u9fff\u3400-\u4dbf"
_BLANK = r"[ \t\u3000\xa0]"
# One branch of literals first: only then does re skip quickly to the next candidate.
_CREDIT = re.compile(
    rf"(?P<role>{'|'.join((*PRESS, *IMPRINT, *SHORT))})"
    rf"(?P<sign>{_BLANK}*[/／:：|｜·•]{_BLANK}*|{_BLANK}+|)(?=[{_HAN}])"
)
# The name of a person with dots (阿迪力·买买提), of two characters set apart (左 骏), or of two to four characters.
_NAME = re.compile(
    rf"(?:[{_HAN}]{{1,7}}(?:[·•][{_HAN}]{{1,7}}){{1,3}}|[{_HAN}]{_BLANK}{{1,2}}[{_HAN}]|[{_HAN}]{{2,4}})(?![{_HAN}·•:：])"
)
_BETWEEN = re.compile(rf"{_BLANK}*[、/／|｜]{_BLANK}*|{_BLANK}+")
_STOP = re.compile(r"[\n\r)）】\]」<>。；;！？!?]")
# What may follow the names: nothing, what they did, the body of the next reporter, another field of the imprint.
_AFTER = re.compile(
    rf"{_BLANK}*(?:文并摄|摄影报道|综合报道|报道|供图|供稿|整理|摄影|[文图摄])?[/／{_BLANK[1:-1]}]*"
    rf"(?:$|{_BLANK}[^\s:：]{{1,8}}[:：].*$)",
    re.DOTALL,
)
_ACTION = re.compile(rf"{_BLANK}*(?:文并摄|摄影报道|综合报道|报道|摄){_BLANK}*$")
_ANYTHING = re.compile(rf"$|{_BLANK}")
_BEFORE_NEXT = re.compile(rf"{_BLANK}*[{_HAN}·•、]{{0,20}}{_BLANK}*")
_TAKEN = re.compile(
    rf"(?:[ \t\u3000\xa0/／])(?P<role>摄影报道|摄影|供图|制图|文|图|摄)"
    rf"(?={_BLANK}*(?:[\n\r)）<]|\Z|[{_HAN}]{{2,3}}{_BLANK}*[/／]))"
)
_BEFORE_TAKEN = re.compile(
    rf"(?:^|[^{_HAN}{_BLANK[1:-1]}、])(?:[文图摄]{_BLANK}+)?{_BLANK}*([{_HAN} \t\u3000、]{{2,30}})\Z"
)


def bylines(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, role) of every credited name, in the order of the text.

    ``责任编辑:盛荣 美术编辑:左骏`` gives 盛荣 as 责任编辑 and 左骏 as 美术编辑. Works on any text: pass the view of a
    document and map the offsets back, or the source itself.
    """
    found = {(start, end): role for start, end, role in _taken(text)}
    matches = [match for match in _CREDIT.finditer(text) if _is_credit(match)]
    for index, match in enumerate(matches):
        following = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        found.update(dict.fromkeys(_credited(text, match, following), match["role"]))
    return [(start, end, role) for (start, end), role in sorted(found.items())]


def _is_credit(match: re.Match[str]) -> bool:
    """Tell whether role and sign go together: imprint roles need a colon or slash, short ones must stand apart."""
    if match["role"] in PRESS:
        return True
    if not match["sign"].strip(" \t\u3000\xa0|｜·•"):
        return False
    apart = match.start() == 0 or not re.match(f"[{_HAN}]", match.string[match.start() - 1])
    return apart or match["role"] not in SHORT


def _credited(text: str, match: re.Match[str], following: int) -> list[tuple[int, int]]:
    """Return the spans of the names of one credit, none when it is not one."""
    in_brackets = _opens_bracket(text, match.start())
    if not in_brackets and not _starts_line(text, match.start()):
        return []
    stop = _STOP.search(text, match.end(), match.end() + REACH)
    limit = stop.start() if stop else min(len(text), match.end() + REACH)
    slash = "/" in match["sign"] or "／" in match["sign"]
    if not slash and stop and stop[0] in "。；;！？!?" and following > limit:
        return []
    end = min(limit, following)
    spans, reached = _names(text, match.end(), end)
    if following < limit and spans and spans[-1][1] == following and not in_brackets:
        spans.pop()  # 美术 of 美术编辑 is no name
    if not spans:
        return []
    after = _ACTION if not match["sign"] and not in_brackets else _ANYTHING if slash else _AFTER
    closed = after.match(text, reached, end) or (following < limit and _BEFORE_NEXT.fullmatch(text, reached, end))
    return [span for span in spans if _is_name(text[slice(*span)])] if closed else []


def _names(text: str, start: int, end: int) -> tuple[list[tuple[int, int]], int]:
    """Return the spans of names in a row, and where the row ends."""
    spans: list[tuple[int, int]] = []
    reached = start
    position = start
    while (match := _NAME.match(text, position, end)) and match[0] not in NOT_NAMES:
        spans.append(match.span())
        reached = match.end()
        between = _BETWEEN.match(text, reached, end)
        if between is None:
            break
        position = between.end()
    return spans, reached


def _is_name(word: str) -> bool:
    return word not in NOT_NAMES and not (len(word) > 2 and word.endswith(BODY_ENDS))


def _opens_bracket(text: str, position: int) -> bool:
    """Tell whether a bracket opens shortly before, as in （本报记者王五）."""
    before = text[max(0, position - NEAR) : position]
    opened = max(before.rfind("（"), before.rfind("("))
    return opened >= 0 and not _STOP.search(before, opened) and "，" not in before[opened:]


def _starts_line(text: str, position: int) -> bool:
    before = text[max(0, position - NEAR) : position]
    return position <= NEAR or "\n" in before or "。" in before[-1:] or ">" in before


def _taken(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the names that stand before their role: 邓伟勇/文, （张三 摄）."""
    for match in _TAKEN.finditer(text):
        nearest = max(0, match.start() - 32)
        start = max(text.rfind("\n", nearest, match.start()) + 1, nearest)
        before = _BEFORE_TAKEN.search(text[start : match.start()])
        if before is None or not before[1].strip():
            continue
        first = start + before.start(1) + len(before[1]) - len(before[1].lstrip())
        spans, reached = _names(text, first, match.start())
        words = [text[slice(*span)] for span in spans]
        if reached == match.start() - len(before[1]) + len(before[1].rstrip()) and all(map(_is_person, words)):
            yield from ((*span, match["role"]) for span in spans)


def _is_person(word: str) -> bool:
    return _is_name(word) and not any(role in word for role in PRESS + IMPRINT)
