"""One document: its text with every mention marked and linked, its facts beside it, and a place in it highlighted."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.serve.pages import answers
from kg.serve.pages.render import Page
from kg.serve.state import call

_PLACE = re.compile(r"(?:char=)?(\d{1,9}),(\d{1,9})")


async def document(request: Request) -> Response:
    """Answer ``/doc/{id}?char=a,b``: ``a`` and ``b`` count characters as RFC 5147 does."""
    found = _PLACE.fullmatch(request.query_params.get("char", ""))
    start, end = (int(found[1]), int(found[2])) if found else (0, 0)
    told = await call(request, "document", name=request.path_params["name"], start=start, end=end)
    return Page.of(request).render("document.html", document=told, value=answers.value, column=answers.column)


ROUTES = (Route("/doc/{name}", document),)
