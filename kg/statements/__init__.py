"""Statements: what one document says, as triples in named graphs. Extractions and entities go in.

No triple stands in two graphs, because a query over the union of all graphs would count it twice:

* the graph of a document holds the document, its spans and what is *stated* in it (measures,
  attestations, stage reports, statement nodes);
* ``graph/derived`` holds what resolution computed and several documents share (entities, posts,
  tenures, plain triples);
* ``graph/reference`` holds divisions and vocabularies, ``graph/ontology`` the terms.

There are no blank nodes and no times of processing: the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg import __version__, ids
from kg.records import Entity, Extraction, Statement
from kg.statements import facts, nodes, things
from kg.statements.context import Context
from kg.statements.links import called_wrong, linking
from kg.statements.reference import codes, reference

__all__ = ["called_wrong", "codes", "linking", "reference", "run", "statements"]


def statements(extraction: Extraction, entities: Mapping[str, Entity], *, rules: str = "") -> Iterator[Statement]:
    """Yield the statements of one document; a pure function of its arguments.

    ``entities`` maps entity keys (``kg.resolve.keys``) to resolved entities; ``rules`` names the
    rule set, part of the identity of the extraction run. Duplicates may occur; the store drops them.
    """
    context = Context(extraction, entities, ids.run(__version__, rules))
    yield from things.document(context)
    for mention in extraction.mentions:
        yield from things.mention(context, mention)
    for relation in extraction.relations:
        yield from facts.relation(context, relation)
    for measure in extraction.measures:
        yield from facts.measure(context, measure)


def run(rules: str = "") -> Iterator[Statement]:
    """Yield the description of the extraction run, once for a build."""
    node = ids.run(__version__, rules)
    yield Statement(node, ids.expand("rdf:type"), nodes.name("lg:ExtractionRun"), ids.DERIVED)
    yield Statement(node, ids.expand("owl:versionInfo"), nodes.string(__version__), ids.DERIVED)
    if rules:
        yield Statement(node, ids.expand("dcterms:identifier"), nodes.string(rules), ids.DERIVED)
