"""Observations to compare: what every test needs, the rest by name."""

from __future__ import annotations

from typing import Any

from kg.derive.observations import Observation

PLACE = "https://w3id.org/lgkg/id/place/430200"


def observed(kind: str, value: str | None, year: int, **other: Any) -> Observation:
    """Return a target of the year before its document's, or an outcome told in January after the year."""
    date = f"{year}-01-10" if kind == "target" else f"{year + 1}-01-10"
    values: dict[str, Any] = {
        "subject": PLACE,
        "family": "规模以上工业企业",
        "indicator": "def:new-enterprises",
        "name": "新增规模以上工业企业数",
        "measure_kind": "increment",
        "direction": "more",
        "kind": kind,
        "year": year,
        "period_start": None,
        "basis": "explicit",
        "value": value,
        "unit": "家",
        "comparator": "=",
        "modality": "",
        "document": f"{kind}-{date}",
        "home": PLACE,
        "date": date,
        "start": 0,
        "end": 9,
        "text": "",
        "written": value or "",
        "unit_text": "家",
        "document_name": "",
        "sentence": 0,
        "registered": True,
        "years": False,
        "partly": False,
        "admits": False,
        "authority": 2,
        "headline": 99,
    }
    values |= other
    return Observation(node=f"id:{kind}-{year}-{value}-{values['document']}-{values['start']}", **values)
