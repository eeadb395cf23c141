"""Stages of projects: what the clause around a project says of it, from an idea to operation.

Words of completion in a plan (漉浦东路竣工通车 next year) make a project ``planned``; in a review they make it done.
What is planned keeps the stage it is to reach (``aim``) and by when (``year``), so that later texts can answer it.

>>> # plan: 加快建设醴娄高速扩容工程 -> in_progress; review: 芜黄高速建成通车 -> completed
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from kg.extract.projects import progress, works
from kg.extract.projects.entries import Entry, entries
from kg.extract.projects.works import Verb
from kg.extract.reading import Found, Reading, Related

KIND = "projectStage"


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
            attributes = _attributes(reading, project.start, told, reading.text[slice(*clause)])
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
                attributes = _attributes(reading, project.start, told, reading.text[slice(*entry.said)])
                end = max(entry.said[1], project.end)
                out.append(Related(entry.start, end, KIND, project, None, attributes, "stages:entry"))
    return out


class Told(NamedTuple):
    """What is said of a work: its stage, the words that say so, and the stage it is to reach when it is planned."""

    stage: str
    words: str
    aim: str


# 2023年底前建成, 到2025年建成; 2019年开工的甲路 says when it began.
_BY = re.compile(r"(?P<year>20\d\d)年(?!开工|启动|动工|以来|已)")


def _attributes(reading: Reading, start: int, told: Told, said: str) -> tuple[tuple[str, str], ...]:
    """Stage and words; of what is planned also the stage to be reached, and the last year of its period."""
    stage = ("stage", told.stage), ("stage_text", told.words)
    if not told.aim:
        return stage
    year = _due(reading, start, said)
    return (("aim", told.aim), *stage, *((("year", str(year)),) if year else ()))


def _due(reading: Reading, start: int, said: str) -> int | None:
    """The year by which a plan is to come true: that of the clause, else of the section, never before the plan's."""
    setting, planned = reading.setting_at(start), reading.context.plan_year
    named = [int(match["year"]) for match in _BY.finditer(said)]
    year = named[-1] if named else setting.year if setting.stance == "plan" else planned
    return max(year or 0, planned or 0) or None


def _state(text: str, entry: Entry) -> Told | None:
    table = works.verbs()
    words = [token.word for token in works.tokens(text, *entry.said) if token.word in table]
    if not words or entry.said == (entry.start, entry.end):
        return None
    said = text[slice(*entry.said)]
    done = not progress.HOPED.search(said) and not _STILL.search(said)
    return _tell([table[word] for word in words], done, words)


def _told(reading: Reading, project: Found, clause: tuple[int, int]) -> Told | None:
    text = reading.text
    tokens = works.tokens(text, *clause)
    verbs = progress.around(tokens, project.start, project.end)
    if not verbs:
        return None
    done = progress.is_done(reading, project.start, text[clause[0] : clause[1]], after=verbs[0].start >= project.end)
    table = works.verbs()
    told = [(table[token.word], token.word) for token in verbs]
    if _PART.match(text, project.end, verbs[-1].start) or works.PARTS.match(text, verbs[-1].end):
        told = [(verb if verb.done != "completed" else table["施工"], word) for verb, word in told]
    return _tell([verb for verb, _ in told], done, [word for _, word in told])


# 甲公路路基全线贯通: a part of it is done, the whole goes on.
# A bracket may tell which part of it: 第二净水厂（一期）主体完工.
_PART = re.compile("(?:（[^）]{1,12}）)?(?:主体|路基|桥面|土建|铺轨|架梁|部分|先导段|首开段|一标段|征地)")


def _tell(told: Sequence[Verb], done: bool, words: Sequence[str]) -> Told:
    """Stage, words and aim of several verbs; 确保竣工 is planned, and aims at completion."""
    stage, reached = progress.stage(told, done), progress.stage(told, done=True)
    return Told(stage, "…".join(words), reached if stage == "planned" != reached else "")
