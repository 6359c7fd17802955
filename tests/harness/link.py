"""The way to a store, or to a worker: slow like a long cable, deaf for subscribers, or held in mid-frame."""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
import struct
from pathlib import Path
from typing import Self

PIECE = 64 * 1024
PIECES = 256
"""Pieces under way in one direction; then reading stops."""


class Link:
    """Listens on ``port``; its attributes may change at any time.

    Each piece arrives ``delay_s`` ± ``jitter_s`` after it was sent, in order, however many are under
    way: a cable, not a queue of one. ``deaf`` holds both directions of connections that subscribe.
    """

    def __init__(self, upstream: int | Path, dice: random.Random) -> None:
        self.port = 0
        self.delay_s = 0.0
        self.jitter_s = 0.0
        self.hold_after: int | None = None
        """After so many more bytes towards the server nothing follows, until ``reset``."""
        self.held = asyncio.Event()
        self._upstream = upstream
        self._dice = dice
        self._may_pass = asyncio.Event()
        self._may_pass.set()
        self._calls: set[_Call] = set()

    @property
    def deaf(self) -> bool:
        """Whether subscribers hear nothing, and their connections stay open."""
        return not self._may_pass.is_set()

    @deaf.setter
    def deaf(self, deaf: bool) -> None:
        if deaf:
            self._may_pass.clear()
        else:
            self._may_pass.set()

    def reset(self) -> None:
        """Ends every connection without a goodbye, and passes on new ones."""
        self.hold_after = None
        self.held.clear()
        for call in list(self._calls):
            call.reset()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        calls = list(self._calls)
        self.reset()
        if calls:
            await asyncio.wait([task for call in calls for task in call.tasks])

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if isinstance(self._upstream, Path):
                up_reader, up = await asyncio.open_unix_connection(str(self._upstream))
            else:
                up_reader, up = await asyncio.open_connection("127.0.0.1", self._upstream)
        except OSError:
            writer.transport.abort()
            return
        call = _Call(self, writer, up)
        self._calls.add(call)
        call.start(reader, up_reader)
        await asyncio.wait(call.tasks)
        self._calls.discard(call)

    def lag(self) -> float:
        """How long the next piece is under way."""
        return max(0.0, self.delay_s + self._dice.uniform(-self.jitter_s, self.jitter_s))

    async def passage(self, listens: bool) -> None:
        """Returns when a connection of that kind may pass something on."""
        if listens:
            await self._may_pass.wait()


class _Call:
    """One connection through the link."""

    def __init__(self, link: Link, down: asyncio.StreamWriter, up: asyncio.StreamWriter) -> None:
        self._link = link
        self._writers = (down, up)
        self._listens = False
        self._reset = asyncio.Event()
        self.tasks: list[asyncio.Task[None]] = []

    def start(self, from_client: asyncio.StreamReader, from_server: asyncio.StreamReader) -> None:
        down, up = self._writers
        self.tasks = [
            asyncio.create_task(self._carry(from_client, up, upward=True)),
            asyncio.create_task(self._carry(from_server, down, upward=False)),
        ]

    def reset(self) -> None:
        self._reset.set()
        for writer in self._writers:
            raw = writer.get_extra_info("socket")
            if raw is not None and raw.family == socket.AF_INET:
                with contextlib.suppress(OSError):  # closed already
                    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
        for task in self.tasks:
            task.cancel()

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, upward: bool
    ) -> None:
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(PIECES)
        arriving = asyncio.create_task(self._arrive(under_way, writer, upward=upward))
        loop = asyncio.get_running_loop()
        due = 0.0
        try:
            while data := await reader.read(PIECE):
                self._listens = self._listens or (upward and b"SSUBSCRIBE" in data)
                due = max(due, loop.time() + self._link.lag())
                await under_way.put((due, data))
            await under_way.put((due, b""))
            await arriving
        except OSError:
            pass
        finally:
            arriving.cancel()
            writer.close()

    async def _arrive(
        self,
        under_way: asyncio.Queue[tuple[float, bytes]],
        writer: asyncio.StreamWriter,
        *,
        upward: bool,
    ) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due, data = await under_way.get()
            if due > loop.time():
                there = loop.create_future()
                loop.call_at(due, _arrived, there)
                await there
            await self._link.passage(self._listens)
            if not data:
                return
            hold = self._link.hold_after if upward else None
            if hold is not None and len(data) > hold:
                writer.write(data[:hold])
                self._link.hold_after = 0
                self._link.held.set()
                await self._reset.wait()
                return
            if hold is not None:
                self._link.hold_after = hold - len(data)
            writer.write(data)
            await writer.drain()


def _arrived(there: asyncio.Future[None]) -> None:
    if not there.done():
        there.set_result(None)
