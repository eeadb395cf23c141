"""The named questions: their list, each with a form and its rows, the rows as files, and two documents compared."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.errors import QueryError
from kg.query.questions import registry
from kg.query.questions.question import Question
from kg.serve.pages import answers
from kg.serve.pages.render import HEADERS, Page
from kg.serve.pages.sections import readable
from kg.serve.pool import Failed
from kg.serve.state import call
from kg.serve.views.compared import are_places

_PART = 50
_FORMS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_DOCUMENT_CHANGES = ["kind", "thing", "subject", "change", "earlier", "later", "how"]
_SCHEME_CHANGES = ["industry", "change", "earlier_group", "later_group", "related"]


async def listing(request: Request) -> Response:
    """Answer ``/ask``."""
    return Page.of(request).render("ask.html", questions=list(registry.questions().values()), column=answers.column)


async def ask(request: Request) -> Response:
    """Answer ``/ask/{name}``: the form, and the rows when all that is needed is given; ``format`` asks for a file."""
    question = _question(request.path_params["name"])
    given = answers.asked(request, (parameter.name for parameter in question.parameters))
    form = request.query_params.get("format", "")
    if form in _FORMS:
        return await _file(request, question, given, form)
    begin, answer, refused, status = answers.offset(request), None, "", 200
    if request.query_params or not any(parameter.required for parameter in question.parameters):
        try:
            columns = readable(question.columns)
            answer = await call(
                request, "rows", name=question.name, parameters=given, columns=columns, offset=begin, limit=_PART
            )
        except Failed as failed:
            refused, status = str(failed), failed.status
    return Page.of(request).render(
        "question.html",
        status,
        question=question,
        given=given,
        answer=answer,
        refused=refused,
        turned=answers.turned(request, answer["total"], begin, _PART) if answer else {},
        files={name: "?" + urlencode([*given.items(), ("format", name)]) for name in _FORMS},
        value=answers.value,
        column=answers.column,
    )


def _question(name: str) -> Question:
    try:
        return registry.question(name)
    except QueryError as error:
        raise HTTPException(404, str(error)) from error


async def _file(request: Request, question: Question, given: dict[str, str], form: str) -> Response:
    found = await call(request, "file", name=question.name, parameters=given, form=form)
    name = quote("-".join([question.name, *given.values()])[:80].replace("/", "-"))
    headers = {
        "Content-Disposition": f"attachment; filename=\"{question.name}.{form}\"; filename*=UTF-8''{name}.{form}"
    }
    return Response(base64.b64decode(found["base64"]), media_type=_FORMS[form], headers=HEADERS | headers)


async def compare(request: Request) -> Response:
    """Answer ``/compare?a=&b=``: two documents, two places, or two industry schemes of one place."""
    a, b, place = (request.query_params.get(name, "").strip() for name in ("a", "b", "place"))
    documents = sorted(await call(request, "documents"), key=lambda one: one["document"])
    status = 200
    values: dict[str, Any] = {"a": a, "b": b, "place": place, "documents": documents, "answers": [], "refused": ""}
    if a and b:
        try:
            values["answers"] = await _compared(request, {one["document"] for one in documents}, a, b, place)
        except Failed as failed:
            values["refused"], status = str(failed), failed.status
    values["pairs"] = {} if a and b else await call(request, "comparable")
    return Page.of(request).render("compare.html", status, **values, value=answers.value, column=answers.column)


async def _compared(request: Request, documents: set[str], a: str, b: str, place: str) -> list[Any]:
    """Return the tables of a comparison: of documents, of places, else of schemes."""
    if {a, b} & documents:
        given = {"document": b, "against": a}
        changes = _DOCUMENT_CHANGES
        return [
            await call(
                request, "rows", name="plan-vs-plan", parameters=given, columns=changes, limit=1000, tally="change"
            )
        ]
    if are_places(a, b):
        return list(await call(request, "compared", a=a, b=b))
    found = await call(
        request,
        "rows",
        name="scheme-changes",
        parameters={"place": place} if place else {},
        columns=_SCHEME_CHANGES,
        limit=10_000,
        tally="change",
    )
    rows = [row for row in found["rows"] if (row["values"]["earlier"], row["values"]["later"]) == (a, b)]
    tally: dict[str, int] = {}
    for row in rows:
        tally[row["values"]["change"]] = tally.get(row["values"]["change"], 0) + 1
    return [found | {"rows": rows, "total": len(rows), "tally": list(tally.items())}]


ROUTES = (Route("/ask", listing), Route("/ask/{name}", ask), Route("/compare", compare))
