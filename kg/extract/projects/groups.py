"""Groups of projects: 26个项目 behind its named members, 600个市级重大项目 by itself.

Tokens of a clause in, mentions with a count out. A group is named by its place, its number, what tells its members
from others, and the year. Where nothing else tells them from others their stage does, in the words in which the genre
sums projects up (拟开工, 在建, 竣工投用): 26 projects to be begun and 26 under way are not one group.

>>> # 推进甲煤电、乙二期等26个项目尽快开工 in a plan for 2022 -> 渌口区26个拟开工项目（2022）
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg import zh
from kg.extract.projects import progress, worknames, works
from kg.extract.projects.works import Token
from kg.extract.reading import Found, Reading

# 26个项目, 600个市级重大项目, 10条“断头路”.
_GROUP = re.compile(
    r"(?P<count>\d+|[一二三四五六七八九十百两]+)(?P<unit>[个条座项处])(?P<rest>(?!已|签约|在谈)[^，。、]{0,24}?(?:项目|工程|改造|路”|路))"
)
_PLAIN = frozenset(("项目", "工程"))


def counted(word: str) -> bool:
    """Tell whether a word is a number of projects and nothing more."""
    return _GROUP.fullmatch(word) is not None


def listed(reading: Reading, tokens: Sequence[Token], token: Token, named: bool) -> Found:
    """Return the group that closes a list: 甲、乙等|26个项目; ``named`` when the list names members."""
    return _group(reading, tokens, token.start, token.end, "group" if named else "lone-group")


def alone(reading: Reading, tokens: Sequence[Token], token: Token, verb: str) -> Iterator[Found]:
    """Yield 600个市级重大项目: a number of projects that are told from others by what stands before 项目."""
    lead = worknames.LEAD.match(token.word)
    start = token.start + (lead.end() if lead else 0)
    group = _GROUP.fullmatch(reading.text, start, token.end)
    if group is None or verb == works.SOFT:
        return
    qualifier = re.sub(r"项目$|工程$|改造$", "", group["rest"])
    if group["rest"].endswith("项目") and len(qualifier) >= 2 and not re.search("元|以上", qualifier):
        yield _group(reading, tokens, start, token.end, "lone-group")


def _group(reading: Reading, tokens: Sequence[Token], start: int, end: int, rule: str) -> Found:
    group = _GROUP.fullmatch(reading.text, start, end)
    words = reading.text[start:end]
    home, year = reading.context.home, reading.setting_at(start).year
    if group and group["rest"] in _PLAIN:
        words = group["count"] + group["unit"] + _stage(reading, tokens, start, end) + group["rest"]
    value = zh.number(group["count"]) if group else None
    name = f"{home.name if home else ''}{words}{f'（{year}）' if year else ''}"
    place, count = home.code if home else "", int(value) if value is not None else None
    return Found(start, end, "project", name, f"projects:{rule}", place, count=count)


#: How the genre sums up projects at a stage; an end is told as in the text where that has a word for it (竣工投用).
_SUMMED = {
    "idea": "谋划", "planning": "规划", "preparatory": "前期", "planned": "拟建", "in_progress": "在建",
    "completed": "建成", "in_operation": "投用",
}  # fmt: skip
_ENDS = re.compile("竣工|完工|投[产用运]|建成|通车|交付|运营")


def _stage(reading: Reading, tokens: Sequence[Token], start: int, end: int) -> str:
    """The stage of a group as a word before 项目; empty when the clause tells none."""
    table = works.verbs()
    verbs = progress.around(tokens, start, end)
    if not verbs:
        return ""
    telling = min(verbs, key=lambda token: progress.RANK[table[token.word].done])
    stage = table[telling.word].done
    if _ENDS.search(telling.word):
        return telling.word
    if stage in _SUMMED:
        return _SUMMED[stage]
    clause = reading.text[tokens[0].start : tokens[-1].end]
    done = progress.is_done(reading, start, clause, after=verbs[0].start >= end)
    return "开工" if done else "拟开工"
