"""What a request needs of the running service: the pool of workers, and calls into it."""

from __future__ import annotations

import json
from typing import Any, cast

from starlette.requests import Request

from kg.serve.pool import Pool
from kg.serve.worker import Task


def pool(request: Request) -> Pool:
    """Return the pool of the service that got the request."""
    return cast("Pool", request.app.state.pool)


async def call(request: Request, function: str, /, **arguments: Any) -> Any:
    """Return what a function of ``kg.serve.calls`` answers, run in a worker; raises what ``Pool.answer`` raises."""
    reply = await pool(request).answer(Task(call=function, arguments=arguments))
    return json.loads(reply.body)
