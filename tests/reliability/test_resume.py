"""Coming back with a position that proves nothing: a snapshot, never a part of the commits, and nothing twice."""

from __future__ import annotations

import asyncio
import os
import random
import secrets
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from redis import Redis

from inkwire.client import Board, ConnectionLost, Refusal, connect
from inkwire.config import load_settings
from inkwire.protocol import codec
from inkwire.protocol.codes import RefusalCode
from inkwire.protocol.frames import Position, Ready, Reset
from inkwire.protocol.ops import Op, Put
from inkwire.store.connect import open_store
from inkwire.store.embedded import EmbeddedStore, renew_epochs
from inkwire.store.keys import board_keys
from tests.harness.keeper import Keeper
from tests.harness.server import NewBoard, Server
from tests.harness.soak import SOAK, Report, sized
from tests.harness.wire import Wire, box, rectangle

SEED = int(os.environ.get("INKWIRE_TEST_SEED", "20261121"))
SHORT_LOG = {"INKWIRE_LOG_LENGTH": "5", "INKWIRE_LOG_AGE_S": "0", "INKWIRE_LOG_MOST": "5"}
COMMITS = 200
LONGEST_S = 1.0
"""Of a quiet machine: asserted at full size only."""


@pytest.fixture
def short(own_store: EmbeddedStore, tmp_path: Path) -> Iterator[tuple[Server, Server]]:
    """Two workers on a store whose log is trimmed early."""
    servers = [
        Server(
            tmp_path / name,
            own_store.url,
            INKWIRE_LOG_LENGTH="5",
            INKWIRE_LOG_AGE_S="0",
            INKWIRE_LOG_MOST="5",
        )
        for name in ("here", "there")
    ]
    yield servers[0], servers[1]
    for server in servers:
        server.stop()


async def test_r6_no_position_is_answered_by_a_part_of_the_commits(
    own_store: EmbeddedStore, short: tuple[Server, Server], report: Report
) -> None:
    """[H7] [C4] Trimmed away, in the future, of another board, of another life, out of every range."""
    print(f"seed {SEED}")
    dice = random.Random(SEED)
    here, there = short
    board, other = here.create_board(), here.create_board()
    async with await Wire.enter(here, board) as author, await Wire.enter(here, other) as stranger:
        for k in range(COMMITS):
            await author.push(box(f"b{k % 50}", x=k))
        await author.accepted(COMMITS)
        await stranger.commit(box("x"))
        epoch, foreign = author.welcome.epoch, stranger.welcome.epoch
    wanted = {f"b{k}" for k in range(50)}
    kept = first_kept(own_store, board)
    assert kept > 2, "nothing was trimmed"
    found: list[tuple[Server, Position]] = []
    for _ in range(sized(12, 500)):
        either = dice.choice(short)
        found += [
            # The other worker's own ring still reaches back, which is a proof too.
            (there, Position(epoch, dice.randrange(1, kept - 1))),
            (either, Position(epoch, COMMITS + dice.choice((1, 2, 1_000, 1_000_000)))),
            (either, Position(foreign, dice.randrange(COMMITS * 2))),
            (either, Position(secrets.token_hex(4), dice.choice((0, 1, COMMITS, 2**53 - 1)))),
        ]
    longest = 0.0
    for server, position in found:
        started = time.monotonic()
        async with await Wire.enter(server, board, resume=position) as back:
            assert not back.welcome.resumed, position
            await back.until(Ready)
            await back.reached(COMMITS)
            longest = max(longest, time.monotonic() - started)
            assert set(back.ids) == wanted, position
            assert sum(isinstance(frame, Reset) for frame in back.frames) == 1
            first = back.commits[0].seq if back.commits else COMMITS + 1
            assert [c.seq for c in back.commits] == list(range(first, COMMITS + 1))
    assert not SOAK or longest <= LONGEST_S
    report("R6", positions=len(found), answered_by_a_part=0, longest_ms=round(longest * 1000))


def first_kept(store: EmbeddedStore, board: NewBoard) -> int:
    """The first commit that the log still has."""
    with Redis.from_url(store.url) as redis:
        ((entry, _),) = redis.xrange(board_keys(board.id).log, count=1)
    return int(entry.partition(b"-")[0])


# --- a store that is not what it was ------------------------------------------------------------

BEFORE, AFTER, UNSENT = 12, 8, 5
"""Elements in the backup, acknowledged after it, and never sent."""


@pytest.mark.parametrize("case", ["emptied", "older", "other epoch", "older, then others drew"])
async def test_s6_a_restored_store_gets_what_it_lacks_exactly_once(
    keeper: Keeper, restored: Server, report: Report, case: str
) -> None:
    """[H7] [C1] A snapshot, no element twice, and what was not acknowledged goes out again, once."""
    rounds = sized(1, 10)
    for _ in range(rounds):
        board = await asyncio.to_thread(restored.create_board)
        link = restored.link(board)
        if case == "emptied":
            await asyncio.to_thread(keeper.back_up)
        author = await again(link)
        for n in range(1, BEFORE + AFTER + 1):
            if n == BEFORE + 1 and case != "emptied":
                author.abort()
                await asyncio.to_thread(keeper.back_up)
                author = await again(link, author)
            await author.push(ops(n), n=n)
        left_at, had = author.position, author
        author.abort()
        await asyncio.to_thread(keeper.put_back)
        known = 0 if case == "emptied" else BEFORE
        others = 0
        if case == "other epoch":
            await asyncio.to_thread(renew_epochs, keeper.store.url)
        elif case == "older, then others drew":
            async with opened(link) as stranger:
                for others in range(1, 4):
                    await stranger.push([Put(rectangle(f"stranger{others}"))])
        back = await again(link, had)
        assert back.snapshots == 1, "the position proves nothing"
        assert back.position[1] == known + others < left_at[1], "the client can tell it is older"
        assert (back.position[0] != left_at[0]) == (case == "other epoch")
        await offer(back, link)
        assert back.document is not None
        seen = [each.id for each in back.document.in_paint_order()]
        assert len(seen) == len(set(seen)) == known + others + UNSENT
        puts = Counter(await put_in_log(restored, board, back.position[0]))
        assert all(
            puts[f"e{n}"] == 1 for n in range(BEFORE + AFTER + 1, BEFORE + AFTER + UNSENT + 1)
        )
        assert set(puts.values()) == {1}
        assert await back.digest() == await back.server_digest()
        await back.close()
    report("S6", case=case, rounds=rounds, duplicates=0, offered_again_once=rounds * UNSENT)


async def test_s6_a_board_that_is_gone_is_told(
    keeper: Keeper, restored: Server, report: Report
) -> None:
    """[H4] The store was flushed: no empty board takes the old one's place, and nothing is acknowledged."""
    board = restored.create_board()
    link = restored.link(board)
    author = await again(link)
    await author.push(ops(1))
    with Redis.from_url(keeper.store.url) as redis:
        redis.flushall()
    with pytest.raises((ConnectionLost, Refusal)):
        await author.push(ops(2))
    with pytest.raises(ConnectionLost, match="4504"):
        await again(link, author)
    report("S6", case="gone", told_by=4504)


def ops(n: int) -> list[Op]:
    """The only op of push ``n``."""
    return [Put(rectangle(f"e{n}", x=n))]


@asynccontextmanager
async def opened(link: str) -> AsyncIterator[Board]:
    """Somebody else."""
    async with await again(link) as board:
        yield board


async def again(link: str, before: Board | None = None) -> Board:
    """Connects as soon as the server can, going on where ``before`` stopped."""
    async with asyncio.timeout(60):
        while True:
            try:
                return await connect(
                    link,
                    resume=before.position if before else None,
                    document=before.document if before else None,
                    cid=before.cid if before else None,
                    n=before.n if before else 0,
                )
            except ConnectionLost as lost:
                if "4504" in str(lost):
                    raise
                await asyncio.wait((asyncio.create_task(asyncio.Event().wait()),), timeout=0.05)


async def offer(board: Board, link: str) -> None:
    """Sends what was never acknowledged, as a page does: the store that forgot gets it under a new name."""
    first = BEFORE + AFTER + 1
    with pytest.raises(Refusal) as refused:
        await board.push(ops(first), n=first)
    assert refused.value.code == RefusalCode.GAP
    assert board.n < first - 1, "the store waits for a push that was acknowledged"
    board.cid = secrets.token_urlsafe(16)
    for k in range(UNSENT):
        await board.push(ops(first + k), n=k + 1)
    # Once more, as after a lost answer.
    await board.push(ops(first + UNSENT - 1), n=UNSENT)


async def put_in_log(server: Server, board: NewBoard, epoch: str) -> list[str]:
    """The ids of all puts in the board's log."""
    store = open_store(load_settings(redis_url=server.redis_url))
    found: list[str] = []
    seq = 0
    try:
        while commits := await store.commits_after(board.id, epoch, seq):
            for commit in map(codec.decode_commit, commits):
                found += [op.element.id for op in commit.ops if isinstance(op, Put)]
                seq = commit.seq
    finally:
        await store.close()
    return found
