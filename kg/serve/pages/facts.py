"""One fact on a page of its own, and "report as wrong": a line for the file of judgements.

The line is what ``kg build --decisions`` reads. A service that was given a file of judgements appends it there; any
other sends it as a file, for the graph itself is only ever read.
"""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kg import ids
from kg.errors import KgError
from kg.resolve.decisions import WRONG, Decision
from kg.serve.pages import answers
from kg.serve.pages.render import HEADERS, Page
from kg.serve.state import call

_ADDRESS = re.compile(r"/id/(?:target|outcome|measure|stage|statement|attestation)/[0-9a-f]+/[0-9a-f-]+")
_LONGEST, _BODY = 500, 20_000


def is_fact(path: str) -> bool:
    """Tell whether an address is that of a fact."""
    return _ADDRESS.fullmatch(path) is not None


async def page(request: Request) -> Response:
    """Answer the address of a fact."""
    found = await call(request, "fact", iri=ids.BASE + request.url.path.lstrip("/"))
    return Page.of(request).render(
        "fact.html",
        fact=found,
        reported=request.query_params.get("reported", ""),
        writes=request.app.state.decisions is not None,
        value=answers.value,
        column=answers.column,
    )


async def report(request: Request) -> Response:
    """Answer ``POST /report``: the line that calls a fact wrong, appended to the file of judgements or sent."""
    if not _ours(request):
        raise HTTPException(403, "a report comes from a page of this service; open the fact here and report it there")
    asked = await _form(request)
    fact = await call(request, "fact", iri=ids.fact(asked.get("fact", "")))
    decision = Decision(WRONG, fact["key"], "", asked.get("who", ""), _today(), asked.get("why", ""))
    if not decision.document:
        raise HTTPException(400, f"{fact['key']}: is no fact of a document")
    words = fact["quote"]["text"] if fact["quote"] else ""
    line = json.dumps({**decision.to_dict(), "text": words}, ensure_ascii=False) + "\n"
    file: Path | None = request.app.state.decisions
    if file is None:
        headers = {"Content-Disposition": 'attachment; filename="decisions.jsonl"'}
        return Response(line, media_type="application/x-ndjson", headers=HEADERS | headers)
    try:
        with file.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(line)
    except OSError as error:
        raise KgError(f"{file}: the line cannot be written: {error.strerror}; tell who runs this service") from error
    return RedirectResponse(f"/id/{fact['key']}?reported=1", 303)


def _ours(request: Request) -> bool:
    """Tell whether a form was sent by a page of this service; browsers say where one comes from."""
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    return site == "same-origin" and (origin is None or urlsplit(origin).netloc == request.headers.get("host", ""))


async def _form(request: Request) -> dict[str, str]:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _BODY:
            raise HTTPException(413, f"the form has more than {_BODY:,} bytes; write less")
    fields = parse_qs(body.decode("utf-8", "replace"))
    return {name: " ".join(values[0].split())[:_LONGEST] for name, values in fields.items()}


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()


ROUTES = (Route("/report", report, methods=["POST"]),)
