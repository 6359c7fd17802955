"""The workloads, and what is read off a server while one runs."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.peers.servers import Inkwire, Running, Starter
from bench.peers.stamp import CURSOR, INK
from bench.peers.swarm import Job, Swarm
from bench.process_usage import cpu_seconds, resident_bytes

WARM_SECONDS = 2.0
DRAIN_SECONDS = 3.0
ALIVE_SECONDS = 5.0


@dataclass(frozen=True)
class Cell:
    """``rooms`` rooms of ``people``, of whom ``writers`` say something ``rate`` times a second."""

    name: str
    people: int
    writers: int
    rooms: int = 1
    rate: float = 30.0
    cursors: bool = False
    """Pointers move instead of pens. Only for Inkwire."""
    sample: int = 4


CELLS = (
    Cell("10 people", 10, 10),
    Cell("50 people", 50, 10),
    Cell("100 people", 100, 10),
    Cell("200 people", 200, 10),
    Cell("50 people, all write", 50, 50),
    Cell("100 rooms x 5 people", 5, 1, rooms=100),
    Cell("500 cursors", 500, 500, rate=10.0, cursors=True, sample=64),
)


@dataclass
class Figures:
    """One server in one cell."""

    cpu: float
    """Seconds of the server's workers for 1,000 updates delivered to others than their authors."""
    cpu_with_store: float
    delivered: float
    """Updates that arrived at others, of those that should; merged ones count each."""
    p50_ms: float
    p99_ms: float
    rss_growth_mb: float
    """Of the workers, from ready to the end."""
    busy: float
    """Of the server's core, store included."""
    generator_busy: float
    """Of the generator's core; from 0.9 on the cell says nothing."""
    updates_per_second: float
    closed: int
    """Sockets that the server ended."""


def measure(start: Starter, cell: Cell, seconds: float) -> Figures:
    """Starts a server, fills its rooms, and reads the clocks around ``seconds`` of the work."""
    with start(cell.rooms) as server:
        rss = _rss(server)
        swarm = Swarm(server.port, CURSOR if cell.cursors else INK, cell.sample)
        try:
            return _measure(server, swarm, cell, seconds, rss)
        finally:
            swarm.close()


def _measure(server: Running, swarm: Swarm, cell: Cell, seconds: float, rss: float) -> Figures:
    for client in range(cell.rooms * cell.people):
        room = client // cell.people
        swarm.connect(server.path(room), server.greeting(client, room))
        swarm.run(0.002)
    swarm.run(0.5)
    swarm.counts.updates = 0
    sent = _Sent()
    swarm.schedule(_jobs(server, cell, sent))
    swarm.run(WARM_SECONDS)
    before = _cpu(server.workers), _cpu(server.stores), swarm.counts.updates
    mine, started = time.process_time(), time.perf_counter()
    swarm.run(seconds, sample=True)
    took = time.perf_counter() - started
    generator = (time.process_time() - mine) / took
    worker = _cpu(server.workers) - before[0]
    store = _cpu(server.stores) - before[1]
    updates = swarm.counts.updates - before[2]
    grown = _rss(server) - rss
    swarm.unschedule()
    expected = sent.updates * (cell.people - 1)
    swarm.run(DRAIN_SECONDS, until_updates=expected)
    thousands = max(updates, 1) / 1_000
    return Figures(
        cpu=worker / thousands,
        cpu_with_store=(worker + store) / thousands,
        delivered=swarm.counts.updates / expected,
        p50_ms=swarm.counts.percentile(0.5),
        p99_ms=swarm.counts.percentile(0.99),
        rss_growth_mb=grown / 1e6,
        busy=(worker + store) / took,
        generator_busy=generator,
        updates_per_second=updates / took,
        closed=swarm.closed,
    )


@dataclass
class _Sent:
    updates: int = 0

    def counting(self, make: Callable[[], bytes]) -> Callable[[], bytes]:
        def made() -> bytes:
            self.updates += 1
            return make()

        return made


def _jobs(server: Running, cell: Cell, sent: _Sent) -> Iterator[Job]:
    """The writers of each room at random phases, and everybody's sign of life."""
    chance = random.Random(20261121)
    period = 1 / cell.rate
    for room in range(cell.rooms):
        for client in range(room * cell.people, (room + 1) * cell.people):
            yield Job(client, ALIVE_SECONDS, chance.uniform(0, ALIVE_SECONDS), server.alive)
            if client - room * cell.people >= cell.writers:
                continue
            if not cell.cursors:
                say = server.writer(client)
            else:
                assert isinstance(server, Inkwire)
                say = server.pointer(client)
            yield Job(client, period, chance.uniform(0, period), sent.counting(say))


def _cpu(pids: list[int]) -> float:
    return sum(map(cpu_seconds, pids))


def _rss(server: Running) -> float:
    return sum(map(resident_bytes, server.workers))
