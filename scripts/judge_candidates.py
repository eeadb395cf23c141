"""Trial: judge the candidate model beside the rules, as facts for the score script.

    python scripts/judge_candidates.py MODEL TEXTS FACTS.jsonl --mode rules|model|both [--threshold 0.5] [--labels a,b]

``rules`` writes what the rules find, ``model`` the model's names alone, ``both`` the rules' facts and those of the
model's names that no mention of the rules touches; stages of projects are read off the added ones too. Prints the
speed of the model alone, in characters a second of processor time.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import spacy
from candidates import LABELS, character_doc, sentences_of
from spacy.language import Language
from spacy.tokens import Doc

from kg import documents
from kg.extract import components
from kg.extract.measures import measures
from kg.extract.reading import Found, Reading
from kg.query import facts
from kg.records import Document, Extraction


class Model:
    """A trained model with its threshold and the labels asked of it."""

    def __init__(self, folder: Path, threshold: float, labels: frozenset[str]) -> None:
        """Load the model."""
        self.nlp: Language = spacy.load(folder)
        self.threshold, self.labels = threshold, labels
        self.characters, self.seconds = 0, 0.0

    def names(self, reading: Reading) -> Iterator[Found]:
        """Yield the model's names of a document."""
        began = time.process_time()
        bounds = list(sentences_of(reading))
        docs = [character_doc(self.nlp.vocab, reading.text[start:end]) for start, end in bounds]
        for _, pipe in self.nlp.pipeline:
            docs = list(pipe.pipe(docs, batch_size=64))
        self.seconds += time.process_time() - began
        self.characters += len(reading.text)
        for (offset, _), doc in zip(bounds, docs, strict=True):
            for start, end, label in self._spans(doc):
                if label in self.labels and end - start > 1:
                    yield Found(offset + start, offset + end, label, doc.text[start:end], "candidates:model")

    def _spans(self, doc: Doc) -> list[tuple[int, int, str]]:
        if "sc" not in doc.spans:
            return [(span.start, span.end, span.label_) for span in doc.ents]
        group = doc.spans["sc"]
        ranked = sorted(
            zip(group.attrs.get("scores", ()), group, strict=True),
            key=lambda pair: (-pair[0], pair[1].start, pair[1].end),
        )
        out: list[tuple[int, int, str]] = []
        for score, span in ranked:
            free = all(span.end <= low or high <= span.start for low, high, _ in out)
            if score >= self.threshold and free:
                out.append((span.start, span.end, span.label_))
        return out


def extraction(document: Document, model: Model | None, mode: str) -> Extraction:
    """Return what rules, model or both say of a document."""
    reading = Reading(document, components.FINDERS)
    found = {label: list(reading.found(label)) for label in components.FINDERS} if mode != "model" else {}
    taken = [item for items in found.values() for item in items]
    for item in model.names(reading) if model else ():
        if not any(item.start < other.end and other.start < item.end for other in taken):
            found.setdefault(item.label, []).append(item)
    whole = Reading(document, {label: lambda _, label=label: found.get(label, []) for label in components.FINDERS})
    mentions = [whole.mention(item) for label in components.FINDERS for item in whole.found(label)]
    if mode == "model":
        return Extraction(document, mentions=tuple(sorted(mentions)))
    relations = [
        whole.relation(item) for kind, find in components.RELATIONS.items() for item in whole.relations(kind, find)
    ]
    told = [whole.measure(item) for item in whole.measures(measures.find)]
    return Extraction(document, (), tuple(sorted(mentions)), tuple(told), tuple(relations))


def main() -> None:
    """Write the facts, print the speed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("facts", type=Path)
    parser.add_argument("--mode", choices=("rules", "model", "both"), default="both")
    parser.add_argument("--threshold", type=float, default=0.5)
    parser.add_argument("--labels", default=",".join(LABELS))
    parser.add_argument("--show", action="store_true", help="print the names that the model adds")
    given = parser.parse_args()
    model = None if given.mode == "rules" else Model(given.model, given.threshold, frozenset(given.labels.split(",")))
    with given.facts.open("w", encoding="utf-8") as out:
        for file in sorted(path for path in given.texts.rglob("*") if path.suffix in (".md", ".txt")):
            result = extraction(documents.read(file, root=given.texts), model, given.mode)
            for mention in result.mentions if given.show else ():
                if mention.rule.startswith("candidates"):
                    sys.stdout.write(f"{file.stem}\t{mention.label}\t{mention.text}\n")
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in facts.rows(result, {}))
    if model:
        sys.stdout.write(f"model: {model.characters / model.seconds:.0f} characters a second\n")


if __name__ == "__main__":
    main()
