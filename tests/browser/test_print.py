"""A page of a person or a district prints as a brief of two pages."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import uvicorn

from kg import resources
from kg.build import build
from kg.serve.app import app

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    graph = tmp_path_factory.mktemp("print") / "graph"
    build([resources.path("corpus", "documents")], graph, workers=1)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        server = uvicorn.Server(uvicorn.Config(app(graph), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize("words", ["株洲市", "宝鸡市", "刘湘元"])
def test_a_brief_has_two_pages(visit: Visit, service: str, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr("tests.browser.conftest.LOCAL", ("data:", "blob:", "about:", service))
    page = visit.page
    page.goto(f"{service}/search?q={words}&lang=zh")
    page.locator("main ul.hits a").first.click()
    page.wait_for_selector("h1 bdi")
    margins = {"top": "12mm", "bottom": "12mm", "left": "12mm", "right": "12mm"}
    data = page.pdf(format="A4", margin=margins)
    assert 1 <= len(re.findall(rb"/Type\s*/Page[^s]", data)) <= 2
    page.emulate_media(media="print")
    assert not page.locator("header").is_visible()
    assert page.locator("h1 bdi").is_visible()
