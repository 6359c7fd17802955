"""The store dies under people who draw, or comes back older than what it acknowledged."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis

from inkwire.store.data_folder import DataFolder
from inkwire.store.embedded import EmbeddedStore
from tests.faults.crowd import drawing, passing, percentile
from tests.faults.test_kills import store_pid
from tests.harness.server import Server, faults
from tests.harness.soak import SOAK, Report, sized

SEED = int(os.environ.get("INKWIRE_TEST_SEED", "20261121"))
RETRYABLE = {"unavailable", "gap"}


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[Callable[[str], tuple[EmbeddedStore, Server]]]:
    """A store with that ``appendfsync`` and two workers on it."""
    made: list[EmbeddedStore | Server] = []

    def make(fsync: str) -> tuple[EmbeddedStore, Server]:
        store = EmbeddedStore(DataFolder(tmp_path / "store"), fsync=fsync)
        store.start()
        made.append(store)
        server = Server(tmp_path / "server", store.url, workers=2)
        made.append(server)
        return store, server

    yield make
    for each in reversed(made):
        each.stop()


def answers(url: str) -> bool:
    """Whether the store takes commands; waits for a moment at most."""
    try:
        with redis.Redis.from_url(url, socket_timeout=0.5, retry=None) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


@pytest.mark.slow
@pytest.mark.parametrize("fsync", ["always", "everysec"])
async def test_r1_a_killed_store_loses_nothing_acknowledged(
    keeping: Callable[[str], tuple[EmbeddedStore, Server]], fsync: str, report: Report
) -> None:
    """[C2] [C3] [C7] Dead for up to five seconds, again and again, while twenty people draw.

    ``everysec`` promises less: what it lost is noted, and that nobody has anything twice.
    """
    print(f"seed {SEED}")
    dice = random.Random(SEED)
    cycles = sized(3, 30)
    store, server = keeping(fsync)
    board = server.create_board()
    loop = asyncio.get_running_loop()
    links = [server.link(board)] * sized(8, 20)
    first, everyone = [], []
    async with drawing(links, dice, sized(0.1, 0.25)) as crowd:
        for _ in range(cycles):
            some = crowd.acknowledged + dice.randint(5, 60)
            await crowd.until(lambda least=some: crowd.acknowledged >= least)  # type: ignore[misc]
            os.kill(store.pid, signal.SIGKILL)
            await passing(dice.uniform(0.2, sized(1.2, 5.0)))
            store.spawn()
            await crowd.until(lambda: answers(store.url))
            answered_at = loop.time()
            store.mend()
            everyone.append(await crowd.everyone_gets(2))
            first.append(crowd.first_acknowledged_after(answered_at))
        verdict = await crowd.judged(server.link(board), store.url)
        closed = len(crowd.absences())
        report(
            "R1",
            fsync=fsync,
            cycles=cycles,
            people=len(links),
            commits=verdict.commits,
            acknowledged_missing=verdict.missing,
            asked_for_again=crowd.lost(),
            twice=verdict.twice,
            sockets_closed=closed,
            held_longest_s=round(crowd.longest_held(), 2),
            first_ack_p50_s=round(percentile(first, 0.5), 2),
            first_ack_longest_s=round(max(first), 2),
            everyone_again_longest_s=round(max(everyone), 2),
            drawn_meanwhile=sum(each.ledger.drawn_offline for each in crowd.authors),
        )
        assert set(crowd.refusals) <= RETRYABLE
        assert (verdict.missing, verdict.twice, verdict.digests) == (0, 0, 1)
        assert closed <= 0.01 * cycles * len(links)
        if fsync == "always":
            assert crowd.lost() == 0
        if SOAK:
            assert percentile(first, 0.95) <= 2.0
            assert crowd.longest_held() <= 3.0
    assert not faults(server.news())


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Server]:
    """A launcher with its own store, which syncs once a second."""
    server = Server(tmp_path / "house", "", workers=2, INKWIRE_FSYNC="everysec")
    yield server
    os.kill(server.process.pid, signal.SIGCONT)
    server.stop()


class PowerLoss:
    """Notes the size of the store's file all the time, to cut it back to a moment ago."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sizes: deque[tuple[float, int]] = deque(maxlen=40)

    def note(self) -> None:
        self._sizes.append((time.monotonic(), self._file().stat().st_size))

    def strike(self, age_s: float) -> int:
        """Cuts the file to what it was up to ``age_s`` ago; returns how many bytes that took."""
        file = self._file()
        now = time.monotonic()
        size = file.stat().st_size
        kept = min((was for at, was in self._sizes if now - at <= age_s), default=size)
        os.truncate(file, kept)
        return size - kept

    def _file(self) -> Path:
        (file,) = self._folder.glob("*.incr.aof")
        return file


@pytest.mark.slow
async def test_r2_a_store_older_than_its_clients_is_noticed(house: Server, report: Report) -> None:
    """[C5] [H7] The last second is lost with the power: a new epoch, a snapshot, all equal again."""
    print(f"seed {SEED}")
    dice = random.Random(SEED)
    rounds = sized(2, 20)
    board = house.create_board()
    folder = Path(house.log_path).parent / "data" / "store" / "appendonlydir"
    power = PowerLoss(folder)
    equal: list[float] = []
    lost_bytes = 0
    seen: list[dict[str, object]] = []
    async with drawing([house.link(board)] * 6, dice, 0.1) as crowd:
        epochs = {crowd.authors[0].board.position[0]} if crowd.authors[0].board else set()
        for _ in range(rounds):
            before = [each.board.position[0] for each in crowd.authors if each.board]
            ending = asyncio.get_running_loop().time() + dice.uniform(1.0, 2.0)
            while asyncio.get_running_loop().time() < ending:
                power.note()
                await passing(0.1)
            os.kill(house.process.pid, signal.SIGSTOP)  # it would start the store at once
            os.kill(store_pid(house), signal.SIGKILL)
            lost_bytes += power.strike(1.0)
            os.kill(house.process.pid, signal.SIGCONT)

            def renewed(old: list[str] = before) -> bool:
                now = [each.board.position[0] for each in crowd.authors if each.board]
                return len(set(now)) == 1 and not set(now) & set(old)

            equal.append(await crowd.until(renewed))
            equal[-1] += await crowd.everyone_gets(1)
            epochs |= {each.board.position[0] for each in crowd.authors if each.board}
        resets = house.metric("inkwire_room_resets_total")
        verdict = await crowd.judged(house.link(board), f"unix://{folder.parent / 'socket'}")
        seen = house.news()
        told = [line for line in seen if line.get("event") == "room.restarted"]
        report(
            "R2",
            rounds=rounds,
            bytes_lost=lost_bytes,
            acknowledged_and_lost=crowd.lost(),
            offered_again_and_missing=verdict.missing,
            twice=verdict.twice,
            commits=verdict.commits,
            epochs=len(epochs),
            resets=resets,
            together_again_p50_s=round(percentile(equal, 0.5), 2),
            together_again_longest_s=round(max(equal), 2),
        )
        assert lost_bytes > 0, "no power loss at all"
        assert (verdict.missing, verdict.twice, verdict.digests) == (0, 0, 1)
        assert len(epochs) == rounds + 1
        assert resets >= 1
        assert told
        assert set(crowd.refusals) <= RETRYABLE
        assert not crowd.absences(), "a socket was closed"
        if SOAK:
            assert percentile(equal, 0.95) <= 5.0
    assert not faults(seen)
