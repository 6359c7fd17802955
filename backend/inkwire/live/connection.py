"""One connection: from the first frame to the last.

Reads by plain calls (``received``), so that nothing here may wait; what has to wait (the store) is in
``serve``. Writes only through its ``Sender``.
"""

from __future__ import annotations

import asyncio
import secrets
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from inkwire.access.tokens import hashed
from inkwire.errors import BoardNotFound, FrameError, InkwireError, Refusal, StoreUnavailable
from inkwire.live.arriving import bring_up, provable
from inkwire.live.clock import Clock
from inkwire.live.drain import Drain
from inkwire.live.limits import QUIET_PING_SECONDS, SILENT_SECONDS
from inkwire.live.pushes import Author, Pushes
from inkwire.live.room import Room
from inkwire.live.sender import Sender, Standing
from inkwire.live.told import session_mark
from inkwire.live.websocket import BoardSocket
from inkwire.observe import logs, metrics
from inkwire.protocol import codec
from inkwire.protocol.codes import CloseCode, RefusalCode
from inkwire.protocol.frames import (
    ClientFrame,
    Hello,
    Live,
    Notice,
    Pong,
    Position,
    Push,
    Rect,
    Welcome,
    Who,
)
from inkwire.protocol.limits import HELLO_SECONDS, MAX_LIVE_BYTES, MAX_PUSH_BYTES
from inkwire.protocol.scalars import Role
from inkwire.protocol.version import PROTOCOL_VERSION
from inkwire.rooms.permissions import may_show
from inkwire.rooms.quotas import Accounts
from inkwire.store.board_store import Arrival, BoardMeta, BoardStore


class Worker(Protocol):
    """What a connection needs of the worker that it is on: see ``live.hub.Hub``."""

    store: BoardStore
    clock: Clock
    home: str
    drain: Drain
    accounts: Accounts
    trouble: Notice | None

    def room(self, board: str) -> AbstractAsyncContextManager[Room]: ...


class Connection:
    """One open socket. ``serve`` runs for as long as it is open."""

    def __init__(self, socket: BoardSocket, worker: Worker, board: str, address: str = "") -> None:
        self.peer = secrets.token_urlsafe(9)
        self.board = board
        self._socket = socket
        self._worker = worker
        self._clock = worker.clock
        self._loop = asyncio.get_running_loop()
        self._sender = Sender(socket, self._fell_behind, self._steer_reading, self.peer)
        self.link = ""
        """See ``live.room.Member``."""
        self.pump = self._sender.pump
        """See ``live.room.Member``."""
        self._address = address
        self._share = worker.accounts.share(self._loop.time())
        self._hello: asyncio.Future[Hello] = self._loop.create_future()
        self._gone: asyncio.Future[None] = self._loop.create_future()
        self._room: Room | None = None
        self._role: Role = "viewer"
        self._view: Rect | None = None
        self._pushes: Pushes | None = None
        self._arriving: asyncio.Task[None] | None = None
        self._leaving = False
        socket.listener = self

    async def serve(self) -> None:
        """Returns when the connection is over and what it pushed is stored or refused."""
        try:
            hello = await self._greeted()
            if hello is not None:
                await self._take_part(hello)
        except FrameError as error:
            self.close(error.close_code, str(error))
        except StoreUnavailable as error:
            self.close(CloseCode.OVERLOADED, str(error))
        except BoardNotFound as error:
            self.close(CloseCode.NO_SUCH_BOARD, str(error))
        except Exception:
            self.fault()
        finally:
            if self._arriving is not None:
                self._arriving.cancel()
            self._sender.close()

    def close(self, code: int, reason: str = "") -> None:
        """Says why and ends the connection."""
        if self._socket.open:
            metrics.CLOSED.labels(int(code)).inc()
            logs.info("connection.closed", board=self.board, peer=self.peer, code=int(code))
            self._socket.finish(code, reason)

    # --- as the listener of its socket ----------------------------------------------------------

    def received(self, data: bytes) -> None:
        """A message came."""
        metrics.FRAMES_IN.count += 1
        metrics.BYTES_IN.count += len(data)
        try:
            self._take(codec.decode_client(data), len(data))
        except FrameError as error:
            self.close(error.close_code, str(error))

    def read(self) -> None:
        """What came together is taken: now others are told."""
        if self._room is not None:
            self._room.settle()

    def drained(self) -> None:
        """The socket took everything."""
        self._sender.drained()

    def echoed(self, number: int) -> bool:
        """The peer has what it was sent, up to a mark."""
        return self._sender.echoed(number)

    def ended(self) -> None:
        """The peer is gone, or we have said goodbye."""
        self._sender.close()
        if not self._gone.done():
            self._gone.set_result(None)
        if self._pushes is not None:
            self._pushes.close()
        if self._arriving is not None:
            self._arriving.cancel()

    def leave_soon(self) -> None:
        """The server stops."""
        self._worker.drain.add(self)

    def notice(self, notice: Notice) -> None:
        """Tells how the service is; to who has been welcomed."""
        if self._room is not None:
            self._sender.answer(notice)
            self._sender.reply()

    async def leave(self, reason: str) -> None:
        """Stores what was pushed, answers it, and closes as restarting."""
        self._leaving = True
        self.notice(Notice("restarting", reason))
        self._socket.pause_reading()
        if self._pushes is not None:
            self._pushes.close()
            await self._pushes.idle()
        self._sender.pump()
        self.close(CloseCode.RESTARTING, reason)

    @property
    def standing(self) -> Standing:
        """How far behind the peer is."""
        return self._sender.standing

    # --- as a member of its room ----------------------------------------------------------------

    @property
    def seen_live(self) -> int:
        """See ``live.room.Member``."""
        return self._sender.seen_live

    def start_over(self) -> None:
        """See ``live.room.Member``."""
        if self._room is not None:
            self._bring_up(self._room, None)

    def superseded(self) -> None:
        """See ``live.room.Member``."""
        if self._pushes is not None:
            self._pushes.close(drop=True)
        self.close(CloseCode.SUPERSEDED, "this page has a newer connection")

    def fault(self) -> None:
        """Something of ours failed, which is being handled as an exception; the page comes again."""
        logs.error("connection.fault", board=self.board, peer=self.peer)
        self.close(CloseCode.RESYNC, "a fault of the server")

    def withdrawn(self) -> None:
        """See ``live.room.Member``."""
        if self._pushes is not None:
            self._pushes.close(drop=True)
        self.close(CloseCode.FORBIDDEN, "the link was withdrawn")

    def board_gone(self) -> None:
        """See ``live.room.Member``."""
        self.close(CloseCode.NO_SUCH_BOARD, "no such board")

    def sweep(self, now: float) -> None:
        """Once a second: is the peer alive, does it take what is sent?"""
        if self._sender.stalled(now):
            self.close(CloseCode.SLOW, "nothing was taken for too long")
            return
        silent = now - self._socket.heard_at
        if silent > SILENT_SECONDS and not self._socket.read_paused and not self._socket.waiting():
            self.close(CloseCode.NO_PONG, "no sign of life")
        elif silent > QUIET_PING_SECONDS and not self._socket.waiting():
            metrics.PINGS.inc()
            self._socket.ping()

    # --- within ---------------------------------------------------------------------------------

    async def _greeted(self) -> Hello | None:
        """The first frame; None when the peer left before."""
        await asyncio.wait(
            (self._hello, self._gone), timeout=HELLO_SECONDS, return_when=asyncio.FIRST_COMPLETED
        )
        if self._gone.done():
            return None
        if not self._hello.done():
            raise FrameError("no hello in time", CloseCode.NO_HELLO)
        return self._hello.result()

    async def _take_part(self, hello: Hello) -> None:
        self._role = await self._admitted(hello)
        self.link = hashed(hello.token)
        self._view = hello.viewport
        async with self._worker.room(self.board) as room:
            self._take_a_place(room, hello)
            if self._gone.done():  # one that has left must not outdo the page's next connection
                return
            meta, arrival = await asyncio.gather(room.meta(), self._registered(hello.session))
            author = Author(hello.person, self._role, arrival)
            self._pushes = Pushes(
                self._worker.store, self._clock, room, self._sender, author, self._outdone
            )
            await self._welcome(room, hello, meta)
            if self._gone.done():
                return
            self._room = room
            who = Who(hello.person, hello.name, hello.color, self._role)
            room.join(self.peer, who, arrival, self)
            if self._worker.trouble is not None:
                self.notice(self._worker.trouble)
            try:
                await self._pushes.run()
            finally:
                room.leave(self.peer)

    def _take_a_place(self, room: Room, hello: Hello) -> None:
        """Is there room for one more? Then what it sends counts for its person and its board."""
        accounts = self._worker.accounts
        if room.connections > accounts.quotas.board_connections and not room.has(hello.session):
            raise FrameError("as many people as fit are here", CloseCode.ROOM_FULL)
        accounts.join(
            self._share,
            self._loop.time(),
            address=self._address,
            person=hello.person,
            board=self.board,
        )

    async def _admitted(self, hello: Hello) -> Role:
        if hello.version != PROTOCOL_VERSION:
            raise FrameError(
                f"this server speaks version {PROTOCOL_VERSION}", CloseCode.WRONG_VERSION
            )
        if not hello.token:
            raise FrameError("a key is needed", CloseCode.BAD_TOKEN)
        role = None
        if hello.board == self.board:
            role = await self._worker.store.role_of(self.board, hello.token)
        if role is None:
            raise BoardNotFound("no such board, or the key does not open it")
        return role

    async def _registered(self, session: str) -> Arrival:
        """From here on no older connection of the page stores anything.

        Raises ``StoreUnavailable`` if the store does not answer.
        """
        mark = session_mark(session)
        try:
            return await self._worker.store.arrive(self.board, mark, self._clock.wall_ms())
        except StoreUnavailable as error:
            if error.code != RefusalCode.READ_ONLY:
                raise
            # Who may look at a store that takes no writes need not push; who pushes comes again.
            logs.warning("connection.unregistered", board=self.board, reason=str(error))
            return Arrival(mark, 0)

    def _outdone(self, arrival: Arrival) -> None:
        """The store takes no more pushes of this connection."""
        if arrival.number:
            self.superseded()
        else:
            self.close(CloseCode.RESYNC, "the store could not be told of this connection")

    async def _welcome(self, room: Room, hello: Hello, meta: BoardMeta) -> None:
        """Says who and where we are, and starts to send what the peer lacks."""
        resumed = hello.resume is not None and await provable(room, hello.resume)
        metrics.RESUMED.inc(int(resumed))
        self._sender.answer(
            Welcome(
                PROTOCOL_VERSION,
                meta.epoch,
                meta.seq,
                resumed,
                self.peer,
                self._role,
                meta.title,
                self._worker.home,
            )
        )
        self._sender.pump()
        self._room = room
        self._bring_up(room, hello.resume if resumed else None)

    def _bring_up(self, room: Room, position: Position | None) -> None:
        if self._arriving is not None:
            self._arriving.cancel()
        self._sender.unfollow()
        self._arriving = asyncio.create_task(self._arrive(room, position), name="arrive")

    async def _arrive(self, room: Room, position: Position | None) -> None:
        try:
            await bring_up(self._sender, room, position, self._view)
        except InkwireError as error:
            self.close(CloseCode.OVERLOADED, str(error))
        except Exception:
            self.fault()

    def _fell_behind(self, seq: int) -> None:
        """The ring dropped what comes next: the log has it, or a snapshot has to do."""
        metrics.RESYNCS.inc()
        if self._room is not None:
            self._bring_up(self._room, Position(self._room.epoch, seq))

    def _take(self, frame: ClientFrame, size: int) -> None:
        if isinstance(frame, Hello):
            if self._hello.done():
                raise FrameError("hello twice", CloseCode.MALFORMED)
            self._hello.set_result(frame)
            return
        if not self._hello.done():
            raise FrameError("the first frame has to be hello", CloseCode.MALFORMED)
        now = self._loop.time()
        ops = len(frame.ops) if isinstance(frame, Push) else 0
        wait = self._share.take(now, size=size, ops=ops)
        if wait and self._share.exhausted(now):
            raise FrameError("far too much at once", CloseCode.RATE)
        if isinstance(frame, Live):
            if wait or size > MAX_LIVE_BYTES:
                metrics.LIVE_DROPPED.inc()
            elif self._room is not None:
                self._room.show(self.peer, may_show(self._role, frame.state))
            return  # it leaves nothing that waits
        if isinstance(frame, Push):
            self._take_push(frame, size, wait)
        else:
            self._sender.answer(Pong(frame.stamp, self._clock.wall_ms()))
            self._sender.reply()
        self._steer_reading()

    def _take_push(self, push: Push, size: int, wait: float) -> None:
        if self._pushes is None:
            raise FrameError("pushes have to wait for the welcome", CloseCode.MALFORMED)
        refusal = None
        if wait:
            refusal = Refusal(
                RefusalCode.RATE, "Too much at once.", retryable=True, retry_after=wait
            )
        elif size > MAX_PUSH_BYTES:
            refusal = Refusal(
                RefusalCode.INVALID, f"{size} bytes in one push, at most {MAX_PUSH_BYTES}."
            )
        self._pushes.add(push, size, refusal)

    def _steer_reading(self) -> None:
        """Reads on, or not while too much waits: the peer's own socket then holds it back."""
        if self._leaving or self._sender.crowded or (self._pushes and self._pushes.crowded):
            self._socket.pause_reading()
        else:
            self._socket.resume_reading()
