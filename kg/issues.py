"""The ledger: what was not read or understood, as JSON lines beside the graph."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.records import Issue


def encode(issues: Iterable[Issue]) -> bytes:
    """Return issues as JSON lines, for a file of them in which each stands once, sorted."""
    lines = (json.dumps(issue.to_dict(), ensure_ascii=False, sort_keys=True) + "\n" for issue in issues)
    return "".join(lines).encode()


def read(file: Path) -> Iterator[Issue]:
    """Yield the issues of a file; nothing when there is no such file."""
    if not file.exists():
        return
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield Issue.from_dict(json.loads(line))


def count(issues: Iterable[Issue]) -> list[tuple[str, str, int]]:
    """Return (stage, kind, number) rows, most frequent first."""
    counter = Counter((issue.stage, issue.kind) for issue in issues)
    return [(stage, kind, number) for (stage, kind), number in sorted(counter.items(), key=lambda i: (-i[1], i[0]))]
