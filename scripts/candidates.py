"""Trial: what the training and the judging of the candidate model share. See train_candidates.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Ops, get_current_ops
from thinc.types import Ragged

from kg.extract.projects import works
from kg.extract.reading import Reading

LABELS = ("event", "project", "agency", "park", "enterprise", "place", "industry")
LONGEST, WHOLE = 20, 12


def character_doc(vocab: Vocab, text: str) -> Doc:
    """Return a ``Doc`` of one token a character; the lemma is the pair of it and the next."""
    pairs = [text[i : i + 2] for i in range(len(text))]
    return Doc(vocab, words=list(text), spaces=[False] * len(text), lemmas=pairs)


def sentences_of(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the sentences that can hold names."""
    for line in reading.lines:
        if line.kind != "byline" and line.end - line.start > 5:
            yield line.start, line.end


def pieces(text: str) -> list[tuple[int, int]]:
    """Return the stretches of a sentence that may be names: parts of what stands between verbs and marks."""
    out: list[tuple[int, int]] = []
    for low, high in works.clauses(text):
        for token in works.tokens(text, low, high):
            if token.kind != works.NAME:
                continue
            free = token.end - token.start <= WHOLE
            for start in range(token.start, token.end - 1):
                ends = range(start + 2, min(token.end, start + LONGEST) + 1)
                out += [(start, end) for end in ends if free or start == token.start or end == token.end]
    return out


@spacy.registry.misc("kg.name_pieces.v1")
def name_pieces() -> Callable[[Iterable[Doc]], Ragged]:
    """Return a suggester of the pieces of each sentence."""

    def suggest(docs: Iterable[Doc], *, ops: Ops | None = None) -> Ragged:
        ops = ops or get_current_ops()
        spans = [pieces(doc.text) for doc in docs]
        flat = [span for own in spans for span in own]
        lengths = ops.asarray1i([len(own) for own in spans])
        return Ragged(ops.asarray2i(flat) if flat else ops.xp.zeros((0, 2), dtype="i"), lengths)

    return suggest
