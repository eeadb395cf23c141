"""The command ``serve``: the service of one graph."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import output

#: Seconds that a connection without a request stays open; clients that ask now and then need no new one.
_KEPT_ALIVE = 75
_HOLD = "Hold the graph in memory when it needs no more than so many MB there.  [default: an eighth of what is free]"


@click.command()
@output.graph_argument
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port to listen on.")
@click.option("--seconds", default=30.0, show_default=True, type=click.FloatRange(0.1), help="Time limit of a query.")
@click.option("--rows", default=1_000_000, show_default=True, type=click.IntRange(1), help="Row limit of an answer.")
@click.option(
    "--memory", default=2048, show_default=True, type=click.IntRange(64), help="Memory limit of a query, in MB."
)
@click.option("--hold", default=None, type=click.IntRange(0), help=_HOLD)
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File of judgements that “report as wrong” appends lines to; without it a line is a download.",
)
def serve(
    graph: Path, host: str, port: int, seconds: float, rows: int, memory: int, hold: int | None, decisions: Path | None
) -> None:
    """Open a graph in the browser and for programs: pages, network and SPARQL at http://HOST:PORT/.

    In Python: kg.serve.app.app.
    """
    import uvicorn

    from kg.serve.app import app
    from kg.serve.pool import Limits

    limits = Limits(seconds=seconds, rows=rows, megabytes=memory, held=hold)
    application = app(graph, limits, decisions)
    output.note(f"http://{host}:{port}/ shows {graph}; Ctrl-C ends it")
    uvicorn.run(
        application, host=host, port=port, log_level="warning", access_log=False, timeout_keep_alive=_KEPT_ALIVE
    )
