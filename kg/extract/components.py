"""The spaCy components: an explicit table from name to finder, registered once.

``nlp.add_pipe("kg_places")`` works in anyone's pipeline, over any tokens: a component reads
``doc.text``, writes ``doc.spans["kg_place"]`` and so on, and keeps exact offsets in
``reading(doc)``. Components never import each other; what one needs of another it asks of the
reading, which runs the finder when nobody has. Order in the pipeline therefore changes nothing.

A reading lives as long as its ``Doc`` and beside it, so that a ``Doc`` can be pickled, written with
``to_bytes`` and sent between processes. What it takes along is what cannot be found again in the
text: the metadata of its document, as plain values in ``doc.user_data``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.entities import bodies, enterprises, events, industries, parks, people, places, policies, posts, schemes
from kg.extract.measures import measures
from kg.extract.projects import projects, stages
from kg.extract.reading import Finder, Measured, Reading, Related
from kg.extract.relations import relations
from kg.records import Document

#: Which function finds the mentions of a label.
FINDERS: Mapping[str, Finder] = {
    "place": places.find,
    "agency": bodies.find,
    "official": people.find,
    "press": people.find_press,
    "enterprise": enterprises.find,
    "park": parks.find,
    "industry": industries.find,
    "scheme": schemes.find,
    "project": projects.find,
    "policy": policies.find,
    "event": events.find,
}
#: Which function finds the relations of a kind.
RELATIONS: Mapping[str, Callable[[Reading], Sequence[Related]]] = {
    "holdsPost": posts.find,
    "hasMember": schemes.find_members,
    "projectStage": stages.find,
    **{kind: relations.finder(kind) for kind in relations.FAMILIES},
}

#: Component name -> the labels of mentions it finds.
MENTION_COMPONENTS: Mapping[str, tuple[str, ...]] = {
    "kg_places": ("place",),
    "kg_bodies": ("agency",),
    "kg_people": ("official", "press"),
    "kg_enterprises": ("enterprise",),
    "kg_parks": ("park",),
    "kg_industries": ("industry",),
    "kg_schemes": ("scheme",),
    "kg_projects": ("project",),
    "kg_policies": ("policy",),
    "kg_events": ("event",),
}
#: Component name -> the kinds of relation it finds.
RELATION_COMPONENTS: Mapping[str, tuple[str, ...]] = {
    "kg_posts": ("holdsPost",),
    "kg_members": ("hasMember",),
    "kg_stages": ("projectStage",),
    "kg_relations": tuple(relations.FAMILIES),
}
#: All of our components, in the order of our own pipeline.
NAMES = ("kg_sentences", *MENTION_COMPONENTS, "kg_measures", *RELATION_COMPONENTS)

#: Where the metadata of a document stand in ``doc.user_data``, and which of its fields are not among them.
_KEY = "kg_document"
_TEXT = "text"
_LENGTH = "length"

_READINGS: WeakKeyDictionary[Doc, Reading] = WeakKeyDictionary()


def attach(doc: Doc, document: Document) -> Reading:
    """Tell a spaCy ``Doc`` which document it holds; returns the reading that the components fill.

    Raises ``ValueError`` when the two hold different texts.
    """
    if _length(doc) != len(document.text):
        raise ValueError(f"the Doc has {_length(doc)} characters, the document {len(document.text)}")
    about = {name: value for name, value in document.to_dict().items() if name != _TEXT}
    doc.user_data[_KEY] = {**about, _LENGTH: len(document.text)}
    return _begin(doc, document)


def _begin(doc: Doc, document: Document) -> Reading:
    reading = _READINGS[doc] = Reading(document, FINDERS)
    return reading


def reading(doc: Doc) -> Reading:
    """Return the reading of a ``Doc``; a bare text becomes a document without metadata."""
    existing = _READINGS.get(doc)
    if existing is not None:
        return existing
    about: dict[str, Any] = dict(doc.user_data.get(_KEY, {}))
    if about.pop(_LENGTH, None) != _length(doc):  # a bare text, or one that was joined or cut since
        about = {"id": "", "path": "text"}
    return _begin(doc, Document.from_dict({**about, _TEXT: doc.text}))


def _length(doc: Doc) -> int:
    """Return how many characters a ``Doc`` holds, without making its text."""
    return doc[-1].idx + len(doc[-1].text_with_ws) if len(doc) else 0


def publish(doc: Doc, group: str, items: Iterable[tuple[int, int, str, str]]) -> None:
    """Write (start, end, label, key) stretches of the view to ``doc.spans[group]``.

    In a ``Doc`` whose tokens are longer than a character a span grows to whole tokens;
    the exact offsets stay in the reading.
    """
    source = reading(doc).view.source
    single = len(doc) == _length(doc)  # a token a character: token indices are offsets
    spans: list[Span] = []
    for start, end, label, key in items:
        low, high = source(start, end)
        span = (
            Span(doc, low, high, label, kb_id=key)
            if single
            else doc.char_span(low, high, label=label, kb_id=key, alignment_mode="expand")
        )
        if span is None:
            raise ValueError(f"span {low}:{high} lies outside the text")
        spans.append(span)
    doc.spans[group] = spans


# --- components ---------------------------------------------------------------------------------
# Objects of a class, not closures: a pipeline can then be pickled, and sent to worker processes.


@dataclass(frozen=True, slots=True)
class Sentences:
    """Marks sentences, headings and bylines."""

    def __call__(self, doc: Doc) -> Doc:
        """Write the span groups of this component."""
        publish(doc, "kg_sentence", [(line.start, line.end, line.kind, "") for line in reading(doc).lines])
        return doc


@dataclass(frozen=True, slots=True)
class Mentions:
    """Finds the mentions of some labels."""

    labels: tuple[str, ...]

    def __call__(self, doc: Doc) -> Doc:
        """Write the span groups of this component."""
        for label in self.labels:
            found = reading(doc).found(label)
            publish(doc, f"kg_{label}", [(item.start, item.end, label, item.key) for item in found])
        return doc


@dataclass(frozen=True, slots=True)
class Measures:
    """Finds targets and outcomes."""

    def __call__(self, doc: Doc) -> Doc:
        """Write the span groups of this component."""
        found: Sequence[Measured] = reading(doc).measures(measures.find)
        publish(doc, "kg_measure", [(item.start, item.end, item.kind, "") for item in found])
        return doc


@dataclass(frozen=True, slots=True)
class Relations:
    """Finds the relations of some kinds."""

    kinds: tuple[str, ...]

    def __call__(self, doc: Doc) -> Doc:
        """Write the span groups of this component."""
        for kind in self.kinds:
            found = reading(doc).relations(kind, RELATIONS[kind])
            publish(doc, f"kg_{kind}", [(item.start, item.end, kind, "") for item in found])
        return doc


def function(name: str) -> Callable[[Doc], Doc]:
    """Return the component of a name, a function on a ``Doc``."""
    if name in MENTION_COMPONENTS:
        return Mentions(MENTION_COMPONENTS[name])
    if name in RELATION_COMPONENTS:
        return Relations(RELATION_COMPONENTS[name])
    others: Mapping[str, Callable[[Doc], Doc]] = {"kg_sentences": Sentences(), "kg_measures": Measures()}
    return others[name]


def groups(name: str) -> tuple[str, ...]:
    """Return the span groups that a component writes."""
    labels = MENTION_COMPONENTS.get(name) or RELATION_COMPONENTS.get(name) or (name.removeprefix("kg_").rstrip("s"),)
    return tuple(f"kg_{label}" for label in labels)


def _register(factory: str) -> Callable[[Language, str], Callable[[Doc], Doc]]:
    def create(nlp: Language, name: str) -> Callable[[Doc], Doc]:
        return function(factory)  # ``name`` is what the user calls this component in the pipeline

    Language.factory(factory, assigns=["doc.spans"], func=create)
    return create


kg_sentences = _register("kg_sentences")
kg_places = _register("kg_places")
kg_bodies = _register("kg_bodies")
kg_people = _register("kg_people")
kg_enterprises = _register("kg_enterprises")
kg_parks = _register("kg_parks")
kg_industries = _register("kg_industries")
kg_schemes = _register("kg_schemes")
kg_projects = _register("kg_projects")
kg_policies = _register("kg_policies")
kg_events = _register("kg_events")
kg_measures = _register("kg_measures")
kg_posts = _register("kg_posts")
kg_members = _register("kg_members")
kg_stages = _register("kg_stages")
kg_relations = _register("kg_relations")
