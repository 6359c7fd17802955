"""How much one connection may send: token buckets. Pure; the time is an argument, in seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Rate:
    """``per_second`` sustained, ``burst`` at once after a rest."""

    per_second: float
    burst: float


FRAMES: Final = Rate(120, 600)
OPS: Final = Rate(5_000, 25_000)
BYTES: Final = Rate(2 * 2**20, 8 * 2**20)
PATIENCE: Final = Rate(120, 1_200)
"""Frames over the limit that are answered by refusals before the connection is closed."""


class Bucket:
    """Tokens that come back with time. Below zero they are owed, and paid back by waiting."""

    __slots__ = ("_at", "_rate", "_tokens")

    def __init__(self, rate: Rate, now: float) -> None:
        self._rate = rate
        self._tokens = rate.burst
        self._at = now

    def wait(self, now: float) -> float:
        """Seconds until something may be taken; 0 if it may be now."""
        elapsed = max(now - self._at, 0.0)
        self._tokens = min(self._tokens + elapsed * self._rate.per_second, self._rate.burst)
        self._at = now
        return 0.0 if self._tokens > 0 else (1 - self._tokens) / self._rate.per_second

    def take(self, amount: float) -> None:
        """Takes tokens, even more than there are."""
        self._tokens -= amount


class Allowance:
    """What one connection has left of frames, ops and bytes."""

    def __init__(self, now: float) -> None:
        self._frames = Bucket(FRAMES, now)
        self._ops = Bucket(OPS, now)
        self._bytes = Bucket(BYTES, now)
        self._patience = Bucket(PATIENCE, now)

    def take(self, now: float, *, size: int, ops: int = 0) -> float:
        """0 when a frame of ``size`` bytes and ``ops`` ops is granted, else the seconds to wait.

        A frame that is not granted takes nothing but patience.
        """
        wait = max(self._frames.wait(now), self._bytes.wait(now), self._ops.wait(now))
        if wait:
            self._patience.wait(now)
            self._patience.take(1)
            return wait
        self._frames.take(1)
        self._bytes.take(size)
        self._ops.take(ops)
        return 0.0

    def exhausted(self, now: float) -> bool:
        """Whether so much came over the limits that the connection should be closed."""
        return self._patience.wait(now) > 0
