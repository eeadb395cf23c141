"""Oxigraph: the embedded store behind a graph folder. Sorted N-Quads go in; a store or an rdflib dataset comes out."""

from __future__ import annotations

import functools
from pathlib import Path

import oxrdflib
import pyoxigraph
import rdflib

from kg import ids
from kg.errors import GraphError
from kg.store.folder import GraphFolder

#: Bytes of lines loaded at once. Oxigraph 0.5 keeps up to a million quads a thread before it writes them: 6.5 million
#: quads at once took 1,650 MB, in parts of 16 MiB 200 MB and no longer.
PART_BYTES = 16 << 20


#: Bytes of memory that a quad of ours takes in a store that is held there, its share of the names included: 335 for 437
#: reports (6.9 million quads), 365 for a made-up graph of a million.
HELD_BYTES = 380


def load(quads: Path, folder: Path) -> None:
    """Load sorted N-Quads part by part into a new database and optimise it: reading is twice as fast afterwards."""
    store = pyoxigraph.Store(str(folder))
    try:
        _fill(store, quads)
        store.optimize()
        store.flush()
    except (SyntaxError, ValueError, OSError) as error:
        raise GraphError(f"{quads}: the store refuses the quads: {error}") from error


def _fill(store: pyoxigraph.Store, quads: Path, *, lenient: bool = False) -> None:
    with quads.open("rb") as stream:
        while lines := stream.readlines(PART_BYTES):
            store.bulk_load(b"".join(lines), format=pyoxigraph.RdfFormat.N_QUADS, lenient=lenient)


_HELD: dict[str, pyoxigraph.Store] = {}


def hold(quads: Path, folder: Path) -> pyoxigraph.Store:
    """Read N-Quads into memory; this process and those it forks find them there when they open the database.

    A store in memory answers about three times as fast as the same on disk. It takes ``HELD_BYTES`` a quad, and some
    four seconds for a million of them, so it is for a process that stays.
    """
    store = pyoxigraph.Store()
    _fill(store, quads, lenient=True)  # they were checked when the database was made
    _HELD[str(folder)] = store
    return store


def opened(folder: Path | str) -> pyoxigraph.Store:
    """Open a database by its folder, or return the same in memory when this process holds it."""
    held = _HELD.get(str(folder))
    return _opened(str(folder)) if held is None else held


def open_store(graph: GraphFolder) -> pyoxigraph.Store:
    """Open the database read-only; nothing is written, and several processes may do so at once.

    A database never changes once it is built, so one that is open is given again.
    """
    try:
        return opened(graph.store)
    except (OSError, ValueError, RuntimeError) as error:
        raise GraphError(f"{graph.path}: the database is damaged ({error}); build the graph again") from error


@functools.lru_cache(maxsize=2)
def _opened(folder: str) -> pyoxigraph.Store:
    return pyoxigraph.Store.read_only(folder)


def dataset(graph: GraphFolder) -> rdflib.Dataset:
    """Return the graph as an rdflib dataset whose default graph is the union of all graphs."""
    found = rdflib.Dataset(store=oxrdflib.OxigraphStore(store=open_store(graph)), default_union=True)
    for prefix, namespace in ids.PREFIXES.items():
        found.bind(prefix, namespace)
    return found
