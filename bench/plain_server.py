"""The baseline of the room benches: the ConnectionManager that FastAPI's tutorial teaches, a list for each room.

Every message goes to every open socket of its room as text, one `send` after the other; nothing is stored.
"""

from __future__ import annotations

from collections import defaultdict

from fastapi import FastAPI, WebSocket, WebSocketDisconnect

app = FastAPI()
_rooms: defaultdict[str, list[WebSocket]] = defaultdict(list)


@app.websocket("/{name}")
async def room(socket: WebSocket, name: str) -> None:
    """Receives text, sends it to everybody."""
    await socket.accept()
    members = _rooms[name]
    members.append(socket)
    try:
        while True:
            text = await socket.receive_text()
            for each in list(members):
                await each.send_text(text)
    except (WebSocketDisconnect, RuntimeError):
        pass
    finally:
        members.remove(socket)
