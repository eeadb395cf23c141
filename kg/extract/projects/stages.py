"""Stages of projects: what the clause around a project says of it, from an idea to operation.

Words of completion in a plan (漉浦东路竣工通车 next year) make a project ``planned``; in a review they make it done.

>>> # plan: 加快建设醴娄高速扩容工程 -> in_progress; review: 芜黄高速建成通车 -> completed
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from kg.extract.projects import works
from kg.extract.projects.entries import Entry, entries
from kg.extract.projects.works import Token, Verb
from kg.extract.reading import Found, Reading, Related

KIND = "projectStage"
_AHEAD = re.compile(r"力争|确保|争取|尽快|尽早|早日|将|拟|计划|年底前?(?!以来)|力促|今年|明年|年内|目标|下一步")
_HOPED = re.compile(
    "力争|确保|争取|尽快|尽早|早日|力促|即将|(?:年|月)底前(?:将|可|能|建成|完成|竣工|投|开|封)|(?<!当)年内(?!已)"
)
_DONE = re.compile("已|基础上|以来")
# Which of several stages counts: an early one (前期) is not overruled by 推进, an end (竣工) is told before its means.
_RANK = {"idea": 0, "preparatory": 1, "completed": 2, "in_operation": 3, "started": 4, "planned": 5, "in_progress": 6}


def find(reading: Reading) -> Sequence[Related]:
    """Return the stage of every project mention that has one, with its clause as evidence."""
    out = _of_entries(reading)
    bounds = works.clauses(reading.text)
    starts = [start for start, _ in bounds]
    for project in reading.found("project"):
        if project.rule == _ENTRY:
            continue
        clause = bounds[bisect_right(starts, project.start) - 1]
        told = _told(reading, project, clause)
        if told:
            stage, words = told
            attributes = (("stage", stage), ("stage_text", words))
            out.append(
                Related(clause[0], max(clause[1], project.end), KIND, project, None, attributes, "stages:clause")
            )
    return out


_ENTRY = "projects:entry"
_STILL = re.compile("计划|拟|将|待|尚未|预计|目标")


def _of_entries(reading: Reading) -> list[Related]:
    """Stages told in lists and tables: the state as it stands, unless it is hoped or planned."""
    projects = [item for item in reading.found("project") if item.rule == _ENTRY]
    out = []
    for entry in entries(reading.text) if projects else ():
        told = _state(reading.text, entry)
        for project in projects if told else ():
            if entry.start <= project.start < entry.end and told:
                attributes = (("stage", told[0]), ("stage_text", told[1]))
                end = max(entry.said[1], project.end)
                out.append(Related(entry.start, end, KIND, project, None, attributes, "stages:entry"))
    return out


def _state(text: str, entry: Entry) -> tuple[str, str] | None:
    table = works.verbs()
    words = [token.word for token in works.tokens(text, *entry.said) if token.word in table]
    if not words or entry.said == (entry.start, entry.end):
        return None
    said = text[slice(*entry.said)]
    done = not _HOPED.search(said) and not _STILL.search(said)
    return _stage([table[word] for word in words], done), "…".join(words)


def _told(reading: Reading, project: Found, clause: tuple[int, int]) -> tuple[str, str] | None:
    text = reading.text
    tokens = works.tokens(text, *clause)
    verbs = _around(tokens, project)
    if not verbs:
        return None
    done = _is_done(reading, project, text[clause[0] : clause[1]], after=verbs[0].start >= project.end)
    table = works.verbs()
    told = [(table[token.word], token.word) for token in verbs]
    if _PART.match(text, project.end, verbs[-1].start) or works.PARTS.match(text, verbs[-1].end):
        told = [(verb if verb.done != "completed" else table["施工"], word) for verb, word in told]
    stage = _stage([verb for verb, _ in told], done)
    return stage, "…".join(word for _, word in told)


# 甲公路路基全线贯通: a part of it is done, the whole goes on.
_PART = re.compile("主体|路基|桥面|土建|铺轨|架梁|部分|先导段|首开段|一标段|征地")


def _around(tokens: Sequence[Token], project: Found) -> list[Token]:
    """Verbs before the list that holds a project, and after it up to the next name that is no part of the list."""
    at = [n for n, token in enumerate(tokens) if token.start < project.end and token.end > project.start]
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
    while index < len(tokens) and tokens[index].kind not in (works.SEP, works.ETC, works.NAME):
        if tokens[index].word == "的":
            break
        if works.says_of_before(tokens, index):
            after.append(tokens[index])
        index += 1
    return before + after


def _is_done(reading: Reading, project: Found, clause: str, after: bool) -> bool:
    if _HOPED.search(clause) or _later(reading, project, clause):
        return False
    if reading.setting_at(project.start).stance == "review" or _DONE.search(clause):
        return True
    return after and _is_told(reading, project, clause)


_MONTH = re.compile(r"(?<!\d)(\d{1,2})月(?!\d*日?以来)")


def _later(reading: Reading, project: Found, clause: str) -> bool:
    """Whether a clause names a month of the document's own year that was still to come: in June, 8月开工."""
    written = (reading.document.date or "").split("-")
    if len(written) < 2 or not all(part.isdigit() for part in written[:2]):
        return False
    told = _MONTH.search(clause)
    setting = reading.setting_at(project.start)
    same = setting.year in (None, int(written[0])) and "年" not in clause
    return bool(told) and same and told is not None and int(told[1]) > int(written[1])


# A plan says what shall be done before it names the work; 芜黄高速建成通车 with none of these before it tells a fact
# (in 40 reports five of six such clauses stood in the review).
_PLANS = re.compile("力争|确保|争取|力促|推动|推进|实现|抓好|促进|今年|明年|年内|年底|将|要|全力|着力|目标|计划")


def _is_told(reading: Reading, project: Found, clause: str) -> bool:
    line = reading.line_at(project.start)
    return not _PLANS.search(reading.text, line.start, project.start) and not _AHEAD.search(clause)


def _stage(told: Sequence[Verb], done: bool) -> str:
    """The stage several verbs tell together.

    >>> _stage([works.verbs()["推动"], works.verbs()["竣工通车"]], done=False)
    'planned'
    """
    best = min(told, key=lambda verb: _RANK[verb.done])
    if done:
        return best.done
    if best.done == "in_progress" and any(verb.ahead == "in_progress" for verb in told):
        return "in_progress"
    return best.ahead
