"""Which documents the graph was read from: of what place, of what day, with how many targets and outcomes.

``documents.rq`` says the same in SPARQL.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.query.questions.question import Asked, Parameter, Question, Row

PLACE = Parameter("place", "place", "地区", "the place: 株洲市, 渌口区 or an IRI")


_DOCUMENTS = """SELECT document.name AS document, title, date, thing.name AS area, publisher
  FROM document LEFT JOIN thing ON thing.iri = place WHERE {where} ORDER BY area, date, document.name"""


def _answer(asked: Asked) -> Iterator[Row]:
    for found in asked.rows(_DOCUMENTS, {"place": asked.get("place")}):
        yield Row(tuple(found.values()))


QUESTION = Question(
    name="documents",
    chinese="图谱读过哪些文献？",
    english="Which documents was the graph read from?",
    columns=("document", "title", "date", "area", "publisher"),
    roles=(),
    parameters=(PLACE,),
    answer=_answer,
)
