"""The command ``ask``: named questions and their parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli import output

#: Every parameter that some question takes; which ones a question takes is said by ``kg ask GRAPH``.
PARAMETERS = (
    "place", "indicator", "entity", "person", "body", "post", "project", "industry", "document", "against",
    "year", "since", "until", "date", "stage", "verdict", "kind", "change", "limit",
)  # fmt: skip


def _parameter_options(command: output.Command) -> output.Command:
    for name in reversed(PARAMETERS):
        command = click.option(f"--{name}", metavar="TEXT", help=None)(command)
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
    output.write_rows(registry.answer(graph, name, **parameters).table(), form)
