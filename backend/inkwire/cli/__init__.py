"""The command line: `inkwire serve`, `inkwire import`, `inkwire boards`."""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from inkwire.cli.boards import app as boards
from inkwire.cli.import_files import import_files
from inkwire.cli.serve import serve
from inkwire.errors import InkwireError

REFUSED = 1
USAGE = 2
INTERRUPTED = 130
"""What shells say of a program that Ctrl-C ended."""

app = typer.Typer(
    name="inkwire",
    help="A self-hosted whiteboard: people open a link in a browser and draw together.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve)
app.command("import")(import_files)
app.add_typer(boards, name="boards")


def _show_version(asked: bool) -> None:
    if asked:
        print(f"inkwire {version('inkwire')}")
        raise typer.Exit


@app.callback()
def _options(
    show_version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    pass


def main() -> None:
    """Runs the command line. Exit codes: 0 done, 1 refused or failed, 2 used wrongly, 130 Ctrl-C."""
    try:
        app()
    except InkwireError as error:
        print(f"inkwire: {error}", file=sys.stderr)
        sys.exit(REFUSED)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
