"""Memory that the machine has left, as its system tells."""

from __future__ import annotations

import os
import re
from pathlib import Path


def available() -> int:
    """Return bytes that can be taken without swapping; where the system does not tell, half of what there is."""
    try:
        found = re.search(r"^MemAvailable:\s*(\d+) kB$", Path("/proc/meminfo").read_text("ascii"), re.MULTILINE)
    except OSError:
        found = None
    if found:
        return int(found[1]) * 1024
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    except (ValueError, OSError):
        return 0
