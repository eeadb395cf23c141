"""Files in, ``Document`` records out; what cannot be read becomes an ``Issue``.

``read`` reads one file or raises ``DocumentError``. ``read_all`` reads files and folders and never stops at a bad
one. The result does not depend on the order in which paths are given, nor on where the folders stand.
"""

from __future__ import annotations

import functools
import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from kg.documents.content import Content, Reader
from kg.documents.docx import read_docx
from kg.documents.html import read_html
from kg.documents.metadata import metadata
from kg.documents.pdf import read_pdf
from kg.documents.plain import read_markdown, read_text
from kg.errors import DocumentError
from kg.records import Document, Issue

__all__ = ["READERS", "Content", "Reader", "Source", "find", "read", "read_all", "readers"]

#: Readers by suffix. Others are added by the entry-point group ``kg.readers``: the name is the suffix without its
#: dot, the object a ``Reader``.
READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
}

STAGE = "documents"

#: Most bytes of a file: what is larger is no document but a dump, and would not fit into memory several times over.
LARGEST = 200 << 20


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A file to read; ``name`` is its path relative to the folder that was given, and goes into the record."""

    name: str
    path: Path
    root: Path


@functools.cache
def readers() -> dict[str, Reader]:
    """Return all readers by suffix; installed packages can add suffixes but not replace ours."""
    try:
        plugins = {f".{point.name.lstrip('.').lower()}": point.load() for point in entry_points(group="kg.readers")}
    except (ImportError, AttributeError) as error:
        raise DocumentError(f"a package that adds a reader (entry point kg.readers) is broken: {error}") from error
    return {**plugins, **READERS}


def read(path: Path, *, root: Path | None = None) -> Document:
    """Read one file; its ``path`` in the record is relative to ``root``, or the bare name without one.

    Raises ``DocumentError`` when the file cannot be read, is empty, is binary or is in an unknown format.
    """
    name = _name(path, root)
    return _parse(name, _bytes(path, name))


def read_all(paths: Iterable[Path]) -> Iterator[Document | Issue]:
    """Yield the documents of files and folders in the order of their names, and an issue for each that has none.

    Of files with the same bytes the one with the smallest name is read; the others are issues that name it.
    """
    sources, issues = find(paths)
    yield from issues
    first: dict[str, str] = {}
    for source in sources:
        try:
            data = _bytes(source.path, source.name)
            digest = _digest(data)
            if digest not in first:
                first[digest] = source.name
                yield _parse(source.name, data)
                continue
        except DocumentError as error:
            yield Issue(STAGE, "unreadable", str(error), path=source.name)
            continue
        message = f"{source.name}: has the same content as {first[digest]}, which is read instead"
        yield Issue(STAGE, "duplicate", message, path=source.name, document=digest[:16])


def find(paths: Iterable[Path], leave_out: Path | None = None) -> tuple[list[Source], list[Issue]]:
    """Return the files that can be read, sorted, and an issue for each path that cannot.

    ``leave_out`` is a folder to pass over, such as the graph that an earlier build put among the documents.

    A file reached by two of the paths counts once. Hidden files, unknown suffixes and links to folders are issues
    of kind ``unsupported``, paths that are not there ``missing``, folders that cannot be opened ``unreadable``.
    """
    found: dict[Path, Source] = {}
    issues: set[Issue] = set()
    for path in paths:
        sources, problems = _find(Path(path), leave_out.resolve() if leave_out else None)
        issues.update(problems)
        for source in sources:
            place = source.path.resolve()
            found[place] = min(source, found.get(place, source))
    return sorted(found.values()), sorted(issues, key=lambda issue: (issue.path, issue.kind, issue.message))


def _find(path: Path, leave_out: Path | None) -> tuple[list[Source], list[Issue]]:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return [], [_issue("missing", path.as_posix(), "is not there; check the path")]
    except OSError as error:
        return [], [_issue("unreadable", path.as_posix(), _reason(error))]
    if stat.S_ISDIR(mode):
        return _walk(path, leave_out)
    return _sorted_out([path], path.parent)


def _walk(folder: Path, leave_out: Path | None) -> tuple[list[Source], list[Issue]]:
    issues: list[Issue] = []
    files: list[Path] = []

    def unreadable(error: OSError) -> None:
        issues.append(_issue("unreadable", _name(Path(error.filename), folder), f"{_reason(error)}; it is left out"))

    for place, folders, names in os.walk(folder, onerror=unreadable):
        here = Path(place)
        files += [here / name for name in names]
        skipped = [name for name in folders if name.startswith(".") or (here / name).is_symlink()]
        for name in skipped:
            reason = "is a hidden folder" if name.startswith(".") else "is a link to a folder"
            issues.append(_issue("unsupported", _name(here / name, folder), f"{reason} and is left out"))
        passed_over = {name for name in folders if leave_out and (here / name).resolve() == leave_out}
        folders[:] = sorted(set(folders) - set(skipped) - passed_over)
    sources, others = _sorted_out(files, folder)
    return sources, issues + others


def _sorted_out(files: list[Path], root: Path) -> tuple[list[Source], list[Issue]]:
    """Part the files that have a reader from the others."""
    sources: list[Source] = []
    issues: list[Issue] = []
    for file in files:
        name = _name(file, root)
        kind, reason = _refusal(file)
        if reason:
            issues.append(_issue(kind, name, reason))
        else:
            sources.append(Source(name, file, root))
    return sources, issues


def _refusal(file: Path) -> tuple[str, str]:
    """Return the kind and reason for which a file is not read; both empty when it is."""
    if file.name.startswith((".", "~$")):
        return "unsupported", "is a hidden file and is left out"
    if not file.exists():
        return "missing", "is a link to nothing"
    if not file.is_file():
        return "unsupported", "is not a regular file"
    if file.suffix.lower() not in readers():
        return "unsupported", _unknown(file.suffix)
    return "", ""


def _unknown(suffix: str) -> str:
    known = " ".join(sorted(readers()))
    return f"has the unknown suffix {suffix}; known are {known}" if suffix else f"has no suffix; known are {known}"


def _issue(kind: str, name: str, reason: str) -> Issue:
    return Issue(STAGE, kind, f"{name}: {reason}", path=name)


def _reason(error: OSError) -> str:
    return f"cannot be read ({error.strerror or type(error).__name__})"


def _name(path: Path, root: Path | None) -> str:
    """Return the name of a file for records: relative, with forward slashes, in NFC.

    File systems differ in how they compose characters, and names that are not Unicode would break every output.
    """
    try:
        relative = path.relative_to(root) if root is not None else Path(path.name)
    except ValueError:
        relative = Path(path.name)
    name = unicodedata.normalize("NFC", relative.as_posix())
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _bytes(path: Path, name: str) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise DocumentError(f"{name}: is too large ({size:,} bytes, the most is {LARGEST:,}); split it")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentError(f"{name}: is not there; check the path") from error
    except OSError as error:
        raise DocumentError(f"{name}: {_reason(error)}") from error


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _parse(name: str, data: bytes) -> Document:
    suffix = Path(name).suffix.lower()
    reader = readers().get(suffix)
    if reader is None:
        raise DocumentError(f"{name}: {_unknown(suffix)}")
    try:
        content = reader(data)
    except DocumentError as error:
        raise DocumentError(f"{name}: {error}") from error
    if not content.text.strip():
        raise DocumentError(f"{name}: is empty: it holds no text")
    about = metadata(content.text, content.format)
    digest = _digest(data)
    return Document(
        id=digest[:16],
        path=name,
        text=content.text,
        format=content.format,
        encoding=content.encoding,
        sha256=digest,
        title=about.title,
        date=about.date,
        publisher=about.publisher,
        url=about.url,
        bylines=about.bylines,
    )
