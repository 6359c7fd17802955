"""A file onto a board: read and checked as a whole first, then drawn, told line by line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from random import SystemRandom
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Query, Request
from starlette.responses import StreamingResponse

from inkwire.errors import BadFile, BoardNotFound, InkwireError, Refusal, StoreUnavailable
from inkwire.importing.plan import ImportPlan
from inkwire.observe import logs
from inkwire.protocol.codes import RefusalCode
from inkwire.rooms.permissions import may_write
from inkwire.services.imports import NamedFile, plan_files, put_on_board
from inkwire.web.site import Site, role_in, site_of

PERSON: Final = "inkwire-import"
"""Who did it, when the request does not say."""
RETRY_SECONDS: Final = 2.0
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
        file = NamedFile(name, await request.body())
    at = None if x is None or y is None else (x, y)
    lines: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
    # A task of its own: who leaves in the middle gets the whole file all the same, never a part.
    task = asyncio.create_task(_import(site, board, file, at, person, lines), name="import")
    site.tasks.add(task)
    task.add_done_callback(site.tasks.discard)
    return StreamingResponse(
        _told(lines), media_type="application/x-ndjson", headers={"Cache-Control": "no-store"}
    )


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
    size = len(file.data)
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
        "ids": [element.id for element in plan.elements],
        "count": len(plan.elements),
        "types": dict(plan.types),
        "bounds": plan.bounds if plan.elements else None,
        "skipped": dict(plan.skipped),
        "notes": dict(plan.notes),
    }
