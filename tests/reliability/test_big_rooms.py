"""Big boards and full rooms: nobody waits for somebody else's join, paste or export."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from bench.process_usage import resident_bytes
from bench.socket_client import SocketClient
from inkwire.client import Board, connect
from inkwire.live.limits import SEND_RATE
from inkwire.protocol import codec
from inkwire.protocol.frames import Hello, Live, LiveState, Ready
from inkwire.protocol.ops import Put
from inkwire.protocol.version import PROTOCOL_VERSION
from inkwire.store.embedded import EmbeddedStore
from tests.harness.filled import fill, strokes
from tests.harness.sampled import lag_of
from tests.harness.server import NewBoard, Server
from tests.harness.soak import SOAK, Report, sized

SEED = int(os.environ.get("INKWIRE_TEST_SEED", "20261121"))
READY = codec.encode(Ready("epoch", 0))[:2]
MOST_LAG_MS, MOST_PING_MS = 100, 150
MOST_OPEN_S, MOST_RSS = 5.0, 600 * 2**20
"""Of a quiet machine: asserted at full size only."""


@pytest.fixture
def sampled(own_store: EmbeddedStore, tmp_path: Path) -> Iterator[Server]:
    """One worker that samples its event loop, and lets one address come as often as it likes."""
    server = Server(
        tmp_path / "server",
        own_store.url,
        TEST_APP="tests.harness.sampled:create_app",
        INKWIRE_ADDRESS_CONNECTIONS="5000",
        INKWIRE_ADDRESS_CONNECTIONS_PER_MINUTE="100000",
    )
    yield server
    server.stop()


class Member:
    """A socket that counts bytes and decodes nothing, so that the test is not what is measured."""

    def __init__(self) -> None:
        self.bytes = 0
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._client: SocketClient | None = None

    async def enter(self, server: Server, board: NewBoard, number: int) -> None:
        """Says hello; ``ready`` is done when the board is whole here."""
        path = f"/api/boards/{board.id}/socket"
        _, self._client = await asyncio.get_running_loop().create_connection(
            lambda: SocketClient(f"127.0.0.1:{server.port}", path, self._came),
            "127.0.0.1",
            server.port,
        )
        await self._client.opened
        session, person = f"session-{number:016d}", f"person-{number:08d}"
        hello = Hello(
            PROTOCOL_VERSION, board.id, board.token, session, person, "Somebody", "#1971c2"
        )
        self._client.send(codec.encode(hello))

    def show(self, state: LiveState) -> None:
        """Sends a live state."""
        assert self._client is not None
        self._client.send(codec.encode(Live(state)))

    def leave(self) -> None:
        """Hangs up."""
        if self._client is not None:
            self._client.transport.abort()

    def _came(self, message: bytes) -> None:
        self.bytes += len(message)
        if message[:2] == READY and not self.ready.done():
            self.ready.set_result(None)


async def pinging(board: Board, stop: asyncio.Event) -> list[float]:
    """Milliseconds of every answer until stopped."""
    found = []
    while not stop.is_set():
        found.append(await board.ping() * 1000)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), 0.01)
    return sorted(found)


async def test_w10_joins_pastes_and_exports_do_not_stall_the_loop(
    own_store: EmbeddedStore, sampled: Server, report: Report
) -> None:
    """Many join a large board at once, somebody pastes a lot, somebody exports; others are answered."""
    elements, joins = sized(3_000, 20_000), sized(20, 200)
    pasted = sized(1, 4) * 2**20
    board = await asyncio.to_thread(sampled.create_board)
    await fill(own_store.url, board, list(strokes(elements, random.Random(SEED))))
    link = sampled.link(board)
    watcher, author = await connect(link), await connect(link)
    members = [Member() for _ in range(joins)]
    await asyncio.to_thread(lag_of, sampled)
    stop = asyncio.Event()
    pings = asyncio.create_task(pinging(watcher, stop))
    try:
        await asyncio.to_thread(begin_export, sampled, board)
        async with asyncio.timeout(120):
            await asyncio.gather(
                paste(author, pasted),
                *(join(each, sampled, board, k) for k, each in enumerate(members)),
            )
    finally:
        stop.set()
        for each in members:
            each.leave()
    answers = await pings
    lag = await asyncio.to_thread(lag_of, sampled)
    p99 = answers[int(len(answers) * 0.99)]
    report(
        "W10", elements=elements, joins=joins, pasted_mib=pasted >> 20,
        longest_lag_ms=round(lag.longest_ms), busy_ms=round(lag.busy_ms), samples=lag.samples,
        ping_p99_ms=round(p99), longest_ping_ms=round(answers[-1]),
    )  # fmt: skip
    assert not SOAK or (lag.longest_ms <= MOST_LAG_MS and p99 <= MOST_PING_MS), (lag, p99)
    await watcher.close()
    await author.close()


async def join(member: Member, server: Server, board: NewBoard, number: int) -> None:
    """One of many who come at once."""
    await member.enter(server, board, number)
    await member.ready


async def paste(author: Board, size: int) -> None:
    """A large drawing, in pushes of about 200 KiB, as fast as the server takes them."""
    ops = list(strokes(size // 400, random.Random(SEED + 1)))
    pushes = [ops[k : k + 400] for k in range(0, len(ops), 400)]
    for n, some in enumerate(pushes):
        await author.push(
            [Put(replace(op.element, id=f"pasted{n}-{k}")) for k, op in enumerate(some)]
        )


def begin_export(server: Server, board: NewBoard) -> None:
    """Asks for a picture of all of it, and leaves once it has begun."""
    request = urllib.request.Request(
        f"{server.base}/api/boards/{board.id}/export.svg",
        headers={"Authorization": f"Bearer {board.token}"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        answer.read(1)


async def test_w11_a_full_room_on_a_board_as_large_as_they_get(
    own_store: EmbeddedStore, sampled: Server, report: Report
) -> None:
    """It opens, memory stays bounded, and cursors of everybody cost everybody a bounded stream."""
    elements, people, seconds = sized(5_000, 150_000), sized(20, 200), sized(2.0, 20.0)
    rate = 30
    board = await asyncio.to_thread(sampled.create_board)
    await fill(own_store.url, board, list(strokes(elements, random.Random(SEED))))
    started = time.monotonic()
    opened = Member()
    async with asyncio.timeout(60):
        await join(opened, sampled, board, 9_999)
    took = time.monotonic() - started
    size = opened.bytes
    opened.leave()
    members = [Member() for _ in range(people)]
    async with asyncio.timeout(120):
        for first in range(0, people, 20):
            await asyncio.gather(
                *(
                    join(each, sampled, board, first + k)
                    for k, each in enumerate(members[first : first + 20])
                )
            )
    (pid,) = sampled.worker_pids()
    stop = asyncio.Event()
    moving = [asyncio.create_task(move(each, k, rate, stop)) for k, each in enumerate(members)]
    before = [each.bytes for each in members]
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
    per_second = [(each.bytes - had) / seconds for each, had in zip(members, before, strict=True)]
    rss = resident_bytes(pid)
    stop.set()
    await asyncio.gather(*moving)
    for each in members:
        each.leave()
    assert min(per_second) > 0
    assert max(per_second) <= SEND_RATE
    report(
        "W11", elements=elements, people=people, open_s=round(took, 2), open_mb=round(size / 1e6, 1),
        rss_mib=rss >> 20, cursors_kib_per_second=round(max(per_second) / 1024),
    )  # fmt: skip
    assert not SOAK or (took <= MOST_OPEN_S and rss <= MOST_RSS), (took, rss)


async def move(member: Member, number: int, rate: int, stop: asyncio.Event) -> None:
    """A pointer that never rests."""
    dice = random.Random(number)
    while not stop.is_set():
        member.show(LiveState(cursor=(dice.uniform(0, 9_999), dice.uniform(0, 9_999))))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), 1 / rate)
