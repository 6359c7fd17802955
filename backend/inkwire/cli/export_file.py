"""`inkwire export`."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Annotated, Final

import typer

from inkwire.cli.printing import Json, byte_bars, say
from inkwire.cli.server import BoardLink, address_of, streamed
from inkwire.cli.whole_file import STDOUT, whole_file
from inkwire.client.address import Address
from inkwire.errors import InkwireError, StoreUnavailable

PATIENCE_SECONDS: Final = 60.0
"""How long a server that is busy is asked again."""
_FORMAT: Final = re.compile(r"[a-z0-9]{1,20}")


def export_file(
    file: Annotated[
        Path, typer.Argument(help="Where to; its ending says the format. - is standard output.")
    ],
    link: BoardLink,
    format_: Annotated[
        str,
        typer.Option("--format", "-f", help="The format, where the file's name does not say it."),
    ] = "",
    frame: Annotated[str, typer.Option(help="Only what shows in the frame of this id.")] = "",
    region: Annotated[str, typer.Option(help="x,y,width,height: only what shows there.")] = "",
    ids: Annotated[str, typer.Option(help="Only these elements, with commas.")] = "",
    scale: Annotated[float | None, typer.Option(help="Pixels for a world unit.")] = None,
    theme: Annotated[str, typer.Option(help="light or dark.")] = "light",
    background: Annotated[bool, typer.Option(help="Paint the paper.")] = True,
    padding: Annotated[float | None, typer.Option(help="World units around it.")] = None,
    as_json: Json = False,
) -> None:
    """Save a board of a running server as a file: svg, json, and what else the server writes.

    The file is there when it is whole, or not at all.
    """
    address = address_of(link)
    form = format_ or file.suffix.removeprefix(".").lower()
    if not _FORMAT.fullmatch(form):
        raise typer.BadParameter("say the format with --format, or by the file's ending")
    if file == STDOUT and as_json:
        raise typer.BadParameter("--json and - both want standard output")
    query = {"frame": frame, "region": region, "ids": ids, "theme": theme}
    query |= {"scale": _number(scale), "padding": _number(padding)}
    if not background:
        query["background"] = "false"
    query = {name: value for name, value in query.items() if value and value != "light"}
    size = _fetched(address, form, query, file)
    if file != STDOUT:
        words = f"{file}: {size:,} bytes"
        say(as_json, words, file=str(file), format=form, bytes=size)


def _fetched(address: Address, form: str, query: dict[str, str], file: Path) -> int:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with streamed(address, f"/export.{form}", query) as answer, whole_file(file) as target:
                size = 0
                with byte_bars() as bars:
                    total = answer.headers.get("content-length")
                    task = bars.add_task(form, total=int(total) if total else None)
                    for piece in answer.iter_bytes():
                        target.write(piece)
                        size += len(piece)
                        bars.update(task, advance=len(piece))
                return size
        except StoreUnavailable as error:
            if time.monotonic() + error.retry_after > until:
                raise
            time.sleep(error.retry_after)
        except InkwireError as error:
            if str(error) in ("The server answered 404.", "Not Found"):
                raise InkwireError(f"This server writes no {form!r} files.") from None
            raise


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
