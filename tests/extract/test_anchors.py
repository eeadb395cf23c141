"""Anchored expressions find what the plain ones find: on strings, and each of them on whole documents."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg.extract
from kg import documents, resources
from kg.documents.view import view
from kg.extract.anchors import Anchored

SESSION = Anchored(r"[一-鿿]{2,4}?市政府第\d+次会议", ["政府第"], before=5, after=20)
POST = Anchored(r"代?(?:副市长|市长)[甲乙]", ["副市长", "市长"], before=1)


@given(st.lists(st.sampled_from("株 洲 市 政府第 8 次会议 政 府 ， 代 副 市长 副市长 甲 乙".split())).map("".join))  # noqa: SIM905
def test_what_is_found_does_not_change(text: str) -> None:
    for anchored in (SESSION, POST):
        assert spans(anchored.finditer(text)) == spans(anchored.pattern.finditer(text))


def test_words_in_words() -> None:
    assert spans(POST.finditer("代副市长甲、副市长丙、市长乙市长甲")) == [(0, 5), (11, 14), (14, 17)]


def spans(found: Iterator[object]) -> list[tuple[int, int]]:
    return [match.span() for match in found]  # type: ignore[attr-defined]


@cache
def anchored() -> dict[str, Anchored]:
    """Every anchored expression of the package, those that functions make from the lexicon included."""
    out: dict[str, Anchored] = {}
    for module in pkgutil.walk_packages(kg.extract.__path__, "kg.extract."):
        for name, value in vars(importlib.import_module(module.name)).items():
            made = value() if "Anchored" in str(getattr(value, "__annotations__", {}).get("return")) else value
            for key, item in (made if isinstance(made, dict) else {"": made}).items():
                if isinstance(item, Anchored):
                    out[f"{module.name}.{name}.{key}"] = item
    return out


def test_there_are_some() -> None:
    assert len(anchored()) > 20


def texts() -> list[Path]:
    shared = Path(__file__).parents[2].parent / "shared"
    return [*sorted(resources.path("corpus", "documents").iterdir()), *sorted(shared.glob("seeds/*.txt"))]


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.stem)
def test_the_windows_hold_every_match(path: Path) -> None:
    text = view(documents.read(path).text).text
    for name, expression in anchored().items():
        assert spans(expression.finditer(text)) == spans(expression.pattern.finditer(text)), name
