"""Settings come from the environment, here and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kg
from kg.cli import settings
from kg.errors import SettingsError


def test_without_variables() -> None:
    found = settings.read({})
    assert found.workers >= 1
    assert found.debug is False


def test_variables_are_read() -> None:
    assert settings.read({"KG_WORKERS": "3", "KG_DEBUG": "1"}) == settings.Settings(workers=3, debug=True)


@pytest.mark.parametrize("value", ["0", "-1", "two", "1.5", "２", " 2"])
def test_an_unusable_number_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="KG_WORKERS"):
        settings.read({"KG_WORKERS": value})


def test_nothing_else_reads_the_environment() -> None:
    package = Path(kg.__file__).parent
    readers = [
        file.relative_to(package).as_posix()
        for file in package.rglob("*.py")
        if re.search(r"\bos\.(environ|getenv)\b", file.read_text("utf-8"))
    ]
    assert readers == ["cli/settings.py"]
