"""The ontology and the named graphs under their own addresses: pages for people, triples for machines."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg import ids
from kg.serve.accept import chosen
from kg.serve.pages.render import HEADERS, Page
from kg.serve.state import call, pool
from kg.serve.worker import TRIPLES, Task

#: The graphs that are no documents.
_GRAPHS = ("derived", "reference", "ontology")
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <%s> { ?s ?p ?o } }"
_COUNT = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH <%s> { ?s ?p ?o } }"


async def ontology(request: Request) -> Response:
    """Answer ``/ont``: the terms of the ontology; each has its place on the page."""
    form = chosen(request.headers.get("accept", ""), ("text/html", *TRIPLES))
    if form != "text/html":
        return await _triples(request, ids.BASE + "graph/ontology", form)
    return Page.of(request).render("terms.html", terms=await call(request, "terms"))


async def graph(request: Request) -> Response:
    """Answer ``/graph/{name}``: how many triples a named graph has, or the triples themselves."""
    name = request.path_params["name"]
    if name not in _GRAPHS:
        raise HTTPException(404, f"{name}: there is no such graph; there are {', '.join(_GRAPHS)} and the documents")
    iri = f"{ids.BASE}graph/{name}"
    form = chosen(request.headers.get("accept", ""), ("text/html", *TRIPLES))
    if form != "text/html":
        return await _triples(request, iri, form)
    counted = await pool(request).answer(Task(query=_COUNT % iri, accept=("text/csv",)))
    count = int(counted.body.split()[-1])
    return Page.of(request).render("graph.html", name=name, count=count, query=_ALL % iri)


async def _triples(request: Request, iri: str, form: str) -> Response:
    reply = await pool(request).answer(Task(query=_ALL % iri, accept=(form,)))
    return Response(reply.body, media_type=reply.type, headers={"Vary": "Accept"} | HEADERS)


ROUTES = (Route("/ont", ontology), Route("/ont/{module}", ontology), Route("/graph/{name}", graph))
