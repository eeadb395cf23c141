"""Officials, told from the press: 市科技局党组书记、局长李红 is one, 记者邓伟勇 is not.

The span is the bare name; the post stands outside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg import lexicon
from kg.documents.metadata import bylines
from kg.extract.entities import offices
from kg.extract.entities.offices import Office
from kg.extract.reading import Found, Reading

#: Words of the press beside a name make it a credit, whatever else stands there.
_PRESS = re.compile(r"记者|通讯员|编辑|校对|摄影|制图|供图|实习生|责编|美编")
# Titles end in these words; what looks like a name after them is the rest of a common word.
_NO_NAME = re.compile(
    r"^(?:和|及|与|的|等|会|对|要|都|从|强化|全面|成员|成立|和谐|高度|高质|连续|连任|任期|任务|时间|安全|安排|明确|关于|管理|包括|都要|应当|温暖|向全|扶贫|扶百|单位|关切|查处|党委|党组|党工|党总|关心|石化|支持)"
    r"|(?:责任|制度|负责|办公|会议|工作|职务|接待|信箱|热线|质量|要求|领导|部门|分管|牵头|担任|以上|以下|全部|覆盖|院区|基地|等)$|[市县区省]委|全会|全面|政府|人大|政协"
)


def find(reading: Reading) -> Sequence[Found]:
    """Return the officials named in a document, once for each naming."""
    press = {(item.start, item.end) for item in reading.found("press")}
    out: dict[tuple[int, int], Found] = {}
    for office in reading.cached(offices.scan):
        name = reading.text[office.name_start : office.name_end]
        span = (office.name_start, office.name_end)
        if span not in press and _is_name(name, office.rule) and not _runs_on(reading, office):
            out[span] = _official(reading, office.name_start, office.name_end, office.rule)
    for start, end in _again(reading, {item.name for item in out.values()}):
        if (start, end) not in press:
            out.setdefault((start, end), _official(reading, start, end, "again"))
    return list(out.values())


def _official(reading: Reading, start: int, end: int, rule: str) -> Found:
    name = re.sub(r"\s", "", reading.text[start:end])
    place = "" if name in lexicon.lines("national_leaders") else reading.context.place
    return Found(start, end, "official", name, f"people:{rule}", place=place)


def _is_name(name: str, rule: str) -> bool:
    bare = re.sub(r"\s", "", name)
    if "·" in bare:
        return True
    return (2 <= len(bare) <= 4 and not _NO_NAME.search(bare)) or rule == "leader"


#: Rules by which a post and a name stand in running text, where words may run on into each other.
_RUNNING = frozenset(("before", "after"))


def _runs_on(reading: Reading, office: Office) -> bool:
    """Tell whether words only run on: 总书记来陕考察; a place is across post or name, or is the name: 鄂州长江大桥."""
    if office.rule not in _RUNNING or not office.posts:
        return False
    if office.posts[-1][1] == office.name_start and reading.text.startswith("来", office.name_start):
        return True
    low, high = min(office.posts[0][0], office.name_start), max(office.posts[-1][1], office.name_end)
    borders = {position for span in (*office.posts, (office.name_start, office.name_end)) for position in span}
    for place in reading.within("place", low - _LONGEST_PLACE, high + _LONGEST_PLACE):
        if any(place.start < border < place.end for border in borders):
            return True
        if (place.start, place.end) == (office.name_start, office.name_end) and place.key:
            return True
    return False


_LONGEST_PLACE = 12


def _again(reading: Reading, names: set[str]) -> list[tuple[int, int]]:
    """Later namings of a person who was once named with a post."""
    long = sorted(name for name in names if len(name) >= 3)
    if not long:
        return []
    pattern = re.compile("|".join(map(re.escape, long)))
    return [match.span() for match in pattern.finditer(reading.text)]


def find_press(reading: Reading) -> Sequence[Found]:
    """Return reporters, editors and designers credited with the text."""
    return [
        Found(start, end, "press", reading.text[start:end], "people:byline", place=reading.context.place)
        for start, end, _ in bylines(reading.text)
    ]
