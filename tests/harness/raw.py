"""A WebSocket by hand, for bytes that no library would send."""

from __future__ import annotations

import asyncio
import base64
import os
import socket
import struct
from typing import Self

from tests.harness.server import Server

PATIENCE_SECONDS = 60


class RawSocket:
    """An open socket; what is sent goes out as it is. ``answer`` is the server's handshake."""

    def __init__(self, server: Server, board: str, *headers: str, receive_buffer: int = 0) -> None:
        self._server = server
        self._board = board
        self._headers = headers
        self._receive_buffer = receive_buffer
        self.answer = b""

    async def __aenter__(self) -> Self:
        raw = socket.socket()
        if self._receive_buffer:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self._receive_buffer)
        raw.setblocking(False)
        await asyncio.get_running_loop().sock_connect(raw, ("127.0.0.1", self._server.port))
        # A small limit stops reading early, so that a test can stop to take what is sent.
        self._reader, self._writer = await asyncio.open_connection(sock=raw, limit=4096)
        lines = [
            f"GET /api/boards/{self._board}/socket HTTP/1.1",
            f"Host: 127.0.0.1:{self._server.port}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            *self._headers,
        ]
        self._writer.write("\r\n".join([*lines, "", ""]).encode())
        self.answer = await self._reader.readuntil(b"\r\n\r\n")
        assert self.answer.startswith(b"HTTP/1.1 101"), self.answer
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.transport.abort()

    async def send(self, *parts: bytes) -> None:
        """Sends bytes; ``OSError`` when the server is gone."""
        for data in parts:
            self._writer.write(data)
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._writer.drain()

    async def frame(self) -> tuple[int, bytes]:
        """The next frame's opcode and payload."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            first, size = await self._reader.readexactly(2)
            if size == 126:
                (size,) = struct.unpack(">H", await self._reader.readexactly(2))
            elif size == 127:
                (size,) = struct.unpack(">Q", await self._reader.readexactly(8))
            return first & 0x0F, await self._reader.readexactly(size)

    async def closed(self) -> int:
        """Reads until the server closes; the code of its close frame, 1006 if there is none."""
        try:
            while True:
                opcode, data = await self.frame()
                if opcode == 8:
                    return int.from_bytes(data[:2], "big") if data else 1005
        except (asyncio.IncompleteReadError, ConnectionError):
            return 1006


def message(
    opcode: int, payload: bytes = b"", *, fin: bool = True, mask: bool = True, rsv: int = 0
) -> bytes:
    """A frame of RFC 6455 as no client should build it by hand."""
    head = bytes(((0x80 if fin else 0) | rsv | opcode,))
    bit = 0x80 if mask else 0
    if len(payload) < 126:
        head += bytes((bit | len(payload),))
    else:
        head += bytes((bit | 126,)) + struct.pack(">H", len(payload))
    return head + (b"\0\0\0\0" if mask else b"") + payload
