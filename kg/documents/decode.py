"""Bytes in, text and the name of its encoding out; never a character lost or replaced.

``open(file, encoding=name, newline="")`` with the name returned gives exactly the text returned, so anyone can
check an offset. What cannot be decoded as a whole is refused with the reason and the byte where it goes wrong.
"""

from __future__ import annotations

import codecs
import functools
import re

from kg.errors import DocumentError

#: Byte order marks, longest first (UTF-32 LE starts like UTF-16 LE); each codec named here swallows its mark.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: First bytes of files that people rename to .txt, and what to call them.
SIGNATURES = (
    (b"%PDF-", "a PDF file; name it .pdf"),
    (b"PK\x03\x04", "a ZIP container such as DOCX or XLSX; name a Word file .docx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls); save it as DOCX or text"),
    (b"{\\rtf", "an RTF file; save it as DOCX or text"),
)

#: Labels of HTML pages and the codec that reads them. GB18030 contains GB2312 and GBK (WHATWG Encoding Standard, 4.2).
DECLARED = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5",
    "utf-8": "utf-8",
    "utf8": "utf-8",
}

#: Characters and bytes looked at when evidence is weighed; enough to be sure, little enough to be quick.
SAMPLE = 65_536

#: Least share of common characters, among those beyond ASCII, in a text whose encoding is guessed.
PLAUSIBLE = 0.5

#: Largest share of control characters in a text.
MOST_CONTROLS = 0.02

_META = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Five Chinese characters of UTF-8 in a row: in GB18030 text such a run of bytes practically never occurs by chance.
_UTF8_RUN = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){5}")


def decode(data: bytes, *, html: bool = False) -> tuple[str, str]:
    """Return (text, encoding). Raises ``DocumentError`` with the reason but without the file's name.

    Order: byte order mark, strict UTF-8, the page's own ``<meta charset>`` when ``html``, then GB18030 and UTF-16
    by evidence. UTF-8 comes first because text of another encoding hardly ever passes it by accident.
    """
    if not data:
        raise DocumentError("is empty")
    found = _by_mark(data) or _by_evidence(data, html=html)
    if not found[0]:
        raise DocumentError("is empty but for its byte order mark")
    _refuse_controls(found[0])
    return found


def _by_mark(data: bytes) -> tuple[str, str] | None:
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data.decode(name), name
            except UnicodeDecodeError as error:
                raise DocumentError(
                    f"has the mark of {name} but is damaged at byte {error.start}; save it again as UTF-8"
                ) from error
    return None


def _by_evidence(data: bytes, *, html: bool) -> tuple[str, str]:
    _refuse_signatures(data)
    if b"\x00" in data:
        return _utf16(data) or _refuse_binary(data)
    failure = _failure(data, "utf-8")
    if failure is None:
        return data.decode("utf-8"), "utf-8"
    declared = _declared(data) if html else ""
    if declared and _failure(data, declared) is None and not _UTF8_RUN.search(data):
        return data.decode(declared), declared
    return _legacy(data) or _refuse_mixed(data, failure)


def _legacy(data: bytes) -> tuple[str, str] | None:
    """Return the likeliest of GB18030 and UTF-16, None when neither reads as text."""
    if _UTF8_RUN.search(data):
        return None
    candidates = [found for found in (_strict(data, "gb18030"), _utf16(data)) if found is not None]
    best = max(candidates, key=lambda found: _plausibility(found[0]), default=None)
    return best if best is not None and _plausibility(best[0]) >= PLAUSIBLE else None


def _utf16(data: bytes) -> tuple[str, str] | None:
    """Return the text of UTF-16 without a mark, when one byte order reads as text and better than the other."""
    found = [item for item in (_strict(data, "utf-16-le"), _strict(data, "utf-16-be")) if item is not None]
    ranked = sorted(((_plausibility(text), name, text) for text, name in found if "\x00" not in text), reverse=True)
    if not ranked or ranked[0][0] < PLAUSIBLE or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][2], ranked[0][1]


def _strict(data: bytes, name: str) -> tuple[str, str] | None:
    try:
        return data.decode(name), name
    except UnicodeDecodeError:
        return None


def _failure(data: bytes, name: str) -> int | None:
    """Return the offset of the first byte that is wrong, None when there is none."""
    try:
        data.decode(name)
    except UnicodeDecodeError as error:
        return error.start
    return None


def _declared(data: bytes) -> str:
    match = _META.search(data[:SAMPLE])
    return DECLARED.get(match[1].decode("ascii").lower(), "") if match else ""


@functools.cache
def _common() -> frozenset[str]:
    """Return the characters expected in Chinese text.

    GB/T 2312-1980 orders its 3,755 level-1 hanzi (rows 16 to 55) by use, and its rows 1 and 3 hold the punctuation
    and the full-width forms: wrong decodings scatter over all 90,000 hanzi and mostly miss these.
    """
    rows = (0xA1, 0xA3, *range(0xB0, 0xD8))
    cells = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
    return frozenset(found[0] for found in (_strict(cell, "gb2312") for cell in cells) if found is not None)


def _plausibility(text: str) -> float:
    """Return the share of common characters among those beyond ASCII; for pure ASCII the share of printable ones."""
    sample = text[:SAMPLE]
    beyond = [character for character in sample if character > "\x7f"]
    if not beyond:
        return sum(character.isprintable() or character.isspace() for character in sample) / len(sample)
    common = _common()
    return sum(character in common for character in beyond) / len(beyond)


def _refuse_signatures(data: bytes) -> None:
    for signature, what in SIGNATURES:
        if data.startswith(signature):
            raise DocumentError(f"is not text but {what}")


def _refuse_controls(text: str) -> None:
    sample = text[:SAMPLE]
    if "\x00" in text or len(_CONTROL.findall(sample)) > MOST_CONTROLS * len(sample):
        raise DocumentError("is binary data, not text: it holds control characters")


def _refuse_binary(data: bytes) -> tuple[str, str]:
    raise DocumentError(f"is binary data, not text: byte {data.index(0)} is NUL")


def _refuse_mixed(data: bytes, failure: int) -> tuple[str, str]:
    run = _UTF8_RUN.search(data)
    if run:
        raise DocumentError(
            f"mixes encodings: byte {failure} is not UTF-8, though UTF-8 text stands at byte {run.start()};"
            " convert the file to UTF-8"
        )
    other = _failure(data, "gb18030")
    second = "its characters make no sense as GB18030" if other is None else f"byte {other} is not GB18030"
    raise DocumentError(f"has an unknown encoding: byte {failure} is not UTF-8 and {second}; convert the file to UTF-8")
