"""Pages in the output of a cell: HTML goes in, a frame comes out that keeps its styles and scripts to itself."""

from __future__ import annotations

import html
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.explore import network

if TYPE_CHECKING:
    import networkx


def frame(page: str, height: int, title: str) -> str:
    """Return a page as a frame; ``srcdoc`` carries it inside the notebook."""
    source = html.escape(page, quote=True)
    style = f"width:100%;height:{height}px;border:0"
    return f'<iframe srcdoc="{source}" style="{style}" title="{html.escape(title, quote=True)}"></iframe>'


class Network:
    """Things and what is said between them: ``graph`` to work with, and a drawing that Jupyter shows."""

    height = 640  #: of the drawing in a notebook, in pixels

    def __init__(self, choice: network.Choice) -> None:
        """Take what was chosen of a graph; the page is drawn when it is first shown."""
        self._choice = choice

    @cached_property
    def graph(self) -> networkx.MultiDiGraph[str]:
        """The drawn things as a networkx graph; see ``kg.explore.graph`` for the attributes."""
        return self._choice.graph

    @cached_property
    def html(self) -> str:
        """The page, which needs no network connection."""
        return network.render(self._choice)

    def save(self, file: Path | str) -> None:
        """Write the page to a file."""
        Path(file).write_text(self.html, "utf-8", newline="\n")

    def __repr__(self) -> str:
        shown, all_ = len(self._choice.iris), self._choice.candidates
        return f"<Network: {shown:,} of {all_:,} things, {self.graph.number_of_edges():,} ties>"

    def _repr_html_(self) -> str:
        return frame(self.html, self.height, "network")
