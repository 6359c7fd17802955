"""A file onto a board: read and checked as a whole first, then drawn, told line by line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from io import SEEK_END, BytesIO
from random import SystemRandom
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from inkwire.errors import (
    BadFile,
    BoardNotFound,
    InkwireError,
    Refusal,
    StoreUnavailable,
    TooLarge,
)
from inkwire.importing.excalidraw import plan_import
from inkwire.importing.plan import ImportPlan
from inkwire.importing.target import Target
from inkwire.observe import logs
from inkwire.protocol.codes import RefusalCode
from inkwire.protocol.plain import plain
from inkwire.rooms.permissions import may_write
from inkwire.services.imports import NamedFile, plan_files, put_on_board
from inkwire.services.pictures import store_picture
from inkwire.web.site import Site, role_in, site_of

PERSON: Final = "inkwire-import"
"""Who did it, when the request does not say."""
RETRY_SECONDS: Final = 2.0
MAX_CLIPBOARD_BYTES: Final = 16 * 1024 * 1024
"""Largest clipboard that is converted, in bytes."""
_World = Query(ge=-1e6, le=1e6)

router = APIRouter(prefix="/api/boards/{board}", tags=["imports"])


@router.post("/import")
async def import_file(
    request: Request,
    board: str,
    name: Annotated[str, Query(max_length=255)] = "file",
    x: Annotated[float | None, _World] = None,
    y: Annotated[float | None, _World] = None,
    person: Annotated[str, Query(pattern=r"^[A-Za-z0-9_-]{8,32}$")] = PERSON,
) -> StreamingResponse:
    """Puts an ``.excalidraw`` or ``.excalidrawlib`` file, the request's body, on the board.

    Centred on (x, y) in world units, or right of what is there. Answers lines of JSON:
    ``{"done", "total"}`` as elements are drawn, and last ``{"result": {"ids", "count", "types",
    "bounds", "skipped", "notes"}}`` or ``{"error", "where"}``; then the board is as it was.
    """
    role = await role_in(request, board)
    if not may_write(role):
        raise Refusal(RefusalCode.FORBIDDEN, "This link does not allow to change the board.")
    site = site_of(request)
    if site.imports.locked():
        raise StoreUnavailable("Too many imports at once.", retry_after=RETRY_SECONDS)
    async with site.imports:
        file = NamedFile(name, BytesIO(await request.body()))
    at = None if x is None or y is None else (x, y)
    lines: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
    # A task of its own: who leaves in the middle gets the whole file all the same, never a part.
    task = asyncio.create_task(_import(site, board, file, at, person, lines), name="import")
    site.tasks.add(task)
    task.add_done_callback(site.tasks.discard)
    return StreamingResponse(
        _told(lines), media_type="application/x-ndjson", headers={"Cache-Control": "no-store"}
    )


@router.post("/convert")
async def convert(request: Request, board: str) -> Response:
    """What an Excalidraw clipboard or file, the request's body, holds, as Inkwire's own clipboard.

    Changes no element: who pastes decides where they go, as one step that can be taken back. Its
    pictures are kept, as if uploaded. Answers ``{"type", "version", "elements", "skipped"}``, points as
    base64; 422 with ``{"error", "where"}`` for what cannot be read.
    """
    role = await role_in(request, board)
    if not may_write(role):
        raise Refusal(RefusalCode.FORBIDDEN, "This link does not allow to change the board.")
    site = site_of(request)
    if site.imports.locked():
        raise StoreUnavailable("Too many imports at once.", retry_after=RETRY_SECONDS)
    async with site.imports:
        plan, answer = await asyncio.to_thread(_converted, await request.body())
        for data in plan.files.values():
            await store_picture(
                site.store, board, data, board_bytes=site.settings.board_picture_bytes
            )
    logs.info("convert.done", board=board, elements=len(plan.elements))
    headers = {"Cache-Control": "no-store"}
    return Response(answer, media_type="application/json", headers=headers)


def _converted(data: bytes) -> tuple[ImportPlan, bytes]:
    if len(data) > MAX_CLIPBOARD_BYTES:
        raise TooLarge(f"A clipboard of more than {MAX_CLIPBOARD_BYTES:,} bytes.")
    plan = plan_import(data, "The clipboard", Target(), random=SystemRandom())
    clipboard = {
        "type": "application/vnd.inkwire+json",
        "version": 1,
        "elements": [plain(element) for element in plan.elements],
        "skipped": dict(plan.skipped),
    }
    return plan, msgspec.json.encode(clipboard)


async def _told(lines: asyncio.Queue[dict[str, Any] | None]) -> AsyncIterator[bytes]:
    while (line := await lines.get()) is not None:
        yield msgspec.json.encode(line) + b"\n"


async def _import(
    site: Site,
    board: str,
    file: NamedFile,
    at: tuple[float, float] | None,
    person: str,
    lines: asyncio.Queue[dict[str, Any] | None],
) -> None:
    size = file.content.seek(0, SEEK_END)
    file.content.seek(0)
    try:
        async with site.imports:
            (plan,) = await plan_files(site.store, board, [file], at=at, random=SystemRandom())
            await put_on_board(
                site.store,
                board,
                plan,
                person=person,
                clock=site.hub.clock.wall_ms,
                progress=lambda done, total: lines.put_nowait({"done": done, "total": total}),
                board_picture_bytes=site.settings.board_picture_bytes,
            )
        lines.put_nowait({"result": _result(plan)})
        logs.info("import.done", board=board, bytes=size, elements=len(plan.elements))
    except BadFile as error:
        words = str(error).removeprefix(f"{error.where}: ")
        lines.put_nowait({"error": words, "where": error.where})
        logs.info("import.refused", board=board, bytes=size, where=error.where)
    except BoardNotFound as error:
        lines.put_nowait({"error": str(error)})
    except InkwireError as error:
        lines.put_nowait({"error": str(error)})
        logs.warning("import.failed", board=board, bytes=size, reason=str(error))
    except Exception:
        lines.put_nowait({"error": "A fault of the server; its log says more."})
        logs.error("import.fault", board=board, bytes=size)
    finally:
        lines.put_nowait(None)


def _result(plan: ImportPlan) -> dict[str, Any]:
    return {
        "ids": list(plan.ids),
        "count": len(plan.elements),
        "types": dict(plan.types),
        "bounds": plan.bounds if plan.elements else None,
        "skipped": dict(plan.skipped),
        "notes": dict(plan.notes),
    }
