"""Bringing a connection to its room's head: joining, resuming and catching up are the same thing.

A position that the room's ring reaches back to needs nothing; one that the log proves is replayed from
the log; any other gets a snapshot. Never a part of a replay.
"""

from __future__ import annotations

import asyncio

from inkwire.errors import StoreUnavailable
from inkwire.live.room import Room
from inkwire.live.sender import Sender
from inkwire.live.websocket import framed
from inkwire.observe import metrics
from inkwire.protocol.frames import Position, Rect
from inkwire.rooms.merge_policy import merged_from
from inkwire.rooms.splice import batch_frame, seq_of

_PAUSE_SECONDS = 0.25
"""Between two attempts at a store that does not answer."""
_ROUNDS = 100
"""Without a commit; a guard against a store that contradicts itself."""


async def provable(room: Room, position: Position) -> bool:
    """Whether everything after a position is known, so that nothing has to be sent twice."""
    if position.epoch == room.epoch and room.outbox.ring.covers(position.seq):
        return True
    return await room.missed(position) is not None


async def bring_up(
    sender: Sender, room: Room, position: Position | None, view: Rect | None
) -> None:
    """Sends what is missing after ``position`` (None: everything) and lets the sender follow.

    A snapshot begins with what lies in ``view``, or next to it. While the store does not answer it
    waits: whoever has a socket keeps it.
    Raises ``StoreUnavailable`` when that cannot end well: the connection has to be made anew.
    """
    rounds = 0
    while rounds < _ROUNDS:
        try:
            if position is None:
                snapshot = await room.snapshot(view)
                async for frame in snapshot.frames(view):
                    await sender.send(frame)
                    await asyncio.sleep(0)  # of many who join at once, each gets one frame a turn
                metrics.SNAPSHOTS.inc()
                position = Position(snapshot.epoch, snapshot.seq)
            if position.epoch == room.epoch and room.outbox.ring.covers(position.seq):
                sender.follow(room.outbox, position.seq)
                return
            commits = await room.missed(position)
            if commits:
                await _send(sender, commits)
                position = Position(position.epoch, seq_of(commits[-1]))
                rounds = 0  # a log may have any number of pages
            elif commits is None:
                position = None
            else:
                await room.catch_up()
        except StoreUnavailable:
            # What was sent counts: a torn snapshot begins again with its Reset, commits go on.
            await asyncio.sleep(_PAUSE_SECONDS)
        else:
            rounds += 1
    raise StoreUnavailable("The board's history does not hold still.")


async def _send(sender: Sender, commits: list[bytes]) -> None:
    """Commits of one page of the log, merged as far as that pays."""
    while commits:
        merged, _read = merged_from(commits, seq_of(commits[0]))
        if merged is None:
            await sender.send(framed(batch_frame(commits)))
            return
        await sender.send(framed(merged.data))
        taken = merged.last - merged.first + 1
        metrics.MERGES.count += 1
        metrics.MERGED_AWAY.count += taken - 1
        commits = commits[taken:]
