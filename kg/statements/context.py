"""What all statements of one document share. An extraction and the entities go in; spans and entities are looked up.

Each span becomes one ``lg:Mention`` node however many things it supports, and each entity is described once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping

from kg import ids
from kg.records import Entity, Extraction, Mention, Sentence, Statement, Term
from kg.resolve import keys
from kg.statements import nodes

_TYPE = ids.expand("rdf:type")
_SOURCE = ids.expand("oa:hasSource")
_SELECTOR = ids.expand("oa:hasSelector")
_START, _END = ids.expand("oa:start"), ids.expand("oa:end")
_ANCHOR = ids.expand("nif:anchorOf")
_SENTENCE = ids.expand("nif:sentence")
_CONTEXT = ids.expand("nif:referenceContext")
_GENERATED = ids.expand("prov:wasGeneratedBy")
_EVIDENCE = ids.expand("lg:evidence")
_STATED_IN = ids.expand("lg:statedIn")
_RULE = ids.expand("lg:rule")


class Context:
    """One document on its way to statements."""

    def __init__(self, extraction: Extraction, entities: Mapping[str, Entity], run: str) -> None:
        """Index the sentences and the names of one extraction."""
        self.extraction = extraction
        self.document = extraction.document
        self.text = extraction.document.text
        self.graph = ids.document(extraction.document.id)
        self.source = nodes.iri(self.graph)
        self.run = nodes.iri(run)
        self._entities = entities
        self._sentences = sorted(extraction.sentences, key=lambda sentence: (sentence.start, sentence.end))
        self._starts = [sentence.start for sentence in self._sentences]
        self._by_name: dict[tuple[str, str], Mention] = {}
        for mention in sorted(extraction.mentions):
            self._by_name.setdefault((mention.label, keys.normal(mention.name)), mention)
        self._acted = _acted(extraction)
        self._spans: set[tuple[int, int]] = set()
        self._described: set[tuple[str, str]] = set()

    def say(self, subject: str, predicate: str, value: Term) -> Statement:
        """Return one triple in the graph of the document."""
        return Statement(subject, predicate, value, self.graph)

    def entity(self, key: str, label: str, name: str, place: str = "") -> Entity:
        """Return the resolved entity of a key; what nobody resolved stands for itself."""
        found = self._entities.get(key)
        return found if found is not None else Entity(key, label, name, ids.entity(key), (), place)

    def of(self, mention: Mention) -> Entity:
        """Return the entity of a mention."""
        return self.entity(keys.entity_key(mention), mention.label, mention.name, mention.place)

    def named(self, label: str, name: str) -> Entity | None:
        """Return the entity that a mention of this document gives a name to."""
        mention = self._by_name.get((label, keys.normal(name)))
        return self.of(mention) if mention is not None else None

    def shown_on(self, mention: Mention) -> str | None:
        """Return the day on which the text shows someone at work, else that of the document."""
        return self._acted.get((mention.start, mention.end), self.document.date)

    def first_time(self, kind: str, iri: str) -> bool:
        """Tell whether this node was not yet described in this document."""
        if (kind, iri) in self._described:
            return False
        self._described.add((kind, iri))
        return True

    def evidence(self, node: str, start: int, end: int) -> Iterator[Statement]:
        """Yield the link from a node to the span that supports it, and the span itself when it is new."""
        yield Statement(node, _EVIDENCE, nodes.iri(ids.span(self.document.id, start, end)), self.graph)
        if (start, end) not in self._spans:
            self._spans.add((start, end))
            yield from self._span(start, end)

    def stated(self, node: str, start: int, end: int, rule: str) -> Iterator[Statement]:
        """Yield where a node was read: document, run, rule and evidence."""
        yield self.say(node, _STATED_IN, self.source)
        yield self.say(node, _GENERATED, self.run)
        if rule:
            yield self.say(node, _RULE, nodes.string(rule))
        yield from self.evidence(node, start, end)

    def sentence_texts(self) -> Iterator[str]:
        """Yield the text of each sentence, in order."""
        return (self.text[sentence.start : sentence.end] for sentence in self._sentences)

    def _span(self, start: int, end: int) -> Iterator[Statement]:
        graph, identifier = self.graph, self.document.id
        node, selector = ids.span(identifier, start, end), ids.selector(identifier, start, end)
        sentence = self.sentence(start)
        yield Statement(node, _TYPE, nodes.name("lg:Mention"), graph)
        yield Statement(node, _SOURCE, self.source, graph)
        yield Statement(node, _SELECTOR, nodes.iri(selector), graph)
        yield Statement(node, _ANCHOR, nodes.chinese(self.text[start:end]), graph)
        yield Statement(node, _SENTENCE, nodes.iri(ids.span(identifier, sentence.start, sentence.end)), graph)
        yield Statement(node, _GENERATED, self.run, graph)
        yield Statement(selector, _TYPE, nodes.name("oa:TextPositionSelector"), graph)
        yield Statement(selector, _START, nodes.position(start), graph)
        yield Statement(selector, _END, nodes.position(end), graph)
        yield from self._describe_sentence(sentence)

    def _describe_sentence(self, sentence: Sentence) -> Iterator[Statement]:
        node = ids.span(self.document.id, sentence.start, sentence.end)
        if self.first_time("sentence", node):
            yield self.say(node, _TYPE, nodes.name("nif:Sentence"))
            yield self.say(node, _CONTEXT, self.source)
            yield self.say(node, _ANCHOR, nodes.chinese(self.text[sentence.start : sentence.end]))

    def sentence(self, start: int) -> Sentence:
        """Return the sentence around a position, or its line where no sentence was found (front matter)."""
        index = bisect_right(self._starts, start) - 1
        if index >= 0 and self._sentences[index].end > start:
            return self._sentences[index]
        line_end = self.text.find("\n", start)
        return Sentence(
            self.document.id, self.text.rfind("\n", 0, start) + 1, line_end if line_end >= 0 else len(self.text)
        )


def _acted(extraction: Extraction) -> dict[tuple[int, int], str]:
    """Days on which officials presented their reports, by the span of the official: the day the meeting began."""
    began: dict[tuple[int, int], str] = {}
    meetings: dict[tuple[int, int], tuple[int, int]] = {}
    for found in extraction.relations:
        date = found.attribute("date")
        if found.kind == "occurredOn" and date and not found.attribute("basis"):
            began[found.subject.start, found.subject.end] = date
        elif found.kind == "presentedAt" and found.object:
            meetings[found.subject.start, found.subject.end] = (found.object.start, found.object.end)
    days = {}
    for found in extraction.relations:
        if found.kind == "presentedReport" and found.object:
            day = began.get(meetings.get((found.object.start, found.object.end), (-1, -1)))
            if day:
                days[found.subject.start, found.subject.end] = day
    return days
