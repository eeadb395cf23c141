"""Search: a page of what is called so, or nearly so, and the suggestions of the field in the head of every page."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg import ids
from kg.explore.look import LOOKS
from kg.serve.pages.render import Page
from kg.serve.pool import Failed
from kg.serve.state import call

#: Things on a page, and suggestions under a field.
SHOWN, SUGGESTED = 50, 8
_DOCUMENTS = 3  #: documents among the suggestions
#: A thing at least as like the words as this is called so; others are near.
CALLED_SO = 75.0
_LONGEST = 200
_YEAR = re.compile(r"(?:19|20)\d\d")


def _asked(request: Request, name: str) -> str:
    return request.query_params.get(name, "").strip()[:_LONGEST]


def address(iri: str) -> str:
    """Return the address of a thing under the service."""
    return "/" + iri.removeprefix(ids.BASE)


async def search(request: Request) -> Response:
    """Answer ``/search``."""
    text, kind, place, year = (_asked(request, name) for name in ("q", "type", "place", "year"))
    narrowed = {"type": kind or None, "place": place or None, "year": int(year) if _YEAR.fullmatch(year) else None}
    documents: list[dict[str, Any]] = []
    found: list[dict[str, Any]] = []
    nearest: list[dict[str, Any]] = []
    problem = ""
    try:
        if text:
            found = await call(request, "search", text=text, limit=SHOWN, **narrowed)
            if not kind:
                documents = await call(request, "called", text=text, place=place, year=year, limit=SUGGESTED)
            if not found and any(narrowed.values()):
                nearest = await call(request, "search", text=text, limit=SUGGESTED)
    except Failed as failed:
        problem = str(failed)
    called = [hit for hit in found if hit["score"] >= CALLED_SO]
    nearest = nearest or ([] if called else found[:SUGGESTED])
    return Page.of(request).render(
        "search.html",
        400 if problem else 200,
        text=text,
        kind=kind,
        place=place,
        year=year,
        documents=documents,
        found=called,
        nearest=nearest,
        problem=problem,
        most=SHOWN,
        address=address,
    )


async def suggest(request: Request) -> Response:
    """Answer ``/api/suggest``: what the field in the head offers while somebody types."""
    page, text = Page.of(request), _asked(request, "q")
    found = await call(request, "search", text=text, limit=SUGGESTED) if text else []
    documents = await call(request, "called", text=text, limit=_DOCUMENTS) if text and len(found) < SUGGESTED else []
    shown = [
        {
            **{name: hit[name] for name in ("name", "matched", "area", "type")},
            "sign": LOOKS[hit["type"]].sign if hit["type"] in LOOKS else "·",
            "kind": type_name(hit["type"], page.language),
            "href": address(hit["iri"]),
        }
        for hit in found
    ]
    shown += [
        {"name": one["title"], "matched": one["title"], "area": " ".join(filter(None, (one["area"], one["date"]))),
         "type": "document", "sign": "文", "kind": page.say("documents"), "href": one["href"]}
        for one in documents
    ]  # fmt: skip
    return JSONResponse({"query": text, "things": shown[:SUGGESTED]}, headers={"Cache-Control": "max-age=60"})


def type_name(label: str, language: str) -> str:
    """Return what a type is called in a language."""
    return LOOKS[label].name if language == "zh" and label in LOOKS else label


ROUTES = (Route("/search", search), Route("/api/suggest", suggest))
