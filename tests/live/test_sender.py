"""One connection's pen."""

from __future__ import annotations

import asyncio

from inkwire.live.sender import Sender
from inkwire.live.websocket import framed
from inkwire.protocol import codec
from inkwire.protocol.frames import LiveState, Pong, Who
from inkwire.rooms.outbox import Outbox


class Outlet:
    """A socket that takes everything at once and keeps it."""

    open = True

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def waiting(self) -> int:
        return 0

    def write(self, messages: bytes) -> None:
        self.written.append(messages)


def test_what_was_written_is_never_written_again() -> None:
    """[L1] Each batch and each answer leaves once, in order, whatever else is due at the same time."""

    async def scenario() -> None:
        outlet, outbox = Outlet(), Outbox(0, framed)
        outbox.presence.join("peer-0001", Who("person-1", "Ann", "#1971c2", "editor"), "home")
        sender = Sender(outlet, lambda _seq: None, lambda: None)
        sender.follow(outbox, 0)
        expected = [*outlet.written]
        for turn in range(6):
            before = sender.cursor
            assert before is not None
            outbox.presence.update("peer-0001", LiveState(cursor=(float(turn), 0.0)))
            answer = framed(codec.encode(Pong(turn, turn))) if turn % 2 else b""
            if turn % 2:
                sender.answer(Pong(turn, turn))
            sent = outbox.since(before)
            assert sent is not None
            sender.pump()
            expected.append(answer + b"".join(sent.frames))
        assert len(expected) == 7
        assert outlet.written == expected

    asyncio.run(scenario())
