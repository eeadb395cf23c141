"""What a graph holds, counted: entities by type, measures, relations, documents, triples."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph

from kg import ontology
from kg.query.sparql import ask
from kg.query.table import Table
from kg.store.folder import open_graph
from kg.store.oxigraph import open_store

#: Classes whose members are counted, in the order they are shown.
COUNTED = (
    "SourceDocument",
    "Official",
    "PressContributor",
    "Tenure",
    "PublicBody",
    "Enterprise",
    "IndustrialPark",
    "AdministrativeDivision",
    "Region",
    "IndustryScheme",
    "Project",
    "ProjectGroup",
    "StageReport",
    "Policy",
    "Event",
    "Indicator",
    "Target",
    "Outcome",
    "Mention",
)
#: File of the graph folder with the numbers.
NAME = "counts.json"
_COUNT = "SELECT ?class (COUNT(DISTINCT ?x) AS ?n) WHERE { VALUES ?class { %s } ?x a ?class } GROUP BY ?class"


def write(store: Path, file: Path) -> None:
    """Count what a store holds and keep the numbers in a file of the graph: counting takes a second a time."""
    text = json.dumps(_count(pyoxigraph.Store.read_only(str(store))), indent=1, sort_keys=True)
    file.write_text(f"{text}\n", "ascii")


def stats(graph: Path | str) -> Table:
    """Return (class, 名称, count) rows; only classes that occur."""
    opened = open_graph(graph)
    counts = _kept(opened.folder / NAME) or _count(open_store(opened))
    chinese = {iri.rsplit("#", 1)[-1]: label for iri, label in ontology.labels().items() if "#" in iri}
    rows = [(name, chinese.get(name, ""), counts[name]) for name in COUNTED if counts.get(name)]
    return Table(("class", "名称", "count"), (*rows, ("quads", "四元组", opened.count)))


def _kept(file: Path) -> dict[str, int]:
    """Return the numbers that the build kept; empty when there are none."""
    found: dict[str, int] = json.loads(file.read_text("ascii")) if file.exists() else {}
    return found


def _count(store: pyoxigraph.Store) -> dict[str, int]:
    answer = ask(store, _COUNT % " ".join(f"lg:{name}" for name in COUNTED)).table()
    return {str(row[0]).rsplit("#", 1)[-1]: int(str(row[1])) for row in answer.rows}
