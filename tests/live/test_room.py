"""Rooms between the store's answers: each way to find a loss, alone; how they open, close and tell."""

from __future__ import annotations

import asyncio
from typing import cast

import pytest

from inkwire.live.hub import Hub
from inkwire.live.limits import BEAT_SECONDS
from inkwire.live.room import Room
from inkwire.protocol.frames import LiveState, Position, Who
from inkwire.store.board_store import Arrival, BoardStore
from tests.live.memory_store import MemoryStore, OneBoard, settled
from tests.live.watch import Watch
from tests.rooms.receivers import commit


async def opened(store: MemoryStore, home: str = "home-1") -> Room:
    room = Room("board-1", home, cast(BoardStore, store), Watch().clock())
    await room.open()
    return room


async def test_a_gap_is_filled_from_the_log() -> None:
    """[C4] A commit that comes too early is the sign; the log has what is between."""
    store = MemoryStore()
    room = await opened(store)
    for _ in range(10):
        last = store.append()
    room.heard("commit", last)
    await settled()
    assert room.outbox.ring.take(0, 10**6) == store.log
    room.close()


async def test_a_subscription_that_was_lost_makes_every_room_look() -> None:
    """[C4] No later commit is needed to find the loss."""
    store = MemoryStore()
    room = await opened(store)
    store.append()
    room.subscription_lost()
    await settled()
    assert room.outbox.ring.last == 1
    room.close()


async def test_commits_heard_while_a_room_opens_are_not_lost() -> None:
    """[C4] The channel is heard before the position is read."""
    store = MemoryStore()
    store.append()
    room = Room("board-1", "home-1", cast(BoardStore, store), Watch().clock())
    room.heard("commit", store.append())
    store.log.pop()
    opening = asyncio.create_task(room.open())
    await opening
    store.append()
    await settled()
    assert room.outbox.ring.last == 2
    room.close()


@pytest.mark.parametrize("history", ["another epoch", "shorter", "the same number twice"])
async def test_a_history_that_starts_anew_is_noticed(history: str) -> None:
    """[C5] By the periodic look, or at once by a number that comes twice."""
    store = MemoryStore()
    room = await opened(store)
    for _ in range(3):
        room.heard("commit", store.append())
    store.log.clear()
    store.epoch = "epoch-2"
    if history == "another epoch":
        for _ in range(3):
            store.append()
        room.check()
    elif history == "shorter":
        room.check()
    else:
        store.log.append(commit(1, ("other",)))
        room.heard("commit", store.log[0])
    await settled()
    assert (room.epoch, room.outbox.ring.last) == ("epoch-2", len(store.log))
    room.close()


async def test_an_idle_room_asks_once_a_beat() -> None:
    store = MemoryStore()
    watch = Watch()
    room = Room("board-1", "home-1", cast(BoardStore, store), watch.clock())
    await room.open()
    await settled()
    before = store.reads
    for _ in range(round(60 / BEAT_SECONDS)):
        watch.at += BEAT_SECONDS
        room.sweep(watch.at)
        await settled()
    assert store.reads - before <= 60 / BEAT_SECONDS
    room.close()


async def test_what_is_no_message_is_passed_over() -> None:
    store = MemoryStore()
    room = await opened(store)
    room.heard("live", b"\xc1")
    room.heard("live", b"\x91\x01")
    room.heard("commit", b"rubbish")
    room.heard("commit", store.append())
    assert room.outbox.ring.last == 1
    room.close()


class Here:
    """A connection of this worker; says whether it was told to go."""

    seen_live = 0
    link = "a-link"

    def __init__(self, *, broken: bool = False) -> None:
        self.outdone = self.pumps = self.faults = 0
        self.broken = broken

    def pump(self) -> None:
        self.pumps += 1
        if self.broken:
            raise RuntimeError("a fault of ours")

    def fault(self) -> None:
        self.faults += 1

    def start_over(self) -> None:
        pass

    def superseded(self) -> None:
        self.outdone += 1

    def withdrawn(self) -> None:
        pass

    def board_gone(self) -> None:
        pass


@pytest.mark.parametrize(("first", "second"), [(1, 2), (2, 1), (0, 1), (1, 0), (0, 0)])
async def test_of_two_sockets_on_one_worker_the_older_goes(first: int, second: int) -> None:
    """[H8] Also when it is the last to get ready; without a number, order of getting ready decides."""
    room = await opened(MemoryStore())
    who = Who("person-1", "", "#1971c2", "editor")
    members = Here(), Here()
    for peer, number, member in zip("ab", (first, second), members, strict=True):
        room.join(f"peer-{peer}", who, Arrival("one-page", number), member)
    second_stays = not 0 < second < first
    assert [each.outdone for each in members] == [int(second_stays), int(not second_stays)]
    room.leave("peer-a" if second_stays else "peer-b")
    third = Here()
    room.join("peer-c", who, Arrival("one-page", 3), third)
    assert [each.outdone for each in (*members, third)] == [1, 1, 0]
    room.close()


async def test_a_room_that_opens_while_it_closes_is_heard() -> None:
    """[C4] Subscribing and unsubscribing wait for each other, and the last word counts."""
    store = OneBoard()
    watch = Watch()
    hub = Hub(cast(BoardStore, store), watch.clock())
    async with hub.room("board-1"):
        assert store.subscribers.boards == {"board-1"}
    watch.at += 100
    store.subscribers.gate.clear()
    busy = asyncio.create_task(_visit(hub, "board-2"))
    await settled()
    closing = asyncio.create_task(hub.sweep_rooms(watch.at))
    reopening = asyncio.create_task(_visit(hub, "board-1"))
    await settled()
    store.subscribers.gate.set()
    await asyncio.gather(busy, closing, reopening)
    assert "board-1" in store.subscribers.boards
    await hub.close()


async def _visit(hub: Hub, board: str) -> Position:
    async with hub.room(board) as room:
        return Position(room.epoch, room.outbox.ring.last)


async def test_a_room_that_cannot_be_opened_leaves_nothing_behind() -> None:
    store = OneBoard()

    async def fails(board: str) -> Position:
        raise RuntimeError("planted")

    working = store.position
    store.position = fails  # type: ignore[method-assign]  # the fault of this test
    hub = Hub(cast(BoardStore, store), Watch().clock())
    with pytest.raises(RuntimeError, match="planted"):
        await _visit(hub, "board-1")
    assert store.subscribers.boards == set()
    store.position = working  # type: ignore[method-assign]  # and its end
    assert await _visit(hub, "board-1") == Position("epoch-1", 0)
    await hub.close()


def at_rest(room: Room) -> None:
    """Nothing is due, and the last flush was long ago."""
    room._pace.stop()
    room._pace._last = 0.0


async def test_what_one_read_gave_is_told_at_its_end_in_one_go() -> None:
    """[L1] Without another turn of the event loop; a member that fails takes nothing from the others."""
    room = await opened(MemoryStore())
    members = Here(), Here(broken=True), Here()
    for peer, member in zip("abc", members, strict=True):
        who = Who(f"person-{peer}", "", "#1971c2", "editor")
        room.join(f"peer-{peer}", who, Arrival(f"page-{peer}", 1), member)
    at_rest(room)
    for x in (1.0, 2.0):
        room.show("peer-a", LiveState(cursor=(x, 0.0)))
    assert [each.pumps for each in members] == [0, 0, 0]
    room.settle()
    assert [each.pumps for each in members] == [1, 1, 1]
    assert [each.faults for each in members] == [0, 1, 0]
    room.close()


async def test_who_is_alone_wakes_nobody_until_somebody_comes() -> None:
    """[L1] [L2] What was shown meanwhile is there for who comes, here or on another worker."""
    store = MemoryStore()
    room = await opened(store)
    alone = Here()
    who = Who("person-a", "", "#1971c2", "editor")
    room.join("peer-a", who, Arrival("page-a", 1), alone)
    at_rest(room)
    for x in (1.0, 2.0):
        room.show("peer-a", LiveState(cursor=(x, 0.0)))
        room.settle()
    assert alone.pumps == 0
    assert [each.state.cursor for each in room.outbox.presence.since(0).live] == [(2.0, 0.0)]
    room.sweep(Watch().at)  # its place in what was said moves on, so that old ink can be forgotten
    await settled()
    assert alone.pumps == 1
    other = Here()
    room.join("peer-b", who, Arrival("page-b", 1), other)
    at_rest(room)
    pumps = alone.pumps
    room.show("peer-a", LiveState(cursor=(3.0, 0.0)))
    room.settle()
    assert (alone.pumps - pumps, other.pumps) == (1, 1)
    room.close()


async def test_who_is_alone_here_is_seen_on_another_worker() -> None:
    """[L1] [L2] As soon as a word of the other worker has come; before, nobody is told anything."""
    store = MemoryStore()
    here, there = await opened(store, "home-1"), await opened(store, "home-2")
    who = Who("person-a", "", "#1971c2", "editor")
    here.join("peer-0001", who, Arrival("session-of-a-page", 1), Here())
    await settled()
    here.show("peer-0001", LiveState(cursor=(1.0, 0.0)))
    here.settle()
    assert not here._neighbours.anybody
    for room in (here, there):
        store.listeners.append(room.heard)
    there._neighbours.beat()
    await settled()
    seen = [each.state.cursor for each in there.outbox.presence.since(0).live]
    assert seen == [(1.0, 0.0)]
    at_rest(here)
    here.show("peer-0001", LiveState(cursor=(2.0, 0.0)))
    here.settle()
    await settled()
    assert [each.state.cursor for each in there.outbox.presence.since(0).live] == [(2.0, 0.0)]
    for room in (here, there):
        room.close()
