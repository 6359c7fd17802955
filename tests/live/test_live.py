"""Ink, cursors, who is here: within a worker and across two."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest
from redis.asyncio import Redis

from inkwire.protocol.elements import Freedraw
from inkwire.protocol.frames import Batch, Ink, Laser
from inkwire.protocol.ops import Put
from inkwire.protocol.points import encode_points
from tests.harness.pair import Pair
from tests.harness.server import NewBoard, Server
from tests.harness.wire import Wire, box

POINTS = encode_points([(x * 1.5, x % 9, 0.5, x * 8) for x in range(400)], pressure=True, time=True)


def stroke(id_: str, points: bytes = b"") -> Freedraw:
    return Freedraw(id=id_, place=(0.0, 0.0, 1.0, 1.0, 0.0), z="a0", points=points)


def piece(id_: str, start: int, end: int) -> Ink:
    return Ink(
        id=id_,
        offset=start,
        data=POINTS[start:end],
        element=None if start else stroke(id_),
    )


async def draw(wire: Wire, id_: str, start: int, end: int, step: int = 30) -> None:
    """Sends ink as a pen does: a little every frame."""
    for at in range(start, end, step):
        await wire.show(ink=(piece(id_, at, min(at + step, end)),), cursor=(float(at), 0.0))


@pytest.mark.parametrize("where", ["here", "there"])
async def test_who_joins_in_mid_stroke_sees_it_from_its_beginning(pair: Pair, where: str) -> None:
    """[L2] On the author's worker and on another, with the element, without a gap."""
    board = pair.here.create_board()
    server = pair.here if where == "here" else pair.there
    async with await Wire.enter(pair.here, board) as author:
        await draw(author, "s1", 0, 600)
        async with await Wire.enter(server, board) as joiner:
            assert await joiner.ink_of("s1", 600) == POINTS[:600]
            await draw(author, "s1", 600, len(POINTS))
            assert await joiner.ink_of("s1", len(POINTS)) == POINTS
            first = next(item for item in joiner.live if item.state.ink)
            assert first.state.ink[0].element == stroke("s1")


async def test_a_watcher_on_another_worker_sees_ink_grow(pair: Pair) -> None:
    """[L2] [L4] Both rooms are open before the stroke begins."""
    board = pair.here.create_board()
    async with (
        await Wire.enter(pair.here, board) as author,
        await Wire.enter(pair.there, board) as watcher,
    ):
        assert (await watcher.sees(author.peer)).who is not None
        await draw(author, "s1", 0, len(POINTS))
        assert await watcher.ink_of("s1", len(POINTS)) == POINTS


async def test_ink_is_over_when_its_element_exists(pair: Pair) -> None:
    """[L3] Who joins after the commit is not shown the ink any more."""
    board = pair.here.create_board()
    async with (
        await Wire.enter(pair.here, board) as author,
        await Wire.enter(pair.there, board) as watcher,
    ):
        await draw(author, "s1", 0, len(POINTS))
        await watcher.ink_of("s1", len(POINTS))
        seq = await author.commit(Put(stroke("s1", POINTS)))
        await watcher.reached(seq)
        for server in pair:
            async with await Wire.enter(server, board) as joiner:
                await joiner.sees(author.peer)
                assert not any(item.state.ink for item in joiner.live)
                await joiner.reached(seq)
                assert joiner.ids == ["s1"]


async def test_ink_that_is_given_up_is_over(pair: Pair) -> None:
    """[L3] ``ended`` reaches those who saw it, and those who come later see nothing."""
    board = pair.here.create_board()
    async with (
        await Wire.enter(pair.here, board) as author,
        await Wire.enter(pair.there, board) as watcher,
    ):
        await draw(author, "s1", 0, 300)
        await watcher.ink_of("s1", 300)
        await author.show(ended=("s1",))
        while not any("s1" in item.state.ended for item in watcher.live):
            await watcher.until(Batch)
        async with await Wire.enter(pair.there, board) as joiner:
            await joiner.sees(author.peer)
            assert not any(item.state.ink for item in joiner.live)


async def test_the_newest_value_arrives(pair: Pair) -> None:
    """[L1] Whatever was left out on the way, the last cursor is the last one sent."""
    board = pair.here.create_board()
    async with (
        await Wire.enter(pair.here, board) as author,
        await Wire.enter(pair.there, board) as watcher,
        await Wire.enter(pair.here, board) as neighbour,
    ):
        for x in range(200):
            await author.show(cursor=(float(x), 1.0), selection=(f"e{x}",), tool="pen")
        for wire in (watcher, neighbour):
            seen: list[float] = []
            while not seen or seen[-1] != 199.0:
                await wire.until(Batch)
                seen = [
                    item.state.cursor[0]
                    for item in wire.live
                    if item.peer == author.peer and item.state.cursor
                ]
            assert seen == sorted(seen)
            assert len(seen) < 200


async def test_pointing_calling_following_and_being_away_reach_everybody(pair: Pair) -> None:
    """[L8] [L9] [L10] [L11] On another worker, and for who comes later; what is over is over."""
    board = pair.here.create_board()
    states: tuple[dict[str, object], ...] = (
        {"laser": Laser(trail=3, first=40, points=POINTS[:900])},
        {"spotlight": 1_800_000_000_000},
        {"following": "person-of-another"},
        {"availability": "away"},
        {"laser": Laser(trail=3)},
        {"spotlight": 0},
        {"following": ""},
        {"availability": "active"},
    )
    async with (
        await Wire.enter(pair.here, board) as author,
        await Wire.enter(pair.there, board) as watcher,
    ):
        shown: dict[str, object] = {}
        for state in states:
            await author.show(**state)
            shown |= state
            await watcher.shown(author.peer, state)
            async with await Wire.enter(pair.there, board) as late:
                await late.shown(author.peer, shown)


async def test_peers_come_and_go(pair: Pair) -> None:
    """[L4] On both workers, told at once."""
    board = pair.here.create_board()
    async with await Wire.enter(pair.here, board) as stays:
        async with await Wire.enter(pair.there, board, person="somebody-else") as guest:
            item = await stays.sees(guest.peer)
            assert item.who is not None
            assert item.who.person == "somebody-else"
            assert item.who.role == "editor"
            assert (await guest.sees(stays.peer)).who is not None
            name = guest.peer
        while name not in stays.left:
            await stays.until(Batch)


async def test_one_s_own_state_comes_back_only_among_that_of_others(
    server: Server, board: NewBoard
) -> None:
    """[L7] Batches are shared, so a receiver may find itself in them; what it did alone stays away."""
    async with await Wire.enter(server, board) as wire:
        for n in range(5):
            await wire.show(cursor=(float(n), 2.0))
        await wire.until_pong()
        async with await Wire.enter(server, board) as other:
            await other.shown(wire.peer, {"cursor": (4.0, 2.0)})
            for n in range(5):
                await other.show(cursor=(float(n), 3.0))
                await wire.shown(other.peer, {"cursor": (float(n), 3.0)})
            await other.until_pong()
            for each in (wire, other):
                batches = [frame for frame in each.frames if isinstance(frame, Batch)]
                own = [b for b in batches if any(item.peer == each.peer for item in b.live)]
                assert all(len(batch.live) > 1 for batch in own)


async def test_a_viewer_has_a_cursor_and_no_pen(pair: Pair) -> None:
    """[L5] Ink, drafts, moves and calls of who may not draw are shown to nobody, a laser is."""
    board = pair.here.create_board()
    async with (
        await Wire.enter(pair.here, board, role="viewer") as viewer,
        await Wire.enter(pair.there, board) as watcher,
    ):
        await viewer.show(
            ink=(piece("s1", 0, 90),),
            drafts=(stroke("d"),),
            moves=(("a", stroke("d").place),),
            spotlight=1,
            laser=Laser(trail=1, points=POINTS[:200]),
        )
        await viewer.show(cursor=(3.0, 4.0))
        while not any(item.state.cursor for item in watcher.live):
            await watcher.until(Batch)
        for item in watcher.live:
            assert not item.state.ink
            assert item.state.drafts is None
            assert item.state.moves is None
            assert item.state.spotlight is None
        assert any(item.state.laser for item in watcher.live)


async def test_peers_of_a_dead_worker_are_gone(pair: Pair, hasty: Server) -> None:
    """[L4] Nobody says goodbye for them; their worker is missed after a few beats."""
    board = hasty.create_board()
    doomed = Server(hasty.log_path.parent / "doomed", hasty.redis_url)
    try:
        async with (
            await Wire.enter(hasty, board) as stays,
            await Wire.enter(doomed, board) as guest,
        ):
            await stays.sees(guest.peer)
            await draw(guest, "s1", 0, 300)
            await stays.ink_of("s1", 300)
            (worker,) = doomed.worker_pids()
            os.kill(worker, signal.SIGKILL)
            assert await guest.closed() == 1006
            while guest.peer not in stays.left:
                await stays.until(Batch)
            seq = await stays.commit(box("still-works"))
            await stays.reached(seq)
    finally:
        doomed.stop()


async def test_lost_live_messages_are_made_up_for(pair: Pair) -> None:
    """[L2] Subscribers are cut again and again while somebody draws; the stroke arrives whole."""
    board = pair.here.create_board()
    async with (
        await Wire.enter(pair.here, board) as author,
        await Wire.enter(pair.there, board) as watcher,
    ):
        await watcher.sees(author.peer)
        redis = Redis.from_url(pair.here.redis_url)
        try:
            for at in range(0, len(POINTS), 100):
                end = min(at + 100, len(POINTS))
                await draw(author, "s1", at, end)
                await redis.client_kill_filter(_type="pubsub")
            assert await watcher.ink_of("s1", len(POINTS)) == POINTS
        finally:
            await redis.aclose()
        await asyncio.gather(author.close(), watcher.close())
