"""The network, and what it asks of the service: parts of the network, paths, facts with quotes, exports, all JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg import ids
from kg.errors import KgError
from kg.explore.view import looks, stages
from kg.serve.pages import reasons
from kg.serve.pages.render import HEADERS, Handler, Page
from kg.serve.pool import Failed
from kg.serve.state import call, passed, pool

_TYPES = {
    "csv": "text/csv",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "ttl": "text/turtle",
    "html": "text/html",
}
_HEADERS = {"Cache-Control": "no-cache"} | HEADERS
_LONGEST = 4_000_000  #: bytes of a request that names what is shown


async def page(request: Request) -> Response:
    """Answer ``/network``."""
    told = Page.of(request)
    settings = {
        "looks": looks(),
        "language": told.language,
        "base": ids.BASE,
        "digest": pool(request).graph().digest,
        "stages": stages(),
    }
    return told.render("network.html", settings=settings)


async def network(request: Request) -> Response:
    """Answer ``/api/network``: things around those in focus, else the most connected; POST tells what is shown."""
    asked = await _asked(request)
    narrowed = {"types": _many(asked, "type"), "first": _number(asked, "from", 0), "last": _number(asked, "to", 0)}
    narrowed |= {name: _full(asked.get(name)) for name in ("place", "industry")}
    if asked.get("year"):
        narrowed |= {"first": _number(asked, "year", 0), "last": _number(asked, "year", 0)}
    focus = [_full(name) for name in _many(asked, "focus")]
    return await passed(
        request,
        "network",
        headers=_HEADERS,
        focus=focus,
        depth=_number(asked, "depth", 1),
        limit=_number(asked, "limit", 300 if focus else 40),
        filters=narrowed | {"stage": str(asked.get("stage") or "")},
        keep=[int(number) for number in asked.get("keep") or ()],
        layout=str(asked.get("layout") or ""),
    )


async def path(request: Request) -> Response:
    """Answer ``/api/path``: the shortest paths from one thing to another."""
    ends = {name: _full(request.query_params.get(key)) for name, key in (("source", "from"), ("target", "to"))}
    ends["layout"] = request.query_params.get("layout", "")
    return await passed(request, "network-paths", headers=_HEADERS, **ends)


async def facts(request: Request) -> Response:
    """Answer ``/api/facts``: what is said of a thing, or of two together, with quotes."""
    asked = request.query_params
    return await passed(
        request,
        "network-facts",
        headers=_HEADERS,
        iri=_full(asked.get("iri")),
        other=_full(asked.get("other")),
        offset=_number(asked, "offset", 0),
        limit=min(_number(asked, "limit", 100), 1000),
    )


async def find(request: Request) -> Response:
    """Answer ``/api/network/find``: things by name."""
    asked = request.query_params
    words, kind = asked.get("q", "")[:200], asked.get("type", "")
    return await passed(request, "network-find", headers=_HEADERS, words=words, limit=12, type=kind)


async def export(request: Request) -> Response:
    """Answer ``/api/network/export``: the things of a view in a format for other programs."""
    asked = await _asked(request)
    form = str(asked.get("format"))
    numbers = [int(number) for number in asked.get("keep") or ()]
    language = Page.of(request).language
    found = await call(request, "network-export", numbers=numbers, form=form, language=language)
    headers = {"Content-Disposition": f'attachment; filename="network.{form}"'}
    return Response(found["text"], media_type=_TYPES[form], headers=HEADERS | headers)


def _api(handler: Handler) -> Handler:
    """Make the errors of a handler JSON with words for people."""

    async def answer(request: Request) -> Response:
        try:
            found: Response = await handler(request)
        except HTTPException as error:
            words, status = error.detail, error.status_code
        except Failed as error:
            words, status = str(error), error.status
        except KgError as error:
            words, status = str(error), 503
        else:
            return found
        return JSONResponse({"error": reasons.said(words, Page.of(request).language)}, status, HEADERS)

    return answer


async def _asked(request: Request) -> Mapping[str, Any]:
    """Return the parameters of a request: of its address, and of its body when it has one."""
    asked: dict[str, Any] = dict(request.query_params)
    asked |= {name: request.query_params.getlist(name) for name in ("focus", "type") if name in asked}
    if request.method == "POST":
        parts = b""
        async for part in request.stream():
            parts += part
            if len(parts) > _LONGEST:
                raise HTTPException(413, f"the request has more than {_LONGEST:,} bytes")
        try:
            asked |= json.loads(parts)
        except (ValueError, TypeError) as error:
            raise HTTPException(400, "the body is no JSON object") from error
    return asked


def _many(asked: Mapping[str, Any], name: str) -> list[str]:
    found = asked.get(name) or []
    return [str(item) for item in (found if isinstance(found, list) else [found]) if item]


def _number(asked: Mapping[str, Any], name: str, other: int) -> int:
    value = asked.get(name)
    if value in (None, ""):
        return other
    try:
        return max(0, int(str(value)))
    except ValueError as error:
        raise HTTPException(400, f"{name}={value}: give a number") from error


def _full(name: object) -> str:
    """Return an IRI that may be written without its beginning: ``id/place/430200``."""
    text = str(name or "")
    return text if not text or ":" in text else ids.BASE + text


ROUTES = (
    Route("/network", page),
    Route("/api/network", _api(network), methods=["GET", "POST"]),
    Route("/api/path", _api(path)),
    Route("/api/facts", _api(facts)),
    Route("/api/network/find", _api(find)),
    Route("/api/network/export", _api(export), methods=["POST"]),
)
