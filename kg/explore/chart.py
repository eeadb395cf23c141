"""Indicators over the years: rows of an answer go in, a chart comes out that needs no network connection.

Targets are ticks, outcomes are points; what holds for several years is a dashed rule over them. Outcomes of years for
which all documents give one value are joined by a line. One panel for each place and indicator.

The specification is Vega-Lite, made with altair; vl-convert draws it as SVG, in which every mark carries its quote as
a title, so that notebooks, files and printed pages show the same without a script.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from kg import extras
from kg.errors import KgError, QueryError
from kg.explore.graph import SIGNS
from kg.query.table import Table

#: Panels of one chart; the title says how many are left out.
PANELS = 12
#: Families with Chinese characters on Linux, macOS and Windows, before whatever the machine has.
FONTS = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, SimHei, WenQuanYi Micro Hei, sans-serif"
#: What is drawn -> its colour, of those of Okabe and Ito (2008), which people with any colour vision tell apart.
KINDS = {"目标 target": "#D55E00", "实绩 outcome": "#0072B2"}
_NAMES = {"target": "目标 target", "outcome": "实绩 outcome"}
_SUFFIXES = ("svg", "png", "html", "json")

Point = dict[str, Any]


class Chart:
    """A chart: shown by Jupyter as SVG, saved in several formats, open to be changed as an altair chart."""

    def __init__(self, altair_chart: Any) -> None:
        """Take a chart of altair."""
        self.altair = altair_chart

    @property
    def spec(self) -> dict[str, Any]:
        """The specification in Vega-Lite."""
        found: dict[str, Any] = self.altair.to_dict()
        return found

    @cached_property
    def svg(self) -> str:
        """The chart as SVG; pointing at a mark shows its quote."""
        out = io.StringIO()
        self.altair.save(out, format="svg")
        return _titled(out.getvalue())

    @cached_property
    def html(self) -> str:
        """A page with the chart and all that draws it: nothing is fetched."""
        out = io.StringIO()
        self.altair.save(out, format="html", inline=True)
        return out.getvalue()

    def save(self, file: Path | str) -> None:
        """Write the chart; the suffix is svg, png, html or json."""
        path = Path(file)
        form = path.suffix.removeprefix(".")
        if form not in _SUFFIXES:
            raise KgError(f"{path}: no format of charts; end the name in one of {', '.join(_SUFFIXES)}")
        if form == "png":
            self.altair.save(str(path), scale_factor=2)
            return
        if form == "json":
            path.write_text(f"{self.altair.to_json()}\n", "utf-8", newline="\n")
        else:
            path.write_text(self.svg if form == "svg" else self.html, "utf-8", newline="\n")

    def _repr_html_(self) -> str:
        return self.svg


def _titled(svg: str) -> str:
    """Give every mark that has a label a title too: browsers show it where one points.

    >>> _titled('<path aria-label="株洲市 2021" d="M0,0"/>')
    '<path aria-label="株洲市 2021" d="M0,0"><title>株洲市 2021</title></path>'
    """
    shown = _MARK.sub(r"<\1\2><title>\3</title></\1>", svg)
    return shown.replace("<svg ", '<svg style="max-width:100%;height:auto" ', 1)


_MARK = re.compile(r'<(path|line)((?=[^>]*\saria-label="([^"]*)")[^>]*?)(?:/>|></\1>)')


def chart(table: Table) -> Chart:
    """Draw the targets and outcomes of a table over the years.

    The table has a row for each value (``kind``, ``year``, ``value``), or one for each target with its outcome
    (``target_value``, ``outcome_value``). Raises ``QueryError`` when it has neither.
    """
    points = [point for row in table for point in _points(row)]
    if not points:
        raise QueryError("nothing to draw: no row has a year and a value; graph.questions() lists the questions")
    panels = _panels(points)
    alt = extras.load("altair")
    extras.load("vl_convert")
    return Chart(_drawn(alt, panels, len({point["panel"] for point in points}) - len(panels)))


def _points(row: Mapping[str, Any]) -> Iterator[Point]:
    """Yield what is drawn of a row, with the words that are shown where one points at it."""
    parts = [("", str(row.get("kind") or ""))] if "kind" in row else [(f"{kind}_", kind) for kind in _NAMES]
    for prefix, kind in parts:
        value, year = _number(row.get(f"{prefix}value")), row.get("year")
        if kind not in _NAMES or value is None or year is None:
            continue
        point = {
            "kind": _NAMES[kind],
            "year": int(str(year)),
            "from": int(str(row["from"])) if row.get("from") and str(row["from"]) != str(year) else None,
            "value": value,
            "sign": SIGNS.get(str(row.get(f"{prefix}comparator") or "="), ""),
            "unit": str(row.get(f"{prefix}unit") or row.get("unit") or ""),
            "plain": _number(row.get(f"{prefix}plain_value")),
            "panel": (str(row.get("place") or ""), str(row.get("indicator") or "")),
        }
        yield point | {"note": _note(point, row, f"{prefix.rstrip('_') or 'evidence'}_")}


def _number(value: object) -> float | None:
    try:
        return None if value is None or value == "" else float(str(value))
    except ValueError:
        return None


def _note(point: Point, row: Mapping[str, Any], role: str) -> str:
    years = f"{point['from']}–{point['year']}" if point["from"] else str(point["year"])
    lines = [f"{' '.join(part for part in point['panel'] if part)} {years}".strip()]
    lines += [f"{point['kind']}: {point['sign']} {point['value']:g}{point['unit']}"]
    if row.get(f"{role}quote"):
        lines += [f"“{' '.join(str(row[f'{role}quote']).split())}”"]
        lines += [f"—— {row[f'{role}document']} [{row[f'{role}start']}:{row[f'{role}end']}]"]
    return "\n".join(lines)


def _panels(points: Iterable[Point]) -> list[list[Point]]:
    """Return the points of each place and indicator in one unit; those that are told most often come first."""
    panels: dict[tuple[str, str], list[Point]] = {}
    for point in points:
        panels.setdefault(point["panel"], []).append(point)
    for told in panels.values():
        _mark_agreed(told)
    ranked = sorted(panels, key=lambda panel: (-len({point["year"] for point in panels[panel]}), panel))
    return [_one_unit(panels[panel]) for panel in ranked[:PANELS]]


def _mark_agreed(points: list[Point]) -> None:
    """Number the runs of years whose outcome is told, and by all documents as one value: a line joins each run."""
    values: dict[int, set[float]] = {}
    outcomes = [point for point in points if point["kind"] == _NAMES["outcome"] and point["from"] is None]
    for point in outcomes:
        values.setdefault(point["year"], set()).add(point["value"])
    agreed = sorted(year for year, told in values.items() if len(told) == 1)
    for point in outcomes:
        if point["year"] in agreed:
            point["run"] = point["year"] - agreed.index(point["year"])  # the same for years that follow each other


def _one_unit(points: list[Point]) -> list[Point]:
    """Return the points in the unit that most are told in: 3000万元 beside 2亿元 is 0.3 亿元."""
    unit = Counter(point["unit"] for point in points).most_common(1)[0][0]
    factors = [point["plain"] / point["value"] for point in points if point["unit"] == unit and _scales(point)]
    same = [point for point in points if point["unit"] == unit]
    if factors:
        other = (point for point in points if point["unit"] != unit and _scales(point))
        same += [point | {"value": point["plain"] / factors[0], "unit": unit} for point in other]
    return same


def _scales(point: Point) -> bool:
    return bool(point["plain"] and point["value"])


def _drawn(alt: Any, panels: list[list[Point]], left: int) -> Any:
    """Return the chart of altair: one panel large, several as small multiples."""
    places, indicators = ({point["panel"][side] for panel in panels for point in panel} for side in (0, 1))
    several = [len(places) > 1, len(indicators) > 1]
    values = [point | {"panel": _heading(point, several)} for panel in panels for point in panel]
    title = {"text": " · ".join(min(names) for names in (places, indicators) if len(names) == 1 and min(names))}
    if left > 0:
        title["subtitle"] = f"另有 {left:,} 组 · {left:,} more panels are left out"
    layers = _layers(alt, values, small=len(panels) > 1)
    data = alt.Data(values=values)
    if len(panels) == 1:
        unit = values[0]["unit"]
        drawn = layers.properties(data=data, width=620, height=300)
        title["text"] += f"（{unit}）" if unit else ""
    else:
        header = alt.Header(title=None, labelFontSize=12, labelLimit=260)
        order = list(dict.fromkeys(point["panel"] for point in values))
        drawn = layers.facet(
            facet=alt.Facet("panel:N", header=header, sort=order),
            columns=3,
            data=data,
            bounds="flush",
            spacing={"row": 44, "column": 44},
        )
        drawn = drawn.resolve_scale(y="independent")
    return drawn.properties(title=title).configure(font=FONTS).configure_view(stroke="#dddddd")


def _heading(point: Point, several: list[bool]) -> str:
    words = " ".join(name for name, many in zip(point["panel"], several, strict=True) if many)
    return f"{words}（{point['unit']}）" if point["unit"] and words else words or point["unit"]


def _layers(alt: Any, values: list[Point], *, small: bool) -> Any:
    years = list(range(min(point["from"] or point["year"] for point in values), max(p["year"] for p in values) + 1))
    step = -(-len(years) // (6 if small else 16))
    x = alt.X("year:O", title=None, scale=alt.Scale(domain=years), axis=alt.Axis(labelAngle=0, values=years[::step]))
    legend = alt.Legend(orient="top", symbolOpacity=1)
    scale = alt.Scale(domain=list(KINDS), range=list(KINDS.values()))
    shared = {
        "y": alt.Y("value:Q", title=None, scale=alt.Scale(zero=False, padding=12)),
        "color": alt.Color("kind:N", title=None, scale=scale, legend=legend),
        "description": alt.Description("note:N"),
        "tooltip": alt.Tooltip("note:N"),
    }
    target, outcome = KINDS
    base = alt.Chart().properties(width=230, height=130) if small else alt.Chart()
    line, long_, single, told = (
        base.transform_filter(condition)
        for condition in (
            "isValid(datum.run)",
            "isValid(datum.from)",
            f"datum.kind == '{target}' && !isValid(datum.from)",
            f"datum.kind == '{outcome}' && !isValid(datum.from)",
        )
    )
    tick = {"thickness": 3, "size": 13 if small else 26, "orient": "horizontal", "opacity": 1}
    return alt.layer(
        line.mark_line(strokeWidth=1, opacity=0.5, aria=False).encode(
            x=x, y=shared["y"], color=shared["color"], detail="run:N"
        ),
        long_.mark_rule(strokeDash=[4, 3], size=2).encode(x=alt.X("from:O"), x2="year", **shared),
        single.mark_tick(**tick).encode(x=x, **shared),
        told.mark_point(filled=True, size=35 if small else 70, opacity=0.9).encode(x=x, **shared),
    )
