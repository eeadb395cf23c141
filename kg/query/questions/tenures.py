"""Who is attested in which post and when, and what follows for a date. Attestations in, holders and runs out.

A source shows that someone held a post on a date; it shows no start and no end (open temporal knowledge). So a holder
on a date is *attested* when a source of that date shows it, *inferred* from the latest earlier attestation that no
attested successor follows, and *unknown* else. A date known to the year alone stands at its first day in the order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.query.questions.question import Asked
from kg.query.questions.quotes import order

#: Modes in which someone fills a post; nobody fills it who is proposed for it or held it before.
FILLS = ("substantive", "acting", "concurrent")
#: Posts with several seats: two holders at once are no conflict and one does not succeed the other.
_SEATS = re.compile("副|委员|常委|成员|代表|科长|处长|队员|顾问|组长|干部|秘书")
#: 市委书记 and 书记 of one committee are one post.
_COMMITTEE = re.compile(r"^(?:[省市州县区旗镇乡盟]|自治区|地)?(?:委|党委)(?=副?书记)")

_HELD = """SELECT tenure.iri AS tenure, person, person.name AS who, post, post.name AS label, mode,
    of.object AS body, body.name AS bodyname, of_area.object AS area, area.name AS place
  FROM tenure JOIN thing AS person ON person.iri = person JOIN thing AS post ON post.iri = post
  LEFT JOIN link AS of ON of.predicate = 'org:postIn' AND of.subject = post
  LEFT JOIN thing AS body ON body.iri = of.object
  LEFT JOIN link AS of_area ON of_area.predicate = 'lg:area' AND of_area.subject = of.object
  LEFT JOIN thing AS area ON area.iri = of_area.object"""
_SHOWN = """SELECT subject AS tenure, day, span FROM link JOIN attestation ON attestation.iri = object
  WHERE predicate = 'lg:attestedBy' AND {where}"""


@dataclass(frozen=True, slots=True)
class Held:
    """One person in one post in one mode."""

    tenure: str
    person: str  #: IRI
    who: str
    post: str  #: IRI
    title: str  #: 株洲市人民政府市长
    role: str  #: 市长
    mode: str
    body: str = ""  #: IRI; empty when the text names no body
    body_name: str = ""
    area: str = ""  #: IRI of the place of the body
    place: str = ""

    @property
    def slot(self) -> tuple[str, str]:
        """What has one holder at a time: a body and a role; a post without a body is one of its own."""
        return (self.body or self.post, self.role)

    @property
    def is_single(self) -> bool:
        """Tell a post with one seat from one with several."""
        return bool(self.body) and not _SEATS.search(self.role)


@dataclass(frozen=True, slots=True)
class Shown:
    """One attestation: a source shows a tenure on a date."""

    held: Held
    on: str  #: 2021-12-30, 2021-12 or 2021; empty when the document bears no date
    span: str  #: IRI

    @property
    def key(self) -> tuple[str, tuple[str, int, int]]:
        """Order of time, then of the text."""
        return first_day(self.on), order(self.span)


def first_day(date: str) -> str:
    """Return the first day that a date may mean: 2021 begins on 2021-01-01."""
    return date + "-01-01"[len(date) - 4 :] if 4 <= len(date) < 10 else date


def last_day(date: str) -> str:
    """Return the last day that a date may mean, or one after it: days of a month are compared, never counted."""
    return date + "-12-31"[len(date) - 4 :] if 4 <= len(date) < 10 else date


def role(title: str, body: str) -> str:
    """Return the bare post of a title: 株洲市人民政府市长 in 株洲市人民政府 is 市长.

    >>> role("中共醴陵市委员会市委书记", "中共醴陵市委员会")
    '书记'
    """
    return _COMMITTEE.sub("", title.removeprefix(body))


def held(asked: Asked) -> list[Held]:
    """Return every tenure of the graph that the parameters place, body, post and person leave, in a fixed order."""
    found = (
        Held(
            row["tenure"], row["person"], row["who"], row["post"], row["label"],
            role(row["label"], row["bodyname"] or ""), row["mode"],
            row["body"] or "", row["bodyname"] or "", row["area"] or "", row["place"] or "",
        )
        for row in asked.rows(_HELD)
    )  # fmt: skip
    return sorted(
        (item for item in found if _wanted(item, asked)), key=lambda item: (item.title, item.who, item.tenure)
    )


def _wanted(item: Held, asked: Asked) -> bool:
    place, body, post, person = (asked.get(name) for name in ("place", "body", "post", "person"))
    return (
        (not place or item.area == place)
        and (not body or body in (item.body, item.body_name))
        and (not post or post in (item.post, item.title) or role(post.removeprefix("代"), "") == item.role)
        and (not person or person in (item.person, item.who))
    )


def shown(asked: Asked, tenures: Iterable[Held]) -> list[Shown]:
    """Return the attestations of some tenures, in the order of time."""
    by_tenure = {item.tenure: item for item in tenures}
    found = (
        Shown(by_tenure[row["tenure"]], row["day"] or "", row["span"])
        for row in asked.rows(_SHOWN, {"subject": by_tenure})
    )
    return sorted(found, key=lambda item: (*item.key, item.held.tenure))


def by_slot(found: Iterable[Shown]) -> dict[tuple[str, str], list[Shown]]:
    """Return attestations by the slot they show someone in, slots in the order of their titles."""
    slots: defaultdict[tuple[str, str], list[Shown]] = defaultdict(list)
    for item in found:
        slots[item.held.slot].append(item)
    return dict(sorted(slots.items(), key=lambda pair: (pair[1][0].held.place, pair[1][0].held.title, pair[0])))


# --- as of a date -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Holder:
    """What the evidence says of a post on a date."""

    status: str  #: attested, inferred or unknown
    by: Shown | None = None  #: the attestation that says so; with ``unknown`` the last one before, if there is any
    until: Shown | None = None  #: the next attestation of anyone after the date
    reason: str = ""  #: unknown: left, undated or earlier (nobody is attested before); inferred: before-and-after


def holders(found: Sequence[Shown], date: str) -> list[Holder]:
    """Return who held a post on a date (or in a month or year), one for each person and mode.

    ``found`` are the attestations of one slot in the order of time.
    """
    low, high = first_day(date), last_day(date)
    filled = [item for item in found if item.held.mode in FILLS and item.on]
    after = next((item for item in filled if first_day(item.on) > high), None)
    during = [item for item in filled if low <= first_day(item.on) and last_day(item.on) <= high]
    if during:
        return [Holder("attested", item, after) for item in _last_of_each(during)]
    before = [item for item in filled if first_day(item.on) <= high]
    if not before:
        undated = [item for item in found if item.held.mode in FILLS and not item.on]
        return [Holder("unknown", item, after, "undated") for item in _last_of_each(undated)] or [
            Holder("unknown", None, after, "earlier")
        ]
    latest = first_day(before[-1].on)
    known = [item for item in before if not item.held.is_single or first_day(item.on) == latest]
    out = []
    for item in _last_of_each(known):
        left = _left(found, item, high)
        again = after is not None and after.held.person == item.held.person
        reason = "left" if left else "before-and-after" if again else ""
        out.append(Holder("unknown" if left else "inferred", item, after, reason))
    return out


def _last_of_each(found: Sequence[Shown]) -> list[Shown]:
    """The last attestation of each person and mode, in the order of time."""
    last = {(item.held.person, item.held.mode): item for item in found}
    return sorted(last.values(), key=lambda item: (*item.key, item.held.tenure))


def _left(found: Sequence[Shown], item: Shown, high: str) -> Shown | None:
    """The first source that calls the person a former holder, after the attestation and not after the date."""
    former = (other for other in found if other.held.mode == "former" and other.held.person == item.held.person)
    return next((other for other in former if first_day(item.on) < first_day(other.on) <= high), None)


# --- one after the other ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """Attestations of one person in one mode with nobody else between them."""

    first: Shown
    last: Shown
    number: int  #: of attestations

    @property
    def held(self) -> Held:
        """The tenure of the run."""
        return self.first.held


def runs(found: Sequence[Shown]) -> Iterator[Run]:
    """Yield the runs of one slot in the order of time; undated attestations have no place in it."""
    group: list[Shown] = []
    for item in found:
        if item.held.mode not in FILLS or not item.on:
            continue
        if group and (group[-1].held.person, group[-1].held.mode) != (item.held.person, item.held.mode):
            yield Run(group[0], group[-1], len(group))
            group = []
        group.append(item)
    if group:
        yield Run(group[0], group[-1], len(group))


def conflicts(found: Sequence[Run]) -> Iterator[tuple[Run, Run]]:
    """Yield two runs whose holders cannot both have filled one seat, neither of them acting.

    Two people on one day, or someone between two attestations of another.
    """
    settled = [run for run in found if run.held.mode != "acting"]
    for before, after in pairwise(settled):
        if before.held.person != after.held.person and before.last.on == after.first.on and len(after.first.on) == 10:
            yield before, after
    for one, other, again in zip(settled, settled[1:], settled[2:], strict=False):
        if one.held.person == again.held.person != other.held.person:
            yield one, other
