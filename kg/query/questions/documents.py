"""Which documents the graph was read from: of what place, of what day, with how many targets and outcomes."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph

from kg.query.questions.question import Asked, Parameter, Question, Row

PLACE = Parameter("place", "place", "地区", "the place: 株洲市, 渌口区 or an IRI")


def _answer(asked: Asked) -> Iterator[Row]:
    place = asked.get("place")
    for found in asked.select("documents.rq", place=pyoxigraph.NamedNode(place) if place else None):
        yield Row(tuple(found[column] for column in QUESTION.columns))


QUESTION = Question(
    name="documents",
    chinese="图谱读过哪些文献？",
    english="Which documents was the graph read from?",
    columns=("document", "title", "date", "area", "publisher"),
    roles=(),
    parameters=(PLACE,),
    answer=_answer,
)
