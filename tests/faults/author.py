"""Someone who draws through every fault, and remembers what was acknowledged."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from inkwire.client import Board, ConnectionLost, Refusal, connect
from inkwire.protocol.elements import Rectangle
from inkwire.protocol.ops import Op, Put


@dataclass
class Ledger:
    """What one author sent and what was acknowledged, by push number."""

    sent: dict[int, str] = field(default_factory=dict)
    acknowledged: dict[int, int] = field(default_factory=dict)
    reconnects: int = 0
    longest_absence: float = 0.0


class Author:
    """Draws one rectangle a push until told to stop; comes back after every loss.

    The element's id says who drew it and with which push, so that the final board shows what is missing and
    the log what was applied twice.
    """

    def __init__(self, link: str, name: str, random: random.Random) -> None:
        self.link = link
        self.name = name
        self.ledger = Ledger()
        self.board: Board | None = None
        self._random = random
        self._cid = f"author-{name}-{random.getrandbits(40):x}"
        self._stopping = asyncio.Event()

    @property
    def acknowledged(self) -> int:
        """How many pushes were acknowledged so far."""
        return len(self.ledger.acknowledged)

    def stop(self) -> None:
        """Ends after everything sent is acknowledged."""
        self._stopping.set()

    async def digest(self, seq: int) -> str:
        """The digest of what this author holds, once it has come to that commit."""
        while True:
            board = await self._connected(self.board.n + 1 if self.board else 1)
            try:
                await board.reached(seq)
            except ConnectionLost:
                continue
            return (await board.digest())["sha256"]

    async def draw(self, on_acknowledged: Callable[[], None] = lambda: None) -> None:
        """Draws until stopped; everything sent is acknowledged when it returns."""
        n = 1
        while not self._stopping.is_set():
            await self._commit(n)
            on_acknowledged()
            n += 1

    async def _commit(self, n: int) -> None:
        id_ = f"{self.name}-{n}"
        self.ledger.sent[n] = id_
        while True:
            board = await self._connected(n)
            try:
                self.ledger.acknowledged[n] = await board.push([self._rectangle(id_)], n=n)
                return
            except (ConnectionLost, Refusal) as error:
                if isinstance(error, Refusal) and not error.retryable:
                    raise
                await self._moment()

    async def _connected(self, n: int) -> Board:
        if self.board is not None and not self.board.closed:
            return self.board
        loop = asyncio.get_running_loop()
        left_at = loop.time()
        while True:
            before = self.board
            try:
                self.board = await connect(
                    self.link,
                    resume=before.position if before else None,
                    document=before.document if before else None,
                    cid=self._cid,
                    n=n - 1,
                    name=self.name,
                    open_timeout=2.0,
                )
            except (ConnectionLost, TimeoutError):
                await self._moment()
                continue
            self.ledger.reconnects += 1
            self.ledger.longest_absence = max(self.ledger.longest_absence, loop.time() - left_at)
            return self.board

    async def _moment(self) -> None:
        """A short breath before the next try, cut short by the end of the test."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), self._random.uniform(0.02, 0.1))

    def _rectangle(self, id_: str) -> Op:
        x, y = self._random.uniform(-500, 500), self._random.uniform(-500, 500)
        return Put(Rectangle(id=id_, place=(round(x), round(y), 40.0, 30.0, 0.0), z="a0"))
