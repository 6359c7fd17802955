"""A peer on a slow line, while others move much: it gets what became of it, and everybody has the same."""

from __future__ import annotations

import asyncio

from inkwire.protocol import codec
from inkwire.protocol.frames import Merged, Position
from inkwire.protocol.ops import Props, SetProps
from tests.harness.fault_proxy import FaultProxy
from tests.harness.pair import Pair
from tests.harness.server import NewBoard, Server
from tests.harness.wire import Wire, box

ELEMENTS = 200
MOVES = 110
"""As many as a connection may push at once; at 60 a second that is a drag of two seconds."""
SLOW = 20_000


async def test_a_slow_line_gets_what_became_of_a_drag(server: Server, board: NewBoard) -> None:
    """[M1] [C4] 200 elements dragged, seen over a line of 20 kB/s: the same board by far fewer bytes."""
    async with (
        FaultProxy(server.port) as line,
        await Wire.enter(server, board) as author,
        await Wire.enter(server, board) as near,
    ):
        await author.push(*(box(f"e{k}") for k in range(ELEMENTS)))
        await author.accepted(1)
        line.buffer = 16 * 1024
        async with await Wire.enter(server, board, port=line.port) as far:
            line.rate = SLOW
            before = line.passed
            written, _, _ = await asyncio.gather(
                drag(author), near.reached(1 + MOVES), far.reached(1 + MOVES // 4)
            )
            line.rate = 0
            await far.reached(1 + MOVES)
            assert any(isinstance(frame, Merged) for frame in far.frames)
            assert line.passed - before < written / 3
            assert digest_of(far) == digest_of(near) == digest_of(author)


async def test_who_comes_back_gets_what_became_of_what_it_missed(
    pair: Pair,
) -> None:
    """[M1] [H7] It comes to a worker that has seen none of it, so it comes out of the log."""
    board = pair.here.create_board()
    async with await Wire.enter(pair.here, board) as author:
        await author.push(*(box(f"e{k}") for k in range(ELEMENTS)))
        await author.accepted(1)
        async with await Wire.enter(pair.here, board) as back:
            left_at = back.position
            document = back.replica.document
        written = await drag(author)
        async with await Wire.enter(pair.there, board, resume=left_at) as back:
            back.replica.document = document
            await back.reached(1 + MOVES)
            assert back.welcome.resumed
            assert sum(back.sizes) < written / 3
            assert back.position == Position(left_at.epoch, 1 + MOVES)
            assert digest_of(back) == digest_of(author)


async def drag(author: Wire) -> int:
    """The elements move, push after push; how many bytes that are as commits."""
    written = 0
    for step in range(MOVES):
        ops = tuple(
            SetProps(f"e{k}", Props(place=(step + k / 7, step / 3, 40.0, 30.0, 0.0)))
            for k in range(ELEMENTS)
        )
        await author.push(*ops)
        written += len(codec.encode(ops))
    await author.accepted(author.n)
    await author.reached(author.n)
    return written


def digest_of(wire: Wire) -> str:
    assert wire.replica.document is not None
    return wire.replica.document.digest()
