"""A TCP proxy that is slow, silent, torn or gone, as a test wishes."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from typing import Literal, Self

CHUNK = 16 * 1024
Mode = Literal["pass", "blackhole", "refuse"]


class FaultProxy:
    """Listens on ``port`` and passes on to ``upstream``; its attributes may change at any time.

    ``rate`` in bytes per second towards the client (0: unlimited); ``cut_after`` resets everything
    once so many more bytes went to the server. A black hole neither reads nor answers nor closes; a
    ``mute`` proxy passes on what goes to the server, and holds back what comes from it.
    """

    def __init__(self, upstream: int) -> None:
        self.upstream = upstream
        self.port = 0
        self.delay_s = 0.0
        self.rate = 0
        self.buffer = 0
        """Bytes taken from the server before it has to wait, so that a slow line is felt at once; 0: the system's."""
        self.cut_after: int | None = None
        self.passed = 0
        """Bytes that went towards clients."""
        self._mode: Mode = "pass"
        self._open = asyncio.Event()
        self._open.set()
        self._speaks = asyncio.Event()
        self._speaks.set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def mode(self) -> Mode:
        """What it does with what comes."""
        return self._mode

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self._mode = mode
        if mode == "blackhole":
            self._open.clear()
        else:
            self._open.set()

    @property
    def mute(self) -> bool:
        """Whether answers are held back."""
        return not self._speaks.is_set()

    @mute.setter
    def mute(self, mute: bool) -> None:
        if mute:
            self._speaks.clear()
        else:
            self._speaks.set()

    def reset_all(self) -> None:
        """Ends every connection by a reset: no goodbye, nothing flushed."""
        for writer in list(self._writers):
            raw = writer.get_extra_info("socket")
            with contextlib.suppress(OSError):  # it may have ended by itself in this very moment
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        self.reset_all()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._mode == "refuse":
            writer.transport.abort()
            return
        there_reader, there = await self._connect()
        self._writers |= {writer, there}
        for task in (
            asyncio.create_task(self._pass(reader, there, to_client=False)),
            asyncio.create_task(self._pass(there_reader, writer, to_client=True)),
        ):
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if not self.buffer:
            return await asyncio.open_connection("127.0.0.1", self.upstream)
        raw = socket.socket()
        raw.setblocking(False)
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self.buffer)
        await asyncio.get_running_loop().sock_connect(raw, ("127.0.0.1", self.upstream))
        return await asyncio.open_connection(sock=raw, limit=self.buffer)

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, to_client: bool
    ) -> None:
        try:
            while data := await reader.read(min(CHUNK, self.rate // 20 or CHUNK)):
                await self._open.wait()
                if to_client:
                    await self._speaks.wait()
                pause = self.delay_s + (len(data) / self.rate if self.rate and to_client else 0)
                if pause:
                    await asyncio.wait(
                        (asyncio.create_task(asyncio.Event().wait()),), timeout=pause
                    )
                if not to_client and self.cut_after is not None:
                    data, self.cut_after = data[: self.cut_after], self.cut_after - len(data)
                    if self.cut_after < 0:
                        self.cut_after = None
                        writer.write(data)
                        await writer.drain()
                        self.reset_all()
                        return
                if to_client:
                    self.passed += len(data)
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            self._writers.discard(writer)
            writer.close()
