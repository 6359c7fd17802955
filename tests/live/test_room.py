"""Rooms between the store's answers: each way to find a loss, alone."""

from __future__ import annotations

import asyncio
import random
from typing import Any, cast

import pytest
from hypothesis import example, given, note, settings
from hypothesis import strategies as st

from inkwire.live.clock import Clock
from inkwire.live.hub import Hub
from inkwire.live.limits import BEAT_SECONDS, DEAD_SECONDS
from inkwire.live.neighbours import Neighbours
from inkwire.live.room import Room
from inkwire.live.told import Present, decode_told
from inkwire.protocol.elements import Freedraw
from inkwire.protocol.frames import Ink, LiveState, Position, Who
from inkwire.rooms.presence import Presence
from inkwire.store.board_store import Arrival, BoardStore, Lost
from tests.live.memory_store import MemoryStore, MemorySubscriber, settled
from tests.rooms.receivers import commit


class Watch:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.at = 1_000.0

    def clock(self) -> Clock:
        return Clock(lambda: self.at, lambda: int(self.at * 1000))


async def opened(store: MemoryStore) -> Room:
    room = Room("board-1", "home-1", cast(BoardStore, store), Watch().clock())
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


class Home:
    """One worker's view of the room."""

    def __init__(self, name: str, store: MemoryStore, watch: Watch) -> None:
        self.name = name
        self.presence = Presence()
        self.again = False
        self.neighbours = Neighbours(
            "board-1",
            name,
            cast(BoardStore, store),
            watch.clock(),
            self.presence,
            self.mark,
        )
        store.listeners.append(self.heard)

    def mark(self) -> None:
        self.again = True

    def heard(self, kind: str, data: bytes) -> None:
        message = decode_told(data)
        if message.home == self.name:
            return
        self.neighbours.heard(message)
        for older in self.neighbours.superseded_by(message):
            self.leave(older)

    def join(self, peer: str, session: str = "", arrival: int = 1) -> None:
        who = Who(f"person-{peer}", peer, "#1971c2", "editor")
        self.presence.join(peer, who, self.name)
        self.neighbours.join(Present(peer, session or f"session-{peer}", arrival))

    def leave(self, peer: str) -> None:
        self.neighbours.leave(peer)
        self.presence.leave(peer)

    def view(self) -> dict[str, Any]:
        """Everything that a joiner would be told, in one form."""
        seen: dict[str, Any] = {}
        for item in self.presence.since(0).live:
            peer = seen.setdefault(item.peer, {"ink": {}})
            peer["who"] = item.who or peer.get("who")
            for field in ("cursor", "tool"):
                if getattr(item.state, field) is not None:
                    peer[field] = getattr(item.state, field)
            for piece in item.state.ink:
                peer["ink"][piece.id] = peer["ink"].get(piece.id, b"") + piece.data
        return seen


def stroke(id_: str) -> Freedraw:
    return Freedraw(id=id_, place=(0.0, 0.0, 1.0, 1.0, 0.0), z="a0", points=b"")


def something(chance: random.Random, home: Home, ink: dict[str, int]) -> None:
    """One thing that a peer of that worker may do."""
    ours = home.presence.peers_of(home.name)
    what = chance.random()
    if what < 0.15 or not ours:
        home.join(f"peer-{chance.randrange(10**9):09}")
    elif what < 0.25:
        home.leave(chance.choice(ours))
    elif what < 0.6:
        peer = chance.choice(ours)
        home.presence.update(peer, LiveState(cursor=(chance.random(), 0.0), tool="pen"))
    else:
        peer = chance.choice(ours)
        strokes = home.presence.strokes_of(peer)
        if strokes and chance.random() < 0.3:
            home.presence.update(peer, LiveState(ended=(chance.choice(strokes),)))
            return
        id_ = chance.choice([*strokes, f"s{chance.randrange(10**9)}"][:8])
        known = ink.get(id_, 0)
        data = b"\x02\x02" if known else b"\x00\x04\x02\x02"
        element = None if known else stroke(id_)
        piece = Ink(id=id_, offset=known, data=data, element=element)
        assert home.presence.update(peer, LiveState(ink=(piece,)))
        ink[id_] = known + len(data)


@settings(max_examples=40)
@given(st.integers(0, 2**32))
@example(145911)  # the last bytes of a stroke were lost, and so was the call for them
def test_workers_agree_however_many_messages_were_lost(seed: int) -> None:
    """[L2] [L3] [L4] Three workers, a channel that loses a third; then it heals, and a beat follows."""
    note(f"seed {seed}")
    chance = random.Random(seed)

    async def run() -> None:
        store, watch = MemoryStore(), Watch()
        store.lose = lambda: chance.random() < 0.33
        homes = [Home(f"home-{k}", store, watch) for k in range(3)]
        ink: dict[str, int] = {}
        for home in homes:
            home.neighbours.call()
        for _ in range(80):
            home = chance.choice(homes)
            something(chance, home, ink)
            if chance.random() < 0.6:
                home.neighbours.tell()
            if chance.random() < 0.3:
                await settled()
            if chance.random() < 0.1:
                await beat(homes, watch)
        store.lose = lambda: False
        for _ in range(4):
            await beat(homes, watch)
        views = [home.view() for home in homes]
        assert views[0] == views[1] == views[2]
        for home in homes:
            home.neighbours.close()

    asyncio.run(run())


async def beat(homes: list[Home], watch: Watch) -> None:
    watch.at += BEAT_SECONDS
    for home in homes:
        home.neighbours.sweep(watch.at)
        home.neighbours.beat()
        await settled()
        while home.again:
            home.again = False
            home.neighbours.tell()
            await settled()


async def test_a_call_that_is_lost_is_repeated() -> None:
    """[L2] Once a second, until the other worker has told everything; no beat has to pass."""
    store, watch = MemoryStore(), Watch()
    here, there = Home("home-here", store, watch), Home("home-there", store, watch)
    here.join("peer-of-here")
    there.join("peer-of-there")
    for _ in range(2):
        await beat([here, there], watch)

    async def draw(offset: int, data: bytes) -> None:
        element = None if offset else stroke("s1")
        piece = Ink(id="s1", offset=offset, data=data, element=element)
        here.presence.update("peer-of-here", LiveState(ink=(piece,)))
        here.neighbours.tell()
        await settled()

    await draw(0, b"\x00\x04\x02\x02")
    assert here.view() == there.view()
    store.lose = lambda: True
    await draw(4, b"\x04\x04")
    heard = iter((False, False))
    store.lose = lambda: next(
        heard, True
    )  # the next message arrives, the call that it causes is lost
    here.presence.update("peer-of-here", LiveState(cursor=(1.0, 1.0)))
    here.neighbours.tell()
    await settled()
    store.lose = lambda: False
    assert here.view() != there.view()
    for _ in range(2):
        watch.at += 1
        there.neighbours.sweep(watch.at)
        await settled()
    assert here.view() == there.view()
    for home in (here, there):
        home.neighbours.close()


async def test_one_lost_message_is_missed_with_the_next_one() -> None:
    """[L2] Nobody has to wait for a beat: messages are numbered."""
    store, watch = MemoryStore(), Watch()
    here, there = Home("home-1", store, watch), Home("home-2", store, watch)
    here.join("peer-0001")
    there.join("peer-0002")
    await beat([here, there], watch)
    store.lose = lambda: True
    here.presence.update("peer-0001", LiveState(tool="lost"))
    here.neighbours.tell()
    await settled()
    store.lose = lambda: False
    watch.at += 2
    here.presence.update("peer-0001", LiveState(cursor=(1.0, 1.0)))
    here.neighbours.tell()
    await settled()
    assert there.view()["peer-0001"]["tool"] == "lost"


async def test_a_worker_that_falls_silent_is_buried() -> None:
    """[L4] Its peers are gone within ten seconds of its last word."""
    store, watch = MemoryStore(), Watch()
    here, there = Home("home-1", store, watch), Home("home-2", store, watch)
    here.join("peer-0001")
    there.join("peer-0002")
    await beat([here, there], watch)
    assert set(here.view()) == {"peer-0001", "peer-0002"}
    assert not here.neighbours.sweep(watch.at + DEAD_SECONDS)
    assert here.neighbours.sweep(watch.at + DEAD_SECONDS + 1.5)
    assert DEAD_SECONDS + 1.5 < 10
    assert set(here.view()) == {"peer-0001"}


async def test_a_lonely_worker_tells_nobody() -> None:
    """Without another worker in the room, drawing costs the store nothing."""
    store, watch = MemoryStore(), Watch()
    here = Home("home-1", store, watch)
    here.neighbours.call()
    here.join("peer-0001")
    here.neighbours.tell()
    await settled()
    before = len(store.told)
    for x in range(100):
        here.presence.update("peer-0001", LiveState(cursor=(float(x), 0.0)))
        here.neighbours.tell()
        await settled()
    assert len(store.told) == before


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_of_the_sockets_of_a_page_the_one_that_arrived_last_stays(seed: int) -> None:
    """[H8] In whatever order workers tell of them, whatever is lost on the way."""
    note(f"seed {seed}")
    chance = random.Random(seed)

    async def run() -> None:
        store, watch = MemoryStore(), Watch()
        homes = [Home(f"home-{k}", store, watch) for k in range(3)]
        store.lose = lambda: chance.random() < 0.3
        newest: dict[Home, int] = {}
        for arrival in chance.sample(range(1, 7), 6):
            home = chance.choice(homes)
            if arrival < newest.get(home, 0):
                continue  # one worker's room knows by itself
            for older in home.presence.peers_of(home.name):
                home.leave(older)
            newest[home] = arrival
            home.join(f"peer-{arrival:04}", "one-page", arrival)
            home.neighbours.tell()
            if chance.random() < 0.5:
                await settled()
        store.lose = lambda: False
        for _ in range(2):
            await beat(homes, watch)
        left = [each for home in homes for each in home.presence.peers_of(home.name)]
        assert left == ["peer-0006"]
        for home in homes:
            home.neighbours.close()

    asyncio.run(run())


async def test_a_socket_that_could_not_be_registered_is_neither_older_nor_newer() -> None:
    """[H8] The store takes no writes: nobody can say which of two came first, so both stay."""
    store, watch = MemoryStore(), Watch()
    here, there = Home("home-1", store, watch), Home("home-2", store, watch)
    here.join("peer-0001", "one-page", 0)
    there.join("peer-0002", "one-page", 7)
    await beat([here, there], watch)
    assert set(here.view()) == set(there.view()) == {"peer-0001", "peer-0002"}


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


class OneBoard(MemoryStore):
    """A store for a hub."""

    def __init__(self) -> None:
        super().__init__()
        self.subscribers = MemorySubscriber()

    def subscriber(self, on_lost: Lost) -> MemorySubscriber:
        return self.subscribers


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


async def test_what_one_read_gave_is_told_at_its_end_in_one_go() -> None:
    """[L1] Without another turn of the event loop; a member that fails takes nothing from the others."""
    room = await opened(MemoryStore())
    members = Here(), Here(broken=True), Here()
    for peer, member in zip("abc", members, strict=True):
        who = Who(f"person-{peer}", "", "#1971c2", "editor")
        room.join(f"peer-{peer}", who, Arrival(f"page-{peer}", 1), member)
    room._pace.stop()  # what joining would have flushed: the room is at rest
    for x in (1.0, 2.0):
        room.show("peer-a", LiveState(cursor=(x, 0.0)))
    assert [each.pumps for each in members] == [0, 0, 0]
    room.settle()
    assert [each.pumps for each in members] == [1, 1, 1]
    assert [each.faults for each in members] == [0, 1, 0]
    room.close()
