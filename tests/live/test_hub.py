"""Rooms open and close under people's feet without losing anything."""

from __future__ import annotations

import asyncio
import random

import pytest

from inkwire.live.limits import SLOW_TICK_SECONDS, TICK_SECONDS
from inkwire.live.pace import Pace, tick_seconds
from tests.harness.pair import Pair
from tests.harness.server import Server
from tests.harness.wire import Wire, box


async def rooms_of(server: Server) -> float:
    """How many rooms a server has open."""
    return await asyncio.to_thread(server.metric, "inkwire_rooms")


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_room_that_empties_and_fills_loses_nothing(
    pair: Pair, hasty: Server, seed: int
) -> None:
    """[C4] The last one leaves, the first comes back, while another worker's people draw."""
    chance = random.Random(seed)
    board = hasty.create_board()
    async with await Wire.enter(pair.here, board) as author:
        drawn = 0
        for _ in range(25):
            async with await Wire.enter(hasty, board) as guest:
                for _ in range(chance.randint(1, 3)):
                    drawn += 1
                    seq = await author.commit(box(f"e{drawn}"))
                await guest.reached(seq)
                assert len(guest.ids) == drawn
                if chance.random() < 0.5:
                    drawn += 1
                    guest.n, guest.cid = 0, f"guest-client-{drawn}"
                    await guest.push(box(f"e{drawn}"))
                    seq = (await guest.accepted(1)).seq
            await author.reached(seq)
            if chance.random() < 0.3:  # long enough for the room to be closed
                closed_at = hasty.metric("inkwire_rooms")
                while closed_at and await rooms_of(hasty) >= closed_at:
                    pass  # the author's allowance is for its pushes: it asks for nothing
        assert len(author.ids) == drawn


def test_the_tick_stretches_with_the_room_and_the_loop() -> None:
    assert tick_seconds(0.0, 0.0) == TICK_SECONDS
    assert tick_seconds(0.0015, 0.0) == TICK_SECONDS
    assert tick_seconds(0.0018, 0.0) == pytest.approx(0.018)
    assert tick_seconds(0.003, 0.0) == pytest.approx(0.020)
    assert tick_seconds(0.005, 0.0) == pytest.approx(0.025)
    assert tick_seconds(1.0, 0.0) == SLOW_TICK_SECONDS
    assert tick_seconds(0.0, 0.5) == SLOW_TICK_SECONDS


async def test_the_pace_knows_how_long_a_flush_takes() -> None:
    now = 0.0
    told: list[float] = []

    def flush() -> None:
        nonlocal now
        now += 0.008

    def tick(takes: float) -> float:
        told.append(takes)
        return 0.0

    pace = Pace(flush, tick, lambda: now)
    for _ in range(100):
        pace.mark()
        await asyncio.sleep(0)
    assert told[0] == 0
    assert told[1] == pytest.approx(0.001)
    assert told[-1] == pytest.approx(0.008, rel=0.01)
    assert told == sorted(told)


async def test_the_first_change_after_a_rest_goes_at_once_the_next_a_tick_later() -> None:
    loop = asyncio.get_running_loop()
    flushed: list[float] = []
    done = asyncio.Event()

    def flush() -> None:
        flushed.append(loop.time())
        if len(flushed) == 2:
            done.set()

    pace = Pace(flush, lambda _takes: 0.05)
    marked_at = loop.time()
    for _ in range(10):
        pace.mark()
    await asyncio.sleep(0)
    assert len(flushed) == 1
    for _ in range(10):
        pace.mark()
    await done.wait()
    assert len(flushed) == 2
    assert flushed[0] - marked_at < 0.04
    assert flushed[1] - flushed[0] >= 0.05 - 0.005
    pace.mark()
    pace.stop()


async def test_what_was_noted_waits_for_its_tick_and_a_fault_is_not_the_readers() -> None:
    loop = asyncio.get_running_loop()
    faults: list[dict[str, object]] = []
    loop.set_exception_handler(lambda _loop, context: faults.append(context))
    flushed: list[float] = []
    again = asyncio.Event()

    def flush() -> None:
        flushed.append(loop.time())
        if len(flushed) == 1:
            raise RuntimeError("a fault of ours")
        again.set()

    pace = Pace(flush, lambda _takes: 0.05)
    pace.settle()
    assert not flushed, "nothing was noted"
    pace.note()
    pace.settle()
    assert len(flushed) == 1
    assert [type(each["exception"]) for each in faults] == [RuntimeError]
    for _ in range(3):
        pace.note()
        pace.settle()
    assert len(flushed) == 1, "a tick has not passed"
    await again.wait()
    assert len(flushed) == 2
    assert flushed[1] - flushed[0] >= 0.05 - 0.005
    at_rest = Pace(flush, lambda _takes: 0.0)
    at_rest.note()
    at_rest.stop()
    at_rest.settle()
    assert len(flushed) == 2, "it was stopped"
    assert len(faults) == 1
