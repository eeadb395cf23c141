"""The start page, what is not understood, and what the service is: the corpus as a whole."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg import __version__
from kg.serve.pages import answers
from kg.serve.pages.render import Page
from kg.serve.state import call, pool

_PART = 50
_PATIENCE = 0.4  #: seconds that a page waits for counts


async def _counts(request: Request) -> list[list[Any]]:
    """Return what the graph holds by class; empty when it is not counted yet.

    Counting takes a second on a large graph, so it is done once, and no page waits for it longer than is pleasant.
    """
    digest = pool(request).graph().digest
    known = getattr(request.app.state, "counts", None)
    if known is None or known[0] != digest or (known[1].done() and (known[1].cancelled() or known[1].exception())):
        known = request.app.state.counts = (digest, asyncio.ensure_future(call(request, "counts")))
    await asyncio.wait([known[1]], timeout=_PATIENCE)
    return list(known[1].result()) if known[1].done() else []


async def start(request: Request) -> Response:
    """Answer ``/``."""
    overview, counts = await asyncio.gather(call(request, "overview"), _counts(request))
    return Page.of(request).render("start.html", overview=overview, counts=counts, value=answers.value)


async def documents(request: Request) -> Response:
    """Answer ``/documents``: every document, newest first."""
    found = sorted(await call(request, "documents"), key=lambda one: str(one["date"]), reverse=True)
    return Page.of(request).render("documents.html", documents=found)


async def issues(request: Request) -> Response:
    """Answer ``/issues``: the ledger, of one kind or of all, a part at a time."""
    begin, kind = answers.offset(request), request.query_params.get("kind", "")
    ledger = await call(request, "ledger", kind=kind, offset=begin, limit=_PART)
    turned = answers.turned(request, ledger["total"], begin, _PART)
    return Page.of(request).render("issues.html", ledger=ledger, turned=turned, value=answers.value)


async def about(request: Request) -> Response:
    """Answer ``/about``."""
    overview, counts = await asyncio.gather(call(request, "overview"), _counts(request))
    return Page.of(request).render("about.html", overview=overview, counts=counts, version=__version__)


ROUTES = (Route("/", start), Route("/documents", documents), Route("/issues", issues), Route("/about", about))
