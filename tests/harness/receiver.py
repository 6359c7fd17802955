"""Somebody who receives webhooks, and answers as the test says."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from inkwire.rooms.webhooks import signature

GUARD_SECONDS = 60
Answer = int | Literal["hang", "close"] | bytes
"""A status; no answer; the end of the connection; or whole bytes."""


@dataclass(frozen=True)
class Message:
    """One request, as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def told(self) -> dict[str, Any]:
        """The body as an object."""
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def number(self) -> int:
        """The number of the event."""
        return int(self.id.split("-")[1])

    def is_signed_by(self, secret: str) -> bool:
        """As a receiver checks it."""
        timestamp = int(self.headers["webhook-timestamp"])
        return self.headers["webhook-signature"] == signature(secret, self.id, timestamp, self.body)


@dataclass
class Receiver:
    """``answers`` come first, one for each request; after them always the last, ``usual``."""

    port: int = 0
    messages: list[Message] = field(default_factory=list)
    answers: deque[Answer] = field(default_factory=deque)
    usual: Answer = 204
    connections: int = 0
    _came: asyncio.Condition = field(default_factory=asyncio.Condition)

    def url(self, path: str = "/hook") -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}{path}"

    async def until(self, holds: Callable[[list[Message]], bool]) -> list[Message]:
        """Waits until what came is what the test waits for."""
        async with asyncio.timeout(GUARD_SECONDS), self._came:
            await self._came.wait_for(lambda: holds(self.messages))
        return self.messages

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, one request."""
        self.connections += 1
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            pairs = (line.split(": ", 1) for line in head[1:] if line)
            headers = {name.lower(): value for name, value in pairs}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            answer = self.answers.popleft() if self.answers else self.usual
            async with self._came:
                self.messages.append(Message(head[0].split(" ")[1], headers, body))
                self._came.notify_all()
            if answer == "hang":
                await reader.read()
            elif isinstance(answer, bytes):
                writer.write(answer)
                await writer.drain()
            elif isinstance(answer, int):
                writer.write(f"HTTP/1.1 {answer} .\r\nContent-Length: 0\r\n\r\n".encode())
                await writer.drain()
        writer.close()


@asynccontextmanager
async def receiving(host: str = "127.0.0.1") -> AsyncIterator[Receiver]:
    """A receiver on a free port."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, host, 0)
    receiver.port = server.sockets[0].getsockname()[1]
    async with server:
        yield receiver
        server.close()
