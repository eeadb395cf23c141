"""What commands share to answer: the ``--format`` option, tables, files and progress.

Answers go to standard output, everything else to standard error, so that a pipe carries data only.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO

import click

from kg.errors import KgError
from kg.query.table import Table

if TYPE_CHECKING:
    from rich.progress import Progress

#: Formats of every command that answers with rows.
ROW_FORMATS = ("table", "csv", "tsv", "json", "xml")

#: Called with documents done, documents in all and characters done.
Report = Callable[[int, int, int], None]
Command = Callable[..., Any]


def graph_argument(command: Command) -> Command:
    """Add the argument that every command which reads a graph begins with."""
    return click.argument("graph", type=click.Path(path_type=Path))(command)


def format_option(*formats: str, default: str | None = None) -> Callable[[Command], Command]:
    """Add ``--format`` with these choices; the first one is the default unless another is named."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=default or formats[0],
        show_default=True,
        help="Form of the answer.",
    )


def write_rows(table: Table, form: str) -> None:
    """Print rows to standard output in one of ``ROW_FORMATS``."""
    if form == "table":
        _draw(table)
    elif form == "json":
        click.echo(json.dumps(list(table), ensure_ascii=False, indent=2, default=str))
    elif form == "xml":
        click.echo(_results(table))
    else:
        _separate(table, "," if form == "csv" else "\t")


def _draw(table: Table) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as Drawing
    from rich.text import Text

    drawn = Drawing(*table.columns, box=SIMPLE_HEAD, pad_edge=False)
    for row in table.rows:
        drawn.add_row(*(Text("" if value is None else str(value)) for value in row))
    # In a pipe nothing is folded: the reader there is a program or a pager.
    width = None if sys.stdout.isatty() else 1_000_000
    console(width).print(drawn)


def console(width: int | None = None) -> Any:
    """Return standard output as rich writes to it; as wide as the terminal when no width is given."""
    from rich.console import Console

    return Console(file=sys.stdout, width=width, highlight=False)


def _results(table: Table) -> str:
    """Return rows as SPARQL Query Results XML, every value a plain literal; nothing stands for what is not known."""
    from xml.etree import ElementTree

    root = ElementTree.Element("sparql", xmlns="http://www.w3.org/2005/sparql-results#")
    head, results = ElementTree.SubElement(root, "head"), ElementTree.SubElement(root, "results")
    for column in table.columns:
        ElementTree.SubElement(head, "variable", name=column)
    for row in table:
        result = ElementTree.SubElement(results, "result")
        for column, value in row.items():
            if value is not None:
                binding = ElementTree.SubElement(result, "binding", name=column)
                ElementTree.SubElement(binding, "literal").text = _XML_REFUSES.sub(
                    "\N{REPLACEMENT CHARACTER}", str(value)
                )
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode")


#: Characters that XML 1.0 cannot hold.
_XML_REFUSES = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _separate(table: Table, delimiter: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    click.echo(text.getvalue(), nl=False)


def note(message: str) -> None:
    """Say something that is not part of the answer."""
    click.echo(message, err=True)


@contextlib.contextmanager
def destination(file: Path | None) -> Iterator[BinaryIO]:
    """Open the file an answer goes to, standard output when there is none.

    A file appears under its name only when it is complete, so a failure leaves the older one as it was.
    """
    if file is None or str(file) == "-":
        yield sys.stdout.buffer
        return
    try:
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as part:
            kept = Path(part.name)
            try:
                yield part  # type: ignore[misc]  # a named temporary file is a binary file; typeshed says wrapper
            except BaseException:
                kept.unlink(missing_ok=True)
                raise
        kept.chmod(0o644)
        kept.replace(file)
    except OSError as error:
        raise KgError(f"{file}: cannot be written: {error.strerror or error}") from error


@contextlib.contextmanager
def progress(quiet: bool) -> Iterator[Report | None]:
    """Show documents done, rate and time left on a terminal; nothing in a pipe or when asked to be quiet."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    with _bar(sys.stderr) as bar:
        task = bar.add_task("reading", total=None, rate="")

        def report(done: int, total: int, characters: int) -> None:
            elapsed = bar.tasks[task].elapsed or 0.0
            rate = f"{characters / elapsed:,.0f} characters/s" if elapsed else ""
            bar.update(task, completed=done, total=total, rate=rate)

        yield report


def _bar(stream: IO[str]) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("left"),
        console=Console(file=stream),
        transient=True,
    )
