"""Charts drawn here as SVG shapes: numbers go in, points and words of a picture come out; the template writes them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

WIDTH, HEIGHT = 720, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 20, 24, 40
_TICKS = 4
_SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "~": "≈"}


def series(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the picture of targets and outcomes by year; rows are values of the question ``series``.

    Only the unit that most rows have is drawn; the table beside the picture shows all of them.
    """
    numbers = [row for row in rows if isinstance(row["plain_value"], int | float) and row["year"]]
    if not numbers:
        return {}
    unit = Counter(row["plain_unit"] or "" for row in numbers).most_common(1)[0][0]
    drawn = [row for row in numbers if (row["plain_unit"] or "") == unit]
    years = sorted({int(row["year"]) for row in drawn})
    low, high, step = _scale([float(row["plain_value"]) for row in drawn])
    across = (WIDTH - _LEFT - _RIGHT) / max(len(years), 1)
    place = {year: _LEFT + across * (number + 0.5) for number, year in enumerate(years)}

    def up(number: float) -> float:
        return round(HEIGHT - _BOTTOM - (number - low) / (high - low) * (HEIGHT - _TOP - _BOTTOM), 1)

    every = max(math.ceil(len(years) / 14), 1)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "unit": unit,
        "left": _LEFT,
        "right": WIDTH - _RIGHT,
        "bottom": HEIGHT - _BOTTOM,
        "years": [{"x": round(x, 1), "text": str(year)} for year, x in list(place.items())[::every]],
        "ticks": [
            {"y": up(low + step * n), "text": _short(low + step * n)} for n in range(round((high - low) / step) + 1)
        ],
        "marks": [_mark(row, place, up) for row in drawn],
    }


def _mark(row: Mapping[str, Any], place: Mapping[int, float], up: Any) -> dict[str, Any]:
    number = float(row["plain_value"])
    target = row["kind"] == "target"
    return {
        "target": target,
        "x": round(place[int(row["year"])] + (-7 if target else 7), 1),
        "y": up(number),
        "sign": _SIGNS.get(str(row["comparator"]), ""),
        "text": f"{row['year']} {_SIGNS.get(str(row['comparator']), '')}{_short(number)}{row['plain_unit'] or ''}",
    }


def _scale(numbers: Sequence[float]) -> tuple[float, float, float]:
    """Return the lowest and highest value of an axis and the step between its lines: 1, 2 or 5 times a power of ten."""
    low, high = min([0.0, *numbers]), max(numbers)
    span = (high - low) or 1.0
    rough = span / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    return math.floor(low / step) * step, (math.floor(high / step) + 1) * step, step


def _short(number: float) -> str:
    for size, word in ((1e8, "亿"), (1e4, "万")):
        if abs(number) >= size:
            return f"{number / size:,.6g}{word}"
    return f"{number:,.6g}"


def posts(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the picture of posts over time; rows are values of the question ``careers``.

    Attested days are dots, what lies between two of them is inferred and dashed, and both ends stay open.
    """
    dated = [row for row in rows if row["first_on"]]
    if not dated:
        return {}
    moments = [_moment(str(row[key])) for row in dated for key in ("first_on", "last_on") if row[key]]
    first, last = math.floor(min(moments)), math.floor(max(moments)) + 1
    left, line = 16, 44

    def along(text: str) -> float:
        return round(left + 30 + (_moment(text) - first) / (last - first) * (WIDTH - left * 2 - 60), 1)

    every = max(math.ceil((last - first) / 10), 1)
    return {
        "width": WIDTH,
        "height": line * len(dated) + 30,
        "bottom": line * len(dated) + 8,
        "years": [{"x": along(str(year)), "text": str(year)} for year in range(first, last + 1, every)],
        "lines": [
            {
                "y": line * number + 32,
                "x1": along(str(row["first_on"])),
                "x2": along(str(row["last_on"] or row["first_on"])),
                "text": " ".join(str(row[key]) for key in ("body", "post") if row[key]),
                "acting": row["mode"] == "acting",
                "dates": " – ".join(dict.fromkeys(str(row[key]) for key in ("first_on", "last_on") if row[key])),
            }
            for number, row in enumerate(dated)
        ],
    }


def _moment(date: str) -> float:
    """Return a date as a number of years; a year alone stands at its beginning."""
    parts = [int(part) for part in date.split("-")[:3] if part.isdecimal()]
    year, month, day = (*parts, 1, 1)[:3] if len(parts) == 1 else (*parts, 1)[:3]
    return year + (month - 1) / 12 + (day - 1) / 365
