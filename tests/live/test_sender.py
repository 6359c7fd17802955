"""The sender: one frame at a time, everything in order, nothing piled up."""

from __future__ import annotations

import asyncio
import random

from hypothesis import given, note
from hypothesis import strategies as st

from inkwire.live.limits import ANSWERS_QUEUED, STALLED_SECONDS, UNECHOED_SECONDS
from inkwire.live.sender import Sender
from inkwire.live.websocket import framed
from inkwire.protocol import codec
from inkwire.protocol.frames import (
    Accepted,
    Batch,
    Commit,
    LiveState,
    Merged,
    Pong,
    Refused,
    Who,
)
from inkwire.protocol.ops import Props, SetProps
from inkwire.rooms.outbox import Outbox
from inkwire.rooms.send_window import FIRST
from tests.rooms.receivers import commit, commit_of


class Socket:
    """Takes messages into a buffer that drains when the test says so."""

    def __init__(self) -> None:
        self.open = True
        self.buffer = b""
        self.came = b""
        self.most = 0
        self.writes = 0

    def waiting(self) -> int:
        return len(self.buffer)

    def write(self, messages: bytes) -> None:
        assert not self.buffer, "written while something waits"
        self.buffer = messages
        self.writes += 1
        self.most = max(self.most, len(messages))

    def drain(self, share: float = 1.0) -> bool:
        """Takes a part of what waits; whether all is gone now."""
        size = max(1, round(len(self.buffer) * share))
        self.came += self.buffer[:size]
        self.buffer = self.buffer[size:]
        return not self.buffer

    def frames(self) -> list[object]:
        """What a client has by now; whole messages only."""
        return [codec.decode_server(payload) for opcode, payload in self._parts() if opcode == 2]

    def last_mark(self) -> int:
        """The number in the newest ping that came; 0 before the first."""
        marks = [payload for opcode, payload in self._parts() if opcode == 9]
        return int.from_bytes(marks[-1], "big") if marks else 0

    def _parts(self) -> list[tuple[int, bytes]]:
        found: list[tuple[int, bytes]] = []
        data = self.came
        while len(data) >= 2:
            size, head = data[1], 2
            if size == 126:
                size, head = int.from_bytes(data[2:4], "big"), 4
            elif size == 127:
                size, head = int.from_bytes(data[2:10], "big"), 10
            if len(data) < head + size:
                break
            found.append((data[0] & 15, data[head : head + size]))
            data = data[head + size :]
        return found


def arrived(socket: Socket, sender: Sender) -> None:
    """Everything has left, is at the client, and its browser said so."""
    sender.drained()
    sender.echoed(socket.last_mark())


def following(socket: Socket, outbox: Outbox) -> tuple[Sender, list[int]]:
    behind: list[int] = []
    sender = Sender(socket, behind.append, lambda: None)
    sender.follow(outbox, outbox.ring.last)
    return sender, behind


@given(st.integers(0, 2**32))
def test_whatever_the_socket_does_everything_comes_in_order(seed: int) -> None:
    """[C4] [C2] [K1] Commits and answers, however slowly and in whatever pieces it drains."""
    note(f"seed {seed}")
    chance = random.Random(seed)

    async def run() -> None:
        socket, outbox = Socket(), Outbox(0, framed)
        sender, _ = following(socket, outbox)
        for n in range(1, 60):
            outbox.ring.append(n, commit(n, tuple(f"e{k}" for k in range(chance.choice((1, 300))))))
            if chance.random() < 0.5:
                sender.answer(Accepted("client-1", n, n))
            if chance.random() < 0.7:
                sender.pump()
            if socket.buffer and chance.random() < 0.5 and socket.drain(chance.random()):
                chance.choice((arrived, lambda _, sender: sender.drained()))(socket, sender)
            await asyncio.sleep(0)
        sender.answer(Pong(1, 2))
        sender.pump()
        while socket.buffer:
            if socket.drain(chance.random()):
                arrived(socket, sender)
            await asyncio.sleep(0)
        frames = socket.frames()
        commits = [each.seq for f in frames if isinstance(f, Batch) for each in f.commits]
        assert commits == list(range(1, 60))
        answers = [f.n for f in frames if isinstance(f, Accepted)]
        assert answers == sorted(answers)
        assert any(isinstance(f, Pong) for f in frames)
        sender.close()

    asyncio.run(run())


async def test_accepted_is_cumulative_while_it_waits() -> None:
    """[C2] A hundred pushes answered at once are one answer; a refusal between keeps its place."""
    socket, outbox = Socket(), Outbox(0, framed)
    sender, _ = following(socket, outbox)
    for n in range(1, 101):
        sender.answer(Accepted("client-1", n, n))
    sender.answer(Refused("client-1", 101, "rate", "", True, 0.1, 101))
    sender.answer(Accepted("client-1", 101, 101))
    sender.pump()
    socket.drain()
    assert [
        (type(f).__name__, f.n) for f in socket.frames() if isinstance(f, Accepted | Refused)
    ] == [
        ("Accepted", 100),
        ("Refused", 101),
        ("Accepted", 101),
    ]


async def test_answers_and_echoes_build_no_frame_for_one_connection_alone() -> None:
    """[C4] Between two flushes of a room nobody moves ahead of the others, so all share one frame."""
    outbox = Outbox(0, framed)
    people = [(socket := Socket(), *following(socket, outbox)) for _ in range(20)]
    for n in range(1, 11):
        for socket, sender, _ in people:
            outbox.ring.append(outbox.ring.last + 1, commit(outbox.ring.last + 1))
            sender.answer(Pong(n, 2))
            sender.reply()
            socket.drain()
            arrived(socket, sender)
            assert not sender.stalled(n)
            socket.drain()
        for _, sender, _ in people:
            sender.pump()
        for socket, sender, _ in people:
            socket.drain()
            arrived(socket, sender)
    assert outbox.built == 10
    for socket, sender, _ in people:
        assert sum(isinstance(each, Pong) for each in socket.frames()) == 10
        sender.close()


async def test_a_stalled_peer_costs_one_frame() -> None:
    """[K1] Whatever happens in the room, what waits for it does not grow."""
    socket, outbox = Socket(), Outbox(0, framed)
    sender, behind = following(socket, outbox)
    for n in range(1, 9_000):
        outbox.ring.append(n, commit(n, tuple(f"e{k}" for k in range(30))))
        sender.pump()
    assert socket.writes == 1
    assert not behind
    socket.drain()
    sender.drained()
    assert behind == [1]  # the ring has gone on: it needs a resync from commit 1
    assert sender.cursor is None


async def test_who_takes_nothing_for_long_is_stalled() -> None:
    """[K1] A little now and then is slow, not stalled."""
    socket, outbox = Socket(), Outbox(0, framed)
    sender, _ = following(socket, outbox)
    outbox.ring.append(1, commit(1, tuple(f"e{k}" for k in range(100))))
    sender.pump()
    now = asyncio.get_running_loop().time()
    assert not sender.stalled(now)
    assert not sender.stalled(now + STALLED_SECONDS - 1)
    socket.drain(0.1)
    assert not sender.stalled(now + STALLED_SECONDS)
    assert not sender.stalled(now + 2 * STALLED_SECONDS - 1)
    assert sender.stalled(now + 2 * STALLED_SECONDS + 1)


async def test_too_many_unread_answers_stop_the_questions() -> None:
    """[C8] A peer that asks and does not read is not read either."""
    socket, outbox = Socket(), Outbox(0, framed)
    sender, _ = following(socket, outbox)
    for n in range(1, ANSWERS_QUEUED + 10):
        sender.answer(Refused("client-1", n, "rate", "", True, 0.1, n))
    assert sender.crowded
    sender.pump()
    assert not sender.crowded


async def test_bringing_up_to_date_waits_for_the_socket() -> None:
    """[K1] A snapshot goes out frame by frame, each when the one before has left."""
    socket, outbox = Socket(), Outbox(0, framed)
    sender = Sender(socket, lambda _: None, lambda: None)

    async def snapshot() -> None:
        for n in range(5):
            await sender.send(framed(codec.encode(Pong(n, 0))))
        sender.follow(outbox, 0)

    task = asyncio.create_task(snapshot())
    for expected in range(1, 6):
        for _ in range(10):
            await asyncio.sleep(0)
        assert socket.writes == expected
        socket.drain()
        sender.drained()
    await task
    assert [f.stamp for f in socket.frames() if isinstance(f, Pong)] == [0, 1, 2, 3, 4]


async def test_what_is_under_way_is_bounded_though_the_socket_takes_all() -> None:
    """[K1] Buffers that nobody sees do not fill: the browser's answer is waited for, and then all goes on."""
    socket, outbox = Socket(), Outbox(0, framed)
    sender, _ = following(socket, outbox)
    n = 0
    for n in range(1, 400):
        outbox.ring.append(n, commit(n, tuple(f"e{k}" for k in range(30))))
        sender.pump()
        socket.drain()
        sender.drained()
    assert len(socket.came) < 2 * FIRST
    for _ in range(150):
        socket.drain()
        sender.echoed(socket.last_mark())
        await asyncio.sleep(0)
    assert [each.seq for each in commits_of(socket)] == list(range(1, n + 1))


async def test_answers_pass_what_waits() -> None:
    """[C2] Even to who is far behind: a page that pushes learns what became of it."""
    socket, outbox = Socket(), Outbox(0, framed)
    sender, _ = following(socket, outbox)
    for n in range(1, 400):
        outbox.ring.append(n, commit(n, tuple(f"e{k}" for k in range(30))))
        sender.pump()
        socket.drain()
        sender.drained()
    sender.answer(Accepted("client-1", 1, 400))
    sender.pump()
    socket.drain()
    assert any(isinstance(frame, Accepted) for frame in socket.frames())


async def test_who_answers_nothing_for_long_is_stalled() -> None:
    """[K1] The network took it, the peer did not."""
    socket, outbox = Socket(), Outbox(0, framed)
    sender, _ = following(socket, outbox)
    outbox.ring.append(1, commit(1, ("a",)))
    sender.pump()
    socket.drain()
    now = asyncio.get_running_loop().time()
    assert not sender.stalled(now + UNECHOED_SECONDS - 1)
    assert sender.stalled(now + UNECHOED_SECONDS + 1)
    sender.echoed(socket.last_mark())
    assert not sender.stalled(now + UNECHOED_SECONDS + 1)


def commits_of(socket: Socket) -> list[Commit]:
    return [each for f in socket.frames() if isinstance(f, Batch) for each in f.commits]


async def test_what_goes_without_a_decision_leaves_nothing_out_and_no_closed_socket_gets_it() -> (
    None
):
    """[M1] [L1] A small merge may stand for many commits; what is live comes behind it."""
    socket, outbox = Socket(), Outbox(0, framed)
    sender, _ = following(socket, outbox)
    outbox.presence.join("peer-0001", Who("person-1", "", "#1971c2", "editor"), "worker")
    sender.pump()
    socket.drain()
    arrived(socket, sender)
    for n in range(1, 801):
        moved = SetProps("d1", Props(place=(float(n), 0.0, 1.0, 1.0, 0.0)))
        outbox.ring.append(n, commit_of(n, (moved,)))
    outbox.presence.update("peer-0001", LiveState(cursor=(7.0, 7.0)))
    for _ in range(3):
        sender.pump()
        if socket.buffer:
            socket.drain()
            arrived(socket, sender)
        await asyncio.sleep(0)
    assert outbox.merges == 1
    merged, batch = socket.frames()[-2:]
    assert isinstance(merged, Merged)
    assert isinstance(batch, Batch)
    assert [item.state.cursor for item in batch.live] == [(7.0, 7.0)]
    writes, socket.open = socket.writes, False
    sender.close()
    sender.follow(outbox, outbox.ring.last)
    outbox.presence.update("peer-0001", LiveState(cursor=(8.0, 8.0)))
    sender.pump()
    assert socket.writes == writes


async def test_nothing_is_built_for_who_may_get_nothing_yet() -> None:
    """[K1] Its line has gone: merging anew for it at each commit would be work for nobody."""
    socket, outbox = Socket(), Outbox(0, framed)
    sender, _ = following(socket, outbox)
    n = 0
    before = -1
    while socket.writes > before:  # until the window is shut: no echo ever comes
        before, n = socket.writes, n + 1
        outbox.ring.append(n, commit(n, tuple(f"e{k}" for k in range(300))))
        sender.pump()
        while socket.buffer:
            socket.drain()
            sender.drained()
    built = outbox.built
    for _ in range(30):
        n += 1
        outbox.ring.append(n, commit(n, tuple(f"e{k}" for k in range(300))))
        sender.pump()
    assert outbox.built == built
