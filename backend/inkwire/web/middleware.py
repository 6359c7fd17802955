"""What holds for every answer and every body. Plain ASGI: sockets and streams pass untouched."""

from __future__ import annotations

import re
from typing import Final

from fastapi import HTTPException
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from inkwire.web.site import host_of

MAX_BODY_BYTES: Final = 64 * 1024
"""Largest body of a request that brings no file, in bytes."""
MAX_FILE_BYTES: Final = 64 * 1024 * 1024
"""Largest clipboard that is looked at, and largest picture that settings may allow, in bytes."""
MAX_DRAWING_BYTES: Final = 2 * 1024 * 1024
"""Largest body that draws in one commit, as JSON, where points take five times as much as on the wire."""
_FILES: Final = ("/convert", "/images")
_IMPORT: Final = "/import"
_LINES: Final = (b"application/x-ndjson", b"application/jsonl")
"""What comes as lines to be drawn is bounded line by line, and may go on for hours."""

_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
_API_POLICY: Final = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox"
_ACTIVITY: Final = re.compile(r"/b/[^/]+/activity/?")
_TLS: Final = "max-age=31536000"


class SecurityHeaders:
    """Adds to every answer what tells browsers to allow nothing that the pages do not need."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", _policy(scope))
                if scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", _TLS)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class BoundedBodies:
    """Ends a request whose body grows larger than allowed, with 413."""

    def __init__(self, app: ASGIApp, import_bytes: int = MAX_FILE_BYTES) -> None:
        self._app = app
        self._import_bytes = import_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._import_bytes if scope["path"].endswith(_IMPORT) else _limit_of(scope)
        if limit is None:
            await self._app(scope, receive, send)
            return
        taken = 0

        async def receive_bounded() -> Message:
            nonlocal taken
            message = await receive()
            if message["type"] == "http.request":
                taken += len(message.get("body", b""))
                if taken > limit:
                    # FastAPI lets this one through; any other error would become a 400.
                    raise HTTPException(413, f"The body has more than {limit:,} bytes.")
            return message

        await self._app(scope, receive_bounded, send)


def _limit_of(scope: Scope) -> int | None:
    path = scope["path"]
    if path.endswith(_FILES):
        return MAX_FILE_BYTES
    if path.endswith("/ops"):
        kinds = [value for name, value in scope["headers"] if name == b"content-type"]
        return None if kinds and kinds[-1].lower().startswith(_LINES) else MAX_DRAWING_BYTES
    return MAX_DRAWING_BYTES if "/elements/" in path else MAX_BODY_BYTES


def _policy(scope: Scope) -> str:
    if scope["path"].startswith("/api/"):
        return _API_POLICY
    host = host_of(HTTPConnection(scope))
    sockets = f" ws://{host} wss://{host}" if host else ""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; "
        f"img-src 'self' data: blob:; font-src 'self'; connect-src 'self'{sockets}; "
        "worker-src 'self' blob:; manifest-src 'self'; "
        f"frame-ancestors {_framed_by(scope)}; base-uri 'none'; form-action 'self'; object-src 'none'"
    )


def _framed_by(scope: Scope) -> str:
    """Who may show a page within theirs: everybody the activity, which changes nothing and brings its key along."""
    return "*" if _ACTIVITY.fullmatch(scope["path"]) else "'self'"
