"""Heads that do not end, or are too large, and those that are only slow or split."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import inspect

import pytest
from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from inkwire.live.uvicorn_options import UVICORN_OPTIONS
from inkwire.web.http_protocol import HEAD_SECONDS, MAX_HEAD_BYTES, BoundedHeadProtocol
from tests.harness.server import Server

KNOWN = "18fdf324b11bf160e38739eed01a48516b460be9e88f1e20e4546e7363fd9232"
"""sha256 of the source of uvicorn 0.54's class. Read the new one, check ``web/http_protocol.py``
against it, and only then write its hash here."""
PATIENCE_SECONDS = 60
GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"


def test_uvicorn_s_class_is_the_one_that_was_read() -> None:
    source = inspect.getsource(HttpToolsProtocol)
    assert hashlib.sha256(source.encode()).hexdigest() == KNOWN


def test_uvicorn_takes_the_class() -> None:
    config = Config("inkwire.app:create_app", **UVICORN_OPTIONS)
    config.load()
    assert config.http_protocol_class is BoundedHeadProtocol
    assert HEAD_SECONDS <= 15


async def everything(reader: asyncio.StreamReader) -> bytes:
    """What comes until the end, or until a reset."""
    found = b""
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65_536):
            found += data
    return found


async def answer_to(server: Server, *parts: bytes) -> bytes:
    """Sends the parts, each when the one before was taken, and reads to the end."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        reading = asyncio.create_task(everything(reader))
        try:
            with contextlib.suppress(ConnectionError):
                for part in parts:
                    writer.write(part)
                    await writer.drain()
            return await reading
        finally:
            writer.transport.abort()


async def healthy(server: Server) -> bool:
    return (await answer_to(server, GET + b"Connection: close\r\n\r\n")).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "parts",
    [
        (GET + b"X-Large: " + b"x" * 40_000 + b"\r\n\r\n",),
        (GET, b"X-Large: ", *(b"x" * 10_000,) * 200),
        (GET, *(b"X-Many: " + b"x" * 100 + b"\r\n",) * 1_000),
        (b"GET /" + b"a" * 60_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",),
        (b"\r\n" * 40_000,),
    ],
    ids=["in one piece", "a line without end", "many headers", "a long address", "empty lines"],
)
async def test_a_large_head_is_refused(server: Server, parts: tuple[bytes, ...]) -> None:
    """431 beyond 32 KiB, and the answer arrives."""
    answer = await answer_to(server, *parts)
    assert answer.startswith(b"HTTP/1.1 431 "), answer[:80]
    assert await healthy(server)


async def test_trailers_without_end_are_cut(server: Server) -> None:
    """Behind a chunked body headers may come again."""
    head = b"POST /api/boards HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    chunked = head + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"
    answer = await answer_to(server, chunked, b"X-Trailer: ", *(b"x" * 10_000,) * 100)
    assert not answer.startswith(b"HTTP/1.1 2"), answer[:80]
    assert await healthy(server)


async def test_a_head_of_the_usual_size_in_any_pieces_is_served(server: Server) -> None:
    """Also byte by byte, and with a cookie jar of nearly the bound."""
    whole = GET + b"Cookie: " + b"c" * (MAX_HEAD_BYTES - 200) + b"\r\nConnection: close\r\n\r\n"
    assert (await answer_to(server, whole)).startswith(b"HTTP/1.1 200")
    small = GET + b"Connection: close\r\n\r\n"
    pieces = (small[k : k + 1] for k in range(len(small)))
    assert (await answer_to(server, *pieces)).startswith(b"HTTP/1.1 200")


async def test_a_large_body_has_no_part_in_it(server: Server) -> None:
    """The bound is on the head; a body of 100 KB behind it is read."""
    body = b'{"title": "' + b"x" * 50 + b'"}' + b" " * 100_000
    head = (
        b"POST /api/boards HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
    )
    assert b" 431 " not in (await answer_to(server, head + body))[:20]
    assert b" 431 " not in (await answer_to(server, head, body))[:20]


async def test_two_requests_in_one_piece_are_both_served(server: Server) -> None:
    """As clients that pipeline do."""
    answer = await answer_to(server, (GET + b"\r\n") + GET + b"Connection: close\r\n\r\n")
    assert answer.count(b"HTTP/1.1 200") == 2


@pytest.mark.parametrize(
    "parts", [(), (b"G",), (GET,), (b"\r\n",), (GET + b"\r\n" + GET,)],
    ids=["silence", "a byte", "half a head", "an empty line", "half a second head"],
)  # fmt: skip
async def test_a_head_that_does_not_come_is_not_waited_for(
    hasty: Server, parts: tuple[bytes, ...]
) -> None:
    """W8: cut after ten seconds; here the server's patience is short."""
    answer = await answer_to(hasty, *parts)
    assert b"HTTP/1.1 408 " in answer or answer.startswith(b"HTTP/1.1 200"), answer[:80]


async def test_a_head_that_drips_is_not_waited_for_either(hasty: Server) -> None:
    """W8: each byte in time does not make the whole in time."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        reader, writer = await asyncio.open_connection("127.0.0.1", hasty.port)
        reading = asyncio.create_task(everything(reader))
        writer.write(GET + b"X-Drip: ")
        while not reading.done():
            writer.write(b"x")
            await asyncio.wait((reading,), timeout=0.05)
        writer.transport.abort()
        assert (await reading).startswith(b"HTTP/1.1 408 ")
