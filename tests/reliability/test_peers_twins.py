"""A page's old socket hangs in a dead network, a new one takes over, and then the old one wakes up."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
from typing import Final, Literal, NamedTuple, get_args

from inkwire.client import Board, ConnectionLost, Refusal, connect
from inkwire.protocol.frames import LiveState
from inkwire.protocol.ops import Op, Props, SetProps
from tests.harness.fault_proxy import FaultProxy
from tests.harness.history import history, in_order_and_once, replayed
from tests.harness.pair import Pair
from tests.harness.server import NewBoard, Server
from tests.harness.soak import Report, sized
from tests.harness.wire import Wire, box

ROUNDS: Final = sized(24, 200)
BOARDS: Final = 8
SEED: Final = int(os.environ.get("INKWIRE_TEST_SEED", "20261121"))
OLD, NEW = "#e03131", "#2f9e44"
SUPERSEDED: Final = 4009
GUARD_SECONDS: Final = 60.0

Story = Literal["sent again", "loaded anew"]
"""What the page does with the push that its old socket may or may not have brought: sends it again
before the newer edit, or forgets it and starts with a name and numbers of its own."""


class Late(NamedTuple):
    """How often the old socket's late push was stored, and whether both sockets had one worker."""

    stored: int
    same_worker: bool


def coloured(id_: str, colour: str) -> Op:
    """An op that every later one overwrites."""
    return SetProps(id_, Props(color=colour))


def through(server: Server, board: NewBoard, proxy: FaultProxy) -> str:
    """The board's link by way of a proxy."""
    return server.link(board).replace(f":{server.port}/", f":{proxy.port}/")


async def late_pushes(board: Board, id_: str) -> None:
    """What the old socket still has to say: an edit and a cursor, both stuck in the network."""
    with contextlib.suppress(ConnectionLost, Refusal):
        await board.send_live(LiveState(cursor=(1.0, 1.0), tool="late"))
        await board.push([coloured(id_, OLD)], n=2)


async def take_over(board: Board, id_: str, story: Story) -> None:
    """What the page does on its new socket; everything is acknowledged when it returns."""
    if story == "sent again":
        await asyncio.gather(
            board.push([coloured(id_, OLD)], n=2), board.push([coloured(id_, NEW)], n=3)
        )
    else:
        await board.push([coloured(id_, NEW)], n=1)


async def only_one(watcher: Wire, person: str, peer: str, old: str) -> None:
    """Receives until of that person exactly the peer is here."""
    async with asyncio.timeout(GUARD_SECONDS):
        while True:
            there = {each.peer for each in watcher.live if each.who and each.who.person == person}
            if there - set(watcher.left) == {peer}:
                break
            await watcher.receive()
    assert old in watcher.left


async def one_round(
    pair: Pair, made: NewBoard, watcher: Wire, name: str, chance: random.Random
) -> Late:
    """A hangs, B takes over, A wakes up."""
    old_server, new_server = chance.choice(pair), chance.choice(pair)
    story: Story = chance.choice(get_args(Story))
    session, person = f"session-of-{name:->8}", f"person-{name}"
    async with (
        FaultProxy(old_server.port) as old_line,
        FaultProxy(new_server.port) as new_line,
    ):
        a = await connect(
            through(old_server, made, old_line),
            cid=f"page-of-{name}",
            session=session,
            person=person,
        )
        await a.push([box(name)], n=1)
        old_line.mode = "blackhole"
        late = asyncio.create_task(late_pushes(a, name))
        cid = f"anew-of-{name}" if story == "loaded anew" else a.cid
        b = await connect(
            through(new_server, made, new_line),
            resume=a.position,
            document=a.document,
            cid=cid,
            n=0 if story == "loaded anew" else 1,
            session=session,
            person=person,
        )
        taking = asyncio.create_task(take_over(b, name, story))
        if chance.random() < 0.7:
            await taking
        await asyncio.wait((taking,), timeout=chance.choice((0.0, 0.002, 0.2)))
        old_line.mode = "pass"
        async with asyncio.timeout(GUARD_SECONDS):
            await late
            with contextlib.suppress(ConnectionLost):
                await a.reached(2**50)  # that is, until the socket is closed
        assert a.close_code == SUPERSEDED
        await taking
        assert a.welcome is not None
        assert b.welcome is not None
        await only_one(watcher, person, b.welcome.peer, a.welcome.peer)
        seq = await b.push([coloured(f"{name}-not-there", NEW)])
        await b.reached(seq)
        assert not b.closed, "the newer socket was closed"
        assert (await b.digest())["sha256"] == replayed(
            (await history(pair.here, made.id))[: b.position[1]]
        ).digest()
        await b.close()
    commits = await history(pair.here, made.id)
    olds = [each for each in commits if each.ops == (coloured(name, OLD),)]
    (new,) = [each for each in commits if each.ops == (coloured(name, NEW),)]
    assert len(olds) <= 1, "a late push was stored twice"
    assert all(each.seq < new.seq for each in olds), "a late push is over a newer value"
    final = replayed(commits).get(name)
    assert final is not None
    assert getattr(final, "color", None) == NEW
    late_and_alone = story != "sent again" and len(olds)
    return Late(int(late_and_alone), old_server is new_server)


async def many_rounds(pair: Pair, board: int, rounds: int) -> list[Late]:
    """Rounds one after the other on one board, with somebody who watches who is there."""
    chance = random.Random(SEED + board)
    made = pair.here.create_board()
    async with await Wire.enter(chance.choice(pair), made) as watcher:
        late = [
            await one_round(pair, made, watcher, f"r{board}-{k}", chance) for k in range(rounds)
        ]
    in_order_and_once(await history(pair.here, made.id))
    return late


async def test_s4_an_old_socket_that_wakes_up_changes_nothing(pair: Pair, report: Report) -> None:
    """[H8] The newer socket stays, the older gets 4009, one of the page's sockets is seen."""
    print(f"seed {SEED}")
    each = await asyncio.gather(
        *(many_rounds(pair, board, ROUNDS // BOARDS) for board in range(BOARDS))
    )
    late = [one for some in each for one in some]
    report(
        "S4",
        rounds=len(late),
        on_one_worker=sum(one.same_worker for one in late),
        newer_closed=0,
        late_over_newer=0,
        late_before_newer=sum(one.stored for one in late),
    )
