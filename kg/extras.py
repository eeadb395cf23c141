"""Packages that only some uses need: loaded when they are first needed, with advice when they are not installed.

In goes the name of a module, out comes the module. What each extra holds is in ``pyproject.toml``.
"""

from __future__ import annotations

import importlib
from typing import Any

from kg.errors import KgError


def load(module: str, extra: str = "notebook") -> Any:
    """Return a module of an extra; raises ``KgError`` that names the extra when it is not installed."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        advice = f"install it with: pip install 'lgkg[{extra}]'"
        raise KgError(f"{module.partition('.')[0]} is not installed; {advice}") from error
