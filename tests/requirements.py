"""Reads the lock files in ``requirements/``."""

from __future__ import annotations

from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "requirements"


def pinned(name: str) -> list[Requirement]:
    """Return the requirements of ``requirements/<name>.txt``, without their hashes."""
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return [Requirement(line.removesuffix("\\")) for line in lines if line and line[0] not in "# "]
