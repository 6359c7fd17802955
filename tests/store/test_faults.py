"""A store that is killed, frozen, full, read-only, busy or forgetful."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import redis
from redis.asyncio.connection import AbstractConnection

from inkwire.errors import Refusal, StoreUnavailable
from inkwire.protocol.codec import decode_commit
from inkwire.protocol.codes import RefusalCode
from inkwire.protocol.ops import Delete, Put
from inkwire.store.board_store import Applied, Duplicate
from inkwire.store.embedded import EmbeddedStore
from inkwire.store.redis_store import RedisBoardStore
from tests.store.drawings import rectangle
from tests.store.pushing import Author, log_after, new_author, stored
from tests.store.seed import SEED

WRITERS = 20
ROUNDS = 10
SECONDS = 20.0
"""Longest that any call may take, whatever happens to the store: its patience is a second, the rest is
for a busy machine."""


class Persistent(Author):
    """Pushes one element after another, each again until it is acknowledged."""

    acknowledged: dict[int, int]

    async def draw(self, stop: asyncio.Event) -> None:
        self.acknowledged = {}
        while not stop.is_set():
            n = self.n + 1
            try:
                result = await self.send(n, [Put(rectangle(f"{self.cid}-{n}"))])
            except StoreUnavailable:
                await turn()
                continue
            match result:
                case Applied(seq, _):
                    self.acknowledged[n] = seq
                case Duplicate(last, seq):
                    assert last == n
                    self.acknowledged[n] = seq
                case _:
                    raise AssertionError(f"{result} for {n}: an acknowledged push was lost")
            self.n = n


@pytest.mark.slow
async def test_killed_under_twenty_writers(
    own_server: EmbeddedStore, own_store: RedisBoardStore
) -> None:
    """Again and again: nothing acknowledged is missing, nothing is there twice."""
    dice = random.Random(SEED)
    board = (await new_author(own_store)).board
    writers = [Persistent(own_store, board, f"writer-{k:02}") for k in range(WRITERS)]
    stop = asyncio.Event()
    tasks = [asyncio.create_task(each.draw(stop)) for each in writers]
    for _ in range(ROUNDS):
        await everyone_gets(writers, dice.randint(1, 40))
        os.kill(own_server.pid, signal.SIGKILL)
        await until_healthy(own_store, False)
        own_server.spawn()
    await everyone_gets(writers, 5)
    stop.set()
    await asyncio.gather(*tasks)

    commits = [decode_commit(data) for data in await log_after(own_store, board)]
    assert [each.seq for each in commits] == list(range(1, len(commits) + 1))
    in_log = {(each.cid, each.n): each.seq for each in commits}
    assert len(in_log) == len(commits), "a push was applied twice"
    for writer in writers:
        for n, seq in writer.acknowledged.items():
            assert in_log[writer.cid, n] == seq
    drawn = {f"{cid}-{n}" for cid, n in in_log}
    assert set(await stored(own_store, board)) == drawn


async def everyone_gets(writers: list[Persistent], more: int) -> None:
    """Waits until each writer got so many more acknowledgements."""
    wanted = {each.cid: each.n + more for each in writers}
    async with asyncio.timeout(60):
        while any(each.n < wanted[each.cid] for each in writers):
            await turn()


async def until_healthy(store: RedisBoardStore, wanted: bool) -> None:
    """Waits until the store is known to be well, or not to be."""
    async with asyncio.timeout(60):
        while (await store.health()).ok != wanted:
            await turn()


async def turn() -> None:
    """Lets everybody else run once."""
    await asyncio.sleep(0)


async def test_a_frozen_store_holds_nobody_for_long(
    own_server: EmbeddedStore, own_store: RedisBoardStore
) -> None:
    """Refused in time, at once while it is known to be frozen, and working again when it wakes."""
    author = await new_author(own_store)
    await author.push(Put(rectangle("a")))
    loop = asyncio.get_running_loop()
    with frozen(own_server):
        started = loop.time()
        results = await asyncio.gather(
            author.send(2, [Put(rectangle("b"))]),
            own_store.position(author.board),
            own_store.role_of(author.board, "token"),
            return_exceptions=True,
        )
        assert all(isinstance(each, StoreUnavailable) for each in results)
        assert loop.time() - started < SECONDS
        assert not (await own_store.health()).ok
    await until_healthy(own_store, True)
    result = await author.send(2, [Put(rectangle("b"))])
    assert isinstance(result, Applied | Duplicate)
    assert result.seq == 2
    assert set(await stored(own_store, author.board)) == {"a", "b"}


async def test_a_transport_that_closed_before_its_reader_noticed_is_a_store_that_does_not_answer(
    store: RedisBoardStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """uvloop raises no OSError then; the push is retryable all the same, and the next one connects anew."""
    author = await new_author(store)
    await author.push(Put(rectangle("a")))

    async def closed(*_: object, **__: object) -> None:
        raise RuntimeError("the handler is closed")

    with monkeypatch.context() as patch:
        patch.setattr(AbstractConnection, "send_packed_command", closed)
        with pytest.raises(StoreUnavailable):
            await author.push(Put(rectangle("b")))
    assert await author.push(Put(rectangle("b"))) == 2


@contextmanager
def frozen(server: EmbeddedStore) -> Iterator[None]:
    os.kill(server.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(server.pid, signal.SIGCONT)


async def test_a_full_store_tells_nobody_what_it_did_not_keep(
    own_server: EmbeddedStore, own_store: RedisBoardStore
) -> None:
    """Refused before anything is written or published; reading and deleting go on."""
    author = await new_author(own_store)
    await author.push(Put(rectangle("a")), Put(rectangle("b")))
    heard: list[bytes] = []
    subscriber = own_store.subscriber(lambda: None)
    await subscriber.add(author.board, lambda _kind, data: heard.append(data))
    with redis.Redis.from_url(own_server.url) as raw:
        raw.config_set("maxmemory", 1)
        with pytest.raises(Refusal) as refusal:
            await author.push(Put(rectangle("c")))
        assert (refusal.value.code, refusal.value.retryable) == (RefusalCode.STORE_FULL, True)
        assert not (await own_store.health()).ok
        assert (await own_store.position(author.board)).seq == 1
        assert await author.push(Delete("a")) == 2
        assert set(await stored(own_store, author.board)) == {"b"}
        raw.config_set("maxmemory", 0)
        assert await author.push(Put(rectangle("c"))) == 3
        await own_store.publish_live(author.board, b"last")
    while not heard or heard[-1] != b"last":
        await own_store.position(author.board)
    assert [decode_commit(data).seq for data in heard[:-1]] == [2, 3]
    await subscriber.close()


async def test_a_replica_takes_no_writes(
    own_server: EmbeddedStore, own_store: RedisBoardStore
) -> None:
    author = await new_author(own_store)
    await author.push(Put(rectangle("a")))
    with redis.Redis.from_url(own_server.url) as raw:
        raw.replicaof("127.0.0.1", "1")
        with pytest.raises(StoreUnavailable) as refusal:
            await author.push(Put(rectangle("b")))
        assert refusal.value.code == RefusalCode.READ_ONLY
        raw.replicaof("NO", "ONE")
    assert await author.push(Put(rectangle("b"))) == 2


async def test_a_busy_store(own_server: EmbeddedStore, own_store: RedisBoardStore) -> None:
    """Somebody else's endless script: refused as retryable, fine again once it is gone."""
    author = await new_author(own_store)
    with redis.Redis.from_url(own_server.url) as raw:
        raw.config_set("busy-reply-threshold", 1)
        with redis.Redis.from_url(own_server.url) as other:
            endless = threading.Thread(target=_ignoring_the_end, args=(other,))
            endless.start()
            await until_healthy(own_store, False)
            with pytest.raises(StoreUnavailable) as refusal:
                await author.push(Put(rectangle("a")))
            assert refusal.value.code == RefusalCode.UNAVAILABLE
            raw.script_kill()
            await asyncio.to_thread(endless.join)
    await until_healthy(own_store, True)
    assert await author.push(Put(rectangle("a"))) == 1


def _ignoring_the_end(client: redis.Redis) -> None:
    with pytest.raises(redis.RedisError):
        client.eval("while true do end", 0)


async def test_cancelled_callers_leave_the_answers_in_order(store: RedisBoardStore) -> None:
    """A thousand callers, a third of them gone before their answer: everyone else gets their own."""
    dice = random.Random(SEED)
    boards = [(await new_author(store)).board for _ in range(20)]
    epochs = {board: (await store.position(board)).epoch for board in boards}

    async def ask(board: str) -> bool:
        return (await store.position(board)).epoch == epochs[board]

    asking = []
    for _ in range(1_000):
        task = asyncio.create_task(ask(dice.choice(boards)))
        asking.append(task)
        if dice.random() < 0.5:
            await asyncio.sleep(0)
        if dice.random() < 0.4:
            dice.choice(asking).cancel()
    results = await asyncio.gather(*asking, return_exceptions=True)
    answered = [each for each in results if not isinstance(each, asyncio.CancelledError)]
    assert len(answered) > 400
    assert set(answered) == {True}


async def test_without_a_store_everything_is_refused_at_once(
    own_server: EmbeddedStore, own_store: RedisBoardStore
) -> None:
    own_server.stop()
    loop = asyncio.get_running_loop()
    started = loop.time()
    with pytest.raises(StoreUnavailable):
        await own_store.position("board-of-nobody")
    with pytest.raises(StoreUnavailable):
        await own_store.create_board("", 0)
    assert loop.time() - started < SECONDS
    own_server.start()
    await until_healthy(own_store, True)
    assert (await own_store.create_board("", 0)).id
