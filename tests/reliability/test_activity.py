"""The feed under faults: readers dropped at any byte, a worker killed, a thousand readers at once."""

from __future__ import annotations

import asyncio
import os
import random
import resource
import signal
from pathlib import Path
from typing import Any

import httpx
from redis import Redis

from inkwire.config import load_settings
from inkwire.rooms.activity import Event
from inkwire.store.activity_log import Findings
from inkwire.store.connect import open_store
from inkwire.store.embedded import EmbeddedStore
from tests.harness.feed import numbers, reading
from tests.harness.pair import Pair
from tests.harness.server import NewBoard, Server
from tests.harness.soak import Report, sized
from tests.harness.wire import Wire, box

SEED = int(os.environ.get("INKWIRE_TEST_SEED", "20261121"))
AHEAD = 200
"""Events that may wait for the reader: far fewer than are kept."""


async def test_w14_a_reader_dropped_at_any_byte_misses_nothing(
    hasty_pair: Pair, embedded: EmbeddedStore, report: Report
) -> None:
    """[A2] [A3] On either of two workers, one of which is killed in the middle."""
    drops = sized(60, 500)
    dice = random.Random(SEED)
    print(f"INKWIRE_TEST_SEED={SEED}")
    board = hasty_pair.here.create_board()
    store = open_store(load_settings(redis_url=embedded.url))
    epoch = (await store.position(board.id)).epoch
    progress = asyncio.Event()
    seen: list[dict[str, Any]] = []
    written = 0

    async def write() -> None:
        nonlocal written
        while True:
            while written > len(seen) + AHEAD:
                progress.clear()
                await progress.wait()
            count = dice.randrange(1, 6)
            notes = [
                Event(type="exported", at=written + n + 1, person="p" * 8, name="é" * n)
                for n in range(count)
            ]
            await store.activity.settle(board.id, epoch, Findings(0, 0, notes=notes), 2**42)
            written += count

    async def read(server: Server, last: str, size: int) -> str:
        """One stream, cut after so many bytes of its body."""
        async with reading(server, board, last=last) as feed:
            async for piece in feed.answer.aiter_raw():
                feed.take(piece[:size])
                size -= len(piece)
                if size <= 0:
                    break
            assert "reset" not in [name for name, _ in feed.told]
            seen.extend(feed.events)
            progress.set()
            return feed.id or last

    writing = asyncio.create_task(write())
    last, done, refused = f"{epoch}-0", 0, 0
    try:
        while done < drops:
            if done == drops // 2 and not refused:
                os.kill(hasty_pair.there.worker_pids()[0], signal.SIGKILL)
            try:
                last = await read(dice.choice(hasty_pair), last, dice.randrange(1, 6_000))
            except (httpx.TransportError, UnicodeDecodeError):
                refused += 1  # killed, or not there again yet
            else:
                done += 1
    finally:
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
    async with reading(hasty_pair.here, board, last=last, follow="false") as feed:
        while await feed.more():
            pass
        seen.extend(feed.events)
    state = await store.activity.read(board.id)
    await store.close()
    report("W14", drops=done, refused=refused, events=len(seen))
    assert numbers(seen) == list(range(1, state.last + 1))
    assert [event["at"] for event in seen] == list(range(1, state.last + 1))


async def test_what_is_drawn_counts_once_though_workers_die(
    hasty_pair: Pair, report: Report
) -> None:
    """[A1] [A6] Two workers tell; the one that begins is killed again and again while people draw."""
    kills = sized(2, 10)
    board = hasty_pair.here.create_board()
    drawn = 0

    async def draw(person: str, server: Server, wire: Wire | None = None) -> Wire:
        nonlocal drawn
        wire = wire or await Wire.enter(server, board, person=person)
        for n in range(10):
            await wire.commit(box(f"{person}x{drawn}x{n}"))
        drawn += 10
        return wire

    here = None
    for _ in range(kills):
        here = await draw("person-here-0", hasty_pair.here, here)
        there = await draw("person-there-0", hasty_pair.there)
        os.kill(hasty_pair.there.worker_pids()[0], signal.SIGKILL)
        await there.socket.wait_closed()
        await serves(hasty_pair.there)
    assert here is not None
    await here.close()
    async with reading(hasty_pair.there, board, since="0") as feed:
        while sum(e["count"] for e in feed.events if e["type"] == "drew") < drawn:
            await feed.more()
        while {e["person"] for e in feed.events if e["type"] == "left"} != {
            "person-here-0",
            "person-there-0",
        }:
            await feed.more()
        events = feed.events
    report("W14", kills=kills, drawn=drawn, events=len(events))
    assert sum(event["count"] for event in events if event["type"] == "drew") == drawn
    assert numbers(events) == list(range(1, len(events) + 1))
    here_ones = [
        e["type"] for e in events if e["person"] == "person-here-0" and e["type"] != "drew"
    ]
    assert here_ones == ["joined", "left"]


async def serves(server: Server) -> None:
    """Waits until a killed worker's successor answers."""
    async with httpx.AsyncClient() as client, asyncio.timeout(60):
        while True:
            try:
                await client.get(f"{server.base}/healthz")
            except httpx.TransportError:
                continue
            return


async def test_many_readers_cost_the_store_nothing_and_little_memory(
    own_store: EmbeddedStore, own_server: Server, report: Report
) -> None:
    """One feed, many readers: each hears everything, none asks the store."""
    readers = sized(100, 1_000)
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4_096), hard))
    board = own_server.create_board()
    (pid,) = own_server.worker_pids()
    streams: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
    async with reading(own_server, board, role="editor") as feed:
        while not feed.told:
            await feed.more()
        for _ in range(20):  # what the first ones need is not counted
            streams.append(await opened(own_server, board))
        before = resident(pid)
        with Redis.from_url(own_store.url) as raw:
            for _ in range(readers):
                streams.append(await opened(own_server, board))
            each_kib = (resident(pid) - before) / readers
            async with await Wire.enter(own_server, board, person="person-ana-0"):
                await feed.until("joined")
                for stream, _ in streams:
                    await stream.readuntil(b'"type":"joined"')
                reads = commands(raw)
                for _ in range(2):  # signs of life, 12 s apart, is the longest that nothing comes
                    comments = feed.comments
                    while feed.comments == comments:
                        await feed.more()
                asked = commands(raw) - reads
    for _, writer in streams:
        writer.transport.abort()
    report("W14", readers=readers, each_kib=round(each_kib, 1), store_commands=asked)
    assert asked <= 120, "the store is asked by the worker, not by readers"
    assert each_kib <= 40


async def opened(
    server: Server, board: NewBoard
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A stream whose first bytes have come."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    token = board.links["viewer"].token
    writer.write(
        f"GET /api/boards/{board.id}/activity HTTP/1.1\r\nHost: x\r\n"
        f"Authorization: Bearer {token}\r\n\r\n".encode()
    )
    await reader.readuntil(b"event: present")
    return reader, writer


def resident(pid: int) -> float:
    """Memory of a process in KiB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return float(line.split()[1])
    raise AssertionError("no such process")


def commands(raw: Redis) -> int:
    """How many commands the store has run."""
    return int(raw.info("stats")["total_commands_processed"])
