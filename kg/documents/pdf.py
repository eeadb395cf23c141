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
    except (PSException, ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError,
            struct.error, zlib.error, RecursionError, NotImplementedError, OSError) as error:
        raise DocumentError(f"is a damaged PDF file ({type(error).__name__}: {error})") from error


def _page(page: LTPage, number: int) -> list[Line]:
    """Return the lines of one page without its page number, which would part a sentence from its end."""
    lines = [line for line in (_line(item, number) for item in _text_lines(page)) if line.text]
    while lines and _PAGE_NUMBER.fullmatch(lines[-1].text):
        lines.pop()
    return lines


def _text_lines(container: LTContainer) -> Iterator[LTTextLine]:
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
    left, right = _column(lines)
    text = ""
    previous: Line | None = None
    for line in lines:
        if previous is not None and _continues(previous, line, left, right):
            text += _joint(text, line.text) + line.text
        else:
            if text:
                yield text
            text = line.text
        previous = line
    if text:
        yield text


def _column(lines: list[Line]) -> tuple[float, float]:
    """Return the ends of the text column: those of the lines that are longest."""
    widest = max(line.right - line.left for line in lines)
    full = [line for line in lines if line.right - line.left >= 0.8 * widest]
    return min(line.left for line in full), statistics.median_high([line.right for line in full])


def _continues(previous: Line, line: Line, left: float, right: float) -> bool:
    """Tell whether a line belongs to the paragraph of the one before it."""
    size = min(previous.size, line.size)
    if max(previous.size, line.size) > SAME_SIZE * size:
        return False
    if previous.right < right - SLACK * size or line.left > left + INDENT * size:
        return False
    if previous.page != line.page:
        return not previous.text.endswith(_ENDS)
    return 0 < previous.top - line.top <= LEADING * size


def _joint(before: str, after: str) -> str:
    """Return the blank that a line break stood for: between two Latin words one, else none."""
    return " " if before[-1].isascii() and before[-1].isalpha() and after[0].isascii() and after[0].isalpha() else ""
