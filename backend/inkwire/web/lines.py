"""The lines of a request's body, as they come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from starlette.requests import Request

from inkwire.errors import StoreUnavailable, TooLarge

MAX_LINE_BYTES: Final = 1024 * 1024
SILENCE_SECONDS: Final = 900.0
"""A body of which nothing comes for so long is over: who thinks longer sends another."""


async def lines_of(request: Request, stopping: asyncio.Event) -> AsyncIterator[list[bytes]]:
    """Lists of lines that came together, without their ends.

    Raises ``TooLarge`` for a line of more than ``MAX_LINE_BYTES``, ``StoreUnavailable`` when the server is
    ``stopping``, and ``ClientDisconnect`` when the body was cut off.
    """
    rest = b""
    pieces = request.stream()
    stop = asyncio.create_task(stopping.wait())
    piece: asyncio.Task[bytes] | None = None
    try:
        while True:
            piece = asyncio.create_task(_next(pieces))
            await asyncio.wait(
                (piece, stop), timeout=SILENCE_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            if not piece.done():
                raise StoreUnavailable("The stream is ended; go on with another.")
            data = piece.result()
            *whole, rest = (rest + data).split(b"\n") if data else (rest,)
            if len(rest) > MAX_LINE_BYTES or any(len(line) > MAX_LINE_BYTES for line in whole):
                raise TooLarge(f"A line of more than {MAX_LINE_BYTES:,} bytes.", "body")
            if whole:
                yield whole
            if not data:
                if rest:
                    yield [rest]
                return
    finally:
        stop.cancel()
        if piece is not None:
            piece.cancel()


async def _next(pieces: AsyncIterator[bytes]) -> bytes:
    """The next piece that holds anything; none at the end."""
    async for piece in pieces:
        if piece:
            return piece
    return b""
