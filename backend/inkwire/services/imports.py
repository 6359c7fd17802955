"""Putting files on a board: all are read and checked before the first change, then pushed like edits."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import BinaryIO, Final

from inkwire.errors import Abandoned, BadFile, BoardNotFound, Refusal, StoreUnavailable
from inkwire.importing.plan import ImportPlan
from inkwire.importing.read import plan_file
from inkwire.importing.target import Target
from inkwire.protocol.codes import RefusalCode
from inkwire.protocol.limits import MAX_ELEMENTS, MAX_OPS
from inkwire.protocol.ops import Delete, Op
from inkwire.rooms.bounds import Box, bounds_of
from inkwire.services.pictures import store_picture
from inkwire.store.board_store import Applied, BoardStore, Duplicate

PATIENCE_SECONDS: Final = 30.0
"""How long a store that does not answer is asked again, in the middle of an import."""
PAUSE_SECONDS: Final = 0.2

Progress = Callable[[int, int], None]
"""Told how many elements are done, and of how many; maybe from another thread."""
Clock = Callable[[], int]
"""Unix time in milliseconds."""


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file open at its beginning, which it stays until it is on the board; ``name`` is for messages."""

    name: str
    content: BinaryIO


async def plan_files(
    store: BoardStore,
    board: str,
    files: Sequence[NamedFile],
    *,
    at: tuple[float, float] | None,
    random: Random,
    progress: Progress | None = None,
) -> list[ImportPlan]:
    """What the files would put on the board; changes nothing.

    The first is centred on ``at`` (world units) or stands right of what is there, each other one
    right of the one before. On an empty board the first file, if it is of Inkwire's own, is what it was.
    Errors: ``BadFile`` with the file's name, ``Refusal`` (``board-full``),
    and those of the store.
    """
    meta = await store.board(board)
    if meta is None:
        raise BoardNotFound("no such board")
    above = await store.highest_key(board)
    beside = None if at is not None else await _extent(store, board)
    plans: list[ImportPlan] = []
    count = meta.elements
    for file in files:
        target = Target(None if plans else at, above, beside, is_empty=count == 0)
        plan = await asyncio.to_thread(_plan, file, target, random, progress)
        count += len(plan.elements)
        if count > MAX_ELEMENTS:
            raise Refusal(
                RefusalCode.BOARD_FULL,
                f"The board would hold more than {MAX_ELEMENTS:,} elements.",
            )
        if plan.elements:
            above = plan.elements[-1].z
            x, y, width, height = plan.bounds
            beside = Box(x, y, x + width, y + height).joined(beside)
        plans.append(plan)
    return plans


async def put_on_board(
    store: BoardStore,
    board: str,
    plan: ImportPlan,
    *,
    person: str,
    clock: Clock,
    progress: Progress | None = None,
    board_picture_bytes: int = 2**30,
) -> None:
    """Pushes a plan as one gesture of ``person``; takes back what it did when it cannot go on.

    ``progress`` may raise ``Abandoned`` to end it. Errors: those of ``BoardStore.commit``; a store that does
    not answer is asked again for a while.
    """
    await store_pictures(store, board, plan, board_picture_bytes)
    author = Author(store, board, person, clock)
    done = 0
    try:
        for ops in plan.pushes():
            await author.push(ops)
            done += len(ops)
            if progress is not None:
                progress(done, len(plan.elements))
    except (Refusal, Abandoned, asyncio.CancelledError) as error:
        # Of a push that was cut short nobody knows whether it was stored: it is taken back as well, and under
        # numbers of its own.
        if isinstance(error, StoreUnavailable | asyncio.CancelledError):
            done += MAX_OPS
        taking_back = Author(store, board, person, clock)
        ids = plan.ids[:done]
        for first in range(0, len(ids), MAX_OPS):
            await taking_back.push([Delete(id_) for id_ in ids[first : first + MAX_OPS]])
        raise


async def store_pictures(store: BoardStore, board: str, plan: ImportPlan, board_bytes: int) -> None:
    """Keeps a plan's pictures for the board, one after the other; errors as of ``store_picture``."""
    for name in plan.files:
        data = await asyncio.to_thread(plan.files.__getitem__, name)
        await store_picture(store, board, data, board_bytes=board_bytes)


class Author:
    """One client of the store: each push is numbered, and so may be sent again."""

    def __init__(self, store: BoardStore, board: str, person: str, clock: Clock) -> None:
        self._store = store
        self._board = board
        self._person = person
        self._clock = clock
        self._cid = f"import-{secrets.token_urlsafe(15)}"
        self._n = 0

    async def push(self, ops: Sequence[Op]) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + PATIENCE_SECONDS
        while True:
            try:
                result = await self._store.commit(
                    self._board,
                    cid=self._cid,
                    n=self._n + 1,
                    gesture=self._cid,
                    person=self._person,
                    at_ms=self._clock(),
                    ops=ops,
                )
            except StoreUnavailable:
                if loop.time() > deadline:
                    raise
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            if not isinstance(result, Applied | Duplicate):
                raise StoreUnavailable("The store lost what was imported so far.")
            self._n += 1
            return


def _plan(file: NamedFile, target: Target, random: Random, progress: Progress | None) -> ImportPlan:
    try:
        return plan_file(file.content, target, random=random, progress=progress)
    except BadFile as error:
        message = str(error).removeprefix(f"{error.where}: ")
        raise type(error)(f"{file.name}: {message}", error.where) from None


async def _extent(store: BoardStore, board: str) -> Box | None:
    box: Box | None = None
    async for elements in store.in_paint_order(board):
        for element in elements:
            box = bounds_of(element).joined(box)
    return box
