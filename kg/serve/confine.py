"""What a process that runs queries may not do: open connections, outlive its parent, take more memory than it is given.

Everything here is for the calling process alone and cannot be taken back by it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import resource
import struct
import sys
from pathlib import Path

#: ``socket(2)`` and the audit architecture by machine (linux/unistd.h, linux/audit.h).
_SOCKET = {"x86_64": (41, 0xC000003E), "aarch64": (198, 0xC00000B7)}
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER, _PARENT_DEATH, _KILL = 38, 22, 2, 1, 9
# Instructions of the classic packet filter (linux/bpf_common.h), results of seccomp (linux/seccomp.h).
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1  # the latter: EPERM
_NUMBER, _ARCHITECTURE = 0, 4  # offsets in struct seccomp_data


def without_network() -> bool:
    """Refuse this process every new socket; ``False`` where the system has no such means (other than Linux)."""
    known = _SOCKET.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    number, architecture = known
    code = (
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 0, 3, architecture),  # calls of another architecture's table are allowed: there are none here
        (_LOAD, 0, 0, _NUMBER),
        (_EQUAL, 0, 1, number),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    )
    program = b"".join(struct.pack("HBBI", *line) for line in code)
    instructions = ctypes.create_string_buffer(program, len(program))
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(code), ctypes.addressof(instructions)))
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
        and libc.prctl(_SECCOMP, _FILTER, ctypes.byref(header), 0, 0) == 0
    )


def end_with_parent() -> None:
    """Have the system end this process when its parent ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH, _KILL, 0, 0, 0)


def limit_memory(megabytes: int) -> None:
    """Let this process take so many megabytes more than it has now; an allocation beyond ends it."""
    with contextlib.suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = pages * os.sysconf("SC_PAGE_SIZE") + megabytes * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
