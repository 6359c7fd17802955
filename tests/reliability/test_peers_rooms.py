"""The last one leaves and comes back just when the room is put away."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
from typing import Final

from inkwire.client import Board, ConnectionLost, connect
from tests.harness.history import agrees, history, in_order_and_once, replayed
from tests.harness.pair import Pair
from tests.harness.scribe import Ledger
from tests.harness.server import NewBoard, Server, faults
from tests.harness.soak import Report, sized
from tests.harness.wire import box

CYCLES: Final = sized(45, 500)
BOARDS: Final = sized(15, 20)
AWAY_SECONDS: Final = sized(1.0, 2.0)
"""The longest absence; a room without people is put away after half a second here."""
GUARD_SECONDS: Final = 60.0
SEED: Final = int(os.environ.get("INKWIRE_TEST_SEED", "20261121"))


class Page:
    """Somebody who leaves in the middle of pushing, and sends again what was not answered."""

    def __init__(self, name: str) -> None:
        self.cid = f"page-of-{name}"
        self.ledger = Ledger()
        self.board: Board | None = None

    async def come(self, server: Server, made: NewBoard) -> None:
        """Resumes on that worker; what was unanswered goes again, and is acknowledged."""
        before = self.board
        pending = self.ledger.pending
        self.board = await connect(
            server.link(made),
            resume=before.position if before else None,
            document=before.document if before else None,
            cid=self.cid,
            n=pending[0] - 1 if pending else len(self.ledger.sent),
        )
        await asyncio.gather(*(self._send(n) for n in pending))
        assert not self.ledger.pending

    def push(self) -> asyncio.Task[None]:
        """Draws one element; the task ends with the answer or without it."""
        n = len(self.ledger.sent) + 1
        self.ledger.sent[n] = (box(f"{self.cid}-{n}"),)
        return asyncio.create_task(self._send(n))

    async def leave(self, chance: random.Random) -> None:
        """Pushes once more and is gone, with a goodbye or without, before or after the answer."""
        assert self.board is not None
        last = self.push()
        await asyncio.wait((last,), timeout=chance.choice((0.0, 0.003, 0.05)))
        if chance.random() < 0.5:
            self.board.abort()
        await self.board.close()
        await last

    async def _send(self, n: int) -> None:
        assert self.board is not None
        with contextlib.suppress(ConnectionLost):
            seq = await self.board.push(self.ledger.sent[n], n=n)
            self.ledger.acknowledged[n] = seq


async def meet(first: Page, second: Page) -> None:
    """Each draws and the other sees it: what is stored here is heard there."""
    assert first.board is not None
    assert second.board is not None
    await asyncio.gather(first.push(), second.push())
    seq = max(*first.ledger.acknowledged.values(), *second.ledger.acknowledged.values())
    async with asyncio.timeout(GUARD_SECONDS):
        await asyncio.gather(first.board.reached(seq), second.board.reached(seq))


async def come_and_go(pair: Pair, name: int, cycles: int) -> int:
    """One board that empties and fills again; returns how often two on two workers met."""
    chance = random.Random(SEED + name)
    made = pair.here.create_board()
    pages = [Page(f"{name}-a"), Page(f"{name}-b")]
    for _ in range(cycles):
        chance.shuffle(pages)
        here, there = chance.sample(pair, 2)
        first, second = pages
        if chance.random() < 0.5:
            await asyncio.gather(first.come(here, made), second.come(there, made))
        else:
            await first.come(here, made)
            first.push()
            await second.come(there, made)
        await meet(first, second)
        await asyncio.gather(first.leave(chance), second.leave(chance))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.Event().wait(), chance.uniform(0.0, AWAY_SECONDS))
    for page in pages:
        await page.come(chance.choice(pair), made)
    commits = await history(pair.here, made.id)
    in_order_and_once(commits)
    for page in pages:
        agrees(commits, page.cid, page.ledger)
        assert page.board is not None
        await page.board.reached(len(commits))
        assert (await page.board.digest())["sha256"] == replayed(commits).digest()
        await page.board.close()
    assert len(commits) == sum(len(page.ledger.sent) for page in pages)
    return cycles


async def test_s5_an_empty_room_that_fills_again_loses_nothing(
    hasty_pair: Pair, report: Report
) -> None:
    """[C4] [H7] Through the moment when a room is put away; workers hear each other every time."""
    print(f"seed {SEED}")
    met = sum(
        await asyncio.gather(
            *(come_and_go(hasty_pair, name, CYCLES // BOARDS) for name in range(BOARDS))
        )
    )
    logged = [line for server in hasty_pair for line in server.news()]
    opened = sum(line.get("event") == "room.opened" for line in logged)
    assert not faults(logged)
    assert 2 * BOARDS < opened < 2 * (CYCLES + BOARDS), "only one side of the race was seen"
    report("S5", cycles=CYCLES, met=met, rooms_opened=opened, lost=0)
