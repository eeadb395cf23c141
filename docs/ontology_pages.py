"""The reference of the ontology, made by pyLODE: modules become one page, vocabularies one page each."""

from __future__ import annotations

import logging
from pathlib import Path

import rdflib

from kg import resources


def write_ontology(folder: Path) -> None:
    """Write ``index.html`` for the terms and ``NAME.html`` for each vocabulary into a folder."""
    # pyLODE turns on the debug log of the whole process when it is imported; here that is when all else is done.
    from pylode.profiles.ontpub import OntPub
    from pylode.profiles.vocpub import VocPub

    logging.disable(logging.INFO)
    folder.mkdir(parents=True, exist_ok=True)
    OntPub(_terms()).make_html(destination=folder / "index.html")
    for file in sorted(resources.path("ontology", "vocab").glob("*.ttl")):
        VocPub(file).make_html(destination=folder / f"{file.stem}.html")


def _terms() -> rdflib.Graph:
    """Return the ontology with its modules in one graph; a module is no ontology of its own here."""
    base = resources.path("ontology")
    graph = rdflib.Graph()
    for file in (base / "lgkg.ttl", *sorted((base / "modules").glob("*.ttl"))):
        graph.parse(file)
    for module in set(graph.subjects(rdflib.RDF.type, rdflib.OWL.Ontology)):
        if (None, rdflib.OWL.imports, module) in graph:
            graph.remove((module, None, None))
    for term in set(graph.subjects(rdflib.RDFS.label)):
        _join_labels(graph, term)
    return graph


def _join_labels(graph: rdflib.Graph, term: rdflib.term.Node) -> None:
    """Make one label of a term's Chinese and English ones, which pyLODE would set side by side without a space."""
    labels = sorted(
        graph.objects(term, rdflib.RDFS.label), key=lambda label: getattr(label, "language", ""), reverse=True
    )
    graph.remove((term, rdflib.RDFS.label, None))
    graph.add((term, rdflib.RDFS.label, rdflib.Literal(" ".join(labels))))
