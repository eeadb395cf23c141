"""How answers of named questions are said: words for columns and values, in both languages, and the pages of a list."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from kg import ontology
from kg.serve.pages.render import HERE, LANGUAGES

#: Vocabularies whose codes stand in answers.
_VOCABULARIES = ("verdict", "cause", "modality", "stage", "tenure-mode")
_CHINESE = re.compile(r"[\u2e80-\uffef]")
_CODE = re.compile(r"[a-z]+(?:[_-][a-z]+)*")
_TAGS = {"zh": "zh-hans", "en": "en"}


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    with (HERE / "answers.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(line for line in stream if not line.startswith("#")))
    found = {language: {row["key"]: row[language] for row in rows} for language in LANGUAGES}
    for language in LANGUAGES:
        labels = ontology.labels(_TAGS[language])
        codes = {code: iri for name in _VOCABULARIES for code, iri in ontology.codes(name).items()}
        chinese = ontology.labels(_TAGS["zh"])
        names = {f"={chinese[iri]}": labels[iri] for iri in codes.values() if iri in labels and iri in chinese}
        found[language] = (
            names | {f"={code}": labels[iri] for code, iri in codes.items() if iri in labels} | found[language]
        )
    return found


def column(name: str, language: str) -> str:
    """Return the word for a column or a role; the name itself when it has none."""
    return _words()[language].get(name, name.replace("_", " "))


def value(given: object, language: str) -> str:
    """Return a value in words: codes are said in the language, numbers are grouped, the rest stands as it is."""
    words = _words()[language]
    if f"={given}" in words and isinstance(given, bool | str):
        return words[f"={given}"]
    if isinstance(given, str) and not _CHINESE.search(given):
        return _CODE.sub(lambda found: words.get(f"={found[0]}", found[0]), str(given))
    if isinstance(given, float):
        return f"{given:,.10g}"
    return f"{given:,}" if isinstance(given, int) and given >= 10_000 else str(given)


def offset(request: Request, name: str = "offset") -> int:
    """Return where a list begins that is shown in parts."""
    text = request.query_params.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def turned(request: Request, total: int, start: int, size: int, name: str = "offset") -> dict[str, Any]:
    """Return the links to the part before and after the one shown, and which part it is."""

    def link(to: int) -> str:
        kept = [(key, text) for key, text in request.query_params.multi_items() if key not in (name, "lang")]
        return "?" + urlencode([*kept, (name, str(to))]) + (f"#{name}" if name != "offset" else "")

    return {
        "back": link(max(start - size, 0)) if start else "",
        "more": link(start + size) if start + size < total else "",
        "part": f"{start + 1:,}–{min(start + size, total):,}" if total else "0",
        "total": f"{total:,}",
    }


def asked(request: Request, names: Iterable[str]) -> dict[str, str]:
    """Return the parameters that a form was filled with."""
    found = {name: request.query_params.get(name, "").strip() for name in names}
    return {name: text for name, text in found.items() if text}
