"""The ledger of a graph: how much of its documents is in facts, and what is not, each with the reason.

Numbers, quoted phrases and likely names are counted by class when documents are read (``kg.extract.ledger``);
a build keeps the counts with the records and sums them into the manifest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.errors import GraphError
from kg.extract import ledger
from kg.query.table import Table
from kg.records import Extraction, Sentence
from kg.store import records
from kg.store.folder import open_graph

KINDS = ledger.KINDS
#: Classes of entries in the order they are told, with what they mean.
GROUPS = {
    "fact": "in a fact",
    "unlinked": "in no fact: listed with the reason",
    "generic": "a kind of thing, no name",
    "name": "part of a name",
    "time": "a date, a period or a time of day",
    "numbering": "a numbering, an ordinal or a footnote mark",
}
_LONGEST = 160


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """One entry of the ledger with its sentence."""

    document: str  #: path
    start: int
    end: int
    kind: str
    group: str
    text: str
    sentence: str
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """Return the entry as JSON values."""
        return asdict(self)


def coverage(graph: Path | str, *, kind: str | None = None, by_document: bool = False) -> Table:
    """Return counts and shares of all numbers, quoted phrases and likely names, by class.

    ``share`` is of all of a kind; ``of sought`` is of those alone that a fact should hold: in a fact, or unlinked.
    Raises ``GraphError`` when the folder is no graph, or one of a version that kept no ledger.
    """
    opened = open_graph(graph)
    if "ledger" not in opened.manifest:
        raise GraphError(f"{graph}: the graph has no ledger, an older version made it; build it again")
    columns = ("kind", "class", "number", "share", "of sought", "meaning")
    if not by_document:
        counts = {(k, g): n for k, groups in opened.manifest["ledger"].items() for g, n in groups.items()}
        return Table(columns, tuple(_rows(counts, kind)))
    rows: list[tuple[object, ...]] = []
    for extraction in records.extractions(opened):
        counts = {(tally.kind, tally.group): tally.number for tally in extraction.ledger}
        rows += [(extraction.document.path, *row) for row in _rows(counts, kind)]
    return Table(("document", *columns), tuple(rows))


def _rows(counts: dict[tuple[str, str], int], only: str | None) -> Iterator[tuple[object, ...]]:
    for kind in KINDS if only is None else (only,):
        total = sum(number for (k, _), number in counts.items() if k == kind)
        sought = sum(counts.get((kind, group), 0) for group in (ledger.FACT, ledger.UNLINKED))
        for group, meaning in GROUPS.items():
            number = counts.get((kind, group), 0)
            if number:
                among = _share(number, sought) if group in (ledger.FACT, ledger.UNLINKED) else ""
                yield kind, group, number, _share(number, total), among, meaning


def _share(number: int, total: int) -> str:
    return f"{number / total:.4f}"


def gaps(graph: Path | str, *, kind: str | None = None, everything: bool = False) -> Iterator[Gap]:
    """Yield what is in no fact, with sentence and reason, document by document in the order of their paths.

    With ``everything`` also dates, numberings, parts of names and kinds of things, which are only counted otherwise.
    """
    for extraction in records.extractions(open_graph(graph)):
        for start, end, what, group, reason in _all(extraction) if everything else _listed(extraction):
            if kind is None or what == kind:
                yield _gap(extraction, start, end, what, group, reason)


def reasons(graph: Path | str, *, kind: str | None = None) -> Table:
    """Count what is in no fact by kind and reason, most frequent first."""
    counts = Counter((gap.kind, gap.reason) for gap in gaps(graph, kind=kind))
    ordered = sorted(counts.items(), key=lambda item: (KINDS.index(item[0][0]), -item[1], item[0]))
    return Table(("kind", "reason", "number"), tuple((what, why, number) for (what, why), number in ordered))


_Row = tuple[int, int, str, str, str]


def _listed(extraction: Extraction) -> Iterator[_Row]:
    for issue in extraction.issues:
        unlinked, _, kind = issue.kind.partition("-")
        if unlinked == ledger.UNLINKED and kind in KINDS and issue.start is not None and issue.end is not None:
            yield issue.start, issue.end, kind, ledger.UNLINKED, issue.message


def _all(extraction: Extraction) -> Iterator[_Row]:
    seen, entries = ledger.again(extraction)
    for entry in entries:
        if entry.group != ledger.FACT:
            yield (*seen.source(entry.start, entry.end), entry.kind, entry.group, entry.reason or GROUPS[entry.group])


def _gap(extraction: Extraction, start: int, end: int, kind: str, group: str, reason: str) -> Gap:
    text = extraction.document.text
    sentence = _sentence(extraction.sentences, start)
    low, high = (sentence.start, sentence.end) if sentence else (start, end)
    if high - low > _LONGEST:
        low = max(low, start - _LONGEST // 2)
        high = min(high, low + _LONGEST)
    words = " ".join(text[low:high].split())
    return Gap(extraction.document.path, start, end, kind, group, text[start:end], words, reason)


def _sentence(sentences: tuple[Sentence, ...], offset: int) -> Sentence | None:
    """Return the last sentence that begins at or before an offset."""
    low, high = 0, len(sentences)
    while low < high:
        middle = (low + high) // 2
        if sentences[middle].start <= offset:
            low = middle + 1
        else:
            high = middle
    return sentences[low - 1] if low else None
