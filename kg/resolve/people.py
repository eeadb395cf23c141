"""Where officials belong: the place of the body that they head. An extraction goes in, a settled one comes out.

Finders give a person the place of the document. 邵阳市市长 named in a report of 湖南省 belongs to 邵阳市, where the
reports of the city name him too; so keys of people made from one document meet those of another on name and place,
never on a name alone. Policies that are told by figures only (“28条”) and work reports get a place here as well:
every city has such. Heads of departments get the department into their linking key (``kg.resolve.homonyms``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

from kg.records import Extraction, Mention, Relation
from kg.registry.places import places
from kg.resolve import homonyms, keys, names

#: Modes of a post that tell where a person is now; a former post counts only when there is no other.
_NOW = ("substantive", "acting", "concurrent")
#: Roles of those who lead a body or stand in for its leader: the body is theirs.
_HEADS = frozenset(
    (
        *(
            "governor",
            "mayor",
            "county-head",
            "district-head",
            "banner-head",
            "town-head",
            "prefect",
            "party-secretary",
        ),
        *("party-group-secretary", "director", "chair", "head", "minister", "president"),
    )
)


class _Post(NamedTuple):
    """One post of one naming of a person, ordered by how much it tells of where the person belongs."""

    rank: tuple[int, int, int]
    place: str
    start: int


def settle(extraction: Extraction) -> Extraction:
    """Return an extraction whose officials have the place of their bodies, wherever the document comes from."""
    posts = _posts(extraction.relations)
    if not posts and not any(mention.label == "policy" for mention in extraction.mentions):
        return extraction
    settled = _replaced(extraction, lambda mention: _settled(mention, posts, extraction.place))
    bodies = homonyms.Bodies(settled.relations)
    return _replaced(settled, bodies.settle) if bodies else settled


def _replaced(extraction: Extraction, change: Callable[[Mention], Mention]) -> Extraction:
    changed = {mention: change(mention) for mention in _all(extraction)}
    relations = (
        replace(item, subject=changed[item.subject], object=changed[item.object] if item.object else None)
        for item in extraction.relations
    )
    mentions = tuple(changed[mention] for mention in extraction.mentions)
    return replace(extraction, mentions=mentions, relations=tuple(relations))


def _all(extraction: Extraction) -> Iterable[Mention]:
    yield from extraction.mentions
    for relation in extraction.relations:
        yield relation.subject
        if relation.object is not None:
            yield relation.object


def _posts(relations: Iterable[Relation]) -> dict[str, list[_Post]]:
    """Posts with a place, by name, in the order of the text."""
    found: defaultdict[str, list[_Post]] = defaultdict(list)
    for relation in relations:
        place = body_place(relation)
        if relation.kind == "holdsPost" and place:
            depth = 1 + len(places().ancestors(place))
            now = relation.attribute("mode") in _NOW
            head = relation.attribute("role") in _HEADS
            found[relation.subject.name].append(_Post((now, head, depth), place, relation.subject.start))
    return {name: sorted(items, key=lambda post: post.start) for name, items in found.items()}


def body_place(relation: Relation) -> str:
    """Return the adcode of the place of the body that a post is in; empty for national bodies and without one."""
    body = relation.object
    key = keys.entity_key(body) if body is not None and body.label == "agency" else keys.body_key(relation)
    found = names.shape(key) if key else None
    if found is not None:
        return found.place
    return body.place if body is not None else ""


def _settled(mention: Mention, posts: dict[str, list[_Post]], home: str) -> Mention:
    if mention.label == "policy":
        return _local_policy(mention, home)
    if mention.label != "official" or not mention.place or mention.name not in posts:
        return mention
    return replace(mention, place=_place(mention, posts[mention.name]))


def _place(mention: Mention, posts: list[_Post]) -> str:
    """The place of the person: one for the whole document, unless it tells of two people in unrelated places."""
    best = max(posts)
    now = {post.place for post in posts if post.rank[0]} or {post.place for post in posts}
    if all(names.related(best.place, place) for place in now):
        return best.place
    own = [post for post in posts if post.start == mention.start]
    if own:
        return max(own).place
    index = bisect_right([post.start for post in posts], mention.start) - 1
    return posts[max(0, index)].place


_FIGURES = re.compile(r"\d")
_REPORT = re.compile("[省市区县州]?政府工作报告")
_WORDS = re.compile(r"[\u4e00-\u9fff]")


def _local_policy(mention: Mention, home: str) -> Mention:
    """“28条” of one city is not that of another: figures belong to the city, a programme to its province.

    A district speaks of the measures of its city as well as of its own.
    """
    name = keys.normal(mention.name)
    if home and not mention.place and not mention.key and _REPORT.fullmatch(name):
        return replace(mention, place=home)
    if mention.place or mention.key or mention.rule.endswith("listed") or not _FIGURES.search(name):
        return mention
    if len(_WORDS.findall(name)) > 6 or mention.rule.endswith("title") or not home:
        return mention
    local = name.endswith(("条", "政策", "措施"))
    above = places().ancestors(home)
    city = above[-2].code if len(above) > 1 else home
    return replace(mention, place=city if local or not above else above[-1].code)
