"""What one op costs the store with a board open on four workers, and what a quiet board costs."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
import redis

from inkwire.client import Board, connect
from inkwire.live.limits import BEAT_SECONDS, HEALTH_SECONDS
from inkwire.live.webhooks import SWEEP_SECONDS as HOOK_SECONDS
from inkwire.store.embedded import EmbeddedStore
from tests.harness.server import NewBoard, Server, faults
from tests.harness.soak import Report, sized

WORKERS = 4
OPS = sized(100, 1_000)
IDLE_SECONDS = sized(8.0, 60.0)
LAST = "the-end"


@pytest.fixture
def four(own_store: EmbeddedStore, tmp_path: Path) -> Iterator[list[Server]]:
    """Four servers of one worker on one store."""
    servers = [Server(tmp_path / f"server{k}", own_store.url) for k in range(WORKERS)]
    yield servers
    for server in servers:
        server.stop()
        assert not faults(server.news())


class Watch:
    """Everything that clients of a store ask it, by connection; what scripts do inside is left out."""

    def __init__(self, url: str) -> None:
        self.link = redis.Redis.from_url(url)
        self.monitor = self.link.monitor()  # type: ignore[no-untyped-call]
        self.monitor.__enter__()

    def close(self) -> None:
        self.monitor.__exit__(None, None, None)
        self.link.close()

    def until_said(self, url: str) -> Counter[str]:
        """Counts by command until everything so far is counted."""
        with redis.Redis.from_url(url) as other:
            other.echo(LAST)
        return self._counted(lambda command: LAST not in command)

    def for_seconds(self, seconds: float) -> Counter[str]:
        """Counts by command; something has to happen now and then, as heartbeats do."""
        end = time.monotonic() + seconds
        return self._counted(lambda _command: time.monotonic() < end)

    def _counted(self, goes_on: Callable[[str], bool]) -> Counter[str]:
        counted: Counter[str] = Counter()
        while True:
            entry = self.monitor.next_command()
            command = str(entry["command"])
            if not goes_on(command):
                return counted
            if entry["client_type"] != "lua":
                counted[command.split(maxsplit=1)[0].upper()] += 1


@asynccontextmanager
async def open_on(servers: list[Server], board: NewBoard) -> AsyncIterator[list[Board]]:
    """The board open once on each worker."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(await connect(s.link(board))) for s in servers]


async def test_r11_an_op_costs_the_store_three_commands_and_a_quiet_board_heartbeats(
    four: list[Server], own_store: EmbeddedStore, report: Report
) -> None:
    """One writing worker, three that read; then nobody does anything."""
    board = four[0].create_board()
    async with open_on(four, board) as boards:
        writer = boards[0]
        place = [0, 0, 9, 9, 0]
        await writer.push([["put", {"type": "rectangle", "id": "r", "z": "a0", "place": place}]])
        watch = Watch(own_store.url)
        try:
            began = time.monotonic()
            for step in range(OPS):
                seq = await writer.push([["set", "r", {"place": [step, 0, 9, 9, 0]}]])
            await asyncio.gather(*(each.reached(seq) for each in boards))
            busy = await asyncio.to_thread(watch.until_said, own_store.url)
            took = time.monotonic() - began
            idle = await asyncio.to_thread(watch.for_seconds, IDLE_SECONDS)
        finally:
            watch.close()
    beats = heartbeats(took)
    per_op = (busy.total() - beats) / OPS
    report(
        "R11",
        ops=OPS,
        commands_per_op=round(busy.total() / OPS, 2),
        without_heartbeats=round(per_op, 2),
        idle_s=IDLE_SECONDS,
        idle_commands_per_s_and_worker=round(idle.total() / IDLE_SECONDS / WORKERS, 2),
        busy=str(dict(busy)),
        idle=str(dict(idle)),
    )
    assert per_op <= 3 + (WORKERS - 1), busy
    assert idle.total() <= heartbeats(IDLE_SECONDS), idle


def heartbeats(seconds: float) -> float:
    """The most that heartbeats may be: a word to the other workers and a look for missed commits, two at
    the health, and one for boards that have webhooks, whose pauses are up to a fifth shorter than said."""
    beats = 2 * (seconds / BEAT_SECONDS + 1) + 2 * (seconds / HEALTH_SECONDS + 1)
    return WORKERS * (beats + seconds / (0.8 * HOOK_SECONDS) + 1)
