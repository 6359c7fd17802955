"""A file onto a board: read and checked as a whole first, then drawn, told line by line."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing
from functools import partial
from random import SystemRandom
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from inkwire.errors import Abandoned, InkwireError, Refusal, StoreUnavailable
from inkwire.importing.plan import ImportPlan
from inkwire.importing.read import plan_file
from inkwire.importing.target import Target
from inkwire.observe import logs
from inkwire.protocol.codes import RefusalCode
from inkwire.protocol.plain import plain
from inkwire.rooms.permissions import may_write
from inkwire.services.imports import NamedFile, plan_files, put_on_board, store_pictures
from inkwire.web.failures import members_of, words_of
from inkwire.web.leaving import unless_gone
from inkwire.web.site import Site, role_in, site_of
from inkwire.web.spooling import spooled

PERSON: Final = "inkwire-import"
"""Who did it, when the request does not say."""
RETRY_SECONDS: Final = 2.0
MAX_CLIPBOARD_BYTES: Final = 16 * 1024 * 1024
"""Largest clipboard that is converted, in bytes."""
_World = Query(ge=-1e6, le=1e6)

Line = dict[str, Any]
router = APIRouter(prefix="/api/boards/{board}", tags=["imports"])


async def _importing(request: Request, board: str) -> Site:
    """The site, for who may bring something in now."""
    if not may_write(await role_in(request, board)):
        raise Refusal(RefusalCode.FORBIDDEN, "This link does not allow to change the board.")
    site = site_of(request)
    if site.imports.locked():
        raise StoreUnavailable("Too many imports at once.", retry_after=RETRY_SECONDS)
    return site


Importing = Annotated[Site, Depends(_importing)]


@router.post("/import")
async def import_file(
    request: Request,
    site: Importing,
    board: str,
    name: Annotated[str, Query(max_length=255)] = "file",
    x: Annotated[float | None, _World] = None,
    y: Annotated[float | None, _World] = None,
    person: Annotated[str, Query(pattern=r"^[A-Za-z0-9_-]{8,32}$")] = PERSON,
) -> Response:
    """Puts a file, the request's body, on the board; what kind of file it is, its first bytes tell.

    Centred on (x, y) in world units, or right of what is there. What cannot be read is refused before anything
    is changed. Otherwise lines of JSON tell ``{"done", "total"}`` as elements are drawn, and last
    ``{"result": {"ids", "count", "types", "bounds", "skipped", "notes"}}`` or ``{"error", "where"}``; then,
    and when the client leaves before it, the board is as it was.
    """
    at = None if x is None or y is None else (x, y)
    left = threading.Event()
    async with AsyncExitStack() as held:
        async with site.uploads:
            content = await spooled(request, site.settings.import_bytes)
        held.enter_context(closing(content))
        await held.enter_async_context(site.imports)
        work = plan_files(
            site.store,
            board,
            [NamedFile(name, content)],
            at=at,
            random=SystemRandom(),
            progress=partial(_go_on, left),
        )
        try:
            (plan,) = await unless_gone(request, work)
        except BaseException as error:
            left.set()  # for the thread that reads
            logs.info("import.refused", board=board, reason=type(error).__name__)
            raise
        lines: asyncio.Queue[Line | None] = asyncio.Queue()
        # A task of its own, so that what was begun is taken back also when the request has ended.
        task = asyncio.create_task(
            _put(site, board, plan, person, lines, left, held.pop_all()), name="import"
        )
        site.tasks.add(task)
        task.add_done_callback(site.tasks.discard)
    return _Told(_told(lines), left)


@router.post("/convert")
async def convert(request: Request, site: Importing, board: str) -> Response:
    """What a clipboard or file, the request's body, holds, as Inkwire's own clipboard.

    Changes no element: who pastes decides where they go, as one step that can be taken back. Its
    pictures are kept, as if uploaded. Answers ``{"type", "version", "elements", "skipped"}``, points as
    base64; 422 with ``{"error", "where"}`` for what cannot be read.
    """
    with closing(await spooled(request, MAX_CLIPBOARD_BYTES)) as content:
        async with site.imports:
            file = NamedFile("The clipboard", content)
            plan, answer = await asyncio.to_thread(_converted, file)
            await store_pictures(site.store, board, plan, site.settings.board_picture_bytes)
    logs.info("convert.done", board=board, elements=len(plan.elements))
    headers = {"Cache-Control": "no-store"}
    return Response(answer, media_type="application/json", headers=headers)


def _converted(file: NamedFile) -> tuple[ImportPlan, bytes]:
    plan = plan_file(file.content, Target(), random=SystemRandom())
    clipboard = {
        "type": "application/vnd.inkwire+json",
        "version": 1,
        "elements": [plain(element) for element in plan.elements],
        "skipped": dict(plan.skipped),
    }
    return plan, msgspec.json.encode(clipboard)


class _Told(StreamingResponse):
    """Tells how far an import is, and the import when nobody listens any more."""

    def __init__(self, lines: AsyncIterator[bytes], left: threading.Event) -> None:
        super().__init__(
            lines, media_type="application/x-ndjson", headers={"Cache-Control": "no-store"}
        )
        self._left = left

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._left.set()


async def _told(lines: asyncio.Queue[Line | None]) -> AsyncIterator[bytes]:
    while (line := await lines.get()) is not None:
        yield msgspec.json.encode(line) + b"\n"


def _go_on(left: threading.Event, *_: int) -> None:
    if left.is_set():
        raise Abandoned("The client has left.")


async def _put(
    site: Site,
    board: str,
    plan: ImportPlan,
    person: str,
    lines: asyncio.Queue[Line | None],
    left: threading.Event,
    held: AsyncExitStack,
) -> None:
    count = len(plan.elements)

    def told(done: int, total: int) -> None:
        lines.put_nowait({"done": done, "total": total})
        if done < total:
            _go_on(left)

    try:
        async with held:
            await put_on_board(
                site.store,
                board,
                plan,
                person=person,
                clock=site.hub.clock.wall_ms,
                progress=told,
                board_picture_bytes=site.settings.board_picture_bytes,
            )
        lines.put_nowait({"result": _result(plan)})
        logs.info("import.done", board=board, elements=count)
    except Abandoned:
        logs.info("import.abandoned", board=board, elements=count)
    except InkwireError as error:
        lines.put_nowait({"error": words_of(error), **_places(error)})
        logs.warning("import.failed", board=board, elements=count, reason=str(error))
    except Exception:
        lines.put_nowait({"error": "A fault of the server; its log says more."})
        logs.error("import.fault", board=board, elements=count)
    finally:
        lines.put_nowait(None)


def _places(error: InkwireError) -> Line:
    return {name: place for name, place in members_of(error).items() if place}


def _result(plan: ImportPlan) -> Line:
    return {
        "ids": list(plan.ids),
        "count": len(plan.elements),
        "types": dict(plan.types),
        "bounds": plan.bounds if plan.elements else None,
        "skipped": dict(plan.skipped),
        "notes": dict(plan.notes),
    }
