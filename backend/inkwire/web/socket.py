"""The door to a board's socket: where it comes from is checked before it is opened."""

from __future__ import annotations

from fastapi import APIRouter, WebSocket

from inkwire.live.websocket import EXTENSION
from inkwire.observe import logs
from inkwire.web.site import origin_allowed, site_of

router = APIRouter()


@router.websocket("/api/boards/{board}/socket")
async def board_socket(websocket: WebSocket, board: str) -> None:
    """Docs/protocol.md describes what is spoken here."""
    if not origin_allowed(websocket):
        logs.warning("socket.refused", reason="origin")
        await websocket.close()
        return
    await websocket.accept()
    socket = websocket.scope["extensions"][EXTENSION]["socket"]
    await site_of(websocket).hub.serve(socket, board)
