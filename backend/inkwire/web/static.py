"""The built front end, as it lies in the package."""

from __future__ import annotations

import mimetypes
import os
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Match, Mount
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

STATIC: Final = Path(__file__).parent / "static"
_NOT_BUILT: Final = """<!doctype html><meta charset="utf-8"><title>Inkwire</title>
<h1>The front end is not built</h1>
<p>This server runs, but it was started from a source tree without the built pages.
Run <code>make build</code> or <code>make run</code> there, or install the wheel.</p>
"""

router = APIRouter(include_in_schema=False)


@router.get("/")
@router.get("/b/{board}")
@router.get("/b/{board}/activity")
async def page(board: str = "") -> Response:
    """The one page there is; it finds out by its address what to show."""
    index = STATIC / "index.html"
    if not index.is_file():
        return HTMLResponse(_NOT_BUILT, 503)
    return FileResponse(index, headers={"Cache-Control": "no-cache"})


class Pages(Mount):
    """Everything that is no address of the API, so that a wrong method there is told as one."""

    def __init__(self) -> None:
        super().__init__("/", BuiltFiles(), name="static")

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As every mount, and never for the API."""
        if scope["path"].startswith("/api/"):
            return Match.NONE, {}
        return super().matches(scope)


class BuiltFiles(StaticFiles):
    """Files whose names carry a hash of their content are kept for ever, others are asked again."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC, check_dir=False)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file; for a person who follows a wrong link, a page that leads home."""
        try:
            return await super().get_response(path, scope)
        except HTTPException as error:
            nothing = STATIC / "nothing_here.html"
            asks_for_a_page = "text/html" in Request(scope).headers.get("accept", "")
            if error.status_code != 404 or not asks_for_a_page or not nothing.is_file():
                raise
            return FileResponse(nothing, 404, headers={"Cache-Control": "no-cache"})

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        path = Path(full_path)
        hashed = (STATIC / "assets") in path.parents
        headers = {
            "Cache-Control": "public, max-age=31536000, immutable" if hashed else "no-cache",
            "Vary": "Accept-Encoding",
        }
        asked = Request(scope).headers
        copy = path.with_name(f"{path.name}.gz")
        if "gzip" in asked.get("accept-encoding", "") and copy.is_file():
            headers["Content-Encoding"] = "gzip"
            kind = mimetypes.guess_type(path)[0]
            response: Response = FileResponse(
                copy, status_code, headers, kind, stat_result=copy.stat()
            )
            if self.is_not_modified(response.headers, asked):
                return NotModifiedResponse(response.headers)
            return response
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers.update(headers)
        return response
