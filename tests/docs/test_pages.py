"""The documentation tells the truth: every block runs and prints what it says; the site builds without a warning."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pyoxigraph
import pytest

from kg import ids
from tests.docs import blocks

#: Every language a block may have; any other would be run by nobody.
LANGUAGES = {"console", "python", "sparql", "sh", "json", "text"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return blocks.prepare(tmp_path_factory.mktemp("docs"))


def name(page: Path) -> str:
    return page.relative_to(blocks.ROOT / "docs").as_posix()


@pytest.mark.parametrize("page", blocks.PAGES, ids=name)
def test_a_page_says_what_its_commands_print(page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert blocks.rewritten(page) == page.read_text("utf-8")


@pytest.mark.parametrize("page", blocks.PAGES, ids=name)
def test_blocks_are_of_a_kind_that_is_checked(page: Path) -> None:
    for language, text in blocks.blocks(page):
        assert language in LANGUAGES
        if language == "sparql":
            pyoxigraph.Store().query(text, prefixes=dict(ids.PREFIXES))
        if language == "sh":
            for line in text.splitlines():
                assert is_known(line.partition("#")[0].strip()), line


def is_known(line: str) -> bool:
    """Tell whether a set-up command can work: an extra that there is, a target that the Makefile has."""
    project = tomllib.loads((blocks.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    install = re.fullmatch(r"pip install '?\.(?:\[(\w+)\])?'?", line)
    if install:
        return install[1] is None or install[1] in project["optional-dependencies"]
    target = re.fullmatch(r"make (\w+)", line)
    if target:
        return f"\n{target[1]}:" in (blocks.ROOT / "Makefile").read_text("utf-8")
    return line in {"", "jupyter lab notebooks"}


def test_every_command_and_question_is_told() -> None:
    from kg.cli import commands
    from kg.query.questions.registry import questions

    text = "\n".join(page.read_text("utf-8") for page in blocks.PAGES)
    assert [command for command in commands.commands if f"kg {command}" not in text] == []
    assert [question for question in questions() if question not in text] == []


@pytest.mark.slow
def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", blocks.ROOT / "docs", tmp_path / "html")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for page in ("index.html", "reference/cli.html", "reference/python.html", "ontology/index.html"):
        assert (tmp_path / "html" / page).stat().st_size > 2_000
