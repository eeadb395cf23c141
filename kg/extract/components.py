"""The spaCy components: an explicit table from name to finder, registered once.

``nlp.add_pipe("kg_places")`` works in anyone's pipeline, over any tokens: a component reads
``doc.text``, writes ``doc.spans["kg_place"]`` and so on, and keeps exact offsets in
``reading(doc)``. Components never import each other; what one needs of another it asks of the
reading, which runs the finder when nobody has. Order in the pipeline therefore changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract import (
    bodies,
    enterprises,
    events,
    industries,
    measures,
    parks,
    people,
    places,
    policies,
    posts,
    projects,
    schemes,
    stages,
)
from kg.extract.reading import Finder, Measured, Reading, Related
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
#: Component name -> the kind of relation it finds.
RELATION_COMPONENTS: Mapping[str, str] = {
    "kg_posts": "holdsPost",
    "kg_members": "hasMember",
    "kg_stages": "projectStage",
}
#: All of our components, in the order of our own pipeline.
NAMES = ("kg_sentences", *MENTION_COMPONENTS, "kg_measures", *RELATION_COMPONENTS)

_KEY = "kg_reading"


def attach(doc: Doc, document: Document) -> Reading:
    """Tell a spaCy ``Doc`` which document it holds; returns the reading that the components fill."""
    reading = Reading(document, FINDERS)
    doc.user_data[_KEY] = reading
    return reading


def reading(doc: Doc) -> Reading:
    """Return the reading of a ``Doc``; a bare text becomes a document without metadata."""
    existing = doc.user_data.get(_KEY)
    if isinstance(existing, Reading):
        return existing
    return attach(doc, Document("", "text", doc.text))


def publish(doc: Doc, group: str, items: Sequence[tuple[int, int, str, str]]) -> None:
    """Write (start, end, label, key) stretches of the view to ``doc.spans[group]``.

    In a ``Doc`` whose tokens are longer than a character a span grows to whole tokens;
    the exact offsets stay in the reading.
    """
    found = reading(doc)
    source = found.view.source
    if len(doc) == len(found.document.text):  # one token a character: offsets are token indices
        doc.spans[group] = [Span(doc, *source(start, end), label=label, kb_id=key) for start, end, label, key in items]
        return
    spans: list[Span] = []
    for start, end, label, key in items:
        low, high = source(start, end)
        span = doc.char_span(low, high, label=label, kb_id=key, alignment_mode="expand")
        if span is None:
            raise ValueError(f"span {low}:{high} lies outside the text")
        spans.append(span)
    doc.spans[group] = spans


def _sentences(doc: Doc) -> Doc:
    publish(doc, "kg_sentence", [(line.start, line.end, line.kind, "") for line in reading(doc).lines])
    return doc


def _mentions(labels: tuple[str, ...]) -> Callable[[Doc], Doc]:
    def component(doc: Doc) -> Doc:
        for label in labels:
            found = reading(doc).found(label)
            publish(doc, f"kg_{label}", [(item.start, item.end, label, item.key) for item in found])
        return doc

    return component


def _measures(doc: Doc) -> Doc:
    found: Sequence[Measured] = reading(doc).measures(measures.find)
    publish(doc, "kg_measure", [(item.start, item.end, item.kind, "") for item in found])
    return doc


def _relations(kind: str) -> Callable[[Doc], Doc]:
    def component(doc: Doc) -> Doc:
        found = reading(doc).relations(kind, RELATIONS[kind])
        publish(doc, f"kg_{kind}", [(item.start, item.end, kind, "") for item in found])
        return doc

    return component


def function(name: str) -> Callable[[Doc], Doc]:
    """Return the component of a name as a plain function on a ``Doc``."""
    if name in MENTION_COMPONENTS:
        return _mentions(MENTION_COMPONENTS[name])
    if name in RELATION_COMPONENTS:
        return _relations(RELATION_COMPONENTS[name])
    return {"kg_sentences": _sentences, "kg_measures": _measures}[name]


def assigns(name: str) -> list[str]:
    """Span groups a component writes, as spaCy's ``analyze_pipes`` wants them."""
    labels = MENTION_COMPONENTS.get(name) or (RELATION_COMPONENTS.get(name, name.removeprefix("kg_").rstrip("s")),)
    return [f"doc.spans.kg_{label}" for label in labels]


def _register(name: str) -> Callable[[Language, str], Callable[[Doc], Doc]]:
    def create(nlp: Language, name: str) -> Callable[[Doc], Doc]:
        return function(name if name in NAMES else factory_name)

    factory_name = name
    Language.factory(name, assigns=["doc.spans"], func=create)
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
