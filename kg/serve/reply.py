"""An answer on its way to whoever asked: a short one as bytes, a long one in a file that has no name any more.

The worker writes a long answer to a file, so it needs no memory in any process, and the limits are known to be kept
before its first byte is sent: an error is told as one, never as an answer that breaks off.
"""

from __future__ import annotations

import contextlib
import os
import weakref
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.responses import Response, StreamingResponse

#: Bytes that are read of a file and sent at once.
_PART = 128 * 1024


class Spooled:
    """A file of a long answer; its space is free again when nobody holds it any more."""

    def __init__(self, path: Path) -> None:
        """Take over the file that a worker has written."""
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        weakref.finalize(self, os.close, descriptor)
        path.unlink()
        self._descriptor = descriptor
        self.size = os.fstat(descriptor).st_size

    def read(self, start: int, length: int) -> bytes:
        """Return bytes from somewhere; several readers do not disturb each other."""
        return os.pread(self._descriptor, length, start)


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer with its media type."""

    type: str
    data: bytes | Spooled

    @property
    def size(self) -> int:
        """Number of bytes."""
        return len(self.data) if isinstance(self.data, bytes) else self.data.size

    @property
    def body(self) -> bytes:
        """All bytes at once, for answers that are known to be short."""
        return self.data if isinstance(self.data, bytes) else self.data.read(0, self.data.size)

    async def parts(self) -> AsyncIterator[bytes]:
        """Yield the bytes part by part, each when the one before is on its way."""
        if isinstance(self.data, bytes):
            yield self.data
            return
        for start in range(0, self.data.size, _PART):
            yield self.data.read(start, _PART)


def forgotten(path: Path) -> None:
    """Remove what a worker that was stopped had written."""
    with contextlib.suppress(FileNotFoundError):
        path.unlink()


def answered(reply: Reply, headers: Mapping[str, str]) -> Response:
    """Return the response that an answer makes; a long one is sent as quickly as it is taken."""
    media = _charset(reply.type)
    if isinstance(reply.data, bytes):
        return Response(reply.data, media_type=media, headers=headers)
    return StreamingResponse(reply.parts(), media_type=media, headers={**headers, "Content-Length": str(reply.size)})


def _charset(form: str) -> str:
    return f"{form}; charset=utf-8" if form.startswith("text/") else form
