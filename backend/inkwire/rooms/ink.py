"""One stroke while it is being drawn: its bytes so far, and how far each reader has read. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from inkwire.protocol.elements import Freedraw
from inkwire.protocol.frames import Ink
from inkwire.protocol.limits import MAX_INK_BYTES, MAX_POINTS_BYTES
from inkwire.protocol.points import HEADER_BYTES, MAX_SHIFT, PRESSURE, TIME

_TOO_LONG: Final = re.compile(rb"[\x80-\xff]{5}")
_TAIL: Final = 4


class Stroke:
    """The ink of one element. ``version`` numbers are those of the room's live state."""

    def __init__(self, element: Freedraw, born: int) -> None:
        self.element = element
        self.data = bytearray()
        self._born = born
        self._versions: list[int] = []
        self._lengths: list[int] = []

    def append(self, ink: Ink, version: int) -> bool:
        """Adds what is new in a piece; False if bytes before it are missing or it is no ink."""
        known = len(self.data)
        if ink.offset > known or ink.offset + len(ink.data) > MAX_POINTS_BYTES:
            return False
        new = ink.data[known - ink.offset :]
        if not _continues(self.data, new):
            return False
        if new:
            self.data += new
            if self._versions and self._versions[-1] == version:
                self._lengths[-1] = len(self.data)
            else:
                self._versions.append(version)
                self._lengths.append(len(self.data))
        return True

    def since(self, version: int) -> Iterator[Ink]:
        """What a reader of that version lacks, in pieces of bounded size."""
        versions = self._versions
        if versions and versions[-1] <= version:
            return
        index = bisect_right(versions, version)
        start = self._lengths[index - 1] if index else 0
        if version < self._born:
            start = 0
        for offset in range(start, len(self.data), MAX_INK_BYTES):
            yield Ink(
                id=self.element.id,
                offset=offset,
                data=bytes(self.data[offset : offset + MAX_INK_BYTES]),
                element=None if offset else self.element,
            )

    def forget(self, version: int) -> None:
        """Nobody will ask for what is new since an older version any more."""
        index = bisect_right(self._versions, version) - 1
        if index > 0:
            del self._versions[:index], self._lengths[:index]


def _continues(before: bytearray, new: bytes) -> bool:
    """Whether the bytes may be the next of an encoding of points (protocol.points)."""
    if len(before) < HEADER_BYTES:
        head = bytes(before) + new[:HEADER_BYTES]
        if head and head[0] & ~(PRESSURE | TIME):
            return False
        if len(head) >= HEADER_BYTES and head[1] > MAX_SHIFT:
            return False
        return not _TOO_LONG.search((bytes(before) + new)[HEADER_BYTES:])
    if new.isascii():  # nearly always: small steps
        return True
    tail = before[max(HEADER_BYTES, len(before) - _TAIL) :]
    return not _TOO_LONG.search(bytes(tail) + new)
