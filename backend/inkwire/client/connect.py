"""Opening a board."""

from __future__ import annotations

import secrets

from websockets.asyncio.client import connect as open_socket
from websockets.exceptions import InvalidHandshake, InvalidURI

from inkwire.client.address import Address
from inkwire.client.board import Board
from inkwire.client.replica import Replica
from inkwire.errors import ConnectionLost
from inkwire.protocol import codec
from inkwire.protocol.frames import Hello, Position, Rect
from inkwire.protocol.limits import MAX_FRAME_BYTES
from inkwire.protocol.version import PROTOCOL_VERSION
from inkwire.rooms.document import Document

RECEIVE_QUEUE = 64
"""Frames read ahead; when as many wait, reading stops and the server feels it."""


async def connect(
    url: str,
    token: str | None = None,
    resume: tuple[str, int] | None = None,
    *,
    document: Document | None = None,
    cid: str | None = None,
    n: int = 0,
    session: str | None = None,
    person: str | None = None,
    name: str = "Script",
    color: str = "#1971c2",
    viewport: Rect | None = None,
    open_timeout: float = 10.0,
) -> Board:
    """Opens a board and returns once it is complete here, snapshot or missed commits included.

    ``url`` is a link (``http://host/b/ID#k=TOKEN``) or ``http://host/api/boards/ID`` with ``token`` apart.
    ``resume`` is an earlier connection's ``position``; give its ``document`` too to keep it going, and its
    ``cid`` and ``n`` to send unanswered pushes again without any being applied twice. ``session`` names the open
    page: a newer connection of the same session replaces the older one. ``open_timeout`` in seconds.
    Errors: ``ConnectionLost`` (with the close code in its words), ``ValueError`` for an address that is none.
    """
    address = Address.parse(url, token)
    try:
        socket = await open_socket(
            address.socket,
            compression=None,
            max_size=2 * MAX_FRAME_BYTES,
            max_queue=RECEIVE_QUEUE,
            open_timeout=open_timeout,
            ping_interval=None,
            proxy=None,
        )
    except (OSError, InvalidHandshake, InvalidURI, TimeoutError) as error:
        raise ConnectionLost(f"cannot open {address.socket}: {error}") from None
    position = Position(*resume) if resume else None
    replica = Replica(position or Position("none", 0), document)
    board = Board(socket, address, replica, cid or secrets.token_urlsafe(16), n)
    hello = Hello(
        PROTOCOL_VERSION,
        address.board,
        address.token,
        session or secrets.token_urlsafe(16),
        person or secrets.token_urlsafe(12),
        name,
        color,
        position,
        viewport,
    )
    try:
        await socket.send(codec.encode(hello))
        await board.entered()
    except BaseException:
        board.abort()
        raise
    return board
