"""uvicorn's sans-I/O WebSocket protocol with what ASGI hides made visible.

ASGI's ``send()`` waits in silence while a peer does not read, and ``close()`` waits behind it. Here a
listener sees the bytes that wait, writes whole messages that are encoded once and shared, is called when
the socket has drained, and can drop a dead peer. It also receives messages by a plain call, which costs
less than a queue and a task switch; it pauses reading itself when it has enough. Plain messages are read
here (``live.framing``), everything else by the library.

Given to uvicorn through its public ``ws=`` option (``live.uvicorn_options``). Only this module knows
uvicorn's insides; a test fails when they change.
"""

from __future__ import annotations

import contextlib
import socket
import sys
from asyncio.transports import BaseTransport
from collections.abc import Callable
from typing import Any, Final, Protocol, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.http11 import Request
from websockets.protocol import OPEN

from inkwire.live.framing import BREACH, frame_size, sole_echo, sole_message
from inkwire.live.limits import CLOSING_SECONDS, DEAF_BYTES, SMALL_FRAGMENT_BYTES, TRIFLES
from inkwire.observe import metrics
from inkwire.protocol.codes import CloseCode
from inkwire.rooms.allowance import Bucket

EXTENSION: Final = "inkwire.socket"
"""Where a handler finds its socket: ``scope["extensions"][EXTENSION]["socket"]``."""

_LOWAT: Final = 32 * 1024
_USER_TIMEOUT_MS: Final = 30_000
_MAX_FRAGMENTS: Final = 1_024
_MAX_REASON: Final = 123
_MARK_BYTES: Final = 4
_LINUX_TCP_NOTSENT_LOWAT: Final = 25


class Listener(Protocol):
    """Who has taken over a socket; every call is made in the event loop and must return at once."""

    def received(self, data: bytes) -> None:
        """A binary message came; ``read`` follows."""

    def read(self) -> None:
        """All that came together was handed over."""

    def drained(self) -> None:
        """Everything written has left the process."""

    def echoed(self, number: int) -> bool:
        """Everything before the mark of that number (``mark_frame``) has arrived.

        Whether such a mark was on its way at all.
        """

    def ended(self) -> None:
        """No message will come any more; called once."""

    def leave_soon(self) -> None:
        """The server stops: say goodbye when it suits, in seconds."""


class BoardSocket(WebSocketsSansIOProtocol):
    """A server's side of one WebSocket."""

    listener: Listener | None = None
    heard_at: float = 0.0
    """When the last byte came, on the event loop's clock."""
    _ended = False
    _shaken = False
    """Whether frames come now: the handshake's request is here and was taken."""
    _deaf = False
    """Whether all was said and what still comes is thrown away."""
    _thrown_away = 0
    _judged = False
    """Whether the library reads all by itself, because it is about to find a breach."""

    # --- for the listener -----------------------------------------------------------------------

    waiting: Callable[[], int]
    """Bytes written that have not left the process; the transport's own call, for it is made often."""
    write: Callable[[bytes], None]
    """Writes whole messages, each with its head (``framed``). Never waits; see ``waiting``."""

    @property
    def open(self) -> bool:
        """Whether messages may still be written."""
        return (
            self.handshake_complete
            and not self._ended
            and not self.close_sent
            and not self.transport.is_closing()
        )

    def ping(self) -> None:
        """Asks the peer for a sign of life; ``heard_at`` tells."""
        if self.open:
            self.conn.send_ping(b"")
            self._flush()

    def pause_reading(self) -> None:
        """Takes nothing more from the peer until ``resume_reading``."""
        if not self.read_paused:
            self.read_paused = True
            self.transport.pause_reading()

    def resume_reading(self) -> None:
        """Goes on reading."""
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()

    def finish(self, code: int, reason: str = "") -> None:
        """Sends a close frame, waits a few seconds for the peer's, then drops the socket."""
        if not self.open:
            return
        self.conn.send_close(code, _cut(reason))
        self._flush()
        self.close_sent = True
        self.resume_reading()
        self.close_timer = self.loop.call_later(CLOSING_SECONDS, self.transport.abort)
        self._end()

    def abort(self) -> None:
        """Drops the socket and what waits in it."""
        self.transport.abort()
        self._end()

    # --- uvicorn's side -------------------------------------------------------------------------

    async def send(self, message: Any) -> None:
        await super().send(message)
        if self.close_sent:  # uvicorn forgets this after a denial, and would answer once more
            self.handshake_complete = True

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        self.heard_at = self.loop.time()
        self._rest = bytearray()
        self._trifles = Bucket(TRIFLES, self.heard_at)
        self.waiting = self.transport.get_write_buffer_size
        self.write = self.transport.write
        self.transport.set_write_buffer_limits(high=0)
        raw = transport.get_extra_info("socket")
        if raw is not None and raw.family in (socket.AF_INET, socket.AF_INET6):
            _tune(raw)

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if not self.close_sent:
            cast(dict[str, Any], self.scope["extensions"])[EXTENSION] = {"socket": self}
            self._shaken = True

    def data_received(self, data: bytes) -> None:
        self.heard_at = self.loop.time()
        if self._deaf:
            self._throw_away(len(data))
        elif self._judged or not self._shaken:
            super().data_received(data)
        elif self._rest or not self._plain(data):
            self._split(data)
        if self.listener is not None:
            self.listener.read()

    def handle_ping(self) -> None:
        super().handle_ping()
        self._count_trifle()

    def handle_pong(self, event: Frame) -> None:
        number = int.from_bytes(event.data, "big") if len(event.data) == _MARK_BYTES else None
        if self.listener is None or number is None or not self.listener.echoed(number):
            self._count_trifle()

    def handle_text(self, event: Frame) -> None:
        super().handle_text(event)
        self._count_fragment(event)

    def handle_bytes(self, event: Frame) -> None:
        super().handle_bytes(event)
        self._count_fragment(event)

    def handle_cont(self, event: Frame) -> None:
        super().handle_cont(event)
        self._count_fragment(event)

    def send_receive_event_to_app(self) -> None:
        if self.listener is None:
            super().send_receive_event_to_app()
            return
        data = self.frames[0] if len(self.frames) == 1 else b"".join(self.frames)
        self.frames = []
        if self.close_sent:
            return
        if self.curr_msg_data_type == "text":
            metrics.CLOSED.labels(int(CloseCode.NOT_A_FRAME)).inc()
            self.finish(CloseCode.NOT_A_FRAME, "frames are binary")
        else:
            self.listener.received(bytes(data))

    def resume_writing(self) -> None:
        super().resume_writing()
        if self.listener is not None and not self._ended:
            self.listener.drained()

    def handle_close(self, event: Frame) -> None:
        super().handle_close(event)
        self._drop_later()
        self._end()

    def handle_parser_exception(self) -> None:
        self._say_and_end()

    def eof_received(self) -> None:
        self._drop_later()
        self._end()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._end()

    def shutdown(self) -> None:
        if self.listener is not None and self.open:
            self.listener.leave_soon()
        else:
            super().shutdown()

    def _plain(self, data: bytes) -> bool:
        """Hands over what is all of ``data`` and nothing unusual: a message, or the echo of a mark."""
        conn = self.conn
        if self.listener is None or conn.state is not OPEN or conn.current_size is not None:
            return False
        message = sole_message(data)
        if message is not None:
            self.listener.received(message)
            return True
        echo = sole_echo(data)
        if echo is None:
            return False
        if not self.listener.echoed(echo):
            self._count_trifle()  # what we asked for is no trifle, however often we ask
        return True

    def _split(self, data: bytes) -> None:
        """Takes the frames that are complete, one by one."""
        rest, start = self._rest, 0
        rest += data
        while not self._deaf:
            size = frame_size(rest, start, self.config.ws_max_size - (self.conn.current_size or 0))
            if size == BREACH:
                self._judged = True
                size = len(rest) - start
            if not size:
                break
            frame = bytes(rest[start : start + size])
            start += size
            if self._judged or not self._plain(frame):
                super().data_received(frame)
        del rest[:start]

    def _count_fragment(self, event: Frame) -> None:
        if len(self.frames) > _MAX_FRAGMENTS:
            self._fail(CloseCode.TOO_BIG, "too many fragments")
        elif not event.fin and len(event.data) < SMALL_FRAGMENT_BYTES:
            self._count_trifle()

    def _count_trifle(self) -> None:
        """A control frame or a tiny fragment came: work for us that serves nobody."""
        if self._trifles.wait(self.loop.time()):
            self._fail(CloseCode.RATE, "far too many control frames or fragments")
        self._trifles.take(1)

    def _fail(self, code: int, reason: str) -> None:
        if self.conn.state is OPEN:
            self.conn.send_close(code, reason)
        self._say_and_end()

    def _say_and_end(self) -> None:
        """Sends the close frame that the library has ready, and listens no more.

        Closing at once would reset the connection while the peer still sends, and the close code with
        it: we end our half, and throw away what comes until the peer ends its own.
        """
        if self._deaf:
            return
        self._deaf = True
        self.frames = []
        if not self.close_sent:
            self.close_sent = True
            self._flush()
            if self.conn.close_sent is not None:
                metrics.CLOSED.labels(self.conn.close_sent.code).inc()
        with contextlib.suppress(OSError, RuntimeError, NotImplementedError):
            self.transport.write_eof()
        self._drop_later()
        self._end()

    def _throw_away(self, size: int) -> None:
        self._thrown_away += size
        if self._thrown_away > DEAF_BYTES:
            self.pause_reading()  # the peer's own socket holds it back until it is dropped

    def _flush(self) -> None:
        self.transport.write(b"".join(self.conn.data_to_send()))

    def _drop_later(self) -> None:
        if self.close_timer is None and not self.disconnected:
            self.close_timer = self.loop.call_later(CLOSING_SECONDS, self.transport.abort)

    def _end(self) -> None:
        if not self._ended:
            self._ended = True
            if self.listener is not None:
                self.listener.ended()


def framed(payload: bytes) -> bytes:
    """A binary message as it goes over the wire from a server (RFC 6455, section 5.2)."""
    size = len(payload)
    if size < 126:
        return b"\x82" + bytes((size,)) + payload
    if size < 1 << 16:
        return b"\x82\x7e" + size.to_bytes(2, "big") + payload
    return b"\x82\x7f" + size.to_bytes(8, "big") + payload


def mark_frame(number: int) -> bytes:
    """A ping whose answer says that everything before it has arrived; see ``Listener.echoed``."""
    return b"\x89\x04" + number.to_bytes(_MARK_BYTES, "big")


def _cut(reason: str) -> str:
    return reason.encode()[:_MAX_REASON].decode(errors="ignore")


def _tune(raw: socket.socket) -> None:
    """A stalled peer may keep little in the kernel, and not for long. Options a system lacks are left."""
    options = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
    if sys.platform == "linux":
        options += [
            (socket.IPPROTO_TCP, _LINUX_TCP_NOTSENT_LOWAT, _LOWAT),
            (socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _USER_TIMEOUT_MS),
        ]
    for option in options:
        with contextlib.suppress(OSError):
            raw.setsockopt(*option)
