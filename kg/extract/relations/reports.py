"""Who gave which report where: 代市长陈恢清代表市人民政府向大会作《政府工作报告》, 曹慧泉在市第十三次党代会上的报告.

In: the reading. Out: relations ``presentedReport`` (official – report), ``presentedAt`` (report – meeting) and
``onBehalfOf`` (report – body). A report is named by its congress, or by its place and the year it plans. A text that
tells the day on which a report was given, and never that year, names it by the day: what a December session plans is
known to us, but not said. Its key holds place and year all the same, so that it meets what other texts say of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.reading import Found, Reading, Related
from kg.extract.relations import happenings

_REPORT = re.compile(
    r"(?:所?作(?:了|出)?的?|做(?:了)?|上的)(?:题为《[^》\n]{2,40}》的)?[《]?(?P<report>(?:[^，,。；：\n]{0,6}?政府)?工作报告|报告(?=[，,。；\s解中》]|$))"
)
_BEHALF = re.compile(r"代表(?P<body>[^，,。；\n]{2,24}?)(?=，|,|向|作|所作|在)")
_REACH = 60
#: 大会, 会议: the meeting that the sentences before have named.
_BACK = 160


_SPEAKS = re.compile(
    r"我(?:谨|受[^，,。；\n]{2,20}委托[，,])?\s?代表(?P<body>[^，,。；\n]{0,14}?政府)\s?[，,]?\s?向(?:大会|会议)"
    r"(?:作|做|报告)(?:[^，,。；\n]{0,12}年(?:度)?的?)?(?P<report>(?:政府)?工作报告|报告|(?:政府)?工作)"
)
_OPENING = 800
#: Rules of people who stand on a line of their own with their post.
_SPEAKERS = frozenset(("people:before", "people:line"))


def find(reading: Reading) -> Sequence[Related]:
    """Find the reports that officials gave."""
    told = [item for match in _REPORT.finditer(reading.text) for item in _given(reading, match)]
    return told or list(_own(reading))


def _given(reading: Reading, match: re.Match[str]) -> Iterator[Related]:
    line = reading.line_at(match.start())
    officials = reading.within("official", max(line.start, match.start() - _REACH), match.start())
    if not officials:
        return
    official = officials[-1]
    meeting = _meeting(reading, official.end, match.start())
    is_congress = meeting is not None and meeting.rule == "party"
    report = _report(reading, match, meeting if is_congress else None)
    if report is None:
        return
    if meeting and not is_congress:
        report = _by_day(reading, report, meeting)
    start, end = official.start, report.end
    yield Related(start, end, "presentedReport", official, report, rule="reports:given")
    if meeting:
        low = min(meeting.start, start)
        yield Related(low, end, "presentedAt", report, meeting, rule="reports:given")
    behalf = _BEHALF.search(reading.text, official.end, match.start() + 1)
    for body in reading.within("agency", *behalf.span("body"))[:1] if behalf else ():
        yield Related(behalf.start() if behalf else start, end, "onBehalfOf", report, body, rule="reports:given")


def _by_day(reading: Reading, report: Found, meeting: Found) -> Found:
    """The report named by the day of its meeting, when the text never tells the year it plans."""
    year = reading.context.plan_year
    place, _, kind = report.name.partition(f"{year}年")
    dates = reading.cached(happenings.find_dates)
    day = next((dict(date.attributes).get("date") for date in dates if date.subject == meeting), None)
    if not kind or not day or re.search(rf"(?<!\d){year}(?!\d|-)", f"{reading.document.title} {reading.text}"):
        return report
    key = f"policy/{report.place}/{place}{year}年政府工作报告"
    return replace(report, name=f"{place}{kind}（{day}）", key=key)


def _own(reading: Reading) -> Iterator[Related]:
    """The report that a document is: 市长 李平 … 我代表市政府，向大会报告工作."""
    match = _SPEAKS.search(reading.text, 0, _OPENING)
    place = reading.context.home
    if not match or place is None:
        return
    officials = [item for item in reading.within("official", 0, match.start()) if item.rule in _SPEAKERS]
    sessions = [item for item in reading.within("event", 0, match.start()) if item.rule == "session"]
    year = reading.context.plan_year
    name = f"{place.name}{f'{year}年' if year else ''}《政府工作报告》"
    report = Found(*match.span("report"), "policy", name, "report", place.code)
    for official in officials[-1:]:
        yield Related(official.start, match.end(), "presentedReport", official, report, rule="reports:own")
    for session in sessions[-1:]:
        yield Related(session.start, match.end(), "presentedAt", report, session, rule="reports:own")
    for body in reading.within("agency", *match.span("body"))[:1]:
        yield Related(*match.span(), "onBehalfOf", report, body, rule="reports:own")


def _meeting(reading: Reading, low: int, high: int) -> Found | None:
    """The congress named between the official and the report, else the last one named shortly before."""
    named = [e for e in reading.within("event", max(0, low - _BACK), high) if e.rule in ("party", "session", "plenum")]
    inside = [event for event in named if event.start >= low]
    if inside:
        return inside[-1]
    return named[-1] if named and "大会" in reading.text[low:high] + "大会" * ("会" in reading.text[low:high]) else None


def _report(reading: Reading, match: re.Match[str], congress: Found | None) -> Found | None:
    start, end = match.span("report")
    place = reading.context.home
    if congress:
        return Found(start, end, "policy", f"{congress.name}报告", "report", congress.place)
    if place is None or "工作报告" not in match["report"]:
        return None
    named = [item for item in reading.within("place", start, end) if item.key.startswith("place/")]
    name, code = (named[0].name, named[0].key.removeprefix("place/")) if named else (place.name, place.code)
    year = reading.context.plan_year
    return Found(start, end, "policy", f"{name}{f'{year}年' if year else ''}《政府工作报告》", "report", code)
