"""Word files: paragraphs and tables in the order of the page, one paragraph a line, cells parted by tabs.

The XML is walked rather than python-docx's ``paragraph.text``, which leaves out tracked insertions, content
controls and smart tags. Deleted text, headers, footers and automatic numbers are not part of the text.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Protocol

import docx
from docx.opc.exceptions import OpcError

from kg.documents.content import Content
from kg.errors import DocumentError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {_FALLBACK, f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_W}rPr"}
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


class Element(Protocol):
    """What is used of an lxml element, which publishes no types."""

    @property
    def tag(self) -> str:
        """Name with its namespace in braces."""

    @property
    def text(self) -> str | None:
        """Text before the first child."""

    def __iter__(self) -> Iterator[Element]: ...

    def iter(self, tag: str) -> Iterator[Element]:
        """Yield the element and all below it with a tag."""

    def iterancestors(self, tag: str) -> Iterator[Element]:
        """Yield the elements around it with a tag, the closest first."""


def read_docx(data: bytes) -> Content:
    """Read a .docx file."""
    if not data:
        raise DocumentError("is empty")
    if not data.startswith(b"PK"):
        raise DocumentError("is not a DOCX file; an old .doc must be saved as .docx first")
    # Damage shows as SyntaxError in the XML, as the others in the ZIP container and its parts.
    try:
        body = docx.Document(io.BytesIO(data)).element.body
        text = "\n".join(_blocks(body))
    except (
        OpcError,
        zipfile.BadZipFile,
        SyntaxError,
        KeyError,
        ValueError,
        AttributeError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        zlib.error,
    ) as error:
        raise DocumentError(f"is a damaged DOCX file ({_reason(error)})") from error
    return Content(text, "docx")


def _reason(error: Exception) -> str:
    return str(error).strip().split("\n")[0] or type(error).__name__


def _blocks(element: Element) -> Iterator[str]:
    """Yield the lines of a body, a cell or a content control."""
    for child in element:
        if child.tag == f"{_W}p":
            yield _paragraph(child)
            for box in child.iter(f"{_W}txbxContent"):
                if next(box.iterancestors(_FALLBACK), None) is None:
                    yield from _blocks(box)
        elif child.tag == f"{_W}tbl":
            yield from _rows(child)
        elif child.tag not in _SKIPPED:
            yield from _blocks(child)


def _rows(table: Element) -> Iterator[str]:
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is table:
            yield "\t".join(_cell(cell) for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row)


def _cell(cell: Element) -> str:
    return " ".join(line.strip() for line in "\n".join(_blocks(cell)).splitlines() if line.strip())


def _paragraph(element: Element) -> str:
    return "".join(_runs(element))


def _runs(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _SKIPPED and child.tag != f"{_W}txbxContent":
            yield from _runs(child)
