"""The activity in the store: whoever tells, and however often, each thing is told once, in numbers without a gap."""

from __future__ import annotations

import asyncio
import random

import msgspec
import redis

from inkwire.rooms.activity import Event, Person
from inkwire.rooms.activity_ring import MAX_EVENTS
from inkwire.store.activity_log import KEPT_MS, Findings
from inkwire.store.board_store import Kind
from inkwire.store.keys import board_keys
from inkwire.store.redis_store import RedisBoardStore
from tests.store.seed import SEED

NOW = 1_800_000_000_000


def event(kind: str, person: str = "person-ana", count: int = 0) -> Event:
    return Event(type=kind, at=NOW, person=person, name="Ana", color="#fff", count=count)  # type: ignore[arg-type]


async def kinds(store: RedisBoardStore, board: str) -> list[str]:
    state = await store.activity.read(board)
    assert len(state.events) == state.last - state.first + 1
    return [msgspec.json.decode(each, type=Event).type for each in state.events]


async def test_each_thing_is_told_once(store: RedisBoardStore) -> None:
    board = await store.create_board("", NOW)
    activity, epoch = store.activity, board.epoch
    found = Findings(0, 4, [event("joined")], [], [event("drew", count=4)])
    assert await activity.settle(board.id, epoch, found, NOW) == (2, 4)
    assert await activity.settle(board.id, epoch, found, NOW) == (2, 4), "told again"
    late = Findings(2, 5, [], [event("left", "person-ben")], [event("drew", count=3)])
    assert await activity.settle(board.id, epoch, late, NOW) == (2, 4), "out of turn"
    gone = Findings(4, 5, [], [event("left")], [event("edited", count=1)])
    assert await activity.settle(board.id, epoch, gone, NOW) == (4, 5)
    assert await kinds(store, board.id) == ["joined", "drew", "edited", "left"]
    assert await activity.settle(board.id, "another", gone, NOW) is None
    state = await activity.read(board.id, 3)
    assert (state.last, state.settled, state.first, state.people) == (4, 5, 4, {})


async def test_many_workers_tell_the_same_log_at_once(store: RedisBoardStore) -> None:
    """Three that know different amounts of it, one step after another, some answers lost."""
    dice = random.Random(SEED)
    board = await store.create_board("", NOW)
    heard: list[tuple[int, int]] = []
    came = asyncio.Event()

    def hear(kind: Kind, data: bytes) -> None:
        if kind == "activity":
            _, first, _, events = msgspec.msgpack.decode(data)
            heard.append((first, len(events)))
            came.set()

    subscriber = store.subscriber(lambda: None)
    await subscriber.add(board.id, hear)
    total = 200

    async def worker(name: int) -> None:
        settled = 0
        while settled < total:
            until = min(total, settled + dice.randrange(1, 9))
            people = [event("joined", f"person-{dice.randrange(5)}") for _ in range(2)]
            found = Findings(settled, until, people, [], [event("drew", count=until - settled)])
            answer = await store.activity.settle(board.id, board.epoch, found, NOW)
            assert answer is not None
            settled = answer[1] if dice.random() < 0.8 else settled  # else it never arrived

    await asyncio.gather(*map(worker, range(3)))
    state = await store.activity.read(board.id)
    events = [msgspec.json.decode(each, type=Event) for each in state.events]
    assert sum(each.count for each in events) == total
    joined = [each.person for each in events if each.type == "joined"]
    assert sorted(joined) == sorted(set(joined)) == sorted(state.people)
    assert state.people["person-0"] == Person("Ana", "#fff")
    assert state.first == 1
    async with asyncio.timeout(60):
        while sum(count for _, count in heard) < state.last:
            await came.wait()
            came.clear()
    numbers = [n for first, count in heard for n in range(first, first + count)]
    assert numbers == list(range(1, state.last + 1))
    await subscriber.close()


async def test_old_events_go_by_number_and_by_age(store: RedisBoardStore, raw: redis.Redis) -> None:
    board = await store.create_board("", NOW)
    for first in range(0, MAX_EVENTS + 40, 20):
        notes = Findings(0, 0, notes=[event("exported") for _ in range(20)])
        at = NOW if first >= 80 else NOW - KEPT_MS // 2
        await store.activity.settle(board.id, board.epoch, notes, at)
    state = await store.activity.read(board.id)
    assert (state.first, state.last, len(state.events)) == (41, MAX_EVENTS + 40, MAX_EVENTS)
    later = NOW + KEPT_MS // 2 + 1
    one = Findings(0, 0, notes=[event("exported")])
    await store.activity.settle(board.id, board.epoch, one, later)
    state = await store.activity.read(board.id)
    assert (state.first, state.last) == (81, MAX_EVENTS + 41)
    assert raw.xlen(board_keys(board.id).activity) == len(state.events)
