"""Things and ties of a graph: sorted N-Quads go in, columns of numbers and words come out.

Lines of one subject stand together, so one pass is enough, and what is most of a graph, mentions and their sentences,
is never read: the file is sorted, and they are a stretch of it. 35,000 ties of 437 reports' things take seconds, where
queries take minutes. The ties are those of ``kg.explore.graph``, told once for each pair, kind and label.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeAlias

from kg import ids, ontology

#: Class of the ontology -> type of a thing. Of several classes of one thing the first counts.
TYPES = {
    "lg:Official": "official",
    "lg:PublicBody": "agency",
    "lg:Enterprise": "enterprise",
    "lg:IndustrialPark": "park",
    "lg:AdministrativeDivision": "place",
    "lg:Region": "place",
    "lg:Country": "place",
    "lg:IndustryScheme": "scheme",
    "lg:ProjectGroup": "project",
    "lg:Project": "project",
    "lg:Policy": "policy",
    "lg:Event": "event",
    "lg:Indicator": "indicator",
}
#: Chinese for predicates of other vocabularies, which our ontology does not label.
PREDICATES = {"skos:member": "成员", "dcterms:isPartOf": "属于", "dcterms:isReplacedBy": "改为"}
#: Kinds of ties in the order in which they are told.
KINDS = ("post", "member", "relation", "target", "outcome", "area", "within", "replaced")
NEVER = 0  #: year of what has none

Lines: TypeAlias = dict[str, list[tuple[bytes, bytes]]]  #: name of a predicate -> objects and graphs


@dataclass(slots=True)
class Thing:
    """One thing under its number; years are those of the documents that name it."""

    iri: str
    label: str
    type: str
    mentions: int = 0
    first: int = NEVER
    last: int = NEVER
    area: int = -1  #: number of its place, -1 for none
    stage: str = ""  #: of a project, as the latest document tells it


@dataclass(slots=True)
class Tie:
    """All that is said of two things in one kind and label."""

    source: int
    target: int
    kind: str
    label: str
    first: int = NEVER
    last: int = NEVER
    number: int = 0

    def add(self, year: int) -> None:
        """Count one more telling, of a year that may be unknown."""
        self.number += 1
        self.first, self.last = _wider((self.first, self.last), year)


@dataclass(slots=True)
class Network:
    """Things by number, sorted by IRI, and the ties between them, sorted."""

    things: list[Thing]
    ties: list[Tie]
    within: dict[int, int]  #: place -> the place it lies in


@dataclass(slots=True)
class _Found:
    """What one pass collects; things are named by IRI until all are known."""

    things: dict[bytes, Thing] = field(default_factory=dict)
    areas: dict[bytes, bytes] = field(default_factory=dict)
    within: dict[bytes, bytes] = field(default_factory=dict)
    stages: dict[bytes, tuple[str, bytes, str]] = field(default_factory=dict)
    measured: dict[bytes, tuple[int, int, int]] = field(default_factory=dict)  #: mentions of an indicator, and years
    ties: dict[tuple[bytes, bytes, str, str], Tie] = field(default_factory=dict)


def scan(quads: Path, dates: Mapping[str, str]) -> Network:
    """Read the things and ties of sorted quads; ``dates`` are those of documents by IRI."""
    reader = _Reader({f"<{iri}>".encode(): date for iri, date in dates.items()})
    with quads.open("rb") as stream:
        for subject, lines in _subjects(stream):
            reader.take(subject, lines)
    return _numbered(reader.found)


# --- lines --------------------------------------------------------------------------------------

_WANTED = {
    f"<{ids.expand(name)}>".encode(): name
    for name in (
        *("rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "skos:prefLabel", "skos:inScheme"),
        *("org:member", "org:organization", "dcterms:isReplacedBy"),
        *("lg:area", "lg:within", "lg:mentionedIn", "lg:evidence", "lg:roleText", "lg:attestedBy", "lg:project"),
        *("lg:stage", "lg:subject", "lg:indicator", "lg:year", "lg:statedIn"),
    )
}
_DOCUMENTS = f"<{ids.document('')}".encode()


def _subjects(stream: BinaryIO) -> Iterator[tuple[bytes, Lines]]:
    """Yield each subject that is no document and no part of one, with the lines that are wanted of it."""
    current, found = b"", Lines()
    for line in _without_documents(stream):
        subject, predicate, rest = line.split(b" ", 2)
        name = _WANTED.get(predicate)
        if name is None:
            continue
        if subject != current:
            if found:
                yield current, found
            current, found = subject, {}
        value, graph, _ = rest.rsplit(b" ", 2)
        found.setdefault(name, []).append((value, graph))
    if found:
        yield current, found


def _without_documents(stream: BinaryIO) -> Iterator[bytes]:
    begin = _position(stream, _DOCUMENTS)
    end = _position(stream, _DOCUMENTS[:-1] + bytes([_DOCUMENTS[-1] + 1]))
    stream.seek(0)
    at = 0
    for line in stream:
        if at >= begin:
            break
        at += len(line)
        yield line
    stream.seek(end)
    yield from stream


def _position(stream: BinaryIO, prefix: bytes) -> int:
    """Return where the first line not before a prefix begins, by halving the file."""
    low, high = 0, stream.seek(0, 2)
    while low < high:
        middle = (low + high) // 2
        stream.seek(middle)
        if middle:
            stream.readline()
        if stream.tell() < high and stream.readline() < prefix:
            low = middle + 1
        else:
            high = middle
    stream.seek(low)
    if low:
        stream.readline()
    return stream.tell()


# --- meaning ------------------------------------------------------------------------------------


class _Reader:
    """Turns the lines of one subject into what they tell."""

    def __init__(self, dates: Mapping[bytes, str]) -> None:
        self.found = _Found()
        self._dates = dates
        classes = {f"<{ids.expand(name)}>".encode(): name for name in TYPES}
        self._order = {iri: number for number, iri in enumerate(classes)}
        self._types = {iri: TYPES[name] for iri, name in classes.items()}
        self._industry = f"<{ids.concept('industry', '').rstrip('/')}>".encode()
        labels = ontology.labels() | {ids.expand(name): label for name, label in PREDICATES.items()}
        self._labels = {f"<{iri}>".encode(): label for iri, label in labels.items()}
        self._members = {f"<{ids.expand(name)}>".encode() for name in ("skos:member", "dcterms:isPartOf")}
        self._measures = {f"<{ids.expand(f'lg:{name.title()}')}>".encode(): name for name in ("target", "outcome")}

    def take(self, subject: bytes, lines: Lines) -> None:
        """Read one subject."""
        if "rdf:object" in lines:
            self._statement(lines)
        elif "lg:indicator" in lines:
            self._measure(lines)
        elif "org:organization" in lines:
            self._tenure(lines)
        elif "lg:project" in lines:
            self._stage(lines)
        elif "skos:prefLabel" in lines:
            self._thing(subject, lines)

    def _thing(self, subject: bytes, lines: Lines) -> None:
        classes = sorted((self._order[kind], kind) for kind, _ in lines.get("rdf:type", ()) if kind in self._order)
        kind = self._types[classes[0][1]] if classes else ""
        if any(scheme == self._industry for scheme, _ in lines.get("skos:inScheme", ())):
            kind = kind or "industry"
        names = sorted(text for text, language in map(_words, lines["skos:prefLabel"]) if language.startswith("zh"))
        if not kind or not names:
            return
        iri = subject[1:-1].decode()
        thing = Thing(iri, " ".join(names[0].split()) or ids.local(iri), kind)
        thing.mentions = len({span for span, _ in lines.get("lg:evidence", ())})
        for document, _ in lines.get("lg:mentionedIn", ()):
            thing.first, thing.last = _wider((thing.first, thing.last), self._year(document))
        self.found.things[subject] = thing
        self._plain(subject, lines)

    def _plain(self, subject: bytes, lines: Lines) -> None:
        for name, kind in (("lg:area", "area"), ("lg:within", "within"), ("dcterms:isReplacedBy", "replaced")):
            for value in sorted({value for value, _ in lines.get(name, ())}):
                self._tie(subject, value, kind, self._labels[f"<{ids.expand(name)}>".encode()], NEVER)
        for name, kept in (("lg:area", self.found.areas), ("lg:within", self.found.within)):
            if name in lines:
                kept[subject] = min(value for value, _ in lines[name])

    def _statement(self, lines: Lines) -> None:
        for predicate, _ in lines.get("rdf:predicate", ()):
            label = self._labels.get(predicate, ids.local(predicate[1:-1].decode()))
            kind = "member" if predicate in self._members else "relation"
            for source, target in _pairs(lines, "rdf:subject", "rdf:object"):
                self._tie(source, target, kind, label, self._told(lines))

    def _measure(self, lines: Lines) -> None:
        kinds = [kind for kind, _ in lines.get("rdf:type", ()) if kind in self._measures]
        years = [int(words) for words, _ in map(_words, lines.get("lg:year", ())) if words.isdecimal()]
        for kind in sorted(set(kinds)):
            for source, target in _pairs(lines, "lg:subject", "lg:indicator"):
                year = max(years, default=self._told(lines))
                self._tie(source, target, self._measures[kind], self._labels[kind], year)
        for indicator in {value for value, _ in lines["lg:indicator"]}:
            told = self.found.measured.setdefault(indicator, (0, NEVER, NEVER))
            span = _wider(told[1:], self._told(lines))
            self.found.measured[indicator] = (told[0] + len(lines.get("lg:evidence", ())), *span)

    def _tenure(self, lines: Lines) -> None:
        roles = sorted({words for words, _ in map(_words, lines.get("lg:roleText", ()))})
        documents = sorted({graph for _, graph in lines.get("lg:attestedBy", ())})
        for source, target in _pairs(lines, "org:member", "org:organization"):
            for role in roles:
                for document in documents:
                    self._tie(source, target, "post", role, self._year(document))

    def _stage(self, lines: Lines) -> None:
        documents = [document for document, _ in lines.get("lg:statedIn", ())]
        for project, _ in lines["lg:project"]:
            for stage, _ in lines.get("lg:stage", ()):
                for document in documents:
                    told = (self._dates.get(document, ""), document, self._labels.get(stage, ""))
                    self.found.stages[project] = max(told, self.found.stages.get(project, told))

    def _told(self, lines: Lines) -> int:
        """Return the year of the document that states something."""
        return max((self._year(document) for document, _ in lines.get("lg:statedIn", ())), default=NEVER)

    def _year(self, document: bytes) -> int:
        year = self._dates.get(document, "")[:4]
        return int(year) if year.isdecimal() else NEVER

    def _tie(self, source: bytes, target: bytes, kind: str, label: str, year: int) -> None:
        if source != target:
            self.found.ties.setdefault((source, target, kind, label), Tie(0, 0, kind, label)).add(year)


def _pairs(lines: Lines, one: str, other: str) -> Iterator[tuple[bytes, bytes]]:
    for source in sorted({value for value, _ in lines.get(one, ())}):
        for target in sorted({value for value, _ in lines.get(other, ())}):
            yield source, target


def _words(value: tuple[bytes, bytes]) -> tuple[str, str]:
    """Return the text and the language of a literal."""
    text, _, language = value[0].decode().rpartition('"')
    return str(json.loads(f'{text}"', strict=False)), language.removeprefix("@").lower()


def _wider(span: tuple[int, int], year: int) -> tuple[int, int]:
    if year == NEVER:
        return span
    return (year, year) if span[0] == NEVER else (min(span[0], year), max(span[1], year))


def _numbered(found: _Found) -> Network:
    """Give things numbers in the order of their IRIs; what leads to no thing is left out, as in ``entity_graph``."""
    numbers = {iri: number for number, iri in enumerate(sorted(found.things, key=lambda iri: iri[1:-1]))}
    for iri, number in numbers.items():
        thing = found.things[iri]
        thing.area = numbers.get(found.areas.get(iri, b""), number if thing.type == "place" else -1)
        thing.stage = found.stages[iri][2] if iri in found.stages else ""
        mentions, first, last = found.measured.get(iri, (0, NEVER, NEVER))
        thing.mentions += mentions
        for year in (first, last):
            thing.first, thing.last = _wider((thing.first, thing.last), year)
    ties = []
    for (source, target, _, _), tie in found.ties.items():
        if source in numbers and target in numbers:
            tie.source, tie.target = numbers[source], numbers[target]
            ties.append(tie)
    ties.sort(key=lambda tie: (tie.source, tie.target, KINDS.index(tie.kind), tie.label))
    within = {
        numbers[place]: numbers[wider] for place, wider in found.within.items() if {place, wider} <= numbers.keys()
    }
    return Network([found.things[iri] for iri in numbers], ties, dict(sorted(within.items())))
