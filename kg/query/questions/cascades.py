"""Cascades: what of a five-year target a year takes on, what of a city's a district, and whether the pace suffices.

The comparisons are those that the build derived (``kg.derive.cascades`` says how); here they are only read, with
quotes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from kg.query.questions.findings import COMMON, order, select
from kg.query.questions.question import Asked, Parameter, Question, Row
from kg.query.questions.stated import Nodes, Told

VERDICT = Parameter("verdict", "text", "判定", "on-pace, ahead, behind, part or not-comparable")
KIND = Parameter("kind", "text", "分解类型", "time (years of a longer target) or place (places within)")


def _cascade(asked: Asked) -> Iterator[Row]:
    nodes, kind = Nodes(asked.store), asked.get("kind")
    # A place within another is found twice, by either.
    found = {found["finding"]: found["row"] for found in select(asked, "cascades.rq", "verdict", asked.get("verdict"))}
    rows = [_row(nodes, *json.loads(row)) for row in found.values()]
    yield from sorted((row for row in rows if kind in (None, row.values[_KIND])), key=order)


def _row(nodes: Nodes, whole_said: list[Any], part_said: list[Any], about: list[Any]) -> Row:
    whole, part = Told(*whole_said), Told(*part_said)
    whole_place, place, indicator, until, year, part_kind, kind, share, needed, verdict, reason = about
    values = (
        nodes.label(whole_place),
        nodes.label(indicator),
        str(until),
        str(whole.since) if whole.since is not None else None,
        *whole.words[:3],
        kind,
        nodes.label(place),
        str(year),
        part_kind,
        *part.words,
        str(round(Decimal(share), 1)) if share else None,
        needed,
        verdict,
        reason,
    )
    return Row(values, (whole.quote, part.quote))


_KIND = 7  #: place of the kind among the columns
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
