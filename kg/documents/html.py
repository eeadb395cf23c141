"""HTML pages: the text is the page's source, tags included; ``view`` looks past them."""

from __future__ import annotations

from kg.documents.content import Content
from kg.documents.decode import decode


def read_html(data: bytes) -> Content:
    """Read a page; its own ``<meta charset>`` decides when it is not UTF-8."""
    text, encoding = decode(data, html=True)
    return Content(text, "html", encoding)
