"""A WebSocket client that costs next to nothing, so that the generator is not what is measured.

One ``asyncio.Protocol``; masks with zeros, which is allowed and free.
"""

from __future__ import annotations

import asyncio
import base64
import os
import struct
from collections.abc import Callable


class SocketClient(asyncio.Protocol):
    """Calls ``on_message`` with the payload of each data message; answers pings."""

    def __init__(self, host: str, path: str, on_message: Callable[[bytes], None]) -> None:
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._host = host
        self._path = path
        self._on_message = on_message
        self._buffer = bytearray()
        self._shaken = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET {self._path} HTTP/1.1\r\nHost: {self._host}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def send(self, payload: bytes, opcode: int = 2) -> None:
        """Sends one message."""
        length = len(payload)
        if length < 126:
            head = struct.pack("!BBI", 0x80 | opcode, 0x80 | length, 0)
        elif length < 65536:
            head = struct.pack("!BBHI", 0x80 | opcode, 0xFE, length, 0)
        else:
            head = struct.pack("!BBQI", 0x80 | opcode, 0xFF, length, 0)
        self.transport.write(head + payload)

    def data_received(self, data: bytes) -> None:
        buffer = self._buffer
        buffer += data
        if not self._shaken:
            end = buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            if b" 101 " not in buffer[:20]:
                self.opened.set_exception(ConnectionError(buffer[:60].decode(errors="replace")))
                self.transport.close()
                return
            del buffer[: end + 4]
            self._shaken = True
            self.opened.set_result(None)
        start = 0
        while len(buffer) - start >= 2:
            opcode, length, head = buffer[start] & 15, buffer[start + 1] & 127, 2
            if length == 126:
                if len(buffer) - start < 4:
                    break
                length, head = int.from_bytes(buffer[start + 2 : start + 4], "big"), 4
            elif length == 127:
                if len(buffer) - start < 10:
                    break
                length, head = int.from_bytes(buffer[start + 2 : start + 10], "big"), 10
            if len(buffer) - start < head + length:
                break
            if opcode in (1, 2):
                self._on_message(bytes(buffer[start + head : start + head + length]))
            elif opcode == 9:
                self.send(bytes(buffer[start + head : start + head + length]), 10)
            start += head + length
        del buffer[:start]

    def connection_lost(self, error: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("closed before it opened"))
        if not self.closed.done():
            self.closed.set_result(None)
