"""How many exports are drawn at once on this machine, whatever worker was asked."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final

from inkwire.errors import Refusal
from inkwire.protocol.codes import RefusalCode

RETRY_SECONDS: Final = 1.0
PATIENCE_SECONDS: Final = 10.0
"""How long a request waits for a slot before it is asked to come back: a picture in a page cannot."""
MOST_WAITING: Final = 8
_LOOK_AGAIN_SECONDS: Final = 0.05


class DrawingSlots:
    """A lock on a file for each slot: the kernel gives it back, however its holder ends.

    Where the folder cannot be written, the slots are this process's own.
    """

    def __init__(self, folder: Path, count: int, patience: float = PATIENCE_SECONDS) -> None:
        self._folder = folder
        self._count = count
        self._patience = patience
        self._own = 0
        self.waiting = 0

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Holds a slot. Raises ``Refusal`` (retryable) when none becomes free soon."""
        give_back = await self._taken()
        try:
            yield
        finally:
            give_back()

    async def _taken(self) -> Callable[[], None]:
        slot = self._free()
        if slot is not None:
            return slot
        if self.waiting < MOST_WAITING:
            self.waiting += 1
            try:
                for _ in range(int(self._patience / _LOOK_AGAIN_SECONDS)):
                    await asyncio.sleep(_LOOK_AGAIN_SECONDS)
                    slot = self._free()
                    if slot is not None:
                        return slot
            finally:
                self.waiting -= 1
        raise Refusal(
            RefusalCode.RATE,
            "Too many exports at once. Try again in a moment.",
            retryable=True,
            retry_after=RETRY_SECONDS,
        )

    def _free(self) -> Callable[[], None] | None:
        """What gives the slot back, None if none is free."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for number in range(self._count):
                slot = _locked(self._folder / f"drawing-{number}.lock")
                if slot is not None:
                    return partial(os.close, slot)
        except OSError:
            if self._own < self._count:
                self._own += 1
                return self._give_back_own
        return None

    def _give_back_own(self) -> None:
        self._own -= 1


def _locked(path: Path) -> int | None:
    slot = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(slot)
        if isinstance(error, BlockingIOError):
            return None
        raise
    return slot
