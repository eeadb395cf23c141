"""The command line as a whole: names, speed of help, exit codes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import click
import pytest

import kg
from kg import cli
from kg.errors import GraphError, KgError

#: Every command of the command line; a new one is put here on purpose.
COMMANDS = [
    "ask",
    "build",
    "coverage",
    "export",
    "facts",
    "issues",
    "mcp",
    "network",
    "query",
    "review",
    "search",
    "serve",
    "show",
    "stats",
    "validate",
]
#: Slow to import, or of no use to someone who asks for help.
HEAVY = {"spacy", "rdflib", "pyoxigraph", "networkx", "pyvis", "pyshacl", "rich.table", "numpy"}


def raising(error: BaseException) -> Callable[[], int]:
    def action() -> int:
        raise error

    return action


def test_commands_are_known() -> None:
    assert sorted(cli.commands.commands) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_names_its_python_twin(name: str) -> None:
    command = cli.commands.commands[name]
    assert command.help
    assert "In Python: kg." in command.help
    assert command.get_short_help_str() != ""


def test_help_imports_nothing_heavy() -> None:
    code = f"import sys; from kg import cli; cli.run(['--help']); print(sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "validate" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


def test_help_of_each_command(capsys: pytest.CaptureFixture[str]) -> None:
    for name in COMMANDS:
        assert cli.run([name, "--help"]) == cli.OK
        assert f"Usage: kg {name}" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--version"]) == cli.OK
    assert kg.__version__ in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["facts"], ["build", "folder"], ["query", "graph", "ASK {}", "--format", "docx"], ["network", "g"]],
)
def test_wrong_usage_exits_2_and_says_what_is_missing(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(arguments) == cli.USAGE
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Error: " in captured.err


def test_an_error_of_ours_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.guarded(raising(GraphError("there: is no graph\n  build one first"))) == cli.FAILED
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "kg: there: is no graph build one first\n"


def test_every_kind_of_our_errors_exits_1(capsys: pytest.CaptureFixture[str]) -> None:
    for kind in [KgError, *KgError.__subclasses__()]:
        assert cli.guarded(raising(kind("why"))) == cli.FAILED
        assert capsys.readouterr().err == "kg: why\n"


def test_an_error_of_the_system_names_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.guarded(raising(PermissionError(13, "Permission denied", "secret.txt"))) == cli.FAILED
    assert capsys.readouterr().err == "kg: secret.txt: Permission denied\n"


def test_an_unknown_error_is_one_line_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.guarded(raising(ValueError("odd"))) == cli.FAILED
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "ValueError: odd" in error


def test_debugging_shows_where(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("KG_DEBUG", "1")
    assert cli.guarded(raising(KgError("why"))) == cli.FAILED
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_interruption_exits_130(error: BaseException, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.guarded(raising(error)) == cli.INTERRUPTED
    assert capsys.readouterr().err == "kg: interrupted\n"


def test_a_wrong_setting_is_an_error_of_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KG_WORKERS", "many")
    assert cli.run(["build", "folder", "-o", "graph"]) == cli.FAILED
    assert capsys.readouterr().err.startswith("kg: KG_WORKERS=many: ")


def test_a_reader_that_goes_away_is_no_news() -> None:
    code = (
        "import sys; from kg import cli\n"
        "def action():\n"
        "    for number in range(100_000): print(number)\n"
        "    return 0\n"
        "sys.exit(cli.guarded(action))"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout, process.stderr:
        assert process.stdout.readline() == b"0\n"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == cli.FAILED
