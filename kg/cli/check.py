"""``kg validate``: does a graph conform to the shapes of the ontology?"""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import output
from kg.errors import ValidationError


@click.command()
@output.graph_argument
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Most nodes shown for a rule.")
def validate(graph: Path, limit: int) -> None:
    """Check a graph against the SHACL shapes of the ontology.

    In Python: kg.store.shapes.validate.
    """
    from kg.store.folder import open_graph
    from kg.store.shapes import validate as check

    report = check(open_graph(graph))
    click.echo(report.text(limit), nl=False)
    if not report.conforms:
        raise ValidationError(f"{graph}: breaks the shapes; each rule is listed above with the nodes that break it")
