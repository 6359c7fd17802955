"""When it pays to merge commits, and how much work that may be. Pure.

Merging reads ops, which a worker does for nobody else, so it is for those who are far behind, where it
saves a good part of the bytes, and never for longer than an event loop can be without.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from inkwire.protocol.limits import MAX_FRAME_BYTES
from inkwire.rooms.merging import Merge
from inkwire.rooms.ring import MAX_BYTES, Ring

FEWEST_COMMITS: Final = 8
FEWEST_BYTES: Final = 16 * 1024
"""Who lacks fewer commits or bytes gets them as they are."""
MOST_WORK: Final = 5_000
"""Commits and ops read for one merge: 7 to 12 ms of one core at most (x86-64, November 2026)."""
MOST_BYTES: Final = 2**20
_FREE_BYTES: Final = 64 * 1024
"""Up to here a merge grows by whatever comes; beyond by commits of which little is left."""
_LARGEST: Final = 192 * 1024
_WORTH: Final = 0.75
"""A merge has to be smaller than that share of its commits."""
_READ_AGAIN: Final = 4
"""How often, on average, a commit may be read for merges, however many are behind at different places."""


class MergedFrame(NamedTuple):
    """An encoded ``Merged`` frame, and what it covers."""

    data: bytes
    first: int
    last: int


def merged_from(commits: Iterable[bytes], first: int) -> tuple[MergedFrame | None, Merge]:
    """The front of ``commits`` (the first one is ``first``) as one frame if that pays, and what was read for it."""
    merge = Merge(first)
    for commit in commits:
        before = merge.estimate
        if merge.work >= MOST_WORK or merge.bytes + len(commit) > MOST_BYTES:
            break
        if before + len(commit) > _LARGEST or not merge.add(commit):
            break
        if before > _FREE_BYTES and 2 * (merge.estimate - before) > len(commit):
            break
    worth = _WORTH * merge.bytes
    if merge.last - first + 1 < FEWEST_COMMITS or merge.bytes < FEWEST_BYTES:
        return None, merge
    if merge.estimate > worth:
        return None, merge
    data = merge.frame()
    if len(data) > min(worth, MAX_FRAME_BYTES):
        return None, merge
    return MergedFrame(data, first, merge.last), merge


class RingMerges:
    """Merges out of one ring, with a memory of what did not pay."""

    def __init__(self, ring: Ring) -> None:
        self._ring = ring
        self._read = 0
        self._in_vain = 0
        """Commits up to here were read and not worth it."""

    def after(self, seq: int, budget: int) -> MergedFrame | None:
        """What comes after ``seq`` as one frame, if it is more than ``budget`` bytes and if that pays."""
        ring = self._ring
        if seq < self._in_vain or ring.last - seq < FEWEST_COMMITS:
            return None
        if not ring.exceeds(seq, max(budget, FEWEST_BYTES)):
            return None
        if self._read > MAX_BYTES + _READ_AGAIN * ring.written:
            return None
        frame, merge = merged_from(ring.after(seq), seq + 1)
        self._read += merge.bytes
        if frame is None:
            self._in_vain = max(merge.last, seq + 1)
        return frame
