"""Lines of traffic named by their two ends: “韶山—井冈山”铁路, 济南至高青高速.

Two places with a dash or 至 between them and a kind of line behind them name one line and no other, whatever the
sentence does with it: tours may be built on a railway that nobody builds. A reading in, mentions out; a line is named
with 至 and without quotation marks, so that all ways to write it are one name.

>>> # 依托“韶山—井冈山”铁路联合打造精品旅游线路 -> 韶山至井冈山铁路
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.reading import Found, Reading

#: What joins the ends, the second end, and the kind of line; longer kinds first.
_LINE = re.compile(
    r"(?:至|[-‐-―—－]{1,2})(?P<end>[\u4e00-\u9fff]{2,8}?)(?P<mark>”?)"
    r"(?:(?:城际|市域|高速|快速|普速|货运)?铁路|高铁|城际|客专|客运专线|高速公路|高速|快速路|快速通道|一级公路|二级公路)"
    r"(?![\u4e00-\u9fff]{0,4}(?:公司|集团|管理|经济带|沿线))"
)


_JOINS = frozenset("-‐‑‒–—―－至经")


def find(reading: Reading) -> Iterator[Found]:
    """Yield the lines that a text names by both their ends."""
    places = reading.found("place")
    starts = {place.start for place in places}
    ends = {place.end: place.start for place in places}
    home = reading.context.home
    for match in _LINE.finditer(reading.text):
        start = ends.get(match.start())
        if start is None or match.start("end") not in starts or ends.get(match.end("end")) != match.start("end"):
            continue
        if reading.text[start - 1 : start] in _JOINS:
            continue  # 马鞍山-南京-镇江城际铁路 has more ends than two
        marked = reading.text[start - 1 : start] == "“"
        if marked != bool(match["mark"]):
            continue
        kind = reading.text[match.end("mark") : match.end()]
        name = f"{reading.text[start : match.start()]}至{match['end']}{kind}"
        yield Found(start - marked, match.end(), "project", name, "projects:line", home.code if home else "")
