"""Where the data files that ship with the package are.

In a checkout ``ontology/`` and ``corpus/`` stand at the top level, as readers expect;
in a wheel they are inside the package as ``kg/_ontology`` and ``kg/_corpus``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.errors import RegistryError

PACKAGE = Path(__file__).resolve().parent


@cache
def path(*parts: str) -> Path:
    """Return the path of one data file or folder, ``path("ontology", "registry", "places.csv")``.

    The first part is ``ontology``, ``corpus`` or ``lexicon``. Raises ``RegistryError`` when it is missing.
    """
    head, *rest = parts
    places = [PACKAGE / f"_{head}", PACKAGE.parent / head] if head != "lexicon" else [PACKAGE / "lexicon"]
    for base in places:
        candidate = base.joinpath(*rest)
        if candidate.exists():
            return candidate
    raise RegistryError(f"{'/'.join(parts)}: a data file of the package is missing; reinstall lgkg")
