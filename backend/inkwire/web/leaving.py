"""Work that ends when nobody waits for it any more."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from http import HTTPStatus
from typing import Final, TypeVar

from fastapi import Request
from starlette.exceptions import HTTPException

T = TypeVar("T")
GONE: Final = HTTPStatus.REQUEST_TIMEOUT
"""The status of an answer that nobody reads: it has to be one that is registered."""


async def unless_gone(request: Request, made: Awaitable[T]) -> T:
    """The result, unless the client leaves before it is there. The request's body has been read."""
    result = asyncio.ensure_future(made)
    gone = asyncio.ensure_future(_until_gone(request))
    try:
        await asyncio.wait({result, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not result.done():
            raise HTTPException(GONE, "The client has left.")
        return result.result()
    finally:
        for task in (result, gone):
            task.cancel()
        await asyncio.gather(result, gone, return_exceptions=True)


async def _until_gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
