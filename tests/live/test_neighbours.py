"""What workers tell each other of a room, over a channel that loses what the test says."""

from __future__ import annotations

import asyncio
import random
from typing import Any, cast

from hypothesis import example, given, note, settings
from hypothesis import strategies as st

from inkwire.live.limits import BEAT_SECONDS, DEAD_SECONDS
from inkwire.live.neighbours import Neighbours
from inkwire.live.told import Present, decode_told
from inkwire.protocol.elements import Freedraw
from inkwire.protocol.frames import Ink, LiveState, Who
from inkwire.rooms.presence import Presence
from inkwire.store.board_store import BoardStore
from tests.live.memory_store import MemoryStore, settled
from tests.live.watch import Watch


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
