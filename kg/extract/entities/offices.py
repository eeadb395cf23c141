"""The grammar of names with posts, shared by the finders of people and of posts.

Orders that occur: post before name (市科技局党组书记、局长李红), name before post (阳卫国市长,
习近平总书记), the post in brackets (周琦(株洲高新区产业发展局局长)), the speaker of a report on a line
of his own, appointments and removals (任命柏舟、郁林深为…副主任；免去其…职务), and careers (雷望舒，曾任…，现任…).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg import lexicon
from kg.extract.reading import Reading


class Office(NamedTuple):
    """One person with posts, or alone where the genre names the speaker; all in view offsets."""

    start: int
    end: int
    name_start: int
    name_end: int
    posts: tuple[tuple[int, int], ...]  #: stretches of the posts as written, acting 代 included
    body_start: int  #: where the words that may name the body begin; they end at the post
    rule: str
    mode: str = ""  #: appointed, removed, former, nominated, concurrent, or empty


#: What may follow a name, so that 李红说 is 李红 and not 李红说.
_EDGE = (
    r"(?=[：:，,。；;、）)（(”“\s]|同志|代表|主持|出席|作了?|在(?!职)|介绍|表示|说|指出|强调|宣布|率|带队|到|向|受|参加|讲|致辞|陪同|调研|一行|为|告诉|给出"
    r"|回答|认为|坦言|透露|深入|前往|召开|考察|走访|听取|发表|任|的|对|就|与|和|带领|签署|签订|会见|分别|等|已|将|也|还|曾|还是|$)"
)
_CHARACTER = "[\u4e00-\u9fff]"
#: Between a post and a name set apart from it; sites write narrow, wide and unbreakable blanks.
_BLANK = r"[ \t\u3000\xa0\u2002\u2003]"
_FOREIGN = rf"{_CHARACTER}{{2,6}}·{_CHARACTER}{{2,6}}"
_ACTS = {
    "曾任": "former",
    "历任": "former",
    "原任": "former",
    "此前任": "former",
    "拟任": "nominated",
    "现任": "",
    "任": "",
}


@cache
def _grammar() -> dict[str, re.Pattern[str]]:
    posts = "|".join(sorted((row["post"] for row in lexicon.table("posts")), key=lambda post: (-len(post), post)))
    surnames = lexicon.lines("surnames")
    one = "".join(sorted(s for s in surnames if len(s) == 1))
    two = "|".join(sorted(s for s in surnames if len(s) == 2))
    person = rf"(?:(?:{two}){_CHARACTER}{{1,2}}?|[{one}]{_CHARACTER}{{1,2}}?|{_FOREIGN})"
    name = rf"(?P<name>{person})"
    anyone = rf"(?:{_FOREIGN}|{_CHARACTER}{{2,4}}?)"
    post = rf"代?(?:{posts})"
    # 市　长: on the line of a speaker posts of two characters are spread.
    spread = "|".join(rf"{row[0]}{_BLANK}+{row[1]}" for row in _posts_of_two())
    series = rf"(?P<posts>{post}(?:[、,，兼和]{{1,2}}(?:[^、，。；：\s（）()]{{2,12}}?)?{post})*)"
    return {
        "before": re.compile(rf"{series}(?:同志)?{_BLANK}{{0,6}}{name}{_EDGE}"),
        "after": re.compile(
            rf"(?:(?<!{_CHARACTER})|(?<=[局委厅办院部府会])){name}(?P<posts>总书记|国家主席|{post})(?=[，。所在的对、作主代考视对“重亲介表说指强出率]|$)"
        ),
        "leader": re.compile(r"(?P<name>习近平)(?:同志)?(?P<posts>总书记|主席)"),
        "bracket": re.compile(
            rf"(?:(?<=[\n\s“、，。；：●])|^){name}[（(](?P<of>[^（）()\n]{{0,40}}?){series}[)）]", re.M
        ),
        "line": re.compile(
            rf"^(?P<of>[^\n，。：“]{{0,16}}?)(?P<posts>{post}|代?(?:{spread}))?"
            rf"{_BLANK}*[：:]?{_BLANK}*(?P<name>{_CHARACTER}(?:{_BLANK}{{0,3}}{_CHARACTER}){{1,2}}|{_FOREIGN}){_BLANK}*$",
            re.M,
        ),
        "below": re.compile(
            rf"^(?P<of>[^\n，。：“]{{0,16}}?)(?P<posts>{post})\s*\n\s*{name}(?={_BLANK}*\n\s*各位)", re.M
        ),
        "speech": re.compile(
            rf"^{name}(?=(?:在[^\n，。]{{2,24}}(?:会议?|大会|党代会)上的?|代表[^\n，。]{{2,12}}所作的)(?:报告|讲话|发言))",
            re.M,
        ),
        "appoint": re.compile(
            rf"(?P<act>任命|决定任命|选举|补选|推选)(?P<names>{anyone}(?:、{anyone})*)(?:同志)?为(?P<of>[^，。；\n]{{0,40}})"
        ),
        "remove": re.compile(
            rf"(?P<act>免去)(?P<names>其(?=的?)|{anyone}(?:、{anyone})*(?=(?:同志)?的))(?:同志)?的?(?=(?P<of>[^，。；\n]{{0,40}}?)职务)"
        ),
        "career": re.compile(rf"^{name}[，,](?P<of>[^\n]*)", re.M),
        "act": re.compile(r"(?P<act>曾任|历任|现任|原任|此前任|拟任|(?<=[年月])任)(?P<of>[^，。；\n]{2,60})"),
        "post": re.compile(rf"{post}|代?(?:{spread})"),
        "person": re.compile(anyone),
    }


def _posts_of_two() -> list[str]:
    return sorted({row["post"] for row in lexicon.table("posts") if len(row["post"]) == 2})


def scan(reading: Reading) -> list[Office]:
    """Return the persons that stand with a post, or alone where the genre names the speaker."""
    grammar, text = _grammar(), reading.text
    found: list[Office] = [*_decisions(text, grammar), *_careers(text, grammar)]
    for rule in ("bracket", "before", "leader", "after"):
        found.extend(_office(match, rule, grammar["post"]) for match in grammar[rule].finditer(text))
    found.extend(_opening(text, grammar))
    # 习近平总书记来福建: the post is his, and 来福建 is no name.
    led = {post for office in found if office.rule == "leader" for post in office.posts}
    return sorted(_compatible([o for o in found if o.rule != "before" or led.isdisjoint(o.posts)]))


def _compatible(found: list[Office]) -> Iterator[Office]:
    """Keep the offices whose names do not cross an earlier one; one name may hold several."""
    taken: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for office in found:
        span = (office.name_start, office.name_end)
        if span not in taken and any(start < office.name_end and office.name_start < end for start, end in taken):
            continue
        known = taken.setdefault(span, set())
        new = tuple(post for post in office.posts if post not in known)
        known.update(new)
        if new or not office.posts:
            yield office._replace(posts=new)


def _office(match: re.Match[str], rule: str, post: re.Pattern[str]) -> Office:
    low, high = match.span("posts") if match.groupdict().get("posts") else (match.start("name"),) * 2
    posts = tuple(item.span() for item in post.finditer(match.string, low, high))
    start = match.end("name") if rule == "bracket" else match.start() if rule == "line" else -1
    return Office(match.start(), match.end(), *match.span("name"), posts, start, rule)


# --- appointments and careers -------------------------------------------------------------------


def _decisions(text: str, grammar: dict[str, re.Pattern[str]]) -> Iterator[Office]:
    """任命A、B为某局副局长 and 免去其某局局长职务: one office a person."""
    appointed: list[tuple[int, int]] = []
    matches = [*grammar["appoint"].finditer(text), *grammar["remove"].finditer(text)]
    for match in sorted(matches, key=lambda item: item.start()):
        removed = match["act"] == "免去"
        posts = _posts(text, *match.span("of"), grammar["post"])
        if not posts:
            continue
        if match["names"] == "其":
            people = appointed[-1:]
        else:
            people = [item.span() for item in _split(text, *match.span("names"))]
            appointed = people if not removed else appointed
        concurrent = text.startswith(("（兼）", "(兼)"), posts[-1][1])
        mode = "removed" if removed else "concurrent" if concurrent else "appointed"
        for start, end in people:
            yield Office(min(start, match.start()), posts[-1][1], start, end, posts, match.start("of"), "appoint", mode)


def _split(text: str, start: int, end: int) -> list[re.Match[str]]:
    return list(re.compile("[^、]+").finditer(text, start, end))


def _posts(text: str, start: int, end: int, post: re.Pattern[str]) -> tuple[tuple[int, int], ...]:
    """The posts of a stretch; of 发展和改革委员会副主任 only the last word is one."""
    found = [item.span() for item in post.finditer(text, start, end)]
    return tuple((low, high) for low, high in found if text[high : high + 1] not in ("会", "办") or high == end)


def _careers(text: str, grammar: dict[str, re.Pattern[str]]) -> Iterator[Office]:
    """雷望舒，曾任…、…，现任…: one office an act."""
    for match in grammar["career"].finditer(text):
        low, high = match.span("of")
        for act in grammar["act"].finditer(text, low, high):
            posts = _posts(text, *act.span("of"), grammar["post"])
            for start, end in posts:
                former = "former" if text[start - 1] == "原" else _ACTS[act["act"]]
                yield Office(
                    match.start(), end, *match.span("name"), ((start, end),), act.start("of"), "career", former
                )


# --- the opening of a report --------------------------------------------------------------------

_MEETING_LINE = re.compile(r"(?:会议?|大会|全会)上?[）)]?\s*$")
_TITLE_NAME = re.compile(r"工作报告[（(][^（）()\n]{0,24}?[ \u3000](?P<name>[\u4e00-\u9fff·]{2,12})[）)]")


def _opening(text: str, grammar: dict[str, re.Pattern[str]]) -> Iterator[Office]:
    """The speaker of a report: a line of post and name, or a name alone after the line of the meeting."""
    head = text[:600]
    for match in grammar["line"].finditer(head):
        before = head[: match.start()].rstrip()
        after_meeting = bool(_MEETING_LINE.search(before.rsplit("\n", 1)[-1]))
        if match["posts"] or (after_meeting and not match["of"]):
            yield _office(match, "line", grammar["post"])
    yield from (_office(match, "line", grammar["post"]) for match in grammar["below"].finditer(head))
    for match in _TITLE_NAME.finditer(head):
        yield Office(match.start("name"), match.end(), *match.span("name"), (), match.start("name"), "title")
    for match in grammar["speech"].finditer(text):
        yield Office(*match.span(), *match.span("name"), (), match.start(), "speech")


def window(reading: Reading, office: Office) -> int:
    """Where the words that may name the body begin: at a mark of the sentence, or where the grammar says."""
    if office.body_start >= 0:
        return office.body_start
    first = office.posts[0][0] if office.posts else office.start
    line = reading.line_at(office.start)
    text = reading.text[line.start : first]
    return line.start + max((text.rfind(mark) for mark in "，。；：,;:\n（(”"), default=-1) + 1
