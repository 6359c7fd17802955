"""The newest events of a board's feed on one worker, encoded once for all who read. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

import msgspec

from inkwire.rooms.activity import Event, Kind, event_id, read_id

MAX_EVENTS: Final = 1_000
"""As many as the store keeps: whoever resumes is answered from memory."""
_event: Final = msgspec.json.Decoder(Event)


class Entry(NamedTuple):
    """One event: what readers choose by, and the bytes that they get."""

    number: int
    type: Kind
    at: int
    event: Event
    data: bytes
    """JSON with its ``id``."""


class ActivityRing:
    """Events up to number ``last`` without a gap, of one epoch."""

    def __init__(self, epoch: str, last: int) -> None:
        self.epoch = epoch
        self.last = last
        self._entries: deque[Entry] = deque(maxlen=MAX_EVENTS)

    def __len__(self) -> int:
        return len(self._entries)

    def extend(self, first: int, events: Sequence[str | bytes]) -> list[Entry]:
        """Takes events number ``first`` and on; those known already are passed over.

        ``ValueError`` when some before ``first`` are missing.
        """
        if first > self.last + 1:
            raise ValueError(f"event {first} after {self.last}")
        new = [
            self._entry(number, data)
            for number, data in enumerate(events, first)
            if number > self.last
        ]
        self._entries.extend(new)
        if new:
            self.last = new[-1].number
        return new

    @property
    def first(self) -> int:
        """The number of the oldest event, or of the next one."""
        return self.last - len(self._entries) + 1

    def covers(self, number: int) -> bool:
        """Whether everything after that event is here."""
        return self.first - 1 <= number <= self.last

    def position(self, id_: str) -> int | None:
        """The number to go on after; None if what followed that id cannot be told."""
        found = read_id(id_)
        if found is None or found[0] != self.epoch or not self.covers(found[1]):
            return None
        return found[1]

    def after(
        self, number: int, wanted: Callable[[Entry], bool] = lambda _entry: True
    ) -> Iterator[Entry]:
        """What is newer, oldest first, if it is wanted; nothing may be added meanwhile."""
        skipped = max(0, number - self.first + 1)
        for index in range(skipped, len(self._entries)):
            entry = self._entries[index]
            if wanted(entry):
                yield entry

    def _entry(self, number: int, data: str | bytes) -> Entry:
        event = _event.decode(data)
        whole = {"id": event_id(self.epoch, number), **msgspec.to_builtins(event)}
        return Entry(number, event.type, event.at, event, msgspec.json.encode(whole))


def wanted(types: frozenset[str], since_ms: int) -> Callable[[Entry], bool]:
    """Chooses events by type (none named: all) and time."""
    return lambda entry: (not types or entry.type in types) and entry.at >= since_ms
