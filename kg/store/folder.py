"""Graph folders: where a graph lies on disk, and how a new one takes its place. Blobs of lines go in.

::

    GRAPH/
    ├── CURRENT                   one line: the folder in use, graphs/0123456789abcdef
    ├── LOCK                      held by the build that runs
    └── graphs/0123456789abcdef/  named after the SHA-256 of the quads
        ├── graph.nq              sorted N-Quads, each line once
        ├── store/                the same as an Oxigraph database
        ├── tables.sqlite         what named questions read of it; search.sqlite and network.db beside it likewise
        ├── records/              whatever the build keeps: documents, issues, extractions
        └── manifest.json         digest, counts, versions

A build never edits a graph. It prepares a new folder beside the old one, and replaces ``CURRENT``
by renaming a finished file over it; a build killed at any moment leaves the old graph in use.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import GraphError
from kg.store import quads

#: Version of the layout above; a reader refuses others.
LAYOUT = 1

_BUILDING = "building-"
_NAME_DIGITS = 16
_OWN = {"CURRENT", "LOCK", "graphs"}

#: Makes a database (a folder) out of a file of sorted N-Quads.
Load = Callable[[Path, Path], None]


@dataclass(frozen=True, slots=True)
class GraphFolder:
    """A graph that was opened: its paths and its manifest."""

    path: Path  #: what the user named
    folder: Path  #: the folder in use below it
    manifest: Mapping[str, Any]

    @property
    def quads(self) -> Path:
        """File with the sorted N-Quads."""
        return self.folder / "graph.nq"

    @property
    def store(self) -> Path:
        """Folder of the Oxigraph database."""
        return self.folder / "store"

    @property
    def records(self) -> Path:
        """Folder with what the build kept beside the graph."""
        return self.folder / "records"

    @property
    def digest(self) -> str:
        """SHA-256 of the sorted N-Quads."""
        return str(self.manifest["digest"])

    @property
    def count(self) -> int:
        """Number of quads."""
        return int(self.manifest["quads"])

    @property
    def is_current(self) -> bool:
        """Tell whether no build has replaced this graph since it was opened."""
        return _current(self.path) == self.folder.name


class Build:
    """A graph in the making: takes lines and records, then takes the place of the graph before."""

    def __init__(self, path: Path, folder: Path) -> None:
        """Prepare an empty folder; use ``build`` instead."""
        self.path = path
        self.folder = folder
        self.records = folder / "records"
        self.records.mkdir()
        self.work = folder / "work"  #: for what is needed while building only
        self.work.mkdir()
        self._sorter = quads.Sorter(self.work)

    def add(self, blob: bytes) -> None:
        """Take in whole N-Quads lines, in any order."""
        with _one_line(self.path):
            self._sorter.add(blob)

    def commit(self, load: Load, manifest: Mapping[str, Any] | None = None) -> GraphFolder:
        """Sort, load, describe and switch over; return the new graph.

        ``load`` is ``oxigraph.load``; ``manifest`` may add anything JSON can hold.
        """
        with _one_line(self.path):
            return self._commit(load, manifest or {})

    def _commit(self, load: Load, manifest: Mapping[str, Any]) -> GraphFolder:
        written = self._sorter.finish(self.folder / "graph.nq")
        shutil.rmtree(self.work)
        load(written.file, self.folder / "store")
        about = {
            **manifest,
            "layout": LAYOUT,
            "digest": written.sha256,
            "quads": written.count,
            "repeated_triples": written.repeated,
        }
        text = json.dumps(about, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        (self.folder / "manifest.json").write_text(text, "utf-8")
        _sync_tree(self.folder)
        return _swap(self.path, self.folder, written.sha256[:_NAME_DIGITS])


@contextlib.contextmanager
def _one_line(path: Path) -> Iterator[None]:
    """Turn what the system refuses (no permission, no space) into one line of advice."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise GraphError(f"{path}: cannot be written ({reason}); choose another folder or make room") from error


@contextlib.contextmanager
def build(path: Path) -> Iterator[Build]:
    """Open a graph folder for one build; what an earlier, killed build left behind is removed first.

    Raises ``GraphError`` when another build is at work, when the folder holds other files, or
    cannot be written.
    """
    with contextlib.ExitStack() as held:
        with _one_line(path):
            _prepare(path)
            held.enter_context(_locked(path))
            _clean(path)
            folder = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=path / "graphs"))
            held.callback(shutil.rmtree, folder, ignore_errors=True)
            folder.chmod(0o755)
            making = Build(path, folder)
        yield making


def open_graph(path: Path | str) -> GraphFolder:
    """Open the graph in a folder; raises ``GraphError`` with advice when there is none or it is damaged."""
    path = Path(path)
    advice = f"build one with: kg build DOCUMENTS -o {path}"
    try:
        return _open(path, advice)
    except PermissionError as error:
        raise GraphError(f"{path}: no permission to read {error.filename}") from error


def verify(graph: GraphFolder) -> None:
    """Compare the quads with the digest in the manifest; raises ``GraphError`` when a byte differs."""
    with graph.quads.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != graph.digest:
        raise GraphError(f"{graph.path}: damaged graph, graph.nq does not have the digest {graph.digest[:16]}…")


def _open(path: Path, advice: str) -> GraphFolder:
    if not path.exists():
        raise GraphError(f"{path}: no such folder; {advice}")
    if not path.is_dir() or not (path / "CURRENT").is_file():
        raise GraphError(f"{path}: not a graph folder (it has no file CURRENT); {advice}")
    folder = path / "graphs" / _current(path)
    missing = [name for name in ("graph.nq", "store", "manifest.json") if not (folder / name).exists()]
    if missing:
        raise GraphError(f"{path}: damaged graph, {folder.name}/{missing[0]} is missing; {advice}")
    return GraphFolder(path, folder, _manifest(path, folder, advice))


def _manifest(path: Path, folder: Path, advice: str) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise GraphError(f"{path}: damaged graph, its manifest cannot be read ({error}); {advice}") from error
    if not isinstance(manifest, dict) or not {"digest", "quads", "layout"} <= manifest.keys():
        raise GraphError(f"{path}: damaged graph, its manifest lacks the digest; {advice}")
    if manifest["layout"] != LAYOUT:
        raise GraphError(f"{path}: made by another version of kg (layout {manifest['layout']}); {advice}")
    return manifest


def _current(path: Path) -> str:
    """Return the name of the folder in use, or a name that exists nowhere."""
    try:
        line = (path / "CURRENT").read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return "-"
    name = line.removeprefix("graphs/")
    return name if name and "/" not in name and name not in {".", ".."} else "-"


def _prepare(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise GraphError(f"{path}: is a file; a graph needs a folder of its own")
    if path.is_dir():
        other = sorted(entry.name for entry in path.iterdir() if entry.name not in _OWN and entry.name[0] != ".")
        if other:
            raise GraphError(f"{path}: holds other files ({other[0]}); choose a new folder for the graph")
    try:
        (path / "graphs").mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise GraphError(f"{path}: a file is in the way ({error.filename}); choose another folder") from error


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock of a graph folder; the system frees it when the process ends, however it ends."""
    with (path / "LOCK").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise GraphError(f"{path}: another build is writing here; wait for it or choose another folder") from error
        yield


def _clean(path: Path) -> None:
    """Remove folders of killed builds, and graphs that are no longer in use."""
    current = _current(path)
    for folder in sorted((path / "graphs").iterdir()):
        if folder.name == current:
            continue
        if not folder.is_dir():
            folder.unlink()
            continue
        if folder.name.startswith(_BUILDING) or (path / "graphs" / current).is_dir():
            shutil.rmtree(folder, ignore_errors=True)


def _swap(path: Path, folder: Path, name: str) -> GraphFolder:
    """Give a finished folder its name, point CURRENT at it, and remove what was there before."""
    graphs, number = path / "graphs", 1
    target = graphs / name
    while target.exists():  # the same quads again: beside the old folder, which readers may hold open
        number += 1
        target = graphs / f"{name}-{number}"
    folder.rename(target)
    _sync(graphs)
    fresh = graphs / f"{_BUILDING}CURRENT"
    with fresh.open("w", encoding="utf-8") as stream:
        stream.write(f"graphs/{target.name}\n")
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(path / "CURRENT")
    _sync(path)
    _clean(path)
    return open_graph(path)


def _sync_tree(folder: Path) -> None:
    """Write everything below a folder through to the disk."""
    for parent, _folders, files in os.walk(folder):
        for name in files:
            _sync(Path(parent, name))
        _sync(Path(parent))


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
