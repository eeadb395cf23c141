"""What pages show, made in worker processes: a graph folder and plain arguments in, plain JSON values out.

``reader`` looks things up in the store, ``rows`` makes rows of the named questions for a page and ``files`` files of
them, ``things`` tells what a thing is and what is said of it, ``facts`` one fact and what agrees with it, ``beside``
what sentences name together, ``documents`` gives a text with its marks, ``corpus`` counts what there is, ``terms``
lists those of the ontology, ``compared`` sets two places side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kg.serve.views import beside, compared, corpus, documents, facts, files, rows, terms, things

#: Functions by the names under which pages call them.
CALLS: Mapping[str, Callable[..., Any]] = {
    "overview": corpus.overview,
    "counts": corpus.counts,
    "documents": corpus.documents,
    "ledger": corpus.ledger,
    "comparable": corpus.comparable,
    "compared": compared.compared,
    "document": documents.document,
    "rows": rows.rows,
    "file": files.file,
    "sheet": files.sheet,
    "terms": terms.terms,
    "fact": facts.fact,
    "beside": beside.beside,
    "called": corpus.called,
    "head": things.head,
    "facts": things.facts,
    "mentions": things.mentions,
    "properties": things.properties,
}
