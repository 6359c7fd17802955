"""Commits after a position: all of them, or the word that it cannot be proved."""

from __future__ import annotations

from typing import cast

import pytest
import redis
from hypothesis import given, settings
from hypothesis import strategies as st

from inkwire.protocol.codec import decode_commit
from inkwire.protocol.ops import Delete, Put
from inkwire.store.embedded import EmbeddedStore, renew_epochs
from inkwire.store.keys import board_keys
from inkwire.store.redis_store import RedisBoardStore
from tests.store.conftest import Blocking, opened
from tests.store.drawings import rectangle
from tests.store.pushing import Author, log_after, new_author


async def drawn(store: RedisBoardStore, count: int, at_ms: int = 0) -> Author:
    author = await new_author(store)
    for k in range(count):
        await author.push(Put(rectangle(f"r{k}")), at_ms=at_ms)
    return author


@pytest.mark.parametrize("after", [0, 1, 39, 40])
async def test_everything_after_a_position(store: RedisBoardStore, after: int) -> None:
    author = await drawn(store, 40)
    commits = await log_after(store, author.board, after)
    assert [decode_commit(data).seq for data in commits] == list(range(after + 1, 41))


async def test_portions_of_bounded_size(store: RedisBoardStore) -> None:
    """A commit larger than the limit comes alone; asking on gives the rest."""
    author = await drawn(store, 30)
    epoch = (await store.position(author.board)).epoch
    one = await store.commits_after(author.board, epoch, 0, limit_bytes=1)
    some = await store.commits_after(author.board, epoch, 0, limit_bytes=500)
    assert one is not None
    assert some is not None
    assert len(one) == 1
    assert 1 < len(some) < 30
    assert sum(map(len, some[:-1])) < 500 <= sum(map(len, some))


async def test_what_cannot_be_proved(store: RedisBoardStore) -> None:
    """Another epoch, and a position in the future."""
    author = await drawn(store, 3)
    epoch = (await store.position(author.board)).epoch
    assert await store.commits_after(author.board, "other", 2) is None
    assert await store.commits_after(author.board, "other", 3) is None
    assert await store.commits_after(author.board, epoch, 4) is None
    assert await store.commits_after(author.board, epoch, 10**15) is None
    assert await store.commits_after(author.board, epoch, 3) == []


@settings(max_examples=25, deadline=None)
@given(trimmed=st.integers(0, 12), after=st.integers(0, 12))
def test_a_trimmed_position(blocking: Blocking, raw: redis.Redis, trimmed: int, after: int) -> None:
    """XRANGE itself would go on at the next entry without a word."""
    author = blocking.run(drawn(blocking.store, 12))
    raw.xtrim(board_keys(author.board).log, minid=f"{trimmed + 1}-0", approximate=False)
    epoch = blocking.run(blocking.store.position(author.board)).epoch
    commits = blocking.run(blocking.store.commits_after(author.board, epoch, after))
    if after < trimmed:
        assert commits is None
    else:
        assert commits is not None
        assert [decode_commit(data).seq for data in commits] == list(range(after + 1, 13))


async def test_a_hole_in_the_log(store: RedisBoardStore, raw: redis.Redis) -> None:
    author = await drawn(store, 6)
    epoch = (await store.position(author.board)).epoch
    raw.xdel(board_keys(author.board).log, "4-0")
    assert await store.commits_after(author.board, epoch, 1) is None
    rest = await store.commits_after(author.board, epoch, 4)
    assert rest is not None
    assert len(rest) == 2


async def test_old_and_long_logs_lose_their_beginning(
    server: EmbeddedStore, raw: redis.Redis
) -> None:
    """What is left is a suffix without a gap, never shorter than `log_length`."""
    store = opened(server, log_length=100, log_age_s=10.0, log_most=400)
    author = await new_author(store)
    log = board_keys(author.board).log

    def kept() -> tuple[int, int]:
        entries = cast("list[tuple[bytes, object]]", raw.xrange(log))
        ids = [int(entry.partition(b"-")[0]) for entry, _ in entries]
        assert ids == list(range(ids[0], ids[-1] + 1))
        return ids[0], len(ids)

    for _ in range(256):
        await author.push(Delete("a"), at_ms=1_000)
    assert kept() == (1, 256)  # young: longer than log_length, and all of it kept
    for _ in range(63):
        await author.push(Delete("a"), at_ms=1_000)
    await author.push(Delete("a"), at_ms=20_000)
    first, count = kept()
    assert first > 1
    assert 100 <= count < 100 + 64  # all but the last are old; in portions of 64
    for _ in range(640):
        await author.push(Delete("a"), at_ms=20_000)
    first, count = kept()
    assert 400 <= count < 400 + 64  # young, but more than log_most
    epoch = (await store.position(author.board)).epoch
    assert await store.commits_after(author.board, epoch, first - 2) is None
    assert await store.commits_after(author.board, epoch, first - 1) is not None
    await store.close()


async def test_a_new_epoch_forgets_no_drawing(
    store: RedisBoardStore, server: EmbeddedStore
) -> None:
    """After a restored backup, positions of before mean nothing; numbers of pushes still do."""
    author = await drawn(store, 2)
    before = await store.position(author.board)
    assert renew_epochs(server.url) >= 1
    after = await store.position(author.board)
    assert (after.seq, after.epoch != before.epoch) == (2, True)
    assert await store.commits_after(author.board, before.epoch, 1) is None
    assert await author.push(Delete("r0")) == 3
