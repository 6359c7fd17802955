"""`inkwire boards`: list, make and delete them, and their links."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from inkwire.access.links import board_url
from inkwire.cli.open_store import the_store
from inkwire.cli.printing import Json, printable, say
from inkwire.config import Settings, load_settings
from inkwire.errors import BoardNotFound, InkwireError
from inkwire.protocol.labels import is_label
from inkwire.protocol.limits import MAX_TITLE
from inkwire.protocol.scalars import Role
from inkwire.services.sweep import GRACE_DAYS, Swept
from inkwire.services.sweep import sweep as sweep_pictures
from inkwire.store.connect import store_url
from inkwire.store.embedded import renew_epochs

app = typer.Typer(help="List, make and delete boards and their links.", no_args_is_help=True)

DataDir = Annotated[Path | None, typer.Option(help="Folder of the embedded store.")]
RedisUrl = Annotated[str | None, typer.Option(help="The store, where it is not the embedded one.")]


@app.command("list")
def list_boards(
    data_dir: DataDir = None, redis_url: RedisUrl = None, as_json: Json = False
) -> None:
    """List every board, oldest first. Links are not shown: the store keeps only hashes of them."""
    asyncio.run(_list(load_settings(data_dir=data_dir, redis_url=redis_url), as_json=as_json))


@app.command()
def create(
    title: Annotated[str, typer.Argument(help="What the board is called.")] = "",
    data_dir: DataDir = None,
    redis_url: RedisUrl = None,
    as_json: Json = False,
) -> None:
    """Make a board and print its links, which are shown only this once."""
    if len(title) > MAX_TITLE:
        raise typer.BadParameter(f"a title has at most {MAX_TITLE} characters")
    if not is_label(title):
        raise typer.BadParameter(
            "a title stands on one line and has no characters that do not show"
        )
    settings = load_settings(data_dir=data_dir, redis_url=redis_url)
    asyncio.run(_create(settings, title, as_json=as_json))


@app.command()
def link(
    board: Annotated[str, typer.Argument(help="The board's id.")],
    role: Annotated[Role, typer.Option(help="What the link allows.")] = "editor",
    data_dir: DataDir = None,
    redis_url: RedisUrl = None,
    as_json: Json = False,
) -> None:
    """Make another link to a board and print it; the earlier ones stay valid."""
    settings = load_settings(data_dir=data_dir, redis_url=redis_url)
    asyncio.run(_link(settings, board, role, as_json=as_json))


@app.command()
def links(
    board: Annotated[str, typer.Argument(help="The board's id.")],
    data_dir: DataDir = None,
    redis_url: RedisUrl = None,
    as_json: Json = False,
) -> None:
    """List a board's links by what they allow. The ids open nothing; `withdraw` takes them."""
    settings = load_settings(data_dir=data_dir, redis_url=redis_url)
    asyncio.run(_links(settings, board, as_json=as_json))


@app.command()
def withdraw(
    board: Annotated[str, typer.Argument(help="The board's id.")],
    link: Annotated[str, typer.Argument(help="The link's id, from `links`.")],
    data_dir: DataDir = None,
    redis_url: RedisUrl = None,
) -> None:
    """Withdraw a link: it opens nothing any more, and who came by it is sent away."""
    asyncio.run(_withdraw(load_settings(data_dir=data_dir, redis_url=redis_url), board, link))


@app.command()
def delete(
    board: Annotated[str, typer.Argument(help="The board's id.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    data_dir: DataDir = None,
    redis_url: RedisUrl = None,
) -> None:
    """Delete a board for good; who has it open is told. Its pictures go with the next `sweep`."""
    settings = load_settings(data_dir=data_dir, redis_url=redis_url)
    asyncio.run(_delete(settings, board, yes=yes))


@app.command()
def renew(data_dir: DataDir = None, redis_url: RedisUrl = None, as_json: Json = False) -> None:
    """Begin a new epoch on every board: run it once after restoring a backup of the store.

    Browsers that saw more than the backup holds then load the board anew, instead of taking a later
    commit for one they know.
    """
    count = asyncio.run(_renew(load_settings(data_dir=data_dir, redis_url=redis_url)))
    say(as_json, f"{count} boards begin a new epoch", boards=count)


@app.command()
def sweep(
    days: Annotated[
        float, typer.Option(help="How long a picture stays after it was first found unused.", min=0)
    ] = GRACE_DAYS,
    data_dir: DataDir = None,
    redis_url: RedisUrl = None,
    as_json: Json = False,
) -> None:
    """Delete pictures that no board has named for a month, counted from the first sweep that saw it.

    Run it once a day or a week, beside the server or without it.
    """
    done = asyncio.run(_sweep(load_settings(data_dir=data_dir, redis_url=redis_url), days))
    words = f"{done.deleted} pictures deleted, {done.bytes / 2**20:.1f} MiB"
    say(as_json, f"{words}\n{done.unused} are unused and wait", **asdict(done))


async def _list(settings: Settings, *, as_json: bool) -> None:
    table = Table("id", "title", "elements", "commits", "made", box=None)
    async with the_store(settings) as store:
        async for board in store.boards():
            if as_json:
                print(json.dumps(asdict(board), ensure_ascii=False))
                continue
            made = datetime.fromtimestamp(board.created_ms / 1000, UTC)
            table.add_row(
                board.id,
                Text(printable(board.title)),
                str(board.elements),
                str(board.seq),
                f"{made:%Y-%m-%d %H:%M}",
            )
    if not as_json:
        Console().print(table)


async def _create(settings: Settings, title: str, *, as_json: bool) -> None:
    async with the_store(settings) as store:
        board = await store.create_board(title, time.time_ns() // 1_000_000)
    if not as_json:
        print(f"board  {board.id}")
    _print_links(settings, board.id, board.links, as_json=as_json)


async def _link(settings: Settings, board: str, role: Role, *, as_json: bool) -> None:
    async with the_store(settings) as store:
        token = await store.add_link(board, role)
    _print_links(settings, board, {role: token}, as_json=as_json)


async def _links(settings: Settings, board: str, *, as_json: bool) -> None:
    async with the_store(settings) as store:
        for each in await store.register.links(board):
            say(as_json, f"{each.role:<9} {each.id}", id=each.id, role=each.role)


async def _withdraw(settings: Settings, board: str, link: str) -> None:
    async with the_store(settings) as store:
        if not await store.register.withdraw_link(board, link):
            raise InkwireError("The board has no link of that id.")
        await store.activity.ring(board)


async def _delete(settings: Settings, board: str, *, yes: bool) -> None:
    async with the_store(settings) as store:
        meta = await store.board(board)
        if meta is None:
            raise BoardNotFound("no such board")
        words = f"Delete “{printable(meta.title)}” with {meta.elements:,} elements for good?"
        if not yes and not typer.confirm(words):
            raise typer.Exit(1)
        await store.register.delete(board)
        await store.activity.ring(board)


async def _renew(settings: Settings) -> int:
    async with the_store(settings):
        return await asyncio.to_thread(renew_epochs, store_url(settings))


async def _sweep(settings: Settings, days: float) -> Swept:
    async with the_store(settings) as store:
        return await sweep_pictures(store, now_ms=time.time_ns() // 1_000_000, grace_days=days)


def _print_links(
    settings: Settings, board: str, links: Mapping[Role, str], *, as_json: bool
) -> None:
    base = settings.public_url or f"http://{settings.host}:{settings.port}"
    urls = {role: board_url(base, board, token) for role, token in links.items()}
    if as_json:
        print(json.dumps({"board": board, "links": urls}))
        return
    for role, url in urls.items():
        print(f"{role:<6} {url}")
