"""Somebody who edits what others edit too, through every fault, and keeps a ledger of it."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from inkwire.client import Board, ConnectionLost, Refusal, connect
from inkwire.protocol.elements import Rectangle
from inkwire.protocol.ops import Delete, Op, Props, Put, SetProps

PATIENCE_SECONDS: Final = 2.0
"""A socket from which no answer comes for so long is given up, as a page does after its pings."""
ENTER_SECONDS: Final = 4.0
_COLOURS: Final = ("#1971c2", "#e03131", "#2f9e44", "#f08c00")


@dataclass
class Ledger:
    """What one client sent, by push number, and the seq that each acknowledgement named."""

    sent: dict[int, tuple[Op, ...]] = field(default_factory=dict)
    acknowledged: dict[int, int] = field(default_factory=dict)
    connections: int = 0
    given_up: int = 0
    """Sockets that this side ended because nothing came."""

    @property
    def pending(self) -> list[int]:
        """Pushes that are not acknowledged, in their order."""
        return [n for n in self.sent if n not in self.acknowledged]


class Scribe:
    """Pushes without waiting for answers; after a loss resumes and sends again what is unanswered.

    ``route`` names the link of each new connection: the test's choice of worker and proxy.
    """

    def __init__(self, name: str, route: Callable[[], str], chance: random.Random) -> None:
        self.name = name
        self.ledger = Ledger()
        self.board: Board | None = None
        self.cid = f"scribe-{name}-{chance.getrandbits(40):x}"
        self.session = f"session-{name}-{chance.getrandbits(60):x}"
        self._route = route
        self._chance = chance
        self._moved = asyncio.Event()
        self._done = asyncio.Event()
        self._pushing: set[asyncio.Task[None]] = set()
        self._keeping: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Connects, and from then on stays connected until ``stop``."""
        self._keeping = asyncio.create_task(self._keep(), name=f"scribe-{self.name}")
        await self._until(lambda: self.board is not None)

    async def stop(self) -> None:
        """Ends; nothing is flushed."""
        self._done.set()
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        if self.board is not None:
            await self.board.close()
        await asyncio.gather(*self._pushing, return_exceptions=True)

    def push(self, *ops: Op) -> int:
        """Sends now, or when there is a connection; returns the push's number."""
        n = len(self.ledger.sent) + 1
        self.ledger.sent[n] = ops
        if self.board is not None and not self.board.closed:
            self._send(self.board, n)
        return n

    def something(self, shared: int) -> tuple[Op, ...]:
        """A random edit of one of ``shared`` elements that everybody edits."""
        id_ = f"shared-{self._chance.randrange(shared)}"
        kind = self._chance.random()
        x, y = (float(self._chance.randrange(-500, 500)) for _ in "xy")
        place = (x, y, 40.0, 30.0, 0.0)
        colour = self._chance.choice(_COLOURS)
        if kind < 0.3:
            return (Put(Rectangle(id=id_, place=place, z="a0", color=colour)),)
        if kind < 0.6:
            return (SetProps(id_, Props(place=place)),)
        if kind < 0.8:
            return (SetProps(id_, Props(color=colour)),)
        return (Delete(id_),)

    async def acknowledged(self) -> None:
        """Waits until everything sent is acknowledged."""
        await self._until(lambda: not self.ledger.pending)

    async def holds(self, seq: int) -> str:
        """The digest of what this client holds, once it has come to that commit."""
        while True:
            await self._until(lambda: self.board is not None and not self.board.closed)
            assert self.board is not None
            try:
                await self.board.reached(seq)
            except ConnectionLost:
                continue
            return (await self.board.digest())["sha256"]

    async def _until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            if self._keeping is not None and self._keeping.done():
                self._keeping.result()
            self._moved.clear()
            await self._moved.wait()

    async def _keep(self) -> None:
        try:
            while not self._done.is_set():
                self.board = await self._connect()
                self.ledger.connections += 1
                for n in self.ledger.pending:
                    self._send(self.board, n)
                self._moved.set()
                await self._watch(self.board)
        finally:
            self._moved.set()

    async def _connect(self) -> Board:
        before = self.board
        while True:
            acknowledged = self.ledger.pending[0] - 1 if self.ledger.pending else None
            with contextlib.suppress(ConnectionLost, TimeoutError):
                async with asyncio.timeout(ENTER_SECONDS):
                    return await connect(
                        self._route(),
                        resume=before.position if before else None,
                        document=before.document if before else None,
                        cid=self.cid,
                        n=len(self.ledger.sent) if acknowledged is None else acknowledged,
                        session=self.session,
                        person=f"person-{self.name}",
                        name=self.name,
                        open_timeout=PATIENCE_SECONDS,
                    )
            await self._pause(self._chance.uniform(0.02, 0.15))

    async def _watch(self, board: Board) -> None:
        """Returns when the connection is over; asks now and then whether anybody is there."""
        while not board.closed:
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await board.ping()
            except TimeoutError:
                self.ledger.given_up += 1
                board.abort()
                return
            except ConnectionLost:
                return
            await self._pause(0.5)

    def _send(self, board: Board, n: int) -> None:
        task = asyncio.create_task(self._push(board, n), name=f"push-{self.name}-{n}")
        self._pushing.add(task)
        task.add_done_callback(self._pushing.discard)

    async def _push(self, board: Board, n: int) -> None:
        try:
            seq = await board.push(self.ledger.sent[n], n=n)
        except ConnectionLost:
            return
        except Refusal as refusal:
            if not refusal.retryable:
                raise
            board.abort()  # everything unanswered goes again, in order, on the next connection
            return
        self.ledger.acknowledged.setdefault(n, seq)
        self._moved.set()

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._done.wait(), seconds)
