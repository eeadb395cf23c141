"""Named questions: each is told in two languages, refuses what it does not take, and answers the same everywhere."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli import commands
from kg.cli.questions import PARAMETERS
from kg.errors import EntityNotFound, QueryError
from kg.query.questions import registry
from kg.query.questions.question import Question


@pytest.mark.parametrize("question", registry.questions().values(), ids=lambda question: question.name)
def test_a_question_is_told_in_both_languages_and_its_parameters_can_be_given(question: Question) -> None:
    assert question.chinese.endswith("？")
    assert question.english.endswith("?")
    assert {parameter.name for parameter in question.parameters} <= set(PARAMETERS)
    assert all(parameter.chinese and parameter.english for parameter in question.parameters)


def test_the_rows_are_the_same_in_python_and_on_the_command_line(built: Path) -> None:
    answer = kg.open(built).ask("documents")
    printed = CliRunner().invoke(commands, ["ask", str(built), "documents", "--format", "csv"]).output
    rows = list(csv.DictReader(io.StringIO(printed)))
    assert len(answer) > 0
    assert [row["document"] for row in rows] == [row["document"] for row in answer]


def test_the_list_of_questions(built: Path) -> None:
    printed = CliRunner().invoke(commands, ["ask", str(built), "--format", "csv"]).output
    assert [row["name"] for row in csv.DictReader(io.StringIO(printed))] == list(registry.questions())


def test_an_unknown_question_names_the_nearest(built: Path) -> None:
    with pytest.raises(QueryError, match="did you mean documents"):
        registry.answer(built, "document")


def test_a_parameter_that_a_question_does_not_take(built: Path) -> None:
    with pytest.raises(QueryError, match="takes no indicator"):
        registry.answer(built, "documents", indicator="进出口总额")


def test_an_unknown_place(built: Path) -> None:
    with pytest.raises(EntityNotFound, match="nothing in the graph"):
        registry.answer(built, "documents", place="无此地市")
