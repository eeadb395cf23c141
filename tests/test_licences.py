"""Whoever installs lgkg takes on no copyleft: the licence of every package it needs is looked at."""

from __future__ import annotations

import importlib.metadata
import json
import re
from collections.abc import Iterator

import pytest

from tests.requirements import ROOT, pinned

ALLOWED = {
    *("mit", "mit-0", "mit license", "isc license", "isc license (iscl)", "zlib", "0bsd", "psf-2.0", "cc0-1.0"),
    *("bsd", "bsd license", "bsd 3-clause license", "bsd-2-clause", "bsd-3-clause"),
    *("apache 2.0", "apache-2.0", "apache software license", "apache license"),
    "w3c-20150513",
}
#: Weak copyleft that reaches their own files only; spaCy needs both, and we neither change nor ship them.
TOLERATED = {
    "certifi": "mpl-2.0",  # needed by requests and httpx, which spaCy's download commands use
    "tqdm": "mpl-2.0 and mit",  # needed by spaCy for progress in training
}


def runtime() -> Iterator[str]:
    for requirement in pinned("runtime"):
        if requirement.marker is None or requirement.marker.evaluate():
            yield requirement.name


def licence(name: str) -> str:
    """Return what a package says of its licence: SPDX expression, else short text, else classifiers."""
    metadata = importlib.metadata.metadata(name)
    text = (metadata.get("License") or "").strip()
    first = re.split(r"\n|\s{2,}", text, maxsplit=1)[0]
    stated = metadata.get("License-Expression") or (first if len(first) < 40 and first != "UNKNOWN" else "")
    classified = [
        line.rpartition(" :: ")[2] for line in metadata.get_all("Classifier") or [] if line.startswith("License ::")
    ]
    return (stated or " OR ".join(classified)).lower()


def is_allowed(expression: str) -> bool:
    return any(all(part.strip() in ALLOWED for part in choice.split(" and ")) for choice in expression.split(" or "))


@pytest.mark.parametrize("name", list(runtime()))
def test_no_copyleft_is_needed(name: str) -> None:
    found = licence(name)
    assert is_allowed(found) or TOLERATED.get(name) == found, f"{name}: licence {found!r} needs a decision"


@pytest.mark.parametrize("name", ["pandas", "numpy", "altair", "narwhals", "vl-convert-python", "ipykernel"])
def test_no_copyleft_is_needed_by_notebooks(name: str) -> None:
    assert is_allowed(licence(name)), f"{name}: licence {licence(name)!r} needs a decision"


FRONT_END = json.loads((ROOT / "kg" / "explore" / "web" / "package-lock.json").read_text("utf-8"))["packages"]


@pytest.mark.parametrize("name", [name for name in FRONT_END if name])
def test_no_copyleft_is_in_the_front_end_or_builds_it(name: str) -> None:
    found = str(FRONT_END[name].get("license", "")).lower()
    assert is_allowed(found) or found in {"isc", "unlicense"}, f"{name}: licence {found!r} needs a decision"
    assert "resolved" not in FRONT_END[name], f"{name}: the lock file names an address"
    assert FRONT_END[name]["integrity"].startswith("sha512-")


@pytest.mark.parametrize(
    "name",
    ["mcp", "mcp-types", "pydantic", "jsonschema", "pyjwt", "opentelemetry-api", "python-multipart", "sse-starlette"],
)
def test_no_copyleft_is_needed_by_agents(name: str) -> None:
    assert is_allowed(licence(name)), f"{name}: licence {licence(name)!r} needs a decision"


@pytest.mark.parametrize("expression", ["gpl-3.0-only", "lgpl-2.1", "mit and agpl-3.0-only", "mpl-2.0", "", "unknown"])
def test_copyleft_and_silence_are_refused(expression: str) -> None:
    assert not is_allowed(expression)


def test_tolerated_packages_are_still_needed() -> None:
    assert set(runtime()) >= TOLERATED.keys()
