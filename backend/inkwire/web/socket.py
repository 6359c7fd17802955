"""The door to a board's socket: where it comes from is checked before it is opened."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import APIRouter, WebSocket

from inkwire.live.websocket import EXTENSION
from inkwire.observe import logs, metrics
from inkwire.rooms.addresses import Addresses
from inkwire.web.address import network_behind
from inkwire.web.problems import ProblemResponse
from inkwire.web.site import origin_allowed, site_of

router = APIRouter()


@router.websocket("/api/boards/{board}/socket")
async def board_socket(websocket: WebSocket, board: str) -> None:
    """Docs/protocol.md describes what is spoken here."""
    hub = site_of(websocket).hub
    network = network_behind(websocket)
    with _counted(hub.accounts.addresses, network) as wait:
        if wait:
            metrics.TURNED_AWAY.inc()
            await websocket.send_denial_response(_too_many(wait))
        else:
            await _serve(websocket, board, network or "")


async def _serve(websocket: WebSocket, board: str, address: str) -> None:
    if not origin_allowed(websocket):
        logs.warning("socket.refused", reason="origin")
        await websocket.close()
        return
    await websocket.accept()
    socket = websocket.scope["extensions"][EXTENSION]["socket"]
    await site_of(websocket).hub.serve(socket, board, address)


@contextmanager
def _counted(addresses: Addresses, network: str | None) -> Iterator[float]:
    """Counts a connection while it is open; gives the seconds to wait if it may not be opened."""
    now = asyncio.get_running_loop().time()
    wait = 0.0 if network is None else addresses.enter(network, now)
    try:
        yield wait
    finally:
        if network is not None and not wait:
            addresses.leave(network)


def _too_many(wait: float) -> ProblemResponse:
    return ProblemResponse(
        429,
        "rate",
        "Too many connections from your network address. Try again in a moment.",
        {"Retry-After": str(max(1, math.ceil(wait)))},
    )
