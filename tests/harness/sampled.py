"""The application with a sampler of how late its event loop is, every 10 ms."""

from __future__ import annotations

import asyncio
import json
import time
import urllib.request
from typing import NamedTuple

from fastapi import FastAPI

from tests.harness.server import Server

EVERY_SECONDS = 0.01


class Lag(NamedTuple):
    """Since the last time it was asked for."""

    longest_ms: float
    busy_ms: float
    """The worker's own CPU between two samples, at most: what is left of the lag on a machine of its own."""
    samples: int


def create_app() -> FastAPI:
    """``inkwire.app.create_app`` with ``GET /lag``."""
    from inkwire.app import create_app as real

    app = real()
    late: list[float] = []
    busy: list[float] = []

    async def sample() -> None:
        loop = asyncio.get_running_loop()
        while True:
            due, used = loop.time() + EVERY_SECONDS, time.thread_time()
            woken = loop.create_future()
            loop.call_at(due, woken.set_result, None)
            await woken
            late.append(loop.time() - due)
            busy.append(time.thread_time() - used)

    sampling: set[asyncio.Task[None]] = set()

    async def lag() -> tuple[float, float, int]:
        if not sampling:  # the first question begins it
            sampling.add(asyncio.create_task(sample()))
        told = (max(late, default=0.0) * 1000, max(busy, default=0.0) * 1000, len(late))
        late.clear()
        busy.clear()
        return told

    app.router.add_api_route("/lag", lag)
    app.router.routes.insert(0, app.router.routes.pop())
    return app


def lag_of(server: Server) -> Lag:
    """How late the event loop of a sampled server was at most, since the last time."""
    with urllib.request.urlopen(server.base + "/lag", timeout=60) as answer:
        return Lag(*json.load(answer))
