"""Joining, resuming, being refused."""

from __future__ import annotations

from inkwire.protocol.frames import Position
from tests.harness.server import NewBoard, Server
from tests.harness.wire import Wire, box


async def test_a_joiner_gets_a_snapshot_and_what_follows_it(
    server: Server, board: NewBoard
) -> None:
    """[H3] [C1] Reset, pages, Ready, then every commit after it."""
    async with await Wire.enter(server, board) as first:
        seq = await first.commit(box("a"), box("b"))
        async with await Wire.enter(server, board) as second:
            await second.reached(seq)
            assert second.ids == ["a", "b"]
            assert second.position == Position(first.welcome.epoch, seq)
            await first.commit(box("c"))
            await second.reached(seq + 1)
            assert second.ids == ["a", "b", "c"]
