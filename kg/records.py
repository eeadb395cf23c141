"""The records that flow from stage to stage. Standard library only.

All are frozen and ordered, so a list of them sorts the same way everywhere.
``start`` and ``end`` are 0-based offsets into the untouched ``Document.text``
(Python ``str`` indices, end exclusive); ``document`` is always ``Document.id``.

Each record has ``to_dict`` and ``from_dict``, so every stage can be written as
JSON lines, read back and looked at alone.
"""

from __future__ import annotations

import dataclasses
import functools
import operator
import types
import typing
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

#: Labels a mention may carry, in the order they are reported.
MENTION_LABELS = (
    "official",
    "press",
    "agency",
    "enterprise",
    "park",
    "place",
    "industry",
    "scheme",
    "project",
    "policy",
    "event",
)

#: Kinds of relation, each documented in ``Relation``.
RELATION_KINDS = (
    "holdsPost", "hasMember", "projectStage",
    "hasSubgroup", "hasComponent", "hasComponentCount", "hasAlias", "issuedPolicy", "implementsPolicy",
    "presentedReport", "presentedAt", "onBehalfOf", "occurredOn", "heldIn", "signed", "producedBy", "willOperateIn",
    "receivedHonour", "nominatedFor", "obtainedDesignation", "seeksDesignation", "keyIndustry", "targetsIndustry",
    "memberOfGroup", "hasProjectType", "connects", "undergoes", "transformsInto", "establishes",
)  # fmt: skip

#: Stages of a project; the order is that of a project's life.
STAGES = ("idea", "planning", "planned", "preparatory", "started", "in_progress", "completed", "in_operation")


@dataclass(frozen=True, slots=True, order=True)
class Record:
    """Base: conversion to and from plain JSON values."""

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as JSON values; nested records become dicts, tuples lists."""
        form = _form(typing.cast("Hashable", type(self)))
        data = dict(zip(form.names, form.values(self), strict=True))
        for name, plain, _ in form.nested:
            if data[name] is not None:
                data[name] = plain(data[name])
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Rebuild the record that ``to_dict`` wrote; unknown keys raise ``TypeError``."""
        values = dict(data)
        for name, _, typed in _form(typing.cast("Hashable", cls)).nested:
            value = values.get(name)
            if value is not None:
                values[name] = typed(value)
        return cls(**values)


@dataclass(frozen=True, slots=True, order=True)
class Document(Record):
    """One source text. ``id`` is the first 16 hex digits of the SHA-256 of the file's bytes."""

    id: str
    path: str  #: relative to the folder that was given, with forward slashes
    text: str = field(repr=False)  #: exactly as decoded; for PDF and DOCX the extracted text
    format: str = "txt"  #: txt, md, html, pdf or docx
    encoding: str = "utf-8"  #: how the bytes were decoded; empty for PDF and DOCX
    sha256: str = ""
    title: str | None = None
    date: str | None = None  #: ISO 8601 with the precision known: 2021-12-31, 2021-12 or 2021
    publisher: str | None = None
    url: str | None = None
    bylines: tuple[str, ...] = ()  #: names credited as reporters, editors, designers

    @property
    def stem(self) -> str:
        """File name without folder and suffix."""
        name = self.path.rsplit("/", 1)[-1]
        return name.rsplit(".", 1)[0] if "." in name.strip(".") else name


@dataclass(frozen=True, slots=True, order=True)
class Sentence(Record):
    """One sentence, list item or heading of a document."""

    document: str
    start: int
    end: int
    kind: str = "text"  #: text, heading or byline


@dataclass(frozen=True, slots=True, order=True)
class Mention(Record):
    """One naming of a thing in the text."""

    document: str
    start: int
    end: int
    label: str  #: one of MENTION_LABELS
    text: str  #: the source characters from start to end
    name: str  #: full name within the document: 市科技局 becomes 株洲市科学技术局
    rule: str = ""  #: which rule of which component found it
    place: str = ""  #: adcode of the place that tells namesakes apart; empty when none is needed
    key: str = ""  #: identity given by a registry (``place/430200``, ``industry/ceramics``), else empty
    members: tuple[str, ...] = ()  #: names joined in a coordination (省直、长沙…中心 has four)
    count: int | None = None  #: stated number of things (等26个项目)


@dataclass(frozen=True, slots=True, order=True)
class Measure(Record):
    """A target or an outcome: a value, bound or state of one indicator for one place and period."""

    document: str
    start: int
    end: int
    kind: str  #: target or outcome
    indicator: str  #: 地区生产总值增速, 新增规模以上工业企业数, …
    text: str  #: the quote: source characters from start to end
    value: str | None = None  #: decimal digits; None for a goal without a number
    unit: str | None = None  #: as written, scale included: 亿元, 万人, %, 位
    comparator: str = "="  #: = >= > ~ <= < >ref <ref, or achieve, maintain, increase, decrease, full_coverage
    comparator_text: str | None = None  #: 以上, 突破, 左右, … as written
    modality: str | None = None  #: 力争, 确保, 争取, 预期, 预计, 目标, 计划 as written
    year: int | None = None  #: last year of the period
    period_start: int | None = None  #: first year when the period is longer than one
    year_basis: str = "inferred"  #: explicit or inferred
    scope: str = ""  #: full name of the place (or other subject) the value is about
    scope_key: str = ""  #: ``place/430200`` when the scope is in the registry
    attributed_to: str | None = None  #: the official who is quoted with it
    rule: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Relation(Record):
    """What one passage says of one or two mentions.

    ======================  ==================  =====================  =========================
    kind                    subject             object                 attributes
    ======================  ==================  =====================  =========================
    holdsPost               official            agency, when named     post, organisation, mode
    hasMember               scheme              industry               size, through
    projectStage            project                                    stage, stage_text, aim, year
    hasSubgroup             scheme              scheme
    hasComponent            policy              policy
    hasComponentCount       policy                                     count, what
    hasAlias                policy              policy (short name)
    issuedPolicy            place, agency       policy                 date
    implementsPolicy        place               policy
    presentedReport         official            policy (report)
    presentedAt             policy (report)     event
    onBehalfOf              policy (report)     agency
    occurredOn              event                                      date, basis
    heldIn                  event               place
    signed                  agency, enterprise  policy (agreement)
    producedBy              product             enterprise
    willOperateIn           product             place
    receivedHonour          enterprise          policy (honour)
    nominatedFor            enterprise          policy (honour)
    obtainedDesignation     place, park         policy (designation)
    seeksDesignation        place, park         policy (designation)
    keyIndustry             place, park         industry
    targetsIndustry         place, park         industry
    memberOfGroup           project             project (group)
    hasProjectType          project                                    type
    connects                project             place
    undergoes               park                policy (change)
    transformsInto          park                policy (change)
    establishes             place, park         agency
    ======================  ==================  =====================  =========================

    ``aim`` and ``year`` of ``projectStage`` are given of what is planned: the stage to be reached, and by when.
    ``size`` of ``hasMember`` is given when the list of members is as long as the scheme's name says,
    ``through`` names the group in whose list the member stands. A subject that the text leaves out or names by
    its rank (我市) is the document's own place; its rule is ``home`` and its span that of the quote. Some subjects
    and objects (parts, honours, products) are mentioned in relations only.
    """

    document: str
    start: int
    end: int
    kind: str  #: one of RELATION_KINDS
    text: str  #: the quote
    subject: Mention
    object: Mention | None = None
    attributes: tuple[tuple[str, str], ...] = ()  #: sorted (name, value) pairs
    rule: str = ""

    def attribute(self, name: str) -> str | None:
        """Value of one attribute, ``None`` when the relation lacks it."""
        return dict(self.attributes).get(name)


@dataclass(frozen=True, slots=True, order=True)
class Issue(Record):
    """Something that was not read or not understood; never dropped in silence."""

    stage: str  #: documents, extract, resolve, statements, store
    kind: str  #: short code: unreadable, duplicate, unlinked-number, unknown-place, …
    message: str
    path: str = ""
    document: str = ""
    start: int | None = None
    end: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Tally(Record):
    """How many numbers, quoted phrases or likely names of a document are of one class (``kg.extract.ledger``)."""

    kind: str  #: number, quote or name
    group: str  #: fact, unlinked, …
    number: int


@dataclass(frozen=True, slots=True, order=True)
class Extraction(Record):
    """All that extraction finds in one document."""

    document: Document
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    measures: tuple[Measure, ...] = ()
    relations: tuple[Relation, ...] = ()
    issues: tuple[Issue, ...] = ()
    place: str = ""  #: adcode of the document's jurisdiction, empty when unknown
    ledger: tuple[Tally, ...] = ()  #: what the issues of kinds unlinked-… are counted against


@dataclass(frozen=True, slots=True, order=True)
class Entity(Record):
    """One thing of the world, named by one or more mentions."""

    key: str  #: registry key, or (label, place, normal form) joined by ``/``
    label: str  #: one of MENTION_LABELS, or indicator, post
    name: str
    iri: str
    aliases: tuple[str, ...] = ()  #: other forms seen, sorted
    place: str = ""
    keys: tuple[str, ...] = ()  #: linking keys (``kg.resolve.keys``) that lead here, sorted
    more_places: tuple[str, ...] = ()  #: further places of what crosses borders, such as a railway


@dataclass(frozen=True, slots=True, order=True)
class Pair(Record):
    """A question: two entities that may be one, or (kind career) two linking keys of one that may be two."""

    score: float  #: from 0 to 1
    label: str
    left: str  #: key of an entity; of a career a linking key
    right: str
    left_name: str
    right_name: str
    kind: (
        str  #: what brought them together: place, beside, crossing, maker, end, kind, short, person, homonym or career
    )
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Term(Record):
    """The object of a statement: an IRI, or a literal with datatype or language."""

    value: str
    datatype: str = ""  #: IRI of the datatype; empty for IRIs and language-tagged strings
    language: str = ""
    is_iri: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Statement(Record):
    """One triple in a named graph, with the span that supports it when it was read from text.

    A statement with evidence also gets an ``lg:Statement`` resource of its own in the store,
    so that the direct triple stays plain and its quote is one step away.
    """

    subject: str  #: IRI
    predicate: str  #: IRI
    object: Term
    graph: str  #: IRI of the named graph
    document: str = ""
    start: int | None = None
    end: int | None = None


# --- conversion ---------------------------------------------------------------------------------
# What each field of a class needs is worked out once from its type: a build converts millions of
# records, and most fields are plain values that need nothing.

_Convert = Callable[[Any], Any]


class _Form(NamedTuple):
    """How a class of records is converted: its fields, and those that hold records or tuples."""

    names: tuple[str, ...]
    values: Callable[[Any], tuple[Any, ...]]
    nested: tuple[tuple[str, _Convert, _Convert], ...]  #: name, to plain values, back


@functools.cache
def _form(cls: Any) -> _Form:
    names = tuple(f.name for f in dataclasses.fields(cls))
    hints = typing.get_type_hints(cls)
    converters = ((name, _converters(hints[name])) for name in names)
    nested = tuple((name, *pair) for name, pair in converters if pair is not None)
    get = operator.attrgetter(*names)
    return _Form(names, get if len(names) > 1 else lambda record: (get(record),), nested)


def _converters(hint: Any) -> tuple[_Convert, _Convert] | None:
    """Return the functions to plain values and back for a type; None when its values are plain."""
    arguments = [argument for argument in typing.get_args(hint) if argument not in (type(None), Ellipsis)]
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return _converters(arguments[0])
    if typing.get_origin(hint) is tuple:
        inner = _converters(arguments[0])  # the items of a tuple are of one type, or plain
        if inner is None:
            return list, tuple
        plain, typed = inner
        return (lambda value: list(map(plain, value))), (lambda value: tuple(map(typed, value)))
    if isinstance(hint, type) and issubclass(hint, Record):
        return hint.to_dict, hint.from_dict
    return None
