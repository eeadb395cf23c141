"""Cascades: what of a five-year target a year takes on, what of a city's a district, and whether the pace suffices.

The comparisons are those that the build derived (``kg.derive.cascades`` says how); here they are only read, with
quotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kg import ids
from kg.query.questions.findings import COMMON, order, select, words
from kg.query.questions.question import Asked, Parameter, Question, Row
from kg.query.questions.stated import Nodes, first

VERDICT = Parameter("verdict", "text", "判定", "on-pace, ahead, behind, part or not-comparable")
KIND = Parameter("kind", "text", "分解类型", "time (years of a longer target) or place (places within)")


def _cascade(asked: Asked) -> Iterator[Row]:
    nodes, kind = Nodes(asked.store), asked.get("kind")
    found = (nodes.values(found["finding"]) for found in select(asked, "cascades.rq", "verdict", asked.get("verdict")))
    rows = [_row(nodes, values) for values in found if kind is None or values["lg:cascadeKind"] == [kind]]
    yield from sorted(rows, key=order)


def _row(nodes: Nodes, found: dict[str, list[str]]) -> Row:
    whole, part = nodes.stated(found["lg:whole"][0]), nodes.stated(found["lg:part"][0])
    share, needed = first(found, "lg:share"), first(found, "lg:needed")
    values = (
        nodes.label((found.get("lg:wholeAbout") or found["lg:about"])[0]),
        nodes.label(found["lg:ofIndicator"][0]),
        whole.year,
        whole.since,
        *words(whole)[:3],
        found["lg:cascadeKind"][0],
        nodes.label(found["lg:about"][0]),
        first(found, "lg:inYear"),
        part.kind,
        *words(part),
        str(round(Decimal(share), 1)) if share else None,
        needed,
        ids.local(found["lg:verdict"][0]),
        first(found, "lg:verdictReason"),
    )
    return Row(values, (whole.quote, part.quote))


QUESTION = Question(
    name="target-cascade",
    chinese="较长时期和上级的目标如何分解，进度够不够？",
    english="What of a longer or higher target do years and places take on, and does the pace suffice?",
    columns=(
        "place", "indicator", "until", "since", "whole", "unit", "comparator", "kind",
        "part_place", "year", "part_kind", "part", "part_unit", "part_comparator", "part_modality",
        "share", "needed", "verdict", "reason",
    ),
    roles=("whole", "part"),
    parameters=(*COMMON, VERDICT, KIND),
    answer=_cascade,
)  # fmt: skip
