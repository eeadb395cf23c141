"""The table of addresses: a graph folder goes in, an ASGI application comes out."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.errors import KgError
from kg.explore import BUILT
from kg.serve.description import description
from kg.serve.pages import documents, facts, network, query, questions, reconcile, search, start, terms, things
from kg.serve.pages.render import Page
from kg.serve.pool import Exceeded, Failed, Limits, Overloaded, Pool
from kg.serve.sparql import Endpoint
from kg.serve.state import Answers
from kg.serve.state import pool as pool_of

_EXPOSED = ["ETag", "Content-Type"]
_STATIC = Path(__file__).resolve().parent / "static"
#: Every page family; a new one adds its line.
_PAGES = (start, things, facts, terms, documents, questions, query, network, search, reconcile)


def app(graph: Path | str, limits: Limits | None = None, decisions: Path | None = None) -> Starlette:
    """Return the service of a graph; raises ``GraphError`` when the folder holds none.

    ``decisions`` is the file of judgements that "report as wrong" appends lines to; without it they are downloads.
    """
    pool = Pool(Path(graph), limits)
    endpoint = Endpoint(pool)

    @contextlib.asynccontextmanager
    async def running(application: Starlette) -> AsyncIterator[None]:
        async with pool:
            yield

    made = Starlette(
        routes=[
            *(Route(path, endpoint.answer, methods=["GET", "POST"]) for path in ("/sparql", "/sparql/")),
            Route("/.well-known/void", _void),
            *(route for family in _PAGES for route in family.ROUTES),
            Mount("/built", StaticFiles(directory=BUILT, check_dir=False)),
            Mount("/static", StaticFiles(directory=_STATIC)),
        ],
        middleware=[
            Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST"], expose_headers=_EXPOSED),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
        ],
        exception_handlers={KgError: _failed, HTTPException: _failed},
        lifespan=running,
    )
    made.state.pool = pool
    made.state.answers = Answers()
    made.state.decisions = decisions
    return made


async def _void(request: Request) -> Response:
    return description(pool_of(request).graph(), request)


async def _failed(request: Request, error: Exception) -> Response:
    """Say on a page what went wrong and what to do."""
    status = 500
    if isinstance(error, HTTPException):
        status = error.status_code
    elif isinstance(error, Failed):
        status = error.status
    elif isinstance(error, Overloaded | Exceeded):
        status = 503
    words = error.detail if isinstance(error, HTTPException) else str(error)
    return Page.of(request).render("error.html", status, status=status, words=words)
