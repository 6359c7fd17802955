"""The baseline of the room bench: the ConnectionManager that FastAPI's tutorial teaches.

Every message goes to every open socket as JSON, one `send` after the other; nothing is stored.
"""

from __future__ import annotations

from fastapi import FastAPI, WebSocket, WebSocketDisconnect

app = FastAPI()
_open: list[WebSocket] = []


@app.websocket("/room")
async def room(socket: WebSocket) -> None:
    """Receives text, sends it to everybody."""
    await socket.accept()
    _open.append(socket)
    try:
        while True:
            text = await socket.receive_text()
            for each in list(_open):
                await each.send_text(text)
    except (WebSocketDisconnect, RuntimeError):
        pass
    finally:
        _open.remove(socket)
