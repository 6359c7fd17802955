"""The built front end, as it lies in the package."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles
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
async def page(board: str = "") -> Response:
    """The one page there is; it finds out by its address what to show."""
    index = STATIC / "index.html"
    if not index.is_file():
        return HTMLResponse(_NOT_BUILT, 503)
    return FileResponse(index, headers={"Cache-Control": "no-cache"})


class BuiltFiles(StaticFiles):
    """Files whose names carry a hash of their content are kept for ever, others are asked again."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC, check_dir=False)

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        hashed = (STATIC / "assets") in Path(full_path).parents
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if hashed else "no-cache"
        )
        return response
