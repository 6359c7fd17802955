"""A page that was away while others moved much gets what became of it, and keeps its own edits and undo."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import WebSocket, expect

from e2e.conftest import People
from inkwire.client import connect
from inkwire.protocol.elements import Rectangle
from inkwire.protocol.ops import Props, Put, SetProps
from tests.harness.server import NewBoard, Server

ELEMENTS = 100
MOVES = 60
MERGED = b"\x95\x14"
"""How a Merged begins: five items, the first of them its tag."""


def test_who_was_away_gets_a_merged_drag(people: People, server: Server, board: NewBoard) -> None:
    """[M1] [M3] One's own edits are on top, and undo takes back nobody else's."""
    context = people.context()
    ana = people.at(server.link(board), context)
    heard: list[bytes] = []
    ana.page.on("websocket", lambda socket: listen(socket, heard))
    people.forgive("net::ERR_INTERNET_DISCONNECTED")
    context.set_offline(True)
    expect(ana.connection).to_have_attribute("data-state", "offline")
    ana.draw_box("rectangle", 400, 300, 80, 60)
    with ThreadPoolExecutor(1) as other:  # Playwright has this thread's event loop.
        digest = other.submit(asyncio.run, drag(server.link(board))).result()
    context.set_offline(False)
    ana.has_elements(ELEMENTS + 1)
    ana.is_saved()
    assert any(frame.startswith(MERGED) for frame in heard), "nothing was merged"
    ana.press("Control+z")
    ana.has_elements(ELEMENTS)
    ana.is_saved()
    assert ana.digest()["sha256"] == digest


def listen(socket: WebSocket, heard: list[bytes]) -> None:
    socket.on(
        "framereceived",
        lambda frame: heard.append(bytes(frame)) if isinstance(frame, bytes) else None,
    )


async def drag(link: str) -> str:
    """Somebody puts elements and moves them; the digest in the end."""
    async with await connect(link) as ben:
        await ben.push(
            [
                Put(Rectangle(id=f"e{k}", place=(k, 0.0, 9.0, 9.0, 0.0), z="a0"))
                for k in range(ELEMENTS)
            ]
        )
        for step in range(MOVES):
            place = (float(step), step / 3, 9.0, 9.0, 0.0)
            seq = await ben.push([SetProps(f"e{k}", Props(place=place)) for k in range(ELEMENTS)])
        await ben.reached(seq)
        return (await ben.digest())["sha256"]
