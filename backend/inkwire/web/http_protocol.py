"""uvicorn's HTTP protocol with bounds on a request's head: it comes soon, and it is no larger than needed.

Without them a head may be endless, or never end. Given to uvicorn through its public ``http=`` option
(``live.uvicorn_options``); a test fails when its class changes.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from http import HTTPStatus
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from inkwire.observe import metrics
from inkwire.web import breaking_off
from inkwire.web.problems import MEDIA_TYPE, problem

MAX_HEAD_BYTES: Final = 32 * 1024
"""Of a request's line and headers; also of chunk heads and trailers with no content between them."""
HEAD_SECONDS = 10.0
"""From the connection, or from a further request's first byte, to the end of the head."""
END_STREAMS: Final = "end_streams"
"""Where the application puts, in its lifespan's state, what ends its endless answers."""
FAREWELL_SECONDS: Final = 2.0
"""How long a refused peer may take to read why."""


class BoundedHeadProtocol(HttpToolsProtocol):
    """A server's side of one HTTP connection."""

    _in_head = True
    _fruitless = 0
    """Bytes that came since the last complete head or piece of content."""
    _due: asyncio.TimerHandle | None = None
    _refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._settle()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        if self._in_head:
            self._await_head()
        room = MAX_HEAD_BYTES - self._fruitless
        self._feed(data[:room])
        if len(data) > room and not self._refused:
            if self._fruitless >= MAX_HEAD_BYTES:
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            elif self.transport.get_protocol() is self and not self.transport.is_closing():
                self.data_received(data[room:])

    def shutdown(self) -> None:
        """The server stops; uvicorn then waits for answers to end, and streams do not by themselves."""
        super().shutdown()
        end_streams = self.app_state.get(END_STREAMS)
        if end_streams is not None:
            end_streams()

    def on_message_begin(self) -> None:
        self._await_head()
        super().on_message_begin()
        breaking_off.offer(self.scope, self.transport.abort)

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._fruitless = 0
        self._settle()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._fruitless = 0
        super().on_body(body)

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._in_head:  # else it is a trailer, which nobody here wants
            super().on_header(name, value)

    def on_message_complete(self) -> None:
        self._in_head = True
        self._fruitless = 0
        super().on_message_complete()

    def _answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def _feed(self, data: bytes) -> None:
        self._fruitless += len(data)
        super().data_received(data)

    def _await_head(self) -> None:
        if self._due is None:
            self._due = self.loop.call_later(HEAD_SECONDS, self._too_late)

    def _settle(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _too_late(self) -> None:
        self._due = None
        if self._answering():
            self._await_head()  # an answer is on its way; the next request waits for its end
        else:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)

    def _refuse(self, status: HTTPStatus) -> None:
        """Says why and ends; in the middle of an answer only ends."""
        self._refused = True
        self._settle()
        metrics.HEADS_REFUSED.labels(status.value).inc()
        if self._answering():
            self.transport.abort()
            return
        words = json.dumps(problem(status.value, "", status.phrase)).encode()
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: {MEDIA_TYPE}\r\n"
            f"content-length: {len(words)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + words)
        # Closing while the peer still sends would reset the connection, and the answer with it.
        with contextlib.suppress(OSError, RuntimeError, NotImplementedError):
            self.transport.write_eof()
        self._due = self.loop.call_later(FAREWELL_SECONDS, self.transport.abort)
