"""What stands beside a thing in the same sentences, where no text says how the two belong together.

No document says in so many words that an enterprise belongs to an industry; but sentences name both. That is told as
what it is: named in one sentence, with the sentence.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from kg.serve.views.reader import Reader
from kg.serve.views.reader import reader as open_reader

_MOST = 3000  #: sentences of one thing that are looked through


def beside(graph: Path, iri: str, look: str, limit: int = 20) -> dict[str, Any]:
    """Return the things of a look that sentences name together with a thing, the most often named first."""
    reader = open_reader(graph)
    counted: Counter[str] = Counter()
    first: dict[str, str] = {}
    wanted = {iri: False}  # things that were met, and whether they are of the look
    for sentence in _sentences(reader, iri):
        for span in reader.subjects("nif:sentence", sentence):
            for thing in reader.subjects("lg:evidence", span):
                if thing not in wanted:
                    wanted[thing] = reader.look(thing) == look
                if wanted[thing]:
                    counted[thing] += 1
                    first[thing] = min(span, first.get(thing, span))
    found = sorted(counted, key=lambda thing: (-counted[thing], reader.label(thing), thing))
    shown = [
        {**reader.link(thing), "look": look, "count": counted[thing], "quote": reader.quote(first[thing])}
        for thing in found[:limit]
    ]
    return {"total": len(found), "things": shown}


def _sentences(reader: Reader, iri: str) -> list[str]:
    spans = reader.values(iri, "lg:evidence")[:_MOST]
    return sorted({sentence for span in spans for sentence in reader.values(span, "nif:sentence")})
