"""The doorbell: what it hears, and that it never loses anything in silence."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
import redis

from inkwire.protocol.codec import decode_commit
from inkwire.protocol.ops import Delete
from inkwire.store.board_store import Heard, Subscriber
from inkwire.store.embedded import EmbeddedStore
from inkwire.store.redis_store import RedisBoardStore
from tests.store.pushing import new_author


@dataclass
class Ear:
    """What one subscriber heard, by board."""

    live: dict[str, list[bytes]] = field(default_factory=dict)
    seqs: dict[str, list[int]] = field(default_factory=dict)
    losses: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def on(self, board: str) -> Heard:
        def heard(kind: str, data: bytes) -> None:
            if kind == "live":
                self.live.setdefault(board, []).append(data)
            else:
                self.seqs.setdefault(board, []).append(decode_commit(data).seq)
            self.changed.set()

        return heard

    def lost(self) -> None:
        self.losses += 1
        self.changed.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(60):
            while not condition():
                self.changed.clear()
                await self.changed.wait()


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
async def subscriber(store: RedisBoardStore, ear: Ear) -> AsyncIterator[Subscriber]:
    made = store.subscriber(ear.lost)
    yield made
    await made.close()


async def test_each_board_to_its_own(
    store: RedisBoardStore, subscriber: Subscriber, ear: Ear
) -> None:
    one, two, other = [await new_author(store) for _ in range(3)]
    await subscriber.add(one.board, ear.on("one"))
    await subscriber.add(two.board, ear.on("two"))
    await other.push(Delete("a"))
    await one.push(Delete("a"))
    await store.publish_live(one.board, b"")
    await store.publish_live(two.board, b"\x97payload")
    await ear.until(lambda: bool(ear.live.get("one") and ear.live.get("two")))
    assert ear.live == {"one": [b""], "two": [b"\x97payload"]}
    assert ear.seqs == {"one": [1]}
    assert ear.losses == 0


async def test_added_means_heard(store: RedisBoardStore, subscriber: Subscriber, ear: Ear) -> None:
    """What is published after `add` returned is heard, also when boards come and go."""
    author = await new_author(store)
    for round_ in range(1, 31):
        await subscriber.add(author.board, ear.on("it"))
        await author.push(Delete("a"))
        await ear.until(lambda seq=round_ * 2 - 1: seq in ear.seqs.get("it", []))  # type: ignore[misc]
        await subscriber.remove(author.board)
        await author.push(Delete("a"))
    assert ear.seqs["it"] == sorted(set(ear.seqs["it"]))
    await subscriber.remove("never-added")


async def test_a_lost_connection_is_told(
    store: RedisBoardStore, subscriber: Subscriber, ear: Ear, raw: redis.Redis
) -> None:
    """The server drops subscribers: it comes back by itself, says so, and hears every board again."""
    authors = [await new_author(store) for _ in range(3)]
    for author in authors:
        await subscriber.add(author.board, ear.on(author.board))
    for losses in range(1, 4):
        raw.client_kill_filter(_type="pubsub")
        await ear.until(lambda wanted=losses: ear.losses == wanted)  # type: ignore[misc]
        for author in authors:
            await author.push(Delete("a"))
        await ear.until(
            lambda wanted=losses: all(  # type: ignore[misc]
                ear.seqs.get(each.board, [])[-1:] == [wanted] for each in authors
            )
        )


async def test_a_restarted_store_is_heard_again(
    own_server: EmbeddedStore, own_store: RedisBoardStore, ear: Ear
) -> None:
    subscriber = own_store.subscriber(ear.lost)
    author = await new_author(own_store)
    await subscriber.add(author.board, ear.on("it"))
    os.kill(own_server.pid, signal.SIGKILL)
    late = await _added_meanwhile(own_store, subscriber, ear)
    own_server.spawn()
    await ear.until(lambda: ear.losses == 1)
    await own_store.publish_live(author.board, b"back")
    await own_store.publish_live(late, b"late")
    await ear.until(lambda: ear.live == {"it": [b"back"], "late": [b"late"]})
    await subscriber.close()


async def _added_meanwhile(store: RedisBoardStore, subscriber: Subscriber, ear: Ear) -> str:
    """A board added while there is no store: it returns, and is heard later."""
    async with asyncio.timeout(60):
        await subscriber.add("late-board", ear.on("late"))
    return "late-board"


async def test_closing_is_quiet(store: RedisBoardStore, ear: Ear) -> None:
    subscriber = store.subscriber(ear.lost)
    author = await new_author(store)
    await subscriber.add(author.board, ear.on("it"))
    await subscriber.close()
    await author.push(Delete("a"))
    assert ear == Ear(changed=ear.changed)
