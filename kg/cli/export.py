"""Commands that write a graph for other programs or for the eye: ``export`` and ``network``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import output


@click.command()
@output.graph_argument
@output.format_option("nq", "ttl", "trig", "jsonld", "graphml", "gexf", "csv")
@click.option("-o", "--output", "file", type=click.Path(path_type=Path), help="File to write; else standard output.")
def export(graph: Path, form: str, file: Path | None) -> None:
    """Write the whole graph in a format that other programs read.

    In Python: kg.explore.export.export.
    """
    from kg.explore.export import export as write

    with output.destination(file) as out:
        write(graph, form, out)


@click.command()
@output.graph_argument
@click.option("-o", "--output", "file", metavar="FILE.html", required=True, type=click.Path(path_type=Path))
@click.option("--around", metavar="NAME", help="Only what is near this thing.")
@click.option("--depth", type=click.IntRange(min=1), default=1, show_default=True, help="Steps away from NAME.")
@click.option("--limit", type=click.IntRange(min=1), default=300, show_default=True, help="Most things to draw.")
@click.option("--language", type=click.Choice(("zh", "en")), default="zh", show_default=True, help="Of the interface.")
def network(graph: Path, file: Path, around: str | None, depth: int, limit: int, language: str) -> None:
    """Draw the graph as one HTML page that works offline.

    In Python: kg.explore.network.write.
    """
    from kg.explore.network import page

    drawn = page(graph, around=around, depth=depth, limit=limit, language=language)
    with output.destination(file) as out:
        out.write(drawn.encode("utf-8"))
    if str(file) != "-":
        output.note(f"{file}: open it in a browser")
