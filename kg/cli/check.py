"""``kg validate``: does a graph conform to the shapes of the ontology?"""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import output
from kg.errors import ValidationError


@click.command()
@output.graph_argument
def validate(graph: Path) -> None:
    """Check a graph against the SHACL shapes of the ontology.

    In Python: kg.store.shapes.validate.
    """
    from kg.store.shapes import validate as check

    broken = list(check(graph))
    for issue in broken:
        click.echo(f"{issue.kind}: {issue.message}")
    if broken:
        raise ValidationError(f"{graph}: breaks the shapes in {len(broken):,} places")
    output.note(f"{graph}: conforms to the shapes")
