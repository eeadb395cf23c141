"""Days, months and their years: 12月30日 in a paper of 31 December 2021 is 2021-12-30. In: a reading; out: dates.

A year that the text leaves out comes from the words around (今年, an earlier date of the line), else from the
document: a newspaper of a day tells of the months before it, a report tells of its own period.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.anchors import Anchored
from kg.extract.reading import Reading

_DATE = Anchored(
    r"(?:(?P<year>20\d\d)年|(?P<relative>今年|去年|前年|当年|同年|本年))?"
    r"(?P<month>1[0-2]|[1-9])月(?:份)?(?:(?P<day>3[01]|[12]\d|[1-9])日|(?P<part>[初中底末]|上旬|中旬|下旬))?(?!至|—|-|以来|前)",
    ["月"],
    before=7,
    after=16,
)
_OFFSETS = {"今年": 0, "本年": 0, "去年": -1, "前年": -2}
_RANGE = re.compile(r"[日月]?(?:至|—+|-|~|～|到)$")


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """One date of the text in view offsets; ``value`` is ISO 8601 with the precision given."""

    start: int
    end: int
    value: str
    words: str  #: month and part of month as written, without the year: 7月底

    @property
    def year(self) -> str:
        """The year, stated or inferred."""
        return self.value[:4]


def days(reading: Reading) -> tuple[Day, ...]:
    """Return all dates of a document whose year is known."""
    out: list[Day] = []
    for match in _DATE.finditer(reading.text):
        year = _year(reading, match, out[-1] if out else None)
        if year is None:
            continue
        value = f"{year}-{int(match['month']):02d}" + (f"-{int(match['day']):02d}" if match["day"] else "")
        words = reading.text[match.start("month") : match.end()]
        out.append(Day(match.start(), match.end(), value, words))
    return tuple(out)


def _year(reading: Reading, match: re.Match[str], before: Day | None) -> int | None:
    if match["year"]:
        return int(match["year"])
    context = reading.context
    if match["relative"] in _OFFSETS and context.year is not None:
        return context.year + _OFFSETS[match["relative"]]
    if before and before.end > reading.line_at(match.start()).start:
        return int(before.year)
    parts = (reading.document.date or "").split("-")
    if len(parts) != 3:
        return reading.setting_at(match.start()).year
    issued = int(parts[0])
    late = (int(match["month"]), int(match["day"] or 1)) > (int(parts[1]), int(parts[2]))
    return issued - 1 if late and reading.setting_at(match.start()).stance == "review" else issued
