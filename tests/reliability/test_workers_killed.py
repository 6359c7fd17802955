"""Workers are killed in the middle of a frame: nobody loses, nobody doubles, everybody comes back."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.crowd import Crowd, drawing, passing, percentile
from tests.faults.steady import SteadyAuthor
from tests.harness.link import Link
from tests.harness.server import NewBoard, Server, faults
from tests.harness.soak import SOAK, Report, sized
from tests.harness.wire import Wire

SEED = int(os.environ.get("INKWIRE_TEST_SEED", "20261121"))
MOST_BYTES = 400
"""The victim's worker reads up to so many bytes more, then dies: three or four frames."""
SURVIVOR_TRIES = 40


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Server]:
    """A launcher as people start it: two workers and its own store, which keeps the whole log."""
    server = Server(tmp_path / "house", "", workers=2, INKWIRE_LOG_LENGTH="50000")
    yield server
    server.stop()


class Starts:
    """Counts in the log the workers that serve."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.count = 0
        self.replaced = 0
        self.lines: list[dict[str, object]] = []
        self.look()

    def look(self) -> int:
        """How many workers have begun to serve."""
        new = self._server.news()
        self.lines += new
        self.count += sum(line.get("event") == "worker.started" for line in new)
        self.replaced += sum(line.get("event") == "worker.restarted" for line in new)
        return self.count

    def replaced_now(self) -> int:
        """How many workers have been replaced by new processes."""
        self.look()
        return self.replaced


def worker_of(author: SteadyAuthor) -> str:
    """The worker that serves the author, empty while there is none."""
    board = author.board
    if board is None or board.closed or board.welcome is None:
        return ""
    return board.welcome.worker


def peers_on(crowd: Crowd, worker: str) -> set[str]:
    """The names in live traffic of the authors whom the worker serves."""
    return {
        each.board.welcome.peer
        for each in crowd.authors
        if worker_of(each) == worker and each.board is not None and each.board.welcome is not None
    }


async def survivor(house: Server, board: NewBoard, victim: str) -> Wire:
    """A socket on another worker."""
    for _ in range(SURVIVOR_TRIES):
        wire = await Wire.enter(house, board)
        if wire.welcome.worker != victim:
            return wire
        await wire.socket.close()
    raise AssertionError("every connection came to the same worker")


async def gone(watcher: Wire, dead: set[str]) -> float:
    """Seconds until the watcher was told that all of them are gone."""
    loop = asyncio.get_running_loop()
    started = loop.time()
    while not dead <= set(watcher.left):
        await watcher.receive()
    return loop.time() - started


@pytest.mark.slow
async def test_w1_workers_killed_in_mid_frame_lose_and_double_nothing(
    house: Server, report: Report
) -> None:
    """[C2] [C3] [L4] The worker has read a part of a frame when it dies, again and again."""
    print(f"seed {SEED}")
    dice = random.Random(SEED)
    cycles, looks = sized(4, 100), sized(4, 10)
    board = house.create_board()
    starts = Starts(house)
    replaced: list[float] = []
    restarts: list[float] = []
    absent: list[float] = []
    loop = asyncio.get_running_loop()
    store = f"unix://{house.log_path.parent / 'data' / 'store' / 'socket'}"
    async with Link(house.port, dice) as link:
        through = house.link(board).replace(f":{house.port}/", f":{link.port}/")
        async with drawing([through, *[house.link(board)] * 5], dice, sized(0.1, 0.2)) as crowd:
            victim = crowd.authors[0]
            for cycle in range(cycles):
                await crowd.until(lambda: worker_of(victim) != "")
                watcher = None
                if cycle % looks == looks - 1:
                    watcher = await survivor(house, board, worker_of(victim))
                link.hold_after = dice.randrange(1, MOST_BYTES)
                await asyncio.wait_for(link.held.wait(), 20)
                worker = worker_of(victim)
                dead = peers_on(crowd, worker)
                served = starts.look()
                killed_at = loop.time()
                os.kill(int(worker.partition("-")[0]), signal.SIGKILL)
                link.reset()
                replaced.append(await crowd.until(lambda most=cycle: starts.replaced_now() > most))  # type: ignore[misc]
                if watcher is not None:
                    absent.append(await asyncio.wait_for(gone(watcher, dead), 30))
                    await watcher.socket.close()
                await crowd.until(lambda least=served: starts.look() > least)  # type: ignore[misc]
                if watcher is None:
                    restarts.append(loop.time() - killed_at)
                await crowd.everyone_gets(2)
            verdict = await crowd.judged(house.link(board), store)
            report(
                "W1",
                cycles=cycles,
                commits=verdict.commits,
                acknowledged_missing=verdict.missing,
                twice=verdict.twice,
                comebacks=len(crowd.absences()),
                back_p50_s=round(percentile(crowd.absences(), 0.5), 2),
                back_p95_s=round(percentile(crowd.absences(), 0.95), 2),
                back_longest_s=round(max(crowd.absences()), 2),
                replaced_longest_s=round(max(replaced), 2),
                serves_again_p50_s=round(percentile(restarts, 0.5), 2),
                serves_again_longest_s=round(max(restarts), 2),
                presence_gone_longest_s=round(max(absent), 2),
            )
            assert (verdict.missing, verdict.twice, verdict.digests) == (0, 0, 1)
            assert crowd.lost() == 0
            assert max(absent) < 20
            if SOAK:
                assert percentile(crowd.absences(), 0.95) <= 5.0
                assert max(replaced) <= 3.0
                assert max(absent) <= 10.0
    await passing(0)
    starts.look()
    # Killed again and again, a worker may be dead before it is known to have served.
    assert {each["event"] for each in faults(starts.lines)} <= {"worker.keeps_dying"}
