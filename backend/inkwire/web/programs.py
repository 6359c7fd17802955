"""What every request of a program has: who draws, how much it may, and a name by which it may come again."""

from __future__ import annotations

import asyncio
import hashlib
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Final

from fastapi import Header, Query, Request, Response

from inkwire.access.tokens import hashed
from inkwire.errors import BoardNotFound, InkwireError, KeyReused, Refusal
from inkwire.protocol.codes import RefusalCode
from inkwire.protocol.scalars import Role
from inkwire.rooms.allowance import CONNECTION
from inkwire.rooms.permissions import may_manage, may_write
from inkwire.store.board_store import BoardMeta
from inkwire.web.address import network_behind
from inkwire.web.site import role_in, site_of, token_of

PERSON: Final = "inkwire-api"
"""Who draws, when the request does not say."""

Person = Annotated[
    str,
    Query(
        pattern=r"^[A-Za-z0-9_-]{8,32}$",
        description="Who draws, as the activity tells it; any name that you keep.",
    ),
]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^([\x21-\x7e]{1,255})?$",
        description="A name for this request, new for each, such as a UUID. Sent again with the same body it is "
        "not done again and gets the same answer, for a day; with another body it is refused (422).",
    ),
]


async def writer_in(request: Request, board: str) -> Role:
    """The role of who may change the board. Raises ``Refusal`` (forbidden) too."""
    role = await role_in(request, board)
    if not may_write(role):
        raise Refusal(RefusalCode.FORBIDDEN, "This link does not allow to change the board.")
    return role


async def owner_in(request: Request, board: str) -> Role:
    """The role of who may make links, archive and delete. Raises ``Refusal`` (forbidden) too."""
    role = await role_in(request, board)
    if not may_manage(role):
        raise Refusal(RefusalCode.FORBIDDEN, "This takes an owner's link.")
    return role


async def meta_of(request: Request, board: str) -> BoardMeta:
    """What is known of a board that the token opens."""
    meta = await site_of(request).store.board(board)
    if meta is None:
        raise BoardNotFound("No such board, or the token does not open it.")
    return meta


def take_allowance(
    request: Request, board: str, response: Response | None = None, *, size: int = 0, ops: int = 0
) -> None:
    """Counts a request for who sends it and for its board. Raises ``Refusal`` (rate).

    The answer's headers tell how much is left (draft-ietf-httpapi-ratelimit-headers).
    """
    now = asyncio.get_running_loop().time()
    accounts = site_of(request).hub.accounts
    who = f"{network_behind(request) or ''} {hashed(token_of(request))}"
    if wait := accounts.take_request(now, who, board, size=size, ops=ops):
        raise Refusal(
            RefusalCode.RATE, "Too much at once.", retryable=True, retry_after=math.ceil(wait)
        )
    if response is not None:
        rate = CONNECTION.frames.times(accounts.quotas.rates)
        window = max(1, math.ceil(rate.burst / rate.per_second))
        response.headers["RateLimit-Policy"] = f'"requests";q={int(rate.burst)};w={window}'
        response.headers["RateLimit"] = f'"requests";r={accounts.left(who)};t=1'


@asynccontextmanager
async def refusing(again: Again) -> AsyncIterator[None]:
    """Frees the request's name where it is refused for good; what may succeed later keeps it."""
    try:
        yield
    except InkwireError as error:
        if not (isinstance(error, Refusal) and error.retryable):
            await again.refused()
        raise


class Again:
    """A request that may come again: it is done once, and its answer kept for a day.

    ``name`` is what it is called in its scope, empty without a key: then nothing is kept.
    """

    def __init__(self, request: Request, scope: str, key: str, body: bytes) -> None:
        self.name = (
            hashlib.sha256(f"{token_of(request)}\0{key}".encode()).hexdigest() if key else ""
        )
        asked = hashlib.sha256(
            f"{request.method} {request.url.path}?{request.url.query}\0".encode()
        )
        asked.update(body)
        self._asked = asked.digest()
        self._scope = scope
        self._once = site_of(request).store.once

    async def earlier(self) -> bytes | None:
        """The answer that was given, None if it has to be worked out. Raises ``KeyReused``."""
        if not self.name:
            return None
        known = await self._once.begin(self._scope, self.name, self._asked)
        if known is not None and not known.same:
            raise KeyReused("This Idempotency-Key came with another request.")
        return known.answer if known is not None else None

    async def answered(self, answer: bytes) -> None:
        """Keeps the answer."""
        if self.name:
            await self._once.answered(self._scope, self.name, self._asked, answer)

    async def refused(self) -> None:
        """Nothing was done: the key is free again."""
        if self.name:
            await self._once.forget(self._scope, self.name)
