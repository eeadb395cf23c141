"""The table of the named questions, and the one function that asks them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import QueryError
from kg.query.questions import (
    cascades,
    contradictions,
    documents,
    money,
    networks,
    offices,
    plans,
    projects,
    promises,
    schemes,
    series,
    targets,
)
from kg.query.questions.parameters import understand
from kg.query.questions.question import Answer, Asked, Page, Question
from kg.query.table import Table
from kg.store.folder import open_graph

#: Every question, in the order in which they are listed.
_ALL = (
    documents.QUESTION,
    series.QUESTION,
    *projects.QUESTIONS,
    plans.QUESTION,
    *schemes.QUESTIONS,
    *targets.QUESTIONS,
    cascades.QUESTION,
    contradictions.QUESTION,
    *money.QUESTIONS,
    *offices.QUESTIONS,
    *promises.QUESTIONS,
    *networks.QUESTIONS,
)


@cache
def questions() -> Mapping[str, Question]:
    """Return every question by name."""
    return {question.name: question for question in _ALL}


def question(name: str) -> Question:
    """Return one question; raises ``QueryError`` with the nearest names when there is none."""
    found = questions().get(name)
    if found is None:
        near = difflib.get_close_matches(name, questions(), n=3, cutoff=0.4) or list(questions())
        raise QueryError(f"{name}: is no named question; did you mean {', '.join(near)}?")
    return found


def listing() -> Table:
    """Return every question with its words and what it takes."""
    rows = (
        (question.name, question.chinese, question.english, " ".join(f"--{item.name}" for item in question.parameters))
        for question in questions().values()
    )
    return Table(("name", "chinese", "english", "parameters"), tuple(rows))


def answer(graph: Path | str, name: str, **parameters: Any) -> Answer:
    """Ask a named question; ``answer(graph, "documents", place="株洲市")``.

    Raises ``QueryError`` for an unknown question or parameter, ``EntityNotFound`` for an unknown name.
    """
    asked = question(name)
    opened = open_graph(graph)
    found = asked.answer(Asked(opened, understand(asked, opened, parameters)))
    rows = tuple(found)
    if not isinstance(found, Page):
        return Answer(asked, rows, total=len(rows))
    return Answer(asked, rows, total=found.total, cut=found.total is None or found.total > len(rows))
