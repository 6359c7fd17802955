"""The same room on other workers: telling them what our peers do, hearing what theirs do.

Messages may be lost. Every few seconds a worker tells its whole roster; whoever finds that it lacks
something asks all for everything (a roll call), as does a room that has just opened.

Which of two sockets of a page is the newer one, the store said when they arrived. The older one is closed
once its worker hears of the newer; that it stores nothing from then on does not wait for this.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from inkwire.errors import StoreUnavailable
from inkwire.live.clock import Clock
from inkwire.live.limits import DEAD_SECONDS, LIVE_MESSAGE_BYTES
from inkwire.live.told import Present, Told
from inkwire.observe import logs
from inkwire.protocol import codec
from inkwire.protocol.frames import PeerLive
from inkwire.rooms.presence import Presence
from inkwire.store.board_store import BoardStore

_CALL_AGAIN_SECONDS = 1.0


class Neighbours:
    """What one room says to and knows of the other workers."""

    def __init__(
        self,
        board: str,
        home: str,
        store: BoardStore,
        clock: Clock,
        presence: Presence,
        again: Callable[[], None],
    ) -> None:
        self._board = board
        self._home = home
        self._store = store
        self._clock = clock
        self._presence = presence
        self._again = again
        self._heard_at: dict[str, float] = {}
        self._heard_number: dict[str, int] = {}
        self._unheard: set[str] = set()  # workers that have not told again yet what was lost
        self._number = 0
        self._told = 0  # the version of the live state that the others know
        self._ours: dict[str, Present] = {}
        self._joined: list[Present] = []
        self._calling = False
        self._called_at = -_CALL_AGAIN_SECONDS
        self._call_due = False
        self._beating = False
        self._telling: asyncio.Task[None] | None = None

    @property
    def anybody(self) -> bool:
        """Whether another worker has the room open, as far as is known."""
        return bool(self._heard_at)

    def join(self, present: Present) -> None:
        """A peer of ours is new."""
        self._ours[present.peer] = present
        self._joined.append(present)

    def leave(self, peer: str) -> None:
        """A peer of ours is gone."""
        self._ours.pop(peer, None)
        self._joined = [present for present in self._joined if present.peer != peer]

    def superseded_by(self, told: Told) -> list[str]:
        """Peers of ours whose page has a newer socket elsewhere."""
        newest = {each.session: each.arrival for each in (*(told.roster or ()), *told.joined)}
        if not newest:
            return []
        return [
            peer
            for peer, ours in self._ours.items()
            if 0 < ours.arrival < newest.get(ours.session, 0)
        ]

    def call(self) -> None:
        """Asks all others for everything; once a second at most, then by the next sweep."""
        now = self._clock.now()
        self._call_due = now - self._called_at < _CALL_AGAIN_SECONDS
        if not self._call_due:
            self._called_at = now
            self._calling = True
            self.tell()

    def beat(self) -> None:
        """Tells who is here."""
        self._beating = True
        self.tell()

    def tell(self) -> None:
        """Sends what the others do not know yet; one message is on its way at a time."""
        if self._telling is None and self._anything():
            self._telling = asyncio.create_task(self._tell(), name="neighbours")

    def heard(self, told: Told) -> bool:
        """Takes over what another worker says; whether anything came of it."""
        before = self._presence.version
        stranger = told.home not in self._heard_at
        self._heard_at[told.home] = self._clock.now()
        whole = told.full or self._heard_number.get(told.home) == told.number - 1
        self._heard_number[told.home] = told.number
        for peer in told.live:
            whole = self._hear_peer(told.home, peer) and whole
        theirs = set(self._presence.peers_of(told.home))
        for name in told.left:
            if name in theirs:
                self._presence.leave(name)
        if told.roster is not None:
            whole = self._hear_roster(theirs, told.roster) and whole
        if told.full:
            self._unheard.discard(told.home)
        elif not whole:
            self._unheard.add(told.home)
        if not whole:
            self.call()
        if told.call or stranger:
            self._told = 0
            self._beating = True
            self.tell()
        return self._presence.version != before

    def sweep(self, now: float) -> bool:
        """Removes the peers of workers that were not heard of for long; whether there were any."""
        if self._call_due or self._unheard:  # a call may be lost, too
            self.call()
        dead = [home for home, at in self._heard_at.items() if now - at > DEAD_SECONDS]
        for home in dead:
            del self._heard_at[home]
            self._heard_number.pop(home, None)
            self._unheard.discard(home)
            gone = self._presence.peers_of(home)
            logs.info("worker.gone", board=self._board, home=home, peers=len(gone))
            for name in gone:
                self._presence.leave(name)
        return bool(dead)

    def close(self) -> None:
        """Says no more."""
        if self._telling is not None:
            self._telling.cancel()

    def _hear_peer(self, home: str, peer: PeerLive) -> bool:
        if peer.who is not None:
            self._presence.join(peer.peer, peer.who, home)
        elif peer.peer not in self._presence:
            return False
        return self._presence.update(peer.peer, peer.state)

    def _hear_roster(self, known: set[str], roster: tuple[Present, ...]) -> bool:
        whole = True
        there = {present.peer for present in roster}
        for name in known - there:
            self._presence.leave(name)
        for present in roster:
            if present.peer not in self._presence:
                whole = False
                continue
            self._presence.only_strokes(present.peer, present.strokes)
            ours = self._presence.strokes_of(present.peer)
            whole = whole and len(ours) == len(present.strokes)
        return whole

    def _anything(self) -> bool:
        if self._calling or self._beating or self._joined:
            return True
        if not self.anybody:  # nobody is there to hear; a roster tells it all when somebody comes
            return False
        return bool(self._presence.since(self._told, self._home))

    async def _tell(self) -> None:
        try:
            for message in self._messages():
                await self._store.publish_live(self._board, codec.encode(message))
        except StoreUnavailable as error:
            self._told = (
                0  # all of it again, with the next change or beat; a roster tells who joined
            )
            logs.warning("live.not-told", board=self._board, reason=str(error))
        else:
            if self._anything():
                self._again()
        finally:
            self._telling = None

    def _messages(self) -> Iterator[Told]:
        calling, beating, joined = self._calling, self._beating, tuple(self._joined)
        self._calling = self._beating = False
        self._joined.clear()
        full = self._told == 0
        change = self._presence.since(self._told, self._home)
        self._told = self._presence.version
        roster = tuple(self._roster()) if beating else None
        part: list[PeerLive] = []
        size = 0
        for item in change.live:
            part.append(item)
            size += len(codec.encode(item))
            if size > LIVE_MESSAGE_BYTES:
                yield Told(self._home, self._next(), live=tuple(part))
                part, size = [], 0
        yield Told(
            self._home,
            self._next(),
            full,
            tuple(part),
            tuple(change.left),
            roster,
            joined,
            calling,
        )

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _roster(self) -> Iterator[Present]:
        for name, ours in self._ours.items():
            yield replace(ours, strokes=tuple(self._presence.strokes_of(name)))
