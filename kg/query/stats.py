"""What a graph holds, counted: entities by type, measures, relations, documents, triples."""

from __future__ import annotations

from pathlib import Path

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
_COUNT = "SELECT ?class (COUNT(DISTINCT ?x) AS ?n) WHERE { VALUES ?class { %s } ?x a ?class } GROUP BY ?class"


def stats(graph: Path | str) -> Table:
    """Return (class, 名称, count) rows; only classes that occur."""
    opened = open_graph(graph)
    answer = ask(open_store(opened), _COUNT % " ".join(f"lg:{name}" for name in COUNTED)).table()
    counts = {str(row[0]).rsplit("#", 1)[-1]: int(str(row[1])) for row in answer.rows}
    chinese = {iri.rsplit("#", 1)[-1]: label for iri, label in ontology.labels().items() if "#" in iri}
    rows = [(name, chinese.get(name, ""), counts[name]) for name in COUNTED if counts.get(name)]
    return Table(("class", "名称", "count"), (*rows, ("quads", "四元组", opened.count)))
