"""The ledger: every number, quoted phrase and likely name of a document, in a fact or with the reason why not.

In goes what extraction found, in view offsets; out come entries of three kinds (number, quote, name), each in one
class. What is unlinked becomes an issue, the rest is counted: nothing that was not understood vanishes.

    >>> # “双千”工程新增企业20家 -> quote fact, number fact
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.documents.view import View, view
from kg.extract import candidates, numerals
from kg.extract.measures.quantities import Scan, scan
from kg.extract.reading import Found, Measured, Reading, Related
from kg.extract.spans import Spans
from kg.records import Document, Extraction, Issue, Measure, Mention, Relation, Tally
from kg.sentences import Line, split

NUMBER, QUOTE, NAME = "number", "quote", "name"
#: Kinds of entries in the order they are told.
KINDS = (NUMBER, QUOTE, NAME)
FACT, UNLINKED = "fact", "unlinked"


class Entry(NamedTuple):
    """One thing of the text that a fact should hold; ``reason`` tells why it does not."""

    start: int
    end: int
    kind: str
    group: str  #: fact or unlinked; numbers also name, time, numbering, names also generic
    reason: str = ""


class Facts(NamedTuple):
    """Where facts stand, in view offsets, each as (start, end)."""

    told: tuple[tuple[int, int], ...]  #: measures and relations
    counted: tuple[tuple[int, int], ...]  #: mentions with a stated number
    named: tuple[tuple[int, int], ...]  #: other mentions
    places: tuple[tuple[int, int], ...]  #: mentions of places, which are among ``named`` as well


def read(reading: Reading, found: Iterable[Found], told: Iterable[Measured | Related]) -> list[Entry]:
    """Return the entries of a document that is being read, with its mentions, measures and relations."""
    spans = [(item.start, item.end) for item in told]
    return entries(reading.text, reading.lines, reading.numbers, _facts(((i.start, i.end, i) for i in found), spans))


def again(extraction: Extraction) -> tuple[View, list[Entry]]:
    """Return the entries of a document whose records were kept, and the view their offsets belong to."""
    seen = view(extraction.document.text, extraction.document.format)
    claims: tuple[Measure | Relation, ...] = (*extraction.measures, *extraction.relations)
    told = [(seen.view_offset(item.start), seen.view_offset(item.end)) for item in claims]
    found = ((seen.view_offset(item.start), seen.view_offset(item.end), item) for item in extraction.mentions)
    return seen, entries(seen.text, split(seen.text), scan(seen.text), _facts(found, told))


def _facts(found: Iterable[tuple[int, int, Found | Mention]], told: Iterable[tuple[int, int]]) -> Facts:
    counted: list[tuple[int, int]] = []
    named: list[tuple[int, int]] = []
    places: list[tuple[int, int]] = []
    for start, end, item in found:
        (named if item.count is None else counted).append((start, end))
        if item.label == "place":
            places.append((start, end))
    return Facts(tuple(told), tuple(counted), tuple(named), tuple(places))


def entries(text: str, lines: Sequence[Line], scan: Scan, facts: Facts) -> list[Entry]:
    """Return all entries of a text: numbers, quotes, names, each kind in the order of the text."""
    told, named = Spans((*facts.told, *facts.counted)), Spans(facts.named)
    plain = Spans((line.start, line.end) for line in lines if line.kind == "byline")
    places = set(facts.places)
    things = Spans((*facts.counted, *(span for span in facts.named if span not in places)))
    out = [
        Entry(number.start, number.end, NUMBER, number.group, numerals.REASONS.get(number.reason, ""))
        for number in numerals.numbers(text, scan.quantities, told, named, plain)
    ]
    out += _quotes(text, Spans((*facts.told, *facts.counted, *facts.named)))
    out += [
        Entry(item.start, item.end, NAME, item.group, candidates.REASONS[item.reason] if item.group != FACT else "")
        for item in candidates.candidates(text, things, Spans(facts.told), Spans(facts.places))
    ]
    return out


def tallies(found: Iterable[Entry]) -> tuple[Tally, ...]:
    """Count entries by kind and class."""
    counts = Counter((entry.kind, entry.group) for entry in found)
    return tuple(Tally(kind, group, number) for (kind, group), number in sorted(counts.items()))


def issues(document: Document, view: View, found: Iterable[Entry]) -> Iterator[Issue]:
    """Yield an issue for each entry that is unlinked: unlinked-number, unlinked-quote, unlinked-name."""
    for entry in found:
        if entry.group == UNLINKED:
            low, high = view.source(entry.start, entry.end)
            yield Issue(
                "extract", f"unlinked-{entry.kind}", entry.reason, document.path, document.id, low, high,
                document.text[low:high],
            )  # fmt: skip


# --- quoted phrases ---------------------------------------------------------------------------------

_QUOTED = re.compile(r"“[^“”\n]{1,200}”|《[^《》\n]{1,200}》|「[^「」\n]{1,200}」|『[^『』\n]{1,200}』")
_SENTENCE = 18  # a longer quotation is what somebody says or a motto, no name
#: Why a quoted phrase is in no fact, by code.
QUOTE_REASONS: Mapping[str, str] = {
    "work": "the title of a work or a paper that is no policy",
    "glossary": "a term that the text explains",
    "saying": "a motto or a sentence",
    "kind": "tells of what kind the thing after it is; together they are no name that is sought",
    "verb": "what is called for or done, in quotation marks",
    "wording": "a word in quotation marks with nothing after it that tells its kind",
}
_GLOSSARY = re.compile(r"(?:^|[\n。；])\s*(?:\d+\s*[.．、]\s*|[\[【（(]\d+[\]】）)]\s*)?$")
_EXPLAINED = re.compile(r"\s*[^，。；\n]{0,16}?(?:[：:]|是指|即|指)")
_KIND = re.compile(r"[一-鿿]{2}")
_CALLED_FOR = re.compile(
    r"(?:做到|坚持|实现|落实|推进|推动|促进|打好|打赢|唱好|做好|打造|建设|变|由|从|向|到|把|让|以|对)$"
)


def _quotes(text: str, facts: Spans) -> Iterator[Entry]:
    for match in _QUOTED.finditer(text):
        start, end = match.span()
        if facts.touches(start, end):
            yield Entry(start, end, QUOTE, FACT)
        else:
            yield Entry(start, end, QUOTE, UNLINKED, QUOTE_REASONS[_why(text, start, end)])


def _why(text: str, start: int, end: int) -> str:
    if text[start] == "《":
        return "work"
    if _GLOSSARY.search(text, max(0, start - 12), start) and _EXPLAINED.match(text, end):
        return "glossary"
    if end - start > _SENTENCE or "，" in text[start:end]:
        return "saying"
    if _KIND.match(text, end):
        return "kind"
    return "verb" if _CALLED_FOR.search(text, max(0, start - 2), start) else "wording"
