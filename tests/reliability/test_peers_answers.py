"""The push has left, its answer never comes: it is sent again, elsewhere, and applied once."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
from typing import Final, Literal, get_args

from inkwire.client import Board, ConnectionLost, connect
from inkwire.protocol import codec
from inkwire.protocol.frames import Position, Push
from tests.harness.fault_proxy import FaultProxy
from tests.harness.history import history, in_order_and_once, replayed
from tests.harness.pair import Pair
from tests.harness.server import NewBoard, Server
from tests.harness.soak import Report, sized
from tests.harness.wire import Wire, box

CUTS: Final = sized(48, 500)
BOARDS: Final = sized(6, 10)
OLD: Final = 5
"""Pushes of long ago that are sent once more at the end."""
SEED: Final = int(os.environ.get("INKWIRE_TEST_SEED", "20261121"))
HEAD: Final = 8
"""Bytes that a WebSocket frame of this size has before its payload: head, length and mask."""

Cut = Literal["torn", "at once", "unanswered"]


async def push_into(
    board: Board, proxy: FaultProxy, n: int, cut: Cut, chance: random.Random, other: Board
) -> bool:
    """Pushes element ``e{n}`` and cuts the line; whether the answer came all the same."""
    if cut == "torn":
        size = len(codec.encode(Push(board.cid, n, "", (box(f"e{n}"),)))) + HEAD
        proxy.cut_after = chance.randrange(size - 1)
    elif cut == "unanswered":
        proxy.mute = True
    pushing = asyncio.create_task(board.push([box(f"e{n}")], n=n))
    if cut == "unanswered":
        await other.reached(n)
    elif cut == "at once":
        await asyncio.wait((pushing,), timeout=chance.uniform(0.0, 0.02))
    if cut != "torn":
        proxy.reset_all()
    answered = True
    try:
        assert await pushing == n
    except ConnectionLost:
        answered = False
    proxy.cut_after = None
    proxy.mute = False
    return answered


async def again(server: Server, board: NewBoard, before: Board, n: int) -> Board:
    """Resumes on a server and pushes ``n`` twice more: each time the same seq."""
    after = await connect(
        server.link(board),
        resume=before.position,
        document=before.document,
        cid=before.cid,
        n=n - 1,
    )
    assert await after.push([box(f"e{n}")], n=n) == n
    assert await after.push([box(f"e{n}")], n=n) == n
    return after


async def nothing_to_replay(server: Server, board: NewBoard, position: Position) -> None:
    """Resuming where everything is known brings no commit and no snapshot, however often."""
    for _ in range(3):
        async with await Wire.enter(server, board, resume=position) as wire:
            assert wire.welcome.resumed
            await wire.until_pong()
            assert wire.commits == []


async def lose_answers(pair: Pair, cuts: int, chance: random.Random) -> dict[Cut, int]:
    """One author, one board; push ``n`` has to become commit ``n``, whatever is cut."""
    made = pair.here.create_board()
    unanswered: dict[Cut, int] = dict.fromkeys(get_args(Cut), 0)
    async with (
        FaultProxy(pair.here.port) as here,
        FaultProxy(pair.there.port) as there,
        await connect(pair.there.link(made)) as watcher,
    ):
        ways = ((pair.here, here), (pair.there, there))
        latest = await connect(pair.here.link(made), cid=f"author-{chance.getrandbits(60):x}")
        for n in range(1, cuts + 1):
            (server, proxy), (elsewhere, _) = chance.sample(ways, 2)
            cut: Cut = chance.choice(get_args(Cut))
            through = await connect(
                server.link(made).replace(f":{server.port}/", f":{proxy.port}/"),
                resume=latest.position,
                document=latest.document,
                cid=latest.cid,
                n=n - 1,
            )
            await latest.close()
            unanswered[cut] += not await push_into(through, proxy, n, cut, chance, watcher)
            moved = await again(elsewhere, made, through, n)
            latest = await again(server, made, moved, n)
            for each in (through, moved):
                with contextlib.suppress(ConnectionLost):
                    await each.close()
        for n in range(1, OLD + 1):  # what was acknowledged long ago changes nothing either
            await latest.push([box(f"e{n}", x=500.0)], n=n)
        await watcher.reached(cuts)
        commits = await history(pair.here, made.id)
        assert len(commits) == cuts
        in_order_and_once(commits)
        await latest.reached(cuts)
        for board in (latest, watcher):
            assert (await board.digest())["sha256"] == replayed(commits).digest()
        await nothing_to_replay(pair.there, made, Position(*latest.position))
        await latest.close()
    return unanswered


async def test_s3_a_lost_answer_never_applies_twice(pair: Pair, report: Report) -> None:
    """[C1] [C2] Cut within the push, right behind it, or before its answer; sent again on both workers."""
    print(f"seed {SEED}")
    each = await asyncio.gather(
        *(
            lose_answers(pair, CUTS // BOARDS, random.Random(SEED + board))
            for board in range(BOARDS)
        )
    )
    lost = {cut: sum(seen[cut] for seen in each) for cut in get_args(Cut)}
    assert lost["unanswered"] > 0
    assert lost["torn"] > 0
    report(
        "S3",
        cuts=CUTS // BOARDS * BOARDS,
        unanswered=sum(lost.values()),
        torn=lost["torn"],
        stored_but_unanswered=lost["unanswered"],
        twice=0,
    )
