"""Everything that goes to one connection: nobody else writes to its socket.

Nothing is queued but small answers. While the socket drains, the connection is only a cursor; when it has
drained, it takes all that came since. So a slow peer costs one frame of memory and delays nobody. What is
on its way in the network is bounded as well (``rooms.send_window``), so that a slow peer is not far behind.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import NamedTuple, Protocol

from inkwire.live.limits import (
    ANSWERS_QUEUED,
    LARGE_BUDGET,
    SEND_BURST,
    SEND_RATE,
    STALLED_SECONDS,
    UNECHOED_SECONDS,
)
from inkwire.live.websocket import framed, mark_frame
from inkwire.observe import metrics
from inkwire.observe.metrics import BYTES_OUT, FRAMES_OUT
from inkwire.protocol import codec
from inkwire.protocol.frames import Accepted
from inkwire.rooms.allowance import Bucket, Rate
from inkwire.rooms.outbox import Cursor, Outbox
from inkwire.rooms.send_window import SendWindow


class Outlet(Protocol):
    """What a sender writes to: see ``live.websocket.BoardSocket``."""

    def waiting(self) -> int: ...

    @property
    def open(self) -> bool: ...

    def write(self, messages: bytes) -> None: ...


class Standing(NamedTuple):
    """How a connection stands, for those who watch over the server."""

    behind: int
    """Commits of its room that it was not sent."""
    waiting: int
    """Bytes written that have not left the process."""
    slow: bool
    """Whether its link proved slow, so that it gets few, large frames."""


class Sender:
    """One connection's cursor, and the pen that follows it.

    ``behind`` is called with the last seq sent when the room's ring no longer reaches back to it;
    ``flushed`` whenever answers have left. ``peer`` is who receives: it is not sent what it alone did.
    """

    def __init__(
        self,
        outlet: Outlet,
        behind: Callable[[int], None],
        flushed: Callable[[], None],
        peer: str = "",
    ) -> None:
        self.cursor: Cursor | None = None
        """What was sent, while the connection follows its room; None while it is brought up to date."""
        self.seen_live = 0
        """The version of the live state that was sent last."""
        self._outlet = outlet
        self._waiting = outlet.waiting
        self._behind = behind
        self._flushed = flushed
        self._peer = peer
        self._loop = asyncio.get_running_loop()
        self._outbox: Outbox | None = None
        self._rest: deque[bytes] = deque()
        self._answers: list[bytes] = []
        self._accepted: Accepted | None = None
        self._window = SendWindow(LARGE_BUDGET)
        self._held = False
        """Whether something may be due that the socket or the window held back."""
        self._rate = Bucket(Rate(SEND_RATE, SEND_BURST), self._loop.time())
        self._later: asyncio.TimerHandle | None = None
        self._free: asyncio.Future[None] | None = None
        self._waiting_was = 0
        self._moved_at = self._loop.time()

    @property
    def standing(self) -> Standing:
        """How the connection stands."""
        behind = 0
        if self.cursor is not None and self._outbox is not None:
            behind = self._outbox.ring.last - self.cursor.seq
        return Standing(behind, self._outlet.waiting(), self._window.tight)

    @property
    def crowded(self) -> bool:
        """Whether so many answers wait that no more questions should be taken."""
        return len(self._answers) > ANSWERS_QUEUED

    def follow(self, outbox: Outbox, seq: int) -> None:
        """From here on everything after ``seq`` goes out as it comes; nothing if the outlet has closed."""
        if not self._outlet.open:
            return
        self._outbox = outbox
        self.cursor = Cursor(seq, self.seen_live)
        self.pump()

    def unfollow(self) -> None:
        """The connection has to be brought up to date by ``send``."""
        self.cursor = None

    def answer(self, frame: object) -> None:
        """Sends an answer as soon as the socket takes it. Answers keep their order.

        ``Accepted`` is cumulative: a newer one takes the place of the one before it.
        """
        if isinstance(frame, Accepted):
            before = self._accepted
            if before is not None and before.cid == frame.cid:
                self._answers.pop()
            self._accepted = frame
        else:
            self._accepted = None
        self._answers.append(framed(codec.encode(frame)))

    def pump(self) -> None:
        """Writes what is due if the socket has drained; returns at once."""
        self._held = self._waiting() > 0
        if self._held or self._pass_on() or not self._outlet.open:
            return
        frame = self._next_frame()
        if self._answers:
            self._write_answers(frame or b"")
        elif frame is not None:
            self._write(frame)
        if frame is not None and self._more():
            if self._outlet.waiting():
                self._held = True
            else:
                self._loop.call_soon(self.pump)

    def reply(self) -> None:
        """Writes the answers if the socket has drained.

        What is new in the room waits for the room's flush: taken now, it would be a frame for this
        connection alone, and everybody's frames would have to be built one by one.
        """
        if self._answers and self._outlet.open:
            if self._outlet.waiting():
                self._held = True
            else:
                self._write_answers()

    async def send(self, frame: bytes) -> None:
        """Writes a frame after everything before it, once the socket has drained.

        For bringing a connection up to date; waits for as long as the peer is slow.
        """
        while self._outlet.open and (self._rest or not self._may_write()):
            if self._rest and self._may_write():
                self._write(self._rest.popleft())
                continue
            self._free = self._loop.create_future()
            await self._free
        if wait := self._rate.wait(self._loop.time()):
            await asyncio.sleep(wait)
        if self._outlet.open:
            self._write(frame)

    def drained(self) -> None:
        """The socket has taken everything."""
        self._go_on()

    def echoed(self, number: int) -> bool:
        """The peer has everything up to a mark; whether that mark was on its way."""
        took = self._window.echoed(self._loop.time(), number)
        if took is not None:
            metrics.ARRIVAL_SECONDS.observe(took)
        self._go_on()
        return took is not None

    def stalled(self, now: float) -> bool:
        """Whether the peer took nothing of what waits for it for too long; asked once a second.

        Also sends what had to wait for a second to pass.
        """
        waiting = self._outlet.waiting()
        if not waiting or waiting < self._waiting_was:
            self._moved_at = now
        self._waiting_was = waiting
        self._go_on()
        return (
            now - self._moved_at > STALLED_SECONDS
            or self._window.unanswered(now) > UNECHOED_SECONDS
        )

    def close(self) -> None:
        """Lets go of everything, as soon as nothing may be written any more."""
        if self._later is not None:
            self._later.cancel()
        if self._free is not None:
            self._free.cancel()
        self._rest.clear()
        self._answers = []
        self.cursor = self._outbox = None

    def _go_on(self) -> None:
        if self._free is not None and not self._free.done() and self._may_write():
            self._free.set_result(None)
        if self._held:
            self.pump()

    def _may_write(self) -> bool:
        return not self._outlet.waiting() and self._window.may_send(self._loop.time())

    def _pass_on(self) -> bool:
        """The usual case by itself: one small frame, or none, brings the peer to the room's head.

        Whether nothing is left to do. Frames this small, a few dozen a second, need no rate. Written for
        speed: it runs for everybody in a room whenever somebody does something. Who has a cursor has an open
        outlet: ``follow`` looks, and ``close`` comes at once when it ends.
        """
        cursor, outbox, window = self.cursor, self._outbox, self._window
        if cursor is None or outbox is None or self._rest or self._answers:
            return False
        if window.awaits:  # what may not go yet must not be built: merges cost most
            return False
        sent = outbox.since(cursor, window.budget, self._peer)
        if sent is None or sent.cursor is not outbox.newest:
            return False
        frames = sent.frames
        if frames and sent.only_of != self._peer:
            if len(frames) > 1:
                return False
            frame = frames[0]
            size = len(frame)
            if not window.passes(self._loop.time(), size):
                return False
            self._outlet.write(frame)
            FRAMES_OUT.count += 1
            BYTES_OUT.count += size
        self.cursor = newest = outbox.newest
        self.seen_live = newest.live
        return True

    def _next_frame(self) -> bytes | None:
        if not self._more():
            return None
        self._held = not self._window.may_send(self._loop.time())
        if self._held or (not self._rest and not self._take()):
            return None
        wait = self._rate.wait(self._loop.time())
        if wait:
            if self._later is None:
                self._later = self._loop.call_later(wait, self._resume)
            return None
        return self._rest.popleft()

    def _take(self) -> bool:
        """Takes from the outbox what came since the cursor."""
        outbox = self._outbox
        if self.cursor is None or outbox is None:
            return False
        sent = outbox.since(self.cursor, self._window.budget, self._peer)
        if sent is None:
            seq, self.cursor = self.cursor.seq, None
            self._behind(seq)
            return False
        self.cursor = sent.cursor
        self.seen_live = sent.cursor.live
        if sent.only_of != self._peer:
            self._rest.extend(sent.frames)
        return bool(self._rest)

    def _more(self) -> bool:
        outbox = self._outbox
        return bool(self._rest) or (
            self.cursor is not None and outbox is not None and outbox.has_more(self.cursor)
        )

    def _resume(self) -> None:
        self._later = None
        self.pump()

    def _write_answers(self, frame: bytes = b"") -> None:
        parts, self._answers, self._accepted = self._answers, [], None
        self._write(b"".join((*parts, frame)) if frame or len(parts) > 1 else parts[0])
        self._flushed()

    def _write(self, data: bytes) -> None:
        now = self._loop.time()
        if not self._window.passes(now, len(data)):
            self._rate.take(len(data))
            mark = self._window.sent(now, len(data))
            if mark is not None:
                metrics.MARKS.inc()
                data += mark_frame(mark)
        self._outlet.write(data)
        FRAMES_OUT.count += 1
        BYTES_OUT.count += len(data)
