"""How long it takes to join a board, and how many bytes: 5,000 strokes of 50 points, beside y-websocket.

Each server runs alone on core 0, the joiner on core 1. *Cold* is the first join after the board was filled: ours
reads it from the store. *Warm* are joins while the snapshot of that one is still kept. Measured is from the opening
of the socket until the last byte of the state is here; for ours also until ``inkwire.client`` holds a document.
`python -m bench.join_load [--strokes 5000] [--boards 6] [--warm 5] [--only inkwire]`.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import random
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bench.peers import yjs
from bench.peers.servers import Inkwire, YWebsocket, inkwire, y_websocket
from bench.process_usage import cpu_seconds
from bench.socket_client import SocketClient
from inkwire.client import connect
from inkwire.protocol import codec
from inkwire.protocol.elements import Freedraw
from inkwire.protocol.frames import Hello, Ready
from inkwire.protocol.ops import Put
from inkwire.protocol.points import Point, encode_points
from inkwire.protocol.version import PROTOCOL_VERSION
from inkwire.rooms.order import keys_between

READY = codec.encode(Ready("epoch-00", 0))[:2]
PUSHED = 250
ID_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def strokes(count: int, points: int = 50) -> list[Put]:
    """Strokes as the pen makes them: pressure, a time every 8 ms or so, ids of 21 characters.

    Direction and pressure are a random walk, which is harder to compress than a hand's.
    """
    chance = random.Random(20261121)
    side = math.ceil(math.sqrt(count / 100))
    found = []
    for z in keys_between(None, None, count, chance):
        turn, x, y, pressure, at = chance.uniform(0, 6.28), 0.0, 0.0, 0.5, 0
        drawn = [Point(x, y, pressure, at)]
        for _ in range(points - 1):
            turn += chance.uniform(-0.4, 0.4)
            pressure = min(max(pressure + chance.uniform(-0.05, 0.05), 0.1), 1.0)
            x, y = x + 4 * math.cos(turn), y + 4 * math.sin(turn)
            at += chance.choice((4, 8, 8, 8, 8, 12, 16))
            drawn.append(Point(x, y, pressure, at))
        place = (chance.uniform(0, side * 1280), chance.uniform(0, side * 720))
        stroke = Freedraw(
            id="s" + "".join(chance.choices(ID_CHARACTERS, k=20)),
            place=(round(place[0] * 16) / 16, round(place[1] * 16) / 16, 1, 1, 0),
            z=z,
            color=chance.choice(["#1e1e1e", "#e03131", "#2f9e44", "#1971c2"]),
            points=encode_points(drawn, pressure=True, time=True),
        )
        found.append(Put(stroke))
    return found


@dataclass
class Joined:
    """What joins cost, in the order in which they were made."""

    ms: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        size = f", {statistics.median(self.sizes) / 1e6:.3f} MB" if self.sizes else ""
        return (
            f"{statistics.median(self.ms):6.1f} ms (longest {max(self.ms):.1f} of {len(self.ms)}), "
            f"server {statistics.mean(self.cpu_ms):.0f} ms of CPU{size}"
        )


async def joined(
    into: Joined,
    address: tuple[str, str],
    greeting: bytes,
    is_last: Callable[[bytes], bool],
    pids: Iterable[int],
) -> None:
    """Joins once and adds what it cost; the path of the address may be another for each join."""
    host, path = address
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    size = 0

    def came(message: bytes) -> None:
        nonlocal size
        size += len(message)
        if is_last(message) and not done.done():
            done.set_result(None)

    before = sum(map(cpu_seconds, pids))
    started = time.perf_counter()
    _, client = await asyncio.get_running_loop().create_connection(
        lambda: SocketClient(host, path, came), *address_of(host)
    )
    await client.opened
    client.send(greeting)
    async with asyncio.timeout(60):
        await done
    into.ms.append((time.perf_counter() - started) * 1000)
    into.sizes.append(size)
    client.transport.abort()
    into.cpu_ms.append((sum(map(cpu_seconds, pids)) - before) * 1000)


def hello(board: str, token: str, number: int) -> bytes:
    """A greeting of a new page."""
    session = f"session-{number:016d}"
    person = f"person-{number:08d}"
    return codec.encode(
        Hello(PROTOCOL_VERSION, board, token, session, person, "Somebody", "#1971c2")
    )


async def join_ours(server: Inkwire, ops: list[Put], warm: int) -> None:
    """Fills the boards and joins each, once cold and then warm, in turn without and with a document."""
    found = {
        name: Joined()
        for name in ("cold, bytes", "cold, document", "warm, bytes", "warm, document")
    }
    pids = [*server.workers, *server.stores]
    host = f"127.0.0.1:{server.port}"
    for room, (board, token) in enumerate(server.boards):
        url = f"http://{host}/api/boards/{board}"
        async with await connect(url, token) as filler:
            for first in range(0, len(ops), PUSHED):
                await filler.push(ops[first : first + PUSHED])
        for number in range(2 * warm + 1):
            state = "warm" if number else "cold"
            if (number + room) % 2:
                await documented(found[f"{state}, document"], url, token, pids)
            else:
                greeting = hello(board, token, number)
                address = host, server.path(room)
                await joined(found[f"{state}, bytes"], address, greeting, is_ready, pids)
    for name, each in found.items():
        if each.ms:
            print(f"inkwire      {name:14} {each}")


async def documented(into: Joined, url: str, token: str, pids: list[int]) -> None:
    """Joins once with the client, until it holds a document."""
    before = sum(map(cpu_seconds, pids))
    started = time.perf_counter()
    joiner = await connect(url, token)
    into.ms.append((time.perf_counter() - started) * 1000)
    into.cpu_ms.append((sum(map(cpu_seconds, pids)) - before) * 1000)
    await joiner.close()


def is_ready(message: bytes) -> bool:
    """Whether a message ends a snapshot."""
    return message[:2] == READY


async def join_yjs(server: YWebsocket, ops: list[Put], warm: int) -> None:
    """The same strokes as items of bytes, each what our store holds of it; the server keeps no disk."""
    found = Joined()
    host = f"127.0.0.1:{server.port}"
    _, filler = await asyncio.get_running_loop().create_connection(
        lambda: SocketClient(host, server.path(0), lambda _: None), *address_of(host)
    )
    await filler.opened
    for clock, op in enumerate(ops):
        filler.send(yjs.append(7, clock, "strokes", codec.encode(op.element)))
    await joined(Joined(), (host, server.path(0)), yjs.ask_all(), yjs.is_answer, server.workers)
    for _ in range(2 * warm):
        await joined(found, (host, server.path(0)), yjs.ask_all(), yjs.is_answer, server.workers)
    filler.transport.abort()
    print(f"y-websocket  {'bytes':14} {found}")


def address_of(host: str) -> tuple[str, int]:
    """Name and port."""
    name, port = host.split(":")
    return name, int(port)


def main() -> None:
    """Prints one row for each way to join."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strokes", type=int, default=5_000)
    parser.add_argument("--boards", type=int, default=6)
    parser.add_argument("--warm", type=int, default=5)
    parser.add_argument("--only", choices=("inkwire", "y-websocket"))
    options = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    ops = strokes(options.strokes)
    if options.only != "y-websocket":
        with inkwire(options.boards) as ours:
            asyncio.run(join_ours(ours, ops, options.warm))
    if options.only != "inkwire":
        with y_websocket() as theirs:
            asyncio.run(join_yjs(theirs, ops, options.warm))


if __name__ == "__main__":
    main()
