"""The table of addresses: a graph folder goes in, an ASGI application comes out."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.serve.description import description
from kg.serve.pool import Limits, Pool
from kg.serve.sparql import Endpoint

_EXPOSED = ["ETag", "Content-Type"]


def app(graph: Path | str, limits: Limits | None = None) -> Starlette:
    """Return the service of a graph; raises ``GraphError`` when the folder holds none."""
    pool = Pool(Path(graph), limits)
    endpoint = Endpoint(pool)

    async def void(request: Request) -> Response:
        return description(pool.graph(), request)

    @contextlib.asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        async with pool:
            yield

    return Starlette(
        routes=[
            Route("/sparql", endpoint.answer, methods=["GET", "POST"]),
            Route("/sparql/", endpoint.answer, methods=["GET", "POST"]),
            Route("/.well-known/void", void),
        ],
        middleware=[
            Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST"], expose_headers=_EXPOSED),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
        ],
        lifespan=running,
    )
