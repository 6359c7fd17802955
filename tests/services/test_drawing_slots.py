"""Slots for drawing are shared by all workers of a machine."""

from __future__ import annotations

import asyncio
import os
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from inkwire.errors import Refusal
from inkwire.services.drawing_slots import DrawingSlots

LONG = 60.0


async def test_workers_share_the_slots(tmp_path: Path) -> None:
    here, there = (DrawingSlots(tmp_path / "data", 2, patience=0) for _ in range(2))
    async with AsyncExitStack() as held:
        await held.enter_async_context(here.one())
        await held.enter_async_context(there.one())
        for slots in (here, there):
            with pytest.raises(Refusal) as refused:
                await held.enter_async_context(slots.one())
            assert (refused.value.code, refused.value.retryable) == ("rate", True)
            assert refused.value.retry_after <= 1
    async with here.one(), here.one():
        pass


async def test_a_few_wait_for_a_moment_and_more_do_not(tmp_path: Path) -> None:
    slots = DrawingSlots(tmp_path, 1, patience=LONG)

    async def draw() -> None:
        async with slots.one():
            pass

    async with asyncio.timeout(LONG), slots.one():
        waiting = [asyncio.ensure_future(draw()) for _ in range(8)]
        while slots.waiting < 8:  # noqa: ASYNC110  # one turn of the loop at a time
            await asyncio.sleep(0)
        with pytest.raises(Refusal):
            await draw()
    async with asyncio.timeout(LONG):
        await asyncio.gather(*waiting)


async def test_who_stops_waiting_leaves_nothing_behind(tmp_path: Path) -> None:
    slots = DrawingSlots(tmp_path, 1, patience=LONG)
    open_before = os.listdir("/dev/fd")
    async with slots.one():
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01), slots.one():
                pass
    assert os.listdir("/dev/fd") == open_before
    async with slots.one():
        pass


async def test_a_folder_that_cannot_be_written_leaves_each_its_own(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    slots = DrawingSlots(tmp_path / "file" / "below", 1, patience=0)
    async with slots.one():
        with pytest.raises(Refusal):
            async with slots.one():
                pass
    async with slots.one():
        pass
