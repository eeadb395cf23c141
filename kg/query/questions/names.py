"""Names of things by IRI, each looked up once."""

from __future__ import annotations

from kg.query.questions.question import Asked


class Labels(dict[str, str]):
    """Chinese names by IRI; a thing without one is called by its IRI."""

    def __init__(self, asked: Asked) -> None:
        """Open a dictionary over a graph."""
        super().__init__()
        self._asked = asked

    def __missing__(self, iri: str) -> str:
        """Look up a name for the first time."""
        self[iri] = next((row["name"] for row in self._asked.rows(_NAME, [iri]) if row["name"]), iri)
        return self[iri]


_NAME = "SELECT name FROM thing WHERE iri = ?"
