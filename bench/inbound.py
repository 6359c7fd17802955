"""What one received frame costs a worker: a ping of the protocol, a live frame, a commit.

Many pages send at the pace that people do, each alone on its board, so that what comes in is measured
and not what goes out to others: the answer is in the figure. The worker and
its store run on core 0, the generator on another.
`python -m bench.inbound [--pages 64] [--rate 100] [--seconds 6] [--library] [--profile]`.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import pstats
import secrets
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.process_usage import children, command_of, cpu_seconds
from bench.room import free_port, new_board, running
from bench.socket_client import SocketClient
from inkwire.protocol import codec
from inkwire.protocol.elements import Freedraw
from inkwire.protocol.frames import Hello, Live, LiveState, Ping, Push
from inkwire.protocol.ops import Put
from inkwire.protocol.points import HEADER_BYTES
from inkwire.protocol.version import PROTOCOL_VERSION

STROKE = bytes((1, 4)) + bytes((2, 2, 2)) * 50
assert HEADER_BYTES == 2


@dataclass
class Page:
    """One open socket and what it is about to say."""

    client: SocketClient
    cid: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    n: int = 0


def ping(page: Page) -> bytes:
    """The smallest frame there is; answered by Pong."""
    page.n += 1
    return codec.encode(Ping(page.n))


def live(page: Page) -> bytes:
    """A cursor that moves."""
    page.n += 1
    return codec.encode(Live(LiveState(cursor=(float(page.n), 1.0))))


def commit(page: Page) -> bytes:
    """A stroke of 50 points."""
    page.n += 1
    stroke = Freedraw(id=f"s{page.n}", place=(0, 0, 1, 1, 0), z="a0", points=STROKE)
    return codec.encode(Push(page.cid, page.n, "", (Put(stroke),)))


LOADS: dict[str, tuple[Callable[[Page], bytes], float]] = {
    "ping": (ping, 1.0),
    "live": (live, 1.0),
    "commit": (commit, 0.1),
}
"""What is sent, and how often beside the full rate."""


class Heard:
    """Counts what came back."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, data: bytes) -> None:
        self.count += 1


async def enter(base: str, port: int, heard: Heard) -> Page:
    """A page that is alone on a board of its own."""
    board = await asyncio.to_thread(new_board, base)
    host = f"127.0.0.1:{port}"
    path = f"/api/boards/{board['id']}/socket"
    _, client = await asyncio.get_running_loop().create_connection(
        lambda: SocketClient(host, path, heard), "127.0.0.1", port
    )
    await client.opened
    hello = Hello(
        PROTOCOL_VERSION,
        board["id"],
        board["links"]["editor"]["token"],
        secrets.token_urlsafe(16),
        "person-of-the-bench",
        "Somebody",
        "#1971c2",
    )
    client.send(codec.encode(hello))
    return Page(client)


async def send_for(
    pages: list[Page], make: Callable[[Page], bytes], rate: float, seconds: float
) -> int:
    """Lets every page send at ``rate`` for a while, evenly spread; returns how many were sent."""
    loop = asyncio.get_running_loop()
    start, sent = loop.time(), 0
    total = int(seconds * rate * len(pages))
    while sent < total:
        due = min(total, int((loop.time() - start) * rate * len(pages)))
        for index in range(sent, due):
            page = pages[index % len(pages)]
            page.client.send(make(page))
        sent = due
        await asyncio.sleep(0.001)
    return sent


async def measure(name: str, options: argparse.Namespace, profile: Path | None) -> None:
    """Prints one row, and where the time went if that was asked."""
    make, share = LOADS[name]
    port = free_port()
    with tempfile.TemporaryDirectory() as data:
        environment = {"INKWIRE_DATA_DIR": data, "INKWIRE_PORT": str(port), "INKWIRE_WORKERS": "1"}
        if options.library:
            environment["BENCH_LIBRARY"] = "1"
        if profile is not None:
            environment["BENCH_PROFILE"] = str(profile)
        command = [sys.executable, "-m", "bench.profiled_server"]
        with running(command, port, "/readyz", cores=(0,), **environment) as pid:
            family = [pid, *children(pid)]
            stores = [each for each in family if "valkey" in command_of(each).split(" ")[0]]
            workers = [each for each in family if each not in stores]
            heard = Heard()
            pages = [
                await enter(f"http://127.0.0.1:{port}", port, heard) for _ in range(options.pages)
            ]
            rate = options.rate * share
            await send_for(pages, make, rate, 1)
            idle = sum(map(cpu_seconds, workers))
            await asyncio.sleep(2)
            idle = (sum(map(cpu_seconds, workers)) - idle) / 2
            heard.count = 0
            before = sum(map(cpu_seconds, workers)), sum(map(cpu_seconds, stores))
            sent = await send_for(pages, make, rate, options.seconds)
            await asyncio.sleep(0.2)
            used = sum(map(cpu_seconds, workers)) - before[0] - idle * options.seconds
            store = sum(map(cpu_seconds, stores)) - before[1]
            print(
                f"{name} | {used / sent * 1e6:.1f} | {store / sent * 1e6:.1f} | {sent} | "
                f"{heard.count / sent:.2f}",
                flush=True,
            )
            for page in pages:
                page.client.transport.abort()
    if profile is not None:
        pstats.Stats(str(profile)).sort_stats("tottime").print_stats(25)


def main() -> None:
    """Prints one row per kind of frame."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--loads", nargs="+", choices=list(LOADS), default=list(LOADS))
    parser.add_argument("--pages", type=int, default=64)
    parser.add_argument("--rate", type=float, default=100.0)
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--library", action="store_true", help="the library reads every frame")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    print("load average", *os.getloadavg())
    print("frame | worker µs a frame | store µs a frame | frames | frames back for each")
    with tempfile.TemporaryDirectory() as folder:
        for name in options.loads:
            profile = Path(folder) / name if options.profile else None
            asyncio.run(measure(name, options, profile))


if __name__ == "__main__":
    main()
