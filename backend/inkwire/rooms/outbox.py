"""What a room has to say to its connections: everything since a cursor, as shared bytes. Pure.

A connection is a cursor (commit sent, live version sent), not a queue. Whoever stands at the same
cursor is given the same bytes object; who comes later gets more in one frame, with what was
overwritten left out: of live states always, of commits where it pays (``rooms.merge_policy``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from msgspec import Struct

from inkwire.protocol import codec
from inkwire.protocol.frames import PeerLive
from inkwire.protocol.limits import MAX_FRAME_BYTES
from inkwire.rooms.merge_policy import RingMerges
from inkwire.rooms.presence import Presence
from inkwire.rooms.ring import Ring
from inkwire.rooms.splice import EMPTY_LIST, batch_frame, live_frame

FRAME_ROOM: Final = MAX_FRAME_BYTES - 64
"""Bytes of commits or live items in one frame; the rest is its head."""


class Cursor(Struct, frozen=True):  # read for everybody at every flush: a tuple's names cost more
    """What a connection was sent: commits up to ``seq``, the live state of ``live``."""

    seq: int
    live: int


class Sent(Struct, frozen=True):
    """Frames for a connection, in order, and where it stands after them."""

    frames: tuple[bytes, ...]
    cursor: Cursor
    only_of: str | None = None
    """The peer whose live state is all that they say, if there is one: it needs none of it."""


class Outbox:
    """The ring of commits and the live state of one room.

    ``wrap`` is applied once to every frame built (the head of the WebSocket message, for example).
    """

    def __init__(self, seq: int, wrap: Callable[[bytes], bytes] = bytes) -> None:
        self.ring = Ring(seq)
        self.presence = Presence()
        self.built = 0
        """Frames built so far; shared frames count once."""
        self.merges = 0
        self.merged_away = 0
        """Merges made so far, and the commits whose place they took, less one each."""
        self._wrap = wrap
        self._ring_merges = RingMerges(self.ring)
        self._merged: dict[int, Sent] = {}
        self._cache: dict[tuple[Cursor, int], Sent] = {}
        self.newest = Cursor(seq, 0)
        """``head`` when something was asked last. Whoever has everything was given this very object."""
        self._latest: tuple[Cursor, int, Sent] | None = None
        """What was asked last, and answered: who moves together holds the same cursor object."""
        self._alone: tuple[Cursor, str | None] | None = None
        """Who alone did all since a cursor, as far as it was asked last."""

    @property
    def head(self) -> Cursor:
        """The cursor of a connection that has everything."""
        return Cursor(self.ring.last, self.presence.version)

    def has_more(self, cursor: Cursor) -> bool:
        """Whether a connection lacks something; asked for every connection at every flush."""
        return cursor.live != self.presence.version or cursor.seq != self.ring.last

    def reset(self, seq: int) -> None:
        """The board's history starts anew at ``seq``; the live state stays."""
        self.ring = Ring(seq)
        self._ring_merges = RingMerges(self.ring)
        self._forget()

    def since(
        self, cursor: Cursor, budget: int = FRAME_ROOM, peer: str | None = None
    ) -> Sent | None:
        """What a connection lacks, in one frame of about ``budget`` bytes where that is possible.

        Frames of which ``peer`` would need nothing, all being its own, are not built for it.

        More than one frame comes only when the live state alone needs it. ``Sent.cursor`` may stay
        behind ``head``: then ask again. None: the ring no longer reaches back to the cursor, which
        needs a resync.
        """
        newest = self.newest
        if newest.live != self.presence.version or newest.seq != self.ring.last:
            self._forget()
            newest = self.newest = self.head
        latest = self._latest
        if latest is not None and latest[0] is cursor and latest[1] == budget:
            return latest[2]
        if cursor == newest:
            return Sent((), newest)
        if not self.ring.covers(cursor.seq):
            return None
        key = (cursor, budget)
        sent = self._cache.get(key)
        if sent is None:
            if peer is not None and self._only_of(cursor) == peer:
                return Sent((), newest, peer)
            sent = self._cache[key] = self._build(cursor, min(budget, FRAME_ROOM))
        self._latest = (cursor, budget, sent)
        return sent

    def _forget(self) -> None:
        self._latest = self._alone = None
        self._cache.clear()
        self._merged.clear()

    def _build(self, cursor: Cursor, budget: int) -> Sent:
        if cursor.seq < self.ring.last:
            return self._merge(cursor, budget) or self._copy(cursor, budget)
        change = self.presence.since(cursor.live)
        if len(change.live) == 1 and not change.left:  # one who draws: nearly always
            item = codec.encode(change.live[0])
            if len(item) <= budget:
                self.built += 1
                return Sent((self._wrap(live_frame(item)),), self.newest, self._only_of(cursor))
        frames = self._fill([], change.live, change.left, budget)
        return Sent(tuple(frames), self.newest, self._only_of(cursor))

    def _merge(self, cursor: Cursor, budget: int) -> Sent | None:
        """Commits alone: what is live comes with the frame after."""
        known = self._merged.get(cursor.seq)
        if known is None:
            merged = self._ring_merges.after(cursor.seq, budget)
            if merged is None:
                return None
            self.built += 1
            self.merges += 1
            self.merged_away += merged.last - merged.first
            frame = self._wrap(merged.data)
            known = self._merged[cursor.seq] = Sent((frame,), Cursor(merged.last, 0))
        return Sent(known.frames, Cursor(known.cursor.seq, cursor.live))

    def _copy(self, cursor: Cursor, budget: int) -> Sent:
        commits = self.ring.take(cursor.seq, budget)
        seq = cursor.seq + len(commits)
        if seq < self.ring.last:
            return Sent((self._frame(commits),), Cursor(seq, cursor.live))
        change = self.presence.since(cursor.live)
        frames = self._fill(commits, change.live, change.left, budget)
        return Sent(tuple(frames), self.newest)

    def _only_of(self, cursor: Cursor) -> str | None:
        if cursor.seq < self.ring.last:
            return None
        alone = self._alone
        if alone is None or alone[0] is not cursor:
            alone = self._alone = cursor, self.presence.only_since(cursor.live)
        return alone[1]

    def _fill(
        self, commits: list[bytes], live: Iterable[PeerLive], left: list[str], budget: int
    ) -> list[bytes]:
        frames = []
        items: list[bytes] = []
        room = budget - sum(map(len, commits))
        for item in map(codec.encode, live):
            if len(item) > room and (commits or items):
                frames.append(self._frame(commits, items))
                commits, items, room = [], [], budget
            items.append(item)
            room -= len(item)
        while len(left) > _LEFT_AT_ONCE:
            frames.append(self._frame(commits, items, left[:_LEFT_AT_ONCE]))
            commits, items, left = [], [], left[_LEFT_AT_ONCE:]
        if commits or items or left:
            frames.append(self._frame(commits, items, left))
        return frames

    def _frame(
        self, commits: list[bytes], live: Iterable[bytes] = (), left: Iterable[str] = ()
    ) -> bytes:
        self.built += 1
        gone = list(left)
        return self._wrap(
            batch_frame(commits, list(live), codec.encode(gone) if gone else EMPTY_LIST)
        )


_LEFT_AT_ONCE: Final = 1_000
