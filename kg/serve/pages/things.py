"""Every thing of the graph under its own address: a page for people, triples for machines (linked data)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg import ids
from kg.serve.accept import chosen
from kg.serve.pages.render import HEADERS, Page
from kg.serve.state import call, pool
from kg.serve.worker import TRIPLES, Task


async def thing(request: Request) -> Response:
    """Answer ``/id/…``, ``/def/…`` and ``/ont``: HTML, or Turtle, N-Triples, RDF/XML or JSON-LD when asked for."""
    iri = ids.BASE + request.url.path.lstrip("/")
    form = chosen(request.headers.get("accept", ""), ("text/html", *TRIPLES))
    if form != "text/html":
        reply = await pool(request).answer(Task(query=f"DESCRIBE <{iri}>", accept=(form,)))
        return Response(reply.body, media_type=reply.type, headers={"Vary": "Accept"} | HEADERS)
    return Page.of(request).render("thing.html", card=await call(request, "card", name=iri))


ROUTES = (Route("/id/{path:path}", thing), Route("/def/{path:path}", thing))
