"""A board as a file, streamed: flat memory, and no work for somebody who has left."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import StreamingResponse

from inkwire.assets.files import Files
from inkwire.errors import BoardNotFound, InkwireError, StoreUnavailable
from inkwire.exporting.fonts import FontFolder
from inkwire.exporting.json_export import JsonWriter
from inkwire.exporting.survey import Survey
from inkwire.exporting.svg import SvgOptions, SvgWriter
from inkwire.exporting.theme import Theme
from inkwire.observe import logs
from inkwire.protocol.elements import Element
from inkwire.store.board_store import BoardMeta, BoardStore
from inkwire.web.breaking_off import break_off
from inkwire.web.site import role_in, site_of
from inkwire.web.static import STATIC

RETRY_SECONDS: Final = 2.0
_PLAIN: Final = re.compile(r"[^A-Za-z0-9 ._-]+")
_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_SVG_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
    "frame-ancestors 'none'; sandbox"
)

_MOST_CHOSEN: Final = 2_000
_Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$")]

router = APIRouter(prefix="/api/boards/{board}", tags=["exports"])


@router.get("/export.json")
async def export_json(request: Request, board: str) -> StreamingResponse:
    """Every element with every property; ``exporting.json_export`` describes the format."""
    meta = await _readable(request, board)
    return _answer(request, meta, "application/json", "json", _json(site_of(request).store, meta))


@router.get("/export.svg")
async def export_svg(
    request: Request,
    board: str,
    theme: Theme = "light",
    background: bool = True,
    padding: Annotated[float, Query(ge=0, le=1_000)] = 10.0,
    scale: Annotated[float, Query(ge=0.01, le=100)] = 1.0,
) -> StreamingResponse:
    """The board as one picture that needs nothing else, its fonts inside."""
    meta = await _readable(request, board)
    return _picture(request, meta, _options(theme, background, padding, scale))


class Chosen(BaseModel):
    """What of a board is wanted; the text in a chosen shape comes with it."""

    ids: Annotated[frozenset[_Id], Field(min_length=1, max_length=_MOST_CHOSEN)]


@router.post("/export.svg")
async def export_chosen_svg(
    request: Request,
    board: str,
    chosen: Chosen,
    theme: Theme = "light",
    background: bool = True,
    padding: Annotated[float, Query(ge=0, le=1_000)] = 10.0,
    scale: Annotated[float, Query(ge=0.01, le=100)] = 1.0,
) -> StreamingResponse:
    """Some elements as one picture, those of the ids that are on the board."""
    meta = await _readable(request, board)
    return _picture(request, meta, _options(theme, background, padding, scale), chosen.ids)


def _options(theme: Theme, background: bool, padding: float, scale: float) -> SvgOptions:
    fonts = FontFolder(STATIC / "assets")
    return SvgOptions(theme=theme, background=background, padding=padding, scale=scale, fonts=fonts)


def _picture(
    request: Request, meta: BoardMeta, options: SvgOptions, ids: frozenset[str] | None = None
) -> StreamingResponse:
    pieces = _svg(site_of(request).store, meta, options, ids)
    return _answer(request, meta, "image/svg+xml", "svg", pieces, _SVG_POLICY)


async def _readable(request: Request, board: str) -> BoardMeta:
    await role_in(request, board)
    meta = await site_of(request).store.board(board)
    if meta is None:
        raise BoardNotFound("No such board, or the token does not open it.")
    return meta


def _answer(
    request: Request,
    meta: BoardMeta,
    media_type: str,
    extension: str,
    pieces: AsyncIterator[bytes],
    policy: str = "",
) -> StreamingResponse:
    running = site_of(request).exports
    if running.locked():
        raise StoreUnavailable("Too many exports at once.", retry_after=RETRY_SECONDS)
    headers = {
        "Content-Disposition": disposition(meta.title or "board", extension),
        "Cache-Control": "private, no-store",
    }
    if policy:
        headers["Content-Security-Policy"] = policy
    stream = _one_of_a_few(request, running, meta.id, extension, pieces)
    return StreamingResponse(stream, media_type=media_type, headers=headers)


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


async def _json(store: BoardStore, meta: BoardMeta) -> AsyncIterator[bytes]:
    writer = JsonWriter(meta)
    yield writer.head()
    async for elements in store.in_paint_order(meta.id):
        yield await asyncio.to_thread(_joined, writer, elements)
    yield writer.tail()


async def _svg(
    store: BoardStore, meta: BoardMeta, options: SvgOptions, ids: frozenset[str] | None
) -> AsyncIterator[bytes]:
    survey = Survey()
    async for elements in store.in_paint_order(meta.id):
        await asyncio.to_thread(_survey, survey, _chosen(elements, ids))
    writer = SvgWriter(meta, survey, options)
    yield await asyncio.to_thread(writer.head)
    async for elements in store.in_paint_order(meta.id):
        async for piece in _drawn(writer, _chosen(elements, ids), store.files):
            yield piece
    yield await asyncio.to_thread(writer.tail)


def _chosen(elements: Sequence[Element], ids: frozenset[str] | None) -> Sequence[Element]:
    if ids is None:
        return elements
    return [each for each in elements if each.id in ids or getattr(each, "container", "") in ids]


async def _drawn(
    writer: SvgWriter, elements: Sequence[Element], files: Files
) -> AsyncIterator[bytes]:
    """One page, in pieces that end with a picture: no two of their files are in memory together."""
    run: list[Element] = []
    for element in elements:
        file = writer.wanted_file(element)
        if file is None:
            run.append(element)
            continue
        yield await asyncio.to_thread(_written, writer, run)
        run = []
        yield await asyncio.to_thread(writer.element, element, await files.get(file))
    yield await asyncio.to_thread(_written, writer, run)


def _written(writer: SvgWriter, elements: Sequence[Element]) -> bytes:
    return b"".join(map(writer.element, elements))


def _joined(writer: JsonWriter, elements: Sequence[Element]) -> bytes:
    return b"".join(map(writer.element, elements))


def _survey(survey: Survey, elements: Sequence[Element]) -> None:
    for element in elements:
        survey.add(element)


def disposition(title: str, extension: str) -> str:
    """A Content-Disposition for a title from outside (RFC 6266): no quotes, paths or line ends."""
    clean = _UNSAFE.sub(" ", title).strip(" .")[:80] or "board"
    plain = _PLAIN.sub("_", clean)
    name = quote(f"{clean}.{extension}", safe="")
    return f"attachment; filename=\"{plain}.{extension}\"; filename*=UTF-8''{name}"
