"""The page of a document is its text, whole and in order, whatever it holds."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kg.serve.views.documents import _outermost
from kg.store import records
from kg.store.folder import open_graph


def bare(page: str) -> str:
    """Return the text of the article without the facts beside it."""
    article = page.partition("<article")[2].partition("</article>")[0]
    paragraphs = re.findall(r"<p(?: [^>]*)?>(.*?)</p>", article, re.DOTALL)
    return "".join(html.unescape(re.sub(r"<[^>]+>", "", part)) for part in paragraphs)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_text_is_whole(client: TestClient, built: Path) -> None:
    for read in records.extractions(open_graph(built)):
        found = client.get(f"/doc/{read.document.id}")
        assert found.status_code == 200
        assert squeezed(bare(found.text)) == squeezed(read.document.text)


def test_a_place_is_marked_with_an_anchor(client: TestClient, built: Path) -> None:
    read = next(iter(records.extractions(open_graph(built))))
    mention = read.mentions[0]
    found = client.get(f"/doc/{read.document.id}?char={mention.start},{mention.end}").text
    marked = re.findall(r"<mark[^>]*>(.*?)</mark>", found, re.DOTALL)
    assert html.unescape(re.sub(r"<[^>]+>", "", "".join(marked))) == mention.text
    assert found.count('id="here"') == 1


def test_mentions_lead_to_their_things(client: TestClient, built: Path) -> None:
    read = next(read for read in records.extractions(open_graph(built)) if "李红" in read.document.text)
    assert re.search(
        r'<a class="m m-official" href="/id/person/[^"]+"><bdi>李红</bdi>', client.get(f"/doc/{read.document.id}").text
    )


@pytest.mark.parametrize("place", ["", "x", "5", "9,3", "1,999999999", "-1,4"])
def test_a_place_that_is_none_marks_nothing(client: TestClient, built: Path, place: str) -> None:
    read = next(iter(records.extractions(open_graph(built))))
    found = client.get(f"/doc/{read.document.id}", params={"char": place})
    assert found.status_code == 200
    assert "<mark" not in found.text


def test_markup_of_a_text_is_text(client: TestClient, built: Path) -> None:
    read = next(read for read in records.extractions(open_graph(built)) if "stolen" in read.document.text)
    found = client.get(f"/doc/{read.document.id}").text
    assert "<script>document" not in found
    assert "&lt;script&gt;" in found
    assert "<img" not in found


def test_a_document_that_is_none(client: TestClient) -> None:
    assert client.get("/doc/nothing").status_code == 404


def test_marks_never_overlap() -> None:
    assert _outermost([(3, 5, "b"), (0, 4, "a"), (5, 7, "c"), (6, 99, "d")], 10) == [(0, 4, "a"), (5, 7, "c")]
