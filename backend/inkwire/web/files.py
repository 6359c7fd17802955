"""Pictures on boards, as they were brought in."""

from __future__ import annotations

import re
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from inkwire.errors import BoardNotFound
from inkwire.web.site import role_in, site_of

_TYPES: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
)
_FILE: Final = re.compile(r"[0-9a-f]{64}")

router = APIRouter(prefix="/api/boards/{board}/files", tags=["files"])


@router.get("/{file}")
async def get_file(request: Request, board: str, file: str) -> Response:
    """A picture by the sha256 of its bytes. Its type is what its first bytes say."""
    await role_in(request, board)
    data = await site_of(request).store.files.get(file) if _FILE.fullmatch(file) else None
    if data is None:
        raise BoardNotFound("No such file.")
    kind = next((kind for magic, kind in _TYPES if data.startswith(magic)), None)
    return Response(
        data,
        media_type=kind or "application/octet-stream",
        headers={"Cache-Control": "private, max-age=31536000, immutable"},
    )
