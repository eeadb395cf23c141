"""What the verbs around a work say of it: which they are, whether what they say is done, the stage they tell.

A reading and tokens in, verbs and stages out. Used by the finders of stages and of groups of projects.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from kg.extract.projects import works
from kg.extract.projects.works import Token, Verb
from kg.extract.reading import Reading

_AHEAD = re.compile(r"力争|确保|争取|尽快|尽早|早日|将|拟|计划|年底前?(?!以来)|力促|今年|明年|年内|目标|下一步")
#: Words of what is still hoped for, in a review as well.
HOPED = re.compile(
    "力争|确保|争取|尽快|尽早|早日|力促|即将|在即|指日可待|(?:年|月)底前(?:将|可|能|建成|完成|竣工|投|开|封)|(?<!当)年内(?!已)"
)
_DONE = re.compile("已|基础上|以来")
# Which of several stages counts: an early one (前期) is not overruled by 推进, an end (竣工) is told before its means.
RANK = {
    "idea": 0,
    "planning": 1,
    "preparatory": 1,
    "completed": 2,
    "in_operation": 3,
    "started": 4,
    "planned": 5,
    "in_progress": 6,
}


def around(tokens: Sequence[Token], start: int, end: int) -> list[Token]:
    """Return the verbs before the list that holds a stretch, and after it up to the next name outside the list."""
    at = [n for n, token in enumerate(tokens) if token.start < end and token.end > start]
    if not at:
        return []
    whole = (at[0], at[-1], at[0])
    _, last, lead = next((found for found in works.chained(tokens) if found[0] <= at[0] <= found[1]), whole)
    last = max(last, at[-1])
    before: list[Token] = []
    index = lead - 1
    while index >= 0 and tokens[index].kind not in (works.NAME, works.SEP, works.ETC):
        if tokens[index].word in works.verbs():
            before.insert(0, tokens[index])
        index -= 1
    after: list[Token] = []
    index = last + 1
    while index < len(tokens) and tokens[index].kind not in (works.ETC, works.NAME):
        if tokens[index].word == "的" or (tokens[index].kind == works.SEP and not _goes_on(tokens, index + 1)):
            break
        if works.says_of_before(tokens, index) and not _is_listed(tokens, index):
            after.append(tokens[index])
        index += 1
    return before + after


def _is_listed(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a verb ends the last name of a list: 推进甲高速、乙河复航（某段）等重大工程 opens no motorway."""
    rest = [token for token in tokens[index + 1 : index + 4] if not token.word.startswith("（")]
    return len(rest) > 1 and rest[0].word == "等" and rest[1].word.endswith(("工程", "项目"))


def _goes_on(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether after a comma nothing is named and one more stage is told: 甲道路当年开工、当年通车."""
    rest = list(itertools.takewhile(lambda token: token.kind not in (works.SEP, works.ETC), tokens[index:]))
    named = any(token.kind == works.NAME for token in rest)
    return not named and any(works.says_of_before(tokens, tokens.index(token)) for token in rest)


def is_done(reading: Reading, start: int, clause: str, after: bool) -> bool:
    """Tell whether what a clause says of the work at ``start`` is done; ``after`` when its verbs stand behind it."""
    if HOPED.search(clause) or _later(reading, start, clause) or _in_future(reading, clause):
        return False
    if reading.setting_at(start).stance == "review" or _DONE.search(clause):
        return True
    return after and _is_told(reading, start, clause)


_YEAR = re.compile(r"(20\d\d)(?=年)")


def _in_future(reading: Reading, clause: str) -> bool:
    """Whether a clause names a year after that of its document: 甲公园2023年建成 in a plan of 2021."""
    written = (reading.document.date or "")[:4]
    return written.isdigit() and any(int(year) > int(written) for year in _YEAR.findall(clause))


_MONTH = re.compile(r"(?<!\d)(\d{1,2})月(?!\d*日?以来)")


def _later(reading: Reading, start: int, clause: str) -> bool:
    """Whether a clause names a month of the document's own year that was still to come: in June, 8月开工."""
    written = (reading.document.date or "").split("-")
    if len(written) < 2 or not all(part.isdigit() for part in written[:2]):
        return False
    told = _MONTH.search(clause)
    setting = reading.setting_at(start)
    same = setting.year in (None, int(written[0])) and "年" not in clause
    return bool(told) and same and told is not None and int(told[1]) > int(written[1])


# A plan says what shall be done before it names the work; 芜黄高速建成通车 with none of these before it tells a fact
# (in 40 reports five of six such clauses stood in the review).
_PLANS = re.compile("力争|确保|争取|力促|推动|推进|实现|抓好|促进|今年|明年|年内|年底|将|要|全力|着力|目标|计划")


def _is_told(reading: Reading, start: int, clause: str) -> bool:
    line = reading.line_at(start)
    return not _PLANS.search(reading.text, line.start, start) and not _AHEAD.search(clause)


def stage(told: Sequence[Verb], done: bool) -> str:
    """Return the stage that several verbs tell together.

    >>> stage([works.verbs()["推动"], works.verbs()["竣工通车"]], done=False)
    'planned'
    """
    best = min(told, key=lambda verb: RANK[verb.done])
    if done:
        return best.done
    if best.done == "in_progress" and any(verb.ahead == "in_progress" for verb in told):
        return "in_progress"
    return best.ahead
