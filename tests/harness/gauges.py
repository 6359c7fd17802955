"""Gauges are taken once a second: whoever compares one with itself waits until it tells of now."""

from __future__ import annotations

import asyncio

from tests.harness.server import Server

GUARD_SECONDS = 40.0


async def ring_commits(server: Server, *, at_least: int = 0, at_most: int | None = None) -> None:
    """Returns once the gauges were taken with so many commits in memory, and so with who made them."""
    async with asyncio.timeout(GUARD_SECONDS):
        while True:
            count = await asyncio.to_thread(server.metric, "inkwire_ring_commits")
            if count >= at_least and (at_most is None or count <= at_most):
                return
