"""A request's body as a file: a small one stays in memory, a large one lies on the disk, without a name."""

from __future__ import annotations

import asyncio
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Final, cast

from fastapi import HTTPException, Request
from starlette.requests import ClientDisconnect

from inkwire.errors import TooLarge

SILENCE_SECONDS: Final = 20.0
"""Between two pieces of a body; a link that carries nothing for so long is cut."""
IN_MEMORY_BYTES: Final = 2**20


async def spooled(request: Request, most: int) -> BinaryIO:
    """The whole body, open at its beginning; the caller closes it, and it is gone. Errors: ``TooLarge``."""
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > most:
        raise too_large(most)
    file = cast(BinaryIO, SpooledTemporaryFile(IN_MEMORY_BYTES))  # noqa: SIM115  # the caller closes it
    try:
        await _copied(request, file, most)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


async def _copied(request: Request, file: BinaryIO, most: int) -> None:
    waiting = bytearray()
    size = 0
    pieces = request.stream().__aiter__()
    try:
        while True:
            try:
                async with asyncio.timeout(SILENCE_SECONDS):
                    piece = await anext(pieces)
            except StopAsyncIteration:
                break
            size += len(piece)
            if size > most:
                raise too_large(most)
            waiting += piece
            if len(waiting) >= IN_MEMORY_BYTES:
                await asyncio.to_thread(file.write, bytes(waiting))
                waiting.clear()
        file.write(waiting)
    except TimeoutError:
        raise HTTPException(408, "The file stopped coming.") from None
    except ClientDisconnect:
        raise HTTPException(400, "The file was cut off.") from None


def too_large(most: int) -> TooLarge:
    """The refusal of a body of more than so many bytes."""
    return TooLarge(f"The file has more than {most / 2**20:,g} MiB.", "body")
