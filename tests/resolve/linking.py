"""The relational step of linking with its answers in memory, for tests that look at all of them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg import statements
from kg.records import Entity, Issue, Pair, Statement
from kg.resolve import namings as per_document
from kg.resolve import relational
from kg.resolve.decisions import Decision, Judged
from kg.resolve.namings import Naming

#: A document that names nothing else.
DOCUMENT = "0" * 16


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking made of the namings of a corpus."""

    entities: Mapping[str, Entity]  #: by linking key; several keys may lead to one entity
    pairs: tuple[Pair, ...] = ()  #: doubtful pairs, most likely first
    judged: tuple[Judged, ...] = ()  #: people's decisions that took effect
    issues: tuple[Issue, ...] = ()
    statements: tuple[Statement, ...] = ()  #: what it adds to the derived graph

    @property
    def distinct(self) -> list[Entity]:
        """Return every entity once, by key."""
        return sorted(set(self.entities.values()), key=lambda entity: entity.key)


def link(found: Iterable[Naming], decisions: Iterable[Decision] = ()) -> Linked:
    """Link the namings of one document of each place."""
    by_home: dict[str, set[Naming]] = {}
    for naming in found:
        by_home.setdefault(naming.home, set()).add(naming)
    return link_documents({f"{home:0>16}": namings for home, namings in by_home.items()}, decisions)


def link_documents(
    found: Mapping[str, Iterable[Naming]], decisions: Iterable[Decision] = (), years: Mapping[str, str] | None = None
) -> Linked:
    """Link the namings of documents, in the order given."""
    told = years or {}
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder, "said.jsonl")
        said.write_bytes(
            b"".join(
                per_document.encode(document, namings, told.get(document, "")) for document, namings in found.items()
            )
        )
        with relational.link(said, Path(folder), decisions) as linking:
            entities = {key: entity for entity in linking.entities() for key in entity.keys}
            pairs, said_by_it = tuple(linking.pairs()), tuple(statements.linking(linking))
            assert (len(set(entities.values())), len(pairs)) == (linking.entities_count, linking.pairs_count)
            return Linked(dict(sorted(entities.items())), pairs, linking.judged, linking.issues, said_by_it)
