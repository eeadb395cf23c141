"""The cell magic ``%%sparql``: the cell is a query, its rows are shown.

::

    %load_ext kg.notebook

    %%sparql -g graph -o rows
    SELECT ?name WHERE { ?e a lg:Official ; skos:prefLabel ?name } ORDER BY ?name

``-g`` names a variable that holds a ``Graph``, or a graph folder; without it the variable ``graph`` or ``g`` is asked,
else the one ``Graph`` there is. ``-o`` names a variable that takes the table, which is then not shown.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg import extras
from kg.errors import KgError, QueryError
from kg.notebook.graph import Graph
from kg.query.table import Table

_USAGE = "%%sparql [-g GRAPH] [-o VARIABLE]"
_OPTIONS = {"-g": "graph", "--graph": "graph", "-o": "output", "--output": "output"}


def load_ipython_extension(shell: Any) -> None:
    """Add ``%%sparql`` to IPython; called by ``%load_ext kg.notebook``."""

    def sparql(line: str, cell: str) -> Table | None:
        """Ask a graph in SPARQL: ``%%sparql [-g GRAPH] [-o VARIABLE]``."""
        try:
            return ask(shell.user_ns, line, cell)
        except KgError as error:  # one line, not the way through our code
            raise extras.load("IPython.core.error").UsageError(str(error)) from None

    shell.register_magic_function(sparql, "cell", "sparql")


def ask(names: dict[str, Any], line: str, cell: str) -> Table | None:
    """Return the rows for a cell, or put them into the variable that its first line names."""
    options = _options(line)
    table = _graph(names, options.get("graph")).sparql(cell)
    if "output" not in options:
        return table
    names[options["output"]] = table
    return None


def _options(line: str) -> dict[str, str]:
    try:
        words = shlex.split(line, comments=True)
    except ValueError as error:
        raise QueryError(f"{line}: {error}; write {_USAGE}") from error
    if len(words) % 2 or not set(words[::2]) <= _OPTIONS.keys():
        raise QueryError(f"{line}: not understood; write {_USAGE}")
    options = {_OPTIONS[name]: value for name, value in zip(words[::2], words[1::2], strict=True)}
    if not options.get("output", "x").isidentifier():
        raise QueryError(f"{options['output']}: no name of a variable; write {_USAGE}")
    return options


def _graph(names: Mapping[str, Any], wanted: str | None) -> Graph:
    """Return the graph of a variable or folder, or the one that is meant when none is named."""
    if wanted is not None:
        named = names.get(wanted)
        return named if isinstance(named, Graph) else Graph(Path(wanted))
    graphs = {name: value for name, value in names.items() if isinstance(value, Graph) and name[0] != "_"}
    usual = [graphs[name] for name in ("graph", "g") if name in graphs]
    folders = {value.path for value in graphs.values()}
    if not usual and len(folders) != 1:
        raise QueryError(f"{len(folders)} graphs are open; say which is asked: {_USAGE}")
    return usual[0] if usual else next(iter(graphs.values()))
