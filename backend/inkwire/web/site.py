"""What every handler needs: the settings, the store, the hub; and who is asking for what."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from typing import Final, cast
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection, Request

from inkwire.config import Settings
from inkwire.errors import BoardNotFound, InkwireError
from inkwire.live.hub import Hub
from inkwire.live.webhooks import Webhooks
from inkwire.protocol.scalars import Role
from inkwire.services.drawing_slots import DrawingSlots
from inkwire.store.board_store import BoardStore

EXPORTS: Final = 4
"""Exports of one worker at a time that are not drawn; more are asked to come back."""
IMPORTS: Final = 2
"""Imports of one worker at a time."""
UPLOADS: Final = 8
"""Pictures that come to one worker at a time; more wait. Each is held in memory until it is whole."""
FEEDS: Final = 5_000
"""Open feeds of one worker; more are asked to come back."""
STREAMS: Final = 200
"""Streams of lines that are drawn on one worker at a time."""
_BOARD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{7,31}")
_TOKEN: Final = re.compile(r"[A-Za-z0-9_.-]{1,512}")
_HOST: Final = re.compile(r"([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?")


class NoToken(InkwireError):
    """The request carries no token."""


@dataclass(frozen=True, slots=True)
class Site:
    """One worker's half of the installation."""

    settings: Settings
    store: BoardStore
    hub: Hub
    webhooks: Webhooks
    drawings: DrawingSlots
    exports: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(EXPORTS))
    imports: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(IMPORTS))
    uploads: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(UPLOADS))
    feeds: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(FEEDS))
    streams: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(STREAMS))
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    """What goes on when its request has ended; waited for at the end."""


def site_of(connection: HTTPConnection) -> Site:
    """The site that serves this request or socket."""
    return cast(Site, connection.app.state.site)


def token_of(request: Request) -> str:
    """The token that the request carries, whatever it opens. Raises ``NoToken``."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise NoToken("A token is needed: Authorization: Bearer …")
    return token


async def role_in(request: Request, board: str) -> Role:
    """What the request's token allows on the board.

    Raises ``NoToken``, and ``BoardNotFound`` for a wrong token and an unknown board alike.
    """
    return await role_of(request, board, token_of(request))


async def role_of(request: Request, board: str, token: str) -> Role:
    """What a token allows on the board, however it came; raises ``BoardNotFound`` as ``role_in``."""
    role = None
    if _BOARD.fullmatch(board) and _TOKEN.fullmatch(token):
        role = await site_of(request).store.role_of(board, token)
    if role is None:
        raise BoardNotFound("No such board, or the token does not open it.")
    return role


def host_of(connection: HTTPConnection) -> str | None:
    """The host and port that were asked for; None if the header is missing or no host at all."""
    host = connection.headers.get("host", "")
    return host.lower() if _HOST.fullmatch(host) else None


def base_url(request: Request) -> str:
    """The address of this server as people reach it, without a slash at its end."""
    site = site_of(request)
    if site.settings.public_url:
        return site.settings.public_url
    host = host_of(request) or f"{site.settings.host}:{site.settings.port}"
    return f"{request.url.scheme}://{host}"


def origin_allowed(connection: HTTPConnection) -> bool:
    """Whether a socket may be opened from where the browser says that it comes from.

    No origin means no browser: nothing is sent along that a page could misuse, and the first frame
    has to bring a token anyway.
    """
    origin = connection.headers.get("origin")
    if origin is None:
        return True
    settings = site_of(connection).settings
    allowed = set(settings.allowed_origins)
    if settings.public_url:
        parts = urlsplit(settings.public_url)
        allowed.add(f"{parts.scheme}://{parts.netloc}")
    host = host_of(connection)
    if host is not None:
        secure = connection.url.scheme in ("https", "wss")
        allowed.add(f"{'https' if secure else 'http'}://{host}")
    return origin.lower() in {each.lower() for each in allowed}
