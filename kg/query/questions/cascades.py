"""Cascades: what of a five-year target a year takes on, what of a city's a district, and whether the pace suffices.

The comparisons are those that the build derived (``kg.derive.cascades`` says how); here they are only read, with
quotes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from kg.query.questions.findings import COMMON, check, order, select
from kg.query.questions.names import Labels
from kg.query.questions.question import Asked, Parameter, Question, Row
from kg.query.questions.stated import Told

VERDICT = Parameter("verdict", "text", "判定", "on-pace, ahead, behind, part or not-comparable")
KIND = Parameter("kind", "text", "分解类型", "time (years of a longer target) or place (places within)")


def _cascade(asked: Asked) -> Iterator[Row]:
    check("verdict", asked.get("verdict"))
    labels, kind = Labels(asked), asked.get("kind")
    found = {row["iri"]: row["row"] for row in select(asked, "cascade", verdict=asked.get("verdict"))}
    if asked.get("place"):  # a place within another is found by either
        above = Asked(asked.graph, {**asked.values, "place": None})
        whole = select(above, "cascade", verdict=asked.get("verdict"), whole_place=asked.get("place"))
        found |= {row["iri"]: row["row"] for row in whole}
    rows = [_row(labels, *json.loads(row)) for row in found.values()]
    yield from sorted((row for row in rows if kind in (None, row.values[_KIND])), key=order)


def _row(labels: Labels, whole_said: list[Any], part_said: list[Any], about: list[Any]) -> Row:
    whole, part = Told(*whole_said), Told(*part_said)
    whole_place, place, indicator, until, year, part_kind, kind, share, needed, verdict, reason = about
    values = (
        labels[whole_place],
        labels[indicator],
        str(until),
        str(whole.since) if whole.since is not None else None,
        *whole.words[:3],
        kind,
        labels[place],
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
