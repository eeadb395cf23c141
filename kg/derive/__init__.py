"""Derivations: what can be worked out from the facts of several documents. Rows and statements come out.

``gather`` is a pure function of one document and writes its rows (``kg.derive.tables``); ``derive`` compares them when
all are there. What it yields stands in the derived graph and says so: every node is ``prov:wasGeneratedBy``
the run of its derivation and ``prov:wasDerivedFrom`` the measures, stage reports or attestations that it compares.
Nothing of it is asserted as read.

A new derivation is a module with a function from ``Tables`` to groups of statements and its line in ``DERIVATIONS``; if
it needs other rows, it names a ``Source`` in ``SOURCES``.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from kg.derive import assessments, cascades, contradictions, observations, runs
from kg.derive.tables import Source, Tables, write
from kg.records import Entity, Extraction, Statement
from kg.statements.context import Context

#: Compares what all documents say; yields the statements group by group, so that memory does not grow with the corpus.
Derivation = Callable[[Tables], Iterator[Iterable[Statement]]]

#: What is gathered of each document.
SOURCES: tuple[Source, ...] = (observations.SOURCE,)

#: The derivations by name, in the order in which they run.
DERIVATIONS: Mapping[str, Derivation] = {
    assessments.NAME: assessments.derive,
    cascades.NAME: cascades.derive,
    contradictions.NAME: contradictions.derive,
}

_FOLDER = "derive"


def gather(extraction: Extraction, entities: Mapping[str, Entity], kept: Path) -> None:
    """Write the rows of one document below the folder of a build's records."""
    context = Context(extraction, entities, "")
    for source in SOURCES:
        write(source, source.rows(context), kept / _FOLDER, extraction.document.id)


def derive(kept: Path) -> Iterator[Iterable[Statement]]:
    """Yield what follows from all rows below the folder of a build's records, then remove the rows."""
    with Tables(kept / _FOLDER, SOURCES) as tables:
        for name, derivation in DERIVATIONS.items():
            yield runs.described(name)
            yield from derivation(tables)
    shutil.rmtree(kept / _FOLDER, ignore_errors=True)
