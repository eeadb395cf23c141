"""What the service says of itself and of the graph: the SPARQL service description, VoID and DCAT, as RDF."""

from __future__ import annotations

from typing import Any

import rdflib
from rdflib import DCTERMS, RDF, XSD, Literal, Namespace, URIRef
from starlette.requests import Request
from starlette.responses import Response

from kg import __version__
from kg.serve.accept import chosen
from kg.store.folder import GraphFolder

_SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_VOID = Namespace("http://rdfs.org/ns/void#")
_DCAT = Namespace("http://www.w3.org/ns/dcat#")
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
#: Media type -> name of the serialiser.
_FORMS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}
_RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)


def description(graph: GraphFolder, request: Request) -> Response:
    """Answer with the description of the endpoint, where it is asked without a query."""
    return serialized(_graph(graph, request), request)


def serialized(found: rdflib.Graph, request: Request) -> Response:
    """Answer with triples in the form that is asked for."""
    form = chosen(request.headers.get("accept", ""), tuple(_FORMS))
    text = found.serialize(format=_FORMS[form])
    return Response(text, media_type=f"{form}; charset=utf-8" if form.startswith("text/") else form)


def _graph(graph: GraphFolder, request: Request) -> rdflib.Graph:
    base = str(request.base_url)
    endpoint, dataset = URIRef(base + "sparql"), URIRef(base + ".well-known/void#dataset")
    found = rdflib.Graph()
    for prefix, namespace in (("sd", _SD), ("void", _VOID), ("dcat", _DCAT)):
        found.bind(prefix, namespace)
    facts: list[tuple[URIRef, Any, Any]] = [
        (endpoint, RDF.type, _SD.Service),
        (endpoint, _SD.endpoint, endpoint),
        (endpoint, _SD.supportedLanguage, _SD.SPARQL11Query),
        (endpoint, _SD.feature, _SD.UnionDefaultGraph),
        (endpoint, _SD.defaultDataset, dataset),
        *((endpoint, _SD.resultFormat, _FORMATS[name]) for name in _RESULTS),
        *_dataset(graph, dataset, endpoint, base),
    ]
    for fact in facts:
        found.add(fact)
    return found


def _dataset(graph: GraphFolder, dataset: URIRef, endpoint: URIRef, base: str) -> list[tuple[URIRef, Any, Any]]:
    distribution = URIRef(base + ".well-known/void#nquads")
    counts = graph.manifest
    return [
        (dataset, RDF.type, _SD.Dataset),
        (dataset, RDF.type, _VOID.Dataset),
        (dataset, RDF.type, _DCAT.Dataset),
        (dataset, DCTERMS.title, Literal("lgkg", lang="en")),
        (dataset, DCTERMS.identifier, Literal(graph.digest)),
        (dataset, DCTERMS.license, URIRef("https://www.apache.org/licenses/LICENSE-2.0")),
        (dataset, _VOID.sparqlEndpoint, endpoint),
        (dataset, _VOID.uriSpace, Literal("https://w3id.org/lgkg/id/")),
        (dataset, _VOID.vocabulary, URIRef("https://w3id.org/lgkg/ont")),
        (dataset, _VOID.triples, Literal(graph.count, datatype=XSD.integer)),
        (dataset, _VOID.documents, Literal(int(counts.get("documents", 0)), datatype=XSD.integer)),
        (dataset, _DCAT.distribution, distribution),
        (distribution, RDF.type, _DCAT.Distribution),
        (distribution, _DCAT.accessURL, endpoint),
        (distribution, DCTERMS.hasVersion, Literal(__version__)),
    ]
