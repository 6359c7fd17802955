"""At most once, in the author's order, all or nothing."""

from __future__ import annotations

import asyncio

import pytest
import redis
from hypothesis import given, settings
from hypothesis import strategies as st

from inkwire.errors import BoardNotFound, Refusal
from inkwire.protocol.codec import decode_commit
from inkwire.protocol.codes import RefusalCode
from inkwire.protocol.limits import MAX_OPS
from inkwire.protocol.ops import Delete, Op, Put
from inkwire.store import scripts
from inkwire.store.board_store import Applied, Duplicate, Gap
from inkwire.store.embedded import EmbeddedStore
from inkwire.store.keys import board_keys
from inkwire.store.redis_store import RedisBoardStore
from tests.store.conftest import Blocking, opened
from tests.store.drawings import rectangle
from tests.store.pushing import Author, log_after, new_author, stored


async def test_the_log_holds_who_what_and_when(store: RedisBoardStore) -> None:
    """What is returned, logged and published are the same bytes, of which clients know the meaning."""
    author = await new_author(store)
    heard: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue()
    subscriber = store.subscriber(lambda: None)
    await subscriber.add(author.board, lambda kind, data: heard.put_nowait((kind, data)))
    ops: list[Op] = [Put(rectangle("r")), Delete("nobody")]
    result = await author.send(1, ops, at_ms=1_790_000_000_123)
    assert isinstance(result, Applied)
    assert await log_after(store, author.board) == [result.data]
    assert await heard.get() == ("commit", result.data)
    commit = decode_commit(result.data)
    assert (commit.seq, commit.at, commit.cid, commit.n) == (1, 1_790_000_000_123, author.cid, 1)
    assert (commit.person, commit.gesture, list(commit.ops)) == ("person-01", "g", ops)
    await subscriber.close()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["one", "two"]), st.integers(1, 5)), max_size=25))
def test_each_number_counts_once_and_in_order(
    blocking: Blocking, pushes: list[tuple[str, int]]
) -> None:
    """Any mess of repeated, early and late pushes of two clients: each n is applied after n - 1."""
    board = blocking.run(new_author(blocking.store)).board
    last = {"one": (0, 0), "two": (0, 0)}
    seq = 0
    for name, n in pushes:
        author = Author(blocking.store, board, f"client-{name}")
        result = blocking.run(author.send(n, [Put(rectangle(f"{name}{n}"))]))
        last_n, last_seq = last[name]
        if n <= last_n:
            assert result == Duplicate(last_n, last_seq)
        elif n > last_n + 1:
            assert result == Gap(last_n + 1)
        else:
            seq += 1
            assert isinstance(result, Applied)
            assert result.seq == seq
            last[name] = n, seq
    held = blocking.run(stored(blocking.store, board))
    assert set(held) == {
        f"{name}{n}" for name, (most, _) in last.items() for n in range(1, most + 1)
    }


async def test_pushes_sent_at_once_keep_their_order(store: RedisBoardStore) -> None:
    author = await new_author(store)
    results = await asyncio.gather(
        *(author.send(n, [Put(rectangle(f"r{n}"))]) for n in range(1, 101))
    )
    assert [each.seq for each in results if isinstance(each, Applied)] == list(range(1, 101))


async def test_a_board_that_does_not_exist(store: RedisBoardStore) -> None:
    nowhere = Author(store, "nosuchboard")
    with pytest.raises(BoardNotFound):
        await nowhere.push(Delete("a"))
    with pytest.raises(BoardNotFound):
        await store.position("nosuchboard")
    with pytest.raises(BoardNotFound):
        await store.commits_after("nosuchboard", "e", 0)
    with pytest.raises(BoardNotFound):
        await anext(store.pages("nosuchboard"))
    with pytest.raises(BoardNotFound):
        await anext(store.in_paint_order("nosuchboard"))
    with pytest.raises(BoardNotFound):
        await store.digest("nosuchboard")
    with pytest.raises(BoardNotFound):
        await store.add_link("nosuchboard", "viewer")
    assert await store.board("nosuchboard") is None


async def test_a_full_board_takes_no_more_and_keeps_its_numbers(
    server: EmbeddedStore, raw: redis.Redis
) -> None:
    """Refused whole, nothing written; making room in the same push is allowed."""
    store = opened(server, elements=3)
    author = await new_author(store)
    await author.push(*(Put(rectangle(each)) for each in "abc"))
    before = raw.dump(board_keys(author.board).meta)
    with pytest.raises(Refusal) as refusal:
        await author.push(Delete("a"), Put(rectangle("d")), Put(rectangle("e")))
    assert (refusal.value.code, refusal.value.retryable) == (RefusalCode.BOARD_FULL, False)
    assert raw.dump(board_keys(author.board).meta) == before
    await author.push(Delete("a"), Put(rectangle("d")))
    assert set(await stored(store, author.board)) == {"b", "c", "d"}
    await store.close()


async def test_the_largest_push(store: RedisBoardStore) -> None:
    """As many ops as a frame may hold, each on its own element, then all deleted."""
    author = await new_author(store)
    await author.push(*(Put(rectangle(f"r{k}")) for k in range(MAX_OPS)))
    assert len(await stored(store, author.board)) == MAX_OPS
    await author.push(*(Delete(f"r{k}") for k in range(MAX_OPS)))
    assert await stored(store, author.board) == {}


async def test_a_store_that_forgot_the_scripts(store: RedisBoardStore, raw: redis.Redis) -> None:
    author = await new_author(store)
    raw.script_flush()
    assert await author.push(Put(rectangle("r"))) == 1
    raw.script_flush()
    assert set(await stored(store, author.board)) == {"r"}


async def test_clients_silent_for_long_are_forgotten(
    server: EmbeddedStore, raw: redis.Redis
) -> None:
    """Every 256th commit sweeps; a client that comes back after its time has to begin anew."""
    store = opened(server, acks_age_s=30.0)
    old = await new_author(store)
    young = Author(store, old.board)
    await old.push(Delete("a"), at_ms=1_000)
    while await young.push(Delete("a"), at_ms=40_000) % 256:
        pass
    assert raw.hkeys(board_keys(old.board).acks) == [young.cid.encode()]
    assert await old.send(2, [Delete("a")]) == Gap(1)
    await store.close()


def test_scripts_are_named_by_their_text() -> None:
    """Two texts, two hashes; the delete script differs from the commit script in its flags alone."""
    writes = [scripts.COMMIT, scripts.COMMIT_DELETES, scripts.ARRIVE]
    every = [*writes, scripts.PAGE, scripts.RECORDS, scripts.TAIL]
    assert len({each.sha for each in every}) == len(every)
    assert scripts.COMMIT.text.split("\n", 1)[1] == scripts.COMMIT_DELETES.text.split("\n", 1)[1]
    assert [each for each in every if each.writes] == writes
