"""Quotes by the IRIs of their spans: what many rows need, asked once for all of them.

The IRI of a span names its document and offsets (``kg.ids.span``), so nothing is read but the words of the spans and
the names and dates of the documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice

from kg.query.questions.question import Asked, Quote

_SPAN = re.compile(r"(?P<document>.+)#char=(?P<start>\d+),(?P<end>\d+)")
#: Values of one query; longer lists are asked in parts.
_PART = 2000
#: Words of spans that no question shows stand in the graph alone.
_TEXTS = "SELECT ?span ?text WHERE { VALUES ?span { %s } ?span nif:anchorOf ?text }"


@lru_cache(maxsize=50_000)
def order(span: str) -> tuple[str, int, int]:
    """Return document, start and end of a span: the order of the text, which that of the IRIs is not."""
    found = _SPAN.fullmatch(span)
    return (found["document"], int(found["start"]), int(found["end"])) if found else (span, 0, 0)


def quotes(asked: Asked, spans: Iterable[str], texts: Mapping[str, str] | None = None) -> dict[str, Quote]:
    """Return the quote of each span; ``texts`` are words already known, by span."""
    wanted = sorted({span for span in spans if span})
    known = dict(texts or {})
    missing = [span for span in wanted if span not in known]
    known |= {row["span"]: row["text"] for row in asked.rows("SELECT * FROM quote WHERE {where}", {"span": missing})}
    missing = [span for span in missing if span not in known]
    known |= {row["span"]: row["text"] for row in _values(asked, _TEXTS, missing)}
    documents = {"iri": {order(span)[0] for span in wanted}}
    named = {row["iri"]: row for row in asked.rows("SELECT iri, name, date FROM document WHERE {where}", documents)}
    out: dict[str, Quote] = {}
    for span in wanted:
        document, start, end = order(span)
        about = named.get(document)
        if about is not None and span in known:
            out[span] = Quote(known[span], about["name"], start, end, about["date"], document)
    return out


def _values(asked: Asked, query: str, iris: Iterable[str]) -> Iterator[dict[str, str]]:
    """Ask a query whose ``%s`` takes the IRIs that a variable may be, in parts that the engine takes well."""
    left = iter(sorted(iris))
    while part := list(islice(left, _PART)):
        yield from asked.select(query % " ".join(f"<{iri}>" for iri in part))
