"""`inkwire backup` and `inkwire restore`."""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from inkwire.cli.boards import DataDir, RedisUrl
from inkwire.cli.open_store import the_store
from inkwire.cli.printing import Json, say
from inkwire.cli.whole_file import STDOUT, whole_file
from inkwire.config import Settings, load_settings
from inkwire.errors import BadFile, InkwireError
from inkwire.services import backup as service

Boards = Annotated[
    list[str], typer.Option("--board", default_factory=list, help="Only this board; repeat it.")
]


def backup(
    file: Annotated[Path, typer.Argument(help="Where to; - is standard output.")],
    board: Boards,
    data_dir: DataDir = None,
    redis_url: RedisUrl = None,
    as_json: Json = False,
) -> None:
    """Save all boards, their links, webhooks, activity and pictures as one file.

    People may go on drawing: each board is saved as it was at one moment. The file can be restored by any later
    Inkwire, on another machine and another store too. Keep it as safe as the boards: whoever restores it has them.
    """
    if file == STDOUT and as_json:
        raise typer.BadParameter("--json and - both want standard output")
    settings = load_settings(data_dir=data_dir, redis_url=redis_url)
    with whole_file(file) as out:
        counts = asyncio.run(_back_up(settings, out, board))
    if file != STDOUT:
        words = f"{_words(counts)}, {counts.bytes:,} bytes"
        missing = f"\nnote: {counts.missing:,} pictures are not where they should be"
        say(as_json, words + (missing if counts.missing else ""), file=str(file), **_facts(counts))


def restore(
    file: Annotated[Path, typer.Argument(help="A backup; - is standard input.")],
    board: Boards,
    force: Annotated[
        bool, typer.Option(help="Put the backup's boards in the place of those that are there.")
    ] = False,
    check: Annotated[bool, typer.Option(help="Only look whether the file is whole.")] = False,
    data_dir: DataDir = None,
    redis_url: RedisUrl = None,
    as_json: Json = False,
) -> None:
    """Bring back the boards of a backup; their links go on to open them.

    The file is read to its end first: of one that is cut off or damaged nothing is restored. Boards that are there
    already stop it, unless --force is given. It may run beside a server.
    """
    settings = load_settings(data_dir=data_dir, redis_url=redis_url)
    with _opened(file) as given:
        if check:
            held, _ = service.check(given)
            say(as_json, f"whole: {_words(held)}", **_facts(held))
            return
        counts = asyncio.run(_restore(settings, given, board, force=force))
    say(as_json, f"restored: {_words(counts)}", **_facts(counts))


async def _back_up(settings: Settings, out: BinaryIO, only: list[str]) -> service.Counts:
    async with the_store(settings) as store:
        with _Bars() as bars:
            return await service.back_up(
                store, out, now_ms=_now_ms(), only=only, progress=bars.show
            )


async def _restore(
    settings: Settings, file: BinaryIO, only: list[str], *, force: bool
) -> service.Counts:
    async with the_store(settings) as store:
        with _Bars() as bars:
            return await service.restore(
                store, file, clock=_now_ms, only=only, replace=force, progress=bars.show
            )


class _Bars(Progress):
    """One bar for boards, then one for pictures; on a terminal only."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        super().__init__(*columns, console=console, transient=True, disable=not console.is_terminal)

    def show(self, what: str, done: int, total: int) -> None:
        """Where it is now."""
        for task in self.tasks:
            if task.description == what:
                self.update(task.id, completed=done, total=total)
                return
        self.add_task(what, completed=done, total=total)


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    """The file; what comes by standard input is kept aside, because it is read twice."""
    try:
        if file == STDOUT:
            with tempfile.TemporaryFile() as kept:
                shutil.copyfileobj(sys.stdin.buffer, kept)
                kept.seek(0)
                yield kept
        else:
            with file.open("rb") as given:
                yield given
    except BadFile as error:
        words = str(error).removeprefix(f"{error.where}: ")
        raise BadFile(f"{words} Nothing was restored.", error.where) from None
    except OSError as error:
        raise InkwireError(f"{file}: {error.strerror}") from None


def _words(counts: service.Counts) -> str:
    told = {"board": counts.boards, "element": counts.elements, "picture": counts.pictures}
    return ", ".join(f"{n:,} {what}{'' if n == 1 else 's'}" for what, n in told.items())


def _facts(counts: service.Counts) -> dict[str, int]:
    return {
        "boards": counts.boards,
        "elements": counts.elements,
        "pictures": counts.pictures,
        "missing": counts.missing,
        "bytes": counts.bytes,
    }


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
