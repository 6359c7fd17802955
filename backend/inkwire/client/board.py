"""A live connection to one board."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Iterable
from types import TracebackType
from typing import Any, NamedTuple, Self, TypedDict

import msgspec
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from inkwire.client import http
from inkwire.client.address import Address
from inkwire.client.drawing import Drawing
from inkwire.client.replica import Replica
from inkwire.errors import ConnectionLost, FrameError, Refusal
from inkwire.protocol import codec
from inkwire.protocol.frames import (
    Accepted,
    Batch,
    Commit,
    Live,
    LiveState,
    Merged,
    Notice,
    Page,
    PeerLive,
    Ping,
    Pong,
    Push,
    Ready,
    Refused,
    Reset,
    Welcome,
)
from inkwire.protocol.ops import Op
from inkwire.rooms.document import Document

_LIVE_KEPT = 10_000


class Digest(TypedDict):
    """The same shape as ``GET /api/boards/{id}/digest``."""

    epoch: str
    seq: int
    sha256: str


class _InFlight(NamedTuple):
    n: int
    run: int
    """Which count it belongs to: a refusal starts a new one."""
    done: asyncio.Future[int]


class Board:
    """One open socket. Made by ``connect``; ends with ``close``, ``abort`` or the server's close.

    ``position`` is the (epoch, seq) to resume at, ``document`` what the board holds at that position (None
    if the connection was resumed without one), ``role`` and ``peer`` what the server said.
    """

    def __init__(
        self,
        socket: ClientConnection,
        address: Address,
        replica: Replica,
        cid: str,
        n: int,
    ) -> None:
        self.address = address
        self.cid = cid
        self.welcome: Welcome | None = None
        self.notice = ""
        self.snapshots = 0
        """Snapshots received; more than one means that the server could not prove continuity."""
        self.close_code: int | None = None
        self.close_reason = ""
        self._loading = True
        self._socket = socket
        self._replica = replica
        self._n = n
        self._run = 0
        self._accepted = (0, 0)
        self._own: dict[int, int] = {}
        self._in_flight: deque[_InFlight] = deque()
        self._commits: asyncio.Queue[Commit | Merged | Ready | None] = asyncio.Queue()
        self._live: deque[PeerLive] = deque(maxlen=_LIVE_KEPT)
        self._live_came = asyncio.Event()
        self._pongs: dict[int, asyncio.Future[Pong]] = {}
        self._entered: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._moved = asyncio.Condition()
        self._reader = asyncio.create_task(self._read(), name="inkwire-client-reader")

    @property
    def position(self) -> tuple[str, int]:
        """(epoch, seq) of the last commit applied here."""
        return (self._replica.position.epoch, self._replica.position.seq)

    @property
    def document(self) -> Document | None:
        """The board as of ``position``."""
        return self._replica.document

    @property
    def n(self) -> int:
        """The number of the last push sent; a later connection goes on after it."""
        return self._n

    @property
    def closed(self) -> bool:
        """Whether the connection has ended."""
        return self._reader.done()

    async def entered(self) -> None:
        """Waits until the board is complete here. Raises ``ConnectionLost`` or ``Refusal``."""
        await asyncio.shield(self._entered)

    async def push(
        self, ops: Iterable[Op | list[Any]], *, gesture: str = "", n: int | None = None
    ) -> int:
        """Commits ops and returns the seq at which they are stored.

        Of a push whose commit was not seen on this connection, it may be the seq of a later one.

        Ops are structs of ``inkwire.protocol.ops`` or their plain form (``["put", {...}]``); at most 500 of
        them, 256 KiB encoded. Pushes may be pipelined: call it again before the first returns. ``n`` sends an
        earlier push again, after a reconnect with the same ``cid``: it is never applied twice.
        Errors: ``Refusal`` with a published code, ``ConnectionLost`` when the socket ended before the answer (the
        push may or may not be stored: send it again with the same ``cid`` and ``n``).
        """
        if self._reader.done():
            raise ConnectionLost(self._how_it_ended())
        number = self._n + 1 if n is None else n
        typed = msgspec.convert(_plain(ops), tuple[Op, ...])
        frame = Push(self.cid, number, gesture, typed)
        done: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._in_flight.append(_InFlight(number, self._run, done))
        self._n = max(self._n, number)
        await self._send(frame)
        return await done

    async def send_live(self, state: LiveState) -> None:
        """Shows the others what need not survive: cursor, ink, drafts."""
        await self._send(Live(state))

    async def ping(self) -> float:
        """Seconds until the server's answer."""
        stamp = time.monotonic_ns() // 1000
        self._pongs[stamp] = asyncio.get_running_loop().create_future()
        await self._send(Ping(stamp))
        await self._pongs[stamp]
        return time.monotonic_ns() / 1e9 - stamp / 1e6

    async def commits(self) -> AsyncIterator[Commit | Merged | Ready]:
        """Every commit since the connection was made, in order, one's own too.

        A ``Merged`` stands for the commits ``first`` … ``last``, all that is left of them: the server sends it
        to who is far behind.
        A ``Ready`` among them says that a snapshot replaced the document: continuity starts anew at its seq.
        Ends when the connection does.
        """
        while (item := await self._commits.get()) is not None:
            yield item
        self._commits.put_nowait(None)

    async def live(self) -> AsyncIterator[PeerLive]:
        """What the peers do, oldest first; of what nobody fetched only the newest 10,000 are kept."""
        while True:
            while self._live:
                yield self._live.popleft()
            if self._reader.done():
                return
            self._live_came.clear()
            await self._live_came.wait()

    async def reached(self, seq: int) -> None:
        """Waits until commit ``seq`` is applied here. Raises ``ConnectionLost``."""
        async with self._moved:
            await self._moved.wait_for(lambda: self.position[1] >= seq or self._reader.done())
        if self.position[1] < seq:
            raise ConnectionLost(self._how_it_ended())

    async def digest(self) -> Digest:
        """The digest of what this client holds; the server's where it was resumed without a document."""
        if self.document is None:
            return await self.server_digest()
        epoch, seq = self.position
        return Digest(epoch=epoch, seq=seq, sha256=self.document.digest())

    async def server_digest(self) -> Digest:
        """``GET /api/boards/{id}/digest``. Raises ``BoardNotFound``, ``ConnectionLost`` or ``Refusal``."""
        return msgspec.convert(await http.fetched(self.address, "/digest"), Digest)

    def drawing(self, *, gesture: str = "") -> Drawing:
        """Shapes, arrows, ink in few words; ``async with`` sends them as one step at its end."""
        return Drawing(self, gesture=gesture)

    async def export(self, form: str, **options: Any) -> bytes:
        """The board as a file: ``svg png pdf json ndjson excalidraw inkwire``; options as in docs/api.md.

        Errors: ``BoardNotFound``, ``ConnectionLost``, ``Refusal`` (wrong options, too much at once).
        """
        return b"".join([piece async for piece in http.exported(self.address, form, options)])

    def activity(
        self, *, since: str | int = "", types: str = "", follow: bool = True
    ) -> AsyncIterator[dict[str, Any]]:
        """What happens on the board, in sums for people (docs/api.md, A1 to A9).

        ``since`` is the id of an event to go on after, or a time in Unix milliseconds. It ends when the server does;
        go on with the last event's id. Errors as of ``export``.
        """
        return http.activity(self.address, since=since, types=types, follow=follow)

    async def close(self) -> None:
        """Says goodbye and waits for the end."""
        await self._socket.close()
        await asyncio.gather(self._reader, return_exceptions=True)

    def abort(self) -> None:
        """Drops the connection as a fault would: no goodbye, nothing flushed."""
        self._socket.transport.abort()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def _send(self, frame: object) -> None:
        try:
            await self._socket.send(codec.encode(frame))
        except ConnectionClosed:
            await asyncio.gather(self._reader, return_exceptions=True)
            raise ConnectionLost(self._how_it_ended()) from None

    async def _read(self) -> None:
        try:
            async for data in self._socket:
                if isinstance(data, bytes):
                    await self._receive(data)
        except FrameError as error:
            await self._socket.close(error.close_code, str(error)[:120])
        except ConnectionClosed:
            pass
        finally:
            await self._ended()

    async def _receive(self, data: bytes) -> None:
        match codec.decode_server(data):
            case Batch(commits, live, _left):
                for commit in commits:
                    if self._replica.commit(commit):
                        self._commits.put_nowait(commit)
                        if commit.cid == self.cid:
                            self._own[commit.n] = commit.seq
                self._settle_pushes()
                self._live.extend(live)
                self._live_came.set()
                if commits:
                    self._enter()
                    await self._tell_moved()
            case Merged() as merged:
                if self._replica.merged(merged):
                    self._commits.put_nowait(merged)
                self._settle_pushes()
                self._enter()
                await self._tell_moved()
            case Accepted(cid, n, seq):
                if cid == self.cid and n >= self._accepted[0]:
                    self._accepted = (n, seq)
                    self._settle_pushes()
            case Refused() as refused:
                self._refuse(refused)
            case Welcome() as welcome:
                self.welcome = welcome
                self._loading = not welcome.resumed
                self._enter()
            case Reset() as reset:
                self._replica.reset(reset)
                self._loading = True
            case Page() as page:
                self._replica.page(page)
            case Ready() as ready:
                self._replica.ready()
                self.snapshots += 1
                self._loading = False
                if self._entered.done():
                    self._commits.put_nowait(ready)
                self._enter()
                self._settle_pushes()
                await self._tell_moved()
            case Notice(code, _message):
                self.notice = code
            case Pong() as pong:
                if waiting := self._pongs.pop(pong.stamp, None):
                    _settle(waiting, pong)

    def _settle_pushes(self) -> None:
        """Answers are cumulative and name the last push's seq; an earlier one's is in its commit."""
        accepted, accepted_seq = self._accepted
        while self._in_flight and (n := self._in_flight[0].n) <= accepted:
            seq = self._own.pop(n, accepted_seq if n == accepted else None)
            if seq is None:
                if self.position[1] < accepted_seq:
                    return
                seq = accepted_seq  # its commit came before this connection, or within a snapshot
            _settle(self._in_flight.popleft().done, seq)

    def _enter(self) -> None:
        """A snapshot may be a little old, its tail follows: the board is whole where Welcome said."""
        welcome = self.welcome
        if welcome is not None and not self._loading and self.position[1] >= welcome.seq:
            _settle(self._entered, None)

    def _refuse(self, refused: Refused) -> None:
        """A refused push was not counted: its number is given to the next one.

        What was pipelined behind it is refused as a gap; those refusals must not rewind the count again,
        or a number would name two pushes.
        """
        # Not always the first: one that is accepted stays until its commit is seen here.
        push = next((each for each in self._in_flight if each.n == refused.n), None)
        if refused.cid != self.cid or push is None:
            return
        self._in_flight.remove(push)
        if push.run == self._run:
            self._n = (refused.expected or refused.n) - 1
            self._run += 1
        push.done.set_exception(
            Refusal(
                refused.code,
                refused.message,
                retryable=refused.retryable,
                retry_after=refused.retry_after,
            )
        )

    async def _tell_moved(self) -> None:
        async with self._moved:
            self._moved.notify_all()

    async def _ended(self) -> None:
        self.close_code = self._socket.close_code
        self.close_reason = self._socket.close_reason or ""
        lost = ConnectionLost(self._how_it_ended())
        waits: list[asyncio.Future[Any]] = [push.done for push in self._in_flight]
        for waiting in [*waits, *self._pongs.values(), self._entered]:
            if not waiting.done():
                waiting.set_exception(lost)
                waiting.exception()  # fetched here, so that nobody is warned of one nobody awaits
        self._in_flight.clear()
        self._commits.put_nowait(None)
        self._live_came.set()
        await self._tell_moved()

    def _how_it_ended(self) -> str:
        return f"closed with {self.close_code} {self.close_reason}".strip()


def _settle(future: asyncio.Future[Any], value: object) -> None:
    if not future.done():
        future.set_result(value)


def _plain(ops: Iterable[Op | list[Any]]) -> list[Any]:
    return [msgspec.to_builtins(op, builtin_types=(bytes,)) for op in ops]
