"""A reader of the activity feed, byte by byte, as a browser's EventSource would take it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.harness.server import NewBoard, Server


@dataclass
class Feed:
    """What came over one stream; only blocks that are whole count."""

    answer: httpx.Response
    text: str = ""
    id: str = ""
    events: list[dict[str, Any]] = field(default_factory=list)
    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    """Every event with its name, those without one as ``message``."""
    comments: int = 0

    def __post_init__(self) -> None:
        self._pieces = self.answer.aiter_raw()

    async def more(self) -> bool:
        """Takes what comes next; False at the end."""
        piece = await anext(self._pieces, None)
        if piece is not None:
            self.take(piece)
        return piece is not None

    async def until(self, *types: str) -> list[dict[str, Any]]:
        """All events so far, once one of each type is among them."""
        while not set(types) <= {event["type"] for event in self.events}:
            await self.more()
        return self.events

    def take(self, piece: bytes) -> None:
        """Bytes of the stream."""
        self.text += piece.decode()
        *blocks, self.text = self.text.split("\n\n")
        for block in blocks:
            lines = block.split("\n")
            fields = dict(line.split(": ", 1) for line in lines if not line.startswith(":"))
            self.comments += sum(line.startswith(":") for line in lines)
            self.id = fields.get("id", self.id)
            if "data" in fields:
                data = json.loads(fields["data"])
                name = fields.get("event", "message")
                self.told.append((name, data))
                if name == "message":
                    assert data["id"] == fields["id"]
                    self.events.append(data)


@asynccontextmanager
async def reading(
    server: Server,
    board: NewBoard,
    *,
    last: str | None = None,
    role: str = "viewer",
    accept: str = "text/event-stream",
    **query: str,
) -> AsyncIterator[Feed]:
    """An open stream."""
    headers = {"Authorization": f"Bearer {board.links[role].token}", "Accept": accept}
    if last is not None:
        headers["Last-Event-ID"] = last
    url = f"{server.base}/api/boards/{board.id}/activity"
    async with (
        httpx.AsyncClient(timeout=60) as client,
        client.stream("GET", url, headers=headers, params=query) as answer,
    ):
        yield Feed(answer)


def numbers(events: list[dict[str, Any]]) -> list[int]:
    """The numbers of events."""
    return [int(event["id"].rpartition("-")[2]) for event in events]
