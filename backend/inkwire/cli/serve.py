"""`inkwire serve`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from inkwire.config import load_settings


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; 0.0.0.0 for all.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 for a free one.")] = None,
    workers: Annotated[int | None, typer.Option(help="Worker processes.")] = None,
    data_dir: Annotated[
        Path | None, typer.Option(help="Folder of the embedded store and of pictures.")
    ] = None,
    redis_url: Annotated[
        str | None, typer.Option(help="A Redis or Valkey to use instead of the embedded store.")
    ] = None,
    public_url: Annotated[
        str | None, typer.Option(help="Where people reach this server; goes into links.")
    ] = None,
    log_level: Annotated[str | None, typer.Option(help="debug, info, warning or error.")] = None,
) -> None:
    """Serve boards until Ctrl-C. Every option is also an environment variable, INKWIRE_PORT and so on."""
    from inkwire import launcher  # uvicorn is slow to import, and the other commands need none

    settings = load_settings(
        host=host,
        port=port,
        workers=workers,
        data_dir=data_dir,
        redis_url=redis_url,
        public_url=public_url,
        log_level=log_level,
    )
    raise typer.Exit(launcher.serve(settings, _announce))


def _announce(address: str) -> None:
    print(f"Inkwire is running at {address}", flush=True)
