"""Which of a page's connections may push: the one that the store saw arrive last."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
import redis
from hypothesis import given, settings
from hypothesis import strategies as st

from inkwire.errors import BoardNotFound, StoreUnavailable
from inkwire.protocol.ops import Delete, Put
from inkwire.store.board_store import Applied, Arrival, Duplicate, Superseded
from inkwire.store.embedded import EmbeddedStore
from inkwire.store.keys import board_keys, session_field
from inkwire.store.redis_store import RedisBoardStore
from tests.store.conftest import Blocking, opened
from tests.store.drawings import rectangle
from tests.store.pushing import Author, new_author, stored

HOUR_MS = 3_600_000
CLOCKS = st.sampled_from([0, 1, HOUR_MS, 10 * HOUR_MS])
"""What the worker's clock shows: the order must not depend on it."""


async def arrived(author: Author, session: str, at_ms: int = 0) -> Author:
    """A new connection of a page, with a client id of its own."""
    arrival = await author.store.arrive(author.board, session, at_ms)
    return Author(author.store, author.board, arrival=arrival)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["one", "two"]), CLOCKS, st.integers(0, 9)), max_size=20))
def test_h8_only_the_newest_connection_of_a_session_stores(
    blocking: Blocking, steps: list[tuple[str, int, int]]
) -> None:
    """Connections come, older ones speak, in any order and with any clocks, those of two pages mixed."""
    blocking.run(_speak(blocking, steps))


async def _speak(blocking: Blocking, steps: list[tuple[str, int, int]]) -> None:
    maker = await new_author(blocking.store)
    here: dict[str, list[Author]] = {"one": [], "two": []}
    for session, at, who in steps:
        if who < 4 or not here[session]:
            here[session].append(await arrived(maker, session, at))
            numbers = [each.arrival.number for each in here[session] if each.arrival]
            assert numbers == sorted(set(numbers))
            continue
        speaker = here[session][who % len(here[session])]
        result = await speaker.send(speaker.n + 1, [Delete("x")], at)
        assert isinstance(result, Applied if speaker is here[session][-1] else Superseded)
        speaker.n += isinstance(result, Applied)


async def test_h8_a_late_push_is_stopped_before_anything_else_is_asked(
    store: RedisBoardStore,
) -> None:
    """Also one that is stored already and one that comes too early: neither answer is for the old one."""
    old = await arrived(await new_author(store), "page")
    await old.push(Put(rectangle("a")))
    new = await arrived(old, "page")
    for n in (1, 2, 7):
        assert await old.send(n, [Delete("a")]) == Superseded()
    same_client = replace(new, cid=old.cid)
    assert await same_client.send(1, [Put(rectangle("a"))]) == Duplicate(1, 1)
    assert await same_client.send(2, [Put(rectangle("b"))]) != Superseded()
    assert set(await stored(store, old.board)) == {"a", "b"}


async def test_h8_a_registration_whose_answer_was_lost_harms_nobody(store: RedisBoardStore) -> None:
    """The second attempt is newer than the first; without one, the connection may look but not push."""
    maker = await new_author(store)
    lost = await store.arrive(maker.board, "page", 5)
    retried = await arrived(maker, "page", 5)
    assert retried.arrival is not None
    assert retried.arrival.number > lost.number
    await retried.push(Put(rectangle("a")))
    for session in ("page", "another-page"):
        unregistered = Author(store, maker.board, arrival=Arrival(session, 0))
        assert await unregistered.send(1, [Delete("a")]) == Superseded()
    await Author(store, maker.board).push(Put(rectangle("b")))  # an import has no connection


@pytest.mark.parametrize("what", ["forgotten", "put back", "put back and begun anew"])
async def test_h8_the_order_survives_a_store_that_was_put_back(
    store: RedisBoardStore, raw: redis.Redis, what: str
) -> None:
    """Whoever was registered pushes on; who comes later is newer than anybody from before."""
    maker = await new_author(store)
    key, field = board_keys(maker.board).acks, session_field("page")
    before = await arrived(maker, "page", 1_000)
    backup = raw.hget(key, field)
    assert isinstance(backup, bytes)
    old = await arrived(maker, "page", 2_000)
    middle = await arrived(maker, "page", 2_001)
    raw.hdel(key, field) if what == "forgotten" else raw.hset(key, field, backup)
    new = await arrived(maker, "page", 3_000) if what.endswith("anew") else None
    if new is None:
        await middle.push(Put(rectangle("a")))
        new = await arrived(maker, "page", 3_000)
    await new.push(Put(rectangle("b")))
    for each in (before, old, middle):
        assert await each.send(each.n + 1, [Delete("b")]) == Superseded()


async def test_h8_of_two_from_before_the_older_never_comes_second(
    store: RedisBoardStore, raw: redis.Redis
) -> None:
    """The store has lost both; the first word of the newer one shuts the older one out again."""
    maker = await new_author(store)
    old, new = await arrived(maker, "page", 1), await arrived(maker, "page", 2)
    raw.hdel(board_keys(maker.board).acks, session_field("page"))
    await old.push(Put(rectangle("a")))
    await new.push(Put(rectangle("b")))
    assert await old.send(2, [Delete("b")]) == Superseded()


async def test_arrivals_are_forgotten_with_the_acks_age(
    server: EmbeddedStore, raw: redis.Redis
) -> None:
    """By commits, and on a board where people only look by other arrivals."""
    store = opened(server, acks_age_s=30.0)
    looked_at, drawn_on = await new_author(store), await new_author(store)
    for author in (looked_at, drawn_on):
        await asyncio.gather(
            *(store.arrive(author.board, f"long-ago-{k}", 1_000) for k in range(150))
        )
    for k in range(600):
        await store.arrive(looked_at.board, f"now-{k}", 40_000)
    while await drawn_on.push(Delete("a"), at_ms=40_000) % 1024:
        pass
    for author, most in ((looked_at, 600), (drawn_on, 1)):
        assert raw.hlen(board_keys(author.board).acks) == most
    await store.close()


async def test_nobody_arrives_at_a_board_that_does_not_exist(
    store: RedisBoardStore, raw: redis.Redis
) -> None:
    with pytest.raises(BoardNotFound):
        await store.arrive("nosuchboard", "page", 0)
    assert raw.keys("inkwire:{nosuchboard}:*") == []


async def test_who_may_look_at_a_store_in_trouble(
    own_server: EmbeddedStore, own_store: RedisBoardStore
) -> None:
    """[C9] A full store registers people, so that they can make room; a replica cannot."""
    maker = await new_author(own_store)
    await maker.push(Put(rectangle("a")))
    with redis.Redis.from_url(own_server.url) as raw:
        raw.config_set("maxmemory", 1)
        await (await arrived(maker, "page")).push(Delete("a"))
        raw.config_set("maxmemory", 0)
        raw.replicaof("127.0.0.1", "1")
        with pytest.raises(StoreUnavailable):
            await own_store.arrive(maker.board, "page", 0)
        raw.replicaof("NO", "ONE")
