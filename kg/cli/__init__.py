"""The command line: each command parses its arguments, calls one function of ``kg`` and prints.

Answers go to standard output, all else to standard error. Exit codes: 0 done, 1 an error of ours in one line,
2 wrong usage, 130 interrupted. The stages of ``kg`` are imported inside the commands, so that ``kg --help`` is quick.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import NoReturn

import click

from kg import __version__
from kg.cli import ask, build, check, coverage, export, mcp, questions, review, search, serve, settings
from kg.errors import KgError

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
@click.pass_context
def commands(context: click.Context) -> None:
    """Turn Chinese local-government documents into a knowledge graph, and ask it."""
    context.obj = settings.read()


for _command in (
    build.build,
    questions.ask,
    ask.facts,
    ask.query,
    ask.show,
    search.search,
    ask.stats,
    ask.issues,
    export.export,
    export.network,
    check.validate,
    review.review,
    serve.serve,
    mcp.mcp,
    coverage.coverage,
):
    commands.add_command(_command)


def main() -> NoReturn:
    """Run the command line of this process and end it with the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; every failure becomes one line on standard error."""
    return guarded(lambda: _invoke(arguments))


def guarded(action: Callable[[], int]) -> int:
    """Do something and turn whatever leaves it into an exit code."""
    try:
        return action()
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("kg: interrupted", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        _give_up_output()
        return FAILED
    except KgError as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except Exception as error:
        return _fail(f"internal error, please report it: {type(error).__name__}: {error} (KG_DEBUG=1 shows where)")


def _invoke(arguments: Sequence[str]) -> int:
    with commands.make_context("kg", list(arguments)) as context:
        commands.invoke(context)
    sys.stdout.flush()
    return OK


def _fail(message: str) -> int:
    if settings.is_debugging():
        traceback.print_exc()
    click.echo("kg: " + " ".join(message.split()), err=True)
    return FAILED


def _give_up_output() -> None:
    """Let the reader of a pipe go away in silence; else Python complains when it flushes at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
