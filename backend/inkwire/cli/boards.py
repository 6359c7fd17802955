"""`inkwire boards`: list them, make one, make links."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from inkwire.access.links import board_url
from inkwire.cli.open_store import the_store
from inkwire.config import Settings, load_settings
from inkwire.protocol.labels import is_label
from inkwire.protocol.limits import MAX_TITLE
from inkwire.protocol.scalars import Role
from inkwire.services.sweep import GRACE_DAYS
from inkwire.services.sweep import sweep as sweep_pictures
from inkwire.store.connect import store_url
from inkwire.store.embedded import renew_epochs

app = typer.Typer(help="List boards, make boards and links.", no_args_is_help=True)

DataDir = Annotated[Path | None, typer.Option(help="Folder of the embedded store.")]
RedisUrl = Annotated[str | None, typer.Option(help="The store, where it is not the embedded one.")]


@app.command("list")
def list_boards(data_dir: DataDir = None, redis_url: RedisUrl = None) -> None:
    """List every board, oldest first. Links are not shown: the store keeps only hashes of them."""
    asyncio.run(_list(load_settings(data_dir=data_dir, redis_url=redis_url)))


@app.command()
def create(
    title: Annotated[str, typer.Argument(help="What the board is called.")] = "",
    data_dir: DataDir = None,
    redis_url: RedisUrl = None,
) -> None:
    """Make a board and print its links, which are shown only this once."""
    if len(title) > MAX_TITLE:
        raise typer.BadParameter(f"a title has at most {MAX_TITLE} characters")
    if not is_label(title):
        raise typer.BadParameter(
            "a title stands on one line and has no characters that do not show"
        )
    asyncio.run(_create(load_settings(data_dir=data_dir, redis_url=redis_url), title))


@app.command()
def link(
    board: Annotated[str, typer.Argument(help="The board's id.")],
    role: Annotated[Role, typer.Option(help="What the link allows.")] = "editor",
    data_dir: DataDir = None,
    redis_url: RedisUrl = None,
) -> None:
    """Make another link to a board and print it; the earlier ones stay valid."""
    asyncio.run(_link(load_settings(data_dir=data_dir, redis_url=redis_url), board, role))


@app.command()
def renew(data_dir: DataDir = None, redis_url: RedisUrl = None) -> None:
    """Begin a new epoch on every board: run it once after restoring a backup of the store.

    Browsers that saw more than the backup holds then load the board anew, instead of taking a later
    commit for one they know.
    """
    asyncio.run(_renew(load_settings(data_dir=data_dir, redis_url=redis_url)))


@app.command()
def sweep(
    days: Annotated[
        float, typer.Option(help="How long a picture stays after it was first found unused.", min=0)
    ] = GRACE_DAYS,
    data_dir: DataDir = None,
    redis_url: RedisUrl = None,
) -> None:
    """Delete pictures that no board has named for a month, counted from the first sweep that saw it.

    Run it once a day or a week, beside the server or without it.
    """
    asyncio.run(_sweep(load_settings(data_dir=data_dir, redis_url=redis_url), days))


async def _list(settings: Settings) -> None:
    table = Table("id", "title", "elements", "commits", "made", box=None)
    async with the_store(settings) as store:
        async for board in store.boards():
            made = datetime.fromtimestamp(board.created_ms / 1000, UTC)
            table.add_row(
                board.id,
                _printable(board.title),
                str(board.elements),
                str(board.seq),
                f"{made:%Y-%m-%d %H:%M}",
            )
    Console().print(table)


async def _create(settings: Settings, title: str) -> None:
    async with the_store(settings) as store:
        board = await store.create_board(title, time.time_ns() // 1_000_000)
    print(f"board  {board.id}")
    _print_links(settings, board.id, board.links)


async def _link(settings: Settings, board: str, role: Role) -> None:
    async with the_store(settings) as store:
        token = await store.add_link(board, role)
    _print_links(settings, board, {role: token})


async def _renew(settings: Settings) -> None:
    async with the_store(settings):
        count = await asyncio.to_thread(renew_epochs, store_url(settings))
    print(f"{count} boards begin a new epoch")


async def _sweep(settings: Settings, days: float) -> None:
    async with the_store(settings) as store:
        done = await sweep_pictures(store, now_ms=time.time_ns() // 1_000_000, grace_days=days)
    print(f"{done.deleted} pictures deleted, {done.bytes / 2**20:.1f} MiB")
    print(f"{done.unused} are unused and wait")


def _printable(title: str) -> Text:
    """Nothing in a title may move the cursor, or be read as markup."""
    return Text(
        "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in title)
    )


def _print_links(settings: Settings, board: str, links: Mapping[Role, str]) -> None:
    base = settings.public_url or f"http://{settings.host}:{settings.port}"
    for role, token in links.items():
        print(f"{role:<6} {board_url(base, board, token)}")
