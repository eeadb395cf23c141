"""The query page: an editor for SPARQL with the competency questions as examples; machines get the protocol."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from kg import ids, ontology, resources
from kg.serve.pages.render import Page

#: Words that the page's script needs beside those of its template.
_WORDS = ("query", "working", "rows", "table", "chart", "no-chart", "download", "network", "examples")
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


def wants_page(request: Request) -> bool:
    """Tell whether a person asks: a browser says that it wants HTML before all else, and gives no query."""
    html = request.headers.get("accept", "").startswith("text/html")
    return request.method == "GET" and html and "query" not in request.query_params


@cache
def examples() -> list[dict[str, str]]:
    """Return the competency questions: name, words in both languages, query without the declarations of prefixes."""
    found = []
    for file in sorted(resources.path("ontology", "competency").glob("cq*.rq")):
        chinese, english, *lines = file.read_text("utf-8").splitlines()
        body = "\n".join(line for line in lines if not re.match(r"PREFIX\s", line))
        zh = re.sub(r"^# (\w+) \[\w+\]", r"\1", chinese)
        found.append({"name": file.stem, "zh": zh, "en": f"{file.stem.upper()} {english[2:]}", "query": body + "\n"})
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
