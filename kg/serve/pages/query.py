"""The query page: an editor for SPARQL with the competency questions as examples; machines get the protocol."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg import ids, ontology, resources
from kg.serve.pages.render import HEADERS, Page
from kg.serve.state import call

#: Words that the page's script needs beside those of its template.
_WORDS = (
    *("query", "working", "rows", "table", "chart", "tree", "view", "no-chart", "no-tree", "download", "network"),
    *("examples", "share", "copied", "name", "year", "thing", "limit", "of", "lost"),
)
_EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What is in an editor nobody has typed in yet.
FIRST = """SELECT ?class (COUNT(?thing) AS ?number) WHERE {
  ?thing a ?type . ?type rdfs:label ?class FILTER(LANG(?class) = "zh-hans")
} GROUP BY ?class ORDER BY DESC(?number)
"""


async def page(request: Request) -> Response:
    """Answer ``/sparql`` for people: without a query it is the editor; it asks the protocol at the same address."""
    told = Page.of(request)
    settings = {
        "language": told.language,
        "base": ids.BASE,
        "words": {key: told.say(key) for key in _WORDS},
        "examples": examples(),
        "terms": terms(told.language),
        "names": [],
    }
    return told.render("query.html", settings=settings, query=FIRST, prefixes=sorted(ids.PREFIXES))


async def sheet(request: Request) -> Response:
    """Answer ``/sparql.xlsx?query=``: the rows of a query as a workbook."""
    found = await call(request, "sheet", query=request.query_params.get("query", ""))
    headers = {"Content-Disposition": 'attachment; filename="answer.xlsx"'}
    return Response(base64.b64decode(found["base64"]), media_type=_EXCEL, headers=HEADERS | headers)


def wants_page(request: Request) -> bool:
    """Tell whether a person asks: a browser says that it wants HTML before all else, and gives no query."""
    html = request.headers.get("accept", "").startswith("text/html")
    return request.method == "GET" and html and "query" not in request.query_params


@cache
def examples() -> list[dict[str, str]]:
    """Return our examples and the competency questions: name, words in both languages, query.

    The query is without the declarations of prefixes, which the service knows.
    """
    found = []
    files = (*sorted(_EXAMPLES.glob("*.rq")), *sorted(resources.path("ontology", "competency").glob("cq*.rq")))
    for file in files:
        chinese, english, *lines = file.read_text("utf-8").splitlines()
        body = "\n".join(line for line in lines if not re.match(r"PREFIX\s", line))
        zh = re.sub(r"^# (\w+) \[\w+\]", r"\1", chinese).removeprefix("# ")
        number = f"{file.stem.upper()} " if re.fullmatch(r"cq\d+", file.stem) else ""
        found.append({"name": file.stem, "zh": zh, "en": number + english[2:], "query": body + "\n"})
    return found


@cache
def terms(language: str) -> list[Mapping[str, str]]:
    """Return classes, properties and concepts of the ontology as the editor completes them."""
    labels = ontology.labels("zh-hans" if language == "zh" else "en")
    found: list[Mapping[str, str]] = []
    for iri, label in sorted(labels.items()):
        prefix = next((name for name, base in ids.PREFIXES.items() if iri.startswith(base)), None)
        local = iri.removeprefix(ids.PREFIXES[prefix]) if prefix else ""
        if prefix and re.fullmatch(r"[\w-]+", local):
            kind = "class" if local[:1].isupper() else "property"
            found.append({"name": f"{prefix}:{local}", "label": label, "kind": kind})
    return found


ROUTES = (Route("/sparql.xlsx", sheet),)
