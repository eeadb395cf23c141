"""Entities are found by linking key in a file; a document finds its own of what a person split by document."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from kg.records import Entity
from kg.store import lookup

FIRST, SECOND = "0" * 16, "f" * 16


def entity(key: str, *keys: str) -> Entity:
    return Entity(key, "official", "李红", f"http://person/{key}", keys=keys)


def test_entities_are_found_by_each_of_their_keys(tmp_path: Path) -> None:
    whole, other = entity("a", "a", "b"), entity("c", "c")
    assert list(lookup.write([whole, other], tmp_path / "entities")) == [whole, other]
    with contextlib.closing(lookup.Entities(tmp_path / "entities")) as found:
        assert (found["a"], found["b"], found.get("c"), found.get("d")) == (whole, whole, other, None)
        assert (list(found), len(found)) == (["a", "b", "c"], 3)
        assert found.of(FIRST) is found
        with pytest.raises(KeyError):
            found["d"]


def test_a_document_finds_its_own_of_what_was_split(tmp_path: Path) -> None:
    own, shared = entity("own", f"official/430200/李红@{FIRST}"), entity("shared", "official/430200/李红")
    list(lookup.write([own, shared], tmp_path / "entities"))
    with contextlib.closing(lookup.Entities(tmp_path / "entities")) as found:
        assert found.of(FIRST)["official/430200/李红"] == own
        assert found.of(SECOND)["official/430200/李红"] == shared
