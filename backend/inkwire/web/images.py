"""Pictures of boards: brought in once, shown to everybody who may read the board."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Final

from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel
from starlette.requests import ClientDisconnect
from starlette.responses import Response, StreamingResponse

from inkwire.assets.files import is_file_id
from inkwire.assets.picture_header import HEAD_BYTES, KINDS, media_type_of
from inkwire.errors import BoardNotFound, InkwireError, Refusal, TooLarge, WrongType
from inkwire.observe import logs
from inkwire.protocol.codes import RefusalCode
from inkwire.rooms.permissions import may_write
from inkwire.services.pictures import keep_picture
from inkwire.web.address import network_behind
from inkwire.web.breaking_off import break_off
from inkwire.web.site import role_in, site_of

SILENCE_SECONDS: Final = 20.0
"""Between two pieces of an upload; a link that carries nothing for so long is cut."""
_BODY: Final = "body"
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For who opens a picture's address: nothing in it runs, loads or knows this site."""

router = APIRouter(prefix="/api/boards/{board}/images", tags=["images"])


class ImageBody(BaseModel):
    """What is kept: its name, its size in pixels, its kind by its first bytes."""

    file: str
    natural: tuple[float, float]
    type: str


@router.post("", status_code=201)
async def add_image(request: Request, board: str) -> ImageBody:
    """Keeps a picture, the request's body, for an element of the board to name.

    The same bytes again give the same name and are kept once.
    """
    if not may_write(await role_in(request, board)):
        raise Refusal(RefusalCode.FORBIDDEN, "This link does not allow to change the board.")
    site = site_of(request)
    most = site.settings.picture_bytes
    _take_allowance(request, board)
    async with site.uploads:
        data = await _received(request, most)
        kept = await keep_picture(
            site.store, board, data, board_bytes=site.settings.board_picture_bytes
        )
    logs.info("image.added", board=board, bytes=len(data), type=kept.header.media_type)
    size = (kept.header.width, kept.header.height)
    return ImageBody(file=kept.file, natural=size, type=kept.header.media_type)


@router.get("/{file}")
async def get_image(
    request: Request,
    board: str,
    file: str,
    soon: Annotated[bool, Query(description="Answer 204 while it may still come.")] = False,
) -> Response:
    """A picture by the sha256 of its bytes. Its type is what its first bytes say."""
    await role_in(request, board)
    found = await site_of(request).store.files.open(file)
    if found is None:
        if soon and is_file_id(file):
            return Response(status_code=204, headers={"Cache-Control": "no-store"})
        raise BoardNotFound("No such picture.")
    kind = media_type_of(found.head)
    if kind is None:
        raise BoardNotFound("No such picture.")
    return StreamingResponse(
        _told(request, board, found.pieces),
        media_type=kind,
        headers={
            "Cache-Control": "private, max-age=31536000, immutable",
            "Content-Length": str(found.size),
            "Content-Security-Policy": _POLICY,
        },
    )


def _take_allowance(request: Request, board: str) -> None:
    """Counts the upload for its network address on this board, or refuses it for now."""
    now = asyncio.get_running_loop().time()
    uploads = site_of(request).hub.accounts.uploads
    allowance = uploads.of(f"{network_behind(request) or ''} {board}", now)
    if wait := allowance.wait(now):
        raise Refusal(
            RefusalCode.RATE,
            "Too many pictures at once. Try again in a moment.",
            retryable=True,
            retry_after=wait,
        )
    allowance.take(_announced(request) or 0, 0)


def _announced(request: Request) -> int | None:
    length = request.headers.get("content-length", "")
    return int(length) if length.isdecimal() else None


async def _received(request: Request, most: int) -> bytes:
    """The body, refused as soon as it is too large or can be no picture."""
    if (_announced(request) or 0) > most:
        raise _too_large(most)
    data = bytearray()
    looked_at = False
    pieces = request.stream().__aiter__()
    try:
        while True:
            try:
                async with asyncio.timeout(SILENCE_SECONDS):
                    data += await anext(pieces)
            except StopAsyncIteration:
                return bytes(data)
            if len(data) > most:
                raise _too_large(most)
            if not looked_at and len(data) >= HEAD_BYTES:
                looked_at = True
                if media_type_of(bytes(data[:HEAD_BYTES])) is None:
                    raise WrongType(f"This is no picture: {KINDS} can be shown.", _BODY)
    except TimeoutError:
        raise HTTPException(408, "The picture stopped coming.") from None
    except ClientDisconnect:
        raise HTTPException(400, "The picture was cut off.") from None


def _too_large(most: int) -> TooLarge:
    return TooLarge(f"The picture has more than {most / 2**20:g} MiB.", _BODY)


async def _told(request: Request, board: str, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    try:
        async for piece in pieces:
            yield piece
    except InkwireError as error:
        logs.warning("image.broken", board=board, reason=str(error))
        if not await break_off(request):
            raise
