"""One connection on a socket without a network."""

from __future__ import annotations

from typing import cast

import pytest

from inkwire.live.connection import Connection
from inkwire.live.hub import Hub
from inkwire.live.room import Room
from inkwire.live.websocket import BoardSocket
from inkwire.protocol.frames import LiveState, Position, Who
from inkwire.store.board_store import Arrival, BoardStore
from tests.live.memory_store import OneBoard, settled
from tests.live.test_framing import Wire, open_socket


async def in_a_room(room: Room, hub: Hub, peer: str) -> tuple[BoardSocket, Wire, Connection]:
    """A connection that follows a room, on a socket that takes everything."""
    socket, wire, _ = open_socket(BoardSocket)
    connection = Connection(socket, hub, room.board)
    room.join(connection.peer, Who(peer, "", "#1971c2", "editor"), Arrival(peer, 1), connection)
    connection.link = "a-link"
    connection._room = room
    connection._bring_up(room, Position(room.epoch, 0))
    await settled()
    return socket, wire, connection


@pytest.mark.parametrize("end", ["finish", "abort", "eof_received"])
async def test_nothing_follows_the_end_of_a_socket(end: str) -> None:
    """[F4] The room goes on until the connection has left it: nothing goes behind a close frame."""
    hub = Hub(cast(BoardStore, OneBoard()))
    async with hub.room("board-0001") as room:
        socket, wire, connection = await in_a_room(room, hub, "person-1")
        _, _, writer = await in_a_room(room, hub, "person-2")
        room.show(writer.peer, LiveState(cursor=(1.0, 1.0)))
        room._flush()
        socket.data_received(b"\x8a\x84\0\0\0\0\0\0\0\x01")  # all of it is here: the first mark
        before = wire.written
        room.show(writer.peer, LiveState(cursor=(2.0, 2.0)))
        room._flush()
        assert len(wire.written) > len(before)
        getattr(socket, end)(*((1000,) if end == "finish" else ()))
        written = wire.written
        room.show(writer.peer, LiveState(cursor=(3.0, 3.0)))
        room._flush()
        connection._bring_up(room, Position(room.epoch, 0))
        await settled()
        room.show(writer.peer, LiveState(cursor=(4.0, 4.0)))
        room._flush()
        assert wire.written == written
    await hub.close()
