"""Settings of one run of the command line: the only place that reads the environment.

In: environment variables. Out: one frozen ``Settings``, handed to the commands through click's context.

=============  =========================================================================
``KG_WORKERS`` processes that read documents; the number of processors unless given
``KG_DEBUG``   anything but empty or 0: an error shows its traceback, not only one line
=============  =========================================================================
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run was told by its environment."""

    workers: int = 1
    debug: bool = False


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of an environment, by default that of this process."""
    values = os.environ if environment is None else environment
    return Settings(
        workers=_whole_number("KG_WORKERS", values.get("KG_WORKERS", ""), _processors()),
        debug=is_debugging(values),
    )


def is_debugging(environment: Mapping[str, str] | None = None) -> bool:
    """Return whether errors show where they come from; asked alone when the settings themselves are wrong."""
    values = os.environ if environment is None else environment
    return values.get("KG_DEBUG", "") not in ("", "0")


def _whole_number(name: str, text: str, default: int) -> int:
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and int(text) > 0):
        raise SettingsError(f"{name}={text}: a whole number from 1 is needed; correct or unset the variable")
    return int(text)


def _processors() -> int:
    """Number of processors this process may use, which in a container is fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
