"""A room whose store fails just when it asks what it missed."""

from __future__ import annotations

import asyncio
from typing import cast

import pytest

from inkwire.errors import StoreUnavailable
from inkwire.live import room as room_module
from inkwire.live.clock import Clock
from inkwire.live.room import Room
from inkwire.store.board_store import BoardStore
from tests.live.memory_store import MemoryStore


class ShakyStore(MemoryStore):
    """Fails so many times more."""

    failures = 0

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()

    async def commits_after(self, board: str, epoch: str, seq: int) -> list[bytes] | None:
        if self.failures:
            self.failures -= 1
            raise StoreUnavailable("It is starting.")
        commits = await super().commits_after(board, epoch, seq)
        if not commits:
            self.asked.set()
        return commits


async def test_c4_a_store_that_needs_a_moment_is_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The subscriber is back, the connection for reading is not yet: no beat is waited for."""
    monkeypatch.setattr(room_module, "CHECK_AGAIN_SECONDS", 0)
    store = ShakyStore()
    room = Room("board-1", "home-1", cast(BoardStore, store), Clock())
    await room.open()
    store.append()
    store.failures = 3
    room.subscription_lost()
    async with asyncio.timeout(60):
        await store.asked.wait()
    assert room.outbox.ring.last == 1
    room.close()
