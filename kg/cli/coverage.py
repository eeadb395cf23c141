"""``kg coverage``: how much of the documents is in facts, and what is not?"""

from __future__ import annotations

from dataclasses import astuple, fields
from pathlib import Path

import click

from kg.cli import output
from kg.query.table import Table


@click.command()
@output.graph_argument
@click.option("--kind", type=click.Choice(["number", "quote", "name"]), help="Only this kind; all three unless given.")
@click.option("--list", "listed", is_flag=True, help="List what is in no fact, with place, sentence and reason.")
@click.option(
    "--all", "everything", is_flag=True, help="With --list: dates, numberings, parts of names, kinds as well."
)
@click.option("--by", type=click.Choice(["class", "document", "reason"]), default="class", show_default=True,
              help="What is counted: each class, the same for each document, or the reasons.")  # fmt: skip
@output.format_option(*output.ROW_FORMATS)
def coverage(graph: Path, kind: str | None, listed: bool, everything: bool, by: str, form: str) -> None:
    """Tell how many numbers, quoted phrases and likely names are in facts, and list what is not.

    In Python: kg.query.coverage.coverage, gaps and reasons.
    """
    from kg.query import coverage as ledger

    if listed or everything:
        columns = tuple(field.name for field in fields(ledger.Gap))
        found = ledger.gaps(graph, kind=kind, everything=everything)
        table = Table(columns, tuple(astuple(gap) for gap in found))
    elif by == "reason":
        table = ledger.reasons(graph, kind=kind)
    else:
        table = ledger.coverage(graph, kind=kind, by_document=by == "document")
    output.write_rows(table, form)
