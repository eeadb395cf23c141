"""What all pages share: templates, the two languages, and the headers that let nothing but our own files run."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.explore.look import LOOKS
from kg.serve.accept import preferred
from kg.serve.pages import reasons

HERE = Path(__file__).resolve().parent
LANGUAGES = ("zh", "en")
#: No inline script or style, nothing from another host, no frames around a page.
POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{what}-src 'self'" for what in ("script", "style", "connect", "font", "manifest")),
        "img-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Vary": "Accept, Accept-Language, Cookie",
}


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Return the words of the interface by language and key."""
    with (HERE / "words.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(line for line in stream if not line.startswith("#")))
    return {language: {row["key"]: row[language] for row in rows} for language in LANGUAGES}


@cache
def environment() -> jinja2.Environment:
    """Return the templates; every value is escaped, and a name that is not given is an error."""
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE.parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals["looks"] = LOOKS
    found.globals["said"] = reasons.said
    return found


@dataclass(frozen=True, slots=True)
class Page:
    """One request for a page: its language and how words are said in it."""

    request: Request
    language: str

    @classmethod
    def of(cls, request: Request) -> Page:
        """Return the page of a request: the language is that of ``?lang=``, the cookie or the browser, else Chinese."""
        asked = (request.query_params.get("lang"), request.cookies.get("lang"))
        browser = (form[:2] for form in preferred(request.headers.get("accept-language", "")))
        return cls(request, next((item for item in (*asked, *browser) if item in LANGUAGES), LANGUAGES[0]))

    def say(self, key: str) -> str:
        """Return the word of the interface with a key."""
        return words()[self.language][key]

    def render(self, template: str, status: int = 200, /, **values: Any) -> Response:
        """Return a filled template as a response."""
        text = (
            environment()
            .get_template(template)
            .render(
                page=self, _=self.say, language=self.language, other=self._other(), path=self.request.url.path, **values
            )
        )
        response = HTMLResponse(text, status, HEADERS)
        if self.request.query_params.get("lang") in LANGUAGES:
            response.set_cookie("lang", self.language, max_age=31_536_000, samesite="lax", httponly=True)
        return response

    def _other(self) -> str:
        """Return this page's address in the other language."""
        other = LANGUAGES[self.language == LANGUAGES[0]]
        return str(self.request.url.include_query_params(lang=other)).removeprefix(str(self.request.base_url)[:-1])


Handler = Callable[[Request], Any]
