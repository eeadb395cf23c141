"""Commands that ask a graph: ``facts``, ``query``, ``show``, ``stats`` and ``issues``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kg.cli import output
from kg.errors import QueryError
from kg.query.table import Table
from kg.records import Issue

#: A word with one of these is meant as a file, so that a missing file is not taken for bad SPARQL.
QUERY_SUFFIXES = (".rq", ".sparql")


@click.command()
@output.graph_argument
def facts(graph: Path) -> None:
    """Print every fact as a line of JSON, with its quote and offsets.

    In Python: kg.query.facts.facts.
    """
    from kg.query.facts import facts as read

    for fact in read(graph):
        click.echo(json.dumps(fact, ensure_ascii=False))


@click.command()
@output.graph_argument
@click.argument("query", metavar="[QUERY|FILE|-]", default="-")
@output.format_option("table", "csv", "tsv", "json", "xml", "ttl", "nt", "jsonld")
def query(graph: Path, query: str, form: str) -> None:
    """Ask a SPARQL query: words, a file or standard input.

    SELECT and ASK answer as table, csv, tsv, json or xml; CONSTRUCT and DESCRIBE as ttl, nt or jsonld.

    In Python: kg.query.sparql.query.
    """
    from kg.query.sparql import query as ask

    result = ask(graph, _query_text(query))
    if form == "table":
        output.write_rows(result.table(), form)
    else:
        result.write(sys.stdout, form)


def _query_text(query: str) -> str:
    if query == "-":
        return sys.stdin.read()
    file = Path(query)
    if not _is_file(file):
        if file.suffix in QUERY_SUFFIXES and "{" not in query:
            raise QueryError(f"{query}: there is no such query file")
        return query
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{query}: the query file cannot be read: {error}") from error


def _is_file(file: Path) -> bool:
    """Return whether a file is there; a query too long for a file name is none."""
    try:
        return file.is_file()
    except OSError:
        return False


@click.command()
@output.graph_argument
@click.argument("name")
@output.format_option("text", "json")
def show(graph: Path, name: str, form: str) -> None:
    """Print everything known of the thing called NAME, with quotes.

    In Python: kg.query.show.show.
    """
    from kg.query.show import show as find

    card = find(graph, name)
    click.echo(json.dumps(card.to_dict(), ensure_ascii=False, indent=2) if form == "json" else str(card))


@click.command()
@output.graph_argument
@output.format_option(*output.ROW_FORMATS)
def stats(graph: Path, form: str) -> None:
    """Count what is in a graph, by type.

    In Python: kg.query.stats.stats.
    """
    from kg.query.stats import stats as count

    output.write_rows(count(graph), form)


@click.command()
@output.graph_argument
@output.format_option(*output.ROW_FORMATS)
@click.option("--count", is_flag=True, help="Only how many there are of each kind.")
def issues(graph: Path, form: str, count: bool) -> None:
    """List what was not read or not understood, with place and reason.

    In Python: kg.issues.read.
    """
    from kg.issues import count as tally
    from kg.issues import read
    from kg.store.folder import open_graph

    found = read(open_graph(graph).records / "issues.jsonl")
    if count:
        table = Table(("stage", "kind", "number"), tuple(tally(found)))
    else:
        table = Table(("stage", "kind", "place", "text", "message"), tuple(map(_issue_row, found)))
    output.write_rows(table, form)


def _issue_row(issue: Issue) -> tuple[str, str, str, str, str]:
    place = issue.path if issue.start is None else f"{issue.path}:{issue.start}-{issue.end}"
    return issue.stage, issue.kind, place, issue.text, issue.message
