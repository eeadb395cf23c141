"""The command ``search``: things by what somebody types."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import output


@click.command()
@output.graph_argument
@click.argument("text")
@click.option("--type", "kind", metavar="TYPE", help="Only things of this type: official, agency, project, …")
@click.option("--place", metavar="PLACE", help="Only things within this place, by name or code.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="How many rows at most.")
@output.format_option(*output.ROW_FORMATS)
def search(graph: Path, text: str, kind: str | None, place: str | None, limit: int, form: str) -> None:
    """Find things by Chinese, pinyin (lihong), initials (lh) or English; a wrong character is forgiven.

    In Python: kg.query.search.search.
    """
    from kg.query.search import search as find
    from kg.query.search import table

    output.write_rows(table(find(graph, text, kind, place, limit)), form)
