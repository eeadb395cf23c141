"""Every thing of the graph under its own address: a page for people, triples for machines (linked data)."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kg import ids
from kg.serve.accept import chosen
from kg.serve.pages import answers, charts, facts
from kg.serve.pages.render import HEADERS, Page
from kg.serve.pages.sections import SECTIONS
from kg.serve.state import call, pool
from kg.serve.views.reader import address
from kg.serve.worker import TRIPLES, Task

_FACTS, _MENTIONS = 20, 10
_PAIR = ["year", "comparator target unit", "outcome_comparator outcome outcome_unit", "verdict"]
_UNSAID = ["year", "kind", "comparator target unit", "reported"]
_VALUES = ["year", "kind", "comparator value unit"]
_MOST = 2000
#: Forms that a link can ask for, where browsers send no header.
_FORMS = {"ttl": "text/turtle", "nt": "application/n-triples", "jsonld": "application/ld+json"}


async def thing(request: Request) -> Response:
    """Answer ``/id/…`` and ``/def/…``: HTML, or Turtle, N-Triples, RDF/XML or JSON-LD when asked for."""
    iri = ids.BASE + request.url.path.lstrip("/")
    asked = request.query_params.get("format", "")
    form = _FORMS.get(asked) or chosen(request.headers.get("accept", ""), ("text/html", *TRIPLES))
    if form != "text/html":
        reply = await pool(request).answer(Task(query=f"DESCRIBE <{iri}>", accept=(form,)))
        headers = {"Vary": "Accept"} | HEADERS
        if asked in _FORMS:
            headers |= {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(ids.local(iri))}.{asked}"}
        return Response(reply.body, media_type=reply.type, headers=headers)
    if facts.is_fact(request.url.path):
        return await facts.page(request)
    if address(iri).startswith("/doc/"):
        return RedirectResponse(address(iri), 303)
    head = await call(request, "head", iri=iri)
    if "successor" in head:
        return RedirectResponse(head["successor"], 303)
    values: dict[str, Any] = {"head": head, "value": answers.value, "column": answers.column}
    parts = _indicator(request, iri) if head["look"] == "indicator" else _sections(request, iri, head)
    for found in await asyncio.gather(parts, _told(request, iri, head), _named(request, iri, head)):
        values |= found
    return Page.of(request).render("thing.html", **values)


async def _told(request: Request, iri: str, head: dict[str, Any]) -> dict[str, Any]:
    """Return the facts and mentions that stand below, or the properties of what has neither."""
    facts_at, mentions_at = answers.offset(request, "facts"), answers.offset(request, "mentions")
    told, mentions, properties = await asyncio.gather(
        call(request, "facts", iri=iri, offset=facts_at, limit=_FACTS),
        call(request, "mentions", iri=iri, offset=mentions_at, limit=_MENTIONS),
        call(request, "properties", iri=iri),
    )
    return {
        "facts": told,
        "facts_turned": answers.turned(request, told["total"], facts_at, _FACTS, "facts"),
        "mentions": mentions,
        "mentions_turned": answers.turned(request, mentions["total"], mentions_at, _MENTIONS, "mentions"),
        "properties": properties["properties"],
    }


async def _sections(request: Request, iri: str, head: dict[str, Any]) -> dict[str, Any]:
    chosen_sections = SECTIONS.get(head["look"], ())
    found = await asyncio.gather(*(call(request, "rows", **section.arguments(iri)) for section in chosen_sections))
    sections = [
        {
            "title": section.title,
            "section": section,
            "answer": answer,
            "at": f"/ask/{section.question}",
            "query": {section.parameter: iri},
        }
        for section, answer in zip(chosen_sections, found, strict=True)
    ]
    posts: list[Any] = next((one["answer"]["rows"] for one in sections if one["title"] == "posts"), [])
    return {
        "sections": sections,
        "timeline": charts.posts([row["values"] for row in posts]),
    }


async def _named(request: Request, iri: str, head: dict[str, Any]) -> dict[str, Any]:
    """Return what sentences name together with an industry: no text says which enterprise belongs to it."""
    if head["look"] != "industry":
        return {}
    return {"named": await call(request, "beside", iri=iri, look="enterprise")}


async def _indicator(request: Request, iri: str) -> dict[str, Any]:
    """Return the chart of an indicator in one place, the pairs with their verdicts, and the places to choose from."""
    given: dict[str, Any] = {"indicator": iri}
    counted = await call(request, "rows", name="series", parameters=given, columns=["place"], limit=0, tally="place")
    told = {name: count for name, count in counted["tally"] if name}
    place = request.query_params.get("place", "") or max(told, key=lambda one: (told[one], one), default="")
    values: dict[str, Any] = {"places": sorted(told), "place": place, "sections": [], "chart": {}}
    if place not in told:
        return values
    given["place"] = place
    series, pairs, unsaid = await asyncio.gather(
        call(request, "rows", name="series", parameters=given, columns=_VALUES, limit=_MOST),
        call(request, "rows", name="targets-vs-outcomes", parameters=given, columns=_PAIR, limit=_MOST),
        call(request, "rows", name="silent-misses", parameters=given, columns=_UNSAID, limit=_MOST),
    )
    return values | {
        "chart": charts.series([row["values"] for row in series["rows"]]),
        "sections": [
            {"title": title, "section": None, "answer": answer, "at": f"/ask/{answer['name']}", "query": given}
            for title, answer in (("targets", pairs), ("unsaid", unsaid), ("series", series))
        ],
    }


ROUTES = (Route("/id/{path:path}", thing), Route("/def/{path:path}", thing))
