"""The command ``mcp``: a graph for agents."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import output


@click.command()
@output.graph_argument
@click.option("--seconds", default=30.0, show_default=True, type=click.FloatRange(0.1), help="Time limit of a call.")
@click.option("--rows", default=200, show_default=True, type=click.IntRange(1), help="Row limit of an answer.")
def mcp(graph: Path, seconds: float, rows: int) -> None:
    """Answer an agent over standard input and output (Model Context Protocol): search, describe, ask, query, cite.

    In Python: kg.serve.agent.server.
    """
    from kg.serve.agent import server
    from kg.serve.pool import Limits

    # Each agent starts one of its own, to ask now and then: that is not worth the memory of a graph.
    server(graph, Limits(seconds=seconds, rows=rows, held=0)).run()
