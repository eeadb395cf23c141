"""Industry schemes over time: members and groups as each document tells them, and what came, went or moved.

A scheme is told by a document when that lists its groups or members; naming “3+5+2” alone tells nothing of what is in
it. Schemes of one place that follow one another are compared: those named by their sizes (“3+5+2” and “3+3+2”), and
those that differ in their number only (五大支柱产业 and 六大支柱产业). Only lists that hold as many as they announce
are compared; and that a later scheme lacks an industry says that its list does, no more.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kg import ids, zh
from kg.query.questions.names import Labels
from kg.query.questions.question import Asked, Parameter, Question, Quote, Row
from kg.query.questions.showings import Source, quoted, sources
from kg.store.tables import offsets

_MEMBERS = """SELECT subject AS scheme, object AS member, called, document, span, text
  FROM claim JOIN quote USING (span) WHERE predicate = 'http://www.w3.org/2004/02/skos/core#member' AND {where}"""
_SIZES = """SELECT of.subject AS scheme, scheme.name, place.name AS area, scheme.size FROM link AS of
  JOIN link AS type ON type.predicate = 'rdf:type' AND type.subject = of.subject AND type.object = ?
  JOIN thing AS scheme ON scheme.iri = of.subject JOIN thing AS place ON place.iri = of.object
  WHERE of.predicate = 'lg:area' AND place.name IS NOT NULL AND (? IS NULL OR of.object = ?) ORDER BY of.object"""
_BROADER = "SELECT object FROM link WHERE predicate = 'skos:broader' AND subject = ? ORDER BY object LIMIT 1"


class Member(NamedTuple):
    """A member that a document tells of a scheme: an industry, or a group that is a scheme of its own."""

    iri: str
    name: str
    quote: Quote


class Told(NamedTuple):
    """One scheme in one document: its groups and their members; the group of direct members is the scheme itself."""

    scheme: str
    name: str
    area: str
    source: Source
    groups: tuple[tuple[str, tuple[Member, ...]], ...]

    @property
    def found(self) -> int:
        """How many industries the document lists."""
        return len({member.iri for _, members in self.groups for member in members})

    def industries(self) -> dict[str, tuple[str, Member]]:
        """Group and member by the IRI of the industry; the first group when it stands in several."""
        found: dict[str, tuple[str, Member]] = {}
        for group, members in self.groups:
            for member in members:
                found.setdefault(member.iri, (group, member))
        return found


class _Graph:
    """The schemes of a place, or of all, as documents tell them."""

    def __init__(self, asked: Asked) -> None:
        self.asked, self.labels = asked, Labels(asked)
        self.sources = sources(asked)
        place = asked.get("place")
        self.names: dict[str, tuple[str, str]] = {}
        self.sizes: dict[str, int] = {}
        for row in asked.rows(_SIZES, [ids.expand("lg:IndustryScheme"), place, place]):
            self.names[row["scheme"]] = row["name"], row["area"]
            if row["size"]:
                self.sizes[row["scheme"]] = int(row["size"])
        self.members: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        self._texts: dict[str, str] = {}
        self._broader: dict[str, str] = {}
        for row in asked.rows(_MEMBERS, {"subject": self.names}):
            spans = self.members[row["document"], row["scheme"]]
            spans[row["member"]] = min(row["span"], spans.get(row["member"], row["span"]), key=offsets)
            self._texts[row["span"]] = row["text"]
            self.labels[row["member"]] = row["called"] or row["member"]

    def broader(self, industry: str) -> str:
        """Return the industry that stands above one; empty when none does."""
        if industry not in self._broader:
            found = self.asked.rows(_BROADER, [industry])
            self._broader[industry] = found[0]["object"] if found else ""
        return self._broader[industry]

    def told(self) -> list[Told]:
        """Return each scheme that is no group of another, in each document that lists it; oldest first."""
        inner = {
            (document, member)
            for (document, _), spans in self.members.items()
            for member in spans
            if member in self.names
        }
        found = [self._told(document, scheme) for document, scheme in self.members if (document, scheme) not in inner]
        return sorted(found, key=lambda told: (told.area, told.source.date, told.source.name, told.name, told.scheme))

    def _told(self, document: str, scheme: str) -> Told:
        source = self.sources[document]
        groups = tuple((self.names[group][0], members) for group, members in self._groups(source, scheme, ()))
        return Told(scheme, *self.names[scheme], source, groups)

    def _groups(self, source: Source, scheme: str, above: tuple[str, ...]) -> Iterator[tuple[str, tuple[Member, ...]]]:
        spans = self.members.get((source.iri, scheme), {})
        direct = [member for member in spans if member not in self.names]
        if direct:
            yield scheme, tuple(self._member(source, iri, spans[iri]) for iri in self._ordered(direct, spans))
        for group in self._ordered([member for member in spans if member in self.names], spans):
            if group not in above and group != scheme:
                yield from self._groups(source, group, (*above, scheme))

    def _member(self, source: Source, iri: str, span: str) -> Member:
        return Member(iri, self.labels[iri], quoted(source, span, self._texts[span]))

    def _ordered(self, members: Sequence[str], spans: Mapping[str, str]) -> list[str]:
        return sorted(members, key=lambda iri: (offsets(spans[iri]), self.names.get(iri, (iri,))[0], iri))


# --- schemes ------------------------------------------------------------------------------------

_SUM = re.compile(r"\d+(?:\+\d+)+")


def declared(name: str, size: int | None = None) -> int | None:
    """Return how many industries a name announces: 8 for “3+3+2”, 5 for 五大支柱产业; ``None`` when it tells no number.

    >>> declared("“3+3+2”现代产业体系"), declared("五大支柱产业"), declared("现代产业体系")
    (8, 5, None)
    """
    parts = _SUM.search(name)
    if parts:
        return sum(int(part) for part in parts[0].split("+"))
    counted = _COUNTED.search(name)
    number = zh.number(counted[1]) if counted else None
    return size if size is not None or number is None else int(number)


_COUNTED = re.compile(r"([\d一二两三四五六七八九十]+)[大个]")


def _schemes(asked: Asked) -> Iterator[Row]:
    graph, industry = _Graph(asked), asked.get("industry")
    sizes = {name: graph.sizes.get(iri) for iri, (name, _) in graph.names.items()}
    for told in graph.told():
        for group, members in told.groups:
            for member in members:
                if industry in (None, member.iri):
                    values = (
                        told.name, told.area, told.source.date or None, group if group != told.name else None,
                        member.name, declared(group, sizes.get(group)), len(members),
                        declared(told.name, sizes.get(told.name)), told.found, told.scheme, member.iri,
                    )  # fmt: skip
                    yield Row(values, (member.quote,))


PLACE = Parameter("place", "place", "地区", "the place whose schemes they are: 株洲市")
INDUSTRY = Parameter("industry", "entity", "产业", "one industry: 轨道交通")

SCHEMES = Question(
    name="schemes",
    chinese="各地的产业体系有哪些组、哪些产业，与宣称的数目是否相符？",
    english="Which groups and industries has each industry scheme, and are they as many as it announces?",
    columns=(
        "scheme", "place", "date", "group", "industry", "group_declared", "group_found", "declared", "found",
        "scheme_iri", "industry_iri",
    ),
    parameters=(PLACE, INDUSTRY),
    answer=_schemes,
)  # fmt: skip

# --- changes ------------------------------------------------------------------------------------


def line(name: str) -> str:
    """Return what schemes that follow one another have in common.

    Schemes named by their sizes are of one line, however they are called; the others when only their number differs.

    >>> line("“3+5+2”产业集群") == line("“3+3+2”现代产业体系"), line("五大支柱产业") == line("6大支柱产业")
    (True, True)
    """
    return "+" if _SUM.search(name) else _COUNTED.sub("", name).strip("“”")


def _changes(asked: Asked) -> Iterator[Row]:
    graph, industry = _Graph(asked), asked.get("industry")
    lines: dict[tuple[str, str], dict[str, Told]] = defaultdict(dict)
    for told in graph.told():
        if told.source.date and _is_whole(told):
            of_line = lines[told.area, line(told.name)]
            kept = of_line.get(told.source.iri)
            if kept is None or told.found > kept.found:
                of_line[told.source.iri] = told
    for _, tellings in sorted(lines.items()):
        for before, after in itertools.pairwise(tellings.values()):
            if before.source.date != after.source.date:
                yield from _compared(graph, before, after, industry)


def _is_whole(told: Told) -> bool:
    """Whether a document lists a scheme in full, so that what the list lacks the scheme lacks.

    高分子新材料是“3+3+2”…之一 names one member of a group of three.
    """
    parts = _SUM.search(told.name)
    if parts and len(parts[0].split("+")) > len(told.groups):
        return False
    return all(len(members) >= (declared(group) or _LEAST) for group, members in told.groups)


#: A list of two at least is a list, where no number is announced (一批新兴产业).
_LEAST = 2


def _compared(graph: _Graph, before: Told, after: Told, industry: str | None) -> Iterator[Row]:
    left, right = before.industries(), after.industries()
    same = _same_groups(left, right)
    for iri in sorted(left.keys() | right.keys(), key=lambda iri: (graph.labels[iri], iri)):
        if industry not in (None, iri):
            continue
        old, new = left.get(iri), right.get(iri)
        related = _related(graph, iri, left if old is None else right) if old is None or new is None else None
        values = (
            before.area, before.name, before.source.date, after.name, after.source.date, graph.labels[iri],
            _change(old, new, same), old[0] if old else None, new[0] if new else None, related, iri,
        )  # fmt: skip
        yield Row(values, (old[1].quote if old else None, new[1].quote if new else None))


def _change(old: tuple[str, Member] | None, new: tuple[str, Member] | None, same: Mapping[str, str]) -> str:
    if old is None:
        return "came"
    if new is None:
        return "went"
    return "kept" if old[0] == new[0] or same.get(old[0]) == new[0] else "moved"


def _same_groups(left: Mapping[str, tuple[str, Member]], right: Mapping[str, tuple[str, Member]]) -> dict[str, str]:
    """The group of the later scheme that goes on with each earlier one: that which takes most of its members."""
    shared: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for iri in left.keys() & right.keys():
        shared[left[iri][0]][right[iri][0]] += 1
    return {group: max(sorted(taken), key=lambda name: taken[name]) for group, taken in shared.items()}


def _related(graph: _Graph, iri: str, others: Mapping[str, tuple[str, Member]]) -> str | None:
    """An industry of the other scheme with which this one shares its name in part, or that stands above or below it."""
    name = graph.labels[iri]
    above = graph.broader(iri)
    for other, (_, member) in sorted(others.items(), key=lambda item: (-len(item[1][1].name), item[0])):
        if other == above or graph.broader(other) == iri or member.name in name or name in member.name:
            return member.name
    return None


CHANGES = Question(
    name="scheme-changes",
    chinese="产业体系前后有何变化：哪些产业新增、退出、换组？",
    english="How did the industry schemes change: which industries came, went or moved to another group?",
    columns=(
        "place", "earlier", "earlier_date", "later", "later_date", "industry", "change", "earlier_group",
        "later_group", "related", "industry_iri",
    ),
    roles=("earlier", "later"),
    parameters=(PLACE, INDUSTRY),
    answer=_changes,
)  # fmt: skip

QUESTIONS = (SCHEMES, CHANGES)
