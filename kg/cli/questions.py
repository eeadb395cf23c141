"""The command ``ask``: named questions and their parameters."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from kg.cli import output

#: Every parameter that some question takes; which ones a question takes is said by ``kg ask GRAPH``.
PARAMETERS = {
    "place": "A place: 株洲市, 渌口区 or an IRI.",
    "indicator": "An indicator: 固定资产投资增速 or an IRI.",
    "entity": "Any thing, by name or IRI.",
    "person": "A person: 李红 or an IRI.",
    "body": "A body: 株洲市科技局 or an IRI.",
    "post": "A post, as texts name it: 市长.",
    "project": "A project: 智轨一期 or an IRI.",
    "industry": "An industry: 先进陶瓷 or an IRI.",
    "document": "A document, by its name.",
    "against": "The document to compare with.",
    "year": "A year: 2022.",
    "since": "The first year.",
    "until": "The last year.",
    "date": "A day, month or year: 2021-12-30.",
    "stage": "A stage of projects: started.",
    "verdict": "A verdict: missed.",
    "kind": "A kind, as the question lists them.",
    "change": "A kind of change: raised.",
    "limit": "Most rows; 0 for all.",
}


def _parameter_options(command: output.Command) -> output.Command:
    for name, words in reversed(PARAMETERS.items()):
        command = click.option(f"--{name}", metavar="TEXT", help=words)(command)
    return command


@click.command()
@output.graph_argument
@click.argument("name", required=False)
@_parameter_options
@output.format_option(*output.ROW_FORMATS)
def ask(graph: Path, name: str | None, form: str, **parameters: Any) -> None:
    """Ask a named question; without NAME, list the questions and what each takes.

    Every row carries the quotes it rests on, with document and offsets.

    In Python: kg.query.questions.registry.answer.
    """
    from kg.query.questions import registry

    if name is None:
        output.write_rows(registry.listing(), form)
        return
    answer = registry.answer(graph, name, **parameters)
    if form == "table" and sys.stdout.isatty() and len(answer):
        from kg.cli.answers import draw

        draw(answer, output.console())
    else:
        output.write_rows(answer.table(), form)
    if answer.note:
        click.echo(f"{answer.note.replace('limit 0', '--limit 0')}", err=True)
