"""Our hold on uvicorn's insides, and what it is for."""

from __future__ import annotations

import hashlib
import inspect
import socket
import sys

import pytest
from uvicorn import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode

from inkwire.live.uvicorn_options import UVICORN_OPTIONS
from inkwire.live.websocket import BoardSocket, _tune, framed
from inkwire.protocol.limits import MAX_FRAME_BYTES

KNOWN = "0bbcec98938432f71b93ca20eea63487298f4650159242db8526a6f664902997"
"""sha256 of the source of uvicorn 0.54's class. Read the new one, check ``live/websocket.py``
against it, and only then write its hash here."""


def test_uvicorn_s_class_is_the_one_that_was_read() -> None:
    source = inspect.getsource(WebSocketsSansIOProtocol)
    assert hashlib.sha256(source.encode()).hexdigest() == KNOWN


def test_uvicorn_takes_the_options() -> None:
    config = Config("inkwire.app:create_app", **UVICORN_OPTIONS)
    config.load()
    assert config.ws_protocol_class is BoardSocket
    assert config.ws_max_size == MAX_FRAME_BYTES
    assert not config.ws_per_message_deflate
    assert config.ws_ping_interval is None
    assert not config.access_log
    assert config.timeout_graceful_shutdown is not None
    assert config.timeout_graceful_shutdown < 20


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, MAX_FRAME_BYTES])
def test_our_message_head_is_the_library_s(size: int) -> None:
    """[F4] Heads are written once and shared, so we write them ourselves."""
    payload = bytes(size)
    assert framed(payload) == Frame(Opcode.BINARY, payload).serialize(mask=False)


@pytest.mark.skipif(sys.platform != "linux", reason="options of Linux")
def test_little_is_kept_for_who_does_not_read() -> None:
    """[K1] The kernel holds back early and gives up in the end."""
    with socket.socket() as raw:
        _tune(raw)
        assert raw.getsockopt(socket.IPPROTO_TCP, 25) == 32 * 1024
        assert raw.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 30_000
        assert raw.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
