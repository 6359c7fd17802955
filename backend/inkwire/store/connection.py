"""One connection of the Redis client, opened within a limit."""

from __future__ import annotations

import asyncio

from redis.asyncio.connection import AbstractConnection, ConnectionPool


async def open_connection(pool: ConnectionPool, limit_seconds: float) -> AbstractConnection:
    """A connection that is the caller's own: greeted, authorised and named as the pool says.

    Raises whatever the client raises, and ``TimeoutError``.
    """
    made: AbstractConnection = pool.make_connection()  # type: ignore[no-untyped-call]  # the library's
    try:
        async with asyncio.timeout(limit_seconds):
            await made.connect()  # type: ignore[no-untyped-call]  # the library's
    except BaseException:
        await made.disconnect(nowait=True)
        raise
    return made
