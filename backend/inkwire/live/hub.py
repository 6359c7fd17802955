"""The rooms of one worker, the one subscriber that hears their boards, and the clock that sweeps them."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from functools import partial

from inkwire.live import gauges
from inkwire.live.clock import Clock
from inkwire.live.connection import Connection
from inkwire.live.drain import Drain
from inkwire.live.limits import (
    DRAIN_SECONDS,
    HEALTH_SECONDS,
    LAG_SECONDS,
    SWEEP_PARTS,
    SWEEP_SECONDS,
)
from inkwire.live.room import Room
from inkwire.live.websocket import BoardSocket
from inkwire.observe import logs, metrics
from inkwire.protocol.codes import RefusalCode
from inkwire.protocol.frames import Notice
from inkwire.rooms.quotas import Accounts, Quotas
from inkwire.store.board_store import BoardStore, StoreHealth

TROUBLE = "unavailable"
"""The code of the notice that the store takes no writes."""
FULL = "store-full"
"""The code of the notice that the store takes only what makes it less full."""


class Hub:
    """Everything live on one worker."""

    def __init__(
        self,
        store: BoardStore,
        clock: Clock | None = None,
        *,
        quotas: Quotas | None = None,
        drain_seconds: float = DRAIN_SECONDS,
    ) -> None:
        self.store = store
        self.clock = clock or Clock()
        self.home = f"{os.getpid()}-{secrets.token_urlsafe(6)}"
        """This worker's name among the others, new with every start."""
        self.drain = Drain(drain_seconds)
        self.accounts = Accounts(quotas or Quotas())
        self._rooms: dict[str, Room] = {}
        self._opening: dict[str, asyncio.Task[None]] = {}
        self._connections: set[Connection] = set()
        self._subscribing = asyncio.Lock()
        self._subscriber = store.subscriber(self._lost)
        self._lag = 0.0
        self._sweeper: asyncio.Task[None] | None = None
        self._sampler: asyncio.Task[None] | None = None
        self._minder: asyncio.Task[None] | None = None
        self.on_news: Callable[[str], None] = lambda board: None
        """Called with a board whose feed has something new."""
        self.streams_end = asyncio.Event()
        """Set when the worker stops: what is drawn by a stream ends with what has come."""
        self.feeds_ended = False
        """The worker stops, and has sent its readers away."""
        self.trouble: Notice | None = None
        """What people are told of the store now; newcomers too."""

    def start(self) -> None:
        """Begins to sweep."""
        self._sweeper = asyncio.create_task(self._sweep(), name="sweep")
        self._sampler = asyncio.create_task(self._sample_lag(), name="lag")
        self._minder = asyncio.create_task(self._mind_store(), name="mind")

    async def close(self) -> None:
        """Ends what is left. Connections have been drained before."""
        for task in (self._sweeper, self._sampler, self._minder, *self._opening.values()):
            if task is not None:
                task.cancel()
        for room in self._rooms.values():
            room.close()
        await self._subscriber.close()

    async def serve(self, socket: BoardSocket, board: str, address: str = "") -> None:
        """Takes over an accepted socket until it ends."""
        connection = Connection(socket, self, board, address)
        self._connections.add(connection)
        metrics.PEERS.set(len(self._connections))
        try:
            await connection.serve()
        finally:
            self._connections.discard(connection)
            metrics.PEERS.set(len(self._connections))

    def end_feeds(self) -> None:
        """The worker stops: a stream that nobody ends would hold it up."""
        self.feeds_ended = True
        self.streams_end.set()
        for room in self._rooms.values():
            room.activity.end()

    @asynccontextmanager
    async def room(self, board: str) -> AsyncIterator[Room]:
        """The open room of a board; it stays open for as long as somebody is inside.

        Raises ``BoardNotFound`` or ``StoreUnavailable``.
        """
        room = self._rooms.get(board)
        if room is None:
            room = self._rooms[board] = Room(board, self.home, self.store, self.clock)
            room.activity.on_news = partial(self.on_news, board)
            self._opening[board] = asyncio.create_task(self._open(room), name="open")
        room.users += 1
        try:
            if opening := self._opening.get(board):
                await asyncio.shield(opening)
            yield room
        finally:
            room.users -= 1

    async def _open(self, room: Room) -> None:
        try:
            async with self._subscribing:
                await self._subscriber.add(room.board, room.heard)
            await room.open()
            metrics.ROOMS.set(len(self._rooms))
        except BaseException:
            await self._shut(room)
            raise
        finally:
            self._opening.pop(room.board, None)

    async def _shut(self, room: Room) -> None:
        room.close()
        if self._rooms.get(room.board) is room:
            del self._rooms[room.board]
        metrics.ROOMS.set(len(self._rooms))
        async with self._subscribing:
            if room.board not in self._rooms:  # somebody may have opened it again meanwhile
                await self._subscriber.remove(room.board)

    def _lost(self) -> None:
        """Messages may be missing: every room has to look."""
        logs.warning("subscriber.lost", rooms=len(self._rooms))
        for room in self._rooms.values():
            room.subscription_lost()

    async def sweep_rooms(self, now: float, rooms: Iterable[Room] | None = None) -> None:
        """Closes rooms that nobody is in, and lets the others do what is due; all, or some of them."""
        for room in list(self._rooms.values()) if rooms is None else rooms:
            room.lag = self._lag
            if room.board in self._opening or self._rooms.get(room.board) is not room:
                continue
            if room.idle(now):
                await self._shut(room)
            else:
                room.sweep(now)

    async def _sweep(self) -> None:
        """Goes round once in ``SWEEP_SECONDS``, a part at a time: hundreds of rooms in one go would make
        every stroke wait that comes meanwhile."""
        loop = asyncio.get_running_loop()
        while True:
            connections, rooms = list(self._connections), list(self._rooms.values())
            standings = []
            for part in range(SWEEP_PARTS):
                await asyncio.sleep(SWEEP_SECONDS / SWEEP_PARTS)
                for connection in connections[part::SWEEP_PARTS]:
                    connection.sweep(loop.time())
                    standings.append(connection.standing)
                await self.sweep_rooms(self.clock.now(), rooms[part::SWEEP_PARTS])
            for tally in metrics.TALLIES:
                tally.flush()
            gauges.show(standings, self._rooms.values())

    async def _mind_store(self) -> None:
        """Tells everybody here when the store stops to take writes, and when it does again."""
        problem = ""
        while True:
            await asyncio.sleep(HEALTH_SECONDS)
            if not self._connections:
                continue
            health = await self.store.health()
            if health.problem != problem:
                problem = health.problem
                logs.warning("store.trouble", ok=health.ok, problem=problem)
            notice = _notice(health)
            if notice == self.trouble:
                continue
            self.trouble = notice
            for connection in list(self._connections):
                connection.notice(notice or Notice("", ""))

    async def _sample_lag(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + LAG_SECONDS
            await asyncio.sleep(LAG_SECONDS)
            late = max(0.0, loop.time() - due)
            self._lag = max(late, self._lag * 0.8)
            metrics.LOOP_LAG.set(late)


def _notice(health: StoreHealth) -> Notice | None:
    """What people are told; a store that would forget is for the person who runs it to know."""
    if not health.code:
        return None
    code = FULL if health.code == RefusalCode.STORE_FULL else TROUBLE
    return Notice(code, health.problem[:1000])
