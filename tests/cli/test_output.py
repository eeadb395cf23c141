"""Tables, files and progress of the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.cli import ask, output
from kg.errors import KgError, QueryError
from kg.query.table import Table

TABLE = Table(("name", "number"), (("瓷谷[b]", 1), ('说"好",', None)))


def printed(form: str, capsys: pytest.CaptureFixture[str]) -> str:
    output.write_rows(TABLE, form)
    return capsys.readouterr().out


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(printed("json", capsys)) == [
        {"name": "瓷谷[b]", "number": 1},
        {"name": '说"好",', "number": None},
    ]


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_separated_values(form: str, delimiter: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.reader(io.StringIO(printed(form, capsys)), delimiter=delimiter))
    assert rows == [["name", "number"], ["瓷谷[b]", "1"], ['说"好",', ""]]


def test_a_table_keeps_brackets_and_is_not_folded_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    long = "长" * 300
    output.write_rows(Table(("name",), (("瓷谷[b]",), (long,))), "table")
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "瓷谷[b]" in lines
    assert long in lines


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    file = tmp_path / "graph.nq"
    file.write_bytes(b"older")
    with pytest.raises(RuntimeError), output.destination(file) as out:
        out.write(b"half of the ne")
        raise RuntimeError
    assert file.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [file]
    with output.destination(file) as out:
        out.write(b"newer")
    assert file.read_bytes() == b"newer"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_in_a_missing_folder_is_an_error_of_ours(tmp_path: Path) -> None:
    with (
        pytest.raises(KgError, match=r"missing/graph\.nq: cannot be written"),
        output.destination(tmp_path / "missing" / "graph.nq"),
    ):
        pass


def test_progress_is_quiet_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    with output.progress(quiet=False) as report:
        assert report is None
    assert capsys.readouterr() == ("", "")


def test_progress_shows_rate_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with output.progress(quiet=False) as report:
        assert report is not None
        report(3, 12, 40_000)
    assert "3/12" in terminal.getvalue()
    assert "characters/s" in terminal.getvalue()


def test_query_text_is_words_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "people.rq"
    file.write_text("SELECT * { ?who a lg:Person }", "utf-8")
    assert ask._query_text(str(file)) == "SELECT * { ?who a lg:Person }"
    assert ask._query_text("ASK { ?s ?p ?o }") == "ASK { ?s ?p ?o }"
    assert ask._query_text("ASK {" + " " * 5000 + "}").startswith("ASK")


def test_a_missing_or_broken_query_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"none\.rq"):
        ask._query_text("none.rq")
    file = tmp_path / "broken.rq"
    file.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(QueryError, match=r"broken\.rq: the query file cannot be read"):
        ask._query_text(str(file))


def test_rows_as_xml_hold_what_json_holds(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table(("name", "quote"), (("<b>", "a\x00b & c"), (None, "“…”")))
    output.write_rows(table, "xml")
    root = ElementTree.fromstring(capsys.readouterr().out)
    space = {"r": "http://www.w3.org/2005/sparql-results#"}
    found = [[item.get("name") for item in row] for row in root.iterfind(".//r:result", space)]
    assert found == [["name", "quote"], ["quote"]]
    assert [item.text for item in root.iterfind(".//r:literal", space)] == [
        "<b>",
        "a\N{REPLACEMENT CHARACTER}b & c",
        "“…”",
    ]
