"""A board as a file, streamed: flat memory, and no work for somebody who has left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

from fastapi import APIRouter, Request, Response
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from inkwire.errors import InkwireError, Refusal
from inkwire.observe import logs
from inkwire.protocol.codes import RefusalCode
from inkwire.services.drawing_slots import RETRY_SECONDS
from inkwire.services.export_formats import FORMATS, Format
from inkwire.web.breaking_off import break_off, dropper
from inkwire.web.export_request import Asked, AskedFor, AskedWithIds
from inkwire.web.file_names import disposition
from inkwire.web.leaving import unless_gone
from inkwire.web.site import site_of

STALLED_SECONDS: Final = 30.0
"""Whoever takes nothing for so long is dropped: others wait for the slot."""

router = APIRouter(prefix="/api/boards/{board}", tags=["exports"])


def _offer(form: Format) -> None:
    async def export(request: Request, asked: AskedFor) -> Response:
        return await _answer(request, form, asked)

    async def export_chosen(request: Request, asked: AskedWithIds) -> Response:
        return await _answer(request, form, asked)

    handlers: dict[str, Callable[..., Awaitable[Response]]] = {"GET": export, "POST": export_chosen}
    for method, handler in handlers.items():
        router.add_api_route(
            f"/export.{form.extension}",
            handler,
            methods=[method],
            summary=form.says,
            response_class=Response,
            operation_id=f"{handler.__name__}_{form.extension}",
            responses={200: {"content": {form.media_type: {}}}},
        )


for _form in FORMATS:
    _offer(_form)


async def _answer(request: Request, form: Format, asked: Asked) -> Response:
    board = asked.job.board
    tag = asked.tag(form.extension)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if asked.embeddable:
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if _has(request, tag):
        return Response(status_code=304, headers=headers)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(_slot(request, form))
        pieces = form.pieces(asked.job)
        stack.push_async_callback(pieces.aclose)
        first = form.preface or await unless_gone(request, anext(pieces, b""))
        headers["Content-Disposition"] = disposition(
            board.title or "board", form.extension, "inline" if asked.embeddable else "attachment"
        )
        headers["Accept-Ranges"] = "none"
        if form.policy:
            headers["Content-Security-Policy"] = form.policy
        stream = _stream(request, form, asked, first, pieces)
        return _Export(stream, stack.pop_all(), form.media_type, headers)


class _Export(StreamingResponse):
    """Gives back what the export holds, however it ends."""

    def __init__(
        self,
        stream: AsyncIterator[bytes],
        held: AsyncExitStack,
        media_type: str,
        headers: dict[str, str],
    ) -> None:
        super().__init__(stream, media_type=media_type, headers=headers)
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._held:
            await super().__call__(scope, receive, send)


def _has(request: Request, tag: str) -> bool:
    """Whether the asking side says that it has this already (RFC 9110, section 13.1.2)."""
    known = request.headers.get("if-none-match", "")
    words = [word.strip().removeprefix("W/") for word in known.split(",")]
    return known.strip() == "*" or tag.removeprefix("W/") in words


@asynccontextmanager
async def _slot(request: Request, form: Format) -> AsyncIterator[None]:
    """One of the few exports at a time."""
    site = site_of(request)
    if form.drawn:
        async with site.drawings.one():
            yield
        return
    if site.exports.locked():
        raise Refusal(
            RefusalCode.RATE,
            "Too many exports at once. Try again in a moment.",
            retryable=True,
            retry_after=RETRY_SECONDS,
        )
    async with site.exports:
        yield


async def _stream(
    request: Request, form: Format, asked: Asked, first: bytes, pieces: AsyncGenerator[bytes, None]
) -> AsyncIterator[bytes]:
    board = asked.job.board.id
    size = 0
    loop = asyncio.get_running_loop()
    drop = dropper(request)

    async def all_pieces() -> AsyncIterator[bytes]:
        yield first
        begun = form.preface
        async for piece in pieces:
            yield piece.removeprefix(begun) if begun else piece
            begun = b""

    try:
        async for piece in all_pieces():
            size += len(piece)
            stalled = loop.call_later(STALLED_SECONDS, drop)
            try:
                yield piece
            finally:
                stalled.cancel()
    except InkwireError as error:
        # The answer has begun: all that is left is to break it off, which no reader mistakes.
        logs.warning(
            "export.broken", board=board, kind=form.extension, bytes=size, reason=str(error)
        )
        if not await break_off(request):
            raise
        return
    logs.info("export.done", board=board, kind=form.extension, bytes=size)
    if asked.person:
        await _tell(request, board, asked.person, form.extension)


async def _tell(request: Request, board: str, person: str, extension: str) -> None:
    site = site_of(request)
    try:
        await site.store.activity.exported(board, person, extension, site.hub.clock.wall_ms())
    except InkwireError as error:  # the file is whole all the same
        logs.warning("export.not-told", board=board, reason=str(error))
