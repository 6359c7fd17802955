"""Somebody who goes on drawing whatever happens, as a page does: what is not acknowledged waits."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from inkwire.client import Board, ConnectionLost, Refusal, connect
from inkwire.protocol.elements import Rectangle
from inkwire.protocol.frames import LiveState
from inkwire.protocol.ops import Op, Put

WINDOW = 8
"""Pushes under way at once."""


@dataclass
class Ledger:
    """What one author did and was told. Times are those of the event loop, in seconds."""

    sent: dict[int, str] = field(default_factory=dict)
    """By push number, the element it puts."""
    acknowledged: dict[int, int] = field(default_factory=dict)
    acknowledged_at: list[float] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    """From sending to Accepted."""
    held: list[float] = field(default_factory=list)
    """From sending to Refused as unavailable."""
    refusals: Counter[str] = field(default_factory=Counter)
    lost: list[int] = field(default_factory=list)
    """Acknowledged once, and asked for again by the store."""
    absences: list[float] = field(default_factory=list)
    """From noticing that the connection is gone to being back."""
    shown_at: dict[int, float] = field(default_factory=dict)
    """By the number that the cursor showed."""
    drawn_offline: int = 0
    """Pushes made while there was no connection or while others waited."""


class SteadyAuthor:
    """Makes a push every ``period_s``, sends up to ``WINDOW`` at once, and shows a cursor."""

    def __init__(self, link: str, name: str, dice: random.Random, period_s: float = 0.25) -> None:
        self.link = link
        self.name = name
        self.ledger = Ledger()
        self.board: Board | None = None
        self._dice = dice
        self._period_s = period_s
        self._cid = f"steady-{name}-{dice.getrandbits(40):x}"
        self._pending: deque[int] = deque()
        self._made = 0
        self._shown = 0
        self._doing = "nothing"
        self._more = asyncio.Event()
        self._stopping = asyncio.Event()

    @property
    def acknowledged(self) -> int:
        """How many pushes are acknowledged."""
        return len(self.ledger.acknowledged)

    def __str__(self) -> str:
        board = self.board
        where = "away" if board is None or board.closed else f"at {board.position[1]}"
        return (
            f"{self.name} {where}: {self._doing}; {self.acknowledged} of {self._made} acknowledged"
        )

    def stop(self) -> None:
        """Makes no more; ``draw`` ends when everything made is acknowledged."""
        self._stopping.set()
        self._more.set()

    async def draw(self, moved: Callable[[], None] = lambda: None) -> None:
        """Draws until stopped. ``moved`` is called after each answer."""
        making = asyncio.create_task(self._make())
        try:
            while not self._stopping.is_set() or self._pending:
                if not self._pending:
                    self._more.clear()
                    await self._more.wait()
                    continue
                whole = await self._send()
                moved()
                if not whole:
                    await self._moment()
        finally:
            making.cancel()
            await asyncio.gather(making, return_exceptions=True)

    async def at(self, seq: int) -> Board:
        """The connection, once it has come to that commit."""
        while True:
            board = await self._connected()
            with contextlib.suppress(ConnectionLost):
                await board.reached(seq)
                return board

    async def _make(self) -> None:
        while not self._stopping.is_set():
            self._made += 1
            self.ledger.sent[self._made] = f"{self.name}-{self._made}"
            if self._pending or self.board is None or self.board.closed:
                self.ledger.drawn_offline += 1
            self._pending.append(self._made)
            self._more.set()
            await self._show()
            await self._until_stopped(self._period_s * self._dice.uniform(0.5, 1.5))

    async def _show(self) -> None:
        self._shown += 1
        if self.board is not None and not self.board.closed:
            with contextlib.suppress(ConnectionLost):
                self.ledger.shown_at[self._shown] = asyncio.get_running_loop().time()
                await self.board.send_live(LiveState(cursor=(float(self._shown), 0.0)))

    async def _send(self) -> bool:
        """Sends the first pending pushes and waits for their answers; whether all were accepted."""
        self._doing = "connecting"
        board = await self._connected()
        numbers = [self._pending[k] for k in range(min(WINDOW, len(self._pending)))]
        self._doing = f"waiting for the answers to {numbers}"
        answers = await asyncio.gather(
            *(self._push(board, n) for n in numbers), return_exceptions=True
        )
        self._doing = f"told {[str(each) for each in answers]}"
        for n, answer in zip(numbers, answers, strict=True):
            if isinstance(answer, int):
                self.ledger.acknowledged[n] = answer
                if n in self._pending:
                    self._pending.remove(n)
            elif isinstance(answer, Refusal):
                self.ledger.refusals[answer.code] += 1
                if not answer.retryable:
                    raise answer
            elif not isinstance(answer, ConnectionLost):
                raise answer
        first = answers[0]
        if isinstance(first, Refusal) and first.code == "gap" and board.n + 1 < numbers[0]:
            lost = list(range(board.n + 1, numbers[0]))
            self.ledger.lost += lost
            for n in lost:
                self.ledger.acknowledged.pop(n, None)
            self._pending.extendleft(reversed(lost))
        return not any(isinstance(answer, BaseException) for answer in answers)

    async def _push(self, board: Board, n: int) -> int:
        loop = asyncio.get_running_loop()
        started = loop.time()
        try:
            seq = await board.push([self._rectangle(n)], n=n)
        except Refusal as error:
            if error.code != "gap":
                self.ledger.held.append(loop.time() - started)
            raise
        self.ledger.acknowledged_at.append(loop.time())
        self.ledger.waited.append(loop.time() - started)
        return seq

    async def _connected(self) -> Board:
        if self.board is not None and not self.board.closed:
            return self.board
        loop = asyncio.get_running_loop()
        left_at = loop.time()
        before = self.board
        while True:
            try:
                self.board = await connect(
                    self.link,
                    resume=before.position if before else None,
                    document=before.document if before else None,
                    cid=self._cid,
                    n=self._pending[0] - 1 if self._pending else self._made,
                    name=self.name,
                    open_timeout=3.0,
                )
            except (ConnectionLost, TimeoutError):
                await self._moment()
                continue
            if before is not None:
                self.ledger.absences.append(loop.time() - left_at)
            return self.board

    async def _moment(self) -> None:
        await self._until_stopped(self._dice.uniform(0.05, 0.15))

    async def _until_stopped(self, seconds: float) -> None:
        if self._stopping.is_set():  # then it waits all the same, not to ask without a pause
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.get_running_loop().create_future(), seconds)
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    def _rectangle(self, n: int) -> Op:
        place = (float(n % 50) * 50.0, float(n // 50) * 40.0, 40.0, 30.0, 0.0)
        return Put(Rectangle(id=self.ledger.sent[n], place=place, z="a0"))
