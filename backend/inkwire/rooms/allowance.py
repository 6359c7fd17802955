"""How much may come: token buckets of frames, ops and bytes. Pure; the time is an argument, in seconds."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Rate:
    """``per_second`` sustained, ``burst`` at once after a rest."""

    per_second: float
    burst: float

    def times(self, factor: float) -> Rate:
        """So many times as much, in the long run and at once."""
        return Rate(self.per_second * factor, self.burst * factor)


@dataclass(frozen=True, slots=True)
class Rates:
    """What somebody may send: each of the three has its own bucket."""

    frames: Rate
    ops: Rate
    bytes: Rate

    def times(self, factor: float) -> Rates:
        """So many times as much of everything."""
        return Rates(*(each.times(factor) for each in (self.frames, self.ops, self.bytes)))


CONNECTION: Final = Rates(Rate(120, 600), Rate(5_000, 25_000), Rate(2 * 2**20, 8 * 2**20))
PERSON: Final = CONNECTION.times(20)
"""Nobody draws in so many pages at once; a script that has run away does."""
BOARD: Final = Rates(Rate(20_000, 60_000), Rate(50_000, 200_000), Rate(64 * 2**20, 256 * 2**20))
"""500 people who all draw, 30 frames a second each, stay below it."""
UPLOADS: Final = Rates(Rate(5, 300), Rate(1, 1), Rate(8 * 2**20, 2**30))
"""Pictures that come from one address to one board: a folder of photos at once, then one after the other."""
PATIENCE: Final = Rate(120, 1_200)
"""Frames over the limit that are answered by refusals before the connection is closed."""
CROWDED_SECONDS: Final = 0.5
"""How long to wait, at least, where a whole board is over its limit: the others wait too."""
GRAIN_SECONDS: Final = 0.1
"""What comes back with time is added up no more often than that, while something is left."""
KNOWN_MOST: Final = 4_096
"""Persons, and boards, whose allowances a worker remembers."""


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
        return _missing(self._tokens, self._rate.per_second)

    def take(self, amount: float) -> None:
        """Takes tokens, even more than there are."""
        self._tokens -= amount


class Allowance:
    """What somebody has left of frames, ops and bytes; several connections may share one.

    Three buckets in one, because every frame that comes asks three of these: for its connection, its
    person and its board.
    """

    __slots__ = ("_at", "_bytes", "_frames", "_full", "_ops", "_rates")

    def __init__(self, rates: Rates, now: float) -> None:
        each = (rates.frames, rates.ops, rates.bytes)
        self._rates = tuple(rate.per_second for rate in each)
        self._full = self._frames, self._ops, self._bytes = tuple(rate.burst for rate in each)
        self._at = now

    def wait(self, now: float) -> float:
        """Seconds until a frame may be taken; 0 if it may be now."""
        elapsed = now - self._at
        some = self._frames > 0 and self._ops > 0 and self._bytes > 0
        if some and 0 <= elapsed < GRAIN_SECONDS:  # nearly always, and three times for every frame
            return 0.0
        self._at = now
        elapsed = max(elapsed, 0.0)
        frames_a_second, ops_a_second, bytes_a_second = self._rates
        most_frames, most_ops, most_bytes = self._full
        self._frames = min(self._frames + elapsed * frames_a_second, most_frames)
        self._ops = min(self._ops + elapsed * ops_a_second, most_ops)
        self._bytes = min(self._bytes + elapsed * bytes_a_second, most_bytes)
        return max(
            _missing(self._frames, frames_a_second),
            _missing(self._ops, ops_a_second),
            _missing(self._bytes, bytes_a_second),
        )

    @property
    def frames_left(self) -> int:
        """Frames that would be granted at once, as of the last ``wait``."""
        return max(0, int(self._frames))

    def take(self, size: int, ops: int) -> None:
        """Takes a frame of ``size`` bytes and ``ops`` ops."""
        self._frames -= 1
        self._bytes -= size
        self._ops -= ops


def _missing(tokens: float, per_second: float) -> float:
    """Seconds until something may be taken."""
    return 0.0 if tokens > 0 else (1 - tokens) / per_second


class Shared:
    """Allowances by name, for those who come back under it. Remembers the last ``most`` of them."""

    def __init__(self, rates: Rates, most: int = KNOWN_MOST) -> None:
        self._rates = rates
        self._most = most
        self._known: OrderedDict[str, Allowance] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def of(self, name: str, now: float) -> Allowance:
        """The allowance of that name; a full one for a name that is new or was forgotten."""
        allowance = self._known.get(name)
        if allowance is None:
            allowance = self._known[name] = Allowance(self._rates, now)
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        else:
            self._known.move_to_end(name)
        return allowance


class Share:
    """What one connection may send: its own allowance, and its part of its person's and its board's."""

    def __init__(self, own: Allowance, now: float) -> None:
        self._own = own
        self._person: Allowance | None = None
        self._board: Allowance | None = None
        self._patience = Bucket(PATIENCE, now)

    def join(self, person: Allowance, board: Allowance) -> None:
        """From here on, what comes counts for them too."""
        self._person, self._board = person, board

    def take(self, now: float, *, size: int, ops: int = 0) -> float:
        """0 when a frame of ``size`` bytes and ``ops`` ops is granted, else the seconds to wait.

        Patience is lost only by frames over the connection's and the person's own limits: where a
        board is over its limit, it may be the others who send too much.
        """
        wait = self._own.wait(now)
        if self._person is not None:
            wait = max(wait, self._person.wait(now))
        if wait:
            self._patience.wait(now)
            self._patience.take(1)
            return wait
        self._own.take(size, ops)
        if self._person is not None:
            self._person.take(size, ops)
        if self._board is not None:
            if wait := self._board.wait(now):
                return max(wait, CROWDED_SECONDS)
            self._board.take(size, ops)
        return 0.0

    def exhausted(self, now: float) -> bool:
        """Whether so much came over the limits that the connection should be closed."""
        return self._patience.wait(now) > 0
