"""Looking at a graph: a networkx graph of its things, a page that draws it, files for other programs."""

from pathlib import Path

#: Scripts and styles of the pages that need them, made from ``kg/explore/web`` by ``hatch_build.py``.
BUILT = Path(__file__).resolve().parent / "built"
