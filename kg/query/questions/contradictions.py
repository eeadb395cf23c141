"""Contradictions: statements about one thing that do not agree, why, and which of them ranks higher.

They are those that the build derived (``kg.derive.contradictions`` says how); here they are only read, with both
quotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.query.questions.findings import COMMON, check, order, select
from kg.query.questions.names import Labels
from kg.query.questions.question import Asked, Parameter, Question, Row
from kg.query.questions.stated import Stated, stated

CAUSE = Parameter("kind", "text", "原因", "the cause: value, period, wording, scope, preliminary or unit")


def _contradictions(asked: Asked) -> Iterator[Row]:
    check("cause", asked.get("kind"))
    labels, found = Labels(asked), select(asked, "contradiction", cause=asked.get("kind"))
    said = stated(asked, {row[side] for row in found for side in ("higher", "lower")})
    yield from sorted((_row(labels, row, said[row["higher"]], said[row["lower"]]) for row in found), key=order)


def _row(labels: Labels, found: dict[str, Any], higher: Stated, lower: Stated) -> Row:
    values = (
        labels[found["place"]],
        found["year"],
        labels[found["indicator"]],
        higher.kind,
        found["cause"],
        *higher.words,
        *lower.words,
        found["rank_reason"],
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
