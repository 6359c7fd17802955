"""Somebody who draws, and those who are told of it at different times: what the outbox is tried with."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field

from inkwire.protocol import codec
from inkwire.protocol.elements import Freedraw
from inkwire.protocol.frames import Batch, Commit, Ink, LiveState, Merged, PeerLive, Who
from inkwire.protocol.limits import MAX_FRAME_BYTES
from inkwire.protocol.ops import Delete, Op, Props, Put, SetProps
from inkwire.rooms.document import Document
from inkwire.rooms.outbox import Cursor, Outbox

PLACE = (0.0, 0.0, 1.0, 1.0, 0.0)


def commit(seq: int, ids: tuple[str, ...] = ("x",)) -> bytes:
    """A commit that deletes."""
    return commit_of(seq, tuple(map(Delete, ids)))


def commit_of(seq: int, ops: tuple[Op, ...]) -> bytes:
    """A commit as it lies in the log: its seq in eight bytes."""
    whole = codec.encode(Commit(2**40, 1, "person-1", "client-1", seq, "", ops))
    assert whole[:2] == b"\x97\xcf"
    return whole[:2] + seq.to_bytes(8, "big") + whole[10:]


def stroke(id_: str) -> Freedraw:
    return Freedraw(id=id_, place=PLACE, z="a0", points=b"")


def who(name: str) -> Who:
    return Who(f"person-{name}", name, "#1971c2", "editor")


@dataclass
class View:
    """What a client makes of the live state it is told."""

    fields: dict[str, object] = field(default_factory=dict)
    ink: dict[str, bytes] = field(default_factory=dict)

    def take(self, state: LiveState, over: set[str]) -> None:
        for name in ("cursor", "selection", "tool"):
            if getattr(state, name) is not None:
                self.fields[name] = getattr(state, name)
        for piece in state.ink:
            known = self.ink.get(piece.id, b"")
            assert piece.offset <= len(known), "ink with a gap"
            assert piece.id in self.ink or piece.element is not None, "ink without its element"
            if piece.id not in over:
                self.ink[piece.id] = known[: piece.offset] + piece.data
        for id_ in state.ended:
            self.ink.pop(id_, None)


class Receiver:
    """A connection: a cursor, and what its client has by now."""

    def __init__(self, outbox: Outbox, budget: int) -> None:
        self.outbox = outbox
        self.budget = budget
        self.cursor = Cursor(outbox.ring.last, 0)
        self.views: dict[str, View] = {}
        self.over: set[str] = set()
        self.document = Document()
        self.merged = 0

    def take(self) -> None:
        """Takes one batch. ``AssertionError`` if it breaks what the outbox promises."""
        sent = self.outbox.since(self.cursor, self.budget)
        assert sent is not None
        before, after = ((each.seq, each.live) for each in (self.cursor, sent.cursor))
        assert after >= before, "an older cursor after a newer one"
        seq = self.cursor.seq
        for data in sent.frames:
            assert len(data) <= MAX_FRAME_BYTES
            frame = codec.decode_server(data)
            if isinstance(frame, Merged):
                assert frame.first == seq + 1, "commits out of order"
                assert len(data) < self._bytes(frame.first, frame.last), "merged, and larger"
                assert len(sent.frames) == 1
                self.merged += 1
                seq = frame.last
                self._apply(op for op, _by in frame.ops)
                continue
            assert isinstance(frame, Batch)
            if len(frame.commits) > 1:
                assert self._bytes(seq + 1, frame.commits[-1].seq) <= self.budget
            for item in frame.commits:
                assert item.seq == seq + 1, "commits out of order"
                seq = item.seq
                self._apply(item.ops)
            for said in frame.live:
                self._see(said)
            for peer in frame.left:
                self.views.pop(peer, None)
        assert seq == sent.cursor.seq
        self.cursor = sent.cursor

    def _bytes(self, first: int, last: int) -> int:
        ring = self.outbox.ring
        return sum(len(ring.get(seq) or b"") for seq in range(first, last + 1))

    def _apply(self, ops: Iterable[Op]) -> None:
        for op in ops:
            self.document.apply((op,))
            if isinstance(op, Put):
                self.over.add(op.element.id)
                for view in self.views.values():
                    view.ink.pop(op.element.id, None)

    def _see(self, item: PeerLive) -> None:
        assert item.peer in self.views or item.who is not None, "a stranger"
        self.views.setdefault(item.peer, View()).take(item.state, self.over)


class Scene:
    """Random people, who draw, move, come and go."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.outbox = Outbox(7)
        self.truth: dict[str, View] = {}
        self.names = 0
        self.document = Document()

    def step(self) -> None:
        what = self.random.choice(
            (self.come, self.go, self.move, self.draw, self.draw, self.commit, self.drag)
        )
        what()

    def come(self) -> None:
        self.names += 1
        name = f"peer-{self.names:04}"
        self.truth[name] = View()
        self.outbox.presence.join(name, who(name), "worker")

    def go(self) -> None:
        if self.truth:
            name = self.random.choice(sorted(self.truth))
            del self.truth[name]
            self.outbox.presence.leave(name)

    def move(self) -> None:
        self.show(lambda: LiveState(cursor=(self.random.uniform(-9, 9), 0.0), tool="pen"))

    def draw(self) -> None:
        if not self.truth:
            return
        name = self.random.choice(sorted(self.truth))
        view = self.truth[name]
        if view.ink and self.random.random() < 0.2:
            self.say(name, LiveState(ended=(self.random.choice(sorted(view.ink)),)))
            return
        self.names += 1
        id_ = self.random.choice([*view.ink, f"stroke-{self.names}"])
        known = view.ink.get(id_, b"")
        new = bytes(self.random.choices(range(128), k=self.random.choice((3, 40, 16_000))))
        if not known:
            new = b"\x00\x04" + new
        element = None if known else stroke(id_)
        if len(known) + len(new) <= 128 * 1024 and len(view.ink | {id_: b""}) <= 8:
            for at in range(0, len(new), 16 * 1024):
                self.say(
                    name,
                    LiveState(
                        ink=(
                            Ink(
                                id=id_,
                                offset=len(known) + at,
                                data=new[at : at + 16 * 1024],
                                element=None if at else element,
                            ),
                        )
                    ),
                )

    def commit(self) -> None:
        drawn = sorted(self.outbox.presence.drawing())
        if drawn and self.random.random() < 0.5:
            id_ = self.random.choice(drawn)
            for view in self.truth.values():
                view.ink.pop(id_, None)
            self.store((Put(stroke(id_)),))
            self.outbox.presence.committed([id_])
        else:
            self.store(tuple(Delete(f"e{k}") for k in range(self.random.choice((1, 400)))))

    def drag(self) -> None:
        """The same elements move some times; now and then one comes that was not there, or goes."""
        ids = [f"d{k}" for k in range(self.random.choice((3, 30)))]
        for step in range(self.random.choice((1, 9))):
            if self.random.random() < 0.3:
                self.store((Put(stroke(self.random.choice(ids))),))
            if self.random.random() < 0.1:
                self.store((Delete(self.random.choice(ids)),))
            self.store(tuple(SetProps(id_, Props(place=(step, 0.0, 1.0, 1.0, 0.0))) for id_ in ids))

    def store(self, ops: tuple[Op, ...]) -> None:
        seq = self.outbox.ring.last + 1
        self.outbox.ring.append(seq, commit_of(seq, ops))
        self.document.apply(ops)

    def show(self, state: object) -> None:
        if self.truth:
            assert callable(state)
            self.say(self.random.choice(sorted(self.truth)), state())

    def say(self, name: str, state: LiveState) -> None:
        assert self.outbox.presence.update(name, state)
        self.truth[name].take(state, set())
