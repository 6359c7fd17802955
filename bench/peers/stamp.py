"""Updates that carry the moment of their sending, found again in whatever a server makes of them.

A server may merge updates, put heads before them or send them in any envelope: as long as the bytes
of an update stay together, counting the mark counts the updates, and the digits after it are the time.
"""

from __future__ import annotations

import re
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

OWN_BYTES: Final = 8
"""What tells an update's author, so that nobody's own updates are counted where they come back to it."""
UPDATE_BYTES: Final = 60
"""20 points of 3 bytes in Inkwire's encoding; every byte is ASCII, which any of the formats carries."""
INK_MARK: Final = b"~Ik:"
COMMITTED_MARK: Final = b"~Ok:"
"""The same ink where it is not to be counted, because it comes a second time."""
_CURSOR_MARK: Final = b"\x41\x2b\x5c\x23"
"""The upper half of a float64 between 896,657 and 896,658: a coordinate."""
_start = time.perf_counter_ns()


def microseconds() -> int:
    """Since this process started."""
    return (time.perf_counter_ns() - _start) // 1_000


def ink(client: int, mark: bytes = INK_MARK) -> bytes:
    """The bytes of one update, sent now."""
    return b"%b%04x%08x%b" % (mark, client, microseconds(), b"2" * (UPDATE_BYTES - 16))


def cursor(client: int) -> tuple[float, float]:
    """A cursor moved now."""
    (x,) = struct.unpack(">d", _CURSOR_MARK + microseconds().to_bytes(4, "big"))
    return x, _row(client)


def _row(client: int) -> float:
    return 1_000.5 + client


@dataclass(frozen=True)
class Kind:
    """How updates of one kind are found in a stream."""

    mark: bytes
    pattern: re.Pattern[bytes]
    moment: Callable[[bytes], int]
    own: Callable[[int], bytes]
    """What a client's own updates have in them, ``OWN_BYTES`` of it."""

    def ages(self, data: bytearray, start: int, end: int) -> Iterator[int]:
        """The ages in microseconds of the whole updates in a part of the stream."""
        now = microseconds()
        for found in self.pattern.finditer(data, start, end):
            yield now - self.moment(found[1])


INK: Final = Kind(
    INK_MARK,
    re.compile(INK_MARK + rb"[0-9a-f]{4}([0-9a-f]{8})"),
    lambda digits: int(digits, 16),
    lambda client: b"%b%04x" % (INK_MARK, client),
)
CURSOR: Final = Kind(
    _CURSOR_MARK,
    re.compile(re.escape(_CURSOR_MARK) + rb"(.{4})", re.DOTALL),
    lambda half: int.from_bytes(half, "big"),
    lambda client: struct.pack(">d", _row(client)),
)
