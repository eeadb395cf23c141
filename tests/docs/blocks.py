"""The code blocks of the documentation, run as a reader would: a page goes in, the page with true outputs comes out.

A page runs from top to bottom in a folder of its own that holds ``documents/`` (those of ``corpus/``) and ``graph``,
built from them. ``console`` blocks hold commands after ``$`` and what they print; ``…`` stands for anything, in a line
or as a line. ``python`` blocks share one namespace. A block of another language whose first line is ``# file: NAME``
is written to that file. ``python -m tests.docs.blocks`` writes the outputs into the pages anew.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from kg.build import build
from kg.cli import commands

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path for path in (ROOT / "docs").rglob("*.md") if "_build" not in path.parts)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
_FILE = re.compile(r"(?:#|<!--|//) file: (\S+)")


def prepare(folder: Path) -> Path:
    """Fill a folder as a reader has it and return it."""
    (folder / "documents").symlink_to(ROOT / "corpus" / "documents")
    build([ROOT / "corpus" / "documents"], folder / "graph", workers=1)
    return folder


def blocks(page: Path) -> list[tuple[str, str]]:
    """Return language and text of every code block of a page."""
    return _BLOCK.findall(page.read_text("utf-8"))


def rewritten(page: Path) -> str:
    """Run a page in the working directory and return it with what its commands really print.

    Raises ``AssertionError`` when a command fails; where ``…`` stands for what was printed, the page's words stay.
    """
    names: dict[str, object] = {}
    return _BLOCK.sub(lambda found: _run(found, names, page), page.read_text("utf-8"))


def _run(found: re.Match[str], names: dict[str, object], page: Path) -> str:
    language, text = found.groups()
    if language == "console":
        return f"```console\n{''.join(_command(line, said) for line, said in _commands(text))}```"
    if language == "python":
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(text, str(page), "exec"), names)
    named = _FILE.match(text)
    if named:
        Path(named[1]).write_text(text, "utf-8")
    return found[0]


def _commands(text: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^(?=\$ )", text, flags=re.M):
        if part:
            line, _, said = part.partition("\n")
            yield line, said


def _command(line: str, said: str) -> str:
    printed = _printed(line.removeprefix("$ "))
    return f"{line}\n{said if _fits(said, printed) else printed}"


def _printed(line: str) -> str:
    line, _, target = line.partition(" > ")
    program, *arguments = shlex.split(line)
    assert program == "kg", f"a console block runs kg only: {line}"
    result = CliRunner().invoke(commands, arguments)
    assert result.exit_code == 0, f"{line}: {result.output}{result.exception}"
    if target:
        Path(target).write_text(result.stdout, "utf-8")
        return ""
    return "".join(f"{text.rstrip()}\n" for text in result.stdout.splitlines())


def _fits(said: str, printed: str) -> bool:
    pattern = re.escape(said).replace(re.escape("…\n"), r"(?:.*\n)*").replace("…", ".*")
    return re.fullmatch(pattern, printed) is not None


def main() -> None:
    """Write the true outputs into every page."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(prepare(Path(folder)))
        for page in PAGES:
            page.write_text(rewritten(page), "utf-8")


if __name__ == "__main__":
    main()
