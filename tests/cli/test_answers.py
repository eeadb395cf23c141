"""Answers on a terminal: as many columns as fit, quotes below their row."""

from __future__ import annotations

import io

from rich.console import Console

from kg.cli.answers import draw
from kg.query.questions.question import Answer, Question, Quote, Row

QUOTE = Quote("新增就业8\n万人", "report-2021", 12, 19)


def _drawn(width: int, *rows: Row) -> list[str]:
    columns = ("place", "year", "reason", "thing_iri")
    question = Question("q", "问", "q", columns, lambda asked: (), roles=("target", "outcome"))
    stream = io.StringIO()
    draw(Answer(question, rows, total=len(rows)), Console(file=stream, width=width))
    return stream.getvalue().splitlines()


def test_columns_stand_below_one_another_and_quotes_below_their_row() -> None:
    rows = Row(("株洲市", "2021", None, "https://x/1"), (QUOTE, None)), Row(("渌口区", "2022", "", "https://x/2"))
    assert _drawn(80, *rows) == [
        "place   year",
        "株洲市  2021",
        "    target “新增就业8 万人” — report-2021 [12:19]",
        "渌口区  2022",
    ]


def test_a_row_that_does_not_fit_names_its_columns() -> None:
    row = Row(("株洲市[bold]", "2021", "很长的理由" * 4, "https://x/1"), (None, QUOTE))
    assert _drawn(30, row) == [
        f"place 株洲市[bold] · year 2021 · reason {'很长的理由' * 4}",
        "    outcome “新增就业8 万人” — report-2021 [12:19]",
    ]
