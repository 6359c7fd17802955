"""A room with one steady author and an audience that notes how old things are when they arrive."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

from inkwire.client import Board, connect
from inkwire.protocol.frames import Commit, Merged
from tests.harness.server import NewBoard, Server

ELEMENTS = 20
GUARD_SECONDS = 60.0


class Author:
    """Moves or rewrites a few elements at a steady rate; ``sent_at`` by the seq that a push gets.

    It is the board's only author, so that its pushes are the board's commits.
    """

    def __init__(self, board: Board) -> None:
        self.board = board
        self.sent_at: dict[int, float] = {}
        self._loop = asyncio.get_running_loop()
        self._under_way: set[asyncio.Task[int]] = set()

    @classmethod
    @contextlib.asynccontextmanager
    async def at(cls, server: Server, made: NewBoard) -> AsyncIterator[Author]:
        """Enters and puts the elements."""
        async with await connect(server.link(made)) as board:
            author = cls(board)
            await board.push([["put", _text(k)] for k in range(ELEMENTS)])
            author.sent_at[board.n] = author._loop.time()
            reading = asyncio.create_task(author._forget())
            yield author
        await reading

    async def drag(self, seconds: float, *, per_second: float, ops: int) -> None:
        """So many pushes a second of so many moves each."""
        await self._beat(seconds, per_second, lambda n: _moves(n, ops))

    async def write(self, seconds: float, *, bytes_per_second: float) -> None:
        """Rewrites texts, two of 8 kB in a push, as fast as that."""
        await self._beat(seconds, bytes_per_second / 16_000, lambda n: _texts(n, 2))

    async def _forget(self) -> None:
        """What the author is told is not kept."""
        async for _ in self.board.commits():
            pass

    async def _beat(
        self, seconds: float, per_second: float, ops: Callable[[int], list[list[Any]]]
    ) -> None:
        start, sent = self._loop.time(), 0
        while self._loop.time() < start + seconds:
            while sent < (self._loop.time() - start) * per_second:
                n = self.board.n + 1
                self.sent_at[n] = self._loop.time()
                task = asyncio.create_task(self.board.push(ops(n)))
                self._under_way.add(task)
                await asyncio.sleep(0)
                sent += 1
            await asyncio.wait(self._under_way or {_never()}, timeout=0.005)
            await self._settle(done_only=True)
        await self._settle()

    async def _settle(self, *, done_only: bool = False) -> None:
        waited = [task for task in self._under_way if task.done() or not done_only]
        async with asyncio.timeout(GUARD_SECONDS):
            for outcome in await asyncio.gather(*waited, return_exceptions=True):
                # A busy machine's store may be late; the number is given to a later push.
                if isinstance(outcome, BaseException) and not getattr(outcome, "retryable", False):
                    raise outcome
        self._under_way.difference_update(waited)


class Listener:
    """Reads everything; ``ages`` of what came, in seconds, and ``came_at``."""

    def __init__(self, board: Board, author: Author) -> None:
        self.board = board
        self.ages: list[float] = []
        self.items = 0
        self._author = author
        self._reading = asyncio.create_task(self._read())

    async def caught_up(self, seconds: float = GUARD_SECONDS) -> None:
        """Waits until it has all that the author has."""
        async with asyncio.timeout(seconds):
            await self.board.reached(self._author.board.n)

    async def leave(self) -> None:
        """Goes, and fails with what went wrong."""
        self.board.abort()
        await self._reading

    async def _read(self) -> None:
        loop = asyncio.get_running_loop()
        async for item in self.board.commits():
            self.items += 1
            if isinstance(item, Commit | Merged):
                first = item.first if isinstance(item, Merged) else item.seq
                if sent_at := self._author.sent_at.get(first):
                    self.ages.append(loop.time() - sent_at)


@contextlib.asynccontextmanager
async def audience(
    server: Server, made: NewBoard, author: Author, count: int, port: int = 0
) -> AsyncIterator[list[Listener]]:
    """So many listeners; ``port`` goes through a proxy."""
    link = server.link(made)
    if port:
        link = link.replace(f":{server.port}/", f":{port}/")
    async with asyncio.timeout(GUARD_SECONDS):
        boards = await asyncio.gather(*(connect(link) for _ in range(count)))
    listeners = [Listener(board, author) for board in boards]
    try:
        yield listeners
    finally:
        for listener in listeners:
            await listener.leave()


def _never() -> asyncio.Future[int]:
    return asyncio.get_running_loop().create_future()


def _text(k: int) -> dict[str, Any]:
    return {"type": "text", "id": f"t{k}", "z": "a0", "place": [k, 0, 9, 9, 0], "text": ""}


def _moves(n: int, count: int) -> list[list[Any]]:
    return [
        ["set", f"t{(n + k) % ELEMENTS}", {"place": [n % 5_000, k, 9, 9, 0]}] for k in range(count)
    ]


def _texts(n: int, count: int) -> list[list[Any]]:
    return [
        ["set", f"t{(n + k) % ELEMENTS}", {"text": f"{n} " + "x" * 8_000}] for k in range(count)
    ]
