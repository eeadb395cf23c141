"""The text without its markup, and the way back to the source.

Extraction reads ``view(text).text``; every span it finds goes through ``View.source`` before it enters a record,
so records index the untouched source. HTML and Markdown are looked past together, because files of the genre mix
them (front matter, then tags, then a Markdown link).
"""

from __future__ import annotations

import html
import re
from array import array
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from kg.documents.plain import front_matter

#: Elements that part text (HTML Living Standard, 15.3.3 and on: those displayed as blocks, cells, rows), and br, hr.
BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption"  # noqa: SIM905 - clearer unquoted
    " figure form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol optgroup option p pre section"
    " summary table tbody td tfoot th thead title tr ul".split()
)
#: Elements whose content is no text of the document.
HIDDEN = frozenset(
    "script style head nav footer noscript template svg math select button textarea iframe".split()  # noqa: SIM905 - clearer unquoted
)
#: The other elements; an unknown name in angle brackets is text, unless it has a colon or a dash (o:p, my-tag).
INLINE = frozenset(
    "a abbr acronym area audio b base basefont bdi bdo big canvas cite code col colgroup data datalist del dfn em"  # noqa: SIM905 - clearer unquoted
    " embed font frame frameset i img input ins kbd label link map mark meta meter nobr noframes object output param"
    " picture progress q rp rt ruby s samp slot small source span strike strong sub sup time track tt u var video"
    " wbr".split()
)
#: First words of a link by which a line of links is known as navigation.
NAVIGATION = "返回|首页|主页|上一|下一|更多|打印|关闭|分享|收藏|回到顶部|目录"
#: Formats whose text was extracted and holds no markup.
EXTRACTED = frozenset({"pdf", "docx"})

# A link's target has a slash, colon or hash, so that 增长8%[1](见附表) stays text.
_TARGET = r"(?:[!-'*-~]*[/\#:][^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:[ \t]+\"[^\"\n]*\")?)?"
_LABEL = r"\[[^\[\]\n]*\]"
_LINK = rf"{_LABEL}\({_TARGET}\)"
_NAME = r"/?[A-Za-z][A-Za-z0-9:-]*(?=[\s/>])"
_MARK = (
    r"(?P<mark>(?:\#{1,6}[ \t]+|\#{2,6}(?=[^\#\s])|[-*+][ \t]+|>(?:[ \t]+|(?=\r?\n)))+"
    r"|(?:-{3,}|={3,}|\*{3,}|\|(?=[^\n]{0,80}-)[ \t:|-]+)[ \t]*(?=\r?\n|\Z))"
)
_NAVIGATION = rf"[ \t]*(?:[-*+][ \t]+)?(?=\[(?:{NAVIGATION})){_LINK}(?:[ \t|｜·/、>»-]*{_LINK})*[ \t]*(?=\r?\n|\Z)"
# Every rule starts with a literal outside its group: only then does re skip quickly to the next candidate.
_MARKUP = (
    # Attributes may hold ">" between quotes; where the quotes do not pair, the tag ends at the first ">".
    rf"<(?P<tag>{_NAME}(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+>|{_NAME}[^<>]*+>)",
    r"<(?P<comment>!--)",
    r"<(?P<declaration>[!?][A-Za-z\[][^<>]*+>)",
    r"&(?P<entity>(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)",
    r"\r(?P<carriage>)",
)
_MARKDOWN = (
    r"<(?P<address>(?:https?://|mailto:)[^<>\s]*+>)",
    r"\*(?P<emphasis>\*++)",
    r"_(?P<underline>_++)",
    rf"\n(?P<navigation>{_NAVIGATION})",
    rf"\n(?P<line>[ \t]*+{_MARK})",
    rf"!(?P<image>{_LINK})",
    rf"\[(?P<opening>(?=(?:[^\[\]\n]|!?{_LABEL}(?:\({_TARGET}\))?){{0,400}}+\]\({_TARGET}\)))",
    rf"\](?P<closing>\({_TARGET}\))",
    r"\|(?P<pipe>)",
    r"\\(?P<escape>[\\`*_{}\[\]()\#+.!|>~-])",
)
_HTML = re.compile("|".join(_MARKUP))
_MIXED = re.compile("|".join((*_MARKUP, *_MARKDOWN)))
_FIRST_LINE = re.compile(rf"(?P<navigation>{_NAVIGATION})|[ \t]*+{_MARK}")


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Text without markup. The three tables are empty when the text is its own view.

    A piece is a run of source characters kept as they are (width 0), or one sign that stands for ``width``
    characters of markup: the ``&`` of ``&amp;``, the line break of ``<br>``.
    """

    text: str
    _length: int
    _starts: array[int]
    _sources: array[int]
    _widths: array[int]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source from the first viewed character to the end of the last one.

        Markup inside the span is inside the result, markup at its edges outside: 55 of ``**55**个`` is (2, 4),
        55个 is (2, 7). An empty span maps to the place of the character it stands before.
        """
        if not self._starts:
            return start, end
        first = self._first(start)
        return (first, self._last(end - 1)) if end > start else (first, first)

    def view_offset(self, source_offset: int) -> int:
        """Return the offset in the view of the first viewed character at or after an offset of the source."""
        if not self._starts:
            return min(source_offset, len(self.text))
        index = bisect_right(self._sources, source_offset) - 1
        if index < 0:
            return 0
        following = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.text)
        distance = source_offset - self._sources[index]
        if self._widths[index]:
            return following if distance else self._starts[index]
        return min(self._starts[index] + distance, following)

    def _first(self, offset: int) -> int:
        if offset >= len(self.text):
            return self._length
        index = bisect_right(self._starts, offset) - 1
        return self._sources[index] + (0 if self._widths[index] else offset - self._starts[index])

    def _last(self, offset: int) -> int:
        index = bisect_right(self._starts, offset) - 1
        return self._sources[index] + (self._widths[index] or offset - self._starts[index] + 1)


def view(text: str, format: str = "") -> View:
    """Return the text without front matter, tags, comments, hidden elements and Markdown signs.

    ``format`` is that of the document: ``html`` looks past tags and entities only, ``pdf`` and ``docx`` are plain;
    all others past Markdown too. Example: ``**55**个微亮化项目`` views as 55个微亮化项目.
    """
    if format in EXTRACTED:
        return _same(text)
    scanner = _HTML if format == "html" else _MIXED
    start = front_matter(text).end
    head = _FIRST_LINE.match(text, start) if scanner is _MIXED else None
    if not start and head is None and scanner.search(text) is None:
        return _same(text)
    builder = _Builder(text, start)
    if head is not None:
        builder.cut(head.start(head.lastgroup or 0), head.end(), "")
    return builder.build(scanner)


def _same(text: str) -> View:
    return View(text, len(text), array("q"), array("q"), array("q"))


class Cut(NamedTuple):
    """A stretch of the source that is not viewed, and the sign that stands for it."""

    start: int
    end: int
    sign: str = ""


class _Builder:
    """Collects the pieces of a view while the scanner walks over the source once."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.kept = start  #: where the run that is being kept starts
        self.length = 0
        self.parts: list[str] = []
        self.starts = array("q")
        self.sources = array("q")
        self.widths = array("q")
        self.unclosed: set[str] = set()  #: what has no end in the rest of the text, so it is sought once only
        self.line_end = -1
        self.in_table = False
        self.rules: dict[str, Callable[[re.Match[str]], Cut | None]] = {
            "tag": self._tag,
            "comment": self._comment,
            "entity": self._entity,
            "carriage": self._carriage,
            "navigation": lambda match: Cut(match.start() + 1, match.end()),
            "line": lambda match: Cut(match.start("mark"), match.end()),
            "opening": lambda match: Cut(match.start(), match.start() + 1),
            "escape": lambda match: Cut(match.start(), match.start() + 1),
            "pipe": self._pipe,
        }

    def build(self, scanner: re.Pattern[str]) -> View:
        """Walk over the source and return its view."""
        search, rules, position = scanner.search, self.rules, self.kept
        while (match := search(self.text, position)) is not None:
            rule = rules.get(match.lastgroup or "")
            found = rule(match) if rule else Cut(match.start(), match.end())
            if found is None:
                position = match.start() + 1
                continue
            self.cut(*found)
            position = max(match.end(), found.end)
        self._keep(len(self.text))
        return View("".join(self.parts), len(self.text), self.starts, self.sources, self.widths)

    def cut(self, start: int, end: int, sign: str) -> None:
        """Leave out a stretch of the source."""
        self._keep(start)
        if sign:
            self._add(sign, start, end - start)
        self.kept = end

    def _keep(self, end: int) -> None:
        if end > self.kept:
            self._add(self.text[self.kept : end], self.kept, 0)

    def _add(self, part: str, source: int, width: int) -> None:
        self.starts.append(self.length)
        self.sources.append(source)
        self.widths.append(width)
        self.parts.append(part)
        self.length += len(part)

    def _tag(self, match: re.Match[str]) -> Cut | None:
        name = match["tag"].lstrip("/").split(">", 1)[0].split(None, 1)[0].rstrip("/").lower()
        if name in HIDDEN and not match["tag"].startswith("/"):
            end = self._end(name, match.end())
            return Cut(match.start(), end if end >= 0 else match.end(), "\n")
        if name in BLOCKS or name in HIDDEN:
            return Cut(match.start(), match.end(), "\n")
        return Cut(match.start(), match.end()) if name in INLINE or ":" in name or "-" in name else None

    def _end(self, name: str, position: int) -> int:
        if name in self.unclosed:
            return -1
        close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self.text, position)
        if close is None:
            self.unclosed.add(name)
            return -1
        return close.end()

    def _comment(self, match: re.Match[str]) -> Cut | None:
        if "<!--" in self.unclosed:
            return None
        end = self.text.find("-->", match.end())
        if end < 0:
            self.unclosed.add("<!--")
            return None
        return Cut(match.start(), end + 3)

    def _entity(self, match: re.Match[str]) -> Cut | None:
        sign = html.unescape(match[0])
        return Cut(match.start(), match.end(), sign) if sign != match[0] and len(sign) == 1 else None

    def _carriage(self, match: re.Match[str]) -> Cut:
        # Before a line feed it goes, so that the line feed is viewed as itself; alone it is a line break.
        followed = self.text.startswith("\n", match.end())
        return Cut(match.start(), match.end(), "" if followed else "\n")

    def _pipe(self, match: re.Match[str]) -> Cut | None:
        """Part the cells of a table row, a line that starts with a pipe; elsewhere a pipe is text."""
        if match.start() >= self.line_end:
            start = self.text.rfind("\n", 0, match.start()) + 1
            end = self.text.find("\n", match.end())
            self.line_end = end if end >= 0 else len(self.text)
            self.in_table = not self.text[start : match.start()].strip(" \t")
        return Cut(match.start(), match.end(), "\t") if self.in_table else None
