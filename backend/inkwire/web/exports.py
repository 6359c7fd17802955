"""A board as a file, streamed: flat memory, and no work for somebody who has left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final

from fastapi import APIRouter, Request, Response
from starlette.responses import StreamingResponse

from inkwire.errors import InkwireError, Refusal
from inkwire.observe import logs
from inkwire.protocol.codes import RefusalCode
from inkwire.services.export_formats import FORMATS, Format
from inkwire.web.breaking_off import break_off
from inkwire.web.export_request import Asked, AskedFor, AskedWithIds
from inkwire.web.file_names import disposition
from inkwire.web.site import site_of

RETRY_SECONDS: Final = 1.0

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
    running = site_of(request).exports
    if running.locked():
        raise Refusal(
            RefusalCode.RATE,
            "Too many exports at once. Try again in a moment.",
            retryable=True,
            retry_after=RETRY_SECONDS,
        )
    headers["Content-Disposition"] = disposition(
        board.title or "board", form.extension, "inline" if asked.embeddable else "attachment"
    )
    headers["Accept-Ranges"] = "none"
    if form.policy:
        headers["Content-Security-Policy"] = form.policy
    pieces = form.pieces(asked.job)
    stream = _one_of_a_few(request, running, board.id, form.extension, pieces)
    return StreamingResponse(stream, media_type=form.media_type, headers=headers)


def _has(request: Request, tag: str) -> bool:
    """Whether the asking side says that it has this already (RFC 9110, section 13.1.2)."""
    known = request.headers.get("if-none-match", "")
    words = [word.strip().removeprefix("W/") for word in known.split(",")]
    return known.strip() == "*" or tag.removeprefix("W/") in words


async def _one_of_a_few(
    request: Request,
    running: asyncio.Semaphore,
    board: str,
    kind: str,
    pieces: AsyncIterator[bytes],
) -> AsyncIterator[bytes]:
    async with running:
        size = 0
        try:
            async for piece in pieces:
                size += len(piece)
                yield piece
        except InkwireError as error:
            # The answer has begun: all that is left is to break it off, which no reader mistakes.
            logs.warning("export.broken", board=board, kind=kind, bytes=size, reason=str(error))
            if not await break_off(request):
                raise
            return
        logs.info("export.done", board=board, kind=kind, bytes=size)
