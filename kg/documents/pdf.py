"""PDF files: the lines of the page joined to paragraphs, one paragraph a line.

A PDF knows glyphs at places, not sentences. Lines are taken with their positions from pdfminer, and a line is
joined to the next when it runs to the right margin and the next one is not indented: the two signs by which
Chinese typesetting shows a paragraph (GB/T 9704-2012, 7.3.3: paragraphs are indented by two characters and
lines run back to the margin).
"""

from __future__ import annotations

import io
import re
import statistics
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTContainer, LTPage, LTTextLine
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfparser import PDFSyntaxError
from pdfminer.psexceptions import PSException

from kg.documents.content import Content
from kg.errors import DocumentError

#: A line ends at the margin when less than this many characters are missing.
SLACK = 2.0
#: A line is indented when it starts at least this many characters right of the column.
INDENT = 1.2
#: Lines whose sizes differ by more than this factor are not of one paragraph.
SAME_SIZE = 1.15
#: Baselines further apart than this many sizes part two paragraphs.
LEADING = 2.6

#: Lines that start within this many characters of each other are of one column.
SAME_COLUMN = 4.0
#: A column narrower than this many characters holds headings or labels, which are not joined.
NARROWEST = 12.0

_PAGE_NUMBER = re.compile(r"[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*[/／]\s*\d{1,4})?(?:\s*页)?[-—–－·\s]*")
_ENDS = tuple("。！？!?；;：:")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: its text, its left and right ends, its top and the size of its characters."""

    text: str
    left: float
    right: float
    top: float
    size: float
    page: int


@dataclass(frozen=True, slots=True)
class Column:
    """Where the lines of a column start and where the full ones end."""

    left: float
    right: float


def read_pdf(data: bytes) -> Content:
    """Read a .pdf file; scanned pages without a text layer are refused."""
    if not data:
        raise DocumentError("is empty")
    if b"%PDF-" not in data[:1024]:
        raise DocumentError("is not a PDF file: the %PDF- mark is missing")
    lines = _lines(data)
    if not lines:
        raise DocumentError("has no text layer; run character recognition (OCR) on it first")
    return Content("\n".join(paragraphs(lines)), "pdf")


def _lines(data: bytes) -> list[Line]:
    try:
        pages = extract_pages(io.BytesIO(data), laparams=LAParams(word_margin=0.3))
        return [line for number, page in enumerate(pages) for line in _page(page, number)]
    except PDFPasswordIncorrect as error:
        raise DocumentError("is encrypted; save a copy without a password") from error
    except PDFSyntaxError as error:
        raise DocumentError(f"is a damaged PDF file ({error})") from error
    except (
        PSException,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        AssertionError,
        ArithmeticError,
        struct.error,
        zlib.error,
        RecursionError,
        NotImplementedError,
        OSError,
    ) as error:
        raise DocumentError(f"is a damaged PDF file ({type(error).__name__}: {error})") from error


def _page(page: LTPage, number: int) -> list[Line]:
    """Return the lines of one page without its page number, which would part a sentence from its end."""
    lines = [line for line in (_line(item, number) for item in _text_lines(page)) if line.text]
    while lines and _PAGE_NUMBER.fullmatch(lines[-1].text):
        lines.pop()
    return lines


def _text_lines(container: LTContainer[Any]) -> Iterator[LTTextLine]:
    for item in container:
        if isinstance(item, LTTextLine):
            yield item
        elif isinstance(item, LTContainer):
            yield from _text_lines(item)


def _line(item: LTTextLine, page: int) -> Line:
    raw = item.get_text().rstrip()
    text = raw.lstrip()
    # Blanks that indent a paragraph belong to its left end.
    indent = sum(1.0 if character == "\u3000" else 0.5 for character in raw[: len(raw) - len(text)])
    return Line(text, item.x0 + indent * item.height, item.x1, item.y1, item.height, page)


def paragraphs(lines: Iterable[Line]) -> Iterator[str]:
    """Yield the paragraphs of lines in reading order."""
    lines = list(lines)
    columns = _columns(lines)
    text = ""
    for previous, line in zip([None, *lines], lines, strict=False):
        if previous is not None and _continues(previous, line, columns):
            text += _joint(text, line.text) + line.text
            continue
        if text:
            yield text
        text = line.text
    if text:
        yield text


def _columns(lines: list[Line]) -> list[Column]:
    """Return the columns of text from left to right; lines that start within a few characters share one."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.left):
        if not groups or line.left - groups[-1][0].left > SAME_COLUMN * line.size:
            groups.append([])
        groups[-1].append(line)
    return [_column(group) for group in groups]


def _column(lines: list[Line]) -> Column:
    """Return the ends of a column: its right one is where its long lines end."""
    widest = max(line.right - line.left for line in lines)
    full = [line.right for line in lines if line.right - line.left >= 0.8 * widest]
    return Column(lines[0].left, statistics.median_high(full))


def _continues(previous: Line, line: Line, columns: list[Column]) -> bool:
    """Tell whether a line belongs to the paragraph of the one before it."""
    size = min(previous.size, line.size)
    before, here = _column_of(previous, columns), _column_of(line, columns)
    if max(previous.size, line.size) > SAME_SIZE * size or before.right - before.left < NARROWEST * size:
        return False
    if previous.right < before.right - SLACK * size or line.left > here.left + INDENT * size:
        return False
    if previous.page != line.page or line.top > previous.top:
        return not previous.text.endswith(_ENDS)
    return before is here and previous.top - line.top <= LEADING * size


def _column_of(line: Line, columns: list[Column]) -> Column:
    return max((column for column in columns if column.left <= line.left), key=lambda column: column.left)


def _joint(before: str, after: str) -> str:
    """Return the blank that a line break stood for: between two Latin words one, else none."""
    latin = before[-1].isascii() and before[-1].isalpha() and after[0].isascii() and after[0].isalpha()
    return " " if latin else ""
