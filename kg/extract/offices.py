"""The grammar of names with posts, shared by the finders of people and of posts.

Three orders occur: post before name (市科技局党组书记、局长李红), name before post
(阳卫国市长, 习近平总书记) and name with the post in brackets (周琦(株洲高新区产业发展局局长)).
The opening of a work report adds a fourth: the speaker on a line of his own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg import lexicon
from kg.extract.reading import Reading


class Office(NamedTuple):
    """One person and the posts that stand with the name, all in view offsets."""

    start: int
    end: int
    name_start: int
    name_end: int
    posts: tuple[tuple[int, int], ...]  #: stretches of the posts as written, acting 代 included
    body_end: int  #: where the words that may name the body end: the start of the first post
    rule: str
    mode: str = ""  #: appointed, removed, or empty


@cache
def _grammar() -> dict[str, re.Pattern[str]]:
    posts = "|".join(sorted((row["post"] for row in lexicon.table("posts")), key=lambda post: (-len(post), post)))
    surnames = lexicon.lines("surnames")
    one = "".join(sorted(s for s in surnames if len(s) == 1))
    two = "|".join(sorted(s for s in surnames if len(s) == 2))
    given = "[\u4e00-\u9fff]"
    name = rf"(?P<name>(?:{two}){given}{{1,2}}|[{one}]{given}{{1,2}}?|[\u4e00-\u9fff]{{2,6}}·[\u4e00-\u9fff]{{2,6}})"
    full = rf"(?P<name>(?:{two}){given}{{1,2}}|[{one}]{given}{{1,2}}|[\u4e00-\u9fff]{{2,6}}·[\u4e00-\u9fff]{{2,6}})"
    post = rf"代?(?:{posts})"
    series = rf"(?P<posts>{post}(?:[、,，兼和]{{1,2}}(?:[^、，。；：\s（）()]{{2,12}}?)?{post})*)"
    edge = r"(?=[：:，,。；、）)（(”\s]|同志|代表|主持|出席|作了?|在[^，。]{1,20}(?:上|中|时)|介绍|表示|说|指出|强调|宣布|率|带队|到|向|受|参加|讲话|致辞|陪同|调研|一行|为|$)"
    return {
        "before": re.compile(rf"{series}(?:同志)?[ \u3000]{{0,2}}{full}{edge}"),
        "after": re.compile(
            rf"(?<![\u4e00-\u9fff]){name}(?P<posts>总书记|国家主席|{post})(?=[，。所在的对、作主代考视对“重亲]|$)"
        ),
        "leader": re.compile(r"(?P<name>习近平)(?:同志)?(?P<posts>总书记|主席)"),
        "bracket": re.compile(
            rf"(?:(?<=[\n\s“、，。；：●])|^){full}[（(](?P<of>[^（）()\n]{{0,40}}?){series}[)）]", re.M
        ),
        "line": re.compile(
            rf"^(?P<of>[^\n，。：“]{{0,16}}?)(?P<posts>{post})?[ \u3000]*(?P<name>{given}[ \u3000]?{given}{{1,2}}|[\u4e00-\u9fff]{{2,6}}·[\u4e00-\u9fff]{{2,6}})[ \u3000]*$",
            re.M,
        ),
        "speech": re.compile(rf"^{full}(?=在[^\n，。]{{2,24}}(?:会议?|大会|党代会)上的?(?:报告|讲话|发言))", re.M),
        "appoint": re.compile(
            rf"(?P<act>任命|决定任命|选举|补选|免去){full}(?:同志)?(?:为|的)?(?P<of>[^，。；\n]{{0,24}}?){series}(?P<tail>职务)?"
        ),
        "post": re.compile(post),
    }


def scan(reading: Reading) -> list[Office]:
    """Return the persons that stand with a post, or alone where the genre names the speaker."""
    grammar, text = _grammar(), reading.text
    taken: dict[tuple[int, int], Office] = {}
    for rule in ("appoint", "bracket", "before", "leader", "after"):
        for match in grammar[rule].finditer(text):
            _take(taken, _office(match, rule, grammar["post"]))
    for office in _opening(text, grammar):
        _take(taken, office)
    return sorted(taken.values())


def _take(taken: dict[tuple[int, int], Office], office: Office) -> None:
    for start, end in taken:
        if office.name_start < end and start < office.name_end:
            return
    taken[office.name_start, office.name_end] = office


def _office(match: re.Match[str], rule: str, post: re.Pattern[str]) -> Office:
    low, high = match.span("posts") if match.groupdict().get("posts") else (match.start("name"),) * 2
    posts = tuple(item.span() for item in post.finditer(match.string, low, high))
    mode = ""
    if rule == "appoint":
        mode = "removed" if match["act"] == "免去" else "appointed"
    return Office(match.start(), match.end(), *match.span("name"), posts, low, rule, mode)


_MEETING_LINE = re.compile(r"(?:会议?|大会|全会)上?[）)]?\s*$")
_TITLE_NAME = re.compile(r"工作报告[（(][^（）()\n]{0,24}?[ \u3000](?P<name>[\u4e00-\u9fff·]{2,12})[）)]")


def _opening(text: str, grammar: dict[str, re.Pattern[str]]) -> Iterator[Office]:
    """The speaker of a report: a line of post and name, or a name alone, after the line that names the meeting."""
    head = text[:600]
    for match in grammar["line"].finditer(head):
        before = head[: match.start()].rstrip()
        after_meeting = bool(_MEETING_LINE.search(before.rsplit("\n", 1)[-1]))
        if match["posts"] or (after_meeting and not match["of"]):
            yield _office(match, "line", grammar["post"])
    for match in _TITLE_NAME.finditer(head):
        yield Office(match.start("name"), match.end(), *match.span("name"), (), match.start("name"), "title")
    for match in grammar["speech"].finditer(text):
        yield Office(*match.span(), *match.span("name"), (), match.start(), "speech")


def windows(reading: Reading, office: Office) -> tuple[int, int]:
    """The stretch before the first post that may name the body: back to the last mark of the sentence."""
    if office.rule in ("bracket", "appoint", "line"):
        return (office.name_end if office.rule != "line" else office.start), office.body_end
    line = reading.line_at(office.start)
    text = reading.text[line.start : office.body_end]
    cut = max((text.rfind(mark) for mark in "，。；：,;:\n（("), default=-1)
    return line.start + cut + 1, office.body_end
