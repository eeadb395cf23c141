"""Contradictions: statements about one thing that do not agree, why, and which of them ranks higher.

They are those that the build derived (``kg.derive.contradictions`` says how); here they are only read, with both
quotes.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg import ids
from kg.query.questions.findings import COMMON, order, select, words
from kg.query.questions.question import Asked, Parameter, Question, Row
from kg.query.questions.stated import Nodes, first

CAUSE = Parameter("kind", "text", "原因", "the cause: value, period, wording, scope, preliminary or unit")


def _contradictions(asked: Asked) -> Iterator[Row]:
    nodes = Nodes(asked.store)
    found = select(asked, "contradictions.rq", "cause", asked.get("kind"))
    yield from sorted((_row(nodes, nodes.values(row["finding"])) for row in found), key=order)


def _row(nodes: Nodes, found: dict[str, list[str]]) -> Row:
    higher, lower = nodes.stated(found["lg:ranksHigher"][0]), nodes.stated(found["lg:ranksLower"][0])
    values = (
        nodes.label(found["lg:about"][0]),
        first(found, "lg:inYear"),
        nodes.label(found["lg:ofIndicator"][0]),
        higher.kind,
        ids.local(found["lg:cause"][0]),
        *words(higher),
        *words(lower),
        first(found, "lg:rankReason"),
    )
    return Row(values, (higher.quote, lower.quote))


QUESTION = Question(
    name="contradictions",
    chinese="关于同一指标同一年度，哪些说法不一致，哪一处更可信？",
    english="Which statements about one indicator and year do not agree, and which ranks higher?",
    columns=(
        "place", "year", "indicator", "kind", "cause",
        "value", "unit", "comparator", "modality",
        "other_value", "other_unit", "other_comparator", "other_modality", "ranks_higher_by",
    ),
    roles=("higher", "lower"),
    parameters=(*COMMON, CAUSE),
    answer=_contradictions,
)  # fmt: skip
