"""The command line: `inkwire serve`, `inkwire boards` and what else docs/cli.md tells."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from typing import Annotated

import typer

from inkwire.cli.backup import backup, restore
from inkwire.cli.boards import app as boards
from inkwire.cli.doctor import doctor
from inkwire.cli.draw import draw
from inkwire.cli.export_file import export_file
from inkwire.cli.import_files import import_files
from inkwire.cli.serve import serve
from inkwire.cli.watch import watch
from inkwire.errors import ConnectionLost, InkwireError, StoreUnavailable

REFUSED = 1
USAGE = 2
UNREACHABLE = 3
INTERRUPTED = 130
"""What shells say of a program that Ctrl-C ended."""

app = typer.Typer(
    name="inkwire",
    help="A self-hosted whiteboard: people open a link in a browser and draw together.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve)
app.command("import")(import_files)
app.command("export")(export_file)
app.command("draw")(draw)
app.command("watch")(watch)
app.command("backup")(backup)
app.command("restore")(restore)
app.command("doctor")(doctor)
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
    """Runs the command line.

    Exit codes: 0 done, 1 refused or failed, 2 used wrongly, 3 server or store does not answer, 130 Ctrl-C.
    """
    try:
        app()
    except InkwireError as error:
        print(f"inkwire: {error}", file=sys.stderr)
        unreachable = isinstance(error, ConnectionLost | StoreUnavailable)
        sys.exit(UNREACHABLE if unreachable else REFUSED)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:  # whoever read has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
