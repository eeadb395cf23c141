"""``kg review``: which entities may be one? Questions to a person, in the form of the file that answers them."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli import output
from kg.query.table import Table


@click.command()
@output.graph_argument
@output.format_option("text", *output.ROW_FORMATS)
@click.option("--limit", type=click.IntRange(min=1), help="Most pairs shown; all unless given.")
def review(graph: Path, form: str, limit: int | None) -> None:
    """List the pairs of entities that may be one, with score, reasons and quotes of both sides.

    Listed too are people whose posts in different years may be of two people of one name (kind career).

    The text can be kept as a file of decisions: replace the "?" of a pair by merge or reject, add who and when, and
    give the file to kg build --decisions. To take apart what rules joined, add a line with the action split: two keys,
    or one key and "by": "body" (the people of one name) or "document".

    In Python: kg.query.review.review.
    """
    from kg.query.review import review as ask

    questions = ask(graph, limit=limit)
    if form == "text":
        for question in questions:
            click.echo(f"{question}\n")
    elif form == "json":
        click.echo(json.dumps([question.to_dict() for question in questions], ensure_ascii=False, indent=2))
    else:
        columns = ("score", "label", "left", "right", "reasons", "left_quote", "right_quote")
        rows = (
            (
                question.pair.score,
                question.pair.label,
                question.pair.left,
                question.pair.right,
                "; ".join(question.pair.reasons),
                str(question.left[0]) if question.left else "",
                str(question.right[0]) if question.right else "",
            )
            for question in questions
        )
        output.write_rows(Table(columns, tuple(rows)), form)
