"""Long answers: the first rows are rows of the whole answer, in a fixed order, and their number is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli import commands
from kg.query.questions import pages, registry
from kg.query.questions.question import Asked, Page, Row
from kg.serve.views.rows import rows as page_of_rows

LONG = [
    ("targets-vs-outcomes", {}),
    ("targets-vs-outcomes", {"verdict": "missed"}),
    ("targets-vs-outcomes", {"since": 2016, "until": 2023}),
    ("targets-vs-outcomes", {"place": "株洲市"}),
    ("projects", {}),
    ("projects", {"stage": "在建"}),
    ("projects", {"place": "株洲市"}),
    ("project-history", {}),
    ("project-slippage", {}),
    ("plan-vs-plan", {"place": "株洲市", "kind": "all"}),
    ("promises", {"post": "市长"}),
]


def asked(**values: object) -> Asked:
    return Asked(None, values)  # type: ignore[arg-type]


def test_how_many_rows_are_given() -> None:
    assert pages.most(asked(), "place") == pages.SHOWN
    assert pages.most(asked(place="iri"), "place") is None
    assert pages.most(asked(limit=0), "place") is None
    assert pages.most(asked(limit=7, place="iri"), "place") == 7


def test_a_page_says_that_there_is_more() -> None:
    all_rows = [Row((number,)) for number in range(5)]
    assert list(pages.first(iter(all_rows), 5)) == all_rows
    assert not isinstance(pages.first(iter(all_rows), 5), Page)
    cut = pages.first(iter(all_rows), 4)
    assert isinstance(cut, Page)
    assert (list(cut), cut.total) == (all_rows[:4], None)


@pytest.mark.parametrize(("name", "given"), LONG)
def test_the_first_rows_are_rows_of_the_whole(corpus: Path, name: str, given: dict[str, object]) -> None:
    whole = registry.answer(corpus, name, **given, limit=0)
    first = registry.answer(corpus, name, **given, limit=2)
    assert not whole.cut
    assert whole.note == ""
    assert len(first) == min(2, len(whole))
    assert set(first.rows) <= set(whole.rows)
    assert first.total in (None, len(whole))
    assert first.cut == (len(whole) > 2)
    assert registry.answer(corpus, name, **given, limit=2) == first


@pytest.mark.parametrize(("name", "given"), LONG)
def test_a_longer_page_begins_with_a_shorter_one(corpus: Path, name: str, given: dict[str, object]) -> None:
    two, three = (registry.answer(corpus, name, **given, limit=limit).rows for limit in (2, 3))
    assert three[:2] == two


def test_misses_stand_first(corpus: Path) -> None:
    rows = list(registry.answer(corpus, "targets-vs-outcomes", limit=5))
    assert rows[0]["verdict"] == "missed"


def test_the_command_line_says_how_many_rows_there_are(corpus: Path) -> None:
    total = len(registry.answer(corpus, "targets-vs-outcomes", limit=0))
    done = CliRunner().invoke(commands, ["ask", str(corpus), "targets-vs-outcomes", "--limit", "2", "--format", "csv"])
    assert f"2 rows of {total:,}, the most important; --limit 0 gives all" in done.stderr
    assert "most important" not in done.stdout


def test_notebooks_say_how_many_rows_there_are(corpus: Path) -> None:
    assert "limit 0 gives all" in kg.open(corpus).ask("targets-vs-outcomes", limit=2)._repr_html_()
    assert "limit 0" not in kg.open(corpus).ask("targets-vs-outcomes", limit=0)._repr_html_()


def test_pages_can_be_turned_beyond_what_is_given_at_first(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "SHOWN", 3)
    whole = len(registry.answer(corpus, "targets-vs-outcomes", limit=0))
    found = page_of_rows(corpus, "targets-vs-outcomes", {}, offset=3, limit=3)
    assert len(found["rows"]) == min(3, whole - 3)
    assert found["total"] == whole
