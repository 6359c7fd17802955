"""Pushes and what becomes of them, on two workers."""

from __future__ import annotations

import asyncio
import contextlib
import random

import pytest
from websockets.exceptions import ConnectionClosed

from inkwire.protocol import codec
from inkwire.protocol.elements import TextElement
from inkwire.protocol.frames import Accepted, Batch, Commit, Push, Refused
from inkwire.protocol.limits import MAX_FRAME_BYTES
from inkwire.protocol.ops import Delete, Op, Put, Retitle
from inkwire.rooms.allowance import CONNECTION, PATIENCE
from tests.harness.pair import Pair
from tests.harness.server import NewBoard, Server
from tests.harness.wire import PATIENCE_SECONDS, Wire, box

PLACE = (0.0, 0.0, 40.0, 30.0, 0.0)


async def test_pushes_are_stored_in_order_each_once(server: Server, board: NewBoard) -> None:
    """[C1] [C2] Sent ahead, answered in order; a repetition is answered and changes nothing."""
    async with await Wire.enter(server, board) as wire:
        for k in range(50):
            await wire.push(box(f"e{k}"))
        await wire.accepted(50)
        seqs = [frame.n for frame in wire.frames if isinstance(frame, Accepted)]
        assert seqs == sorted(seqs)
        await wire.push(Delete("e0"), n=17)
        again = await wire.until(Accepted)
        assert (again.n, again.seq) == (50, 50)
        await wire.reached(50)
        assert len(wire.ids) == 50
        assert [commit.n for commit in wire.commits] == list(range(1, 51))


async def test_a_gap_is_refused_and_names_what_is_missing(server: Server, board: NewBoard) -> None:
    """[C1] [C3] Nothing is applied out of its author's order."""
    async with await Wire.enter(server, board) as wire:
        await wire.push(box("a"), n=1)
        await wire.push(box("c"), n=3)
        await wire.push(box("d"), n=4)
        refused = [await wire.refused(), await wire.refused()]
        assert [(each.n, each.code, each.expected) for each in refused] == [
            (3, "gap", 2),
            (4, "gap", 2),
        ]
        assert all(each.retryable for each in refused)
        for n, id_ in ((2, "b"), (3, "c"), (4, "d")):
            await wire.push(box(id_), n=n)
        await wire.accepted(4)
        await wire.reached(4)
        assert wire.ids == ["a", "b", "c", "d"]


async def test_accepted_means_stored(pair: Pair) -> None:
    """[C2] What was accepted here is in the snapshot of a new joiner on another worker."""
    board = pair.here.create_board()
    async with await Wire.enter(pair.here, board) as author:
        for k in range(10):
            seq = await author.commit(box(f"e{k}"))
            async with await Wire.enter(pair.there, board) as joiner:
                await joiner.reached(seq)
                assert f"e{k}" in joiner.ids


async def test_everybody_gets_every_commit_in_one_order(pair: Pair) -> None:
    """[C4] Six authors on two workers draw at once; all see the same sequence, their own too.

    They draw so little that nobody is ever far enough behind for commits to be merged.
    """
    board = pair.here.create_board()
    chance = random.Random(4)
    wires = [await Wire.enter(pair[k % 2], board) for k in range(6)]

    async def draw(wire: Wire, name: str) -> None:
        for k in range(12):
            await wire.push(box(f"{name}-{k}"), Retitle(f"{name} {k}"))
            if chance.random() < 0.3:
                await asyncio.sleep(0)

    await asyncio.gather(*(draw(wire, f"w{k}") for k, wire in enumerate(wires)))
    await asyncio.gather(*(wire.reached(72) for wire in wires))
    orders = {tuple((commit.seq, commit.cid, commit.n) for commit in w.commits) for w in wires}
    assert len(orders) == 1
    assert [seq for seq, _, _ in next(iter(orders))] == list(range(1, 73))
    documents = [wire.replica.document for wire in wires]
    assert len({document.digest() for document in documents if document}) == 1
    for wire in wires:
        await wire.close()


@pytest.mark.parametrize("role", ["viewer"])
async def test_who_may_not_draw_is_refused(server: Server, board: NewBoard, role: str) -> None:
    """[C10] Every op is refused as forbidden, for good; the socket stays open."""
    async with await Wire.enter(server, board) as editor:
        await editor.commit(box("a"))
        async with await Wire.enter(server, board, role=role) as viewer:
            for n, op in enumerate((box("b"), Delete("a"), Retitle("mine")), 1):
                await viewer.push(op, n=1, cid=f"client-{n}")
                refused = await viewer.refused()
                assert (refused.code, refused.retryable) == ("forbidden", False)
            seq = await editor.commit(box("c"))
            await viewer.reached(seq)
            assert viewer.ids == ["a", "c"]


async def test_a_push_too_large_for_a_commit_is_refused(server: Server, board: NewBoard) -> None:
    """[C8] [F3] With its seq and author a commit must still fit into a frame."""
    async with await Wire.enter(server, board) as wire:

        def text(k: int, length: int) -> Op:
            return Put(TextElement(id=f"t{k}", place=PLACE, z="a0", text="x" * length))

        ops: list[Op] = [text(k, 19_000) for k in range(14)]
        size = len(codec.encode(Push(wire.cid, 1, "", tuple(ops))))
        ops[-1] = text(13, 19_000 - (size - MAX_FRAME_BYTES) - 100)
        await wire.push(*ops)
        refused = await wire.refused()
        assert (refused.code, refused.retryable) == ("invalid", False)
        ops[-1] = text(13, 19_000 - (size - MAX_FRAME_BYTES) - 1_300)
        await wire.push(*ops, n=1)
        await wire.reached((await wire.accepted(1)).seq)
        assert MAX_FRAME_BYTES - 2_500 < max(wire.sizes) <= MAX_FRAME_BYTES


async def test_too_many_pushes_are_refused_with_a_time_to_wait(
    server: Server, board: NewBoard
) -> None:
    """[C8] The socket stays open, and what was granted is stored."""
    async with await Wire.enter(server, board) as wire:
        count = int(CONNECTION.frames.burst) + 200
        for k in range(count):
            await wire.push(box(f"e{k}"))
        refused = await wire.refused()
        assert refused.code == "rate"
        assert refused.retryable
        assert 0 < refused.retry_after <= 1
        assert refused.expected == refused.n
        answers = [f for f in wire.frames if isinstance(f, Accepted | Refused)]
        while sum(isinstance(f, Refused) for f in answers) < 2 or answers[-1].n < count:
            answers.append(await wire.until(Refused))
        await wire.reached(refused.n - 1)
        assert len(wire.ids) == refused.n - 1


async def test_who_never_stops_is_closed(server: Server, board: NewBoard) -> None:
    """[C8] Refusals have an end: 4029."""
    async with await Wire.enter(server, board) as wire:
        closing = asyncio.create_task(wire.closed())
        with contextlib.suppress(ConnectionClosed):
            for k in range(3 * int(CONNECTION.frames.burst + PATIENCE.burst)):
                await wire.push(box(f"e{k % 100}"))
        assert await asyncio.wait_for(closing, PATIENCE_SECONDS) == 4029


async def test_a_commit_comes_as_it_lies_in_the_log(server: Server, board: NewBoard) -> None:
    """[C4] A commit that was heard and one that is read again are the same bytes."""
    async with await Wire.enter(server, board) as wire:
        before = wire.position
        await wire.commit(box("a", 12.5), Retitle("Ü"))
        await wire.reached(1)
        heard = wire.commits[0]
        async with await Wire.enter(server, board, resume=before) as back:
            await back.reached(1)
            assert back.commits == [heard]
            assert isinstance(heard, Commit)
            assert any(isinstance(frame, Batch) for frame in back.frames)
