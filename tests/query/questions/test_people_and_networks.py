"""Questions about people and networks on the documents written for this project."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import documents, resources
from kg.errors import EntityNotFound, QueryError
from kg.query.questions import registry
from kg.query.questions.question import Answer

ASKINGS: tuple[tuple[str, dict[str, str]], ...] = (
    ("office-holders", {"date": "2021"}),
    ("careers", {}),
    ("successions", {}),
    ("promises", {"place": "衢州市"}),
    ("accountability", {"place": "衢州市", "year": "2021"}),
    ("most-connected", {}),
    ("communities", {}),
    ("similar-districts", {}),
    ("structural-holes", {}),
    ("district-industries", {}),
)


def _column(answer: Answer, name: str) -> list[object]:
    return [row.values[answer.question.columns.index(name)] for row in answer.rows]


@pytest.mark.parametrize(("name", "asked"), ASKINGS, ids=[name for name, _ in ASKINGS])
def test_every_quote_is_the_text_and_every_row_has_its_columns(name: str, asked: dict[str, str], corpus: Path) -> None:
    folder = resources.path("corpus", "documents")
    texts = {path.stem: documents.read(path, root=folder).text for path in folder.iterdir()}
    answer = registry.answer(corpus, name, **asked)
    assert len(answer) > 0
    for row in answer.rows:
        assert len(row.values) == len(answer.question.columns)
        assert len(row.quotes) == len(answer.question.roles)
        assert all(
            quote is None or quote.text == texts[quote.document][quote.start : quote.end] for quote in row.quotes
        )


def test_the_acting_mayor_follows_the_former_one(corpus: Path) -> None:
    answer = registry.answer(corpus, "successions", place="衢州市", post="市长")
    told = list(zip(_column(answer, "kind"), _column(answer, "holder"), _column(answer, "note"), strict=True))
    assert told == [
        ("tenure", "方砚秋", None),
        ("vacancy", None, "change"),
        ("vacancy", None, "acting"),
        ("tenure", "祝闻溪", "successor"),
    ]
    assert _column(answer, "former_by")[0] == "2021-02-24"


def test_a_target_of_the_report_is_that_of_the_head_of_the_government(corpus: Path) -> None:
    answer = registry.answer(corpus, "accountability", place="衢州市", year="2021")
    assert set(_column(answer, "basis")) == {"work-report"}
    assert set(_column(answer, "post")) == {"衢州市人民政府市长"}
    assert set(_column(answer, "holder")) == {"祝闻溪"}
    assert set(_column(answer, "status")) == {"inferred"}


def test_promises_are_said_or_reported(corpus: Path) -> None:
    said = registry.answer(corpus, "promises", person="胡湘之")
    assert set(_column(said, "basis")) == {"said"}
    reported = registry.answer(corpus, "promises", post="市长", place="衢州市")
    assert set(_column(reported, "basis")) == {"by-report"}
    assert set(_column(reported, "person")) == {"方砚秋", "祝闻溪"}


def test_what_is_asked_without_saying_of_whom_is_refused(corpus: Path) -> None:
    with pytest.raises(QueryError, match="--person"):
        registry.answer(corpus, "promises")
    with pytest.raises(QueryError, match="--year"):
        registry.answer(corpus, "accountability", place="衢州市")
    with pytest.raises(QueryError, match="is none of"):
        registry.answer(corpus, "most-connected", kind="人")
    with pytest.raises(EntityNotFound, match="李红"):
        registry.answer(corpus, "careers", person="李虹")


def test_a_limit_holds_for_each_kind(corpus: Path) -> None:
    answer = registry.answer(corpus, "most-connected", limit="2")
    kinds = list(zip(_column(answer, "network"), _column(answer, "kind"), strict=True))
    assert len(kinds) == 2 * len(set(kinds))
