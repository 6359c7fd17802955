"""Somebody sends far more than anybody can draw; the others draw on."""

from __future__ import annotations

import asyncio
import contextlib
import statistics
from typing import Final

from websockets.exceptions import ConnectionClosed

from inkwire.protocol import codec
from inkwire.protocol.frames import Accepted, Live, LiveState, Push
from tests.harness.pair import Pair
from tests.harness.server import NewBoard, Server
from tests.harness.soak import Report, sized
from tests.harness.wire import Wire, box

EDITS: Final = sized(40, 400)
FLOODS: Final = sized(3, 30)
FAR_TOO_MUCH: Final = 4029
GUARD_SECONDS: Final = 60.0


async def flood(server: Server, made: NewBoard, kind: str) -> tuple[int, int]:
    """Sends as fast as it goes until it is closed; the code, and how many frames that took."""
    sent = 0
    async with await Wire.enter(server, made) as wire:
        closing = asyncio.create_task(wire.closed())
        with contextlib.suppress(ConnectionClosed):
            while not closing.done():
                sent += 1
                if kind == "live":
                    frame: object = Live(LiveState(cursor=(float(sent), 0.0)))
                else:
                    frame = Push(wire.cid, sent, "", (box(f"flood-{sent}"),))
                await wire.socket.send(codec.encode(frame))
                if sent % 50 == 0:
                    await asyncio.sleep(0)
        async with asyncio.timeout(GUARD_SECONDS):
            return await closing, sent


async def delays(author: Wire, watcher: Wire, stop: asyncio.Event) -> list[float]:
    """Edits one after the other; the milliseconds until somebody on the other worker has each."""
    loop = asyncio.get_running_loop()
    found: list[float] = []
    while len(found) < EDITS or not stop.is_set():
        at = loop.time()
        n = await author.push(box(f"honest-{author.n}"))
        seq = (await author.accepted(n)).seq
        await watcher.reached(seq)
        found.append((loop.time() - at) * 1000)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.Event().wait(), 0.01)
    return found


def p99(values: list[float]) -> float:
    """The 99th percentile."""
    return statistics.quantiles(values, n=100)[98]


async def test_x6_who_floods_is_closed_and_the_others_draw_on(pair: Pair, report: Report) -> None:
    """[C8] By pushes and by live frames, into the room of the others: all of theirs is stored."""
    made = pair.here.create_board()
    async with (
        await Wire.enter(pair.here, made) as author,
        await Wire.enter(pair.there, made) as watcher,
    ):
        over = asyncio.Event()
        over.set()
        quiet = p99(await delays(author, watcher, over))
        over.clear()
        drawing = asyncio.create_task(delays(author, watcher, over))
        ends = [await flood(pair.here, made, ("live", "push")[k % 2]) for k in range(FLOODS)]
        over.set()
        beside = p99(await drawing)
        assert {code for code, _ in ends} == {FAR_TOO_MUCH}
        accepted = [each.n for each in author.frames if isinstance(each, Accepted)]
        assert max(accepted) == author.n
        assert {f"honest-{k}" for k in range(author.n)} <= set(watcher.ids)
    report(
        "X6",
        floods=FLOODS,
        frames=sum(count for _, count in ends),
        p99_quiet_ms=round(quiet, 1),
        p99_beside_ms=round(beside, 1),
    )
