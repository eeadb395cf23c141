"""The package as it is installed: lock files, data files, entry points."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.requirements import FOLDER, ROOT, pinned

#: Scripts that make the data stay in the repository.
SCRIPTS = {".py", ".pyc"}
LOCKS = ["build", "runtime", "dev"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def versions(name: str) -> dict[str, str]:
    return {canonicalize_name(line.name): str(line.specifier).removeprefix("==") for line in pinned(name)}


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_one_version_with_hashes(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text("utf-8")
    blocks = re.split(r"\n(?=[a-z])", text)
    assert len(blocks) == len(pinned(name)) > 0
    for block in blocks:
        assert re.match(r"[a-z0-9._-]+==[^ ]+ ", block), block[:60]
        assert "--hash=sha256:" in block, block[:60]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_no_address(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text("utf-8")
    assert not re.search(r"://|--index|--find-links|--extra", text)


def test_lock_files_agree() -> None:
    runtime, dev = versions("runtime"), versions("dev")
    assert runtime.items() <= dev.items()


@pytest.mark.parametrize("line", PROJECT["dependencies"])
def test_the_lock_is_up_to_date(line: str) -> None:
    requirement = Requirement(line)
    version = versions("runtime").get(canonicalize_name(requirement.name))
    assert version is not None, f"{requirement.name} is not pinned: run make lock"
    assert requirement.specifier.contains(version), f"{requirement.name} {version}: run make lock"


@pytest.mark.parametrize("line", PROJECT["dependencies"])
def test_every_dependency_has_bounds(line: str) -> None:
    assert Requirement(line).specifier, line


@pytest.mark.slow
def test_a_wheel_holds_the_data_files(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.iterdir()
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder in ("ontology", "corpus"):
        files = [file for file in (ROOT / folder).rglob("*") if file.is_file() and file.suffix not in SCRIPTS]
        assert {f"kg/_{folder}/{file.relative_to(ROOT / folder).as_posix()}" for file in files} <= names
    assert {
        file.relative_to(ROOT).as_posix() for file in (ROOT / "kg" / "lexicon").iterdir() if file.is_file()
    } <= names
    assert not any(name.startswith(("tests/", "ontology/", "corpus/")) for name in names)
