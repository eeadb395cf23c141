"""Plain text and Markdown: the text is the file, front matter included.

Offsets count every character of the file, so nothing is cut off here; ``view`` looks past the front matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.documents.content import Content
from kg.documents.decode import decode

#: Front matter is a block of ``key: value`` lines between two lines of three dashes at the very start (Jekyll, pandoc).
_BLOCK = re.compile(r"---[ \t]*\r?\n(?P<body>(?:(?!---|\.\.\.)[^\n]*\n){0,200}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\r?\Z)")
_FIELD = re.compile(r"^(?P<key>[^\W\d][\w .-]{0,40}?)[ \t]*[:：][ \t]*(?P<value>[^\r\n]*?)[ \t]*\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The block's end in the source (0 when there is none) and its fields, keys in lower case."""

    end: int
    fields: dict[str, str]


def front_matter(text: str) -> FrontMatter:
    """Return the front matter of ``---\\ntitle: 政府工作报告\\n---``; quotes around values are taken off."""
    block = _BLOCK.match(text) if text.startswith("---") else None
    if block is None:
        return FrontMatter(0, {})
    fields = {match["key"].lower(): _unquoted(match["value"]) for match in _FIELD.finditer(block["body"])}
    if not fields:
        return FrontMatter(0, {})
    return FrontMatter(block.end(), fields)


def _unquoted(value: str) -> str:
    quoted = len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1].strip() if quoted else value.strip()


def read_text(data: bytes) -> Content:
    """Read a .txt file."""
    text, encoding = decode(data)
    return Content(text, "txt", encoding)


def read_markdown(data: bytes) -> Content:
    """Read a .md file."""
    text, encoding = decode(data)
    return Content(text, "md", encoding)
