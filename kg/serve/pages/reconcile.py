"""Reconciliation: names in somebody's table go in, things of the graph come out (OpenRefine and other clients).

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/. Identifiers are what follows the base
of our IRIs, so ``id/org/430200-…``; the view of a thing is its page here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg import ids
from kg.explore.look import LOOKS
from kg.query.search import TYPES
from kg.serve.pages.render import POLICY, Page
from kg.serve.pool import Failed
from kg.serve.state import call

#: Candidates of a query that names no number, and the most of any; queries of one request; bytes of a request.
_LIMIT, _MOST, _QUERIES, _LONGEST = 5, 50, 200, 1_000_000
#: A candidate with this score alone is taken as the same thing.
_SAME = 98.0
#: What is known of things, for further columns and to narrow by.
PROPERTIES = {"area": "地区", "type": "类型", "aliases": "又名", "mentions": "提及次数", "name": "名称"}
_NARROWING = ("area", "place", "地区")


def _type(label: str) -> dict[str, str]:
    return {"id": label, "name": LOOKS[label].name if label in LOOKS else label}


async def reconcile(request: Request) -> Response:
    """Answer ``/reconcile``: the manifest, a batch of queries, or more columns for things."""
    given = await _parameters(request)
    if "queries" in given:
        return JSONResponse(await _answers(request, _json(given["queries"], "queries")))
    if "extend" in given:
        return JSONResponse(await _extended(request, _json(given["extend"], "extend")))
    return JSONResponse(_manifest(str(request.base_url).rstrip("/")))


async def _parameters(request: Request) -> dict[str, str]:
    body = await request.body()
    if len(body) > _LONGEST:
        raise HTTPException(413, f"the request is longer than {_LONGEST:,} bytes; send fewer queries at a time")
    try:
        return dict(request.query_params) | dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True))
    except UnicodeDecodeError as error:
        raise HTTPException(400, "the request is not UTF-8") from error


def _json(text: str, name: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise HTTPException(400, f"{name} is not JSON: {error}") from error
    if not isinstance(found, dict):
        raise HTTPException(400, f"{name} is to be a JSON object")
    return found


def _manifest(here: str) -> dict[str, Any]:
    service = {"service_url": here}
    return {
        "versions": ["0.2"],
        "name": "lgkg",
        "identifierSpace": ids.BASE,
        "schemaSpace": ids.ONTOLOGY,
        "defaultTypes": [_type(label) for label in TYPES],
        "view": {"url": f"{here}/{{{{id}}}}"},
        "preview": {"url": f"{here}/reconcile/preview?id={{{{id}}}}", "width": 430, "height": 260},
        "suggest": {
            kind: service | {"service_path": f"/reconcile/suggest/{kind}"} for kind in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": service | {"service_path": "/reconcile/properties"},
            "property_settings": [],
        },
    }


# --- queries ------------------------------------------------------------------------------------


async def _answers(request: Request, queries: Mapping[str, Any]) -> dict[str, Any]:
    if len(queries) > _QUERIES:
        raise HTTPException(413, f"more than {_QUERIES} queries; send fewer at a time")
    wanted = {name: _query(name, query) for name, query in queries.items()}
    calls = {name: {"text": text, "type": kind, "limit": _MOST} for name, (text, kind, _, _) in wanted.items()}
    try:
        found = await call(request, "search_each", queries=calls)
    except Failed as failed:
        raise HTTPException(400, str(failed)) from failed
    return {name: {"result": _candidates(found[name], area, limit)} for name, (_, _, area, limit) in wanted.items()}


def _query(name: str, query: Any) -> tuple[str, str | None, str, int]:
    """Return words, type, area and number of candidates of one query."""
    if not isinstance(query, dict) or not isinstance(query.get("query"), str):
        raise HTTPException(400, f"{name}: a query is an object with the words in query")
    kinds = query.get("type") or []
    kind = kinds if isinstance(kinds, str) else next((item for item in kinds if isinstance(item, str)), None)
    limit = query.get("limit")
    area = next((_value(item.get("v")) for item in query.get("properties") or [] if item.get("pid") in _NARROWING), "")
    return query["query"], kind, area, min(limit, _MOST) if isinstance(limit, int) and limit > 0 else _LIMIT


def _value(value: Any) -> str:
    """Return the words of a property's value: text, a thing that was reconciled, or the first of several."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value.get("name") or value.get("id") or "") if isinstance(value, dict) else str(value)


def _candidates(hits: list[dict[str, Any]], area: str, limit: int) -> list[dict[str, Any]]:
    scored = [(hit["score"] if not area or _lies(hit, area) else 0.8 * hit["score"], hit) for hit in hits]
    scored.sort(key=lambda item: -item[0])
    surely = [hit["iri"] for score, hit in scored if score >= _SAME]
    return [
        {
            "id": hit["iri"].removeprefix(ids.BASE),
            "name": hit["name"],
            "description": " · ".join(_described(hit)),
            "type": [_type(hit["type"])],
            "score": round(score, 1),
            "match": surely == [hit["iri"]],
            "features": [{"id": "name", "value": hit["score"]}],
        }
        for score, hit in scored[:limit]
    ]


def _lies(hit: Mapping[str, Any], area: str) -> bool:
    return bool(hit["area"]) and (area in hit["area"] or hit["area"] in area)


def _described(hit: Mapping[str, Any]) -> list[str]:
    matched = hit["matched"] if hit["matched"] != hit["name"] else ""
    return [part for part in (_type(hit["type"])["name"], hit["area"], matched) if part]


# --- further columns ----------------------------------------------------------------------------


async def _extended(request: Request, asked: Mapping[str, Any]) -> dict[str, Any]:
    wanted, properties = asked.get("ids"), asked.get("properties")
    if not isinstance(wanted, list) or not isinstance(properties, list):
        raise HTTPException(400, "extend is an object with ids and properties")
    names = [item["id"] for item in properties if isinstance(item, dict) and item.get("id") in PROPERTIES]
    iris = {str(item): ids.BASE + str(item) for item in wanted[:_QUERIES]}
    known = await call(request, "things", iris=list(iris.values()))
    rows = {name: {column: _cells(known.get(iri, {}).get(column)) for column in names} for name, iri in iris.items()}
    return {"meta": [{"id": name, "name": PROPERTIES[name]} for name in names], "rows": rows}


def _cells(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, int):
        return [{"int": value}]
    return [{"str": item} for item in (value if isinstance(value, list) else [value]) if item]


async def properties(request: Request) -> Response:
    """Answer ``/reconcile/properties``: the columns there are."""
    found = [{"id": key, "name": name} for key, name in PROPERTIES.items()]
    return JSONResponse({"type": request.query_params.get("type", ""), "properties": found})


# --- suggestions and previews -------------------------------------------------------------------


async def suggest(request: Request) -> Response:
    """Answer ``/reconcile/suggest/…``: things, types or properties by how their names begin."""
    prefix, what = request.query_params.get("prefix", "").strip(), request.path_params["what"]
    if what == "entity":
        hits = await call(request, "search", text=prefix, limit=10) if prefix else []
        shown = ({**_head(hit), "notable": [_type(hit["type"])]} for hit in hits)
        return JSONResponse({"result": list(shown)})
    if what not in ("type", "property"):
        raise HTTPException(404, f"{what}: suggestions are of entity, type or property")
    choices = {label: _type(label)["name"] for label in TYPES} if what == "type" else PROPERTIES
    found = [{"id": key, "name": name} for key, name in choices.items() if prefix.lower() in f"{key} {name}"]
    return JSONResponse({"result": found})


def _head(hit: Mapping[str, Any]) -> dict[str, Any]:
    described = " · ".join(_described(hit))
    return {"id": hit["iri"].removeprefix(ids.BASE), "name": hit["name"], "description": described}


async def preview(request: Request) -> Response:
    """Answer ``/reconcile/preview``: a small page about one thing, which the client shows in a frame."""
    known = await call(request, "preview", iri=ids.BASE + request.query_params.get("id", ""))
    found = Page.of(request).render("preview.html", thing=known)
    found.headers["Content-Security-Policy"] = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
    return found


ROUTES = (
    Route("/reconcile", reconcile, methods=["GET", "POST"]),
    Route("/reconcile/preview", preview),
    Route("/reconcile/properties", properties),
    Route("/reconcile/suggest/{what}", suggest),
)
