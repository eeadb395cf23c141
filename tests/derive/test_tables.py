"""Rows of all documents: written one file a document, grouped the same way whatever the order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.derive.tables import Source, Tables, write
from kg.records import Record


@dataclass(frozen=True, slots=True, order=True)
class Row(Record):
    place: str
    year: int | None
    said: bool
    end: str = ""


SOURCE = Source("rows", Row, lambda context: ())


def _grouped(folder: Path, documents: dict[str, list[Row]], by: tuple[str, ...]) -> list[list[Row]]:
    for name, rows in documents.items():
        write(SOURCE, rows, folder, name)
    with Tables(folder, [SOURCE]) as tables:
        return list(tables.groups(Row, "rows", by))


def test_rows_with_the_same_place_come_together_sorted(tmp_path: Path) -> None:
    first = [Row("株洲市", 2022, True, '“3+3+2”\n"'), Row("衢州市", None, False)]
    second = [Row("株洲市", 2021, False, "it's"), Row("株洲市", None, True)]
    groups = _grouped(tmp_path / "it's here", {"b": first, "a": second}, ("place",))
    assert [[row.year for row in group] for group in groups] == [[2021, 2022, None], [None]]
    assert groups[0][1] == first[0]


@given(rows=st.lists(st.builds(Row, st.sampled_from("甲乙"), st.sampled_from([None, 2021, 2022]), st.booleans())))
def test_the_order_of_documents_changes_nothing(rows: list[Row], tmp_path_factory: pytest.TempPathFactory) -> None:
    ahead, behind = (tmp_path_factory.mktemp("rows") for _ in range(2))
    one = _grouped(ahead, {"a": rows[::2], "b": rows[1::2]}, ("place", "year"))
    other = _grouped(behind, {"b": rows[::-1][::2], "a": rows[::-1][1::2]}, ("place", "year"))
    assert one == other
    assert sum(len(group) for group in one) == len(rows)


def test_no_rows_at_all(tmp_path: Path) -> None:
    assert _grouped(tmp_path, {"a": []}, ("place",)) == []
