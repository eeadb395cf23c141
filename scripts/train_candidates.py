"""Trial: learn a small spaCy model that proposes names the rules may miss, from the rules' own labels.

    python scripts/train_candidates.py REPORTS MODEL [--kind ner|spancat] [--without FOLDER ...] [--minutes 10]

REPORTS is a folder with a folder of work reports for each place, MODEL the folder to write. Places that a text of a
``--without`` folder comes from (``三明市-2025.md``) are left out whole, so that those texts can judge.

The rules label the text (silver labels). So that the model learns shapes and contexts, not the lexicons again, a share
of the names is changed each time a sentence is seen: swapped with a name of the same label from anywhere, or its own
characters drawn anew from those of town and firm names. Tokens are characters; their embeddings are hashed, of the
character and of the pair with the next. One thread, fixed seeds. scripts/README.md has what came of it.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import ahocorasick_rs
import spacy
from candidates import LABELS, character_doc, sentences_of
from spacy.language import Language
from spacy.training import Example
from spacy.util import fix_random_seed

from kg import documents, lexicon
from kg.extract import components
from kg.extract.reading import Found, Reading
from kg.registry.places import places

SEED = 20240501
EMPTY = 0.25  # share of the sentences without a name that are kept
RARE, PLAIN = frozenset(("enterprise", "park", "project", "event")), 0.5  # all sentences with these; a share of others
RAREST = frozenset(("enterprise", "park"))
SWAP, MASK = 0.3, 0.35  # shares of names that are swapped, and drawn anew

CONFIG = """
[tok2vec]
@architectures = "spacy.Tok2Vec.v2"
[tok2vec.embed]
@architectures = "spacy.MultiHashEmbed.v2"
width = 64
attrs = ["ORTH", "LEMMA"]
rows = [2500, 4000]
include_static_vectors = false
[tok2vec.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = 64
window_size = 2
maxout_pieces = 3
depth = 3
"""
NER = """
[model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "ner"
extra_state_tokens = true
hidden_width = 64
maxout_pieces = 2
use_upper = true
"""
SPANCAT = """
[suggester]
@misc = "kg.name_pieces.v1"
[model]
@architectures = "spacy.SpanCategorizer.v1"
[model.reducer]
@layers = "spacy.mean_max_reducer.v1"
hidden_size = 64
[model.scorer]
@layers = "spacy.LinearLogistic.v1"
"""


@dataclass(frozen=True, slots=True)
class Name:
    """A labelled stretch of a sentence, with the places inside it."""

    start: int
    end: int
    label: str
    inner: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence with its outermost names, in order."""

    text: str
    names: tuple[Name, ...]


# --- silver labels ------------------------------------------------------------------------------


def samples(files: Iterable[Path], spread: bool) -> Iterator[Sample]:
    """Yield the sentences of the reports with the names that the rules find, place by place.

    With ``spread`` a name found once in the reports of a place is a name wherever they hold it, also
    where no rule sees it: what the model can learn beyond the rules.
    """
    for _, own in groupby(sorted(files), key=lambda file: file.parent):
        readings = [Reading(documents.read(file), components.FINDERS) for file in own]
        found = [_found(reading) for reading in readings]
        table = _table(zip(readings, found, strict=True)) if spread else {}
        for reading, items in zip(readings, found, strict=True):
            outer = outermost([*items, *_again(reading, items, table)])
            for start, end in sentences_of(reading):
                inside = [item for item in outer if start <= item.start and item.end <= end]
                yield Sample(reading.text[start:end], tuple(_name(item, start, reading) for item in inside))


def _found(reading: Reading) -> list[Found]:
    every = (item for label in LABELS for item in reading.found(label) if not item.count)
    return [item for item in every if not re.search(r"\s", reading.text[item.start : item.end])]


#: Length from which a name is taken to mean the same thing everywhere.
LONG = {"place": 3, "enterprise": 3, "park": 4, "project": 4, "event": 5}


def _table(found: Iterable[tuple[Reading, Sequence[Found]]]) -> dict[str, str]:
    return {
        reading.text[item.start : item.end]: item.label
        for reading, items in found
        for item in outermost(items)
        if item.end - item.start >= LONG.get(item.label, 99)
    }


def _again(reading: Reading, items: Sequence[Found], table: Mapping[str, str]) -> Iterator[Found]:
    """Yield the further occurrences of names, where they touch nothing found."""
    if not table:
        return
    taken = [False] * (len(reading.text) + 1)
    for item in items:
        taken[item.start : item.end] = [True] * (item.end - item.start)
    automaton = ahocorasick_rs.AhoCorasick(sorted(table), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    for _, start, end in automaton.find_matches_as_indexes(reading.text):
        if not any(taken[start:end]):
            word = reading.text[start:end]
            yield Found(start, end, table[word], word)


def outermost(found: Sequence[Found]) -> list[Found]:
    """Return the mentions that lie inside no other."""
    out: list[Found] = []
    for item in sorted(found, key=lambda item: (item.start, -item.end, LABELS.index(item.label))):
        if not out or item.start >= out[-1].end:
            out.append(item)
    return out


def _name(item: Found, start: int, reading: Reading) -> Name:
    inner = tuple(
        (place.start - item.start, place.end - item.start)
        for place in outermost(reading.within("place", item.start, item.end))
    )
    return Name(item.start - start, item.end - start, item.label, inner if item.label != "place" else ())


def choose(found: Iterable[Sample], characters: int, repeat: int) -> list[Sample]:
    """Return some of the sentences: those with rarer names first of all, the rarest ``repeat`` times, few without."""
    pick = random.Random(SEED)
    everything = [sample for sample in found if sample.names or pick.random() < EMPTY]
    pick.shuffle(everything)
    kept: list[Sample] = []
    size = 0
    for sample in everything:
        if any(name.label in RARE for name in sample.names) or pick.random() < PLAIN:
            kept += [sample] * (repeat if any(name.label in RAREST for name in sample.names) else 1)
            size += len(sample.text)
        if size > characters:
            break
    return kept


# --- names the lexicons do not hold -------------------------------------------------------------


class Changer:
    """Changes names of sentences: swaps them, or draws their own characters anew."""

    def __init__(self, kept: Sequence[Sample], seed: int) -> None:
        """Collect the names to swap with and the characters to draw from."""
        self.random = random.Random(seed)
        pool: defaultdict[str, dict[tuple[str, tuple[tuple[int, int], ...]], None]] = defaultdict(dict)
        for sample in kept:
            for name in sample.names:
                pool[name.label][sample.text[name.start : name.end], name.inner] = None
        self.pool = {label: list(names) for label, names in pool.items()}
        towns = [town.name for code in _prefectures() for town in places().towns(code)]
        self.town = [c for town in towns for c in town[: max(1, len(town.rstrip("镇乡街道办事处")))] if c >= "\u4e00"]
        self.firm = [c for firm in lexicon.lines("enterprises") for c in firm if c >= "\u4e00"]
        self.kinds = sorted(
            [row["word"] for table in ("enterprise_forms", "park_kinds") for row in lexicon.table(table)], key=len
        )[::-1]

    def __call__(self, sample: Sample) -> Sample:
        """Return a sentence with some of its names changed."""
        parts: list[str] = []
        names: list[Name] = []
        last = length = 0
        for name in sample.names:
            gap = sample.text[last : name.start]
            word = self._changed(sample.text[name.start : name.end], name)
            start = length + len(gap)
            parts += gap, word
            names.append(Name(start, start + len(word), name.label))
            last, length = name.end, start + len(word)
        return Sample("".join((*parts, sample.text[last:])), tuple(names))

    def _changed(self, word: str, name: Name) -> str:
        chance = self.random.random()
        inner = name.inner
        if chance < SWAP and name.label != "agency":
            word, inner = self.random.choice(self.pool[name.label])
            chance += SWAP / 2  # half of the swapped names get new characters too
        if not SWAP <= chance < SWAP + MASK:
            return word
        if name.label in ("place", "enterprise", "park"):
            return self._masked(word, name.label)
        for low, high in reversed(inner):  # projects, bodies and events: other places inside
            word = word[:low] + self._masked(word[low:high], "place") + word[high:]
        return word

    def _masked(self, word: str, label: str) -> str:
        kind = word[-1:] if label == "place" and (len(word) > 2 or word[-1:] in "江河湖港岛山") else ""
        if label != "place":
            kind = next((kind for kind in self.kinds if word.endswith(kind) and len(word) > len(kind)), "")
        own = len(word) - len(kind)
        size = own if own < 5 else self.random.choice((2, 3, 4))
        drawn = self.town if label != "enterprise" or self.random.random() < 0.4 else self.firm
        return "".join(self.random.choices(drawn, k=max(1, size))) + kind


def _prefectures() -> list[str]:
    return sorted({place.code for place in places() if place.level == "prefecture"})


# --- training -----------------------------------------------------------------------------------


def example(nlp: Language, sample: Sample, kind: str) -> Example:
    """Return what spaCy learns from."""
    predicted, truth = character_doc(nlp.vocab, sample.text), character_doc(nlp.vocab, sample.text)
    spans = [truth[name.start : name.end] for name in sample.names]
    labelled = [
        truth.char_span(span.start_char, span.end_char, name.label)
        for span, name in zip(spans, sample.names, strict=True)
    ]
    if kind == "ner":
        truth.set_ents(labelled)
    else:
        truth.spans["sc"] = labelled
    return Example(predicted, truth)


def build(kind: str) -> Language:
    """Return the untrained pipeline."""
    from thinc.api import Config

    nlp = spacy.blank("zh")
    config = Config().from_str((NER if kind == "ner" else SPANCAT) + CONFIG.replace("[tok2vec", "[model.tok2vec"))
    if kind == "spancat":
        config["threshold"] = 0.3
    nlp.add_pipe(kind, config=dict(config))
    return nlp


def train(kept: Sequence[Sample], kind: str, epochs: float, minutes: float, characters: int) -> Language:
    """Train for a number of passes over the sentences, or for some minutes when that is less."""
    fix_random_seed(SEED)
    nlp = build(kind)
    change, order = Changer(kept, SEED), random.Random(SEED)
    nlp.initialize(lambda: [example(nlp, sample, kind) for sample in kept[:2000]])
    optimizer = nlp.create_optimizer()
    optimizer.learn_rate = 0.002
    total = int(epochs * sum(len(sample.text) for sample in kept))
    began, seen, losses, batches = time.process_time(), 0, {kind: 0.0}, 0
    while seen < total:
        shuffled = list(kept)
        order.shuffle(shuffled)
        for batch in _batches(shuffled, characters):
            nlp.update(
                [example(nlp, change(sample), kind) for sample in batch], sgd=optimizer, drop=0.15, losses=losses
            )
            seen += sum(len(sample.text) for sample in batch)
            optimizer.learn_rate = 0.002 * max(0.05, 1 - seen / total)
            batches += 1
            if batches % 200 == 0:
                spent = time.process_time() - began
                print(f"{seen / total:.2f} of {total} characters, {spent:.0f} s, loss {losses[kind]:.0f}", flush=True)
                losses[kind] = 0.0
            if seen >= total or time.process_time() - began > minutes * 60:
                return nlp
    return nlp


def _batches(shuffled: Sequence[Sample], characters: int) -> Iterator[list[Sample]]:
    batch: list[Sample] = []
    size = 0
    for sample in shuffled:
        batch.append(sample)
        size += len(sample.text)
        if size >= characters:
            yield batch
            batch, size = [], 0


def main() -> None:
    """Label, choose sentences, train, write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--kind", choices=("ner", "spancat"), default="ner")
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    parser.add_argument("--minutes", type=float, default=11)
    parser.add_argument("--epochs", type=float, default=4)
    parser.add_argument("--characters", type=int, default=2_000_000, help="how much text to keep")
    parser.add_argument("--batch", type=int, default=4000, help="characters a batch")
    parser.add_argument("--repeat", type=int, default=1, help="times a sentence with an enterprise or a park is seen")
    parser.add_argument("--spread", action="store_true", help="label a name wherever the reports of its place hold it")
    given = parser.parse_args()
    left_out = {file.name.split("-")[0] for folder in given.without for file in folder.iterdir()}
    files = [file for file in given.reports.rglob("*.md") if file.parent.name not in left_out]
    kept = choose(samples(files, given.spread), given.characters, given.repeat)
    labels = Counter(name.label for sample in kept for name in sample.names)
    print(f"{len(files)} reports of {len({file.parent for file in files})} places, {len(kept)} sentences", labels)
    model = train(kept, given.kind, given.epochs, given.minutes, given.batch)
    model.to_disk(given.model, exclude=["vocab"])


if __name__ == "__main__":
    main()
