"""The activity of a board that is open on this worker: finds out what there is to tell, and passes on what was told.

Every worker with the board open sees all its commits and all its people, so any of them may tell, and when
one dies another does. The store takes each finding once (``store.activity_log``) and publishes what it took; from
there, and from nowhere else, readers get their events. One worker begins, the others wait a little.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Final

import msgspec

from inkwire.errors import BoardNotFound, InkwireError
from inkwire.live.clock import Clock
from inkwire.observe import logs, metrics
from inkwire.protocol.frames import Who
from inkwire.rooms.activity import Event, Kind, Person, Summing
from inkwire.rooms.activity_ring import ActivityRing
from inkwire.rooms.outbox import Outbox
from inkwire.rooms.splice import seq_of
from inkwire.store.activity_log import ActivityState, Findings
from inkwire.store.board_store import BoardStore

SUM_SECONDS: Final = 3.0
"""From the first change that nobody has told to the event that tells it."""
LEFT_SECONDS: Final = 4.0
"""Who comes back within so long never left: a page that is loaded anew."""
UNSEEN_SECONDS: Final = 12.0
"""The same for people whom this worker has only heard of: after a restart pages take some seconds to return."""
LATE_SECONDS: Final = 2.5
"""How much longer than the first worker the others wait."""
CHECK_SECONDS: Final = 3.0
"""How often a worker with readers asks whether it missed an event."""
BEAT_SECONDS: Final = 12.0
"""How often readers get a sign of life."""
MOST_SEEN: Final = 2_000
"""Names that are kept of those who were here."""
PAGES: Final = 32
"""Pages of the log that are summed up in one go."""
WAKE_SLICE: Final = 64
"""Readers woken in one turn of the event loop."""
NEWEST: Final = 2**52
"""After this number there is nothing: asks only who is here."""
_event: Final = msgspec.json.Decoder(Event)
_published: Final = msgspec.msgpack.Decoder(tuple[str, int, int, list[str]])


class Reader:
    """One open feed, by a token of the hash ``link``: woken when there is something for it."""

    def __init__(self, link: str) -> None:
        self.link = link
        self.withdrawn = False
        """The link opens the board no more: nothing may be told from here on."""
        self.woken = asyncio.Event()


class Activity:
    """Made by the board's room, which sweeps and closes it.

    ``epoch`` and ``outbox`` are the room's.
    """

    def __init__(
        self,
        board: str,
        home: str,
        store: BoardStore,
        clock: Clock,
        outbox: Outbox,
        epoch: Callable[[], str],
    ) -> None:
        self.ended = False
        """The board is gone, or the worker stops: readers go."""
        self.beats = 0
        """Counts the signs of life that readers are due."""
        self.on_news: Callable[[], None] = lambda: None
        """Called when the feed has something new."""
        self._board = board
        self._home = home
        self._store = store
        self._clock = clock
        self._outbox = outbox
        self._epoch = epoch
        self._ring: ActivityRing | None = None
        self._read_epoch = ""
        self._last = 0  # the last event known, and taken into account in who is here
        self._stored_last = 0  # the same of the store, as far as it said
        self._settled: int | None = None  # None: not read yet
        self._people: dict[str, Person] = {}
        self._seen: dict[str, Person] = {}  # everybody who was here while this worker looked
        self._readers: set[Reader] = set()
        self._came: dict[str, int] = {}  # when, in Unix milliseconds
        self._absent: dict[str, float] = {}  # since when
        self._new_since: float | None = None
        self._unsettled_since: float | None = None
        self._opened_at = clock.now()
        self._checked_at = self._beat_at = clock.now()
        self._task: asyncio.Task[None] | None = None
        self._waking: asyncio.Task[None] | None = None
        self._must_read = False
        self._ahead_at = -1

    # --- readers --------------------------------------------------------------------------------

    @asynccontextmanager
    async def reading(self, link: str) -> AsyncIterator[Reader]:
        """Somebody reads, with the token of that hash; the ring is there from then on.

        Raises ``StoreUnavailable``, ``BoardNotFound``.
        """
        reader = Reader(link)
        self._readers.add(reader)
        metrics.FEEDS.inc()
        try:
            while self._ring is None:
                await self.catch_up()
            yield reader
        finally:
            self._readers.discard(reader)
            metrics.FEEDS.dec()

    async def catch_up(self) -> None:
        """Asks the store now what is new. Raises ``StoreUnavailable``, ``BoardNotFound``."""
        after = 0 if self._readers and self._ring is None else self._last
        if self._settled is None and not self._readers:
            after = NEWEST
        state = await self._store.activity.read(self._board, after)
        if state.epoch != self._read_epoch and self._readers and after:
            after = 0  # its numbers mean other events
            state = await self._store.activity.read(self._board)
        self._take_state(state, whole=after == 0)

    @property
    def ring(self) -> ActivityRing:
        """The newest events; there while somebody reads."""
        if self._ring is None:
            raise RuntimeError("nobody reads this board's activity")
        return self._ring

    @property
    def readers(self) -> int:
        """How many read here."""
        return len(self._readers)

    @property
    def people(self) -> Mapping[str, Person]:
        """Who is here as of the ring's last event, by the names that they go by now."""
        return {person: self._seen.get(person, who) for person, who in self._people.items()}

    def end(self) -> None:
        """Every feed ends after what it has to tell yet."""
        self.ended = True
        self._wake()

    def close(self) -> None:
        """Stops everything of its own."""
        self.end()
        if self._task is not None:
            self._task.cancel()

    # --- what the room tells --------------------------------------------------------------------

    def heard(self, data: bytes) -> bool:
        """The store took something; True if it is no event, but links to look at, or the board is gone."""
        try:
            epoch, first, settled, events = _published.decode(data)
        except (msgspec.MsgspecError, ValueError):
            logs.warning("activity.unreadable", board=self._board)
            return False
        if not events:
            self.check()
        elif self._settled is None:  # the first reading of the store is still to come, or under way
            self._must_read = True
        elif epoch != self._read_epoch or first > self._last + 1:
            metrics.ACTIVITY_GAPS.inc()
            self.check()
        else:
            self._settled = max(self._settled, settled)
            self._unsettled_since = None
            self._extend(first, [each.encode() for each in events])
            self.on_news()
        return not events

    def came(self, who: Who) -> None:
        """One of this worker's people is here, maybe for so short a time that nobody else notices."""
        self._came.setdefault(who.person, self._clock.wall_ms())
        self._seen[who.person] = Person(who.name, who.color)
        if len(self._seen) > MOST_SEEN:
            del self._seen[next(iter(self._seen))]

    def check(self) -> None:
        """Asks the store soon whether an event was missed."""
        self._must_read = True
        self._work()

    def sweep(self, now: float) -> None:
        """Once a second: is there anything to tell?"""
        if self._readers:
            if now - self._beat_at >= BEAT_SECONDS:
                self._beat_at = now
                self.beats += 1
                self._wake()
            if now - self._checked_at >= CHECK_SECONDS:
                self._must_read = True
        else:
            self._ring = None
        if self._last < self._stored_last:
            self._must_read = True
        self._look(now)
        if self._must_read or self._due(now):
            self._work()

    @property
    def unsettled(self) -> bool:
        """Whether something would go untold if the room closed now."""
        return bool(
            self._absent or self._unsettled_since is not None or self._new_since is not None
        )

    # --- within ---------------------------------------------------------------------------------

    def _look(self, now: float) -> None:
        """Notes since when there has been something that nobody told."""
        present = self._present()
        self._seen.update(present)
        self._came = {person: at for person, at in self._came.items() if person in present}
        self._absent = {
            person: self._absent.get(person, now) for person in self._people.keys() - present.keys()
        }
        self._new_since = _since(self._new_since, bool(present.keys() - self._people.keys()), now)
        behind = self._settled is None or self._outbox.ring.last > self._settled
        self._unsettled_since = _since(self._unsettled_since, behind, now)

    def _due(self, now: float) -> bool:
        wait = 0.0 if self._first else LATE_SECONDS
        if self._settled is None or (self._new_since is not None and now - self._new_since >= wait):
            return True
        if self._unsettled_since is not None and now - self._unsettled_since >= SUM_SECONDS + wait:
            return True
        return any(True for _ in self._gone(now - wait))

    def _gone(self, now: float) -> Iterator[str]:
        for person, since in self._absent.items():
            if person in self._seen:
                due = since + LEFT_SECONDS
            else:
                due = max(since + LEFT_SECONDS, self._opened_at + UNSEEN_SECONDS)
            if now >= due:
                yield person

    @property
    def _first(self) -> bool:
        """Whether this worker is the one to begin."""
        return self._home == min(self._outbox.presence.homes(), default=self._home)

    def _present(self) -> dict[str, Person]:
        return {
            who.person: Person(who.name, who.color) for who in self._outbox.presence.everybody()
        }

    def _work(self) -> None:
        if self._task is None and not self.ended:
            self._task = asyncio.create_task(self._settle_quietly(), name="activity")

    async def _settle_quietly(self) -> None:
        try:
            await self._settle()
        except BoardNotFound:
            self.end()
        except InkwireError as error:
            logs.warning("activity.not-told", board=self._board, reason=str(error))
        finally:
            self._task = None

    async def _settle(self) -> None:
        if self._must_read or self._settled is None:
            self._must_read = False
            self._checked_at = self._clock.now()
            await self.catch_up()
            self._look(self._clock.now())
        now = self._clock.now()
        if self._settled is None or not self._due(now):
            return
        epoch, settled = self._epoch(), self._settled
        wall_ms = self._clock.wall_ms()
        joined = [
            _event_of("joined", self._came.pop(person, wall_ms), person, who)
            for person, who in self._present().items()
            if person not in self._people
        ]
        left = [
            _event_of(
                "left",
                wall_ms - round(1000 * (now - self._absent[person])),
                person,
                self.people[person],
            )
            for person in self._gone(now)
        ]
        until, summing = await self._summed(epoch, settled)
        names = {**self._people, **self._seen}
        findings = Findings(settled, until, joined, left, summing.events(names))
        answer = await self._store.activity.settle(self._board, epoch, findings, wall_ms)
        if answer is None:  # the room finds out by itself that the history is another
            self._must_read = True
            return
        metrics.ACTIVITY_SETTLED.inc()
        self._stored_last = answer[0]
        self._settled = max(self._settled or 0, answer[1])
        self._unsettled_since = self._new_since = None

    async def _summed(self, epoch: str, settled: int) -> tuple[int, Summing]:
        """What the commits after ``settled`` come to, and the last of them."""
        summing = Summing()
        ring = self._outbox.ring
        for _ in range(PAGES):
            if ring.covers(settled):
                commits: list[bytes] | None = ring.take(settled, 128 * 1024)
            else:
                commits = await self._store.commits_after(self._board, epoch, settled)
            if commits is None:  # nobody had the board open for so long that the log has forgotten
                return max(settled, ring.last), Summing()
            if not commits:
                break
            for commit in commits:
                summing.add(commit)
            settled = seq_of(commits[-1])
            await asyncio.sleep(0)
        return settled, summing

    def _take_state(self, state: ActivityState, *, whole: bool) -> None:
        for reader in self._readers:
            if reader.link not in state.links:
                reader.withdrawn = True
                reader.woken.set()
        same = state.epoch == self._read_epoch and self._settled is not None
        if same and state.last < self._last and self._last != self._ahead_at:
            # What was published can overtake an answer. Twice the same: a backup was put back.
            self._ahead_at = self._last
            return
        self._ahead_at = -1
        anew = not same or state.last < self._last or state.first > self._last + 1
        lacking = self._readers and self._ring is None
        if anew or (lacking and whole):
            # A part may follow up a ring that is there; one that is made has to begin at the beginning.
            keeps = self._readers and (whole or self._ring is not None)
            self._ring = ActivityRing(state.epoch, state.first - 1) if keeps else None
            self._last = state.first - 1
        self._read_epoch = state.epoch
        self._settled = state.settled
        self._extend(state.first, state.events)
        self._last = self._stored_last = state.last
        self._people = dict(state.people)

    def _extend(self, first: int, events: Sequence[bytes]) -> None:
        """Takes events without a gap; those known already are passed over."""
        new = events[max(0, self._last + 1 - first) :]
        self._last += len(new)
        if self._ring is not None and new:
            self._ring.extend(first, events)
            self._wake()
        for event in map(_event.decode, new):
            if event.type == "joined":
                self._came.pop(event.person, None)
                self._people[event.person] = Person(event.name, event.color)
            elif event.type == "left":
                self._people.pop(event.person, None)
                self._seen.pop(event.person, None)

    def _wake(self) -> None:
        if self._waking is None and self._readers:
            self._waking = asyncio.create_task(self._wake_all(), name="activity-wake")

    async def _wake_all(self) -> None:
        readers = list(self._readers)
        self._waking = None
        for index, reader in enumerate(readers):
            reader.woken.set()
            if index % WAKE_SLICE == WAKE_SLICE - 1:
                await asyncio.sleep(0)


def _event_of(kind: Kind, at: int, person: str, who: Person) -> Event:
    return Event(type=kind, at=at, person=person, name=who.name, color=who.color)


def _since(since: float | None, holds: bool, now: float) -> float | None:
    if not holds:
        return None
    return now if since is None else since
