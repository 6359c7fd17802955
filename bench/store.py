"""What a commit costs, beside a plain SET over the same connection and over the library's pool.

Starts a store of its own. Worker CPU is this process's, store CPU the server's, both as the kernel
counts them. `python -m bench.store [--redis]` (with --redis: Debian's redis-server).
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import redis.asyncio
import uvloop
from msgspec.structs import replace
from redis.exceptions import NoScriptError

from bench.process_usage import cpu_seconds
from inkwire.assets.folder import FolderFiles
from inkwire.protocol.elements import Freedraw, Rectangle
from inkwire.protocol.ops import Op, Props, Put, SetProps
from inkwire.protocol.points import encode_points
from inkwire.store.commands import Argument, Commands
from inkwire.store.connect import new_pool
from inkwire.store.data_folder import DataFolder
from inkwire.store.embedded import EmbeddedStore
from inkwire.store.redis_store import RedisBoardStore
from inkwire.store.scripts import Script

ONE_BY_ONE = 3_000
BOARDS = 200
ROUNDS = 50
STROKES = 5_000
REPEATS = 40
Work = Callable[[], Awaitable[object]]


class Pooled:
    """What ``Commands`` does, by the library's client and its pool: a connection for each command."""

    def __init__(self, client: redis.asyncio.Redis) -> None:
        self._client = client

    async def call(self, *args: Argument) -> Any:
        return await self._client.execute_command(*args)  # type: ignore[no-untyped-call]

    async def run(self, script: Script, keys: Sequence[str], *args: Argument) -> Any:
        try:
            return await self.call("EVALSHA", script.sha, len(keys), *keys, *args)
        except NoScriptError:
            return await self.call("EVAL", script.text, len(keys), *keys, *args)

    async def close(self) -> None:
        await self._client.aclose()


class Writer:
    """One client of one board."""

    def __init__(self, store: RedisBoardStore, board: str) -> None:
        self._store = store
        self._board = board
        self._n = 0

    async def push(self, ops: Sequence[Op]) -> None:
        self._n += 1
        await self._store.commit(
            self._board,
            cid="bench-client",
            n=self._n,
            gesture="g",
            person="bench-person",
            at_ms=time.time_ns() // 1_000_000,
            ops=ops,
        )

    async def stroke(self) -> None:
        """What a pen-up pushes."""
        await self.push([Put(replace(STROKE, id=f"s{self._n}"))])


def stroke(id_: str) -> Freedraw:
    """Fifty points with pressure and time, as a hand makes them."""
    dice = Random(id_)
    x = y = 0.0
    points = []
    for k in range(50):
        x, y = x + dice.uniform(-6, 6), y + dice.uniform(-6, 6)
        points.append((x, y, dice.uniform(0.3, 0.7), k * 16))
    data = encode_points(points, pressure=True, time=True)
    place = (dice.uniform(-1e4, 1e4), dice.uniform(-1e4, 1e4), 1.0, 1.0, 0.0)
    return Freedraw(id=id_, place=place, z=f"a{dice.randrange(10**8)}", points=data)


STROKE = stroke("s")


async def one_by_one(name: str, work: Work) -> None:
    """How long one takes when nothing else happens."""
    times = []
    for _ in range(ONE_BY_ONE):
        started = time.perf_counter()
        await work()
        times.append((time.perf_counter() - started) * 1000)
    p99 = statistics.quantiles(times, n=100)[-1]
    print(f"{name:<34} p50 {statistics.median(times):6.3f} ms   p99 {p99:6.3f} ms")


async def many_at_once(name: str, pid: int, works: Sequence[Work]) -> float:
    """What each costs when many come at once; returns worker plus store CPU in µs."""
    store_before, started, before = cpu_seconds(pid), time.perf_counter(), time.process_time()
    for _ in range(ROUNDS):
        await asyncio.gather(*(work() for work in works))
    count = ROUNDS * len(works)
    seconds = time.perf_counter() - started
    worker = (time.process_time() - before) / count * 1e6
    store = (cpu_seconds(pid) - store_before) / count * 1e6
    print(
        f"{name:<34} {count / seconds:8,.0f} /s   worker {worker:5.1f} µs   store {store:5.1f} µs"
    )
    return worker + store


async def largest_pushes(store: RedisBoardStore, server: EmbeddedStore) -> None:
    """How long the script holds the store: its CPU time, the mean of many."""
    pushes: dict[str, list[Op]] = {
        "500 rectangles put": [Put(rectangle(k)) for k in range(500)],
        "500 rectangles moved": [
            SetProps(f"r{k}", Props(place=(k + 0.5, 1.0, 9.0, 9.0, 0.0))) for k in range(500)
        ],
        "500 strokes put": [Put(stroke(f"s{k}")) for k in range(500)],
    }
    for name, ops in pushes.items():
        writers = [Writer(store, (await store.create_board("", 0)).id) for _ in range(REPEATS)]
        if "moved" in name:
            for writer in writers:
                await writer.push(pushes["500 rectangles put"])
        before, started = cpu_seconds(server.pid), time.process_time()
        for writer in writers:
            await writer.push(ops)
        spent = (cpu_seconds(server.pid) - before) / REPEATS * 1000
        worker = (time.process_time() - started) / REPEATS * 1000
        print(f"{name:<34} {spent:6.2f} ms in the store   worker {worker:.2f} ms")


def rectangle(k: int) -> Rectangle:
    return Rectangle(id=f"r{k}", place=(float(k), 0.0, 10.0, 10.0, 0.0), z=f"a{k:04}")


async def join(store: RedisBoardStore) -> None:
    """Reading a whole board, as for a newcomer."""
    board = await store.create_board("", 0)
    writer = Writer(store, board.id)
    for first in range(0, STROKES, 250):
        await writer.push([Put(stroke(f"s{k}")) for k in range(first, first + 250)])
    started, before = time.perf_counter(), time.process_time()
    size = 0
    async for page in store.pages(board.id):
        size += sum(map(len, page))
    print(
        f"{STROKES:,} strokes of 50 points in pages   {(time.perf_counter() - started) * 1000:.1f} ms"
        f"   worker {(time.process_time() - before) * 1000:.1f} ms   {size / 1e6:.2f} MB"
    )


async def measure(server: EmbeddedStore) -> None:
    pool = new_pool(server.url, "bench")
    store = RedisBoardStore(pool, FolderFiles(server.folder.files))
    plain = Commands(pool)
    library = redis.asyncio.Redis.from_url(server.url, max_connections=BOARDS)
    value = STROKE.points

    def set_plainly() -> Awaitable[object]:
        return plain.call("SET", "bench", value)

    def set_by_library() -> Awaitable[object]:
        return library.set("bench", value)

    writers = [Writer(store, (await store.create_board("", 0)).id) for _ in range(BOARDS)]
    await one_by_one("SET, one by one", set_plainly)
    await one_by_one("a stroke's commit, one by one", writers[0].stroke)
    print(f"-- {BOARDS} boards at once")
    base = await many_at_once("SET", server.pid, [set_plainly] * BOARDS)
    await many_at_once("SET over the library's pool", server.pid, [set_by_library] * BOARDS)
    ours = await many_at_once("a stroke's commit", server.pid, [each.stroke for each in writers])
    pooled = RedisBoardStore(pool, FolderFiles(server.folder.files))
    pooled._writes = Pooled(library)  # type: ignore[assignment]  # the same two methods
    others = [Writer(pooled, (await pooled.create_board("", 0)).id) for _ in range(BOARDS)]
    theirs = await many_at_once(
        "a stroke's commit, by the pool", server.pid, [each.stroke for each in others]
    )
    print(f"   a commit costs {ours / base:.1f} SETs, in CPU of worker and store together")
    print(f"   and {theirs / ours:.1f} times that through the pool")
    print("-- the largest pushes")
    await largest_pushes(store, server)
    print("-- joining")
    await join(store)
    await plain.close()
    await library.aclose()
    await store.close()


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--redis", action="store_true", help="Debian's redis-server")
    binary = shutil.which("redis-server") if parser.parse_args().redis else None
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedStore(DataFolder(Path(folder)), binary=Path(binary) if binary else None)
        server.start()
        try:
            uvloop.run(measure(server))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
