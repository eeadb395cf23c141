"""Our own pipeline: a document in, an ``Extraction`` out."""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract import components, ledger
from kg.extract.measures import measures
from kg.extract.reading import Reading
from kg.records import Document, Extraction, Sentence


@cache
def pipeline() -> Language:
    """Return the spaCy pipeline with all of our components, over character tokens."""
    nlp = spacy.blank("zh")
    nlp.max_length = 10**9
    for name in components.NAMES:
        nlp.add_pipe(name)
    return nlp


def make_doc(document: Document) -> Doc:
    """Return a ``Doc`` with one token a character, so that token indices are source offsets."""
    text = document.text
    doc = Doc(pipeline().vocab, words=list(text), spaces=[False] * len(text))
    components.attach(doc, document)
    return doc


def extract(document: Document) -> Extraction:
    """Return all that a document says. Pure: no state, no files, the same answer everywhere.

    Raises nothing of its own; what was not understood is in ``Extraction.issues``. The finders run without
    a ``Doc``, which would cost a tenth more time and 200 bytes a character to be thrown away.
    """
    return extraction(Reading(document, components.FINDERS))


def extraction(reading: Reading) -> Extraction:
    """Return the records of all that is found in a document that is being read.

    With ``components.reading(doc)`` these are the records of a ``Doc`` that went through the pipeline.
    """
    document = reading.document
    found = [item for label in components.FINDERS for item in reading.found(label)]
    measured = reading.measures(measures.find)
    related = [item for kind, find in components.RELATIONS.items() for item in reading.relations(kind, find)]
    entries = ledger.read(reading, found, (*measured, *related))
    sentences = []
    for line in reading.lines:
        start, end = reading.view.source(line.start, line.end)
        sentences.append(Sentence(document.id, start, end, line.kind))
    return Extraction(
        document,
        tuple(sentences),
        tuple(sorted(map(reading.mention, found))),
        tuple(sorted(map(reading.measure, measured), key=repr)),
        tuple(sorted(map(reading.relation, related), key=repr)),
        (*reading.issues, *ledger.issues(document, reading.view, entries)),
        reading.context.place,
        ledger.tallies(entries),
    )
