"""What a document says of itself: title, date, publisher, address, and who is credited.

Each is sought where documents state it, the surest place first: front matter, the page's ``<meta>`` elements, the
first lines, the last lines. Nothing is inferred from the file's name, and nothing stands for what is not said.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.documents.bylines import bylines
from kg.documents.dates import address_date, dates, first_date, first_year
from kg.documents.plain import front_matter
from kg.documents.view import view

__all__ = ["Metadata", "bylines", "metadata"]

#: Keys of front matter and names of <meta> elements, the surest first. ArticleTitle, PubDate, ContentSource and Url are
#: those every Chinese government site has to write (国办发〔2017〕47号, 政府网站发展指引, annex 2).
TITLE_KEYS = ("title", "articletitle", "og:title", "dc.title", "标题", "题名")
DATE_KEYS = (
    "date", "pubdate", "published", "publishdate", "article:published_time", "dc.date", "created", "日期", "发布日期",
    "发布时间", "成文日期", "时间",
)  # fmt: skip
PUBLISHER_KEYS = ("publisher", "contentsource", "source", "来源", "og:site_name", "sitename", "发布机构")
URL_KEYS = ("url", "source", "link", "permalink", "canonical", "og:url", "来源", "原文链接", "链接")
AUTHOR_KEYS = ("author", "authors", "作者", "记者")

#: Where things are sought: characters at the start and the end, the longest line that can be a title or a date line.
#: Pages carry styles and menus before their text, so their elements are sought further.
HEAD, TAIL, PAGE_HEAD, LONGEST_TITLE, LONGEST_DATELINE = 4_000, 1_500, 65_536, 80, 90
#: Lines at the start and at the end in which a date or a title can stand.
HEAD_LINES, TAIL_LINES = 14, 6

_META = re.compile(r"<meta\s[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_CANONICAL = re.compile(r"<link\s[^>]*rel=[\"']?canonical[^>]*>", re.IGNORECASE)
_TIME = re.compile(r"<time\s[^>]*datetime=[\"']?([0-9:TZ+. -]+)", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>(.{1,400}?)</title>", re.IGNORECASE | re.DOTALL)
_H1 = re.compile(r"<h1[^>]*>(.{1,400}?)</h1>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_HEADING = re.compile(r"^[ \t]*(#{1,3})[ \t]+(.{1,200}?)[ \t#]*\r?$", re.MULTILINE)
_SITE = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+")
_ADDRESS = re.compile(r"https?://[!-'*-;=?-~]+")
_STATED_ADDRESS = re.compile(
    rf"(?:^<|(?:原文|来源|链接|网址|转自)[^\n]{{0,10}}?[：: ]\s*)({_ADDRESS.pattern})", re.MULTILINE
)
_SOURCE = re.compile(r"(?:来源|来源于|稿源|转自)[ \t]*[:：][ \t]*([^\s()（）【】<>:：,，。;；|｜]{2,20})")
_PRESS = re.compile(
    r"([\u4e00-\u9fff]{2,10}?(?:日报|晚报|早报|晨报|都市报|时报|商报|新闻网|电视台|广播电台|通讯社)|新华社)"
)
_DATELINE = re.compile(r"\s*[（(]?\s*[—–―─-]*\s*[（(]?\s*(?=[\d〇○二一１２])")
_SHORT_YEAR = re.compile(r"^[\s（(]*[—–―─-]+\s*(\d{2})(年\d{1,2}月\d{1,2}日)")
_AFTER_DATE = re.compile(
    r"[ \t）)]*$|[ \t,，]*(?:在|于|\d{1,2}[:：]\d\d|来源|星期)|.*(?:批准|通过)[ \t）)]*$"
    r"|[ \t]+[\u4e00-\u9fff·]*(?:记者|通讯员|日报|晚报)"
)
#: A byline that ends in a date: 株洲日报记者 乔一诺 2021年2月3日.
_BEFORE_DATE = re.compile(r"(?:记者|通讯员|日报|晚报)[^，,]{0,30}[ \t]$")
_LABELLED = re.compile(r"星期[一二三四五六日天]|(?:发布|成文|印发|更新|发表)?(?:时间|日期)[ \t]*[:：]")
_SENTENCE = re.compile(r"[。！？!?；;]")


@dataclass(frozen=True, slots=True)
class Metadata:
    """None where the document does not say it."""

    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    bylines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Parts:
    """The places of one document that are looked at."""

    fields: dict[str, str]  #: front matter and <meta>
    source: str  #: first characters of the source
    head: list[str]  #: first lines of the view
    tail: list[str]  #: last lines of the view
    end: str  #: last characters of the source
    format: str


def metadata(text: str, format: str = "") -> Metadata:
    """Return what the text says of itself; ``format`` is that of the document."""
    viewed = view(text, format).text
    parts = _parts(text, viewed, format)
    title = _title(parts)
    url = _url(parts)
    credits = bylines(viewed)
    names = [*(viewed[start:end] for start, end, _ in credits), *_authors(parts.fields)]
    # Two characters are set apart to fill a line (左 骏); the name has no blank.
    unique = dict.fromkeys("".join(name.split()) for name in names)
    publisher = _publisher(parts) or _press(viewed, credits)
    return Metadata(title, _date(parts, title, url), publisher, url, tuple(unique))


def _parts(text: str, viewed: str, format: str) -> _Parts:
    block = front_matter(text)
    source = text[block.end : block.end + (PAGE_HEAD if format == "html" else HEAD)]
    fields = {**_meta(source), **block.fields} if format not in ("pdf", "docx") else {}
    return _Parts(
        fields, source, _lines(viewed[:HEAD])[:HEAD_LINES], _lines(viewed[-TAIL:])[-TAIL_LINES:], text[-TAIL:], format
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _meta(source: str) -> dict[str, str]:
    """Return the <meta> elements of a page by name, the canonical link and the first <time>."""
    fields: dict[str, str] = {}
    for tag in _META.findall(source):
        found = _attributes(tag)
        name = found.get("name") or found.get("property") or ""
        if name and found.get("content"):
            fields.setdefault(name.lower(), html.unescape(found["content"]).strip())
    canonical = _CANONICAL.search(source)
    if canonical:
        fields.setdefault("canonical", _attributes(canonical[0]).get("href", ""))
    time = _TIME.search(source)
    if time:
        fields.setdefault("created", time[1])
    return fields


def _attributes(tag: str) -> dict[str, str]:
    return {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag)}


def _first(fields: dict[str, str], keys: Iterable[str]) -> Iterable[str]:
    return (fields[key] for key in keys if fields.get(key))


def _title(parts: _Parts) -> str | None:
    stated = next(iter(_first(parts.fields, TITLE_KEYS)), None) or _element_title(parts)
    if stated is None and parts.format not in ("html", "pdf", "docx"):
        stated = _heading(parts.source)
    if stated is None:
        stated = next((line for line in parts.head if _is_title(line)), None)
    return _clean(stated) if stated else None


def _element_title(parts: _Parts) -> str | None:
    if parts.format in ("pdf", "docx"):
        return None
    heading = _H1.search(parts.source)
    if heading and _plain(heading[1]):
        return _plain(heading[1])
    title = _TITLE.search(parts.source)
    # 标题_某市人民政府: the name of the site comes last.
    return _SITE.split(_plain(title[1]))[0] if title else None


def _plain(markup: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", markup)).split())


def _heading(source: str) -> str | None:
    """Return the first Markdown heading of the highest level."""
    found = [(len(match[1]), match.start(), match[2]) for match in _HEADING.finditer(source)]
    return view(min(found)[2]).text if found else None


def _is_title(line: str) -> bool:
    """Tell whether a line can be a title: short, no sentence, not a date or a byline."""
    if len(line) > LONGEST_TITLE or _SENTENCE.search(line[-1]) or line.endswith(("：", ":", "，")):
        return False
    return not bylines(line) and not _dateline(line) and not re.fullmatch(r"[\W\d_]+", line)


def _clean(title: str) -> str:
    title = " ".join(title.split())
    half = len(title) // 2
    # Some sites write the title twice in one element.
    return title[:half] if half > 3 and title[:half] == title[half:] else title


def _date(parts: _Parts, title: str | None, url: str | None) -> str | None:
    """Return the date from the surest place; a whole date anywhere is surer than a year in the title."""
    stated = [iso for iso in map(first_date, _first(parts.fields, DATE_KEYS)) if iso]
    if stated:
        return stated[0]
    lines = [iso for iso in map(_dateline, _short(parts.head)) if iso]
    in_title = [iso for _, _, iso in dates(title or "")]
    signed = [iso for iso in map(_dateline, _short(parts.tail)) if iso]
    found = [*lines, *in_title, *signed]
    if found:
        return max(found, key=len)
    year = first_year(title or "") or _heading_year(parts)
    return year or (address_date(url) if url else None) or _address_in(parts.end)


def _short(lines: list[str]) -> list[str]:
    return [line for line in lines if len(line) <= LONGEST_DATELINE]


def _dateline(line: str) -> str | None:
    """Return the date of a line that is there to state it, None for a sentence that mentions one.

    Such lines start with the date (——2021年2月19日在…会议上), name the weekday, or say 发布时间.
    """
    short = _SHORT_YEAR.match(line)
    if short:
        line = f"20{short[1]}{short[2]}"
    if _SENTENCE.search(line):
        return None
    labelled = _LABELLED.search(line)
    opening = _DATELINE.match(line)
    for start, end, iso in dates(line):
        rest = line[end:]
        stands_first = opening is not None and start <= opening.end()
        closes_byline = not rest.strip() and _BEFORE_DATE.search(line[:start])
        if labelled or closes_byline or (stands_first and _AFTER_DATE.match(rest)):
            return iso
    return None


def _heading_year(parts: _Parts) -> str | None:
    years = [first_year(match[2]) for match in _HEADING.finditer(parts.source)]
    return next((year for year in years if year), None)


def _address_in(end: str) -> str | None:
    return next((iso for iso in map(address_date, _ADDRESS.findall(end)) if iso), None)


def _url(parts: _Parts) -> str | None:
    stated = next((value for value in _first(parts.fields, URL_KEYS) if _ADDRESS.match(value)), None)
    if stated:
        return stated
    found = _STATED_ADDRESS.search(parts.source) or _STATED_ADDRESS.search(parts.end)
    return found[1] if found else None


def _publisher(parts: _Parts) -> str | None:
    stated = next((value for value in _first(parts.fields, PUBLISHER_KEYS) if not _ADDRESS.match(value)), None)
    if stated:
        return stated
    for place in ("\n".join(parts.tail), "\n".join(parts.head)):
        found = _SOURCE.search(place)
        if found and not found[1].startswith("http"):
            return found[1]
    return None


def _press(viewed: str, credits: list[tuple[int, int, str]]) -> str | None:
    """Return the paper that a byline names: 株洲日报·掌上株洲记者/邓伟勇."""
    for start, _, role in credits:
        nearest = max(0, start - LONGEST_DATELINE)
        line = viewed[max(viewed.rfind("\n", nearest, start) + 1, nearest) : start]
        found = _PRESS.search(line) if "记者" in role else None
        if found:
            return found[1]
    return None


def _authors(fields: dict[str, str]) -> list[str]:
    """Return the names of the author field that read as names of people."""
    value = next(iter(_first(fields, AUTHOR_KEYS)), "")
    return [value[start:end] for start, end, _ in ((s - 3, e - 3, r) for s, e, r in bylines(f"作者：{value}"))]
