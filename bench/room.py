"""What one delivered update costs: a room of writers and listeners, beside a plain broadcast.

Ten people draw at 30 updates a second, everybody listens. Both servers run in turn on core 0 with
the generator on core 1; ours keeps its store in the path. Delivery is counted by content: appended
ink bytes for ours (it may merge updates, and does not send back what its author alone did: a writer
counts a few less), messages for the baseline.
`python -m bench.room [--people 50 100] [--seconds 8]`.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from bench.process_usage import children, command_of, cpu_seconds, resident_bytes
from bench.socket_client import SocketClient
from inkwire.protocol import codec
from inkwire.protocol.elements import Freedraw
from inkwire.protocol.frames import Hello, Ink, Live, LiveState
from inkwire.protocol.points import HEADER_BYTES
from inkwire.protocol.version import PROTOCOL_VERSION

WRITERS = 10
RATE = 30
POINT_BYTES = bytes((2, 2, 2)) * 20
"""One update: 20 points' worth of deltas, 60 bytes."""
STROKE_UPDATES = 60


@dataclass
class Figures:
    """One cell of the table."""

    cpu_per_thousand: float
    delivered: float
    p50_ms: float
    p99_ms: float
    rss_mb: float
    store_cpu_per_thousand: float = 0.0


class Meter:
    """Counts what arrived and how old it was."""

    def __init__(self) -> None:
        self.updates = 0.0
        self.ages: list[float] = []
        self.on = False

    def came(self, updates: float, sent_at: float | None) -> None:
        if self.on:
            self.updates += updates
            if sent_at is not None:
                self.ages.append(time.monotonic() - sent_at)

    def percentile(self, share: float) -> float:
        ages = sorted(self.ages) or [float("nan")]
        return ages[min(len(ages) - 1, int(len(ages) * share))] * 1000


def our_counter(meter: Meter) -> Callable[[bytes], None]:
    """Counts ink bytes; the cursor's x carries the sending time."""

    def count(data: bytes) -> None:
        if len(data) < 2 or data[1] != 14:
            return
        for _peer, _who, state in msgspec.msgpack.decode(data)[2]:
            size = sum(
                len(ink["data"]) - (HEADER_BYTES if ink["offset"] == 0 else 0)
                for ink in state.get("ink", ())
            )
            cursor = state.get("cursor")
            meter.came(size / len(POINT_BYTES), cursor[0] if cursor else None)

    return count


def plain_counter(meter: Meter) -> Callable[[bytes], None]:
    """Counts messages; their head carries the sending time."""

    def count(data: bytes) -> None:
        meter.came(1, json.loads(data)["at"])

    return count


async def our_writer(client: SocketClient, index: int, stop: asyncio.Event) -> None:
    """Draws strokes of 60 updates without end."""
    n = 0
    offset = 0
    while not stop.is_set():
        if n % STROKE_UPDATES == 0:
            offset = 0
        head = bytes((1, 4)) if offset == 0 else b""
        id_ = f"w{index}s{n // STROKE_UPDATES}"
        element = (
            Freedraw(id=id_, place=(0, 0, 1, 1, 0), z="a0", points=b"") if offset == 0 else None
        )
        data = head + POINT_BYTES
        state = LiveState(
            cursor=(time.monotonic(), 0.0),
            ink=(Ink(id=id_, offset=offset, data=data, element=element),),
            ended=(f"w{index}s{n // STROKE_UPDATES - 1}",) if offset == 0 and n else (),
        )
        client.send(codec.encode(Live(state)))
        offset += len(data)
        n += 1
        await _tick(stop)


async def plain_writer(client: SocketClient, index: int, stop: asyncio.Event) -> None:
    """Sends the same points as JSON."""
    points = [[1, 1, 0.5]] * 20
    while not stop.is_set():
        text = json.dumps({"at": time.monotonic(), "who": index, "points": points})
        client.send(text.encode(), 1)
        await _tick(stop)


async def _tick(stop: asyncio.Event) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), 1 / RATE)


@contextlib.contextmanager
def running(
    command: list[str], port: int, ready: str, *, cores: Iterable[int] = (0,), **env: str
) -> Iterator[int]:
    """A server on some cores, ended afterwards."""
    process = subprocess.Popen(
        command,
        env=os.environ | env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
    )
    try:
        deadline = time.monotonic() + 30
        while True:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}{ready}", timeout=1).close()
                break
            if time.monotonic() > deadline or process.poll() is not None:
                raise RuntimeError(f"{command} did not start")
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.asynccontextmanager
async def clients(
    host: str, path: str, count: int, on_message: Callable[[bytes], None]
) -> AsyncIterator[list[SocketClient]]:
    """So many open sockets."""
    loop = asyncio.get_running_loop()
    name, port = host.split(":")
    found = []
    for _ in range(count):
        _, client = await loop.create_connection(
            lambda: SocketClient(host, path, on_message), name, int(port)
        )
        await client.opened
        found.append(client)
    try:
        yield found
    finally:
        for client in found:
            client.transport.abort()


async def measure(
    pids: list[int],
    stores: list[int],
    people: list[SocketClient],
    writer: Callable[[SocketClient, int, asyncio.Event], Any],
    meter: Meter,
    seconds: float,
) -> Figures:
    """Lets the writers draw, and reads the processes' clocks around ``seconds`` of it."""
    stop = asyncio.Event()
    tasks = [asyncio.create_task(writer(people[i], i, stop)) for i in range(WRITERS)]
    await asyncio.sleep(2)
    before = sum(map(cpu_seconds, pids)), sum(map(cpu_seconds, stores))
    meter.on = True
    await asyncio.sleep(seconds)
    meter.on = False
    used = sum(map(cpu_seconds, pids)) - before[0]
    store = sum(map(cpu_seconds, stores)) - before[1]
    stop.set()
    await asyncio.gather(*tasks)
    expected = WRITERS * RATE * seconds * len(people)
    return Figures(
        used / meter.updates * 1000,
        meter.updates / expected,
        meter.percentile(0.5),
        meter.percentile(0.99),
        sum(map(resident_bytes, pids)) / 1e6,
        store / meter.updates * 1000,
    )


async def ours(people: int, seconds: float) -> Figures:
    """One worker and its store."""
    port = free_port()
    with (
        tempfile.TemporaryDirectory() as data,
        running(
            [sys.executable, "-m", "inkwire", "serve", "--port", str(port), "--workers", "1"],
            port,
            "/readyz",
            INKWIRE_DATA_DIR=data,
        ) as pid,
    ):
        board = new_board(f"http://127.0.0.1:{port}")
        family = [pid, *children(pid)]
        stores = [each for each in family if "valkey" in command_of(each).split(" ")[0]]
        meter = Meter()
        path = f"/api/boards/{board['id']}/socket"
        async with clients(f"127.0.0.1:{port}", path, people, our_counter(meter)) as found:
            for index, client in enumerate(found):
                client.send(
                    codec.encode(
                        Hello(
                            PROTOCOL_VERSION,
                            board["id"],
                            board["links"]["editor"]["token"],
                            f"session-{index:016d}",
                            f"person-{index:08d}",
                            f"Person {index}",
                            "#1971c2",
                        )
                    )
                )
            workers = [each for each in family if each not in stores]
            return await measure(workers, stores, found, our_writer, meter, seconds)


def new_board(base: str) -> dict[str, Any]:
    """A board made through the API."""
    request = urllib.request.Request(  # loopback
        f"{base}/api/boards", b"{}", {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        board: dict[str, Any] = json.load(answer)
    return board


async def plain(people: int, seconds: float) -> Figures:
    """The tutorial's server."""
    port = free_port()
    command = f"-m uvicorn bench.plain_server:app --port {port} --log-level warning".split()
    with running([sys.executable, *command], port, "/openapi.json") as pid:
        meter = Meter()
        async with clients(f"127.0.0.1:{port}", "/room", people, plain_counter(meter)) as found:
            return await measure([pid], [], found, plain_writer, meter, seconds)


def main() -> None:
    """Prints one row per number of people."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[50, 100])
    parser.add_argument("--seconds", type=float, default=8.0)
    options = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    print("people | server | CPU s/1,000 delivered | delivered | p50 ms | p99 ms | RSS MB")
    for people in options.people:
        rows = {}
        for name, server in (("plain", plain), ("inkwire", ours)):
            figures = rows[name] = asyncio.run(server(people, options.seconds))
            store = (
                f" + store {figures.store_cpu_per_thousand:.4f}"
                if figures.store_cpu_per_thousand
                else ""
            )
            print(
                f"{people} | {name} | {figures.cpu_per_thousand:.4f}{store} | "
                f"{figures.delivered:.1%} | {figures.p50_ms:.1f} | {figures.p99_ms:.1f} | "
                f"{figures.rss_mb:.0f}"
            )
        ratio = rows["inkwire"].cpu_per_thousand / rows["plain"].cpu_per_thousand
        print(f"{people} | ratio inkwire / plain: {ratio:.2f}")


if __name__ == "__main__":
    main()
