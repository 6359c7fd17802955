"""A board in use on one worker: its ring, its live state, its connections.

The board itself is in the store; what is here can be lost at any moment and is made again from there.
"""

from __future__ import annotations

import asyncio
import random
from typing import Protocol

from inkwire.errors import BoardNotFound, FrameError, InkwireError, StoreUnavailable
from inkwire.live import told
from inkwire.live.activity import Activity
from inkwire.live.clock import Clock
from inkwire.live.limits import (
    BEAT_SECONDS,
    CHECK_AGAIN_SECONDS,
    CHECK_ATTEMPTS,
    ROOM_LINGERS_SECONDS,
    ROOM_TELLS_SECONDS,
    SNAPSHOT_LINGERS_SECONDS,
    SNAPSHOT_TAIL_BYTES,
)
from inkwire.live.neighbours import Neighbours
from inkwire.live.pace import Pace, tick_seconds
from inkwire.live.snapshot import Snapshot
from inkwire.live.websocket import framed
from inkwire.observe import logs, metrics
from inkwire.protocol import codec
from inkwire.protocol.frames import LiveState, Position, Rect, Who
from inkwire.protocol.ops import Put
from inkwire.rooms.outbox import Outbox
from inkwire.rooms.splice import seq_of
from inkwire.store.board_store import Arrival, BoardMeta, BoardStore, Kind


class Member(Protocol):
    """A connection in a room."""

    @property
    def seen_live(self) -> int:
        """The version of the live state that it was sent."""

    @property
    def link(self) -> str:
        """The hash of the token that it came with."""

    def pump(self) -> None:
        """Something new is there."""

    def fault(self) -> None:
        """``pump`` failed: the member cannot be kept up to date."""

    def start_over(self) -> None:
        """The board's history started anew; what was sent is not true any more."""

    def superseded(self) -> None:
        """A newer socket of the same page has come."""

    def withdrawn(self) -> None:
        """Its link opens the board no more."""

    def board_gone(self) -> None:
        """The board is not in the store any more."""


class Room:
    """One board on this worker. Made by the hub, which opens and closes it."""

    def __init__(self, board: str, home: str, store: BoardStore, clock: Clock) -> None:
        self.board = board
        self.epoch = ""
        self.outbox = Outbox(0, framed)
        self.lag = 0.0
        """How late the event loop is, in seconds; told by the hub."""
        self.users = 0
        """Connections that are coming in or are here."""
        self._store = store
        self._clock = clock
        self._members: dict[str, Member] = {}
        self._sessions: dict[str, tuple[str, int]] = {}
        self._neighbours = Neighbours(board, home, store, clock, self.outbox.presence, self.mark)
        self._home = home
        self.activity = Activity(board, home, store, clock, self.outbox, lambda: self.epoch)
        self._pace = Pace(self._flush, lambda takes: tick_seconds(takes, self.lag))
        self._early: list[bytes] | None = []
        self._catching: asyncio.Task[None] | None = None
        self._looking: asyncio.Task[None] | None = None
        self._look_again = False
        self._snapshot: Snapshot | None = None
        self._unheard = False
        """Whether something was shown that nobody was there to see; the sweep passes over it."""
        self._built_before = self._merges_before = self._merged_before = 0
        self._beat_at = self._left_at = clock.now()

    # --- opening and closing --------------------------------------------------------------------

    async def open(self) -> None:
        """Finds its position; the board's channel has to be heard already."""
        position = await self._store.position(self.board)
        self._start_at(position)
        early, self._early = self._early or [], None
        for commit in early:
            self.commit(commit)
        self._neighbours.call()
        logs.info("room.opened", board=self.board, seq=position.seq)

    def close(self) -> None:
        """Stops everything of its own."""
        self._pace.stop()
        self._neighbours.close()
        self.activity.close()
        for task in (self._catching, self._looking):
            if task is not None:
                task.cancel()
        if self._snapshot is not None:
            self._snapshot.drop()

    def idle(self, now: float) -> bool:
        """Whether nobody has been here for a while."""
        lingers = ROOM_TELLS_SECONDS if self.activity.unsettled else ROOM_LINGERS_SECONDS
        return self.users == 0 and now - self._left_at > lingers

    @property
    def connections(self) -> int:
        """How many connections the board has: here, coming in here, and elsewhere as far as known."""
        coming_in = self.users - self.activity.readers - len(self._members)
        return coming_in + len(self.outbox.presence)

    def has(self, session: str) -> bool:
        """Whether a page with that session is here: its newer socket takes no more room."""
        return told.session_mark(session) in self._sessions

    # --- peers ----------------------------------------------------------------------------------

    def join(self, peer: str, who: Who, arrival: Arrival, member: Member) -> None:
        """A peer of this worker is here. Of two of the same session the older one has to go."""
        mark = arrival.session
        known = self._sessions.get(mark)
        self._members[peer] = member
        self.outbox.presence.join(peer, who, self._home)
        self.activity.came(who)
        self._neighbours.join(told.Present(peer, mark, arrival.number))
        if known is not None and 0 < arrival.number < known[1]:
            member.superseded()  # the newer one was here first
        else:
            self._sessions[mark] = peer, arrival.number
            if known is not None:
                self._members[known[0]].superseded()
        self._look_at_links()  # it may have been withdrawn while this one came in
        self.mark()

    def leave(self, peer: str) -> None:
        """A peer of this worker is gone."""
        if self._members.pop(peer, None) is None:
            return
        self._sessions = {mark: each for mark, each in self._sessions.items() if each[0] != peer}
        self._neighbours.leave(peer)
        self.outbox.presence.leave(peer)
        self._left_at = self._clock.now()
        self.mark()

    def show(self, peer: str, state: LiveState) -> None:
        """A peer of this worker says what it does; ``settle`` follows when all that came with it is taken."""
        self.outbox.presence.update(peer, state)
        if len(self._members) > 1 or self._neighbours.anybody:
            self._pace.note()
        else:
            self._unheard = True

    def settle(self) -> None:
        """A peer's read is worked off: sends what it showed, unless it is too early for that."""
        self._pace.settle()

    def mark(self) -> None:
        """Something is new: send it soon."""
        self._pace.mark()

    # --- commits --------------------------------------------------------------------------------

    def heard(self, kind: Kind, data: bytes) -> None:
        """A message of the board's channel."""
        try:
            if kind == "live":
                self._heard_live(data)
            elif kind == "activity":
                if self.activity.heard(data):
                    self.check()
                    self._look_at_links()
            elif self._early is not None:
                self._early.append(data)
            else:
                self.commit(data)
        except FrameError as error:
            logs.warning("channel.unreadable", board=self.board, kind=kind, reason=str(error))

    def commit(self, commit: bytes) -> None:
        """A commit, from the channel or as the answer to a push of this worker."""
        seq = seq_of(commit)
        ring = self.outbox.ring
        if seq == ring.last + 1:
            self._append(seq, commit)
            self.mark()
        elif seq > ring.last:
            metrics.GAPS.inc()
            self.check()
        elif (known := ring.get(seq)) is not None and known != commit:
            self.check()  # the same number twice: the board's history started anew

    def check(self) -> None:
        """Asks the store soon whether a commit was missed."""
        if self._catching is None:
            self._catching = asyncio.create_task(self._catch_up_quietly(), name="catch-up")

    def subscription_lost(self) -> None:
        """Commits and live messages may have been missed; the channel is heard again."""
        if self._early is None:
            self.check()
            self._look_at_links()
            self.activity.check()
            self._neighbours.call()

    async def catch_up(self) -> None:
        """Brings the ring to where the store is, from the log; the history may prove to be another."""
        metrics.CHECKS.inc()
        while True:
            epoch = self.epoch
            commits = await self.missed(Position(epoch, self.outbox.ring.last))
            if epoch != self.epoch:
                continue
            if commits is None:
                await self._start_anew()
                return
            for commit in commits:
                if seq_of(commit) == self.outbox.ring.last + 1:
                    self._append(seq_of(commit), commit)
            if not commits:
                return
            self.mark()

    async def missed(self, position: Position) -> list[bytes] | None:
        """Some commits after a position, none if it is the newest; None if only a snapshot helps."""
        return await self._store.commits_after(self.board, position.epoch, position.seq)

    async def meta(self) -> BoardMeta:
        """The board's title and position now. Raises ``BoardNotFound``."""
        meta = await self._store.board(self.board)
        if meta is None:
            raise BoardNotFound("no such board")
        if meta.epoch != self.epoch or meta.seq < self.outbox.ring.last:
            # A backup was put back: what the ring has is not the board's history.
            await self.catch_up()
        return meta

    async def snapshot(self, view: Rect | None) -> Snapshot:
        """A snapshot that the ring can follow up; shared by all who ask at about the same time.

        ``view`` is what this one looks at.
        """
        known = self._snapshot
        if known is None or not self._may_follow(known):
            meta = await self.meta()
            known = self._snapshot
            if known is None or not self._may_follow(known):
                known = self._snapshot = Snapshot(meta, self._store, self._clock.now(), view)
        known.used_at = self._clock.now()
        return known

    # --- time -----------------------------------------------------------------------------------

    def sweep(self, now: float) -> None:
        """Once a second: tells the other workers, forgets what is over."""
        self.outbox.presence.forget(
            min(
                (member.seen_live for member in self._members.values()),
                default=self.outbox.presence.version,
            )
        )
        if self._neighbours.sweep(now) or self._unheard:
            self._unheard = False
            self.mark()
        self.activity.sweep(now)
        if now - self._beat_at >= BEAT_SECONDS:
            # Boards that were opened together should not all ask in the same moment for ever.
            self._beat_at = now - random.uniform(0, BEAT_SECONDS / 3)  # noqa: S311
            if self._members:
                self._neighbours.beat()
            self.check()
        snapshot = self._snapshot
        if snapshot is not None and now - snapshot.used_at > SNAPSHOT_LINGERS_SECONDS:
            self._snapshot = None
        metrics.FRAMES_BUILT.count += self.outbox.built - self._built_before
        self._built_before = self.outbox.built
        metrics.MERGES.count += self.outbox.merges - self._merges_before
        self._merges_before = self.outbox.merges
        metrics.MERGED_AWAY.count += self.outbox.merged_away - self._merged_before
        self._merged_before = self.outbox.merged_away

    def _flush(self) -> None:
        self._neighbours.tell()
        for member in list(self._members.values()):
            try:
                member.pump()
            except Exception:  # of one member; the others are owed their frames
                member.fault()

    # --- within ---------------------------------------------------------------------------------

    def _append(self, seq: int, commit: bytes) -> None:
        self.outbox.ring.append(seq, commit)
        presence = self.outbox.presence
        drawn = {id_ for id_ in presence.drawing() if id_.encode() in commit}
        if drawn:
            ops = codec.decode_commit(commit).ops
            presence.committed(
                op.element.id for op in ops if isinstance(op, Put) and op.element.id in drawn
            )

    def _start_at(self, position: Position) -> None:
        self.epoch = position.epoch
        self.outbox.reset(position.seq)

    async def _start_anew(self) -> None:
        """Another epoch, or a log that does not reach back: everybody needs a snapshot."""
        position = await self._store.position(self.board)
        metrics.RESETS.inc()
        logs.warning(
            "room.restarted",
            board=self.board,
            seq_was=self.outbox.ring.last,
            seq=position.seq,
            epoch_changed=position.epoch != self.epoch,
        )
        self._start_at(position)
        self.activity.check()
        for member in list(self._members.values()):
            member.start_over()

    async def _catch_up_soon(self) -> None:
        """A store that has just come back may need another moment; the next beat is seconds away."""
        for _ in range(CHECK_ATTEMPTS - 1):
            try:
                return await self.catch_up()
            except StoreUnavailable:
                await asyncio.sleep(CHECK_AGAIN_SECONDS)
        return await self.catch_up()

    async def _catch_up_quietly(self) -> None:
        try:
            await self._catch_up_soon()
        except BoardNotFound:
            logs.warning("room.board-gone", board=self.board)
            self.activity.end()
            for member in list(self._members.values()):
                member.board_gone()
        except InkwireError as error:
            logs.warning("room.check-failed", board=self.board, reason=str(error))
        finally:
            self._catching = None

    def _look_at_links(self) -> None:
        """Asks the store soon which links open the board."""
        self._look_again = True
        if self._looking is None and self._members:
            self._looking = asyncio.create_task(self._send_away(), name="links")

    async def _send_away(self) -> None:
        """Whose link opens nothing any more has to go."""
        try:
            while self._look_again:
                self._look_again = False
                try:
                    links = await self._store.register.hashes(self.board)
                except StoreUnavailable:
                    self._look_again = True
                    await asyncio.sleep(CHECK_AGAIN_SECONDS)
                    continue
                if not links:  # an owner's stays for as long as the board does
                    self.check()
                for member in list(self._members.values()) if links else ():
                    if member.link not in links:
                        member.withdrawn()
        finally:
            self._looking = None

    def _heard_live(self, data: bytes) -> None:
        message = told.decode_told(data)
        if message.home == self._home:
            return
        if self._neighbours.heard(message):
            self.mark()
        for older in self._neighbours.superseded_by(message):
            self._members[older].superseded()

    def _may_follow(self, snapshot: Snapshot) -> bool:
        ring = self.outbox.ring
        if snapshot.failed or snapshot.epoch != self.epoch or not ring.covers(snapshot.seq):
            return False
        return ring.bytes_after(snapshot.seq) <= SNAPSHOT_TAIL_BYTES
