"""The start page: what the corpus holds."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.serve.pages.render import Page
from kg.serve.state import call


async def start(request: Request) -> Response:
    """Answer ``/``."""
    return Page.of(request).render("start.html", summary=await call(request, "summary"))


ROUTES = (Route("/", start),)
