"""The fixture itself: it must see what the tests of real pages rely on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_a_quiet_page(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "quiet.html"
    file.write_text('<!doctype html><meta charset="utf-8"><h1>株洲</h1>', "utf-8")
    visit.page.goto(file.as_uri())
    assert visit.page.inner_text("h1") == "株洲"
    assert visit.refused == []
    assert visit.errors == []


def test_a_page_that_calls_out_is_noticed(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "calling.html"
    file.write_text('<!doctype html><link rel="stylesheet" href="https://example.org/a.css"><script>oops()</script>')
    visit.page.goto(file.as_uri())
    assert visit.refused == ["https://example.org/a.css"]
    assert any("oops" in error for error in visit.errors)
