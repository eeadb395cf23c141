"""The pieces of names by which they are found: a name or what somebody types goes in, tokens come out.

A Chinese name gives its pairs of characters with its two ends marked, and the whole: 李红 is ``^李 李红 红$ ^李红$``.
With a wrong character some pair is still right; in names of two to four, where that pair is one that thousands share,
each character is also left out in turn: ``^.红$ ^李.$``. Letters (pinyin, English, brands) give their triples, and so
do initials, which are told apart by a sign before them. What is no letter and no digit is left out: blanks, brackets,
marks of all kinds.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_MARKS = "^", "$"
#: Before the pieces of initials.
_INITIALS = "#"
#: In place of a character that is left out, and how long names are that are kept so.
_GAP, _SHORT = ".", range(2, 5)
#: Signs in tokens that are no letters.
SIGNS = f"{''.join(_MARKS)}{_INITIALS}{_GAP}"


def plain(text: str) -> str:
    """Return the letters and digits of a text in one width and case, tones of pinyin taken off.

    >>> plain("Lǐ Hóng"), plain("李红（代）"), plain("ＧＤＰ")
    ('lihong', '李红代', 'gdp')
    """
    lowered = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).lower().replace("ü", "v"))
    return "".join(character for character in lowered if character.isalnum())


def is_latin(text: str) -> bool:
    """Tell a plain text that holds nothing but letters and digits of ASCII."""
    return bool(text) and text.isascii()


def of_text(text: str) -> list[str]:
    """Return the tokens of a plain text: pairs of characters, of ASCII letters triples; of a short name its gaps.

    >>> of_text("李红")
    ['^李', '李红', '红$', '^李红$', '^.红$', '^李.$']
    """
    if not text:
        return []
    return _pieces(text, 3) if is_latin(text) else _pieces(text, 2) + _gaps(text)


def of_initials(text: str) -> list[str]:
    """Return the tokens of the initials of a name."""
    return [_INITIALS + piece for piece in _pieces(text, 3)] if text else []


def within(text: str) -> list[str]:
    """Return the tokens that each name has which holds a plain text somewhere.

    >>> within("李红卫"), within("li"), within("lih")
    (['李红', '红卫'], [], ['lih'])
    """
    size = 3 if is_latin(text) else 2
    return [text[at : at + size] for at in range(len(text) - size + 1)]


def within_initials(text: str) -> list[str]:
    """Return the tokens that each name has whose initials hold a plain text somewhere."""
    return [_INITIALS + piece for piece in within(text)]


def column(parts: Iterable[list[str]]) -> str:
    """Return tokens as the text that is indexed, each once."""
    return " ".join(dict.fromkeys(token for tokens in parts for token in tokens))


def _gaps(text: str) -> list[str]:
    """Return a short name with each character left out in turn."""
    if len(text) not in _SHORT:
        return []
    return [f"{_MARKS[0]}{text[:at]}{_GAP}{text[at + 1 :]}{_MARKS[1]}" for at in range(len(text))]


def _pieces(text: str, size: int) -> list[str]:
    """Return the pieces of a text with its ends marked, and the whole, so that the same name always comes first."""
    marked = f"{_MARKS[0]}{text}{_MARKS[1]}"
    return [*(marked[at : at + size] for at in range(len(marked) - size + 1)), marked]
