"""Time as a test wants it."""

from __future__ import annotations

from inkwire.live.clock import Clock


class Watch:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.at = 1_000.0

    def clock(self) -> Clock:
        return Clock(lambda: self.at, lambda: int(self.at * 1000))
