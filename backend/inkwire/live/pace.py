"""When a room is flushed: at once after a rest, otherwise a tick after the last time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from inkwire.live.limits import LARGE_ROOM, SLOW_TICK_SECONDS, TICK_SECONDS

LATE_SECONDS: Final = 0.010
"""An event loop later than that gets fewer, larger frames to write."""


def tick_seconds(members: int, lag: float) -> float:
    """The time between two flushes of a room with so many connections, on a loop so late."""
    if lag > LATE_SECONDS:
        return SLOW_TICK_SECONDS
    share = min(members / LARGE_ROOM, 1.0)
    return TICK_SECONDS + share * (SLOW_TICK_SECONDS - TICK_SECONDS)


class Pace:
    """Calls ``flush`` for any number of ``mark`` calls, no more often than every ``tick()`` seconds."""

    def __init__(self, flush: Callable[[], None], tick: Callable[[], float]) -> None:
        self._loop = asyncio.get_running_loop()
        self._flush = flush
        self._tick = tick
        self._last = 0.0
        self._due: asyncio.Handle | None = None

    def mark(self) -> None:
        """Something changed."""
        if self._due is not None:
            return
        at = self._last + self._tick()
        if at <= self._loop.time():
            self._due = self._loop.call_soon(self._run)
        else:
            self._due = self._loop.call_at(at, self._run)

    def stop(self) -> None:
        """Forgets what is due."""
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _run(self) -> None:
        self._due = None
        self._last = self._loop.time()
        self._flush()
