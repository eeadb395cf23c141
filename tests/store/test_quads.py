from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.records import Statement, Term
from kg.store import quads, terms, union

XSD = "http://www.w3.org/2001/XMLSchema#"
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def statement(value: Term, number: int = 0, graph: str = "http://g") -> Statement:
    return Statement(f"http://s/{number}", "http://p", value, graph)


@given(TEXT)
def test_every_text_survives_a_line(text: str) -> None:
    for value in (Term(text), Term(text, language="zh-hans"), Term(text, datatype=XSD + "anyURI")):
        line = terms.line(statement(value))
        assert line.count("\n") == 1
        assert list(terms.parse([line.encode()])) == [statement(value)]


@given(TEXT)
def test_lines_are_those_that_oxigraph_writes(text: str) -> None:
    line = terms.line(statement(Term(text)))
    (quad,) = pyoxigraph.parse(input=line.encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    assert f"{quad} .\n" == line


@pytest.mark.parametrize("iri", ["http://a b", "", "http://a>", "http://a\n", 'http://"'])
def test_what_is_no_iri_is_refused(iri: str) -> None:
    with pytest.raises(GraphError, match="no IRI"):
        terms.line(statement(Term(iri, is_iri=True)))
    with pytest.raises(GraphError, match="no IRI"):
        terms.line(Statement(iri, "http://p", Term("x"), "http://g"))


def random_lines(count: int) -> list[bytes]:
    choice = random.Random(7)
    return [
        terms.line(statement(Term(f"值{choice.randrange(count)}"), choice.randrange(30))).encode() for _ in range(count)
    ]


@pytest.mark.parametrize("most_runs", [128, 3])
@pytest.mark.parametrize(("run_bytes", "block_bytes"), [(1 << 30, 1 << 20), (2000, 100), (500, 10_000), (10_000, 1)])
def test_merging_runs_gives_the_sorted_set(tmp_path: Path, run_bytes: int, block_bytes: int, most_runs: int) -> None:
    lines = random_lines(2000)
    sorter = quads.Sorter(tmp_path, run_bytes=run_bytes, block_bytes=block_bytes, most_runs=most_runs)
    for start in range(0, len(lines), 37):
        sorter.add(b"".join(lines[start : start + 37]))
    written = sorter.finish(tmp_path / "all.nq")
    expected = b"".join(sorted(set(lines)))
    assert written.file.read_bytes() == expected
    assert written.sha256 == hashlib.sha256(expected).hexdigest()
    assert written.count == len(set(lines))
    assert [file.name for file in tmp_path.iterdir()] == ["all.nq"]


def test_an_empty_graph_is_an_empty_file(tmp_path: Path) -> None:
    written = quads.Sorter(tmp_path).finish(tmp_path / "all.nq")
    assert (written.count, written.sha256) == (0, hashlib.sha256().hexdigest())


def test_triples_of_several_graphs_are_counted_and_joined(tmp_path: Path) -> None:
    sorter = quads.Sorter(tmp_path)
    sorter.add(terms.encode(statement(Term("x"), graph=f"http://g{n}") for n in range(3)))
    written = sorter.finish(tmp_path / "all.nq")
    assert (written.count, written.repeated) == (3, 2)
    assert list(union.triples(written.file)) == [b'<http://s/0> <http://p> "x" .\n']
