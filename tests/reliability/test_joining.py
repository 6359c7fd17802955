"""Joining while others draw: what a joiner gets is whole, in order, and not twice."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from inkwire.protocol.frames import Accepted, Batch, Merged, Position, Ready, Refused, Reset
from inkwire.protocol.ops import Op, Props, Put, SetProps
from inkwire.store.embedded import EmbeddedStore
from tests.harness.filled import fill, strokes
from tests.harness.server import NewBoard, Server
from tests.harness.soak import SOAK, Report, sized
from tests.harness.wire import Wire, rectangle

SEED = int(os.environ.get("INKWIRE_TEST_SEED", "20261121"))
ELEMENTS = 2_000
AUTHORS, EACH_PER_SECOND = 4, 50
GUARD_SECONDS = 60.0
MORE = 15
"""Commits that a joiner waits for after it has caught up."""
P95_MS = 500
"""Of a quiet machine: asserted at full size only."""


@pytest.fixture
def servers(own_store: EmbeddedStore, tmp_path: Path) -> Iterator[list[Server]]:
    """Two workers that let one address come as often as it likes."""
    found = [
        Server(
            tmp_path / name,
            own_store.url,
            INKWIRE_ADDRESS_CONNECTIONS="5000",
            INKWIRE_ADDRESS_CONNECTIONS_PER_MINUTE="100000",
        )
        for name in ("here", "there")
    ]
    yield found
    for server in found:
        server.stop()


class Author:
    """Draws at a steady pace until stopped, as pages do: without waiting for answers."""

    def __init__(self, wire: Wire, name: str, dice: random.Random) -> None:
        self.wire = wire
        self._name = name
        self._dice = dice
        self._count = 0
        self._unanswered: dict[int, Op] = {}
        self._answered = asyncio.Event()

    async def draw(self, stop: asyncio.Event) -> None:
        """Half new elements, half changes of those that are there; what is refused for now goes again."""
        loop = asyncio.get_running_loop()
        hearing = asyncio.create_task(self._hear())
        due = loop.time()
        while not stop.is_set():
            self._count += 1
            op = self._unanswered[self._count] = self._op()
            await self.wire.push(op, n=self._count)
            due += 1 / EACH_PER_SECOND
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), max(0.0, due - loop.time()))
        while self._unanswered and not hearing.done():
            self._answered.clear()
            await asyncio.wait_for(self._answered.wait(), GUARD_SECONDS)
        hearing.cancel()
        (ended,) = await asyncio.gather(hearing, return_exceptions=True)
        assert isinstance(ended, asyncio.CancelledError), ended

    async def _hear(self) -> None:
        while True:
            match await self.wire.receive():
                case Accepted(_, last, _):
                    self._unanswered = {n: op for n, op in self._unanswered.items() if n > last}
                    self._answered.set()
                case Refused() as refused:
                    assert refused.retryable, refused
                    if refused.n == refused.expected:  # those behind it are refused as gaps
                        for n, op in list(self._unanswered.items()):
                            await self.wire.push(op, n=n)

    def _op(self) -> Op:
        if self._count % 2:
            return Put(rectangle(f"{self._name}-{self._count}", x=self._count))
        place = (self._dice.uniform(0, 999), self._dice.uniform(0, 999), 1.0, 1.0, 0.0)
        return SetProps(f"s{self._dice.randrange(ELEMENTS)}", Props(place=place))


async def joined(server: Server, board: NewBoard, resume: Position | None) -> tuple[Wire, float]:
    """Joins and stays for some commits; returns the milliseconds until it was up to date."""
    loop = asyncio.get_running_loop()
    started = loop.time()
    wire = await Wire.enter(server, board, resume=resume)
    if resume is not None and not wire.welcome.resumed:
        await wire.until(Ready)
    await wire.reached(wire.welcome.seq)
    took = (loop.time() - started) * 1000
    await wire.reached(wire.position.seq + MORE)
    return wire, took


def check_contiguous(wire: Wire, resume: Position | None) -> None:
    """Snapshot or position, then every commit once."""
    at = resume.seq if resume is not None and wire.welcome.resumed else None
    for frame in wire.frames:
        match frame:
            case Reset():
                assert at is None, "a second snapshot"
                at = frame.seq
            case Batch(commits):
                for commit in commits:
                    assert at is not None
                    assert commit.seq == at + 1
                    at = commit.seq
            case Merged(first, last):
                assert at is not None
                assert first == at + 1
                at = last


async def test_s12_joiners_miss_nothing_and_get_nothing_twice(
    own_store: EmbeddedStore, servers: list[Server], report: Report
) -> None:
    """[H6] [H7] [C4] 200 ops a second on two workers; half of the joiners come back with a position."""
    print(f"seed {SEED}")
    dice = random.Random(SEED)
    board = await asyncio.to_thread(servers[0].create_board)
    await fill(own_store.url, board, list(strokes(ELEMENTS, dice)))
    stop = asyncio.Event()
    authors = [
        Author(await Wire.enter(servers[k % 2], board), f"author{k}", random.Random(SEED + k))
        for k in range(AUTHORS)
    ]
    loop = asyncio.get_running_loop()
    began, before = loop.time(), authors[0].wire.position.seq
    drawing = [asyncio.create_task(each.draw(stop)) for each in authors]
    count, period = sized(40, 300), sized(3.0, 60.0)
    ms: list[float] = []
    resumed = 0

    async def join(after: float) -> None:
        nonlocal resumed
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), after)
        now = authors[0].wire.position
        resume = None
        if dice.random() < 0.5 and now.seq > 1:
            resume = Position(now.epoch, max(1, now.seq - dice.randrange(300)))
        wire, took = await joined(dice.choice(servers), board, resume)
        check_contiguous(wire, resume)
        resumed += wire.welcome.resumed
        ms.append(took)
        await wire.close()

    try:
        await asyncio.gather(*(join(dice.uniform(0, period)) for _ in range(count)))
    finally:
        stop.set()
    drew_for = loop.time() - began
    await asyncio.gather(*drawing)
    last = await Wire.enter(servers[0], board)
    await last.reached(last.welcome.seq)
    for author in authors:
        await author.wire.reached(last.position.seq)
        assert author.wire.replica.document is not None
        assert last.replica.document is not None
        assert author.wire.replica.document.digest() == last.replica.document.digest()
        await author.wire.close()
    await last.close()
    rate = (last.position.seq - before) / drew_for
    ms.sort()
    p95 = ms[int(len(ms) * 0.95)]
    assert resumed >= count / 5
    report(
        "S12", joiners=count, resumed=resumed, gaps=0, repeats=0,
        commits=last.position.seq, commits_per_second=round(rate), p95_ms=round(p95), longest_ms=round(ms[-1]),
    )  # fmt: skip
    assert not SOAK or p95 <= P95_MS
    assert not SOAK or rate >= 0.95 * AUTHORS * EACH_PER_SECOND
