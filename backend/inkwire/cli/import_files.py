"""`inkwire import`."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from random import SystemRandom
from typing import Annotated, BinaryIO

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from inkwire.cli.boards import DataDir, RedisUrl
from inkwire.cli.open_store import the_store
from inkwire.cli.printing import Json
from inkwire.config import Settings, load_settings
from inkwire.importing.plan import ImportPlan
from inkwire.services.imports import NamedFile, plan_files, put_on_board

PERSON = "inkwire-import"
"""Who did it, in the board's history."""


def import_files(
    files: Annotated[
        list[Path], typer.Argument(help="Files: .inkwire, .ndjson, .excalidraw, .tldr, pictures.")
    ],
    board: Annotated[str, typer.Option(help="The board's id.")],
    at: Annotated[
        str | None,
        typer.Option(help="x,y: the middle of the first file. Default: right of what is there."),
    ] = None,
    data_dir: DataDir = None,
    redis_url: RedisUrl = None,
    as_json: Json = False,
) -> None:
    """Put drawings from files on a board. All files are read before anything is changed."""
    settings = load_settings(data_dir=data_dir, redis_url=redis_url)
    with ExitStack() as opened:
        named = [NamedFile(str(path), opened.enter_context(_opened(path))) for path in files]
        plans = asyncio.run(_import(settings, named, board, _point(at)))
    _report(plans, as_json=as_json)


async def _import(
    settings: Settings, files: Sequence[NamedFile], board: str, at: tuple[float, float] | None
) -> list[ImportPlan]:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    async with the_store(settings) as store:
        with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bars:
            reading = bars.add_task("reading", total=None)
            plans = await plan_files(
                store,
                board,
                files,
                at=at,
                random=SystemRandom(),
                progress=partial(_show, bars, reading),
            )
            bars.remove_task(reading)
            for file, plan in zip(files, plans, strict=True):
                task = bars.add_task(Path(file.name).name, total=len(plan.elements))
                await put_on_board(
                    store,
                    board,
                    plan,
                    person=PERSON,
                    clock=lambda: time.time_ns() // 1_000_000,
                    progress=partial(_show, bars, task),
                    board_picture_bytes=settings.board_picture_bytes,
                )
    return plans


def _show(bars: Progress, task: TaskID, done: int, total: int) -> None:
    bars.update(task, completed=done, total=total or None)


def _report(plans: Iterable[ImportPlan], *, as_json: bool) -> None:
    types: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for plan in plans:
        types.update(plan.types)
        others.update({f"skipped, unknown type {name}": n for name, n in plan.skipped.items()})
        others.update(plan.notes)
    if as_json:
        print(json.dumps({"elements": types.total(), "types": types, "notes": others}))
        return
    width = len(f"{types.total():,}")
    for name, count in sorted(types.items(), key=lambda item: (-item[1], item[0])):
        print(f"{count:>{width},} {name}")
    print(f"{types.total():,} elements imported")
    for name, count in others.items():
        print(f"note: {count:,} × {name}")


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}") from None


def _point(text: str | None) -> tuple[float, float] | None:
    if text is None:
        return None
    try:
        x, y = (float(part) for part in text.split(","))
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not x,y, such as 100,-50") from None
    if not (abs(x) <= 1e6 and abs(y) <= 1e6):
        raise typer.BadParameter("x and y lie between -1,000,000 and 1,000,000")
    return x, y
