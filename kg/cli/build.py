"""``kg build``: documents in, graph out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import output
from kg.cli.settings import Settings

if TYPE_CHECKING:
    from kg.build import BuildReport


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", "graph", metavar="GRAPH", required=True, type=click.Path(path_type=Path))
@click.option("--workers", type=click.IntRange(min=1), help="Processes that read; all processors unless given.")
@click.option(
    "--decisions",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Judgements of people: which entities are one, and which are not (see kg review).",
)
@click.option("--quiet", is_flag=True, help="Say nothing but the digest.")
@click.pass_obj
def build(
    settings: Settings, paths: tuple[Path, ...], graph: Path, workers: int | None, decisions: Path | None, quiet: bool
) -> None:
    """Read documents and folders, and make the graph of what they say.

    Reads txt, Markdown, HTML, PDF and DOCX. GRAPH is a folder; an older graph in it stays whole and readable until
    the new one takes its place. The digest on standard output is the same for the same documents, in any order and
    with any number of workers.

    In Python: kg.build.build.
    """
    from kg.build import build as run

    with output.progress(quiet) as report:
        result = run(paths, graph, workers=workers or settings.workers, progress=report, decisions=decisions)
    if not quiet:
        _summary(result, graph)
    click.echo(result.digest)


def _summary(result: BuildReport, graph: Path) -> None:
    for issue in result.issues:
        if issue.stage == "documents":
            output.note(f"{issue.path}: {issue.message}")
    rate = result.characters / result.seconds if result.seconds else 0
    output.note(
        f"{result.documents:,} documents, {result.characters:,} characters, {result.quads:,} quads "
        f"in {result.seconds:.1f} s ({rate:,.0f} characters/s)"
    )
    if result.listed:
        output.note(f"{result.listed:,} things were not read or understood: kg issues {graph}")
