"""The demonstration behind ``make demo``: from ``corpus/`` to a graph, a check, three facts and a page to look at.

Calls the functions of ``kg`` and prints; the graph and the page go to ``demo/``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg import resources
from kg.build import build
from kg.cli import output, settings
from kg.explore import network
from kg.query.facts import facts
from kg.query.stats import stats
from kg.store import shapes
from kg.store.folder import open_graph

FOLDER = Path("demo")
#: One fact of each of these is shown: who holds an office, what is aimed at, how far a project is.
SHOWN = ("holdsPost", "target", "projectStage")


def main() -> None:
    """Build, check, count, quote, draw."""
    graph, page = FOLDER / "graph", FOLDER / "network.html"
    FOLDER.mkdir(exist_ok=True)
    with output.progress(quiet=False) as progress:
        report = build(
            [resources.path("corpus", "documents")], graph, workers=settings.read().workers, progress=progress
        )
    print(f"{report.documents} documents, {report.quads:,} quads, digest {report.digest}")
    checked = shapes.validate(open_graph(graph)).text()
    print(checked.split("\n", 1)[0] + f" (the rest: kg validate {graph})\n")
    output.write_rows(stats(graph), "table")
    for fact in chosen(graph):
        print(sentence(fact))
    network.write(graph, page, around=None, depth=1, limit=300)
    print(f"\nThe network: open {page} in a browser, for example with\n  xdg-open {page}")


def chosen(graph: Path) -> Iterator[dict[str, object]]:
    """Yield the first fact of each type in ``SHOWN``."""
    wanted = list(SHOWN)
    for fact in facts(graph):
        if fact["type"] in wanted:
            wanted.remove(str(fact["type"]))
            yield fact


def sentence(fact: dict[str, object]) -> str:
    """Return a fact in two lines: its slots, then its quote and where it stands."""
    told = {"doc", "type", "start", "end", "quote"}
    slots = ", ".join(f"{name} {value}" for name, value in fact.items() if name not in told and value is not None)
    return f"{fact['type']}: {slots}\n    「{fact['quote']}」 {fact['doc']} {fact['start']}-{fact['end']}"


if __name__ == "__main__":
    main()
