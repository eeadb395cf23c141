"""The SPARQL 1.1 protocol, query part: an HTTP request goes in, an HTTP response comes out. Updates are refused.

https://www.w3.org/TR/sparql11-protocol/. An answer has an ETag of graph digest and request, so a client that asks again
is told that nothing changed, and answers are kept, so others need no worker.
"""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from dataclasses import replace
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.serve.accept import preferred
from kg.serve.description import description
from kg.serve.pages import query
from kg.serve.pool import Exceeded, Failed, Overloaded, Pool
from kg.serve.reply import Reply, answered
from kg.serve.worker import Task

#: Short names for ``format=``, as browsers cannot send an Accept header.
FORMATS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
#: Other names of the same forms.
_SAME = {"application/json": FORMATS["json"], "text/xml": FORMATS["xml"], "application/xml": FORMATS["xml"]}
_FORM, _DIRECT, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_LONGEST = 1_000_000  #: bytes of a request
_STATUS = {"time": 504, "memory": 507, "rows": 413, "size": 413}
#: Bytes of the answers that are kept: short ones in memory, spooled ones on disk.
_IN_MEMORY, _ON_DISK = 64 * 2**20, 2**30


class _Refused(Exception):
    """The request is no query of the protocol."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


class _Kept:
    """Answers that were given, by ETag; those not asked for longest make room for new ones."""

    def __init__(self, most: int) -> None:
        self._most, self._bytes = most, 0
        self._replies: OrderedDict[str, Reply] = OrderedDict()

    def get(self, etag: str) -> Reply | None:
        reply = self._replies.get(etag)
        if reply is not None:
            self._replies.move_to_end(etag)
        return reply

    def keep(self, etag: str, reply: Reply) -> None:
        if reply.size > self._most // 4 or etag in self._replies:
            return
        self._replies[etag] = reply
        self._bytes += reply.size
        while self._bytes > self._most:
            self._bytes -= self._replies.popitem(last=False)[1].size


class Endpoint:
    """The endpoint of one pool of workers."""

    def __init__(self, pool: Pool) -> None:
        """Begin with no answers kept."""
        self._pool = pool
        self._kept, self._kept_on_disk = _Kept(_IN_MEMORY), _Kept(_ON_DISK)

    async def answer(self, request: Request) -> Response:
        """Answer one request; every error is JSON with what happened and what to do."""
        if query.wants_page(request):
            return await query.page(request)
        try:
            task = await _task(request)
            if task is None:
                return description(self._pool.graph(), request)
            return await self._answer(request, replace(task, rows=self._pool.limits.rows))
        except _Refused as refused:
            return _error(refused.status, str(refused), "request")
        except Failed as failed:
            return _error(failed.status, str(failed), "query")
        except Overloaded as overloaded:
            return _error(503, str(overloaded), "load", {"Retry-After": "5"})
        except Exceeded as exceeded:
            return _error(_STATUS[exceeded.limit], str(exceeded), exceeded.limit)

    async def _answer(self, request: Request, task: Task) -> Response:
        digest = self._pool.graph().digest
        etag = f'"{hashlib.sha256(digest.encode() + task.encoded).hexdigest()[:32]}"'
        headers = {"ETag": etag, "Cache-Control": "no-cache", "Vary": "Accept, Accept-Encoding"}
        if etag in re.split(r"\s*,\s*", request.headers.get("if-none-match", "")):
            return Response(status_code=304, headers=headers)
        reply = self._kept.get(etag) or self._kept_on_disk.get(etag)
        if reply is None:
            reply = await self._pool.answer(task)
            if digest == self._pool.graph().digest:
                (self._kept if isinstance(reply.data, bytes) else self._kept_on_disk).keep(etag, reply)
        return answered(reply, headers)


def _error(status: int, words: str, kind: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"error": words, "kind": kind}, status, headers)


async def _task(request: Request) -> Task | None:
    """Return the query that a request asks, ``None`` when it asks for the description of the service."""
    pairs = _pairs(request.url.query)
    if request.method == "POST":
        pairs = await _posted(request, pairs)
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in pairs):
        raise _Refused(403, "updates are refused: a graph is only read")
    queries = [value for name, value in pairs if name == "query"]
    if not queries and request.method != "POST":
        return None
    if len(queries) != 1:
        raise _Refused(400, f"a request has one query, this one has {len(queries)}")
    forms = [value for name, value in pairs if name == "format"]
    return Task(
        queries[0],
        accept=_accept(request, forms),
        base=str(request.url.replace(query="")),
        default=tuple(value for name, value in pairs if name == "default-graph-uri"),
        named=tuple(value for name, value in pairs if name == "named-graph-uri"),
    )


def _accept(request: Request, forms: list[str]) -> tuple[str, ...]:
    if forms:
        if forms[-1] not in FORMATS:
            raise _Refused(400, f"{forms[-1]} is no format; there are {', '.join(FORMATS)}")
        return (FORMATS[forms[-1]],)
    return tuple(_SAME.get(form, form) for form in preferred(request.headers.get("accept", "")))


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise _Refused(400, f"the parameters cannot be read: {error}; use UTF-8") from error


async def _posted(request: Request, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the parameters of a POST: those of the form, or those of the address with the body as the query."""
    media, _, parameters = request.headers.get("content-type", "").partition(";")
    media = media.strip().lower()
    charset = re.search(r"charset\s*=\s*\"?([\w-]+)", parameters)
    if charset and charset[1].lower() not in ("utf-8", "utf8"):
        raise _Refused(415, f"{charset[1]}: a query is sent in UTF-8")
    if media not in (_FORM, _DIRECT, _UPDATE):
        raise _Refused(415, f"{media or 'no content type'}: send {_FORM} or {_DIRECT}")
    if media == _UPDATE:
        raise _Refused(403, "updates are refused: a graph is only read")
    body = await _body(request)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _Refused(400, "the body is no UTF-8") from error
    return [*pairs, *_pairs(text)] if media == _FORM else [*pairs, ("query", text)]


async def _body(request: Request) -> bytes:
    parts = []
    length = 0
    async for part in request.stream():
        length += len(part)
        if length > _LONGEST:
            raise _Refused(413, f"the request has more than {_LONGEST:,} bytes")
        parts.append(part)
    return b"".join(parts)
