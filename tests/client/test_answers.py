"""Answers find their pushes, in whatever order commits and answers come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest

from inkwire.client.address import Address
from inkwire.client.board import Board
from inkwire.client.replica import Replica
from inkwire.errors import Refusal
from inkwire.protocol import codec
from inkwire.protocol.frames import Accepted, Batch, Commit, Position, Refused
from inkwire.protocol.ops import Delete
from inkwire.rooms.document import Document

CID = "client-of-a-test"
RECTANGLE = ["put", {"type": "rectangle", "id": "r", "z": "a0", "place": [0, 0, 9, 9, 0]}]


class Script:
    """A socket that says what the test tells it."""

    close_code = close_reason = None

    def __init__(self) -> None:
        self.frames: asyncio.Queue[bytes] = asyncio.Queue()
        self.sent = asyncio.Semaphore(0)

    def says(self, *frames: object) -> None:
        for frame in frames:
            self.frames.put_nowait(codec.encode(frame))

    async def send(self, _data: bytes) -> None:
        self.sent.release()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            yield await self.frames.get()


@asynccontextmanager
async def scripted() -> AsyncIterator[tuple[Board, Script]]:
    socket = Script()
    address = Address.parse("http://127.0.0.1:1/b/a-board-of-nobody#k=token", None)
    board = Board(cast(Any, socket), address, Replica(Position("e", 0), Document()), CID, 0)
    yield board, socket
    board._reader.cancel()
    await asyncio.gather(board._reader, return_exceptions=True)


async def pushed(board: Board, socket: Script, count: int) -> list[asyncio.Task[int]]:
    tasks = [asyncio.create_task(board.push([RECTANGLE])) for _ in range(count)]
    for _ in range(count):
        await socket.sent.acquire()
    return tasks


def commit(seq: int, n: int) -> Commit:
    return Commit(seq, 0, "person-1", CID, n, "", (Delete("x"),))


def refused(n: int, expected: int) -> Refused:
    return Refused(CID, n, "gap", "", True, 0.1, expected)


async def test_c3_a_refusal_is_of_the_push_it_names() -> None:
    """Pushes 1 and 2 are accepted, their commits not yet heard, and 3 is refused: only 3 is."""
    async with asyncio.timeout(60), scripted() as (board, socket):
        one, two, three = await pushed(board, socket, 3)
        socket.says(Accepted(CID, 2, 2), refused(3, 3))
        with pytest.raises(Refusal):
            await three
        socket.says(Batch((commit(1, 1), commit(2, 2)), (), ()))
        assert (await one, await two) == (1, 2)


async def test_c3_a_late_refusal_of_what_is_stored_touches_no_other_push() -> None:
    async with asyncio.timeout(60), scripted() as (board, socket):
        one, two, three = await pushed(board, socket, 3)
        socket.says(Batch((commit(1, 1), commit(2, 2)), (), ()), Accepted(CID, 2, 2))
        assert (await one, await two) == (1, 2)
        socket.says(refused(2, 2), Accepted(CID, 3, 3))
        assert await three == 3
