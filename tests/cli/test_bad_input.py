"""Whatever is given, the command line answers in one line and the right exit code, and loses nothing."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import build as builder
from kg import cli, documents, resources
from kg.store import folder
from kg.store.folder import open_graph, verify

ROOT = Path(__file__).parents[2]
GOOD = resources.path("corpus", "documents", "lukou-2022-report.md")
NOBODY = 65_534
PIXELS = bytes(number * 7 % 256 for number in range(4_096))
MIXED = "市科技局局长李红说，全市高新技术企业突破1000家。"
#: Bytes of a bad file, by name, and what is said of it.
BAD = {
    "empty.txt": (b"", "is empty"),
    "blank.md": (b" \r\n\t\n", "is empty"),
    "mark.txt": (b"\xef\xbb\xbf", "is empty"),
    "binary.txt": (PIXELS, "is binary data"),
    "picture.html": (b"\x89PNG\r\n\x1a\n" + PIXELS, "is binary data"),
    "broken.pdf": (b"%PDF-1.7\n1 0 obj\n<< /Type /Cata", "PDF"),
    "no.pdf": ("株洲市政府工作报告".encode(), "PDF"),
    "broken.docx": (b"PK\x03\x04" + PIXELS, "DOCX"),
    "renamed.txt": (b"PK\x03\x04" + PIXELS, "ZIP container"),
    "mixed.txt": (MIXED.encode() + MIXED.encode("gb18030"), "mixes encodings"),
    "mixed-other.txt": (MIXED.encode("gb18030") + MIXED.encode(), "mixes encodings"),
    "cut.txt": (MIXED.encode()[:-1] + b"\xff\xfe\xff", "UTF-8"),
}


class Answer:
    """Exit code and output of one command."""

    def __init__(self, code: int, output: str, error: str) -> None:
        self.code, self.output, self.error = code, output, error

    @property
    def line(self) -> str:
        """The error, which is one line and no traceback."""
        assert self.error.startswith("kg: ")
        assert self.error.count("\n") == 1
        assert "Traceback" not in self.error and "internal error" not in self.error
        return self.error


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> object:
    def run(*arguments: object) -> Answer:
        code = cli.run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return run


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that other users may enter, which the folders of pytest are not."""
    with tempfile.TemporaryDirectory(prefix="kg-test-") as name:
        path = Path(name)
        path.chmod(0o755)
        yield path
        for entry in path.rglob("*"):
            if entry.is_dir() and not entry.is_symlink():
                entry.chmod(0o755)


@contextlib.contextmanager
def unprivileged() -> Iterator[None]:
    """Be a user whom permissions bind; root, whom they do not, becomes nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_good_documents_beside_bad_ones(ask, tmp_path: Path) -> None:
    sources, graph = tmp_path / "in", tmp_path / "G"
    sources.mkdir()
    shutil.copy(GOOD, sources)
    for name, (data, _) in BAD.items():
        (sources / name).write_bytes(data)
    (sources / "nowhere.txt").symlink_to(tmp_path / "nothing")
    built = ask("build", sources, tmp_path / "missing", "-o", graph, "--workers", 1)
    assert built.code == cli.OK
    assert built.output == open_graph(graph).digest + "\n"
    assert "Traceback" not in built.error
    told = {issue["place"]: issue["message"] for issue in json.loads(ask("issues", graph, "--format", "json").output)}
    for name, (_, reason) in BAD.items():
        assert reason in told[name], name
        assert f"{told[name]}\n" in built.error
    assert "link to nothing" in told["nowhere.txt"]
    assert "is not there" in told[(tmp_path / "missing").as_posix()]
    facts = [json.loads(line) for line in ask("facts", graph).output.splitlines()]
    assert {fact["doc"] for fact in facts} == {GOOD.stem}
    assert ask("validate", graph).code == cli.OK


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_alone_is_an_error_and_leaves_the_graph(name: str, ask, tmp_path: Path, built: Path) -> None:
    graph = tmp_path / "G"
    shutil.copytree(built, graph)
    (tmp_path / name).write_bytes(BAD[name][0])
    answer = ask("build", tmp_path / name, "-o", graph)
    assert answer.code == cli.FAILED
    assert name in answer.line and BAD[name][1] in answer.line
    assert open_graph(graph).digest == open_graph(built).digest
    verify(open_graph(graph))


def test_paths_without_documents(ask, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    assert "is not there" in ask("build", tmp_path / "missing", "-o", tmp_path / "G").line
    assert "hold no txt" in ask("build", tmp_path / "none", "-o", tmp_path / "G").line
    assert ask("build", "-o", tmp_path / "G").code == cli.USAGE
    assert ask("build", tmp_path).code == cli.USAGE
    assert ask("facts", tmp_path / "G").code == cli.FAILED


# --- 50 MB in one line ----------------------------------------------------------------------------

MEASURED = """
import resource, sys
from kg import cli
code = cli.run(["build", sys.argv[1], "-o", sys.argv[2], "--workers", "1"])
print(code, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["株洲市新增规模以上工业企业55家，", "a", "<a "])
def test_a_line_of_50_megabytes(piece: str, tmp_path: Path) -> None:
    sources = tmp_path / "in"
    sources.mkdir()
    shutil.copy(GOOD, sources)
    data = piece.encode()
    (sources / "line.txt").write_bytes(data * (50_000_000 // len(data)))
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, sources, tmp_path / "G"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    code, megabytes = map(int, done.stdout.splitlines()[-1].split())
    assert code == cli.OK
    assert megabytes < 1_000
    assert "line.txt: is too long (" in done.stderr
    assert open_graph(tmp_path / "G").manifest["documents"] == 1


def test_a_line_as_long_as_a_text_may_be(ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "LONGEST", 60_000)
    piece = "株洲市新增规模以上工业企业55家，"
    text = (piece * 6_000)[:60_000]
    (tmp_path / "line.txt").write_text(text, "utf-8")
    (tmp_path / "longer.txt").write_text(text + "多", "utf-8")
    answer = ask("build", tmp_path / "line.txt", tmp_path / "longer.txt", "-o", tmp_path / "G")
    assert answer.code == cli.OK
    assert "longer.txt: is too long (60,001 characters, the most is 60,000)" in answer.error
    facts = [json.loads(line) for line in ask("facts", tmp_path / "G").output.splitlines()]
    outcomes = [fact for fact in facts if fact["type"] in ("target", "outcome")]
    assert len(outcomes) >= 0.95 * len(text) / len(piece)
    assert all(text[fact["start"] : fact["end"]] == fact["quote"] for fact in outcomes)


def test_a_file_too_large_is_not_even_read(ask, tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(documents.LARGEST + 1)  # a hole: no disk is used
    assert "huge.txt: is too large" in ask("build", tmp_path, "-o", tmp_path.parent / "G").line


# --- permissions ----------------------------------------------------------------------------------


def test_what_may_not_be_read_is_an_issue(ask, place: Path) -> None:
    sources = place / "in"
    (sources / "closed").mkdir(parents=True)
    shutil.copy(GOOD, sources / "closed")
    shutil.copy(GOOD, sources)
    (sources / "secret.txt").write_text("正文", "utf-8")
    (sources / "secret.txt").chmod(0)
    (sources / "closed").chmod(0)
    (place / "out").mkdir()
    (place / "out").chmod(0o777)
    assert ask("build", GOOD, "-o", place / "warm").code == cli.OK  # loads all code before privileges go
    with unprivileged():
        answer = ask("build", sources, "-o", place / "out" / "G", "--workers", 1)
        issues = ask("issues", place / "out" / "G", "--format", "csv")
    assert (answer.code, issues.code) == (cli.OK, cli.OK)
    for name in ("secret.txt", "closed"):
        assert f"{name}: cannot be read (Permission denied)" in answer.error
        assert f"{name}: cannot be read (Permission denied)" in issues.output
    assert open_graph(place / "out" / "G").manifest["documents"] == 1


def test_where_nothing_may_be_written(ask, place: Path) -> None:
    (place / "closed").mkdir()
    assert ask("build", GOOD, "-o", place / "G").code == cli.OK
    (place / "closed").chmod(0o555)
    with unprivileged():
        fresh = ask("build", GOOD, "-o", place / "closed" / "G", "--workers", 1)
        again = ask("build", GOOD, "-o", place / "G", "--workers", 1)
        drawn = ask("export", place / "G", "--format", "nq", "-o", place / "closed" / "all.nq")
    for answer in (fresh, again):
        assert answer.code == cli.FAILED
        assert "permission" in answer.line.lower() and "choose another folder" in answer.line
    assert drawn.code == cli.FAILED
    assert "cannot be written" in drawn.line
    verify(open_graph(place / "G"))


def test_a_graph_that_may_not_be_read(ask, place: Path) -> None:
    assert ask("build", GOOD, "-o", place / "G").code == cli.OK
    (place / "G").chmod(0)
    with unprivileged():
        answers = [ask(command, place / "G") for command in ("facts", "stats", "issues")]
    for answer in answers:
        assert answer.code == cli.FAILED
        assert str(place / "G") in answer.line


# --- places for graphs ----------------------------------------------------------------------------


def test_an_output_that_cannot_hold_a_graph(ask, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept", "utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.docx").write_text("kept", "utf-8")
    for target, reason in (
        (tmp_path / "file", "is a file"),
        (tmp_path / "file" / "G", "file is in the way"),
        (tmp_path / "full", "holds other files (thesis.docx)"),
    ):
        answer = ask("build", GOOD, "-o", target)
        assert answer.code == cli.FAILED
        assert reason in answer.line
    assert (tmp_path / "file").read_text("utf-8") == "kept"
    assert [entry.name for entry in (tmp_path / "full").iterdir()] == ["thesis.docx"]


def test_two_builds_at_once(ask, tmp_path: Path) -> None:
    with folder.build(tmp_path / "G"):
        answer = ask("build", GOOD, "-o", tmp_path / "G")
    assert answer.code == cli.FAILED
    assert "another build is writing here" in answer.line
    assert ask("build", GOOD, "-o", tmp_path / "G").code == cli.OK


def test_a_graph_among_the_documents_is_not_read(ask, tmp_path: Path) -> None:
    shutil.copy(GOOD, tmp_path)
    digests = [ask("build", tmp_path, "-o", tmp_path / "G").output for _ in range(2)]
    assert digests[0] == digests[1]
    assert "G/" not in ask("issues", tmp_path / "G", "--format", "csv").output


# --- questions ------------------------------------------------------------------------------------

READERS = ("facts", "stats", "issues", "validate", "export", "query", "show", "network", "review")


@pytest.mark.parametrize("command", READERS)
def test_a_folder_that_is_no_graph(command: str, ask, tmp_path: Path) -> None:
    more = {"query": ["ASK {}"], "show": ["株洲市"], "network": ["-o", tmp_path / "n.html"]}.get(command, [])
    (tmp_path / "folder").mkdir()
    (tmp_path / "damaged" / "graphs").mkdir(parents=True)
    (tmp_path / "damaged" / "CURRENT").write_text("graphs/0123456789abcdef\n", "utf-8")
    for name, reason in (("none", "no such folder"), ("folder", "not a graph folder"), ("damaged", "damaged graph")):
        answer = ask(command, tmp_path / name, *more)
        assert answer.code == cli.FAILED
        assert reason in answer.line
        assert "kg build" in answer.line
        assert answer.output == ""
    assert not (tmp_path / "n.html").exists()


@pytest.mark.parametrize(
    "question",
    [
        *("", "SELECT", "SELECT ?s WHERE { ?s ?p }", "SELECT ?s WHERE { ?s nope:p ?o }", "你好", "\0", "{" * 5_000),
        *("DELETE WHERE { ?s ?p ?o }", "LOAD <file:///etc/passwd>", "DROP ALL"),
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
    ],
)
def test_a_question_that_is_none(question: str, ask, built: Path) -> None:
    before = open_graph(built).digest
    answer = ask("query", built, question)
    assert answer.code == cli.FAILED
    assert answer.line
    assert answer.output == ""
    assert open_graph(built).digest == before
    verify(open_graph(built))


def test_a_query_file_that_is_none(ask, tmp_path: Path, built: Path) -> None:
    (tmp_path / "binary.rq").write_bytes(PIXELS)
    assert "no such query file" in ask("query", built, "none.rq").line
    assert "cannot be read" in ask("query", built, tmp_path / "binary.rq").line
    assert ask("query", built, tmp_path).code == cli.FAILED
