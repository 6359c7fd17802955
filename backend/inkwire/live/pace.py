"""When a room is flushed: at once after a rest, otherwise a tick after the last time.

What is read from a socket is flushed at the end of that read: asking the event loop for another turn would
cost as much as taking the frame.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Final

from inkwire.live.limits import (
    BUSY_TICK_SECONDS,
    FLUSH_SHARE,
    LARGE_FLUSH_SHARE,
    SLOW_TICK_SECONDS,
    TICK_SECONDS,
)

LATE_SECONDS: Final = 0.025
"""An event loop later than that gets fewer, larger frames to write."""
_SMOOTHING: Final = 8


def tick_seconds(flush: float, lag: float) -> float:
    """The time between two flushes that take so long, on a loop so late; all in seconds."""
    if lag > LATE_SECONDS:
        return SLOW_TICK_SECONDS
    relaxed = min(max(TICK_SECONDS, flush / FLUSH_SHARE), BUSY_TICK_SECONDS)
    return min(max(relaxed, flush / LARGE_FLUSH_SHARE), SLOW_TICK_SECONDS)


class Pace:
    """Calls ``flush`` for any number of ``mark`` or ``note`` calls, no more often than every ``tick`` seconds.

    ``tick`` is told how long a flush takes, by ``clock``, smoothed.
    """

    def __init__(
        self,
        flush: Callable[[], None],
        tick: Callable[[float], float],
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._flush = flush
        self._tick = tick
        self._clock = clock
        self._takes = 0.0
        self._last = 0.0
        self._due: asyncio.Handle | None = None
        self._noted = False

    def mark(self) -> None:
        """Something changed."""
        if self._due is not None:
            return
        at = self._last + self._tick(self._takes)
        if at <= self._loop.time():
            self._due = self._loop.call_soon(self._run)
        else:
            self._due = self._loop.call_at(at, self._run)

    def note(self) -> None:
        """Something changed, and ``settle`` is called before the event loop goes on."""
        self._noted = True

    def settle(self) -> None:
        """Flushes what was noted, now or when it is due. Raises nothing: the caller has no part in it."""
        if not self._noted:
            return
        self._noted = False
        if self._due is not None:
            return
        at = self._last + self._tick(self._takes)
        if at > self._loop.time():
            self._due = self._loop.call_at(at, self._run)
            return
        try:
            self._run()
        except Exception as error:
            self._loop.call_exception_handler({"message": "flush", "exception": error})

    def stop(self) -> None:
        """Forgets what is due."""
        self._noted = False
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _run(self) -> None:
        self._due = None
        self._last = self._loop.time()
        started = self._clock()
        self._flush()
        self._takes += (self._clock() - started - self._takes) / _SMOOTHING
