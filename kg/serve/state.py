"""What a request needs of the running service: the pool of workers, and calls into it.

A graph does not change, so what a call answered once it answers again: small answers are kept, by the digest of the
graph. Two requests that want the same wait for one worker.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.pool import Pool
from kg.serve.worker import Task

#: Answers that are kept: the most bytes of one and of all.
_KEPT, _ALL_KEPT = 2**20, 48 * 2**20


def pool(request: Request) -> Pool:
    """Return the pool of the service that got the request."""
    return cast("Pool", request.app.state.pool)


class Answers:
    """What calls answered, the least asked of late thrown away first."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._coming: dict[str, asyncio.Task[bytes]] = {}
        self._bytes = 0

    async def answer(self, pool: Pool, function: str, arguments: dict[str, Any]) -> bytes:
        """Return the JSON that a call gives; raises what ``Pool.answer`` raises."""
        key = f"{pool.graph().digest} {function} {json.dumps(arguments, sort_keys=True)}"
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        if key not in self._coming:
            self._coming[key] = asyncio.ensure_future(self._ask(pool, key, Task(call=function, arguments=arguments)))
        return await asyncio.shield(self._coming[key])

    async def _ask(self, pool: Pool, key: str, task: Task) -> bytes:
        try:
            body = (await pool.answer(task)).body
        finally:
            del self._coming[key]
        if len(body) <= _KEPT and key.startswith(pool.graph().digest):
            self._kept[key] = body
            self._bytes += len(body)
            while self._bytes > _ALL_KEPT:
                self._bytes -= len(self._kept.popitem(last=False)[1])
        return body


async def call(request: Request, function: str, /, **arguments: Any) -> Any:
    """Return what a function of ``kg.serve.calls`` answers, run in a worker; raises what ``Pool.answer`` raises."""
    return json.loads(await _called(request, function, arguments))


async def passed(request: Request, function: str, /, headers: Mapping[str, str], **arguments: Any) -> Response:
    """Return what ``call`` would as the response: its JSON is neither read nor written again."""
    return Response(await _called(request, function, arguments), media_type="application/json", headers=headers)


async def _called(request: Request, function: str, arguments: dict[str, Any]) -> bytes:
    return await cast("Answers", request.app.state.answers).answer(pool(request), function, arguments)
