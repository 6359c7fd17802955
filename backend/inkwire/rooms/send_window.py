"""How many bytes may be on their way to one peer. Pure; the time is an argument, in seconds.

A socket that takes bytes proves nothing: the kernels and proxies between can hold many seconds' worth for a
slow link. So what is sent is followed by a mark that the peer echoes (a WebSocket ping). An echo says when
everything before it had arrived. Where bytes queue, the window shrinks to what the link carried in
``GOAL_SECONDS``; where they do not and more was wanted, it grows. The peer then gets few, large, fresh
frames and stays that close behind. The idea is LEDBAT's (RFC 6817): aim at a delay, not at a loss.
"""

from __future__ import annotations

from collections import deque
from typing import Final, NamedTuple

GOAL_SECONDS: Final = 0.5
"""Time in queues that is aimed at; what waits here instead can still be merged and overtaken."""
OVERDUE_SECONDS: Final = 1.0
"""While an echo is later than that, one frame is sent in as many seconds: the peer may only be slow to
answer, behind something large that it sends itself."""
FORGIVEN_SECONDS: Final = 10.0
"""A link where nothing queued for so long gets its first window back, used or not."""
SMALLEST: Final = 4 * 1024
FIRST: Final = 64 * 1024
LARGEST: Final = 16 * 2**20
MARK_BYTES: Final = 16 * 1024
"""A mark at least every so many bytes, or every eighth of a larger window."""
MARK_SECONDS: Final = 1.0
FEW_BYTES: Final = 2 * 1024
"""Fewer bytes are no reason for a mark."""


class Mark(NamedTuple):
    """A question on its way: everything up to ``end`` has arrived when it is echoed."""

    number: int
    end: int
    ahead: int
    """Bytes on their way when it was sent, with those that it follows."""
    sent_at: float


class SendWindow:
    """One connection's view of the link to its peer. No frame should have more than ``most`` bytes."""

    def __init__(self, most: int = LARGEST) -> None:
        self.size = FIRST
        self._most = most
        self.budget = _budget(FIRST, most)
        """The largest frame worth sending: a power of two, so that peers alike are given the same bytes."""
        self.awaits = False
        """Whether the echo of a mark is still to come."""
        self._sent = 0
        self._arrived = 0
        self._marks: deque[Mark] = deque()
        self._marked = 0
        self._marked_at = self._sent_at = 0.0
        self._number = 0
        self._nearest = GOAL_SECONDS
        """The shortest way there and back so far, so that distance is not taken for a queue."""
        self._wanted_at = -1
        """What had been sent when the window was last in the way."""
        self._narrowed_at = 0.0
        self._careful = False
        """Whether bytes have queued before, so that widening is done in smaller steps."""
        self._few_until = self._quiet_until = 0
        """What may be sent before a mark is due: ever, and in ``MARK_SECONDS`` after the last one."""

    @property
    def in_flight(self) -> int:
        """Bytes sent of which no echo says that they have arrived."""
        return self._sent - self._arrived

    @property
    def tight(self) -> bool:
        """Whether the link proved slow."""
        return self.size < FIRST

    def passes(self, now: float, size: int) -> bool:
        """Notes a frame that is so small, with so little before it, that nothing has to be decided.

        False, and nothing is noted, where ``may_send`` and ``sent`` have to be asked. This is the way of most
        frames.
        """
        sent = self._sent + size
        if self.awaits or sent >= self._quiet_until:
            return False
        if sent >= self._few_until and now - self._marked_at >= MARK_SECONDS:
            return False
        self._sent = sent
        return True

    def may_send(self, now: float) -> bool:
        """Whether another frame should be sent; if not, an echo or a second will change it.

        To who is slow only when half of the window is free: few frames, much in each.
        """
        if not self._marks:
            return True
        if self._shut:
            self._wanted_at = self._sent
            return False
        late = now - self._marks[0].sent_at - self._nearest
        return late <= OVERDUE_SECONDS or now - self._sent_at >= OVERDUE_SECONDS

    def sent(self, now: float, size: int) -> int | None:
        """Notes what is being sent; the number of the mark that has to follow it at once, if one has."""
        self._sent += size
        self._sent_at = now
        if not self._mark_due(now):
            return None
        self._number += 1
        self._marks.append(Mark(self._number, self._sent, self.in_flight, now))
        self.awaits = True
        self._marked, self._marked_at = self._sent, now
        self._be_quiet()
        return self._number

    def _resize(self, size: int) -> None:
        self.size = size
        self.budget = _budget(size, self._most)
        self._be_quiet()

    def _be_quiet(self) -> None:
        """See ``_mark_due``: the least that a mark is sent for."""
        self._few_until = self._marked + FEW_BYTES
        self._quiet_until = self._marked + min(MARK_BYTES, self.size // 8)

    @property
    def _shut(self) -> bool:
        return self.size - self.in_flight < (self.size // 2 if self.tight else 1)

    def _mark_due(self, now: float) -> bool:
        since = self._sent - self._marked
        if self._number == 0 or since >= max(MARK_BYTES, self.size // 8):
            return True
        if since >= self.size // 8 and (self._shut or since >= self.size // 4):
            return True
        return since >= FEW_BYTES and now - self._marked_at >= MARK_SECONDS

    def echoed(self, now: float, number: int) -> float | None:
        """A mark's echo came; echoes of earlier marks that did not come are not missed.

        Seconds that it took, or None if no such mark is under way.
        """
        mark = None
        while self._marks and self._marks[0].number <= number:
            mark = self._marks.popleft()
        self.awaits = bool(self._marks)
        if mark is None or mark.number != number:
            return None
        self._arrived = mark.end
        took = now - mark.sent_at
        self._nearest = min(took, self._nearest)
        queued = took - self._nearest
        if queued > GOAL_SECONDS:
            self._narrow(now, int(mark.ahead * GOAL_SECONDS / queued), queued)
        elif queued < GOAL_SECONDS / 2:
            self._widen(now, mark)
        return took

    def _narrow(self, now: float, carried: int, queued: float) -> None:
        """To what the link carried; half the way there if it is not urgent."""
        self._careful = True
        self._narrowed_at = now
        if carried < self.size:
            gently = 0 if queued > OVERDUE_SECONDS else self.size - carried
            self._resize(max(carried + gently // 2, SMALLEST))

    def _widen(self, now: float, mark: Mark) -> None:
        """If it was in the way, and was used: an echo says nothing of more than was under way."""
        if mark.end <= self._wanted_at and 2 * mark.ahead >= self.size:
            self._wanted_at = -1
            self._resize(min(self.size * 5 // 4 if self._careful else self.size * 2, LARGEST))
        elif self.tight and now - self._narrowed_at > FORGIVEN_SECONDS:
            self._resize(min(self.size * 5 // 4, FIRST))

    def unanswered(self, now: float) -> float:
        """Seconds since the oldest mark that was not echoed; 0 if there is none."""
        return now - self._marks[0].sent_at if self._marks else 0.0


def _budget(size: int, most: int) -> int:
    power: int = 1 << max(size // 4, SMALLEST).bit_length() - 1
    return min(power, most)
