"""Answers on the reference documents, written out and read against the texts.

``golden/*.jsonl`` holds one asking a line: what was asked, and of every row the values of some columns and, by role,
the document, start and end of the quote. The words are those of the documents.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg import documents
from kg.query.questions import registry
from kg.query.questions.question import Answer
from tests.query.questions.conftest import SEEDS

GOLDEN = Path(__file__).parent / "golden"
ASKINGS = [json.loads(line) for file in sorted(GOLDEN.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]


def _name(asking: dict[str, Any]) -> str:
    return " ".join((asking["question"], *(f"{name}={value}" for name, value in asking["asked"].items())))


@pytest.mark.parametrize("asking", ASKINGS, ids=_name)
def test_the_answer_on_the_reference_documents(asking: dict[str, Any], seeds: Path) -> None:
    answer = registry.answer(seeds, asking["question"], **asking["asked"])
    columns = [answer.question.columns.index(name) for name in asking["columns"]]
    rows = [
        [
            [row.values[column] for column in columns],
            [[quote.document[:3], quote.start, quote.end] if quote else None for quote in row.quotes],
        ]
        for row in answer.rows
    ]
    assert rows == asking["rows"]
    _assert_quotes_are_the_text(answer, SEEDS)


def _assert_quotes_are_the_text(answer: Answer, folder: Path) -> None:
    texts = {path.stem: documents.read(path, root=folder).text for path in folder.iterdir()}
    for row in answer.rows:
        for quote in row.quotes:
            assert quote is None or quote.text == texts[quote.document][quote.start : quote.end]


def test_every_question_is_written_out() -> None:
    told = {asking["question"] for asking in ASKINGS} | {file.stem for file in GOLDEN.glob("*.csv")}
    assert told == set(registry.questions())
