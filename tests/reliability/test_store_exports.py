"""The store dies while a board is being written out as a file."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from inkwire.client import connect
from inkwire.protocol.elements import TextElement
from inkwire.protocol.ops import Put
from inkwire.store.embedded import EmbeddedStore
from tests.harness.asking import ask
from tests.harness.server import Server, faults

ELEMENTS = 6_000
"""So many that an export is far larger than what sockets hold: it cannot be over before it is read."""
TEXT_BYTES = 1_000


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["export.json", "export.svg"])
async def test_r3_an_export_that_cannot_be_finished_is_broken_off(
    own_store: EmbeddedStore, own_server: Server, kind: str
) -> None:
    """[X1] No reader takes it for whole, and the log has a line for it, no traceback."""
    board = own_server.create_board()
    async with await connect(own_server.link(board)) as author:
        for first in range(0, ELEMENTS, 200):
            await author.push(
                Put(
                    TextElement(
                        id=f"t{k}",
                        place=(float(k), 0.0, 9.0, 9.0, 0.0),
                        z=f"a{k:05}",
                        text="x" * TEXT_BYTES,
                    )
                )
                for k in range(first, first + 200)
            )
    assert not faults(own_server.news())
    reader, writer = await asyncio.open_connection("127.0.0.1", own_server.port, limit=4096)
    writer.write(
        f"GET /api/boards/{board.id}/{kind} HTTP/1.1\r\nHost: localhost\r\n"
        f"Authorization: Bearer {board.token}\r\n\r\n".encode()
    )
    assert b"200" in await reader.readline()
    os.kill(own_store.pid, signal.SIGKILL)
    text = b""
    try:
        async with asyncio.timeout(60):
            while piece := await reader.read(65536):
                text += piece
    except ConnectionError:
        pass
    assert not text.endswith(b"0\r\n\r\n"), "the answer says that it is whole"
    assert len(text) < ELEMENTS * TEXT_BYTES
    writer.close()
    own_store.spawn()
    lines: list[dict[str, object]] = []
    async with asyncio.timeout(60):
        while not any(line.get("event") == "export.broken" for line in lines):
            lines += await asyncio.to_thread(own_server.news)
    assert not faults(lines)
    async with asyncio.timeout(60):
        while await asyncio.to_thread(status, own_server, board.id, board.token, kind) != 200:
            pass
    assert not faults(own_server.news())


def status(server: Server, board: str, token: str, kind: str) -> int:
    """What a further export answers."""

    return ask(f"{server.base}/api/boards/{board}/{kind}", token).status
