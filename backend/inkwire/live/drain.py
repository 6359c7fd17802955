"""Ending a worker without losing anything: connections are closed in slices, each after its answers.

uvicorn tells every socket in the same moment that it stops. If all were closed at once, everybody would
come back at once, to whatever worker is left.
"""

from __future__ import annotations

import asyncio
import random
from typing import Final, Protocol

from inkwire.live.limits import DRAIN_SLICE, DRAIN_SLICE_SECONDS
from inkwire.observe import logs

REASON: Final = "the server restarts"


class Leaving(Protocol):
    """Who can be asked to leave."""

    async def leave(self, reason: str) -> None:
        """Finishes and closes."""


class Drain:
    """Collects who has to leave, and sees them off within ``seconds``."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._waiting: list[Leaving] = []
        self._task: asyncio.Task[None] | None = None

    @property
    def begun(self) -> bool:
        """Whether this worker stops."""
        return self._task is not None

    def add(self, connection: Leaving) -> None:
        """Has to leave. The first one begins the drain."""
        self._waiting.append(connection)
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name="drain")

    async def _run(self) -> None:
        logs.info("drain.begun", sockets=len(self._waiting))
        random.shuffle(self._waiting)
        rounds = max(1.0, self._seconds / DRAIN_SLICE_SECONDS)
        size = max(DRAIN_SLICE, round(len(self._waiting) / rounds + 0.5))
        async with asyncio.TaskGroup() as group:
            while self._waiting:
                slice_, self._waiting = self._waiting[:size], self._waiting[size:]
                for connection in slice_:
                    group.create_task(connection.leave(REASON))
                if self._waiting:
                    await asyncio.sleep(DRAIN_SLICE_SECONDS)
        logs.info("drain.done")
        self._task = None
