"""The README tells the truth: its console blocks print what they say, its Python blocks run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.build import build
from kg.cli import commands

README = Path(__file__).resolve().parent.parent / "README.md"
DOCUMENTS = README.parent / "corpus" / "documents"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README.read_text("utf-8"), re.M | re.S)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like a reader's: the demo graph and the query of the README."""
    path = tmp_path_factory.mktemp("readme")
    build([DOCUMENTS], path / "demo" / "graph", workers=1)
    (path / "investment.rq").write_text(blocks("sparql")[0], "utf-8")
    return path


@pytest.mark.parametrize("block", blocks("console"))
def test_console_block(block: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    command, expected = block.split("\n", 1)
    program, *arguments = shlex.split(command.removeprefix("$ "))
    assert program == "kg"
    result = CliRunner().invoke(commands, arguments)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == expected.splitlines()


def test_python_blocks_run() -> None:
    for block in blocks("python"):
        exec(compile(block, str(README), "exec"), {})


def test_notebook_blocks_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    for block in blocks("py"):
        exec(compile(block, str(README), "exec"), {})


def test_every_command_is_named() -> None:
    text = README.read_text("utf-8")
    missing = [name for name in commands.commands if f"kg {name}" not in text]
    assert not missing
