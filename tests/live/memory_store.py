"""A store without a server, for what rooms do between its answers. Nothing at the wire uses it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from inkwire.protocol.frames import Position
from inkwire.store.activity_log import ActivityState, Findings
from inkwire.store.board_store import Heard, Lost
from tests.rooms.receivers import commit


class MemoryActivity:
    """Takes whatever it is told."""

    async def read(self, board: str, after: int = 0) -> ActivityState:
        return ActivityState("epoch-1", 0, 0, {}, 1, [], frozenset())

    async def settle(
        self, board: str, epoch: str, findings: Findings, now_ms: int
    ) -> tuple[int, int]:
        return 0, findings.until


class MemoryRegister:
    """One link opens every board."""

    async def hashes(self, board: str) -> frozenset[str]:
        return frozenset(("a-link",))


class MemoryStore:
    """A log of commits of one board, and a channel whose messages the test may lose."""

    def __init__(self) -> None:
        self.epoch = "epoch-1"
        self.log: list[bytes] = []
        self.reads = 0
        self.activity = MemoryActivity()
        self.register = MemoryRegister()
        self.told: list[bytes] = []
        self.listeners: list[Heard] = []
        self.lose: Callable[[], bool] = lambda: False

    def append(self) -> bytes:
        """A new commit, which nobody is told of."""
        self.log.append(commit(len(self.log) + 1))
        return self.log[-1]

    async def position(self, board: str) -> Position:
        return Position(self.epoch, len(self.log))

    async def commits_after(self, board: str, epoch: str, seq: int) -> list[bytes] | None:
        self.reads += 1
        await asyncio.sleep(0)
        if epoch != self.epoch or seq > len(self.log):
            return None
        return self.log[seq : seq + 3]

    async def publish_live(self, board: str, payload: bytes) -> None:
        await asyncio.sleep(0)
        self.told.append(payload)
        for heard in self.listeners:
            if not self.lose():
                heard("live", payload)


class MemorySubscriber:
    """Says what it was asked; ``gate`` holds it up."""

    def __init__(self) -> None:
        self.boards: set[str] = set()
        self.gate = asyncio.Event()
        self.gate.set()

    async def add(self, board: str, heard: Heard) -> None:
        await self.gate.wait()
        self.boards.add(board)

    async def remove(self, board: str) -> None:
        await self.gate.wait()
        self.boards.discard(board)

    async def close(self) -> None:
        self.boards.clear()


class OneBoard(MemoryStore):
    """A store for a hub."""

    def __init__(self) -> None:
        super().__init__()
        self.subscribers = MemorySubscriber()

    def subscriber(self, on_lost: Lost) -> MemorySubscriber:
        return self.subscribers


async def settled() -> None:
    """Lets everything run that can."""
    for _ in range(60):
        await asyncio.sleep(0)
